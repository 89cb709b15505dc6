"""Rulebook 4.4: a column goes round places that an enemy holds, if there is a way round.

Light columns and bands need none: they slip past. The quickest ways of ``Links.next_slot`` count no enemies; here they
are checked, and only where one leads through an enemy's place is another looked for.
"""

from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Ints, Longs, Shorts
from offensive_sim.engine.cells import cells_of, pick
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
    going = cells_of(here != goal)
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


def way_round(world: World, closed: Bools, shut: Bools, goal: Longs, asks: tuple[Longs, Longs, Ints]) -> Ints:
    """Counted metres from every place to ``goal`` (N,) by open roads round the ``closed`` places, shape (N, P).

    Bellman and Ford from the goal outwards; ``shut`` (N, L). Right is what is nearer than those who ask: ``asks`` names
    a goal's number, a place and how long a way is of no use to it. A place out of reach is ``_FAR`` away. Places come
    first here, in order of their number of roads: then what lies at the end of a road is one row to copy.
    """
    links, order = world.links, world.links.by_degree
    number = np.empty(world.n_places, np.int64)
    number[order] = np.arange(world.n_places)
    far = np.full((world.n_places, len(goal)), _FAR, np.int32)
    far[number[goal], np.arange(len(goal))] = 0
    here = [order[:many] for many in links.degree]
    link = np.concatenate([road[places] for road, places in zip(links.road, here, strict=True)])
    ahead = links.end[link].astype(np.int64)
    toll = shut[:, link] | (closed[:, ahead] & (ahead != goal[:, None]))
    cost = np.ascontiguousarray(np.where(toll, _FAR, links.march_m[link]).T, np.int32)
    slots = np.split(np.arange(len(link)), np.cumsum(links.degree)[:-1])
    parts = [slice(slot[0], slot[-1] + 1) for slot in slots]
    ahead = number[ahead]
    which, place, useless = asks
    found, left = far.copy(), np.arange(len(goal))
    for _ in range(_MOST_HOPS):
        ways, best = far.take(ahead, axis=0), far.copy()
        ways += cost
        for part, places in zip(parts, here, strict=True):
            np.minimum(best[: len(places)], ways[part], out=best[: len(places)])
        nearest_news = np.where(best < far, best, _FAR).min(axis=0)
        far = best
        waits = nearest_news[which] < np.minimum(far[number[place], which], useless)
        which, place, useless = which[waits], place[waits], useless[waits]
        still = np.zeros(len(left), np.bool_)
        still[which] = True
        if 2 * np.count_nonzero(still) <= len(left):
            found[:, left] = far
            far, cost, left = far[:, still], cost[:, still], left[still]
            which = (np.cumsum(still) - 1)[which]
        if not len(which):
            break
    return found[number].T


def next_slots(world: World, far: Ints, closed: Bools, shut: Bools, place: Longs) -> Shorts:
    """The first road of the way round from ``place`` (N,), -1 where there is none; ``far`` of ``way_round``."""
    column = np.arange(len(place))[:, None]
    ahead, link = np.maximum(world.links.neighbour[place], 0), np.maximum(world.links.slot_link[place], 0)
    cost = far[column, ahead] + world.links.march_m[link] + np.where(shut[column, link], _FAR, 0)
    open_to_it = (world.links.neighbour[place] >= 0) & ~(closed[column, ahead] & (far[column, ahead] > 0))
    cost = np.where(open_to_it, cost, _FAR)
    best = cost.argmin(axis=1)
    return np.where(cost[column[:, 0], best] < _FAR, best, -1).astype(np.int16)


def longest_worth(world: World, trip: tuple[Longs, Longs], attacks: Bools) -> Ints:
    """Metres of the longest way round that a column takes, shape (N,); ``trip``: place and goal (N,)."""
    return np.where(attacks, np.minimum(_WORTH * pick(world.links.way_m, *trip).astype(np.int64), _FAR - 1), _FAR - 1)
