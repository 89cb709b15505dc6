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
    hindered = np.zeros(seen.control.shape, np.bool_)
    community, link = np.nonzero(world.effects.gates.number)
    row, gate = where(gates[:, world.effects.gates.number[community, link]] < 1.0)
    hindered[row, world.links.start[link[gate]]] = True
    row, link = where(shut)
    hindered[row, world.links.start[link]] = True
    return Roads(shut, gates, hindered)


def weighed(world: World, seen: State, offer: Singles, roads: Roads, stale: Longs) -> Singles:
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


def _weighed(world: World, known: Singles, offer: Singles, way: tuple[Roads, int], rows: Longs) -> Singles:
    """Some rounds of weighing for the replicas ``rows``; ``known``, ``offer`` and result (rows, P, C).

    Places come first here, in order of their number of roads: then the roads of one slot are a slice, and what lies at
    the end of a road is one row to copy.
    """
    roads, rounds = way
    order, n_communities = world.links.by_degree, offer.shape[2]
    worth, own = (_by_place(a, order) for a in (known, offer))
    slots = _slots(world, roads, rows)
    fresh, along = np.empty_like(worth), np.empty_like(worth)
    for _ in range(rounds):
        np.copyto(fresh, own)
        for slot in slots:
            onward = worth.take(slot.ahead, axis=0, out=along[: len(slot.ahead)], mode="clip")
            onward *= slot.pull
            onward[slot.hindered] *= slot.passes
            fresh[: len(onward)] += onward
        worth, fresh = fresh, worth
    result = np.empty((len(rows), len(order), n_communities), np.float32)
    result[:, order] = worth.reshape(len(order), len(rows), n_communities).transpose(1, 0, 2)
    return result


def _by_place(table: Singles, order: Longs) -> Singles:
    """An array (rows, P, C) with the places ``order`` first and the rest in one: (P, rows * C)."""
    rows, n_places, n_communities = table.shape
    turned = np.empty((n_places, rows, n_communities), np.float32)
    turned[:] = table.transpose(1, 0, 2)[order]
    return turned.reshape(n_places, -1)


@dataclass(frozen=True)
class _Slot:
    """The first, second, ... road out of every place that has so many; places in order of their number of roads."""

    ahead: Longs  # (M,) where it leads, in that order
    pull: Singles  # (M, 1) share who would go on along it
    hindered: Longs  # (N,) those of the M roads that are shut or gated anywhere today ...
    passes: Singles  # (N, rows * C) ... and the share that each lets through


def _slots(world: World, roads: Roads, rows: Longs) -> list[_Slot]:
    """Every slot, for the replicas ``rows``."""
    links, n_communities = world.links, world.effects.gates.number.shape[0]
    number = np.empty(world.n_places, np.int64)
    number[links.by_degree] = np.arange(world.n_places)
    link, passes = _let_through(world, roads, rows)
    slots = []
    for one, many in enumerate(links.degree):
        places = links.by_degree[:many]
        mine = np.flatnonzero(links.slot_link[links.start[link], one] == link)
        slots.append(
            _Slot(
                ahead=number[links.ahead[one, places]],
                pull=world.people.road_pull[one, places][:, None].astype(np.float32),
                hindered=number[links.start[link[mine]]],
                passes=passes[mine].reshape(len(mine), len(rows) * n_communities),
            )
        )
    return slots


def _let_through(world: World, roads: Roads, rows: Longs) -> tuple[Longs, Singles]:
    """Roads that are shut or gated in any of the replicas ``rows``, and whom they let through, (N, rows, C)."""
    gates, shut = world.effects.gates.number, roads.shut[rows]
    share = roads.gates[rows].astype(np.float32)
    narrow = np.logical_or.reduce(share < 1.0, axis=0)
    link = np.flatnonzero(np.logical_or.reduce(narrow[gates], axis=0) | shut.any(axis=0))
    passes = np.ones((len(link), len(rows), len(gates)), np.float32)
    community, which = np.nonzero(narrow[gates[:, link]])
    passes[which, :, community] = share[:, gates[community, link[which]]].T
    which, row = np.nonzero(shut[:, link].T)
    passes[which, row] = 0.0
    return link, passes
