"""Lines and areas of the base map in kilometres: read, smoothed, cut into dashes. No pygame."""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final

import numpy as np

from offensive_sim.atlas.assets import asset
from offensive_sim.atlas.projection import project
from offensive_sim.engine.axes import Floats

_CORNER: Final = 0.25
"""Where Chaikin's method cuts a corner, as a share of the side."""
_FEWEST: Final = 3


@dataclass(frozen=True)
class Shape:
    """A line or a ring with what the file says of it."""

    name: str
    rank: int
    points: Floats  # (N, 2) km


@cache
def layer(name: str) -> tuple[Shape, ...]:
    """All lines and outer rings of a GeoJSON layer."""
    data = json.loads(asset(f"basemap/{name}.geojson").read_text(encoding="utf-8"))
    shapes = []
    for feature in data["features"]:
        said = feature["properties"]
        for points in _parts(feature["geometry"]):
            label = str(said.get("name") or said.get("layer") or "")
            shapes.append(Shape(label, int(said.get("rank", 0)), project(np.array(points, np.float64))))
    return tuple(shapes)


def _parts(geometry: dict[str, Any]) -> list[Any]:
    what = geometry["coordinates"]
    match geometry["type"]:
        case "LineString":
            return [what]
        case "MultiLineString":
            return list(what)
        case "Polygon":
            return [what[0]]
        case _:
            return [polygon[0] for polygon in what]


@cache
def inner_edges() -> tuple[Floats, ...]:
    """Lines between two governorates, each once: edges that two polygons share, chained."""
    seen: dict[tuple[tuple[float, float], ...], int] = defaultdict(int)
    for shape in layer("governorates"):
        corners = [(round(float(x), 3), round(float(y), 3)) for x, y in shape.points]
        for pair in pairwise(corners):
            seen[tuple(sorted(pair))] += 1
    return tuple(_chains([edge for edge, count in seen.items() if count > 1]))


def _chains(edges: list[tuple[tuple[float, float], ...]]) -> list[Floats]:
    """Edges joined end to end, broken where three meet."""
    meets: dict[tuple[float, float], set[tuple[float, float]]] = defaultdict(set)
    for start, end in edges:
        meets[start].add(end)
        meets[end].add(start)
    chains = []
    knots = [point for point, others in meets.items() if len(others) != 2]  # noqa: PLR2004 - an end or a fork
    for start in [*knots, *list(meets)]:
        while meets[start]:
            chain = [start]
            while meets[chain[-1]] and (len(chain) == 1 or chain[-1] not in knots):
                following = meets[chain[-1]].pop()
                meets[following].discard(chain[-1])
                chain.append(following)
            chains.append(np.array(chain))
    return chains


def smooth(points: Floats, times: int = 2) -> Floats:
    """Corners cut by Chaikin's method; the ends stay, shape (M, 2)."""
    for _ in range(times if len(points) >= _FEWEST else 0):
        start, end = points[:-1], points[1:]
        cut = np.stack([start + _CORNER * (end - start), end - _CORNER * (end - start)], axis=1).reshape(-1, 2)
        points = np.concatenate([points[:1], cut[1:-1], points[-1:]])
    return points


def road_curve(lonlat: list[tuple[float, float]]) -> Floats:
    """A road through its points of longitude and latitude, as it is drawn: km, shape (N, 2)."""
    return smooth(project(np.array(lonlat)), 3)


def distances(points: Floats) -> Floats:
    """Length of the line up to each point, shape (N,)."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def stretch(points: Floats, start: float, end: float) -> Floats:
    """The part of a line between two lengths along it, shape (M, 2)."""
    along = distances(points)
    middle = along[(along > start) & (along < end)]
    at = np.concatenate([[start], middle, [end]])
    return np.stack([np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])], axis=1)


def dashes(points: Floats, pattern: tuple[float, ...]) -> list[Floats]:
    """Drawn parts of a line; ``pattern`` is drawn, skipped, drawn, skipped ... in its own units."""
    total, at, turn = float(distances(points)[-1]), 0.0, 0
    parts = []
    while at < total:
        length = pattern[turn % len(pattern)]
        if turn % 2 == 0:
            parts.append(stretch(points, at, min(at + length, total)))
        at, turn = at + length, turn + 1
    return parts
