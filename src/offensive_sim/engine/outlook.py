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
    worth, own = (_by_place(a, order) for a in (known, offer))
    slots = _slots(world, roads, rows)
    fresh, along = np.empty_like(worth), np.empty_like(worth)
    for _ in range(rounds):
        np.copyto(fresh, own)
        for slot in slots:
            onward = worth.take(slot.ahead, axis=0, out=along[: len(slot.ahead)], mode="clip")
            by_row = onward.reshape(len(onward), len(rows), n_communities)
            by_row[slot.shut] = 0.0
            held = by_row[slot.gated] * slot.held
            onward *= slot.pull
            fresh[: len(onward)] += onward
            fresh.reshape(len(order), len(rows), n_communities)[slot.gated] -= held
        worth, fresh = fresh, worth
    result = np.empty((len(rows), len(order), n_communities), np.float32)
    result[:, order] = worth.reshape(len(order), len(rows), n_communities).transpose(1, 0, 2)
    return result


def _by_place(table: Singles | Floats, order: Longs) -> Singles:
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
    shut: tuple[Longs, Longs]  # places and replicas where it is shut
    gated: tuple[Longs, Longs, Longs]  # places, replicas and communities with a gate on it
    held: Singles  # how much of their worth beyond it each of these gates takes away


def _slots(world: World, roads: Roads, rows: Longs) -> list[_Slot]:
    """Every slot, for the replicas ``rows``."""
    links, gates = world.links, world.effects.gates
    number, slot_of = np.empty(world.n_places, np.int64), np.empty(len(links.start), np.int64)
    number[links.by_degree] = np.arange(world.n_places)
    place, slot = np.nonzero(links.slot_link >= 0)
    slot_of[links.slot_link[place, slot]] = slot
    shut_row, shut = where(roads.shut[rows])
    community, gated = np.nonzero(gates.number)
    share = roads.gates[rows][:, gates.number[community, gated]]
    row, gate = where(share < 1.0)
    gated, community, share = gated[gate], community[gate], share[row, gate]
    slots = []
    for one, many in enumerate(links.degree):
        places = links.by_degree[:many]
        pull = world.people.road_pull[one]
        closed, held = np.flatnonzero(slot_of[shut] == one), np.flatnonzero(slot_of[gated] == one)
        at = links.start[gated[held]]
        slots.append(
            _Slot(
                ahead=number[links.ahead[one, places]],
                pull=pull[places][:, None].astype(np.float32),
                shut=(number[links.start[shut[closed]]], shut_row[closed]),
                gated=(number[at], row[held], community[held]),
                held=((1.0 - share[held]) * pull[at]).astype(np.float32),
            )
        )
    return slots
