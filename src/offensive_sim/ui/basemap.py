"""The ground that never changes: relief, water, borders, roads; drawn in tiles and kept for each zoom."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pygame

from offensive_sim.atlas.assets import asset
from offensive_sim.atlas.geometry import dashes, inner_edges, layer, smooth
from offensive_sim.atlas.projection import FRAME, sheet
from offensive_sim.engine.axes import Floats
from offensive_sim.ui.ink import FINER, pen, reduced
from offensive_sim.ui.theme import (
    BORDER,
    BORDER_BAND,
    GOVERNORATE,
    NEIGHBOUR,
    PAPER,
    ROADS,
    WATER,
    WATER_LINE,
    Colour,
    Look,
)
from offensive_sim.ui.tiling import give_way

TILE: Final = 512
_CHUNK: Final = 24
_RIVER_PX: Final = {1: 3.0, 2: 1.9, 3: 1.1}
_PRINT_LIGHTER: Final = 0.5
"""Share of white mixed into the ground for a printer without colour."""


@dataclass(frozen=True)
class RoadLine:
    """A road as it is drawn."""

    road: str
    points: Floats  # (N, 2) km


@dataclass(frozen=True)
class Stroke:
    """A short piece of a line, ready for one zoom, in pixels of the finer sheet."""

    points: Floats
    width: float
    colour: Colour
    box: tuple[float, float, float, float]


def strokes(points: Floats, zoom: float, width: float, colour: Colour) -> Iterator[Stroke]:
    """A line in km cut into pieces, so that a tile draws only what it shows."""
    fine = sheet(points, zoom) * FINER
    for start in range(0, max(len(fine) - 1, 1), _CHUNK):
        piece = fine[start : start + _CHUNK + 1]
        low, high = piece.min(axis=0) - width * FINER, piece.max(axis=0) + width * FINER
        box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        yield Stroke(piece, width * FINER, colour, box)


@cache
def _relief() -> pygame.Surface:
    return pygame.image.load(asset("basemap/relief_2048.jpg"))


class BaseMap:
    """Tiles of ground and of roads, drawn once for each zoom."""

    def __init__(self, roads: tuple[RoadLine, ...]) -> None:
        self.roads = roads
        self._tiles: OrderedDict[tuple[object, ...], pygame.Surface] = OrderedDict()
        self._pens: dict[tuple[str, float, float], list[Stroke]] = {}
        self.most = 64
        """Tiles kept, a megabyte each; whoever asks for them says how many a view needs."""

    def ground(self, at: tuple[int, int], zoom: float, look: Look) -> pygame.Surface:
        """Relief, water and borders of a tile by column and row; shared, do not draw on it."""
        return self._kept("ground", at, (zoom, look), self._ground_tile)

    def over(self, at: tuple[int, int], zoom: float, look: Look) -> pygame.Surface:
        """Roads of a tile on a clear ground; shared too."""
        return self._kept("roads", at, (zoom, look), self._road_tile)

    def _kept(
        self,
        kind: str,
        at: tuple[int, int],
        view: tuple[float, Look],
        make: Callable[[int, int, float, Look], pygame.Surface],
    ) -> pygame.Surface:
        key = (kind, at, view[0], view[1].base, view[1].black_and_white)
        if key not in self._tiles:
            self._tiles[key] = make(*at, *view)
        self._tiles.move_to_end(key)
        while len(self._tiles) > self.most:
            self._tiles.popitem(last=False)
        return self._tiles[key]

    def _ground_tile(self, column: int, row: int, zoom: float, look: Look) -> pygame.Surface:
        fine = TILE * FINER
        corner = np.array([column, row]) * fine
        tile = pygame.Surface((fine, fine))
        tile.fill(PAPER)
        _lay_relief(tile, corner, zoom)
        _lay_over(tile, corner, zoom, look.base)
        if look.black_and_white:
            _bleach(tile)
        for shape in layer("lakes"):
            ring = sheet(shape.points, zoom) * FINER - corner
            pygame.draw.polygon(tile, WATER, ring.tolist())
        _stroke_all(tile, corner, self._planned("lines", zoom, look.base, _line_strokes))
        small = reduced(tile, FINER)
        return pygame.transform.grayscale(small) if look.black_and_white else small

    def _road_tile(self, column: int, row: int, zoom: float, look: Look) -> pygame.Surface:
        fine = TILE * FINER
        tile = pygame.Surface((fine, fine), pygame.SRCALPHA)
        tile.fill((110, 76, 54, 0))
        corner = np.array([column, row]) * fine
        _stroke_all(tile, corner, self._planned("roads", zoom, look.base, self._road_strokes))
        small = reduced(tile, FINER)
        return pygame.transform.grayscale(small) if look.black_and_white else small

    def _planned(
        self, kind: str, zoom: float, base: float, make: Callable[[float, float], Iterator[Stroke]]
    ) -> list[Stroke]:
        key = (kind, zoom, base)
        if key not in self._pens:
            self._pens[key] = list(make(zoom, base))
        return self._pens[key]

    def _road_strokes(self, zoom: float, base: float) -> Iterator[Stroke]:
        """All edges before all middles, the lesser roads first."""
        for edge in (True, False):
            for road, ink in ROADS.items():
                width = (ink.casing_px if edge else ink.middle_px) * base
                for line in self.roads:
                    if line.road != road or not width:
                        continue
                    parts = dashes(line.points, (5 * base / zoom, 3.5 * base / zoom)) if ink.dashed else [line.points]
                    for part in parts:
                        yield from strokes(part, zoom, width, ink.casing if edge else ink.middle)


def rough_tile(at: tuple[int, int], zoom: float) -> pygame.Surface:
    """Bare relief of a tile by column and row, at once."""
    tile = pygame.Surface((TILE, TILE))
    tile.fill(PAPER)
    _lay_relief(tile, np.array(at) * TILE, zoom / FINER)
    return tile


def _lay_relief(tile: pygame.Surface, corner: Floats, zoom: float) -> None:
    """The part of the shaded relief under a tile, with a margin so that tiles join."""
    image = _relief()
    scale = image.get_width() / (FRAME[2] - FRAME[0])
    fine = tile.get_width()
    low = np.floor(corner / (zoom * FINER) * scale - 2).astype(int)
    high = np.ceil((corner + fine) / (zoom * FINER) * scale + 2).astype(int)
    part = pygame.Rect(*low.tolist(), *(high - low).tolist()).clip(image.get_rect())
    if not part.width or not part.height:
        return
    grow = zoom * FINER / scale
    size = (round(part.width * grow), round(part.height * grow))
    place = np.round(np.array(part.topleft) * grow - corner).astype(int)
    tile.blit(pygame.transform.smoothscale(image.subsurface(part), size), place.tolist())


def _lay_over(tile: pygame.Surface, corner: Floats, zoom: float, base: float) -> None:
    """Neighbouring countries paler, and a soft band along the border."""
    wash = pygame.Surface(tile.get_size(), pygame.SRCALPHA)
    for shape in layer("neighbours"):
        pygame.draw.polygon(wash, NEIGHBOUR, (sheet(shape.points, zoom) * FINER - corner).tolist())
    tile.blit(wash, (0, 0))
    wash.fill((0, 0, 0, 0))
    for shape in layer("borders"):
        if shape.name == "admin0":
            for stroke in strokes(shape.points, zoom, 11 * base, BORDER):
                if _touches(stroke, corner, tile.get_width()):
                    pen(wash, stroke.points - corner, stroke.width, BORDER_BAND)
    tile.blit(wash, (0, 0))


def _line_strokes(zoom: float, base: float) -> Iterator[Stroke]:
    """Shores, rivers, governorates, borders, in the order of drawing."""
    for shape in layer("lakes"):
        yield from strokes(shape.points, zoom, 1.2 * base, WATER_LINE)
    for shape in sorted(layer("rivers"), key=lambda s: -s.rank):
        yield from strokes(smooth(shape.points, 1), zoom, _RIVER_PX[shape.rank] * base, WATER_LINE)
    unit = base / zoom
    for points in inner_edges():
        for part in dashes(points, (7 * unit, 3 * unit, 1.2 * unit, 3 * unit)):
            yield from strokes(part, zoom, 1.1 * base, GOVERNORATE)
    for shape in layer("borders"):
        if shape.name == "admin0":
            for part in dashes(shape.points, (11 * unit, 4 * unit, 1.6 * unit, 4 * unit)):
                yield from strokes(part, zoom, 1.9 * base, BORDER)


def _stroke_all(tile: pygame.Surface, corner: Floats, pieces: list[Stroke]) -> None:
    for stroke in pieces:
        give_way()
        if _touches(stroke, corner, tile.get_width()):
            pen(tile, stroke.points - corner, stroke.width, stroke.colour)


def _touches(stroke: Stroke, corner: Floats, size: int) -> bool:
    left, top, right, bottom = stroke.box
    x, y = float(corner[0]), float(corner[1])
    return left < x + size and right > x and top < y + size and bottom > y


def _bleach(tile: pygame.Surface) -> None:
    """Lighter, so that lines, patterns and letters stand out in print."""
    veil = pygame.Surface(tile.get_size(), pygame.SRCALPHA)
    veil.fill((255, 255, 255, round(255 * _PRINT_LIGHTER)))
    tile.blit(veil, (0, 0))
