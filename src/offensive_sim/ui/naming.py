"""Which names want to stand on the map, how large, and in what order of importance."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from offensive_sim.atlas.plate import PLATE, Name
from offensive_sim.atlas.projection import project, sheet
from offensive_sim.atlas.words import about
from offensive_sim.engine.axes import Floats
from offensive_sim.ui.labels import Label, Placed, place_labels
from offensive_sim.ui.people import FEWEST_COUNTED, along, radius_of, shown_flows
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import (
    AREA_TEXT,
    HALO,
    LABEL_PX,
    LAND_TEXT,
    MARK_PX,
    MINOR_TEXT,
    OUTLINE,
    PEOPLE,
    TEXT,
    WATER_TEXT,
    Colour,
    Look,
)
from offensive_sim.views.board import Board, PlaceMark

TWIN_KM: Final = 25.0
"""Two places with one name and no farther apart are named once."""
_RANK: Final = {"capital": 90.0, "city": 70.0, "town": 40.0, "minor": 20.0}
_COUNT_RANK: Final = 65.0
_PLATE_RANK: Final = {"water": 44.0, "area": 48.0, "country": 47.0, "land": 30.0}
_USUAL_ZOOM: Final = 2.2
"""Pixels a km, at design size, of a view of the whole campaign."""
_MINOR_FROM: Final = 1.2
_TOWN_FROM: Final = 0.9
"""Pixels a km, at design size, from which minor places and towns are named."""
_FARTHER: Final = {"capital": (1.5, 2.0, 2.6, 3.3, 4.0), "city": (1.4, 1.9), "town": (1.3,), "minor": ()}
NUMBERS: Final = frozenset({"people", "flows"})
"""Layers of people that have numbers."""
_GREY: Final[Colour] = (70, 70, 70)


def mark_radius(mark: PlaceMark, zoom: float, look: Look) -> float:
    """Radius of its disc, pixels; all grow as one comes closer."""
    return _radius(mark.tier, zoom, look)


@lru_cache(maxsize=256)
def _radius(level: str, zoom: float, look: Look) -> float:
    closer = min(max((zoom / look.base / _USUAL_ZOOM) ** 0.5, 0.8), 2.0)
    return round(MARK_PX[level] * closer * look.marks * 2) / 2


def names_on(
    board: Board,
    zoom: float,
    look: Look,
    bounds: pygame.Rect | None = None,
    *,
    numbers: frozenset[str] = NUMBERS,
    blocked: Sequence[pygame.Rect] = (),
) -> list[Placed]:
    """Every name with its place on the map sheet of a zoom, off what is blocked.

    With numbers of people beside some of ``NUMBERS``.
    """
    km = project(np.array([(p.lon, p.lat) for p in board.places]))
    points = sheet(km, zoom)
    wanted = _place_names(board, km, points, (zoom, look))
    wanted += _counts(board, points, (zoom, look)) if "people" in numbers else []
    wanted += _band_counts(board, points, (zoom, look)) if numbers >= NUMBERS else []
    wanted += [_printed(name, zoom, look) for name in PLATE]
    marks = [_box(point, mark_radius(p, zoom, look)) for p, point in zip(board.places, points, strict=True)]
    return place_labels(wanted, [*marks, *blocked], bounds, rtl=look.rtl)


def _box(point: Floats, radius: float) -> pygame.Rect:
    rect = pygame.Rect(0, 0, round(2 * radius), round(2 * radius))
    rect.center = (round(point[0]), round(point[1]))
    return rect


def _place_names(board: Board, km: Floats, points: Floats, view: tuple[float, Look]) -> list[Label]:
    zoom, look = view
    named: dict[str, list[Floats]] = {}
    wanted = []
    for p in sorted(range(len(board.places)), key=lambda p: -board.places[p].residents):
        mark, level = board.places[p], board.places[p].tier
        if zoom / look.text < {"minor": _MINOR_FROM, "town": _TOWN_FROM}.get(level, 0.0):
            continue
        text = mark.name(look.language).split(" (")[0]
        if any(float(np.hypot(*(km[p] - at))) < TWIN_KM for at in named.get(text, ())):
            continue
        named.setdefault(text, []).append(km[p])
        surface = render(text.upper() if level == "capital" else text, _style(level, zoom, look))
        clear = mark_radius(mark, zoom, look) * _reach(mark) + 1.5 * look.base
        rank = _RANK[level] + math.log10(mark.residents + 10)
        anchor = (float(points[p, 0]), float(points[p, 1]))
        wanted.append(Label(mark.id, rank, surface, anchor, clear, must=level == "capital", farther=_FARTHER[level]))
    return wanted


def _reach(mark: PlaceMark) -> float:
    """How far its sign with its rings reaches, in radii of its disc."""
    if mark.contested_by:
        return 2.0 if mark.differs else 1.5
    return 1.75 if mark.differs else 1.2


def _style(level: str, zoom: float, look: Look) -> Style:
    face = "map-bold" if level in ("capital", "city") else "map"
    colour = TEXT if level != "minor" else MINOR_TEXT
    halo = (255, 255, 255) if look.black_and_white else HALO
    closer = min(max((zoom / look.base / _USUAL_ZOOM) ** 0.25, 1.0), 1.35)
    return Style(face, LABEL_PX[level] * look.text * closer, OUTLINE if look.black_and_white else colour, halo)


def _counts(board: Board, points: Floats, view: tuple[float, Look]) -> list[Label]:
    """Numbers of displaced people, beside their circles."""
    zoom, look = view
    colour, halo = (_GREY, (255, 255, 255)) if look.black_and_white else (PEOPLE, HALO)
    wanted = []
    for p, mark in enumerate(board.places):
        if mark.displaced < FEWEST_COUNTED * min(_USUAL_ZOOM * look.base / zoom, 1.5):
            continue
        surface = render(about(mark.displaced), Style("ui-bold", 11.5 * look.text, colour, halo))
        clear = max(radius_of(mark.displaced, look) * 0.8, mark_radius(mark, zoom, look) * 1.2) + 2
        rank = _COUNT_RANK + mark.displaced / 1e5
        wanted.append(Label(f"people {mark.id}", rank, surface, (float(points[p, 0]), float(points[p, 1])), clear))
    return wanted


def _band_counts(board: Board, points: Floats, view: tuple[float, Look]) -> list[Label]:
    """Numbers of people upon the bands of where they came from; small bands have none."""
    zoom, look = view
    colour, halo = (_GREY, (255, 255, 255)) if look.black_and_white else (PEOPLE, HALO)
    style = Style("map-italic", 12.0 * look.text, colour, halo)
    wanted = []
    for flow in shown_flows(board, points, zoom):
        if flow.people >= FEWEST_COUNTED * min(_USUAL_ZOOM * look.base / zoom, 1.5):
            anchor, *spare = along(points[flow.start], points[flow.end])
            key = f"band {flow.start} {flow.end}"
            rank = _COUNT_RANK - 5.0 + flow.people / 1e6
            wanted.append(Label(key, rank, render(about(flow.people), style), anchor, 0.0, tuple(spare)))
    return wanted


@lru_cache(maxsize=512)
def _printed(name: Name, zoom: float, look: Look) -> Label:
    """A name of the map itself, upon its point or a little aside."""
    surface = _turned(render(*_lettering(name, look)), 0.0 if look.rtl and name.style == "land" else name.angle)
    anchor = sheet(project(np.array([[name.lon, name.lat]])), zoom)[0]
    step = 16.0 * look.base
    spare = [
        (anchor[0] + right * step, anchor[1] + down * step)
        for reach in (1, 2, 3)
        for right, down in ((reach, 0), (-reach, 0), (0, reach), (0, -reach))
    ]
    if name.style == "water":
        spare = spare[:4]
    key = f"{name.style} {name.words[0]} {name.lon} {name.lat}"
    return Label(key, _PLATE_RANK[name.style] + name.rank / 10, surface, (anchor[0], anchor[1]), 0.0, tuple(spare))


def _lettering(name: Name, look: Look) -> tuple[str, Style]:
    text = name.word(look.language)
    grey = look.black_and_white
    if name.style == "water":
        return text, Style("map-italic", LABEL_PX["water"] * look.text, _GREY if grey else WATER_TEXT, None)
    if name.style == "land":
        return text, Style("map-italic", LABEL_PX["land"] * look.text, _GREY if grey else LAND_TEXT, None)
    spacing = (0.5 if name.style == "area" else 0.75) * LABEL_PX["area"] * look.text
    px = LABEL_PX["area"] * look.text * (1.0 if name.style == "area" else 1.15)
    return text.upper(), Style("map", px, _GREY if grey else AREA_TEXT, None, spacing)


def _turned(surface: pygame.Surface, angle: float) -> pygame.Surface:
    return pygame.transform.rotozoom(surface, angle, 1.0) if angle else surface
