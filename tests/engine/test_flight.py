from dataclasses import replace

import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    FORD,
    HILL,
    HILLS,
    NORTH,
    RIVER,
    SOUTH,
    LoadedDice,
    rates_of,
    seen_of,
    three_towns,
    uniform,
    with_warnings,
)

from offensive_sim.engine.phases import flight
from offensive_sim.engine.split import PARTY

WORLD = three_towns()
REFERENCE = {"people": {"mobile": 1.0}}
"""Everybody would leave at all."""


def danger(contact=0.0, world=WORLD, rates=None, day=0, **changes):
    seen = seen_of(world, day=day, **changes)
    return flight.danger(world, rates or rates_of(), seen, uniform(contact, 1, 4), world.people.feared)


def leaves(*, threat=0.0, captured=0.0, contact=0.0, world=None, rates=None, u=0.5, luck=(1.0, 1.0), **changes):
    """Departures from the same danger at every place."""
    seen = seen_of(world or three_towns(**REFERENCE), **changes)
    world = world or three_towns(**REFERENCE)
    dangers = flight.Danger(*(uniform(x, 1, 4) for x in (threat, captured, contact)))
    rates = replace(rates or rates_of(flight_contagion=0), flight_luck=uniform([luck], 1, 2))
    return flight.leave(world, rates, seen, dangers, LoadedDice(u))


def from_home(**arguments):
    """Persons who leave each home: hill in north, hill in south, river in north, river in ford."""
    found = leaves(**arguments)
    assert not found.row.any()
    assert len(set(found.home.tolist())) == len(found.home)
    left = np.zeros(4, np.int64)
    left[found.home] = found.from_home
    return left


def parties(**arguments):
    """Parties that leave each home."""
    whole, rest = np.divmod(from_home(**arguments), PARTY)
    assert not rest.any()
    return whole.tolist()


# Danger


def test_threat_is_the_weight_of_every_place_the_feared_side_holds():
    # Blue holds north, which threatens ford by 0.8.
    assert danger().threat[0].tolist() == [0, 0.8, 0, 0]
    assert danger(control={FORD: BLUE}).threat[0].tolist() == [0, 0.8, 0.6, 0]


def test_a_place_with_the_feared_side_inside_threatens_too():
    assert danger(contested_by={SOUTH: BLUE}).threat[0].tolist() == [0, 0.8, 0, 0.1]


def test_people_count_only_what_is_more_than_they_lived_with():
    used = three_towns(people={"threat_before": [0, 0.5, 0.9, 0]})
    assert danger(world=used, control={FORD: BLUE}).threat[0] == pytest.approx([0, 0.3, 0, 0])


@pytest.mark.parametrize(("day", "captured"), [(3, 1.0), (5, 0.25), (7, 0.04)])
def test_a_capture_fades_with_its_age(day, captured):
    # Taken on day 3, two days: 1, 1/(1 + 1), 1/(1 + 4), each squared.
    assert danger(day=day, taken_on={NORTH: 3}).captured[0] == pytest.approx([captured, 0, 0, 0])


def test_only_what_the_feared_side_took_during_the_campaign_counts_as_captured():
    assert not danger(day=3, taken_on={FORD: 3}).captured.any()
    assert not danger(day=3).captured.any()


def test_a_warning_weighs_like_part_of_a_capture_and_takes_nothing_from_one():
    # On day 4 a place that was taken on day 3 has 1/(1 + 1/4) squared = 0.64 left of it.
    warnings = with_warnings((0, SOUTH, 0.5, 2), (0, NORTH, 0.5, 2))
    told = three_towns(effects={"warnings": warnings})
    found = danger(world=told, day=4, taken_on={NORTH: 3}, fired_on={0: 3}).captured[0]
    assert found == pytest.approx([0.64, 0, 0.5, 0])


def test_nobody_is_threatened_where_there_is_no_feared_side():
    peaceful = three_towns(people={"feared": -1})
    assert not danger(world=peaceful).threat.any()


# Leaving home


def test_without_danger_nobody_leaves():
    assert parties() == [0, 0, 0, 0]


def test_a_hazard_of_one_moves_five_eighths_a_day():
    # 1 - 1/(1 + 1 + 1/2 + 1/6) = 0.625: of 40 and 20 parties 25 and 12.5 (u = 0.5 rounds up).
    assert parties(captured=1.0)[:2] == [25, 13]


@pytest.mark.parametrize(("u", "left"), [(0.0, 12), (0.499, 12), (0.5, 13), (0.999, 13)])
def test_half_a_party_leaves_with_probability_one_half(u, left):
    assert parties(captured=1.0, u=u)[1] == left


def test_capture_is_felt_in_proportion_to_vulnerability():
    # River people feel 4: 1 - 1/(1 + 4 + 8 + 64/6) = 0.9577; of 16 parties 15.3, of 8 7.66.
    assert parties(captured=1.0, u=0.0)[2:] == [15, 7]


def test_fighting_is_felt_with_its_square_root():
    # River people feel 2: 1 - 1/(1 + 2 + 2 + 8/6) = 0.8421; of 16 parties 13.47, of 8 6.7.
    assert parties(contact=1.0, u=0.0) == [25, 12, 13, 6]


