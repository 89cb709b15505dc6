"""Ground, a day's colours and roads together as tiles, so that moving over the map or to another day costs little."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import pygame

from offensive_sim.atlas.projection import FRAME, Camera
from offensive_sim.ui.basemap import TILE, BaseMap, rough_tile
from offensive_sim.ui.shading import Piece, Shading
from offensive_sim.ui.theme import PAPER, Look
from offensive_sim.ui.tiling import Job, TileWorker
from offensive_sim.views.board import Board

_MOST_ROUGH: Final = 24
_FEWEST_KEPT: Final = 48
"""Painted tiles that are kept at least, a megabyte each."""
At = tuple[int, int]
"""Column and row of a tile."""


@dataclass(frozen=True)
class Scene:
    """What to paint below the signs."""

    board: Board
    zoom: float
    look: Look
    shaded: bool

    @property
    def view(self) -> tuple[object, ...]:
        """All but the board."""
        return self.zoom, self.look.base, self.look.black_and_white, self.shaded


class Painting:
    """Keeps painted tiles; with a worker a missing one is shown roughly or as it was, and comes a moment later."""

    def __init__(self, base: BaseMap, shading: Shading, worker: TileWorker | None = None) -> None:
        self._base = base
        self._shading = shading
        self._worker = worker
        self._painted: OrderedDict[tuple[object, ...], pygame.Surface] = OrderedDict()
        self._latest: dict[tuple[object, ...], pygame.Surface] = {}
        self._rough: OrderedDict[tuple[object, ...], pygame.Surface] = OrderedDict()
        self._pieces: tuple[Board | None, dict[str, list[Piece]]] = (None, {})
        self._codes: tuple[Board | None, tuple[tuple[str, bool], ...]] = (None, ())
        self._last: tuple[Scene, Camera] | None = None
        self._backdrop: tuple[pygame.Surface, Camera] | None = None
        self._most = _FEWEST_KEPT

    def draw(self, surface: pygame.Surface, scene: Scene, camera: Camera, ahead: tuple[Board, ...] = ()) -> bool:
        """All that lies below the signs; False if some tiles are still to come."""
        self._collect()
        if self._worker and self._last and self._last[0].view != scene.view:
            self._keep_backdrop(*self._last)
        self._last = (scene, camera)
        self._make_room(camera)
        missing = [at for at in _tiles(camera) if self._tile(scene, at) is None]
        if self._worker is None:
            for at in missing:
                self._store(self._key(scene, at), self._paint(scene, at))
            missing = []
        if missing and self._backdrop:
            lay_scaled(surface, *self._backdrop, camera)
        self._lay(surface, scene, camera)
        if self._worker:
            self._worker.want(self._jobs(scene, camera, missing, ahead))
        if not missing:
            self._backdrop = None
        return not missing

    def _make_room(self, camera: Camera) -> None:
        """Painted tiles for the view, what lies around it and a day before and after; ground and roads for them."""
        seen, around = (sum(1 for _ in _tiles(camera, beyond)) for beyond in (0, 1))
        self._most = max(around + 2 * seen, _FEWEST_KEPT)
        self._base.most = 2 * max(around, seen)

    def _lay(self, surface: pygame.Surface, scene: Scene, camera: Camera) -> None:
        """Every tile of the view, or what stands in for it."""
        left, top = camera.corner
        for at in _tiles(camera):
            tile = self._tile(scene, at) or self._stand_in(scene, at)
            if tile:
                surface.blit(tile, (at[0] * TILE - left, at[1] * TILE - top))

    def _jobs(self, scene: Scene, camera: Camera, missing: list[At], ahead: tuple[Board, ...]) -> list[Job]:
        """What is seen, then its neighbours in time, then those in space."""
        middle = (
            (camera.corner[0] + camera.size[0] / 2) / TILE - 0.5,
            (camera.corner[1] + camera.size[1] / 2) / TILE - 0.5,
        )
        missing.sort(key=lambda at: (at[0] - middle[0]) ** 2 + (at[1] - middle[1]) ** 2)
        wanted = [(scene, at) for at in missing]
        for board in ahead:
            soon = Scene(board, scene.zoom, scene.look, scene.shaded)
            wanted += [(soon, at) for at in _tiles(camera) if self._tile(soon, at) is None]
        wanted += [(scene, at) for at in _tiles(camera, 1) if self._tile(scene, at) is None]
        jobs: dict[tuple[object, ...], Job] = {}
        for one, at in wanted:
            key = self._key(one, at)
            jobs.setdefault(key, Job(key, partial(self._paint, one, at)))
        return list(jobs.values())

    def _key(self, scene: Scene, at: At) -> tuple[object, ...]:
        """Tells tiles apart that look different: a day on which nothing near changed has the same tile."""
        held: tuple[object, ...] = ()
        if scene.shaded:
            codes = self._codes_of(scene.board)
            held = tuple(codes[p] for p in self._shading.near(at, scene.zoom))
        return *scene.view, at, held

    def _codes_of(self, board: Board) -> tuple[tuple[str, bool], ...]:
        if self._codes[0] is not board:
            self._codes = (board, tuple((p.holder, bool(p.contested_by)) for p in board.places))
        return self._codes[1]

    def _tile(self, scene: Scene, at: At) -> pygame.Surface | None:
        key = self._key(scene, at)
        tile = self._painted.get(key)
        if tile:
            self._painted.move_to_end(key)
            self._latest[key[:-1]] = tile
        return tile

    def _stand_in(self, scene: Scene, at: At) -> pygame.Surface | None:
        """A tile as it was, or nothing over a backdrop, or the bare relief."""
        key = (*scene.view, at)
        if key in self._latest:
            return self._latest[key]
        if self._backdrop:
            return None
        if key not in self._rough:
            self._rough[key] = rough_tile(at, scene.zoom)
            while len(self._rough) > _MOST_ROUGH:
                self._rough.popitem(last=False)
        return self._rough[key]

    def _collect(self) -> None:
        for key, tile in self._worker.taken() if self._worker else ():
            assert isinstance(key, tuple)
            self._store(key, tile)

    def _store(self, key: tuple[object, ...], tile: pygame.Surface) -> None:
        self._painted[key] = tile
        self._latest[key[:-1]] = tile
        while len(self._painted) > self._most:
            old, gone = self._painted.popitem(last=False)
            if self._latest.get(old[:-1]) is gone:
                del self._latest[old[:-1]]

    def _paint(self, scene: Scene, at: At) -> pygame.Surface:
        view = (scene.zoom, scene.look)
        tile = self._base.ground(at, *view).copy()
        if scene.shaded:
            if self._pieces[0] is not scene.board:
                self._pieces = (scene.board, self._shading.pieces(scene.board))
            self._shading.lay(tile, at, view, scene.board, self._pieces[1])
        tile.blit(self._base.over(at, *view), (0, 0))
        return tile

    def _keep_backdrop(self, scene: Scene, camera: Camera) -> None:
        """The last view's ground, to be shown larger or smaller until the new zoom is painted."""
        picture = pygame.Surface(camera.size)
        picture.fill(PAPER)
        if self._backdrop:
            lay_scaled(picture, *self._backdrop, camera)
        left, top = camera.corner
        for at in _tiles(camera):
            tile = self._latest.get((*scene.view, at))
            if tile:
                picture.blit(tile, (at[0] * TILE - left, at[1] * TILE - top))
        self._backdrop = (picture, camera)


