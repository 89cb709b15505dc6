"""Soft colour along roads around held places, by road distance; open desert is never painted."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pygame

from offensive_sim.atlas.geometry import distances, stretch
from offensive_sim.atlas.projection import FRAME, project, sheet
from offensive_sim.engine.axes import Floats
from offensive_sim.ui.basemap import TILE, RoadLine
from offensive_sim.ui.symbols import ground
from offensive_sim.ui.theme import Look
from offensive_sim.ui.tiling import give_way
from offensive_sim.views.board import Board, Road

REACH_KM: Final = 24.0
"""How far along a road a place's colour reaches."""
JOINED_KM: Final = 60.0
"""Between two places of one party no farther apart, the whole road is coloured."""
_WIDTH_PX: Final = 21.0
_SPOT_PX: Final = 14.0
_GROWS: Final = 0.35
"""How much wider the colour gets as one comes closer: a power of the zoom."""
_USUAL_ZOOM: Final = 2.2
_STEPS: Final = 4
_PEAK: Final = 112
_BLUR: Final = 2
_PAD: Final = 12
"""Pixels of the coarse tile beyond each side, so that tiles join."""
_BEYOND: Final = 0.25
"""Share of a tile's side from beyond which nothing colours it."""
_HALF: Final = 0.5
"""Strength around a contested place."""
_WHITE: Final = (255, 255, 255)
_LARGE_BASE: Final = 1.5


@dataclass(frozen=True)
class Piece:
    """A stretch of road with its strength, 0 to 1, in km."""

    value: float
    points: Floats  # (N, 2)
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, value: float, points: Floats) -> "Piece":
        """With its box."""
        low, high = points.min(axis=0), points.max(axis=0)
        return cls(value, points, (float(low[0]), float(low[1]), float(high[0]), float(high[1])))

    def weaker(self, share: float) -> "Piece":
        """The same at a share of its strength."""
        return self if share == 1.0 else Piece(self.value * share, self.points, self.box)


