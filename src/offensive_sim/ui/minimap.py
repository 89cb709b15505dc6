"""The whole map, small: where the view is, and who holds what."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from offensive_sim.atlas.assets import asset
from offensive_sim.atlas.geometry import layer
from offensive_sim.atlas.palette import rgb
from offensive_sim.atlas.projection import FRAME, Camera, project
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.theme import BORDER, NEATLINE, OUTLINE, PANEL, WATER_LINE
from offensive_sim.views.board import Board

RATIO = (FRAME[3] - FRAME[1]) / (FRAME[2] - FRAME[0])
"""Height of the map for its width."""
_LEAST_RESIDENTS = 20_000


@dataclass(frozen=True)
class MiniMap:
    """What it shows."""

    board: Board
    camera: Camera

    def draw(self, canvas: Canvas, rect: pygame.Rect) -> pygame.Rect:
        """The map and the view's outline; returns where it lies in the window."""
        box = canvas.flip(rect)
        surface = canvas.surface
        surface.blit(_ground(box.size), box)
        clip = surface.get_clip()
        surface.set_clip(box)
        grow = box.width / (FRAME[2] - FRAME[0])
        points = _points(tuple((p.lon, p.lat) for p in self.board.places))
        radius = max(round(1.7 * canvas.look.base), 1)
        for mark, (x, y) in zip(self.board.places, points, strict=True):
            if mark.residents >= _LEAST_RESIDENTS:
                at = (box.left + (x - FRAME[0]) * grow, box.top + (FRAME[3] - y) * grow)
                pygame.draw.circle(surface, OUTLINE, at, radius + 1)
                pygame.draw.circle(surface, rgb(self.board.parties[mark.holder].colour), at, radius)
        surface.set_clip(clip)
        west, north = self.camera.ground((0, 0))
        east, south = self.camera.ground(self.camera.size)
        view = pygame.Rect(
            box.left + round((west - FRAME[0]) * grow), box.top + round((FRAME[3] - north) * grow),
            round((east - west) * grow), round((north - south) * grow),
        ).clip(box)  # fmt: skip
        pygame.draw.rect(surface, PANEL, view.inflate(2, 2), 1)
        pygame.draw.rect(surface, NEATLINE, view, max(canvas.thin() * 2, 2))
        pygame.draw.rect(surface, NEATLINE, box, canvas.thin())
        return box


def ground_at(box: pygame.Rect, pos: tuple[int, int]) -> tuple[float, float]:
    """Kilometres under a pixel of the small map."""
    grow = box.width / (FRAME[2] - FRAME[0])
    return FRAME[0] + (pos[0] - box.left) / grow, FRAME[3] - (pos[1] - box.top) / grow


@lru_cache(maxsize=4)
def _points(places: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in project(np.array(places)))


@lru_cache(maxsize=4)
def _ground(size: tuple[int, int]) -> pygame.Surface:
    """Relief, rivers and borders."""
    relief = pygame.image.load(asset("basemap/relief_2048.jpg"))
    picture = pygame.transform.smoothscale(relief, size)
    grow = size[0] / (FRAME[2] - FRAME[0])
    for name, colour in (("rivers", WATER_LINE), ("borders", BORDER)):
        for shape in layer(name):
            if (name == "rivers" and shape.rank == 1) or shape.name == "admin0":
                line = (shape.points - (FRAME[0], FRAME[3])) * (grow, -grow)
                if len(line) > 1:
                    pygame.draw.aalines(picture, colour, False, line.tolist())
    return picture
