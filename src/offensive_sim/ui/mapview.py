"""The map with an evening upon it, for a camera; layers are kept, so that an unchanged view costs one blit."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import pygame

from offensive_sim.atlas.geometry import road_curve
from offensive_sim.atlas.projection import Camera, project, sheet
from offensive_sim.engine.axes import Floats
from offensive_sim.ui.basemap import BaseMap, RoadLine
from offensive_sim.ui.forces import Counters, Stack, counters, trust_dots
from offensive_sim.ui.naming import NUMBERS, mark_radius, names_on
from offensive_sim.ui.painting import Painting, Scene, lay_scaled
from offensive_sim.ui.people import Placement, circles, flows
from offensive_sim.ui.shading import Shading
from offensive_sim.ui.symbols import draw_sign, sign_of
from offensive_sim.ui.theme import Look
from offensive_sim.ui.tiling import TileWorker
from offensive_sim.ui.waysides import waysides
from offensive_sim.views.board import Board, Road

_FAR_IN = 3.0
"""Pixels a km, at design size, from which bands of people are cut to the view."""
_BLOCK = 512
_MOST_SPRITES = 4000


@dataclass(frozen=True)
class Layers:
    """What a reader may switch off."""

    shading: bool = True
    people: bool = True
    flows: bool = True
    camps: bool = True
    """Camps, checkpoints, shut roads, and who waits before them."""
    units: bool = False
    trust: bool = False
    """How far each holder can be trusted, as dots below its sign."""
    ghost: bool = True
    apart: bool = True
    """Brackets around places that the world beside this one has otherwise."""
    names: bool = True
    whole_names: bool = False
    """Leave out names that the view's edge would cut; for pictures, since they would jump while panning."""

    @staticmethod
    def names_of() -> tuple[str, ...]:
        """Those that a reader may choose."""
        return tuple(one.name for one in fields(Layers) if one.name != "whole_names")


@dataclass(frozen=True)
class Sheet:
    """An evening's pictures with their places on the map sheet of one zoom."""

    key: tuple[object, ...]
    below: list[Placement]
    """Bands and circles of displaced people."""
    signs: list[Placement]
    names: list[Placement]
    stacks: list[Stack]
    """Counters that can be taken hold of."""


@dataclass(frozen=True)
class Whole:
    """The last view that was drawn."""

    board: Board
    key: tuple[object, ...]
    picture: pygame.Surface
    camera: Camera


