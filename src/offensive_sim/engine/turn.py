"""THE SEQUENCE OF PLAY. Reads top to bottom as section 4 of docs/rulebook.md does.

A phase looks at ``seen`` and returns what it found; only this file and dawn.py write it down. ``seen`` is live: each
phase sees the ones before it. Chance is addressed by purpose, day, replica and cell, so no phase disturbs another's.
"""

import numpy as np

from offensive_sim.engine import dawn, fronts, outlook
from offensive_sim.engine.axes import NO_LINK, OFF_MAP, Bools, Ints, Longs, Status
from offensive_sim.engine.cells import cells_of, pick, rows_and_columns, where
from offensive_sim.engine.conditions import due
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.day import Day
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import in_force, shut_links, turns_today
from offensive_sim.engine.journal import Journal, Kind
from offensive_sim.engine.levers import redirected
from offensive_sim.engine.nerve import Pressure
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.phases import air, battle, cohesion, control, flight, homeward, journey, march, rides, supply
from offensive_sim.engine.presence import Passing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def play_day(
    world: World, rates: Rates, state: State, orders: Orders, dice: Dice, *, tell: bool = True
) -> tuple[State, Journal]:
    """Play one day in every replica and return the next morning, and what happened if somebody wants to be told."""
    morning, world = state.control, redirected(world, orders.moved)
    state = state.copy()
    journal = Journal(state.day, dice.replicas, tell)
    open_ = np.zeros((state.replicas, len(world.links.start)), np.bool_)
    day = Day(world, rates, orders, dice, state, state.readonly(), journal, shut=open_)
    _dawn(day)  # 4.1, with 4.2: orders were given before
    _supply(day)  # 4.3
    passed = _march(day)  # 4.4
    raids = _air(day)  # 4.5
    fight = _battle(day)  # 4.6
    _cohesion(day, raids, fight)  # 4.7
    journal.forced = (state.control != morning).sum(axis=1, dtype=np.int32)
    _control(day, passed)  # 4.8
    return _displacement(day, fight), journal  # 4.9, and 4.10 nightfall


def _dawn(day: Day) -> None:
    """4.1 Triggers fall due; units whose day has come appear; roads are closed and opened."""
    world, state, seen = day.world, day.state, day.seen
    happened = dawn.Happened(*due(world.triggers, seen, day.luck(Draw.TRIGGERS)))
    state.fired_on[happened.row, happened.trigger] = seen.day
    day.journal.each(Kind.TRIGGERED, happened.row, unit=happened.trigger)
    rows, unit = comes = dawn.appearing(world, seen, happened)
    if len(rows):
        dawn.bring_on(world, state, comes)
    dawn.reinforce(world, state, happened, day.rates.reinforcements)
    day.journal.each(Kind.APPEARED, rows, unit=unit, place=seen.unit_place[comes])
    day.shut[:] = shut_links(seen, world.effects.roads, day.shut.shape[1])


def _supply(day: Day) -> None:
    """4.3 Supply reaches or does not; men fall away and others join."""
    world, state, seen = day.world, day.state, day.seen
    roads_move = turns_today(seen, world.effects.roads)
    stale = cells_of(roads_move | (seen.taken_on == seen.day - 1).any(axis=1) | (seen.day == 0))
    if len(stale):
        state.supplied[stale] = supply.reach(world, seen, day.shut, stale)
    state.days_cut[:] = supply.days_cut(world, seen, day.units, day.effects("airlift"), day.shut)
    state.kit_ready[:] = supply.manned(day.rates, seen)
    leaves = supply.wasted(day.rates, seen, day.u(Draw.LOSSES, world.n_units))
    joins = supply.recruited(world, day.rates, seen, day.units, world.effects.recruits)
    np.add(seen.men, joins - leaves, out=state.men)
    if ((seen.men == 0) & (leaves > 0)).any():
        day.fell()
    _tally(day, state.dispersed, leaves)
    _tally(day, state.joined, joins)


def _march(day: Day) -> Passing:
    """4.4 Columns move, and stop where they meet an enemy; who passed where."""
    state, seen = day.state, day.seen
    moved = march.march(day.world, day.rates, seen, day.units, day.orders, day.shut)
    state.unit_place[:], state.unit_from[:] = moved.place, moved.came_from
    state.unit_link[:], state.unit_left_m[:] = moved.link, moved.left_m
    state.status[:] = moved.status
    day.moved()
    state.front_since.put(fronts.joined_by(seen, day.orders, np.concatenate([moved.arrived, moved.rose])), seen.day)
    for kind, units in ((Kind.ARRIVED, moved.arrived), (Kind.MET, moved.turned_back)):
        row, unit = rows_and_columns(units, day.world.n_units)
        day.journal.each(kind, row, unit=unit, place=moved.place.take(units))
    return moved.passed


