import numpy as np
from tests.worlds import (
    BLUE,
    CELL,
    COLUMN,
    FORD,
    GUARD,
    RED,
    RESERVE,
    SOUTH,
    for_sides,
    for_units,
    seen_of,
    state_of,
    three_towns,
)

from offensive_sim.engine import dawn
from offensive_sim.engine.axes import Status

LATE = three_towns(units={"held_back": {RESERVE: True, GUARD: True, CELL: True}, "appears": {RESERVE: 3}},
                   effects={"arrive": for_units((0, GUARD, 0, 0, 0))})  # fmt: skip


def appearing(day, **changes):
    seen = seen_of(LATE, day=day, **changes)
    return dawn.appearing(LATE, seen, happened_in(seen))[1].tolist()


def happened_in(seen):
    """What happened this morning, as the state has it."""
    return dawn.Happened(*np.nonzero(seen.fired_on == seen.day))


def test_effects_are_set_going_where_their_trigger_happened_this_morning():
    # Trigger 0 happened in replicas 0 and 2, trigger 1 in replica 1; the second effect waits for trigger 5.
    happened = dawn.Happened(np.array([0, 1, 2]), np.array([0, 1, 0]))
    found = happened.effects(np.array([0, 5, 1], np.int16))
    assert [(effect, rows.tolist()) for effect, rows in found] == [(0, [0, 2]), (2, [1])]


def test_a_unit_appears_on_its_day():
    assert [appearing(day) for day in (2, 3, 4)] == [[], [RESERVE], [RESERVE]]


def test_a_unit_appears_when_its_trigger_happens():
    assert appearing(1, fired_on={0: 1}) == [GUARD]
    assert appearing(2, fired_on={0: 1}) == []


def test_only_a_unit_that_waits_appears():
    assert appearing(3, status={RESERVE: Status.GONE}) == []


def test_a_unit_comes_on_where_it_starts():
    state = state_of(LATE)
    dawn.bring_on(LATE, state, (np.array([0, 0]), np.array([RESERVE, CELL])))
    assert state.unit_place[0, [RESERVE, CELL, GUARD]].tolist() == [SOUTH, FORD, -1]
    assert state.unit_from[0, RESERVE] == SOUTH
    assert state.status[0].tolist() == [
        Status.ACTIVE, Status.ACTIVE, Status.ACTIVE, Status.ACTIVE, Status.UNDERGROUND, Status.WAITING
    ]  # fmt: skip
    assert state.problems() == []


REINFORCED = three_towns(effects={"reinforce": for_units((0, COLUMN, 100, 200, 300)),
                                  "equip": for_sides((1, BLUE, 40, 1))})  # fmt: skip


MEN = np.array([[250]], np.int32)


def test_reinforcements_join_on_their_day():
    state = state_of(REINFORCED, day=4, fired_on={0: 4})
    dawn.reinforce(REINFORCED, state, happened_in(state), MEN)
    assert state.men[0, COLUMN] == 650
    assert state.joined[0].tolist() == [0, 250, 0]


def test_reinforcements_come_once():
    state = state_of(REINFORCED, day=5, fired_on={0: 4})
    dawn.reinforce(REINFORCED, state, happened_in(state), MEN)
    assert not state.joined.any()


def test_nobody_reinforces_a_unit_that_is_no_more():
    state = state_of(REINFORCED, day=4, fired_on={0: 4}, status={COLUMN: Status.GONE}, unit_place={COLUMN: -1})
    dawn.reinforce(REINFORCED, state, happened_in(state), MEN)
    assert not state.joined.any()


def test_deliveries_come_to_a_side_on_the_day():
    state = state_of(REINFORCED, 2, day=4, fired_on={1: [4, 3]}, kit={BLUE: 5})
    dawn.reinforce(REINFORCED, state, happened_in(state), np.zeros((2, 1), np.int32))
    assert state.kit[:, BLUE].tolist() == [45, 5]
    assert not state.kit[:, RED].any()
