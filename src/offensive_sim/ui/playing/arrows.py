"""Marches as arrows along their roads: solid if ordered, dashed if documented, a hollow head to withdraw.

Attack arrows are wedges in the party's colour; the bands of displaced people taper the other way and have no head.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from offensive_sim.atlas.geometry import dashes, distances, smooth, stretch
from offensive_sim.atlas.projection import sheet
from offensive_sim.engine.axes import Floats
from offensive_sim.ui.ink import FINER, Rgba, pen, reduced
from offensive_sim.ui.people import Placement
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import OUTLINE, PANEL, TEXT, Colour, Look
from offensive_sim.views.formation import Way

_SHAFT_PX: Final = 3.2
_ROOT_PX: Final = 0.05
"""Further design pixels of width for the square root of one man."""
_WIDEST_PX: Final = 8.0
_HEAD: Final = 2.6
"""Width of the head as a share of the shaft's."""
_FROM_PX: Final = 11.0
_TO_PX: Final = 11.0
"""Design pixels left free at both ends, for the signs of the places."""
_DASH: Final = (9.0, 6.0)
_BADGE_PX: Final = 8.0
_FEWEST_POINTS: Final = 2


@dataclass(frozen=True)
class Arrow:
    """What decides how an arrow looks, in pixels of the map sheet."""

    points: tuple[tuple[float, float], ...]
    stance: str
    colour: Colour
    wide: float
    own: bool
    base: float


@dataclass(frozen=True)
class Marched:
    """Several units that go the same way."""

    way: Way
    men: int
    numbers: tuple[int, ...]
    """Where their orders stand in today's list, from 1."""


def gathered(ways: Sequence[Way], order: Mapping[str, int]) -> list[Marched]:
    """Units with the same way and order together; ``order`` numbers today's."""
    same: dict[tuple[object, ...], list[Way]] = defaultdict(list)
    for one in ways:
        same[one.places, one.stance, one.own].append(one)
    return [
        Marched(some[0], sum(w.men for w in some), tuple(sorted(order[w.unit] for w in some if w.unit in order)))
        for some in same.values()
    ]


def arrow_of(ground: Floats, zoom: float, marched: Marched, colour: Colour, look: Look) -> Arrow | None:
    """From kilometres along the way, shape (N, 2); None where the ends are too near to be told apart."""
    points = smooth(sheet(ground, zoom), 3)
    length = float(distances(points)[-1])
    start, end = _FROM_PX * look.marks, length - _TO_PX * look.marks
    if end - start < _TO_PX * look.marks:
        return None
    wide = min(_SHAFT_PX + _ROOT_PX * marched.men**0.5, _WIDEST_PX) * look.marks
    cut = stretch(points, start, end).round(1)
    return Arrow(tuple(map(tuple, cut.tolist())), marched.way.stance, colour, wide, marched.way.own, look.base)


def free_arrow(start: tuple[int, int], end: tuple[int, int], colour: Colour, look: Look) -> Arrow | None:
    """The arrow that is being drawn with the mouse."""
    points = np.array([start, end], np.float64)
    if float(np.hypot(*(points[1] - points[0]))) < _TO_PX * look.marks:
        return None
    cut = tuple(map(tuple, points.tolist()))
    return Arrow(cut, "march", colour, (_SHAFT_PX + 1.5) * look.marks, True, look.base)


@lru_cache(maxsize=256)
def drawn(arrow: Arrow) -> Placement:
    """An arrow's picture and where it goes on the sheet; shared, do not draw on it."""
    points = np.array(arrow.points)
    head = arrow.wide * _HEAD
    low = np.floor(points.min(axis=0) - head - 3).astype(int)
    high = np.ceil(points.max(axis=0) + head + 3).astype(int)
    area = pygame.Rect(*low.tolist(), *(high - low).tolist())
    fine = FINER if area.width * area.height < 1_500_000 else 1  # noqa: PLR2004 - pixels
    picture = pygame.Surface((area.width * fine, area.height * fine), pygame.SRCALPHA)
    picture.fill((*OUTLINE, 0))
    line = (points - np.array(area.topleft)) * fine
    _shaft(picture, line, arrow, fine)
    _head(picture, line, arrow, fine)
    return (reduced(picture, fine) if fine > 1 else picture), area


def _shaft(picture: pygame.Surface, line: Floats, arrow: Arrow, fine: int) -> None:
    length = float(distances(line)[-1])
    neck = max(length - arrow.wide * _HEAD * fine, length * 0.3)
    body = stretch(line, 0.0, neck)
    edge = 1.6 * arrow.base * fine
    if arrow.own:
        parts, wide = [body], arrow.wide * fine
    else:
        parts, wide = dashes(body, tuple(d * arrow.base * fine for d in _DASH)), arrow.wide * fine * 0.62
    for colour, width in ((PANEL, wide + 3 * edge), (OUTLINE, wide + edge), (arrow.colour, wide - edge)):
        shade: Rgba = (*colour, 150) if colour == PANEL else colour
        for part in parts:
            if len(part) >= _FEWEST_POINTS:
                pen(picture, part, max(width, 1.0), shade)


def _head(picture: pygame.Surface, line: Floats, arrow: Arrow, fine: int) -> None:
    """A wedge: filled to attack, open at its base to march, hollow to withdraw."""
    length = float(distances(line)[-1])
    size = arrow.wide * _HEAD * fine * (1.0 if arrow.own else 0.8)
    tip, back = line[-1], stretch(line, max(length - size, 0.0), length)[0]
    along = (tip - back) / max(float(np.hypot(*(tip - back))), 1e-6)
    side = np.array([-along[1], along[0]]) * size * 0.52
    notch = back + along * size * (0.28 if arrow.stance == "attack" else 0.0)
    corners = [tip, back + side, notch, back - side]
    outer = [(c + (c - (tip + back) / 2) * 0.22).tolist() for c in corners]
    pygame.draw.polygon(picture, (*PANEL, 190), outer)
    pygame.draw.polygon(picture, PANEL if arrow.stance == "withdraw" else arrow.colour, [c.tolist() for c in corners])
    edge = max(round(1.5 * arrow.base * fine), 2)
    ink = arrow.colour if arrow.stance == "withdraw" else OUTLINE
    pygame.draw.polygon(picture, OUTLINE, [c.tolist() for c in corners], edge)
    if arrow.stance == "withdraw":
        pygame.draw.polygon(picture, ink, [c.tolist() for c in corners], edge)


def badge(surface: pygame.Surface, at: tuple[int, int], words: str, look: Look) -> None:
    """A number in a small disc of paper, in pixels of the view."""
    radius = round(_BADGE_PX * look.marks)
    text = render(words, Style("ui-bold", 10.5 * look.text, TEXT))
    box = text.get_rect(center=at).inflate(radius, 4)
    box.width = max(box.width, 2 * radius)
    box.center = at
    pygame.draw.rect(surface, PANEL, box, border_radius=box.height // 2)
    pygame.draw.rect(surface, OUTLINE, box, max(round(look.base), 1), border_radius=box.height // 2)
    surface.blit(text, text.get_rect(center=at))


def middle(arrow: Arrow) -> tuple[float, float]:
    """The point half way along."""
    points = np.array(arrow.points)
    x, y = stretch(points, 0.0, float(distances(points)[-1]) / 2)[-1]
    return float(x), float(y)

