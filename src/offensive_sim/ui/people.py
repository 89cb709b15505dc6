"""People away from home: soft circles sized by number where they shelter, tapered bands from where they left."""

from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from offensive_sim.engine.axes import Floats
from offensive_sim.ui.ink import FINER, SPRITE_FINER, reduced, ribbon
from offensive_sim.ui.theme import OUTLINE, PEOPLE, Look
from offensive_sim.views.board import Board, Flow

FEWEST_SHOWN: Final = 3000
FEWEST_COUNTED: Final = 15000
"""People at a place from which their number is written beside the circle."""
_PX_ROOT: Final = 0.105
"""Radius in design pixels for the square root of one person: area stands for number."""
_MOST_FLOWS: Final = 18
_SHORTEST_KM: Final = 15.0
_BAND_PX: Final = 0.055
_THIN_END: Final = 0.18
_BOW: Final = 0.16
"""How far a band bends aside, as a share of its length."""
_POINTS: Final = 28
_LARGE: Final = 500_000
"""Pixels from which a band is not drawn finer first."""

Placement = tuple[pygame.Surface, pygame.Rect]
"""A picture and where it goes on the map sheet."""


def radius_of(people: int, look: Look) -> float:
    """Radius of a circle for a number of people, pixels."""
    return float(_PX_ROOT * people**0.5 * look.marks)


@lru_cache(maxsize=512)
def circle(radius: int, black_and_white: bool) -> pygame.Surface:
    """A soft circle; shared, do not draw on it."""
    size = (2 * radius + 6) * SPRITE_FINER // 2
    sheet = pygame.Surface((size, size), pygame.SRCALPHA)
    colour = OUTLINE if black_and_white else PEOPLE
    sheet.fill((*colour, 0))
    middle, finer = size / 2, SPRITE_FINER // 2
    pygame.draw.circle(sheet, (*colour, 190), (middle, middle), radius * finer)
    inside = (255, 255, 255, 150) if black_and_white else (*colour, 92)
    pygame.draw.circle(sheet, inside, (middle, middle), (radius - 1.4) * finer)
    return reduced(sheet, finer)


def circles(board: Board, points: Floats, look: Look) -> list[Placement]:
    """Circles at all places with displaced people, the largest first."""
    order = sorted(range(len(board.places)), key=lambda p: -board.places[p].displaced)
    found = []
    for p in order:
        people = board.places[p].displaced
        if people < FEWEST_SHOWN:
            break
        sprite = circle(round(radius_of(people, look)), look.black_and_white)
        found.append((sprite, sprite.get_rect(center=points[p].round().astype(int).tolist())))
    return found


def shown_flows(board: Board, points: Floats, zoom: float) -> list[Flow]:
    """The largest flows that are long enough to be seen as bands."""
    far = [
        flow
        for flow in board.flows
        if flow.people >= FEWEST_SHOWN
        and float(np.hypot(*(points[flow.end] - points[flow.start]))) > _SHORTEST_KM * zoom
    ]
    return far[:_MOST_FLOWS]


def along(start: Floats, end: Floats) -> tuple[tuple[float, float], ...]:
    """Where a band's number may stand: its middle, then somewhat towards either end."""
    curve = _bowed(start, end)
    return tuple((float(curve[at, 0]), float(curve[at, 1])) for at in (_POINTS // 2, _POINTS // 3, 2 * _POINTS // 3))


def flows(board: Board, points: Floats, zoom: float, look: Look, within: pygame.Rect | None = None) -> list[Placement]:
    """The largest flows as bands, wide where people left and thin where they are; no arrow heads.

    ``within`` is the part of the map sheet that matters; what lies beyond is cut off.
    """
    box = (within.left, within.top, within.width, within.height) if within else None
    found = []
    for flow in shown_flows(board, points, zoom):
        start, end = (tuple(points[p].round().astype(int).tolist()) for p in (flow.start, flow.end))
        wide = round((2.0 + _BAND_PX * flow.people**0.5) * look.marks)
        placed = _kept_band((start, end), wide, look.black_and_white, box)
        if placed:
            found.append(placed)
    return found


@lru_cache(maxsize=48)
def _kept_band(
    ends: tuple[tuple[int, int], tuple[int, int]], wide: int, grey: bool, box: tuple[int, int, int, int] | None
) -> Placement | None:
    start, end = (np.array(point, np.float64) for point in ends)
    return _band(_bowed(start, end), wide, grey, pygame.Rect(box) if box else None)


def _bowed(start: Floats, end: Floats) -> Floats:
    """A curve that leaves the straight way to one side, shape (N, 2)."""
    along = end - start
    control = (start + end) / 2 + np.array([-along[1], along[0]]) * _BOW
    t = np.linspace(0.0, 1.0, _POINTS)[:, None]
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end


def band(curve: Floats, wide: float, look: Look) -> Placement:
    """One tapered band along a curve."""
    placed = _band(curve, wide, look.black_and_white, None)
    assert placed
    return placed


def _band(curve: Floats, wide: float, grey: bool, within: pygame.Rect | None) -> Placement | None:
    low = np.floor(curve.min(axis=0) - wide).astype(int)
    high = np.ceil(curve.max(axis=0) + wide).astype(int)
    area = pygame.Rect(*low.tolist(), *(high - low).tolist())
    area = area.clip(within) if within else area
    if not area.width or not area.height:
        return None
    colour = OUTLINE if grey else PEOPLE
    finer = FINER if area.width * area.height < _LARGE else 1
    sheet = pygame.Surface((area.width * finer, area.height * finer), pygame.SRCALPHA)
    sheet.fill((*colour, 0))
    widths = np.linspace(1.0, _THIN_END, len(curve)) * wide * finer
    corner = np.array(area.topleft)
    ribbon(sheet, (curve - corner) * finer, widths, (*colour, 150))
    if grey:
        ribbon(sheet, (curve - corner) * finer, widths * 0.6, (255, 255, 255, 220))
    return (reduced(sheet, finer) if finer > 1 else sheet), area
