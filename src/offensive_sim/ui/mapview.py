"""The map with an evening upon it, for a camera; layers are kept, so that an unchanged view costs one blit."""

from dataclasses import dataclass, field, replace

import numpy as np
import pygame

from offensive_sim.engine.axes import Floats
from offensive_sim.ui.basemap import BaseMap, RoadLine
from offensive_sim.ui.geometry import smooth
from offensive_sim.ui.labels import Placed
from offensive_sim.ui.naming import mark_radius, names_on
from offensive_sim.ui.people import draw_circles, draw_flows
from offensive_sim.ui.projection import Camera, project
from offensive_sim.ui.shading import lay_shade, shade
from offensive_sim.ui.symbols import draw_sign, sign_of
from offensive_sim.ui.theme import Look
from offensive_sim.views.board import Board, Road

STORY_BOX = (-205.0, -168.0, 262.0, 318.0)
"""West, south, east and north km of where the campaign happened."""


@dataclass(frozen=True)
class Layers:
    """What a reader may switch off."""

    shading: bool = True
    people: bool = True
    flows: bool = True
    ghost: bool = True
    names: bool = True
    whole_names: bool = False
    """Leave out names that the view's edge would cut; for pictures, since they would jump while panning."""


@dataclass
class MapView:
    """Draws boards; keeps the ground's tiles, the day's shading and the last whole view."""

    layers: Layers = field(default_factory=Layers)
    _ground: BaseMap | None = None
    _roads: tuple[Road, ...] = ()
    _shade: tuple[object, ...] = ()
    _names: tuple[object, ...] = ()
    _whole: tuple[object, ...] = ()

    def draw(self, surface: pygame.Surface, board: Board, camera: Camera, look: Look) -> None:
        """Everything for a view of the camera's size, at the surface's top left."""
        key = (camera, look, self.layers)
        if self._whole and self._whole[0] is board and self._whole[1] == key:
            surface.blit(self._whole[2], (0, 0))  # type: ignore[arg-type]
            return
        whole = pygame.Surface(camera.size)
        self._compose(whole, board, camera, look)
        self._whole = (board, key, whole)
        surface.blit(whole, (0, 0))

    def _compose(self, surface: pygame.Surface, board: Board, camera: Camera, look: Look) -> None:
        ground = self._ground_of(board)
        km = project(np.array([(p.lon, p.lat) for p in board.places]))
        points = camera.screen(km)
        ground.draw_ground(surface, camera, look)
        if self.layers.shading:
            lay_shade(surface, self._shade_of(board, ground, look), camera)
        ground.draw_roads(surface, camera, look)
        if self.layers.people and self.layers.flows:
            draw_flows(surface, board, points, km, look)
        if self.layers.people:
            draw_circles(surface, board, points, look)
        self._draw_signs(surface, board, points, (camera, look))
        if self.layers.names:
            left, top = camera.corner
            surface.fblits(
                [(p.label.surface, p.rect.move(-left, -top)) for p in self._names_of(board, camera, look)]
            )

    def _draw_signs(self, surface: pygame.Surface, board: Board, points: Floats, view: tuple[Camera, Look]) -> None:
        """The lesser places first, so that the greater stay whole."""
        camera, look = view
        order = sorted(range(len(board.places)), key=lambda p: _weight(board, p))
        signs = []
        for p in order:
            mark = board.places[p] if self.layers.ghost else replace(board.places[p], history=None)
            radius = mark_radius(mark, camera.zoom, look)
            sprite = draw_sign(sign_of(board, mark, radius, black_and_white=look.black_and_white))
            signs.append((sprite, sprite.get_rect(center=points[p].round().astype(int).tolist())))
        surface.fblits(signs)

    def place_at(self, board: Board, camera: Camera, look: Look, pixel: tuple[float, float]) -> int | None:
        """Number of the place whose sign is under a pixel of the view, the nearest first."""
        points = camera.screen(project(np.array([(p.lon, p.lat) for p in board.places])))
        away = np.hypot(*(points - np.array(pixel)).T)
        nearest = int(away.argmin())
        near = float(away[nearest]) <= max(mark_radius(board.places[nearest], camera.zoom, look) * 1.4, 16.0)
        return nearest if near else None

    def _ground_of(self, board: Board) -> BaseMap:
        if self._ground is None or self._roads != board.roads:
            self._roads = board.roads
            self._ground = BaseMap(tuple(_road_line(board, road) for road in board.roads))
        return self._ground

    def _shade_of(self, board: Board, ground: BaseMap, look: Look) -> pygame.Surface:
        if not self._shade or self._shade[0] is not board or self._shade[1] != look.black_and_white:
            self._shade = (board, look.black_and_white, shade(board, ground.roads, look))
        return self._shade[2]  # type: ignore[return-value]

    def _names_of(self, board: Board, camera: Camera, look: Look) -> list[Placed]:
        bounds = pygame.Rect(camera.corner, camera.size).inflate(-12, -12) if self.layers.whole_names else None
        key = (camera.zoom, look, tuple(bounds) if bounds else None)
        if not self._names or self._names[0] is not board or self._names[1] != key:
            self._names = (board, key, names_on(board, camera.zoom, look, bounds))
        return self._names[2]  # type: ignore[return-value]


def _weight(board: Board, place: int) -> tuple[bool, int]:
    mark = board.places[place]
    return mark.kind == "city", mark.residents


def _road_line(board: Board, road: Road) -> RoadLine:
    ends = (board.places[road.start], board.places[road.end])
    lonlat = np.array([(ends[0].lon, ends[0].lat), *road.via, (ends[1].lon, ends[1].lat)])
    return RoadLine(road.road, smooth(project(lonlat), 3))
