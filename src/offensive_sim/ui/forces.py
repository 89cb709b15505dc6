"""Formations as one counter for each party at a place, and dots for how far a holder can be trusted."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from offensive_sim.atlas.palette import letter_colour
from offensive_sim.atlas.words import about
from offensive_sim.engine.axes import Floats
from offensive_sim.ui.ink import SPRITE_FINER, reduced
from offensive_sim.ui.naming import mark_radius
from offensive_sim.ui.people import Placement
from offensive_sim.ui.symbols import ground
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import HALO, OUTLINE, TEXT, Colour, Look
from offensive_sim.views.board import Board, Party

_WIDE: Final = 21.0
_TALL: Final = 14.0
_FEWEST: Final = 250
"""Men from which a counter is drawn where the whole campaign is seen."""
_CLOSE: Final = 4.0
"""Pixels a km, at design size, from which every formation has its counter."""
_DOTS: Final = {"high": 3, "medium": 2, "low": 1}


@dataclass(frozen=True)
class Counter:
    """All that decides how a counter looks."""

    party: Party
    kind: str
    marks: float
    black_and_white: bool


@lru_cache(maxsize=256)
def draw_counter(counter: Counter) -> pygame.Surface:
    """A rectangle in the party's colour with the sign of its main arm; shared, do not draw on it."""
    fine = SPRITE_FINER
    wide, tall = round(_WIDE * counter.marks) * fine, round(_TALL * counter.marks) * fine
    image = pygame.Surface((wide, tall), pygame.SRCALPHA)
    colour = ground(counter.party, black_and_white=counter.black_and_white)
    image.fill(OUTLINE)
    box = image.get_rect().inflate(-3 * fine, -3 * fine)
    image.fill(colour, box)
    _arm(image, box, counter.kind, letter_colour(colour))
    return reduced(image, fine)


def _arm(image: pygame.Surface, box: pygame.Rect, kind: str, ink: Colour) -> None:
    """Crossed lines for foot, an oval for armour, both for mechanised; a half shield for police; wheels for trucks."""
    line = max(round(box.height * 0.09), SPRITE_FINER)
    if kind in ("infantry", "mechanised", "special-forces", "militia"):
        pygame.draw.line(image, ink, box.topleft, box.bottomright, line)
        pygame.draw.line(image, ink, box.bottomleft, box.topright, line)
    if kind in ("armour", "mechanised"):
        pygame.draw.ellipse(image, ink, box.inflate(-box.width * 0.3, -box.height * 0.35), line)
    if kind == "police":
        pygame.draw.line(image, ink, box.midtop, box.midbottom, line)
        pygame.draw.line(image, ink, box.midleft, box.midright, line)
    if kind in ("light-motorised", "insurgent"):
        pygame.draw.line(image, ink, box.bottomleft, box.topright, line)
        for share in (0.25, 0.75):
            at = (box.left + box.width * share, box.bottom - box.height * 0.12)
            pygame.draw.circle(image, ink, at, box.height * 0.13)
    if kind == "special-forces":
        pygame.draw.polygon(image, ink, [box.midtop, box.center, (box.left + box.width * 0.35, box.top)])


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
    for men, place, faction, kind in _stacks(board):
        if men < _FEWEST and not close:
            continue
        image = draw_counter(Counter(board.parties[faction], kind, look.marks, look.black_and_white))
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
        beside = number.get_rect(midleft=(box.right + 1, box.centery))
        if beside.collidelist(taken) < 0:
            found.append((number, beside))
            taken.append(beside)
    return Counters(found, stacks)


def _stacks(board: Board) -> list[tuple[int, int, str, str]]:
    """Men, place, party and main arm, the strongest first."""
    units: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for unit in board.units:
        units[unit.place, unit.faction].append((unit.men, unit.kind))
    rows = [(sum(men for men, _ in mine), place, faction, max(mine)[1]) for (place, faction), mine in units.items()]
    return sorted(rows, key=lambda row: (-row[0], row[1], row[2]))


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
