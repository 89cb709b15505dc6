"""Roads as arrays: slots, quickest ways, and how far danger is felt."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Floats, Ints, Shorts
from offensive_sim.engine.world import Links, frozen
from offensive_sim.scenario.ground import Link

ROAD_FACTOR: Final = {"highway": 1.0, "main": 1.1, "secondary": 1.35, "track": 2.2}
"""Metres as a column counts them, for each metre of road (judgement: 80 km/h on trunk roads, 30 on tracks)."""
CAR_KMH: Final = {"highway": 45.0, "main": 40.0, "secondary": 30.0, "track": 15.0}
"""Families by car, queues included (prior of the flow model: free 40, jam 5 to 15)."""
STEP_HOURS: Final = 4.0
ROUTE_DETERRENCE: Final = 0.2
"""kappa, 1/hour: how strongly another hour of road deters (prior 0.2 to 0.7)."""
GO_ON: Final = 0.9
"""Share of a place's worth that the roads out of it can carry together: keeps the sum finite."""
THREAT_HOURS: Final = 0.9
"""Hours of road at which an enemy's nearness is felt by 1/e less (prior 1.5, at column speed)."""
HOME_HOURS: Final = 2.0
"""Hours of road from home at which the wish to go back is felt by 1/e less (judgement)."""
_LEAST_THREAT: Final = 60
_FAR: Final = 2_000_000_000


@dataclass(frozen=True)
class Network:
    """The roads, and what follows from them."""

    links: Links
    road_pull: Floats  # (S, P)
    threat_weight: Floats  # (P, P) what the first is to the second, whole per mille
    home_near: Floats  # (P, P) how near a home in the first is to a shelter in the second, whole per mille


def network(places: dict[str, int], roads: tuple[Link, ...]) -> Network:
    """Both directions of every road, sorted by start; ways by Floyd and Warshall."""
    rows = sorted(
        (places[a], places[b], link) for link in roads for a, b in ((link.a, link.b), (link.b, link.a))
    )
    start = np.array([a for a, _, _ in rows], np.int16)
    end = np.array([b for _, b, _ in rows], np.int16)
    km = np.array([link.km for _, _, link in rows])
    factor = np.array([ROAD_FACTOR[link.road] for _, _, link in rows])
    hours = km / np.array([CAR_KMH[link.road] for _, _, link in rows])
    number = {(a, b): i for i, (a, b, _) in enumerate(rows)}
    reverse = np.array([number[b, a] for a, b, _ in rows], np.int16)
    march_m = np.round(km * 1000 * factor).astype(np.int32)
    neighbour, slot_link = _slots(len(places), start, end)
    way_m, next_slot = _ways(neighbour, slot_link, march_m)
    links = Links(
        start=start,
        end=end,
        metres=np.round(km * 1000).astype(np.int32),
        march_m=march_m,
        reverse=reverse,
        neighbour=neighbour,
        slot_link=slot_link,
        next_slot=next_slot,
        way_m=way_m,
        by_degree=np.argsort(-(neighbour >= 0).sum(axis=1), kind="stable"),
        degree=(neighbour >= 0).sum(axis=0),
        minus_roads=-(neighbour >= 0).sum(axis=1, dtype=np.int8),
        ahead=np.ascontiguousarray(np.maximum(neighbour, 0).T, np.int64),
        road=np.ascontiguousarray(np.maximum(slot_link, 0).T, np.int64),
        drive_steps=np.round(np.minimum(1.0, STEP_HOURS / hours), 6),
    )
    return Network(links, _pull(links, hours), felt(way_m, THREAT_HOURS), felt(way_m, HOME_HOURS))


def _pull(links: Links, hours: Floats) -> Floats:
    exists = (links.neighbour >= 0).T
    share = GO_ON / np.maximum(exists.sum(axis=0), 1)
    deterred = np.array([round(math.exp(-ROUTE_DETERRENCE * h), 6) for h in hours])
    pull: Floats = np.where(exists, deterred[links.road] * share, 0.0).round(9)
    return pull


def _slots(n_places: int, start: Shorts, end: Shorts) -> tuple[Shorts, Shorts]:
    degree = np.bincount(start, minlength=n_places)
    neighbour = np.full((n_places, int(degree.max())), -1, np.int16)
    slot_link = np.full_like(neighbour, -1)
    used = np.zeros(n_places, np.int64)
    for link, (a, b) in enumerate(zip(start, end, strict=True)):
        neighbour[a, used[a]], slot_link[a, used[a]] = b, link
        used[a] += 1
    return neighbour, slot_link


def _ways(neighbour: Shorts, slot_link: Shorts, march_m: Ints) -> tuple[Ints, Bytes]:
    n = len(neighbour)
    way = np.full((n, n), _FAR, np.int64)
    step = np.zeros((n, n), np.int8)
    np.fill_diagonal(way, 0)
    for slot in range(neighbour.shape[1]):
        here = np.flatnonzero(neighbour[:, slot] >= 0)
        way[here, neighbour[here, slot]] = march_m[slot_link[here, slot]]
        step[here, neighbour[here, slot]] = slot
    for middle in range(n):
        through = way[:, middle, None] + way[middle, None, :]
        better = through < way
        way = np.where(better, through, way)
        step = np.where(better, step[:, middle, None], step)
    return np.minimum(way, _FAR).astype(np.int32), step


def felt(way_m: Ints, fades_in: float) -> Floats:
    """How far nearness is felt between places, whole per mille: 1/e less each ``fades_in`` hours at 50 km an hour."""
    hours = way_m / 1000.0 / 50.0
    reachable = hours < 10 * fades_in
    weight = np.zeros(way_m.shape)
    weight[reachable] = [round(1000 * math.exp(-h / fades_in)) for h in hours[reachable]]
    return np.where(weight >= _LEAST_THREAT, weight, 0.0)


def near(way_m: Ints, metres: int) -> Bools:
    """Pairs of places at most so far apart by road, shape (P, P)."""
    result: Bools = frozen(way_m <= metres)
    return result
