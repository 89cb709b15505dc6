import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    FORD,
    HILL,
    HILLS,
    NORTH,
    RED,
    RIVER,
    SOUTH,
    LoadedDice,
    rates_of,
    seen_of,
    three_towns,
)

from offensive_sim.engine.phases import homeward
from offensive_sim.engine.phases.homeward import Danger
from offensive_sim.engine.split import PARTY

RIVER_IN_FORD = 3
"""The home that the tests are about: 8 parties of river people, who are 4 times as vulnerable as hill people."""
WORLD = three_towns(people={"home_near": {(FORD, HILLS): 500, (FORD, SOUTH): 1000}})
FLED = {"at_home": {RIVER_IN_FORD: 4 * PARTY}, "sheltered": {(RIVER, HILLS): 4 * PARTY}}
"""Half of them are in hills, which is as far as halves the wish to go back."""
ASKED = 4
"""The day on which this home is asked: home 3 plus day 4 makes seven."""
WEEK = 1 / 7
"""A rate of going home at which everybody goes who is asked."""


def back(day=ASKED, world=WORLD, u=0.0, captured=0.0, contact=0.0, rates=None, **changes):
    """Parties that come home to ford, and how many leave each place for it."""
    still = Danger(captured=np.full((1, 4), captured), contact=np.full((1, 4), contact))
    seen = seen_of(world, day=day, **{**FLED, **changes})
    returns = go_home(world, rates or rates_of(go_home=WEEK), seen, still, LoadedDice(u))
    left = by_cell(seen, returns).sum(axis=0)
    assert came(seen, returns)[0].tolist() == [0, 0, 0, left.sum()]
    return left // PARTY


def go_home(world, rates, seen, still, dice):
    """Who goes home of all who are in shelter."""
    return homeward.go_home(world, rates, seen, still, seen.in_shelter.persons, dice)


def came(seen, returns):
    """Persons who come to each home, by replica."""
    number = np.zeros(seen.at_home.shape, np.int64)
    np.add.at(number, (returns.row, returns.home), returns.persons)
    return number


def by_cell(seen, returns):
    """Persons who leave each shelter, by group and place."""
    left = np.zeros(seen.in_shelter.shape, np.int64)
    np.add.at(left.reshape(-1), seen.in_shelter.cell[returns.entry], returns.persons)
    return left[0]


def test_families_go_home_as_their_wish_and_the_way_have_it():
    # 4 parties away x 1/7 a day x 7 days x 500/1000 for the way = 2.
    assert back().tolist() == [0, 0, 0, 2]


def test_those_next_door_go_first():
    # 2 parties in hills at 500 and 2 in south at 1000: 4 x 1 x (2 x 500 + 2 x 1000) / 4 / 1000 = 3, 1 and 2 of them.
    assert back(sheltered={(RIVER, HILLS): 2 * PARTY, (RIVER, SOUTH): 2 * PARTY}).tolist() == [0, 0, 2, 1]


def test_each_home_is_asked_once_in_seven_days():
    assert [int(back(day=day).sum()) for day in range(1, 12)] == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize(("u", "left"), [(0.49, 0), (0.51, 100)])
def test_a_small_home_goes_back_as_one(u, left):
    # 100 are away: half of them for the way, and so with even odds all or none.
    seen = {"at_home": {RIVER_IN_FORD: 8 * PARTY - 100}, "sheltered": {(RIVER, HILLS): 100}}
    still = Danger(captured=np.zeros((1, 4)), contact=np.zeros((1, 4)))
    seen = seen_of(WORLD, day=ASKED, **seen)
    assert came(seen, go_home(WORLD, rates_of(go_home=WEEK), seen, still, LoadedDice(u)))[0, RIVER_IN_FORD] == left


@pytest.mark.parametrize("trouble", [{"contact": 0.5}, {"contested_by": {FORD: BLUE}}])
def test_nobody_goes_back_into_a_fight(trouble):
    assert back(**trouble).sum() == 0


