"""Rulebook 4.4: a column goes round places that an enemy holds, if there is a way round.

Light columns and bands need none: they slip past. The quickest ways of ``Links.next_slot`` count no enemies; here they
are checked, and only where one leads through an enemy's place is another looked for.
"""

from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Ints, Longs, Shorts
from offensive_sim.engine.world import World

_FAR: Final = 10**9
"""Metres, more than any way has; twice as much is still a whole number of 32 bits."""
_MOST_HOPS: Final = 64
"""Roads that a way can have; a guard, never reached."""
_WORTH: Final = 2
"""A column that attacks goes straight through if the way round is more than so many times as long."""


def blocked(world: World, closed: Bools, place: Longs, goal: Longs) -> Bools:
    """Whether the quickest way from ``place`` to ``goal`` (N,) leads through a place closed to the column.

    ``closed`` (N, P): places where it may not pass; where it starts and where it goes do not count.
    """
    links, column, here = world.links, np.arange(len(place)), place.copy()
    met = np.zeros(len(place), np.bool_)
    for _ in range(_MOST_HOPS):
        on = (here != goal) & ~met
        if not on.any():
            break
        ahead = links.neighbour[here, links.next_slot[here, goal]].astype(np.int64)
        here = np.where(on, ahead, here)
        met |= on & (here != goal) & closed[column, here]
    return met


def way_round(world: World, closed: Bools, shut: Bools, goal: Longs) -> Ints:
    """Counted metres from every place to ``goal`` (N,) by open roads round the ``closed`` places, shape (N, P).

    Bellman and Ford from the goal outwards; ``shut`` (N, L). A place out of reach is ``_FAR`` away or more.
    """
    links, column = world.links, np.arange(len(goal))
    far = np.full(closed.shape, _FAR, np.int32)
    far[column, goal] = 0
    entered = closed.copy()
    entered[column, goal] = False
    slots = [np.flatnonzero(links.neighbour[:, slot] >= 0) for slot in range(links.neighbour.shape[1])]
    roads = [(here, links.neighbour[here, slot], links.slot_link[here, slot]) for slot, here in enumerate(slots)]
    metres = [links.march_m[link] + np.where(shut[:, link], _FAR, 0).astype(np.int32) for _, _, link in roads]
    some = column
    for _ in range(_MOST_HOPS):
        known = far[some]
        behind, best = np.where(entered[some], _FAR, known), known.copy()
        for (here, ahead, _), road in zip(roads, metres, strict=True):
            best[:, here] = np.minimum(best[:, here], behind[:, ahead] + road[some])
        far[some] = best
        some = some[(best != known).any(axis=1)]
        if not len(some):
            break
    return far


def next_slots(world: World, far: Ints, closed: Bools, shut: Bools, place: Longs) -> Shorts:
    """The first road of the way round from ``place`` (N,), -1 where there is none; ``far`` of ``way_round``."""
    column = np.arange(len(place))[:, None]
    ahead, link = np.maximum(world.links.neighbour[place], 0), np.maximum(world.links.slot_link[place], 0)
    cost = far[column, ahead] + world.links.march_m[link] + np.where(shut[column, link], _FAR, 0)
    open_to_it = (world.links.neighbour[place] >= 0) & ~(closed[column, ahead] & (far[column, ahead] > 0))
    cost = np.where(open_to_it, cost, _FAR)
    best = cost.argmin(axis=1)
    return np.where(cost[column[:, 0], best] < _FAR, best, -1).astype(np.int16)


def worth_it(world: World, far: Ints, place: Longs, goal: Longs, attacks: Bools) -> Bools:
    """Whether a column takes the way round, shape (N,)."""
    column = np.arange(len(place))
    round_m, straight_m = far[column, place], world.links.way_m[place, goal].astype(np.int64)
    return (round_m < _FAR) & (~attacks | (round_m <= _WORTH * straight_m))