def test_a_threat_counts_above_the_threshold():
    # 1.5 - 0.5 is a hazard of one.
    assert parties(threat=0.5) == [0, 0, 0, 0]
    assert parties(threat=1.5)[0] == 25


@pytest.mark.parametrize("day", range(7))
def test_a_small_danger_is_weighed_by_each_home_once_in_seven_days(day):
    # A hazard of 0.002 and 7 days of it: 1 - 1/(1 + 0.014 + 0.000098) = 0.0139 of 40 parties, 0.56: u = 0.5 makes one.
    # River people feel 0.056, of 16 and 8 parties 0.87 and 0.44; hill people in south 0.28 of a party.
    asked = [1 if home % 7 == day else 0 for home in range(4)]
    assert parties(captured=0.002, day=day) == [asked[0], 0, asked[2], 0]


def test_a_great_danger_is_weighed_every_day():
    # 0.004 is above the mark: 0.004 of 40 parties is 0.16, and u = 0.9 makes one of it, whoever is asked.
    assert [parties(captured=0.004, day=day, u=0.9)[0] for day in range(3)] == [1, 1, 1]


def test_a_small_home_leaves_as_one():
    # 100 are less than a party: with the chance 0.625 they leave together.
    assert from_home(captured=1.0, at_home={0: 100}, u=0.37)[0] == 0
    assert from_home(captured=1.0, at_home={0: 100}, u=0.38)[0] == 100


def test_who_would_never_leave_stays():
    # Half of the hill people of north are mobile: 20 of 40 parties, less those who have gone.
    settled = three_towns()
    assert parties(captured=1e9, world=settled)[:2] == [20, 10]
    assert parties(captured=1e9, world=settled, at_home={0: 25 * PARTY})[0] == 5
    assert parties(captured=1e9, world=settled, at_home={0: 20 * PARTY})[0] == 0


def test_no_more_leave_than_are_at_home():
    few = from_home(captured=1e9, at_home={0: 7}, u=0.999)[0]
    assert few == 7


def test_neighbours_who_have_gone_raise_the_hazard():
    # River people are 24 parties; 12 at home are half gone: hazard 0.25 x 4 x (1 + 1 x 0.5) = 1.5.
    # 1 - 1/(1 + 1.5 + 1.125 + 0.5625) = 0.761; of 8 parties at ford 6.09.
    gone = {"at_home": {2: 4 * PARTY}, "sheltered": {(RIVER, HILLS): 12 * PARTY}}
    assert parties(captured=0.25, rates=rates_of(flight_contagion=1), u=0.0, **gone)[3] == 6
    assert parties(captured=0.25, rates=rates_of(flight_contagion=0), u=0.0, **gone)[3] == 5


def test_a_groups_lasting_luck_scales_its_hazard():
    # Hill people feel 2 instead of 1: 0.8421 of 40 parties is 33.7.
    assert parties(captured=1.0, luck=(2.0, 1.0), u=0.0)[0] == 33


# Leaving shelter


def moved_on(sheltered, **arguments):
    """Persons by group and place."""
    found = leaves(sheltered=sheltered, **arguments)
    moved = np.zeros((2, 4), np.int64)
    cell = seen_of(WORLD, sheltered=sheltered).in_shelter.cell
    moved.reshape(-1)[cell[found.again]] = found.from_shelter
    return moved


HOSTS = {"sheltered": {(HILL, NORTH): 1000, (RIVER, SOUTH): 1000}}


@pytest.mark.parametrize("day", range(7))
def test_without_danger_each_shelter_is_asked_once_in_seven_days(day):
    # 7 days at 0.5: a hazard of 3.5 moves 0.9408; 940.8 of 1,000 in columns of 600 are one or two.
    got = moved_on(rates=rates_of(onward=0.5), day=day, u=0.999, **HOSTS)
    asked = [place for place in (NORTH, SOUTH) if place % 7 == day]
    assert np.flatnonzero(got.any(axis=0)).tolist() == asked


def test_danger_moves_the_sheltered_on_any_day():
    # Hazard 1 for hill people: 0.625 x 1,000 / 600 = 1.04 columns; the river people feel 4: 1.6.
    got = moved_on(captured=1.0, rates=rates_of(onward=0), day=4, u=0.0, **HOSTS)
    assert (got[HILL, NORTH], got[RIVER, SOUTH]) == (600, 600)
    got = moved_on(captured=1.0, rates=rates_of(onward=0), day=4, u=0.5, **HOSTS)
    assert (got[HILL, NORTH], got[RIVER, SOUTH]) == (600, 1000)


def test_a_small_lot_in_shelter_moves_as_one():
    # 100 people: 0.625 of one column, so u decides.
    few = {"sheltered": {(HILL, NORTH): 100}, "day": 4, "rates": rates_of(onward=0)}
    assert moved_on(captured=1.0, u=0.3, **few)[HILL, NORTH] == 0
    assert moved_on(captured=1.0, u=0.4, **few)[HILL, NORTH] == 100


def test_nobody_leaves_an_empty_shelter():
    assert not moved_on(sheltered={}, captured=9.0, u=0.999).any()
