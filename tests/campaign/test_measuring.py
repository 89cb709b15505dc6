"""Measures on the hand-made world, against numbers worked out by hand (tests/worlds.py says who is where)."""

import numpy as np
import pytest
from tests.campaign.studies import towns
from tests.worlds import BLUE, FORD, HILL, NORTH, POST, RED, RESERVE, RIVER, SOUTH, Status, state_of, three_towns

from offensive_sim.campaign.measuring import Evening, Meter, always_shown

PARTY = 420


def read(kind, state=None, side=None, **masks):
    world = three_towns()
    full = {"groups": np.ones(2, bool), "places": np.ones(4, bool), "units": np.zeros(6, bool)}
    for name, indices in masks.items():
        full[name] = np.isin(np.arange(len(full[name])), indices)
    return Meter(kind, full["groups"], full["places"], full["units"], side).read(
        Evening(world, state or state_of(world, 2))
    ).tolist()


def away(**cells):
    return state_of(three_towns(), 2, **cells)


def test_displaced_people_are_those_in_shelter_and_on_the_move():
    state = away(sheltered={(HILL, SOUTH): 100, (RIVER, FORD): 7}, moving={(RIVER, SOUTH): 10})
    base = read("displaced")[0]
    assert base == 0
    assert read("displaced", state) == [117, 117]
    assert read("displaced", state, groups=[RIVER]) == [17, 17]
    assert read("displaced", state, groups=[RIVER], places=[SOUTH]) == [10, 10]


def test_people_under_a_side_are_at_home_or_away_where_it_holds():
    """Blue holds north, where parties of both groups live."""
    people = three_towns().people
    in_north = [int(p) for home, p in zip(people.home_place, people.persons, strict=True) if home == NORTH]
    assert read("people_under", side=BLUE) == [sum(in_north)] * 2
    assert read("people_under", side=BLUE, groups=[RIVER]) == [in_north[1]] * 2
    assert read("people_under", side=BLUE, places=[SOUTH]) == [0, 0]
    state = away(moving={(RIVER, NORTH): 9})
    assert read("people_under", state, side=BLUE) == [sum(in_north) + 9] * 2


def test_places_held_are_counted_whoever_is_inside():
    assert read("places_held", side=RED) == [2, 2]
    assert read("places_held", away(contested_by={FORD: BLUE}), side=RED) == [2, 2]
    assert read("places_held", away(control={FORD: BLUE}), side=RED, places=[FORD]) == [0, 0]


def test_men_are_those_of_units_on_the_map_and_where_it_is_asked():
    assert read("men_present", units=[POST, RESERVE]) == [600, 600]
    gone = away(status={RESERVE: Status.GONE})
    assert read("men_present", gone, units=[POST, RESERVE]) == [200, 200]
    assert read("men_present", units=[POST, RESERVE], places=[FORD]) == [200, 200]
    lost = away(control={FORD: BLUE})
    assert read("men_present", lost, units=[POST, RESERVE], side=RED) == [400, 400]


def test_a_measure_that_is_not_there_is_a_defect():
    with pytest.raises(ValueError, match="no measure is called joy"):
        read("joy")


def test_people_come_first_and_sides_that_matter_are_shown():
    shown = always_shown(towns())
    assert [one.id for one in shown] == ["displaced", "held-red", "held-blue", "men-red", "men-blue"]
    assert shown[3].who.units == ("red-hq", "red-bridge-company", "red-reserve")
