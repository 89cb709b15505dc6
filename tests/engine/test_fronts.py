import numpy as np
import pytest
from tests.worlds import BLUE, CELL, COLUMN, FORD, NORTH, POST, RED, orders_of, rates_of, seen_of, three_towns

from offensive_sim.engine import fronts
from offensive_sim.engine.axes import NEVER, Status
from offensive_sim.engine.presence import standing_units

WORLD = three_towns()
INSIDE = {"unit_place": {COLUMN: FORD}, "contested_by": {FORD: BLUE}}
ATTACK = orders_of(column=("attack", FORD))


def pressed(day, orders=None, **changes):
    """At ford, where blue came in on day 2; fights are pressed for 3 days, attackers rest for 5."""
    seen = seen_of(WORLD, day=day, **{"front_since": {FORD: 2}, **INSIDE, **changes})
    units = standing_units(WORLD, seen)
    assert units.camps.shared.tolist() == [FORD]
    return bool(fronts.pressed(WORLD, rates_of(), seen, units, orders or orders_of())[0])


def test_a_fight_is_pressed_for_its_days_and_then_settles():
    assert [pressed(day) for day in range(2, 9)] == [True, True, True, False, False, False, False]


def test_men_ordered_to_attack_assault_a_settled_front_once_in_their_days_of_rest():
    assert [day for day in range(5, 20) if pressed(day, ATTACK)] == [7, 12, 17]


def test_attackers_who_still_rest_from_the_place_do_not_assault():
    assert not pressed(7, ATTACK, rest_until={COLUMN: 8}, rest_at={COLUMN: FORD})


def test_where_no_front_has_begun_whoever_meets_fights():
    assert pressed(9, front_since={FORD: NEVER})


def test_fresh_attackers_are_those_who_arrive_or_rise_to_attack_the_place_they_are_in():
    # The column has arrived; the cell has risen.
    seen = seen_of(WORLD, unit_place={COLUMN: FORD}, status={CELL: Status.ACTIVE})

    def fresh(orders, *come):
        return fronts.joined_by(seen, orders, np.array(come, np.int64)).tolist()

    assert fresh(ATTACK, CELL, COLUMN) == [FORD]
    assert fresh(orders_of(column=("march", FORD)), CELL, COLUMN) == []
    assert fresh(ATTACK, CELL) == []
    assert fresh(orders_of(cell=("attack", FORD)), CELL) == [FORD]


@pytest.mark.parametrize(("contested", "before", "after"), [(BLUE, NEVER, 6), (BLUE, 4, 4), (NEVER, 4, NEVER)])
def test_a_front_begins_with_the_contest_and_ends_with_it(contested, before, after):
    seen = seen_of(WORLD, day=6, contested_by={FORD: contested}, front_since={FORD: before})
    assert fronts.since(seen)[0, FORD] == after


def test_who_is_in_a_fight_that_has_not_settled():
    seen = seen_of(WORLD, day=4, front_since={FORD: 2}, **INSIDE)
    heavy = three_towns(units={"light": False})
    every = (np.zeros(6, np.int64), np.arange(6))
    assert fronts.engaged(heavy, rates_of(), seen, *every).tolist() == [False, True, False, True, False, False]
    # The column is light and breaks off as it likes.
    assert fronts.engaged(WORLD, rates_of(), seen, *every).tolist() == [False, True, False, False, False, False]
    settled = seen_of(WORLD, day=5, front_since={FORD: 2}, **INSIDE)
    assert not fronts.engaged(WORLD, rates_of(), settled, *every).any()
    assert seen.control[0, [NORTH, FORD]].tolist() == [BLUE, RED]
    assert seen.unit_place[0, POST] == FORD
