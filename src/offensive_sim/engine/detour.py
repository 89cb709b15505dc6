"""Rulebook 4.4: a column goes round places that an enemy holds, if there is a way round.

Light columns and bands need none: they slip past. The quickest ways of ``Links.next_slot`` count no enemies; here they
are checked, and only where one leads through an enemy's place is another looked for.
"""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Trips:
    """Where columns want to go."""

    row: Longs  # (N,)
    side: Longs  # (N,)
    goal: Longs  # (N,)
    start: Longs  # (N,) the place where each is, or is about to be

    def only(self, some: Longs) -> "Trips":
        """Some of them."""
        return Trips(self.row.take(some), self.side.take(some), self.goal.take(some), self.start.take(some))


@dataclass(frozen=True)
class Detours:
    """The ways of those columns that go round their enemies' places."""

    number: Longs  # (N,) of each column's way, -1 for those that need none or have none
    far: Ints  # (P, M) metres to the goal of each way
    closed: Bools  # (P, M) places held by enemies

    def next_slots(self, world: World, shut: Bools, place: Longs, number: Longs) -> Shorts:
        """The first road of ways from places (N,), -1 where there is none; ``shut`` (N, L)."""
        links = world.links
        neighbour, link = links.neighbour.take(place, axis=0), links.slot_link.take(place, axis=0)
        ahead = np.maximum(neighbour, 0).astype(np.int64)
        far = pick(self.far, ahead, number[:, None])
        closed = (pick(self.closed, ahead, number[:, None]) & (far > 0)) | (neighbour < 0)
        closed |= np.take_along_axis(shut, np.maximum(link, 0).astype(np.int64), axis=1)
        cost = np.where(closed, _FAR, far + links.march_m.take(np.maximum(link, 0)))
        best = cost.argmin(axis=1)
        return np.where(pick(cost, np.arange(len(best)), best) < _FAR, best, -1).astype(np.int16)


def detours(world: World, seen: State, shut: Bools, trips: Trips, how: tuple[Bools, Bools]) -> Detours:
    """Which columns go round, and how; ``how``: who attacks, and who is light (N,)."""
    attacks, light = how
    number = np.full(len(light), -1)
    asks = cells_of(~light)
    asks = asks[_blocked(world, seen, trips.only(asks))]
    if len(asks):
        asks = asks[_may_go_round(world, seen, shut, trips.only(asks))]
    if not len(asks):
        return Detours(number, np.zeros((world.n_places, 0), np.int32), np.zeros((world.n_places, 0), np.bool_))
    asking = trips.only(asks)
    same = (asking.row * world.factions.n_sides + asking.side) * world.n_places + asking.goal
    _, first, same = np.unique(same, return_index=True, return_inverse=True)
    way = asking.only(first)
    closed = world.factions.fights(way.side, seen.control.take(way.row, axis=0).T)
    longest = _longest_worth(world, asking, attacks.take(asks))
    far = _way_round(world, closed, shut.take(way.row, axis=0).T, way.goal, (same, asking.start, longest + 1))
    takes = cells_of(pick(far, asking.start, same) <= longest)
    number[asks[takes]] = same[takes]
    return Detours(number, far, closed)


def _blocked(world: World, seen: State, trips: Trips) -> Bools:
    """Whether a column's quickest way leads through a place that an enemy holds, shape (N,).

    Where it starts and where it goes do not count.
    """
    blocked = np.zeros(len(trips.row), np.bool_)
    going, row, side, goal, here = np.arange(len(blocked)), trips.row, trips.side, trips.goal, trips.start
    for _ in range(_MOST_HOPS):
        if not len(going):
            break
        here = pick(world.links.next_place, here, goal)
        between, hostile = here != goal, world.factions.fights(side, pick(seen.control, row, here))
        blocked[going[between & hostile]] = True
        on = cells_of(between & ~hostile)
        going, row, side, goal, here = (part.take(on) for part in (going, row, side, goal, here))
    return blocked


def _may_go_round(world: World, seen: State, shut: Bools, trips: Trips) -> Bools:
    """Whether an open road leads on from where a column is, and one into its goal, shape (N,).

    Without both there is no way round: of those that do not exist, nine in ten are found out here.
    """
    row, side, links = trips.row, trips.side, world.links
    may = np.ones(len(row), np.bool_)
    out, into = np.arange(len(links.reverse)), links.reverse.astype(np.int64)
    for here, other, roads in ((trips.start, trips.goal, out), (trips.goal, trips.start, into)):
        neighbour, link = links.neighbour.take(here, axis=0), links.slot_link.take(here, axis=0)
        enemy = world.factions.fights(side[:, None], pick(seen.control, row[:, None], np.maximum(neighbour, 0)))
        open_ = (neighbour >= 0) & ~pick(shut, row[:, None], roads.take(np.maximum(link, 0)))
        may &= (open_ & (~enemy | (neighbour == other[:, None]))).any(axis=1)
    return may


def _longest_worth(world: World, trips: Trips, attacks: Bools) -> Ints:
    """Metres of the longest way round that a column takes, shape (N,)."""
    straight = pick(world.links.way_m, trips.start, trips.goal).astype(np.int64)
    return np.where(attacks, np.minimum(_WORTH * straight, _FAR - 1), _FAR - 1)


def _way_round(world: World, closed: Bools, shut: Bools, goal: Longs, asks: tuple[Longs, Longs, Ints]) -> Ints:
    """Counted metres from every place to ``goal`` (M,) by open roads round the ``closed`` places (P, M), shape (P, M).

    Bellman and Ford from the goal outwards; ``shut`` (L, M). Right is what is nearer than those who ask: ``asks`` names
    a goal's number, a place and how long a way is of no use to it. A place out of reach is ``_FAR`` away. Places are in
    order of their number of roads here: then what lies at the end of a road is one row to copy.
    """
    links, order = world.links, world.links.by_degree
    number = np.empty(world.n_places, np.int64)
    number[order] = np.arange(world.n_places)
    far = np.full((world.n_places, len(goal)), _FAR, np.int32)
    far[number[goal], np.arange(len(goal))] = 0
    link = np.concatenate([road[order[:many]] for road, many in zip(links.road, links.degree, strict=True)])
    ahead = links.end.take(link).astype(np.int64)
    toll = shut.take(link, axis=0) | (closed.take(ahead, axis=0) & (ahead[:, None] != goal))
    cost = np.where(toll, np.int32(_FAR), links.march_m.take(link)[:, None])
    ends = np.cumsum(links.degree)
    parts = [(slice(end - many, end), slice(many)) for end, many in zip(ends, links.degree, strict=True)]
    ahead = number[ahead]
    which, place, useless = asks
    place = number[place]
    found, left = far.copy(), np.arange(len(goal))
    for _ in range(_MOST_HOPS):
        ways, best = far.take(ahead, axis=0), far.copy()
        ways += cost
        for roads, places in parts:
            np.minimum(best[places], ways[roads], out=best[places])
        nearest_news = np.where(best < far, best, _FAR).min(axis=0)
        far = best
        waits = nearest_news.take(which) < np.minimum(pick(far, place, which), useless)
        which, place, useless = which[waits], place[waits], useless[waits]
        still = np.zeros(len(left), np.bool_)
        still[which] = True
        if 2 * np.count_nonzero(still) <= len(left):
            found[:, left] = far
            far, cost, left = far[:, still], cost[:, still], left[still]
            which = (np.cumsum(still) - 1)[which]
        if not len(which):
            break
    return found.take(number, axis=0)