class Shading:
    """Knows every road's stretches; paints a board's colours on them, tile by tile."""

    def __init__(self, roads: Sequence[Road], lines: Sequence[RoadLine]) -> None:
        self._roads = roads
        self._ends = [(road.start, road.end) for road in roads]
        self._boxes = np.array([Piece.of(1.0, line.points).box for line in lines]).reshape(-1, 4)
        self._near: dict[tuple[tuple[int, int], float], tuple[int, ...]] = {}
        self._kept_zoom = 0.0
        self._kept: dict[int, tuple[Floats, Floats]] = {}
        self._whole = [Piece.of(1.0, line.points) for line in lines]
        self._faded = [
            (_fading(line.points, road.km), _fading(line.points[::-1], road.km))
            for road, line in zip(roads, lines, strict=True)
        ]

    def pieces(self, board: Board) -> dict[str, list[Piece]]:
        """Stretches of road by holder, the weakest first; a held place is a stretch of one point."""
        found: dict[str, list[Piece]] = defaultdict(list)
        for road, whole, faded in zip(self._roads, self._whole, self._faded, strict=True):
            ends = (board.places[road.start], board.places[road.end])
            firm = not any(mark.contested_by for mark in ends)
            if ends[0].holder == ends[1].holder and firm and road.km <= JOINED_KM:
                found[ends[0].holder].append(whole)
                continue
            for mark, parts in zip(ends, faded, strict=True):
                found[mark.holder] += [part.weaker(_HALF if mark.contested_by else 1.0) for part in parts]
        points = project(np.array([(p.lon, p.lat) for p in board.places]))
        for mark, point in zip(board.places, points, strict=True):
            found[mark.holder].append(Piece.of(_HALF if mark.contested_by else 1.0, point[None]))
        return {holder: sorted(mine, key=lambda piece: piece.value) for holder, mine in sorted(found.items())}

    def near(self, at: tuple[int, int], zoom: float) -> tuple[int, ...]:
        """Numbers of the places whose holders may colour a tile by column and row."""
        key = (at, zoom)
        if key not in self._near:
            reach = TILE * (1 + 2 * _BEYOND) / zoom
            west = FRAME[0] + (at[0] - _BEYOND) * TILE / zoom
            north = FRAME[3] - (at[1] - _BEYOND) * TILE / zoom
            low, high = self._boxes[:, :2], self._boxes[:, 2:]
            seen = (low < (west + reach, north)).all(axis=1) & (high > (west, north - reach)).all(axis=1)
            self._near[key] = tuple(sorted({p for road in np.flatnonzero(seen) for p in self._ends[road]}))
        return self._near[key]

    def lay(
        self,
        tile: pygame.Surface,
        at: tuple[int, int],
        view: tuple[float, Look],
        board: Board,
        pieces: dict[str, list[Piece]],
    ) -> None:
        """Colours of a tile by column and row, drawn coarsely and smoothed up."""
        zoom, look = view
        coarse = 8 if look.base > _LARGE_BASE else 4
        size = TILE // coarse + 2 * _PAD
        corner = np.array(at) * (TILE / coarse) - _PAD
        grown = look.base / coarse * max(zoom / look.base / _USUAL_ZOOM, 1.0) ** _GROWS
        whole = pygame.Surface((size, size), pygame.SRCALPHA)
        for holder, mine in pieces.items():
            strength = self._strength(mine, (zoom / coarse, corner), size, grown)
            if strength is None:
                continue
            layer = pygame.Surface((size, size), pygame.SRCALPHA)
            layer.fill((*ground(board.parties[holder], black_and_white=look.black_and_white), 0))
            veil = pygame.surfarray.pixels_alpha(layer)
            veil[:] = (pygame.surfarray.pixels_red(strength).astype(np.uint16) * _PEAK // 255).astype(np.uint8)
            del veil
            whole.blit(layer, (0, 0))
        tile.blit(pygame.transform.smoothscale(whole, (size * coarse,) * 2), (-_PAD * coarse,) * 2)

    def _on_sheet(self, piece: Piece, zoom: float) -> Floats:
        """A stretch in pixels of a zoom, kept for the last zoom that was asked for."""
        if len(piece.points) == 1:
            return sheet(piece.points, zoom)
        if zoom != self._kept_zoom:
            self._kept_zoom, self._kept = zoom, {}
        key = id(piece.points)
        if key not in self._kept:
            self._kept[key] = (piece.points, sheet(piece.points, zoom))
        return self._kept[key][1]

    def _strength(
        self, mine: list[Piece], view: tuple[float, Floats], size: int, grown: float
    ) -> pygame.Surface | None:
        """Where one party's colour lies and how strongly, as grey; None if nowhere near."""
        zoom, corner = view
        west, north = FRAME[0] + float(corner[0]) / zoom, FRAME[3] - float(corner[1]) / zoom
        east, south = west + size / zoom, north - size / zoom
        strength: pygame.Surface | None = None
        for piece in mine:
            left, low, right, high = piece.box
            if left > east or right < west or low > north or high < south:
                continue
            give_way()
            strength = strength or pygame.Surface((size, size))
            points, grey = self._on_sheet(piece, zoom) - corner, (round(255 * piece.value),) * 3
            if len(points) == 1:
                pygame.draw.circle(strength, grey, points[0].tolist(), _SPOT_PX * grown)
            else:
                # Its joints are rough, which the blur hides; a smooth pen would take ten times as long.
                pygame.draw.lines(strength, grey, False, points.tolist(), max(round(_WIDTH_PX * grown), 2))
        return strength and pygame.transform.box_blur(pygame.transform.box_blur(strength, _BLUR), _BLUR)


def _fading(way: Floats, km: float) -> list[Piece]:
    """A road's first stretch, weaker step by step, at most to its middle."""
    reach = min(REACH_KM / km, 0.5) * float(distances(way)[-1])
    return [
        Piece.of(1 - (step + 0.5) / _STEPS, stretch(way, reach * step / _STEPS, reach * (step + 1) / _STEPS))
        for step in range(_STEPS)
    ]
