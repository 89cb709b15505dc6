"""What a place is worth to people on the way: what it offers as a shelter plus what the roads out of it lead to.

Recursive logit (Fosgerau, Frejinger and Karlstrom 2013). A closed road turns those near it the same day; the news goes
on three roads a day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, Bools, Floats, Longs, Singles
from offensive_sim.engine.cells import cells_of
from offensive_sim.engine.effects import kind_shares
from offensive_sim.engine.state import State
from offensive_sim.engine.ways import COLUMNS_ABREAST
from offensive_sim.engine.world import World

_ROUNDS: Final = 3
"""Roads that news of a change travels in a day: people weigh the way ahead with what was known the day before."""
_FIRST_ROUNDS: Final = 15
"""Roads that people know when they set out for the first time."""


@dataclass(frozen=True)
class Roads:
    """What closes or slows roads today."""

    shut: Bools  # (R, L)
    gates: Floats  # (R, kinds) share let through each kind of gate


def roads_on(world: World, seen: State, shut: Bools) -> Roads:
    """Closures and gates of today."""
    return Roads(shut, kind_shares(seen, world.effects.gates))


def weighed(
    world: World, seen: State, offer: Callable[[Longs], Singles], roads: Roads, stale: Longs
) -> Iterator[tuple[Longs, Singles]]:
    """Worth of every place on the way for the replicas ``stale``, from what was known before: some of them at a time.

    Each time which replicas, and their worth (rows, P, C). ``offer`` tells what places offer them as a shelter, as
    ``_by_place`` lays it out.
    """
    way, passes = _let_through(world, roads, stale)
    at_once = max(COLUMNS_ABREAST // seen.outlook.shape[2], 1)
    never = seen.outlook_of[stale, 0] == NEVER
    for which, rounds in ((never, _FIRST_ROUNDS), (~never, _ROUNDS)):
        numbers = cells_of(which)
        for start in range(0, len(numbers), at_once):
            some = numbers[start : start + at_once]
            rows = stale[some]
            known = _by_place(world, seen.outlook, rows)
            through = passes[:, some].reshape(len(way), known.shape[1])
            yield rows, _by_row(world, _weighed(world, (known, offer(rows)), (way, through), rounds), len(rows))


def _weighed(world: World, places: tuple[Singles, Singles], odd: tuple[Longs, Singles], rounds: int) -> Singles:
    """Some rounds of weighing: what places are worth now from what they were ``known`` for and what is their ``own``.

    All three as ``_by_place`` lays them out: then what lies at the end of a way is one row to copy. ``odd`` ways, (N,),
    let through only so much, (N, rows * C).
    """
    (worth, own), (way, through), ways = places, odd, world.ways
    pull = ways.pull_abreast[:, : own.shape[1]]
    fresh, along = np.empty_like(own), np.empty(pull.shape, np.float32)
    one = max(ways.many, default=0)
    for _ in range(rounds):
        worth.take(ways.end_rank, axis=0, out=along, mode="clip")
        along *= pull
        along[way] *= through
        np.add(own[:one], along[:one], out=fresh[:one])
        fresh[one:] = own[one:]
        for many, first in zip(ways.many[1:], ways.first[1:], strict=True):
            fresh[:many] += along[first : first + many]
        worth, fresh = fresh, worth
    return worth


def _by_place(world: World, table: Singles, rows: Longs) -> Singles:
    """Some rows of an array (R, P, C) as (P, rows * C), the places with most roads first."""
    _, n_places, n_communities = table.shape
    cell = world.ways.places[:, None] + rows * n_places
    return table.reshape(-1, n_communities).take(cell, axis=0).reshape(n_places, -1)


def _by_row(world: World, table: Singles, rows: int) -> Singles:
    """The other way round: (P, rows * C) as (rows, P, C)."""
    cell = np.arange(rows)[:, None] + world.ways.rank * rows
    return table.reshape(world.n_places * rows, -1).take(cell, axis=0)


def _let_through(world: World, roads: Roads, rows: Longs) -> tuple[Longs, Singles]:
    """Ways that are shut or gated in any of the replicas ``rows``, and whom they let through, (N, rows, C)."""
    gates, shut = world.effects.gates.kinds, roads.shut[rows]
    share = roads.gates[rows].astype(np.float32)
    narrow = np.logical_or.reduce(share < 1.0, axis=0)
    odd = np.logical_or.reduce(narrow[gates], axis=0) | shut.any(axis=0)
    way = cells_of(odd[world.ways.link])
    link = world.ways.link[way]
    passes = np.ones((len(way), len(rows), len(gates)), np.float32)
    community, which = np.nonzero(narrow[gates[:, link]])
    passes[which, :, community] = share[:, gates[community, link[which]]].T
    which, row = np.nonzero(shut[:, link].T)
    passes[which, row] = 0.0
    return way, passes
