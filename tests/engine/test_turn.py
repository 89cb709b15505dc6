"""The sequence of play: what one day does to the three towns, phase after phase."""

import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    CELL,
    COLUMN,
    FORD,
    FORD_SOUTH,
    GUARD,
    HILL,
    NORTH,
    POST,
    RED,
    RESERVE,
    RIVER,
    SOUTH,
    at_places,
    for_sides,
    on_roads,
    orders_of,
    rates_of,
    state_of,
    three_towns,
    triggers_of,
)

from offensive_sim.engine.axes import OFF_MAP, Status
from offensive_sim.engine.conditions import FromDay
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.journal import Kind
from offensive_sim.engine.turn import play_day

STEADY = {"wastage": 0, "battle_spread": 0, "loss_rate": 0, "luck": 0}
"""Nobody walks off, nobody is lucky."""


def play(world, state, orders=None, days=1, rates=None):
    n = state.replicas
    rates, orders, journal = rates or rates_of(n, **STEADY), orders or orders_of(n), None
    for _ in range(days):
        state, journal = play_day(world, rates, state, orders, Dice(1, np.arange(n)))
        assert state.problems() == []
    return state, journal


def told(journal, kind):
    """Place, unit, faction and amount of every entry of a kind."""
    entries = journal.entries()[["kind", "place", "unit", "faction", "amount"]].tolist()
    return [tuple(rest) for what, *rest in entries if what == kind]


def test_the_morning_state_is_left_as_it_was():
    world = three_towns()
    state = state_of(world)
    before = state.digest()
    after, _ = play(world, state, orders_of(column=("attack", FORD)))
    assert state.digest() == before
    assert after.day == 1


def test_a_day_without_orders_changes_only_supply():
    world = three_towns()
    state = state_of(world, nerve=[50, 70, 50, 50, 50, 50])
    after, journal = play(world, state, rates=rates_of(**STEADY, flight_threat=0))
    moved = {name for name, array in after.arrays().items() if not np.array_equal(array, getattr(state, name))}
    assert moved == {"supplied"}
    assert len(journal.entries()) == 0
    assert journal.forced.tolist() == [0]


def test_an_attack_on_an_empty_place_takes_it_and_its_stock():
    # Red's post is gone; the column marches 10 km and blue holds ford, with 40 of 40 vehicles, by nightfall.
    world = three_towns(places={"stock": {FORD: 40}})
    state = state_of(world, men={POST: 0}, unit_place={POST: OFF_MAP}, status={POST: Status.GONE})
    after, journal = play(world, state, orders_of(column=("attack", FORD)))
    assert after.control[0].tolist() == [BLUE, BLUE, RED, 2]
    assert (after.taken_on[0, FORD], after.stock_left[0, FORD], after.kit[0, BLUE]) == (0, 0, 40)
    assert told(journal, Kind.ARRIVED) == [(FORD, COLUMN, -1, 0)]
    assert told(journal, Kind.CHANGED) == [(FORD, -1, BLUE, 0)]
    assert told(journal, Kind.CAPTURED_STOCK) == [(FORD, -1, BLUE, 40)]
    assert journal.forced.tolist() == [0]


def test_attackers_who_get_no_foothold_go_back_and_rest():
    # 20 men against 200 behind cover: thrown back to north, resting five days before ford.
    world = three_towns()
    after, journal = play(world, state_of(world, men={COLUMN: 20}), orders_of(column=("attack", FORD)))
    assert told(journal, Kind.REPULSED) == [(FORD, COLUMN, -1, 0)]
    assert (after.unit_place[0, COLUMN], after.rest_until[0, COLUMN], after.rest_at[0, COLUMN]) == (NORTH, 5, FORD)
    assert after.status[0, COLUMN] == Status.ACTIVE
    assert after.control[0, FORD] == RED


def test_a_cell_that_rises_in_vain_goes_under_again():
    world = three_towns()
    after, _ = play(world, state_of(world, men={CELL: 10}), orders_of(cell=("attack", FORD)))
    assert after.status[0, CELL] == Status.UNDERGROUND
    assert after.unit_place[0, CELL] == FORD


def test_attackers_with_a_foothold_contest_the_place():
    world = three_towns()
    after, journal = play(world, state_of(world), orders_of(column=("attack", FORD)))
    assert after.contested_by[0, FORD] == BLUE
    assert told(journal, Kind.CONTESTED) == [(FORD, -1, BLUE, 0)]


def test_a_unit_that_breaks_is_written_down_and_falls_back():
    # Nerve 0 everywhere; half of 200 go home, the rest rally at south; blue takes ford the same evening.
    # The column has a firm core; the guard, whose patrols reach ford, is gone; bad news is forgotten at once.
    world = three_towns(units={"home": False, "fixed_points": {(COLUMN, 0): 90}})
    rates = rates_of(**{**STEADY, "base": 0, "odds": 0, "shock_days": 0})
    state = state_of(world, status={GUARD: Status.GONE}, unit_place={GUARD: OFF_MAP}, men={GUARD: 0})
    after, journal = play(world, state, orders_of(column=("attack", FORD)), rates=rates)
    assert told(journal, Kind.BROKE) == [(FORD, POST, -1, 100)]
    assert (after.broke_on[0, POST], after.broke_at[0, POST], after.rally[0, POST]) == (0, FORD, SOUTH)
    assert after.status[0, POST] == Status.FALLING_BACK
    assert after.dispersed[0].tolist() == [100, 0, 0]
    assert after.control[0, FORD] == BLUE
    again, _ = play(world, after, orders_of(), rates=rates)
    assert (again.unit_place[0, POST], again.status[0, POST]) == (SOUTH, Status.ACTIVE)


