"""Rulebook 4.4: units move along roads, so many metres a day, and stop where they meet an enemy."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine import detour, fronts
from offensive_sim.engine.axes import NO_LINK, OFF_MAP, Bools, Bytes, Ints, Longs, Shorts, Stance, Status
from offensive_sim.engine.cells import cells_of, pick, where
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
    rose: Longs  # (N,) cells in an array (R, U) of those who rose from underground to attack
    arrived: Longs  # (N,) cells of those who reached a place today
    turned_back: Longs  # (N,) cells of those who met a stronger enemy on the road
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
    detours: detour.Detours


def march(
    world: World, rates: Rates, seen: State, units: Standing, orders: Orders, shut: Bools
) -> March:
    """Move every unit that wants to; ``shut`` (R, L) roads closed today."""
    resting = fronts.resting(world, seen, units, orders)
    status, rose = _risen(seen, orders, resting)
    row, unit, goal = _who_goes(world, rates, seen, orders, (status, resting))
    out = March(
        place=seen.unit_place.copy(),
        link=seen.unit_link.copy(),
        left_m=seen.unit_left_m.copy(),
        came_from=seen.unit_from.copy(),
        status=status,
        rose=rose,
        arrived=rose[:0],
        turned_back=rose[:0],
        passed=Passing.nobody(),
    )
    if len(row):
        column = _column(world, rates, seen, orders, (row, unit, goal), shut)
        out.passed = _walk(world, seen, units, column, shut)
        _write(out, column)
        _meet(world, seen, out)
    return _come_to_rest(seen, out)


def _risen(seen: State, orders: Orders, resting: Bools) -> tuple[Bytes, Longs]:
    """Underground units ordered to attack rise, others told to lie low go under; statuses (R, U), and who rose."""
    rises = cells_of((seen.status == Status.UNDERGROUND.value) & orders.attacks & ~resting)
    goes_under = cells_of((seen.status == Status.ACTIVE.value) & (orders.stance == Stance.LIE_LOW.value))
    status = seen.status.copy()
    status.put(rises, Status.ACTIVE)
    status.put(goes_under, Status.UNDERGROUND)
    return status, rises


def _who_goes(
    world: World, rates: Rates, seen: State, orders: Orders, now: tuple[Bytes, Bools]
) -> tuple[Longs, Longs, Longs]:
    """Row, unit and goal of all who move today (N,); ``OFF_MAP`` as the goal of those who only finish their road.

    Those who march but are in a fight stay, and so do those who rest; ``now``: statuses and who rests (R, U).
    """
    status, resting = now
    retreats = seen.status == Status.FALLING_BACK.value
    goal = np.where(retreats, seen.rally, orders.goal)
    able = ((status == Status.ACTIVE.value) | retreats) & (seen.men > 0) & (seen.unit_place >= 0)
    row, unit = where(able & (((goal >= 0) & (goal != seen.unit_place)) | (seen.unit_link >= 0)))
    stance, to = orders.stance[row, unit], pick(goal, row, unit).astype(np.int64)
    stays = pick(resting, row, unit) | (stance == Stance.HOLD.value) | (stance == Stance.LIE_LOW.value)
    march = cells_of(stance == Stance.MARCH.value)
    if len(march):
        stays[march] |= fronts.engaged(world, rates, seen, row.take(march), unit.take(march))
    to[stays & ~pick(retreats, row, unit)] = OFF_MAP
    goes = ((to >= 0) & (to != pick(seen.unit_place, row, unit))) | (pick(seen.unit_link, row, unit) >= 0)
    return row[goes], unit[goes], to[goes]


def _column(
    world: World, rates: Rates, seen: State, orders: Orders, who: tuple[Longs, Longs, Longs], shut: Bools
) -> _Column:
    row, unit, goal = who
    link, place = (pick(array, row, unit).astype(np.int64) for array in (seen.unit_link, seen.unit_place))
    nowhere = np.where(link >= 0, world.links.end.take(link), place)
    retreating = pick(seen.status, row, unit) == Status.FALLING_BACK.value
    pace = np.where(retreating, rates.retreat_pace.take(row), 1.0)
    attacks = orders.attacks[row, unit] & ~retreating
    light = world.units.light.take(unit) & ~retreating
    goal = np.where(goal >= 0, goal, nowhere)
    side = world.units.sides.take(unit)
    return _Column(
        row=row,
        unit=unit,
        side=side,
        goal=goal,
        place=place,
        link=link,
        left_m=pick(seen.unit_left_m, row, unit).astype(np.int64),
        came_from=pick(seen.unit_from, row, unit).astype(np.int64),
        budget_m=np.floor(world.units.march_m.take(unit) * pace).astype(np.int64),
        passes=attacks,
        takes=attacks & ~orders.raids[row, unit],
        light=light,
        detours=detour.detours(world, seen, shut, detour.Trips(row, side, goal, nowhere), (attacks, light)),
    )


def _walk(world: World, seen: State, standing: Standing, column: _Column, shut: Bools) -> Passing:
    """Spend the day's metres, one road after another; who passed where."""
    through: list[Longs] = []
    places: list[Longs] = []
    going = np.arange(len(column.row))
    for _ in range(_MOST_HOPS):
        _set_out(world, seen, column, shut, going)
        going = going[(column.link.take(going) >= 0) & (column.budget_m.take(going) > 0)]
        if not len(going):
            break
        step = np.minimum(column.budget_m.take(going), column.left_m.take(going))
        column.budget_m[going] -= step
        column.left_m[going] -= step
        there = going[column.left_m.take(going) == 0]
        if not len(there):
            break
        column.came_from[there] = column.place.take(there)
        column.place[there] = world.links.end.take(column.link.take(there))
        column.link[there] = NO_LINK
        going = there[_goes_on(world, seen, standing, column, there)]
        on = going[column.takes.take(going)]
        through.append(on)
        places.append(column.place.take(on))
    who = np.concatenate([going[:0], *through])
    row, place = column.row.take(who), np.concatenate([going[:0], *places])
    return Passing.of(world, (row, column.side.take(who), place, pick(seen.men, row, column.unit.take(who))))


