"""Ground, a day's colours and roads together as tiles, so that moving over the map costs little."""

import pygame

from offensive_sim.ui.basemap import MOST_TILES, TILE, BaseMap
from offensive_sim.ui.projection import Camera
from offensive_sim.ui.shading import Piece, Shading
from offensive_sim.ui.theme import Look
from offensive_sim.views.board import Board


class Painting:
    """Keeps the painted tiles of one board at one zoom."""

    def __init__(self, base: BaseMap, shading: Shading) -> None:
        self._base = base
        self._shading = shading
        self._board: Board | None = None
        self._key: tuple[object, ...] = ()
        self._pieces: dict[str, list[Piece]] = {}
        self._tiles: dict[tuple[int, int], pygame.Surface] = {}

    def draw(self, surface: pygame.Surface, board: Board, camera: Camera, look: Look, *, shaded: bool) -> None:
        """All that lies below the signs."""
        key = (camera.zoom, look, shaded)
        if board is not self._board or key != self._key or len(self._tiles) > MOST_TILES:
            self._board, self._key, self._tiles = board, key, {}
            self._pieces = self._shading.pieces(board) if shaded else {}
        left, top = camera.corner
        for row in range(top // TILE, (top + camera.size[1] - 1) // TILE + 1):
            for column in range(left // TILE, (left + camera.size[0] - 1) // TILE + 1):
                tile = self._tiles.get((column, row)) or self._paint((column, row), board, (camera.zoom, look))
                surface.blit(tile, (column * TILE - left, row * TILE - top))

    def _paint(self, at: tuple[int, int], board: Board, view: tuple[float, Look]) -> pygame.Surface:
        tile = self._base.ground(at, *view).copy()
        if self._pieces:
            self._shading.lay(tile, at, view, board, self._pieces)
        tile.blit(self._base.over(at, *view), (0, 0))
        self._tiles[at] = tile
        return tile