def _air(day: Day) -> air.Raids:
    """4.5 Air strikes."""
    state, seen = day.state, day.seen
    luck = day.luck(Draw.LOSSES, first=day.world.n_units)
    raids = air.strike(day.world, day.rates, seen, day.units, day.effects("strikes"), luck)
    state.men.put(raids.hit, seen.men.take(raids.hit) - raids.loss)
    if not seen.men.take(raids.hit).all():
        day.fell()
    _count(day, state.killed, raids.hit, raids.loss)
    row, side, place, flown = raids.supported.cells()
    day.journal.each(Kind.STRUCK, row, faction=side, place=place, amount=flown)
    return raids


def _battle(day: Day) -> battle.Battle:
    """4.6 Fighting: losses, and attackers thrown back."""
    world, state, seen = day.world, day.state, day.seen
    luck = (day.luck(Draw.BATTLE), day.luck(Draw.BATTLE, first=world.n_places))
    ground = (day.effects("works"), fronts.pressed(world, day.rates, seen, day.units, day.orders))
    fight = battle.fight(world, day.rates, seen, day.units, ground, luck)
    state.men.put(fight.hit, seen.men.take(fight.hit) - fight.loss)
    hungry = supply.used_up(seen, fight.faced)
    state.days_cut.put(hungry, seen.days_cut.take(hungry) + 1)
    _count(day, state.killed, fight.hit, fight.loss)
    if len(fight.thrown_back):
        _send_back(day, fight.thrown_back)
    day.moved()
    return fight


def _send_back(day: Day, thrown_back: Longs) -> None:
    """Repulsed attackers return where they came from and rest; those who rose on the spot go underground."""
    world, state, seen = day.world, day.state, day.seen
    rows, unit = rows_and_columns(thrown_back, world.n_units)
    place, back = seen.unit_place.take(thrown_back), seen.unit_from.take(thrown_back)
    day.journal.each(Kind.REPULSED, rows, unit=unit, place=place)
    back = np.where(back >= 0, back, place)
    state.rest_at.put(thrown_back, place)
    state.unit_place.put(thrown_back, back)
    state.rest_until.put(thrown_back, seen.day + np.round(day.rates.rest_days.take(rows)))
    hostile = world.factions.fights(world.units.sides.take(unit), pick(seen.control, rows, back.astype(np.int64)))
    state.status.put(thrown_back, np.where(hostile, Status.UNDERGROUND, Status.ACTIVE))


def _cohesion(day: Day, raids: air.Raids, fight: battle.Battle) -> None:
    """4.7 Units stand or break."""
    world, state, seen = day.world, day.state, day.seen
    pressure = Pressure(
        beside=np.concatenate([fight.beside, fight.thrown_back]),
        power=fight.power,
        enemy=fight.enemy,
        noise=raids.noise,
        supported=raids.supported,
        works=day.effects("works"),
        airlift=day.effects("airlift"),
    )
    test = cohesion.hold_or_break(world, day.rates, seen, pressure, day.luck(Draw.COHESION))
    day.journal.reasons, routed = test.reasons, test.routed
    state.nerve[:] = test.nerve
    state.broke_at.put(routed.number, routed.place)
    state.broke_on.put(routed.number, seen.day)
    state.broke_men.put(routed.number, routed.of(seen.men) * test.is_news)
    state.rally.put(routed.number, test.rally)
    state.men.put(test.leave, seen.men.take(test.leave) - test.went_home)
    _count(day, state.dispersed, test.leave, test.went_home)
    amount = test.went_home[: len(routed.row)]
    day.journal.each(Kind.BROKE, routed.row, unit=routed.unit, place=routed.place, amount=amount)
    state.status.put(routed.number[test.into_town], Status.UNDERGROUND)
    state.status.put(routed.number[test.rally >= 0], Status.FALLING_BACK)
    _leave_map(day, (seen.men <= 0) & (seen.unit_place >= 0))
    day.moved()


def _leave_map(day: Day, gone: Bools) -> None:
    """Units that are no more."""
    day.state.status[gone] = Status.GONE
    day.state.unit_place[gone], day.state.unit_link[gone], day.state.unit_left_m[gone] = OFF_MAP, NO_LINK, 0


def _control(day: Day, passed: Passing) -> None:
    """4.8 Who holds what this evening, and the stocks that fall with it."""
    world, state, seen = day.world, day.state, day.seen
    takeover = world.effects.takeover
    leave = world.factions.takes_over[None].repeat(seen.replicas, axis=0)
    active = in_force(seen, takeover.trigger, takeover.days)
    for effect, side in enumerate(takeover.side):
        leave[:, side, takeover.amount[effect]] |= active[:, effect]
    evening = control.settle(world, day.rates, seen, day.units, leave, (passed, day.orders.raids))
    rows, place = where((evening.contested_by != seen.contested_by) & (evening.contested_by >= 0))
    day.journal.each(Kind.CONTESTED, rows, place=place, faction=evening.contested_by[rows, place])
    rows, place = where(evening.control != seen.control)
    holder, stock = evening.control[rows, place], seen.stock_left[rows, place]
    state.control[:], state.contested_by[:] = evening.control, evening.contested_by
    state.taken_on[rows, place] = seen.day
    state.front_since[:] = fronts.since(seen)
    day.journal.each(Kind.CHANGED, rows, place=place, faction=holder)
    some = cells_of(stock)
    day.journal.each(
        Kind.CAPTURED_STOCK, rows[some], place=place[some], faction=holder[some], amount=stock[some]
    )
    np.add.at(state.kit, (rows, holder), stock)
    state.stock_left[rows, place] = 0