def _set_out(world: World, seen: State, column: _Column, shut: Bools, going: Longs) -> None:
    """Those at a place take the next road to their goal, unless it is shut or leads into an enemy's place."""
    here = going[(column.link.take(going) < 0) & (column.place.take(going) != column.goal.take(going))]
    if not len(here):
        return
    row = column.row.take(here)
    link = pick(world.links.slot_link, column.place.take(here), _next_slot(world, column, shut, here)).astype(np.int64)
    ahead = world.links.end.take(link).astype(np.int64)
    hostile = world.factions.fights(column.side.take(here), pick(seen.control, row, ahead))
    slips = column.light.take(here) & (ahead != column.goal.take(here))
    allowed = (link >= 0) & ~pick(shut, row, link) & (column.passes.take(here) | slips | ~hostile)
    leaves, link = here[allowed], link[allowed]
    column.link[leaves] = link
    column.left_m[leaves] = world.links.march_m.take(link)


def _next_slot(world: World, column: _Column, shut: Bools, here: Longs) -> Longs:
    """The road each column takes from where it is: of the quickest way, or of the way round."""
    slot = pick(world.links.next_slot, column.place.take(here), column.goal.take(here)).astype(np.int64)
    number = column.detours.number.take(here)
    rounds = cells_of(number >= 0)
    if len(rounds):
        who = here.take(rounds)
        roads = shut.take(column.row.take(who), axis=0)
        other = column.detours.next_slots(world, roads, column.place.take(who), number.take(rounds))
        slot[rounds] = np.where(other >= 0, other, slot.take(rounds))
    return slot


def _goes_on(world: World, seen: State, standing: Standing, column: _Column, there: Longs) -> Bools:
    """Which columns need not stop at a place that they have reached, shape of ``there``.

    They stop at their goal, in an enemy's place, and where enemies stood this morning. Light ones slip past.
    """
    row, side, place = column.row.take(there), column.side.take(there), column.place.take(there)
    met = world.factions.fights(side, pick(seen.control, row, place))
    met |= standing.enemies_at(world.factions, side, row * world.n_places + place)
    return (place != column.goal.take(there)) & ~(met & ~column.light.take(there))


def _write(out: March, column: _Column) -> None:
    cell, on_road = column.row * out.place.shape[1] + column.unit, column.link >= 0
    out.arrived = cell[(column.place != out.place.take(cell)) & ~on_road]
    out.place.put(cell, column.place)
    out.link.put(cell, column.link)
    out.left_m.put(cell, np.where(on_road, column.left_m, 0))
    out.came_from.put(cell, column.came_from)


def _meet(world: World, seen: State, out: March) -> None:
    """Columns that meet head-on on a road: the weaker goes back the way it came."""
    row, unit = where(out.link >= 0)
    link, n_links = pick(out.link, row, unit).astype(np.int64), len(world.links.start)
    road, size = row * n_links + link, seen.replicas * n_links
    reverse = world.links.reverse.take(link).astype(np.int64)
    used = np.zeros(size, np.bool_)
    used[road] = True
    if not used.take(row * n_links + reverse).any():
        return
    side, men = world.units.sides.take(unit), pick(seen.men, row, unit)
    back = np.zeros(len(row), np.bool_)
    for mine in np.unique(side):
        ours, theirs = side == mine, world.factions.hostile[mine].take(side)
        own = np.bincount(road[ours], men[ours], size)
        foe = np.bincount(road[theirs], men[theirs], size)
        back |= ours & (foe.take(row * n_links + reverse) > own.take(road))
    cell, turned = (row * world.n_units + unit)[back], reverse[back]
    out.left_m.put(cell, np.maximum(world.links.march_m.take(link[back]) - out.left_m.take(cell), 1))
    out.place.put(cell, world.links.start.take(turned))
    out.link.put(cell, turned)
    out.turned_back = cell


def _come_to_rest(seen: State, out: March) -> March:
    """Those who fell back and have arrived stand again; a unit that set out stays active."""
    home = (out.status == Status.FALLING_BACK.value) & (out.link < 0) & (out.place == seen.rally)
    out.status[home] = Status.ACTIVE
    return out