def test_the_reasons_of_a_break_add_up_to_its_nerve():
    world = three_towns()
    after, journal = play(world, state_of(world), orders_of(column=("attack", FORD)))
    reasons = journal.reasons
    assert {POST, COLUMN} <= set(reasons.unit.tolist())
    assert reasons.points.sum(axis=1).tolist() == after.nerve[0, reasons.unit].tolist()


def test_a_trigger_is_told_and_closes_its_road_the_same_day():
    world = three_towns(effects={"roads": on_roads((0, FORD_SOUTH, True, 2))}, triggers=triggers_of(FromDay(0)))
    orders = orders_of(reserve=("march", FORD))
    after, journal = play(world, state_of(world), orders)
    assert told(journal, Kind.TRIGGERED) == [(-1, 0, -1, 0)]
    assert after.unit_place[0, RESERVE] == SOUTH
    assert not after.supplied[0, FORD]
    later, _ = play(world, after, orders, days=2)
    assert later.unit_place[0, RESERVE] == FORD


def test_strikes_are_told_and_their_losses_counted():
    world = three_towns(effects={"strikes": at_places((0, RED, NORTH, 2, 1))}, triggers=triggers_of(FromDay(0)))
    after, journal = play(world, state_of(world))
    assert told(journal, Kind.STRUCK) == [(NORTH, -1, RED, 2)]
    assert after.killed[0].tolist() == [0, 10, 0]
    assert after.men[0, COLUMN] == 390


def test_recruits_are_counted_as_joined():
    world = three_towns(effects={"recruits": for_sides((0, BLUE, 80, 2))}, triggers=triggers_of(FromDay(0)))
    after, _ = play(world, state_of(world), days=3)
    assert after.joined[0].tolist() == [0, 80, 0]
    assert after.men[0, COLUMN] == 480


def test_a_fallen_place_empties_onto_the_roads():
    # Ford's river people feel a capture: some leave that day; all persons are still there.
    world = three_towns()
    state = state_of(world, men={POST: 0}, unit_place={POST: OFF_MAP}, status={POST: Status.GONE})
    after, journal = play(world, state, orders_of(column=("attack", FORD)))
    fled = {place: amount for place, _, _, amount in told(journal, Kind.FLED)}
    assert fled[FORD] == state.at_home[0, 3] - after.at_home[0, 3] > 0
    assert after.displaced()[0, RIVER] >= fled[FORD]
    assert after.persons().tolist() == state.persons().tolist()


@pytest.fixture(scope="module")
def war():
    """Eight replicas with different men, and a busy plan."""
    world = three_towns(
        effects={"strikes": at_places((0, RED, FORD, 3, 4)), "recruits": for_sides((1, BLUE, 60, 5))},
        triggers=triggers_of(FromDay(1), FromDay(2), odds=(0.5, 0.5)),
        places={"stock": {FORD: 40, SOUTH: 90}},
    )
    men = np.array([[100, 200, 400, 400, 60, 300]]) * np.linspace(0.3, 3, 8)[:, None]
    return world, state_of(world, 8, men=men.astype(int), sheltered={(HILL, FORD): 5000})


def campaign(world, state, replicas, days=8):
    orders = orders_of(state.replicas, column=("attack", SOUTH), cell=("attack", FORD), reserve=("march", FORD))
    journals = []
    for _ in range(days):
        state, journal = play_day(world, rates_of(state.replicas), state, orders, Dice(3, replicas))
        journals.append(journal)
    return state, journals


def test_replicas_played_alone_are_those_played_together(war):
    world, state = war
    together, journals = campaign(world, state, np.arange(8))
    assert len({row.tobytes() for row in together.men}) == 8
    for one in range(8):
        alone, own = campaign(world, state.rows(slice(one, one + 1)), np.array([one]))
        for name, array in alone.tables().items():
            assert np.array_equal(array[0], getattr(together, name)[one]), name
        for mine, all_ in zip(own, journals, strict=True):
            entries = all_.entries()
            assert np.array_equal(mine.entries(), entries[entries["replica"] == one])


def test_men_are_conserved(war):
    world, state = war
    after, _ = campaign(world, state, np.arange(8), days=20)
    for faction in range(3):
        mine = world.units.faction == faction
        lost = after.killed[:, faction] + after.dispersed[:, faction] - after.joined[:, faction]
        assert np.array_equal(after.men[:, mine].sum(axis=1) + lost, state.men[:, mine].sum(axis=1))