def test_nobody_returns_who_left_before_the_first_day():
    assert back(at_home={RIVER_IN_FORD: 8 * PARTY}).sum() == 0


def test_under_the_feared_side_the_wish_is_what_they_can_bear_and_fades():
    # Under blue, taken today: 1 / (1 + 4 x 0.25) = 1/2 of 2 parties; after 4 days half of that and 2 more of luck.
    held = {"control": {FORD: BLUE}, "taken_on": {FORD: ASKED}}
    bears = rates_of(go_home=WEEK, under_isis=0.25)
    assert back(rates=bears, **held).sum() == 1
    assert back(rates=bears, captured=0.5, **held).sum() == 0
    later = three_towns(people={"home_near": {(FORD, HILLS): 1000}})
    assert back(rates=bears, world=later, **held).sum() == 2
    assert back(rates=bears, world=later, **{**held, "taken_on": {FORD: ASKED - 4}}).sum() == 1


def test_those_who_cannot_bear_the_feared_side_stay_away():
    # 1 / (1 + 4 x 5) is below 0.05.
    assert back(control={FORD: BLUE}, taken_on={FORD: 0}, rates=rates_of(go_home=1, under_isis=5), u=0.99).sum() == 0


@pytest.fixture
def every_day(monkeypatch):
    """All homes are asked on the same day."""
    monkeypatch.setattr(homeward, "_WEIGHED_EVERY", 1)


def test_two_homes_that_ask_for_the_same_shelter_get_no_more_than_are_there(every_day):
    # Ford is made a home of hill people: north and ford both want back all 5 parties that are in hills.
    world = three_towns(
        people={"home_near": {(NORTH, HILLS): 1000, (FORD, HILLS): 1000}, "home_group": {RIVER_IN_FORD: HILL}}
    )
    away = {"at_home": {0: 0, RIVER_IN_FORD: 0}, "sheltered": {(HILL, HILLS): 5 * PARTY}, "control": {NORTH: RED}}
    calm = Danger(captured=np.zeros((1, 4)), contact=np.zeros((1, 4)))
    seen = seen_of(world, **away)
    returns = go_home(world, rates_of(go_home=1), seen, calm, LoadedDice(0.0))
    assert came(seen, returns)[0].tolist() == [5 * PARTY, 0, 0, 0]
    assert (by_cell(seen, returns) // PARTY).tolist() == [[0, 0, 0, 5], [0, 0, 0, 0]]


def test_what_one_home_leaves_the_next_may_have(every_day):
    # North misses 6 parties and half of them would go that far: 3 of the 5 in hills. Ford misses 4 and gets 2.
    world = three_towns(
        people={"home_near": {(NORTH, HILLS): 500, (FORD, HILLS): 1000}, "home_group": {RIVER_IN_FORD: HILL}}
    )
    away = {"at_home": {0: 34 * PARTY, RIVER_IN_FORD: 4 * PARTY}, "sheltered": {(HILL, HILLS): 5 * PARTY}}
    calm = Danger(captured=np.zeros((1, 4)), contact=np.zeros((1, 4)))
    seen = seen_of(world, control={NORTH: RED}, **away)
    returns = go_home(world, rates_of(go_home=1), seen, calm, LoadedDice(0.0))
    assert (came(seen, returns)[0] // PARTY).tolist() == [3, 0, 0, 2]


def test_homes_of_other_replicas_take_nothing_from_each_other():
    seen = seen_of(WORLD, 2, day=ASKED, **FLED)
    calm = Danger(captured=np.zeros((2, 4)), contact=np.zeros((2, 4)))
    returns = go_home(WORLD, rates_of(2, go_home=WEEK), seen, calm, LoadedDice(0.0))
    assert (came(seen, returns) // PARTY).tolist() == [[0, 0, 0, 2], [0, 0, 0, 2]]
