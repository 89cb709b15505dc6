"""Soft colour along roads around held places, by road distance; open desert is never painted."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
import pygame

from offensive_sim.engine.axes import Floats
from offensive_sim.ui.basemap import RoadLine
from offensive_sim.ui.geometry import distances, stretch
from offensive_sim.ui.ink import pen
from offensive_sim.ui.projection import FRAME, Camera, project, sheet
from offensive_sim.ui.symbols import ground
from offensive_sim.ui.theme import Look
from offensive_sim.views.board import Board

PX_PER_KM: Final = 1.0
REACH_KM: Final = 24.0
"""How far along a road a place's colour reaches."""
JOINED_KM: Final = 60.0
"""Between two places of one party no farther apart, the whole road is coloured."""
_WIDTH_KM: Final = 10.0
_SPOT_KM: Final = 6.5
_STEPS: Final = 6
_PEAK: Final = 112
_FAINTEST: Final = 0.12
_BLUR: Final = 3
_HALF: Final = 0.5
"""Strength around a contested place."""

Piece = tuple[float, Floats]


def shade(board: Board, roads: Sequence[RoadLine], look: Look) -> pygame.Surface:
    """The whole map's shading on a clear sheet of ``PX_PER_KM``."""
    pieces = _pieces(board, roads)
    size = (round((FRAME[2] - FRAME[0]) * PX_PER_KM), round((FRAME[3] - FRAME[1]) * PX_PER_KM))
    whole = pygame.Surface(size, pygame.SRCALPHA)
    for holder, mine in sorted(pieces.items()):
        strength = pygame.Surface(size)
        for value, points in sorted(mine, key=lambda piece: piece[0]):
            grey = round(255 * value)
            pen(strength, points, _WIDTH_KM * PX_PER_KM, (grey, grey, grey))
        for mark, point in zip(board.places, _points(board), strict=True):
            if mark.holder == holder and not mark.contested_by:
                pygame.draw.circle(strength, (255, 255, 255), point.tolist(), _SPOT_KM * PX_PER_KM)
        strength = pygame.transform.box_blur(pygame.transform.box_blur(strength, _BLUR), _BLUR)
        layer = pygame.Surface(size, pygame.SRCALPHA)
        layer.fill((*ground(board.parties[holder], black_and_white=look.black_and_white), 0))
        veil = pygame.surfarray.pixels_alpha(layer)
        veil[:] = (pygame.surfarray.array_red(strength).astype(np.uint16) * _PEAK // 255).astype(np.uint8)
        del veil
        whole.blit(layer, (0, 0))
    return whole


def _points(board: Board) -> Floats:
    return sheet(project(np.array([(p.lon, p.lat) for p in board.places])), PX_PER_KM)


def _pieces(board: Board, roads: Sequence[RoadLine]) -> dict[str, list[Piece]]:
    """Stretches of road with their strength, by holder."""
    found: dict[str, list[Piece]] = defaultdict(list)
    for road, line in zip(board.roads, roads, strict=True):
        start, end = board.places[road.start], board.places[road.end]
        points = sheet(line.points, PX_PER_KM)
        drawn = float(distances(points)[-1])
        firm = not start.contested_by and not end.contested_by
        if start.holder == end.holder and firm and road.km <= JOINED_KM:
            found[start.holder].append((1.0, points))
            continue
        reach = min(REACH_KM / road.km, 0.5) * drawn
        for mark, way in ((start, points), (end, points[::-1])):
            full = _HALF if mark.contested_by else 1.0
            for step in range(_STEPS):
                near, far = reach * step / _STEPS, reach * (step + 1) / _STEPS
                value = full * max(1 - (step + 0.5) / _STEPS, _FAINTEST)
                found[mark.holder].append((value, stretch(way, near, far)))
    return found


def lay_shade(surface: pygame.Surface, whole: pygame.Surface, camera: Camera) -> None:
    """The part of the shading under a view, scaled to it."""
    low = np.floor(np.array(camera.corner) / camera.zoom * PX_PER_KM - 1).astype(int)
    high = np.ceil((np.array(camera.corner) + camera.size) / camera.zoom * PX_PER_KM + 1).astype(int)
    part = pygame.Rect(*low.tolist(), *(high - low).tolist()).clip(whole.get_rect())
    if part.width and part.height:
        grow = camera.zoom / PX_PER_KM
        scaled = pygame.transform.smoothscale(
            whole.subsurface(part), (round(part.width * grow), round(part.height * grow))
        )
        surface.blit(scaled, (np.array(part.topleft) * grow - camera.corner).round().astype(int).tolist())
