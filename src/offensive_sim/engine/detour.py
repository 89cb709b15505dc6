"""Rulebook 4.4: a column goes round places that an enemy holds, if there is a way round.

Light columns and bands need none: they slip past. The quickest ways of ``Links.next_slot`` count no enemies; here they
are checked, and only where one leads through an enemy's place is another looked for.
"""

from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Ints, Longs, Shorts
from offensive_sim.engine.cells import pick
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_FAR: Final = 10**9
"""Metres, more than any way has; twice as much is still a whole number of 32 bits."""
_MOST_HOPS: Final = 64
"""Roads that a way can have; a guard, never reached."""
_WORTH: Final = 2
"""A column that attacks goes straight through if the way round is more than so many times as long."""


def blocked(world: World, seen: State, who: tuple[Longs, Longs, Longs, Longs]) -> Bools:
    """Whether a column's quickest way leads through a place that an enemy holds, shape (N,).

    ``who``: row, side, goal and place of each (N,). Where it starts and where it goes do not count.
    """
    row, side, goal, place = who
    here = place.copy()
    met = np.zeros(len(place), np.bool_)
    going = np.flatnonzero(here != goal)
    for _ in range(_MOST_HOPS):
        if not len(going):
            break
        ahead = pick(world.links.next_place, here[going], goal[going])
        here[going] = ahead
        hostile = world.factions.fights(side[going], pick(seen.control, row[going], ahead))
        there = ahead == goal[going]
        met[going] = hostile & ~there
        going = going[~(hostile | there)]
    return met


def way_round(world: World, closed: Bools, shut: Bools, goal: Longs) -> Ints:
    """Counted metres from every place to ``goal`` (N,) by open roads round the ``closed`` places, shape (N, P).

    Bellman and Ford, from the quickest ways where these are clear; ``shut`` (N, L). A place out of reach is ``_FAR``
    away or more. Places come first here, in order of their number of roads: then what lies at the end of a road is one
    row to copy.
    """
    links, order = world.links, world.links.by_degree
    number = np.empty(world.n_places, np.int64)
    number[order] = np.arange(world.n_places)
    end = (number[goal], np.arange(len(goal)))
    far = _by_clear_ways(world, closed, shut, goal)[order]
    toll = np.where(closed[:, order], _FAR, 0).astype(np.int32).T.copy()
    toll[end] = 0
    roads = []
    for slot, many in enumerate(links.degree):
        here, link = order[:many], links.road[slot, order[:many]]
        cost = links.march_m[link][:, None] + np.where(shut[:, link].T, _FAR, 0).astype(np.int32)
        roads.append((number[links.ahead[slot, here]], cost))
    for _ in range(_MOST_HOPS):
        behind, best = np.minimum(far + toll, _FAR), far.copy()
        for ahead, cost in roads:
            np.minimum(best[: len(ahead)], behind.take(ahead, axis=0) + cost, out=best[: len(ahead)])
        if (best == far).all():
            break
        far = best
    return far[number].T


def _by_clear_ways(world: World, closed: Bools, shut: Bools, goal: Longs) -> Ints:
    """Counted metres of the quickest ways on which nothing is closed, shape (P, N); ``_FAR`` for all other places."""
    trip = np.arange(len(goal))
    ahead, link = world.links.next_place.take(goal, axis=1), world.links.next_link.take(goal, axis=1)
    stuck = (pick(closed, trip, ahead) & (ahead != goal)) | pick(shut, trip, link)
    stuck[goal, trip] = False
    for _ in range(_MOST_HOPS.bit_length()):
        stuck |= pick(stuck, ahead, trip)
        ahead = pick(ahead, ahead, trip)
    return np.where(stuck, _FAR, np.minimum(world.links.way_m.take(goal, axis=1), _FAR)).astype(np.int32)


def next_slots(world: World, far: Ints, closed: Bools, shut: Bools, place: Longs) -> Shorts:
    """The first road of the way round from ``place`` (N,), -1 where there is none; ``far`` of ``way_round``."""
    column = np.arange(len(place))[:, None]
    ahead, link = np.maximum(world.links.neighbour[place], 0), np.maximum(world.links.slot_link[place], 0)
    cost = far[column, ahead] + world.links.march_m[link] + np.where(shut[column, link], _FAR, 0)
    open_to_it = (world.links.neighbour[place] >= 0) & ~(closed[column, ahead] & (far[column, ahead] > 0))
    cost = np.where(open_to_it, cost, _FAR)
    best = cost.argmin(axis=1)
    return np.where(cost[column[:, 0], best] < _FAR, best, -1).astype(np.int16)


def worth_it(world: World, round_m: Ints, trip: tuple[Longs, Longs], attacks: Bools) -> Bools:
    """Whether a column takes a way round of ``round_m`` metres, shape (N,); ``trip``: place and goal (N,)."""
    straight_m = world.links.way_m[trip].astype(np.int64)
    return (round_m < _FAR) & (~attacks | (round_m <= _WORTH * straight_m))
