"""The ground under every map of a page: relief, waters, borders, names; drawn once, shown many times."""

import base64
from functools import cache
from typing import Final

import numpy as np
from markupsafe import Markup

from offensive_sim.atlas.assets import asset
from offensive_sim.atlas.geometry import inner_edges, layer, road_curve, smooth
from offensive_sim.atlas.plate import PLATE
from offensive_sim.atlas.projection import STORY_BOX, project
from offensive_sim.engine.axes import Bools, Floats
from offensive_sim.pages.svg import element, joined, path_of, runs_inside, simplified
from offensive_sim.views.board import Board

WEST, SOUTH, EAST, NORTH = STORY_BOX
WIDTH: Final = EAST - WEST
HEIGHT: Final = NORTH - SOUTH
"""The map's user units are kilometres."""
_MARGIN: Final = 12.0
_FINE: Final = 0.35
"""Kilometres by which a line may be straightened."""
_SMALLEST_LAKE: Final = 6.0


def on_sheet(lonlat: list[tuple[float, float]]) -> Floats:
    """Degrees as units right of and below the map's corner, shape (N, 2)."""
    return _from_km(project(np.array(lonlat)))


def _from_km(km: Floats) -> Floats:
    return np.asarray((km - (WEST, NORTH)) * (1, -1))


def _near(points: Floats) -> Bools:
    return np.asarray(
        ((points > -_MARGIN) & (points < (WIDTH + _MARGIN, HEIGHT + _MARGIN))).all(axis=1), np.bool_
    )


def _lines(name: str, only: str | None = None) -> dict[int, str]:
    """Path data of a layer's lines by rank."""
    found: dict[int, str] = {}
    for shape in layer(name):
        if only is None or shape.name == only:
            found[shape.rank] = found.get(shape.rank, "") + _cut(smooth(shape.points, 1))
    return found


def _cut(km: Floats) -> str:
    points = _from_km(km)
    return "".join(path_of(simplified(run, _FINE)) for run in runs_inside(points, _near(points)))


def _areas(name: str, smallest: float = 0.0) -> str:
    """Path data of a layer's areas, cut at the map's edge."""
    found = ""
    for shape in layer(name):
        ring = _clipped(_from_km(shape.points))
        if len(ring) and float(np.ptp(ring, axis=0).max()) >= smallest:
            found += path_of(simplified(ring, _FINE), closed=True)
    return found


def _clipped(ring: Floats) -> Floats:
    """A ring cut at the four edges one after the other (Sutherland and Hodgman), shape (N, 2)."""
    edges = ((0, -_MARGIN, 1), (0, WIDTH + _MARGIN, -1), (1, -_MARGIN, 1), (1, HEIGHT + _MARGIN, -1))
    for axis, limit, sign in edges:
        if not len(ring):
            break
        inside = (ring[:, axis] - limit) * sign >= 0
        following, then = np.roll(ring, -1, axis=0), np.roll(inside, -1)
        span = following[:, axis] - ring[:, axis]
        share = np.where(span, (limit - ring[:, axis]) / np.where(span, span, 1), 0)
        crossing = ring + (following - ring) * share[:, None]
        corners = np.stack([ring, crossing], axis=1).reshape(-1, 2)
        ring = corners[np.stack([inside, inside != then], axis=1).ravel()]
    return ring


def border() -> Markup:
    """The path that both grounds below refer to."""
    return element("path", id="border", d=_lines("borders", "admin0").get(0, ""))


@cache
def ground() -> Markup:
    """Everything below the roads; the same for every scenario."""
    picture = base64.b64encode(asset("basemap/relief_story.jpg").read_bytes()).decode()
    rivers = _lines("rivers")
    parts = [
        element("rect", class_="land", width=WIDTH, height=HEIGHT),
        element(
            "image", class_="relief", width=WIDTH, height=HEIGHT, preserveAspectRatio="none",
            href=f"data:image/jpeg;base64,{picture}",
        ),
        element("path", class_="abroad", d=_areas("neighbours")),
        element("use", class_="band", href="#border"),
        element("path", class_="lake", d=_areas("lakes", _SMALLEST_LAKE)),
        element("path", class_="gov", d="".join(_cut(km) for km in inner_edges())),
        *(element("path", class_=f"river r{rank}", d=d) for rank, d in sorted(rivers.items(), reverse=True)),
        element("use", class_="border", href="#border"),
    ]  # fmt: skip
    return joined(parts)


def outline() -> Markup:
    """Large rivers and the borders alone, for small maps."""
    return joined([
        element("rect", class_="land", width=WIDTH, height=HEIGHT),
        element("path", class_="river small", d=_lines("rivers").get(1, "")),
        element("use", class_="border", href="#border"),
    ])  # fmt: skip


def plate(language: str) -> Markup:
    """Names of areas, countries and waters."""
    points = on_sheet([(name.lon, name.lat) for name in PLATE])
    written = []
    for name, (x, y) in zip(PLATE, points, strict=True):
        if not (0 < x < WIDTH and 0 < y < HEIGHT):
            continue
        turn = f"rotate({-name.angle:g} {x:.1f} {y:.1f})" if name.angle else None
        text = name.word(language)
        text = text.upper() if name.style in ("area", "country") else text
        written.append(element("text", text, class_=f"plate {name.style}", x=float(x), y=float(y), transform=turn))
    return joined(written)


def road_paths(board: Board) -> list[str]:
    """Path data of every road, in the order of the board; empty for roads outside the map."""
    places = board.places
    found = []
    for road in board.roads:
        ends = places[road.start], places[road.end]
        points = _from_km(road_curve([(ends[0].lon, ends[0].lat), *road.via, (ends[1].lon, ends[1].lat)]))
        found.append(path_of(simplified(points, _FINE)) if _near(points).any() else "")
    return found