def _displacement(day: Day, fight: battle.Battle) -> State:
    """4.9 People leave, choose a way, move, and find shelter or wait; the state with where they are then."""
    return _travel(day, *_set_out(day, fight))


def _set_out(day: Day, fight: battle.Battle) -> tuple[Crowd, journey.Lots]:
    """People leave home or shelter, go home, or are taken along: who stays in shelter, and who is on the road."""
    world, seen, rates = day.world, day.seen, day.rates
    feared = world.people.feared
    dangers = flight.danger(world, rates, seen, fight.share_of(feared), feared)
    leaves = flight.leave(world, rates, seen, dangers, day.dice)
    _move(day, Kind.FLED, (leaves.row, leaves.home), -leaves.from_home)
    shelter = seen.in_shelter
    stayed = shelter.persons.copy()
    stayed[leaves.again] -= leaves.from_shelter
    returns = homeward.go_home(world, rates, seen, homeward.Danger(dangers.captured, dangers.contact), stayed, day.dice)
    _move(day, Kind.RETURNED, (returns.row, returns.home), returns.persons)
    np.subtract.at(stayed, returns.entry, returns.persons)
    carried = rides.carry(world, seen, stayed)
    group, place = world.people.groups.take(leaves.home), world.people.sites.take(leaves.home)
    fled = (leaves.row * shelter.shape[1] + group) * world.n_places + place, leaves.from_home
    again = shelter.cell.take(leaves.again), leaves.from_shelter
    lots = journey.on_the_road(world, carried.on_road, again, fled, (carried.cell, carried.persons))
    gone = np.concatenate([leaves.again, returns.entry, carried.entry])
    number = np.concatenate([leaves.from_shelter, returns.persons, carried.from_shelter])
    return shelter.less(gone, number), lots


def _move(day: Day, kind: Kind, homes: tuple[Longs, Longs], more: Ints) -> None:
    """So many more persons, or fewer, are at some homes (N,), which may come more than once; tell of it."""
    n_homes = day.state.at_home.shape[1]
    cell = homes[0] * n_homes + homes[1]
    np.add.at(day.state.at_home.reshape(-1), cell, more)
    if day.journal.wanted:
        number = np.zeros(day.state.at_home.size, np.int32)
        np.add.at(number, cell, np.abs(more))
        told = cells_of(number >= _TOLD_FROM)
        row, home = rows_and_columns(told, n_homes)
        day.journal.each(kind, row, place=day.world.people.sites.take(home), amount=number.take(told))


_TOLD_FROM = 100
"""Persons; smaller movements are counted but not told."""


def _travel(day: Day, shelter: Crowd, lots: journey.Lots) -> State:
    """Those on the road move, and some find shelter beside those in ``shelter``."""
    world, state, seen, rates = day.world, day.state, day.seen, day.rates
    room = journey.room_left(world, seen, shelter.by_place)
    offer = journey.shelter(world, rates, seen, world.people.feared, room)
    roads = outlook.roads_on(world, seen, day.shut)
    stale = journey.stale_outlooks(world, seen, lots, offer.troubled)
    if len(stale):
        for rows, worth in outlook.weighed(world, seen, offer.everywhere, roads, stale):
            state.outlook[rows] = worth
        state.outlook_of[stale], state.outlook_for[stale] = seen.day, offer.troubled[stale]
    evening = journey.travel(world, seen, lots, (offer, roads), day.dice)
    if day.journal.wanted:
        reached = journey.arrivals(seen, evening)
        told = reached >= _TOLD_FROM
        day.journal.note(Kind.REACHED, told, place=day.every_place, amount=reached)
    on_road = Crowd.listed(evening.moving.cell, evening.moving.persons, shelter.shape)
    sheltered = shelter.joined_by(evening.stopped.cell, evening.stopped.persons)
    return state.at_nightfall(sheltered, on_road)


def _tally(day: Day, ledger: Ints, men: Ints) -> None:
    """Add men to their faction's ledger."""
    if men.any():  # a matrix product, but of whole numbers, and fewer than 16 million men: exact in any order
        ledger += (men.astype(np.float32) @ day.world.units.of_faction[:, : ledger.shape[1]]).astype(np.int32)


def _count(day: Day, ledger: Ints, units: Longs, men: Ints) -> None:
    """Add men of some units, cells in an array (R, U), to their faction's ledger."""
    row, unit = rows_and_columns(units, day.world.n_units)
    np.add.at(ledger, (row, day.world.units.faction.take(unit)), men)
