"""Formations as one counter for each party at a place, and dots for how far a holder can be trusted."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from offensive_sim.atlas.words import about
from offensive_sim.engine.axes import Floats
from offensive_sim.ui.counters import Counter, draw_counter
from offensive_sim.ui.ink import SPRITE_FINER, reduced
from offensive_sim.ui.naming import mark_radius
from offensive_sim.ui.people import Placement
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import HALO, OUTLINE, TEXT, Look
from offensive_sim.views.board import Board, UnitMark

_FEWEST: Final = 250
"""Men from which a counter is drawn where the whole campaign is seen."""
_CLOSE: Final = 4.0
"""Pixels a km, at design size, from which every formation has its counter."""
_DOTS: Final = {"high": 3, "medium": 2, "low": 1}


@dataclass(frozen=True)
class Stack:
    """A counter on the map sheet, and whose formations it stands for."""

    box: pygame.Rect
    place: int
    """Number of the place where they are, or which they last left."""
    faction: str


@dataclass(frozen=True)
class Counters:
    """Pictures with their places on the map sheet, and what can be taken hold of."""

    pictures: list[Placement]
    stacks: list[Stack]


def counters(board: Board, points: Floats, zoom: float, look: Look) -> Counters:
    """One counter for each party at each place, the strongest first, with its men in round numbers where there is room.

    Where the whole campaign is seen, small ones and those without room wait until one comes closer.
    """
    found: list[Placement] = []
    stacks: list[Stack] = []
    taken: list[pygame.Rect] = []
    close = zoom / look.base >= _CLOSE
    style = Style("ui-bold", 10.5 * look.text, TEXT, (255, 255, 255) if look.black_and_white else HALO)
    for stack in _gathered(board):
        men, place, faction = stack.men, stack.place, stack.faction
        if men < _FEWEST and not close:
            continue
        image = draw_counter(
            Counter(
                board.parties[faction], stack.kind, look.marks, look.black_and_white, stack.echelon, stack.number,
                look.counters == "plain",
            )
        )  # fmt: skip
        number = render(about(men), style)
        clear = mark_radius(board.places[place], zoom, look) + 2
        at = (round(points[place, 0]), round(points[place, 1]))
        box = next((one for one in _around(image, at, clear) if one.collidelist(taken) < 0), None)
        if box is None and not close:
            continue
        box = box or image.get_rect(midbottom=at)
        found.append((image, box))
        stacks.append(Stack(box, place, faction))
        taken.append(box)
        beside = number.get_rect(midleft=(box.right + round(2 * look.marks), box.centery))
        if beside.collidelist(taken) < 0:
            found.append((number, beside))
            taken.append(beside)
    return Counters(found, stacks)


@dataclass(frozen=True)
class _Gathered:
    """A party's formations at a place."""

    men: int
    place: int
    faction: str
    kind: str
    """Arm of the strongest."""
    echelon: str
    """Its size."""
    number: int


def _gathered(board: Board) -> list[_Gathered]:
    """Every party's formations at every place, the strongest first."""
    units: dict[tuple[int, str], list[UnitMark]] = defaultdict(list)
    for unit in board.units:
        units[unit.place, unit.faction].append(unit)
    found = []
    for (place, faction), mine in units.items():
        first = max(mine, key=lambda unit: (unit.men, unit.kind))
        men = sum(unit.men for unit in mine)
        found.append(_Gathered(men, place, faction, first.kind, first.echelon, len(mine)))
    return sorted(found, key=lambda one: (-one.men, one.place, one.faction))


def _around(image: pygame.Surface, at: tuple[int, int], clear: float) -> list[pygame.Rect]:
    """Above, below, left, and a row higher."""
    x, y, far = *at, round(clear)
    above = image.get_rect(midbottom=(x, y - far))
    beside = image.get_rect(midright=(x - far, y))
    return [above, image.get_rect(midtop=(x, y + far)), beside, above.move(0, -image.get_height() - 1)]


def trust_dots(board: Board, points: Floats, zoom: float, look: Look, trust: Mapping[str, str]) -> list[Placement]:
    """Three dots below a sign for high confidence, two for medium, one for low, a bar for our own estimate."""
    found = []
    for mark, point in zip(board.places, points, strict=True):
        image = _dots(_DOTS.get(trust.get(mark.id, ""), 0), round(2.6 * look.marks))
        down = mark_radius(mark, zoom, look) + image.get_height() / 2 + 1
        found.append((image, image.get_rect(center=(round(point[0]), round(point[1] + down)))))
    return found


@lru_cache(maxsize=32)
def _dots(number: int, radius: int) -> pygame.Surface:
    fine, step = SPRITE_FINER, radius * 2 + 1
    image = pygame.Surface(((3 * step + 2) * fine, (step + 2) * fine), pygame.SRCALPHA)
    image.fill((*HALO, 0))
    middle = image.get_height() / 2
    pygame.draw.rect(image, (*HALO, 235), image.get_rect(), border_radius=round(middle))
    for at in range(3):
        centre = ((at + 0.5) * step * fine + fine, middle)
        pygame.draw.circle(image, OUTLINE, centre, radius * fine * 0.8, 0 if at < number else max(fine // 2, 1))
    return reduced(image, fine)