class MapView:
    """Draws boards; keeps the ground's tiles, the evening's pictures, and the last whole view."""

    def __init__(self, layers: Layers | None = None, worker: TileWorker | None = None) -> None:
        self.layers = layers or Layers()
        self.ahead: tuple[Board, ...] = ()
        """Boards that may be asked for next; painted when there is nothing else to do."""
        self.trust: Mapping[str, str] = {}
        """Confidence in each place's holder, for the layer that shows it."""
        self.complete = True
        """Whether the last picture had all its tiles."""
        self._worker = worker
        self._roads: tuple[Road, ...] = ()
        self._painting = Painting(BaseMap(()), Shading((), ()))
        self._sheet: Sheet | None = None
        self._board: Board | None = None
        self._whole: Whole | None = None
        self._sprites: dict[tuple[object, ...], pygame.Surface] = {}

    def draw(self, surface: pygame.Surface, board: Board, camera: Camera, look: Look) -> None:
        """Everything for a view of the camera's size, at the surface's top left."""
        key = (camera, look, self.layers)
        if not self.complete or self._whole is None or self._whole.board is not board or self._whole.key != key:
            kept = self._whole.picture if self._whole else None
            picture = kept if kept and kept.get_size() == camera.size else pygame.Surface(camera.size)
            self._compose(picture, board, camera, look)
            self._whole = Whole(board, key, picture, camera)
        surface.blit(self._whole.picture, (0, 0))

    def preview(self, surface: pygame.Surface, camera: Camera) -> bool:
        """The last view as another camera sees it, at once and roughly; False if there was none."""
        if self._whole is None:
            return False
        lay_scaled(surface, self._whole.picture, self._whole.camera, camera)
        return True

    def _compose(self, surface: pygame.Surface, board: Board, camera: Camera, look: Look) -> None:
        self._learn_roads(board)
        pictures = self._sheet_of(board, camera, look)
        scene = Scene(board, camera.zoom, look, self.layers.shading)
        self.complete = self._painting.draw(surface, scene, camera, self.ahead)
        left, top = camera.corner
        view = pygame.Rect(camera.corner, camera.size)
        for part in (pictures.below, pictures.signs, pictures.names):
            surface.fblits([(image, at.move(-left, -top)) for image, at in part if at.colliderect(view)])

    def _sheet_of(self, board: Board, camera: Camera, look: Look) -> Sheet:
        bounds = pygame.Rect(camera.corner, camera.size).inflate(-12, -12) if self.layers.whole_names else None
        within = _cut_to(camera, look)
        key = (camera.zoom, look, self.layers, tuple(bounds) if bounds else None, tuple(within) if within else None)
        if self._sheet is None or self._board is not board or self._sheet.key != key:
            points = sheet(project(np.array([(p.lon, p.lat) for p in board.places])), camera.zoom)
            below: list[Placement] = []
            if self.layers.people:
                below += flows(board, points, camera.zoom, look, within) if self.layers.flows else []
                below += circles(board, points, look)
            way = waysides(board, points, camera.zoom, look) if self.layers.camps else []
            forces = counters(board, points, camera.zoom, look) if self.layers.units else Counters([], [])
            above = forces.pictures
            names = self._names(board, camera.zoom, look, (bounds, [rect for _, rect in [*above, *way]]))
            signs = self._signs(board, points, (camera.zoom, look))
            signs += trust_dots(board, points, camera.zoom, look, self.trust) if self.layers.trust else []
            self._sheet = Sheet(key, below, [*way, *signs], [*above, *names], forces.stacks)
            self._board = board
        return self._sheet

    def _names(
        self, board: Board, zoom: float, look: Look, room: tuple[pygame.Rect | None, list[pygame.Rect]]
    ) -> list[Placement]:
        if not self.layers.names:
            return []
        numbers = frozenset(name for name in NUMBERS if getattr(self.layers, name))
        placed = names_on(board, zoom, look, room[0], numbers=numbers, blocked=room[1])
        return [(one.label.surface, one.rect) for one in placed]

    def _signs(self, board: Board, points: Floats, view: tuple[float, Look]) -> list[Placement]:
        """The lesser places first, so that the greater stay whole."""
        zoom, look = view
        if len(self._sprites) > _MOST_SPRITES:
            self._sprites = {}
        signs = []
        for p in sorted(range(len(board.places)), key=lambda p: _weight(board, p)):
            mark = board.places[p] if self.layers.ghost else replace(board.places[p], history=None)
            mark = mark if self.layers.apart else replace(mark, other=None)
            radius = mark_radius(mark, zoom, look)
            held = (mark.holder, mark.contested_by, mark.history, mark.other)
            key = (held, mark.documented, mark.unclear, mark.kind, radius)
            if (sprite := self._sprites.get((key, look.black_and_white))) is None:
                sprite = draw_sign(sign_of(board, mark, radius, black_and_white=look.black_and_white))
                self._sprites[key, look.black_and_white] = sprite
            signs.append((sprite, sprite.get_rect(center=points[p].round().astype(int).tolist())))
        return signs

    def place_at(self, board: Board, camera: Camera, look: Look, pixel: tuple[float, float]) -> int | None:
        """Number of the place whose sign is under a pixel of the view, the nearest first."""
        points = camera.screen(project(np.array([(p.lon, p.lat) for p in board.places])))
        away = np.hypot(*(points - np.array(pixel)).T)
        nearest = int(away.argmin())
        near = float(away[nearest]) <= max(mark_radius(board.places[nearest], camera.zoom, look) * 1.4, 16.0)
        return nearest if near else None

    def stack_at(self, camera: Camera, pixel: tuple[int, int]) -> Stack | None:
        """The counter under a pixel of the view."""
        at = (camera.corner[0] + pixel[0], camera.corner[1] + pixel[1])
        stacks = self._sheet.stacks if self._sheet else []
        return next((one for one in stacks if one.box.inflate(6, 6).collidepoint(at)), None)

    def _learn_roads(self, board: Board) -> None:
        if self._roads is not board.roads and self._roads != board.roads:
            self._roads, self._sprites = board.roads, {}
            lines = tuple(_road_line(board, road) for road in board.roads)
            self._painting = Painting(BaseMap(lines), Shading(board.roads, lines), self._worker)


def _cut_to(camera: Camera, look: Look) -> pygame.Rect | None:
    """Far in, the part of the sheet for which bands are drawn: the view and somewhat more; else all of it."""
    if camera.zoom / look.base < _FAR_IN:
        return None
    column, row = (int(edge // _BLOCK) for edge in camera.corner)
    width, height = camera.size
    return pygame.Rect((column - 1) * _BLOCK, (row - 1) * _BLOCK, width + 3 * _BLOCK, height + 3 * _BLOCK)


def _weight(board: Board, place: int) -> tuple[bool, int]:
    mark = board.places[place]
    return mark.kind == "city", mark.residents


def _road_line(board: Board, road: Road) -> RoadLine:
    ends = (board.places[road.start], board.places[road.end])
    return RoadLine(road.road, road_curve([(ends[0].lon, ends[0].lat), *road.via, (ends[1].lon, ends[1].lat)]))
