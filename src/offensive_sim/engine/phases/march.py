"""Rulebook 4.4: units move along roads, so many metres a day, and stop where they meet an enemy."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine import detour, fronts
from offensive_sim.engine.axes import NO_LINK, OFF_MAP, Bools, Bytes, Ints, Longs, Shorts, Stance, Status
from offensive_sim.engine.cells import cells_of, where
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.presence import Passing, Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_MOST_HOPS: Final = 16
"""Roads a column can use in one day; a guard, never reached at the speeds of the rules."""


@dataclass
class March:
    """Where every unit is this evening."""

    place: Shorts  # (R, U)
    link: Shorts  # (R, U)
    left_m: Ints  # (R, U)
    came_from: Shorts  # (R, U)
    status: Bytes  # (R, U)
    arrived: Bools  # (R, U) reached a place today
    turned_back: Bools  # (R, U) met a stronger enemy on the road
    passed: Passing


@dataclass
class _Column:
    """The units on the move today, one row each; ``row`` and ``unit`` say which."""

    row: Longs
    unit: Longs
    side: Longs
    goal: Longs
    place: Longs
    link: Longs
    left_m: Longs
    came_from: Longs
    budget_m: Longs
    passes: Bools  # may enter an enemy's place
    takes: Bools  # of these, take what nobody holds on the way; raiders take nothing
    light: Bools  # slips past enemies on its way
    detours: "_Detours"


def march(
    world: World, rates: Rates, seen: State, units: Standing, orders: Orders, shut: Bools
) -> March:
    """Move every unit that wants to; ``shut`` (R, L) roads closed today."""
    resting = fronts.resting(world, seen, units, orders)
    status = _risen(seen, orders, resting)
    row, unit, goal = _who_goes(world, rates, seen, orders, (status, resting))
    out = March(
        place=seen.unit_place.copy(),
        link=seen.unit_link.copy(),
        left_m=seen.unit_left_m.copy(),
        came_from=seen.unit_from.copy(),
        status=status,
        arrived=np.zeros(status.shape, np.bool_),
        turned_back=np.zeros(status.shape, np.bool_),
        passed=Passing.of(world, []),
    )
    if len(row):
        column = _column(world, rates, seen, orders, (row, unit, goal), shut)
        out.passed = _walk(world, seen, units, column, shut)
        _write(out, column)
        _meet(world, seen, out)
    return _come_to_rest(seen, out)


def _risen(seen: State, orders: Orders, resting: Bools) -> Bytes:
    """Underground units ordered to attack rise; others told to lie low go under; shape (R, U)."""
    rises = (seen.status == Status.UNDERGROUND) & orders.attacks & ~resting
    goes_under = (seen.status == Status.ACTIVE) & (orders.stance == Stance.LIE_LOW)
    status = seen.status.copy()
    status[rises], status[goes_under] = Status.ACTIVE, Status.UNDERGROUND
    return status


def _who_goes(
    world: World, rates: Rates, seen: State, orders: Orders, now: tuple[Bytes, Bools]
) -> tuple[Longs, Longs, Longs]:
    """Row, unit and goal of all who move today (N,); ``OFF_MAP`` as the goal of those who only finish their road.

    Those who march but are in a fight stay, and so do those who rest; ``now``: statuses and who rests (R, U).
    """
    status, resting = now
    retreats = seen.status == Status.FALLING_BACK
    goal = np.where(retreats, seen.rally, orders.goal)
    able = ((status == Status.ACTIVE) | retreats) & (seen.men > 0) & (seen.unit_place >= 0)
    row, unit = where(able & (((goal >= 0) & (goal != seen.unit_place)) | (seen.unit_link >= 0)))
    stance, to = orders.stance[row, unit], goal[row, unit].astype(np.int64)
    stays = resting[row, unit] | (stance == Stance.HOLD) | (stance == Stance.LIE_LOW)
    stays |= (stance == Stance.MARCH) & fronts.engaged(world, rates, seen, row, unit)
    to[stays & ~retreats[row, unit]] = OFF_MAP
    goes = ((to >= 0) & (to != seen.unit_place[row, unit])) | (seen.unit_link[row, unit] >= 0)
    return row[goes], unit[goes], to[goes]


def _column(
    world: World, rates: Rates, seen: State, orders: Orders, who: tuple[Longs, Longs, Longs], shut: Bools
) -> _Column:
    row, unit, goal = who
    link = seen.unit_link[row, unit].astype(np.int64)
    nowhere = np.where(link >= 0, world.links.end[link], seen.unit_place[row, unit])
    retreating = seen.status[row, unit] == Status.FALLING_BACK
    pace = np.where(retreating, rates.retreat_pace[row], 1.0)
    attacks = orders.attacks[row, unit] & ~retreating
    light = world.units.light[unit] & ~retreating
    goal = np.where(goal >= 0, goal, nowhere).astype(np.int64)
    place = seen.unit_place[row, unit].astype(np.int64)
    side = world.units.side[unit].astype(np.int64)
    detours = _ways_round(world, seen, shut, (row, side, goal, np.where(link >= 0, nowhere, place)), (attacks, light))
    return _Column(
        row=row,
        unit=unit,
        side=side,
        goal=goal,
        place=place,
        link=link,
        left_m=seen.unit_left_m[row, unit].astype(np.int64),
        came_from=seen.unit_from[row, unit].astype(np.int64),
        budget_m=np.floor(world.units.march_m[unit] * pace).astype(np.int64),
        passes=attacks,
        takes=attacks & ~orders.raids[row, unit],
        light=light,
        detours=detours,
    )


@dataclass(frozen=True)
class _Detours:
    """The ways of those columns that go round their enemies' places."""

    column: Longs  # (M,) which columns go round
    far: Ints  # (M, P) metres to the goal
    closed: Bools  # (M, P) places held by enemies


