"""What a place is worth to people on the way: what it offers as a shelter plus what the roads out of it lead to.

Recursive logit (Fosgerau, Frejinger and Karlstrom 2013). A closed road turns those near it the same day; the news goes
on three roads a day.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, Bools, Floats, Longs, Singles
from offensive_sim.engine.cells import where
from offensive_sim.engine.effects import gate_shares
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_ROUNDS: Final = 3
"""Roads that news of a change travels in a day: people weigh the way ahead with what was known the day before."""
_FIRST_ROUNDS: Final = 15
"""Roads that people know when they set out for the first time."""


@dataclass(frozen=True)
class Roads:
    """What closes or slows roads today."""

    shut: Bools  # (R, L)
    gates: Floats  # (R, K + 1) share let through
    hindered: Bools  # (R, P) places with a road out that is shut or gated


def roads_on(world: World, seen: State, shut: Bools) -> Roads:
    """Closures and gates of today."""
    gates = gate_shares(seen, world.effects.gates)
    at = np.zeros((gates.shape[1], world.n_places))
    community, link = np.nonzero(world.effects.gates.number)
    at[world.effects.gates.number[community, link], world.links.start[link]] = 1.0
    hindered = (gates < 1.0).astype(np.float64) @ at > 0.0  # whole numbers: exact in any order of addition
    row, link = where(shut)
    hindered[row, world.links.start[link]] = True
    return Roads(shut, gates, hindered)


def weighed(world: World, seen: State, offer: Floats, roads: Roads, stale: Longs) -> Singles:
    """Worth of every place on the way for the replicas ``stale``, shape (stale, P, C), from what was known before.

    ``offer`` (stale, P, C).
    """
    worth = np.empty(offer.shape, np.float32)
    never = seen.outlook_of[stale, 0] == NEVER
    for which, rounds in ((never, _FIRST_ROUNDS), (~never, _ROUNDS)):
        for some in np.array_split(np.flatnonzero(which), -(-int(which.sum()) // _AT_ONCE) or 1):
            if len(some):
                known = seen.outlook[stale[some]]
                worth[some] = _weighed(world, known, offer[some], (roads, rounds), stale[some])
    return worth


_AT_ONCE: Final = 64
"""Replicas weighed together: as many as a processor's own memory holds."""


def _weighed(world: World, known: Singles, offer: Floats, way: tuple[Roads, int], rows: Longs) -> Singles:
    """Some rounds of weighing for the replicas ``rows``; ``known``, ``offer`` and result (rows, P, C).

    Places come first here, in order of their number of roads: then the roads of one slot are a slice, and what lies at
    the end of a road is one row to copy.
    """
    roads, rounds = way
    order, n_communities = world.links.by_degree, offer.shape[2]
    worth, own = (np.ascontiguousarray(a.transpose(1, 0, 2)[order], np.float32) for a in (known, offer))
    worth, own = worth.reshape(len(order), -1), own.reshape(len(order), -1)
    slots = [_slot(world, roads, rows, slot) for slot in range(len(world.links.degree))]
    for _ in range(rounds):
        fresh = own.copy()
        for slot in slots:
            onward = worth.take(slot.ahead, axis=0)
            by_row = onward.reshape(len(onward), len(rows), n_communities)
            by_row[slot.shut] = 0.0
            held = by_row[slot.gated] * slot.held
            onward *= slot.pull
            fresh[: len(onward)] += onward
            fresh.reshape(len(order), len(rows), n_communities)[slot.gated] -= held
        worth = fresh
    result = np.empty((len(rows), len(order), n_communities), np.float32)
    result[:, order] = worth.reshape(len(order), len(rows), n_communities).transpose(1, 0, 2)
    return result


@dataclass(frozen=True)
class _Slot:
    """The first, second, ... road out of every place that has so many; places in order of their number of roads."""

    ahead: Longs  # (M,) where it leads, in that order
    pull: Singles  # (M, 1) share who would go on along it
    shut: tuple[Longs, Longs]  # places and replicas where it is shut
    gated: tuple[Longs, Longs, Longs]  # places, replicas and communities with a gate on it
    held: Singles  # how much of their worth beyond it each of these gates takes away


def _slot(world: World, roads: Roads, rows: Longs, slot: int) -> _Slot:
    links = world.links
    places = links.by_degree[: int(links.degree[slot])]
    number = np.empty(world.n_places, np.int64)
    number[links.by_degree] = np.arange(world.n_places)
    road, pull = links.road[slot, places], world.people.road_pull[slot, places]
    place, row = np.nonzero(roads.shut[rows][:, road].T)
    shut = (place, row)
    community, place = np.nonzero(world.effects.gates.number[:, road])
    share = roads.gates[rows][:, world.effects.gates.number[community, road[place]]]
    which, row = np.nonzero((share < 1.0).T)
    held = (1.0 - share[row, which]) * pull[place[which]]
    return _Slot(
        ahead=number[links.ahead[slot, places]],
        pull=pull[:, None].astype(np.float32),
        shut=shut,
        gated=(place[which], row, community[which]),
        held=held.astype(np.float32),
    )