def lay_scaled(surface: pygame.Surface, picture: pygame.Surface, old: Camera, camera: Camera) -> None:
    """A picture taken by one camera as another sees it, roughly."""
    surface.fill(PAPER)
    grow = camera.zoom / old.zoom
    x, y = (old.corner[0] * grow - camera.corner[0], old.corner[1] * grow - camera.corner[1])
    low = (max(-x / grow, 0.0), max(-y / grow, 0.0))
    high = (min((camera.size[0] - x) / grow, old.size[0]), min((camera.size[1] - y) / grow, old.size[1]))
    part = pygame.Rect(int(low[0]), int(low[1]), int(high[0] - low[0]) + 1, int(high[1] - low[1]) + 1)
    part = part.clip(picture.get_rect())
    if part.width > 0 and part.height > 0:
        scaled = pygame.transform.scale(picture.subsurface(part), (part.width * grow + 1, part.height * grow + 1))
        surface.blit(scaled, (round(x + part.left * grow), round(y + part.top * grow)))


def _tiles(camera: Camera, beyond: int = 0) -> Iterator[At]:
    """Tiles that a view touches, and perhaps a ring around it, within the map."""
    left, top = camera.corner
    most = (int((FRAME[2] - FRAME[0]) * camera.zoom // TILE), int((FRAME[3] - FRAME[1]) * camera.zoom // TILE))
    for row in range(top // TILE - beyond, (top + camera.size[1] - 1) // TILE + 1 + beyond):
        for column in range(left // TILE - beyond, (left + camera.size[0] - 1) // TILE + 1 + beyond):
            if not beyond or (0 <= row <= most[1] and 0 <= column <= most[0]):
                yield column, row
