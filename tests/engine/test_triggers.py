from dataclasses import replace

import pytest
from tests.worlds import BLUE, FORD, NORTH, POST, RED, Given, seen_of, three_towns, triggers_of

from offensive_sim.engine import conditions as when

WORLD = three_towns()
TRUE, FALSE = when.FromDay(0), when.FromDay(10_000)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (when.FromDay(3), True),
        (when.FromDay(4), False),
        (when.Holds(FORD, RED), True),
        (when.Holds(FORD, BLUE), False),
        (when.Contested(FORD), True),
        (when.Contested(NORTH), False),
        (when.Broken(POST), True),
        (when.Broken(0), False),
        (when.Fired((4,)), True),
        (when.Fired((3, 4)), True),
        (when.Fired((3, 5)), False),
        (when.PlacesTaken(RED, 1, 1), True),
        (when.PlacesTaken(RED, 2, 1), False),
        (when.AllOf((TRUE, TRUE)), True),
        (when.AllOf((TRUE, FALSE)), False),
        (when.AnyOf((FALSE, TRUE)), True),
        (when.AnyOf((FALSE, FALSE)), False),
        (when.Not(FALSE), True),
        (when.Not(TRUE), False),
    ],
    ids=repr,
)
def test_a_condition_holds_or_does_not(condition, expected):
    # Day 3: blue is inside red's ford, the post broke on day 0, trigger 4 happened on day 0, 5 was ruled out.
    seen = seen_of(WORLD, day=3, contested_by={FORD: BLUE}, broke_on={POST: 0}, fired_on={4: 0, 5: -2})
    assert when.met(condition, seen).tolist() == [expected]


def test_a_condition_answers_for_each_replica():
    seen = seen_of(WORLD, 3, control={FORD: [RED, BLUE, RED]})
    assert when.met(when.Holds(FORD, BLUE), seen).tolist() == [False, True, False]


def test_every_kind_of_condition_is_tested_here():
    simple = {when.FromDay, when.Holds, when.Contested, when.Broken, when.Fired, when.PlacesTaken}
    assert set(when.Condition.__args__) == simple | {when.AllOf, when.AnyOf, when.Not}


@pytest.mark.parametrize(
    ("condition", "day"),
    [
        (when.FromDay(5), 5),
        (when.Holds(0, 0), 0),
        (when.AllOf((when.FromDay(5), when.FromDay(7), when.Holds(0, 0))), 7),
        (when.AnyOf((when.FromDay(5), when.FromDay(7))), 5),
        (when.AnyOf((when.FromDay(5), when.Holds(0, 0))), 0),
        (when.Not(when.FromDay(5)), 0),
    ],
    ids=repr,
)
def test_the_first_day_on_which_a_condition_can_hold(condition, day):
    assert when.first_possible_day(condition) == day


def happens(table, u=0.0, day=0, **changes):
    return when.due(table, seen_of(WORLD, day=day, **changes), Given(u))[1].tolist()


def test_a_trigger_falls_due_on_its_day_and_later():
    table = triggers_of(when.FromDay(2), when.FromDay(4))
    assert [happens(table, day=day) for day in (1, 2, 3, 4)] == [[], [0], [0], [0, 1]]


@pytest.mark.parametrize(("u", "due"), [(0.0, [0, 1]), (0.249, [0, 1]), (0.25, [1]), (0.999, [1])])
def test_a_trigger_happens_with_its_odds(u, due):
    assert happens(triggers_of(TRUE, TRUE, odds=(0.25, 1.0)), u) == due


def test_a_trigger_happens_once():
    assert happens(triggers_of(TRUE), day=3, fired_on={0: 1}) == []


def test_an_account_that_was_ruled_out_never_happens():
    assert happens(triggers_of(TRUE), fired_on={0: -2}) == []


def test_a_trigger_waits_for_its_earliest_day_even_where_its_words_could_hold():
    table = triggers_of(when.AllOf((when.FromDay(3), when.Holds(FORD, RED))))
    for known in (0, 3):
        dated = replace(table, earliest=(known, *table.earliest[1:]))
        assert [happens(dated, day=day) for day in (2, 3)] == [[], [0]]
        assert happens(dated, day=3, control={FORD: BLUE}) == []
