import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    FORD,
    FORD_NORTH,
    FORD_SOUTH,
    HILL,
    NORTH,
    NORTH_FORD,
    RED,
    RIVER,
    SOUTH,
    SOUTH_FORD,
    at_gates,
    at_places,
    on_roads,
    seen_of,
    three_towns,
    with_warnings,
)

from offensive_sim.engine import effects

WORLD = three_towns()


@pytest.mark.parametrize(("day", "active"), [(3, False), (4, True), (6, True), (7, False)])
def test_an_effect_is_in_force_from_its_day_for_its_days(day, active):
    # Three days from day 4.
    seen = seen_of(WORLD, day=day, fired_on={0: 4 if day >= 4 else -1})
    assert effects.in_force(seen, np.array([0], np.int16), np.array([3], np.int16)).tolist() == [[active]]


def test_an_account_that_was_ruled_out_is_never_in_force():
    seen = seen_of(WORLD, day=0, fired_on={0: -2})
    assert not effects.in_force(seen, np.array([0], np.int16), np.array([9], np.int16)).any()


def test_effects_at_a_place_add_up_for_each_side():
    # Two red effects at ford, one of which is over; one blue one at south.
    table = at_places((0, RED, FORD, 3, 9), (1, RED, FORD, 4, 9), (2, RED, FORD, 5, 1), (0, BLUE, SOUTH, 7, 9))
    seen = seen_of(WORLD, day=2, fired_on={0: 0, 1: 2, 2: 0})
    there = effects.at_places(seen, table, 3)
    side, place = (axis.reshape(-1) for axis in np.indices((3, 4)))
    everywhere = there.at(np.zeros(12, np.int64), side, place).reshape(3, 4)
    assert everywhere.tolist() == [[0, 7, 0, 0], [0, 0, 7, 0], [0, 0, 0, 0]]
    assert [one.tolist() for one in there.cells()] == [[0, 0], [RED, BLUE], [FORD, SOUTH], [7, 7]]


def test_the_strongest_warning_in_force_counts():
    # At south two warnings in force, 0.25 and 0.5; the one at ford is over; at north it was never given.
    rows = [(0, SOUTH, 0.25, 9), (1, SOUTH, 0.5, 2), (0, FORD, 1.0, 1), (2, NORTH, 1.0, 9)]
    seen = seen_of(WORLD, day=3, fired_on={0: 2, 1: 2})
    assert effects.warned(seen, with_warnings(*rows))[0].tolist() == [0, 0, 0.5, 0]


def test_without_effects_there_is_nothing_at_any_place():
    there = effects.at_places(seen_of(WORLD), at_places(), 3)
    assert there.at(np.zeros(1, np.int64), np.array([RED]), np.array([FORD])).tolist() == [0]
    assert not len(there.cells()[0])


def shut(*rows, day=5, **fired):
    happened = {int(name.removeprefix("t")): on for name, on in fired.items()}
    got = effects.shut_links(seen_of(WORLD, day=day, fired_on=happened), on_roads(*rows), 6)
    return np.flatnonzero(got[0]).tolist()


def test_a_closed_road_is_shut_both_ways_for_its_days():
    close = (0, FORD_SOUTH, True, 2)
    assert shut(close, day=5, t0=5) == shut(close, day=6, t0=5) == [FORD_SOUTH, SOUTH_FORD]
    assert shut(close, day=7, t0=5) == shut(close, t0=-1) == []


def test_a_road_opens_when_it_is_opened_after_it_was_closed():
    rows = [(0, FORD_SOUTH, True, 9), (1, FORD_SOUTH, False, 0)]
    assert shut(*rows, t0=3, t1=5) == []
    assert shut(*rows, t0=3, t1=3) == []
    assert shut(*rows, t0=3, t1=2) == [FORD_SOUTH, SOUTH_FORD]


def test_opening_one_road_leaves_others_shut():
    assert shut((0, FORD_SOUTH, True, 9), (1, NORTH_FORD, False, 0), t0=3, t1=5) == [FORD_SOUTH, SOUTH_FORD]


def test_a_road_closed_twice_is_shut_while_either_lasts():
    assert shut((0, FORD_NORTH, True, 2), (1, FORD_NORTH, True, 9), t0=1, t1=1) == [NORTH_FORD, FORD_NORTH]


def test_a_road_opens_whichever_end_is_named_first():
    assert shut((0, FORD_SOUTH, True, 9), (1, SOUTH_FORD, False, 0), t0=3, t1=5) == []


GATES = at_gates((0, [1, 2], 0.5), (1, [2], 0.1), where=[(HILL, FORD_SOUTH), (RIVER, FORD_SOUTH)])


@pytest.mark.parametrize(
    ("fired", "shares"),
    [
        ({}, [1, 1, 1]),
        ({0: 2}, [1, 0.5, 0.5]),
        ({0: 2, 1: 3}, [1, 0.5, 0.1]),
        ({0: 3, 1: 2}, [1, 0.5, 0.5]),
        ({0: 2, 1: 2}, [1, 0.5, 0.1]),
    ],
)
def test_the_newest_rule_of_a_checkpoint_counts(fired, shares):
    # Gate 0 stands for every road without one and lets everybody through.
    seen = seen_of(WORLD, day=5, fired_on=fired)
    assert effects.gate_shares(seen, GATES)[0].tolist() == shares


def test_checkpoints_are_each_replicas_own():
    seen = seen_of(WORLD, 2, day=5, fired_on={0: [2, -1]})
    assert effects.gate_shares(seen, GATES).tolist() == [[1, 0.5, 0.5], [1, 1, 1]]
