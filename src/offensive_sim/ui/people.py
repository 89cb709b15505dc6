"""People away from home: soft circles sized by number where they shelter, tapered bands from where they left."""

from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from offensive_sim.engine.axes import Floats
from offensive_sim.ui.ink import FINER, SPRITE_FINER, reduced, ribbon
from offensive_sim.ui.theme import OUTLINE, PEOPLE, Look
from offensive_sim.views.board import Board

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


def draw_circles(surface: pygame.Surface, board: Board, points: Floats, look: Look) -> None:
    """Circles at all places with displaced people, the largest first."""
    order = sorted(range(len(board.places)), key=lambda p: -board.places[p].displaced)
    for p in order:
        people = board.places[p].displaced
        if people < FEWEST_SHOWN:
            break
        sprite = circle(round(radius_of(people, look)), look.black_and_white)
        surface.blit(sprite, sprite.get_rect(center=points[p].round().astype(int).tolist()))


def draw_flows(surface: pygame.Surface, board: Board, points: Floats, km: Floats, look: Look) -> None:
    """The largest flows as bands, wide where people left and thin where they are; no arrow heads."""
    far = [
        flow
        for flow in board.flows
        if flow.people >= FEWEST_SHOWN and float(np.hypot(*(km[flow.end] - km[flow.start]))) > _SHORTEST_KM
    ]
    for flow in far[:_MOST_FLOWS]:
        curve = _bowed(points[flow.start], points[flow.end])
        wide = (2.0 + _BAND_PX * flow.people**0.5) * look.marks
        draw_band(surface, curve, wide, look)


def _bowed(start: Floats, end: Floats) -> Floats:
    """A curve that leaves the straight way to one side, shape (N, 2)."""
    along = end - start
    control = (start + end) / 2 + np.array([-along[1], along[0]]) * _BOW
    t = np.linspace(0.0, 1.0, _POINTS)[:, None]
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end


def draw_band(surface: pygame.Surface, curve: Floats, wide: float, look: Look) -> None:
    """One tapered band along a curve."""
    low = np.floor(curve.min(axis=0) - wide).astype(int)
    high = np.ceil(curve.max(axis=0) + wide).astype(int)
    area = pygame.Rect(*low.tolist(), *(high - low).tolist())
    if not area.colliderect(surface.get_rect()):
        return
    colour = OUTLINE if look.black_and_white else PEOPLE
    sheet = pygame.Surface((area.width * FINER, area.height * FINER), pygame.SRCALPHA)
    sheet.fill((*colour, 0))
    widths = np.linspace(1.0, _THIN_END, len(curve)) * wide * FINER
    ribbon(sheet, (curve - low) * FINER, widths, (*colour, 150))
    if look.black_and_white:
        ribbon(sheet, (curve - low) * FINER, widths * 0.6, (255, 255, 255, 220))
    surface.blit(reduced(sheet, FINER), area)