def _ways_round(
    world: World, seen: State, shut: Bools, who: tuple[Longs, Longs, Longs, Longs], how: tuple[Bools, Bools]
) -> _Detours:
    """Which columns go round, and how; ``who``: row, side, goal and where each is or is about to be (N,)."""
    row, side, goal, start = who
    attacks, light = how
    asks = cells_of(~light & detour.blocked(world, seen, who))
    trip = (row[asks] * world.factions.n_sides + side[asks]) * world.n_places + goal[asks]
    _, one, same = np.unique(trip, return_index=True, return_inverse=True)
    first = asks[one]
    closed = world.factions.hostile[side[first][:, None], seen.control[row[first]]]
    longest = detour.longest_worth(world, (start[asks], goal[asks]), attacks[asks])
    far = detour.way_round(world, closed, shut[row[first]], goal[first], (same, start[asks], longest + 1))
    takes = cells_of(far[same, start[asks]] <= longest)
    return _Detours(asks[takes], far[same[takes]], closed[same[takes]])


def _walk(world: World, seen: State, standing: Standing, column: _Column, shut: Bools) -> Passing:
    """Spend the day's metres, one road after another; who passed where."""
    through: list[tuple[Longs, Longs, Longs, Ints]] = []
    present = np.zeros(standing.shape, np.bool_)
    present.reshape(-1)[standing.cell] = True
    going = np.ones(len(column.row), np.bool_)
    for _ in range(_MOST_HOPS):
        _set_out(world, seen, column, shut, going)
        going &= (column.link >= 0) & (column.budget_m > 0)
        if not going.any():
            break
        step = np.where(going, np.minimum(column.budget_m, column.left_m), 0)
        column.budget_m -= step
        column.left_m -= step
        there = going & (column.left_m == 0)
        column.came_from = np.where(there, column.place, column.came_from)
        column.place = np.where(there, world.links.end[column.link], column.place)
        column.link = np.where(there, NO_LINK, column.link)
        met = _met_enemy(world, seen, column, present) & there
        going &= there & ~met & (column.place != column.goal)
        (on,) = np.nonzero(going & column.takes)
        row, unit = column.row[on], column.unit[on]
        through.append((row, column.side[on], column.place[on], seen.men[row, unit]))
    return Passing.of(world, through)


def _set_out(world: World, seen: State, column: _Column, shut: Bools, going: Bools) -> None:
    """Those at a place take the next road to their goal, unless it is shut or leads into an enemy's place."""
    here = going & (column.link < 0) & (column.place != column.goal)
    slot = _next_slot(world, column, shut, here)
    link = world.links.slot_link[column.place, slot].astype(np.int64)
    ahead = world.links.end[link]
    hostile = world.factions.hostile[column.side, seen.control[column.row, ahead]]
    slips = column.light & (ahead != column.goal)
    allowed = (link >= 0) & ~shut[column.row, link] & (column.passes | slips | ~hostile)
    column.link = np.where(here & allowed, link, column.link)
    column.left_m = np.where(here & allowed, world.links.march_m[link], column.left_m)


def _next_slot(world: World, column: _Column, shut: Bools, here: Bools) -> Longs:
    """The road each column takes from where it is: of the quickest way, or of the way round."""
    slot = world.links.next_slot[column.place, column.goal].astype(np.int64)
    ways = column.detours
    here_now = cells_of(here[ways.column])
    if len(here_now):
        who = ways.column[here_now]
        far, closed = ways.far[here_now], ways.closed[here_now]
        other = detour.next_slots(world, far, closed, shut[column.row[who]], column.place[who])
        slot[who] = np.where(other >= 0, other, slot[who])
    return slot


def _met_enemy(world: World, seen: State, column: _Column, present: Bools) -> Bools:
    """Whether a column must stop where it is; ``present`` (R, B, P): sides with men on the ground this morning."""
    held = world.factions.hostile[column.side, seen.control[column.row, column.place]]
    hostile = world.factions.hostile[column.side, : world.factions.n_sides]
    men = (hostile & present[column.row, :, column.place]).any(axis=1)
    return (held | men) & ~(column.light & (column.place != column.goal))


def _write(out: March, column: _Column) -> None:
    at = (column.row, column.unit)
    out.arrived[at] = (column.place != out.place[at]) & (column.link < 0)
    out.place[at] = column.place
    out.link[at] = column.link
    out.left_m[at] = np.where(column.link < 0, 0, column.left_m)
    out.came_from[at] = column.came_from


def _meet(world: World, seen: State, out: March) -> None:
    """Columns that meet head-on on a road: the weaker goes back the way it came."""
    row, unit = where(out.link >= 0)
    link = out.link[row, unit].astype(np.int64)
    n_links = len(world.links.start)
    size = seen.replicas * n_links
    side = world.units.side[unit]
    for mine in np.unique(side):
        ours = side == mine
        theirs = world.factions.hostile[mine][side]
        if not theirs.any():
            continue
        own = np.bincount((row * n_links + link)[ours], seen.men[row, unit][ours], size)
        foe = np.bincount((row * n_links + link)[theirs], seen.men[row, unit][theirs], size)
        against = foe[row * n_links + world.links.reverse[link]]
        back = ours & (against > own[row * n_links + link])
        at = (row[back], unit[back])
        turned = world.links.reverse[link[back]]
        out.left_m[at] = np.maximum(world.links.march_m[link[back]] - out.left_m[at], 1)
        out.place[at] = world.links.start[turned]
        out.link[at] = turned
        out.turned_back[at] = True


def _come_to_rest(seen: State, out: March) -> March:
    """Those who fell back and have arrived stand again; a unit that set out stays active."""
    home = (out.status == Status.FALLING_BACK) & (out.link < 0) & (out.place == seen.rally)
    out.status[home] = Status.ACTIVE
    return out
