from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    FORD,
    FORD_SOUTH,
    HILL,
    HILLS,
    NORTH,
    RED,
    RIVER,
    SOUTH,
    LoadedDice,
    at_gates,
    locked,
    on_roads,
    rates_of,
    seen_of,
    three_towns,
    uniform,
    with_camps,
)

from offensive_sim.engine.outlook import roads_on, weighed
from offensive_sim.engine.phases import journey
from offensive_sim.engine.split import PARTY

WORLD = three_towns()


def test_trouble_is_where_the_feared_side_holds_or_anybody_fights():
    assert journey.in_trouble(seen_of(WORLD, contested_by={SOUTH: RED}), BLUE)[0].tolist() == [True, False, True, False]


# What a place offers


def offers(world, rates, room=1.0):
    """By place and community; the same when only some cells are asked for."""
    shelter = journey.shelter(world, rates, seen_of(world), BLUE, uniform(room, 1, 4))
    everywhere = shelter.everywhere(np.arange(1))[world.ways.rank]
    place, community = np.indices(everywhere.shape).reshape(2, -1)
    assert shelter.at(np.zeros(8, int), place, community, place) == pytest.approx(everywhere.reshape(-1), rel=1e-6)
    return everywhere


def test_a_quiet_place_offers_its_draw_and_a_troubled_one_less_to_the_vulnerable():
    # North is blue's: hill people 1/(1 + 1 x 1), river people 1/(1 + 4 x 1).
    world = three_towns(people={"draw": {(HILL, SOUTH): 3.0}})
    offer = offers(world, rates_of())
    assert offer[:, HILL] == pytest.approx([0.5, 1, 3, 1])
    assert offer[:, RIVER] == pytest.approx([0.2, 1, 1, 1])


def test_a_place_with_less_than_a_twentieth_of_its_worth_is_shunned():
    # River people under blue: 1/(1 + 4 x 5) = 0.048.
    offer = offers(WORLD, rates_of(under_isis=5))
    assert offer[NORTH, RIVER] == 0
    assert offer[NORTH, HILL] == pytest.approx(1 / 6)


def test_room_scales_what_a_place_offers():
    offer = offers(WORLD, rates_of(), room=[1, 0.5, 1, 0.02])
    assert offer[:, HILL] == pytest.approx([0.5, 0.5, 1.0, 0.02])


@pytest.mark.parametrize(("there", "room"), [(0, 1.0), (850, 1.0), (925, 0.5), (997, 0.02), (1000, 0.02), (2000, 0.02)])
def test_room_runs_out_from_85_per_cent_on_and_never_quite(there, room):
    # (1000 - 925) / 150 = 0.5
    world = three_towns(people={"capacity": np.full(4, 1000)})
    left = journey.room_left(world, seen_of(world), np.array([[0, there, 0, 0]]))
    assert left[0] == pytest.approx([1, room, 1, 1])


def test_a_camp_gives_room_to_its_place_once_it_is_opened():
    # 1,000 and 500 more: full at 1,500, and at 1,425 there is room for (1500 - 1425) / 225.
    world = three_towns(people={"capacity": np.full(4, 1000)}, effects={"camps": with_camps((2, HILLS, 500))})
    there = np.array([[0, 1425, 0, 1425]] * 2)
    left = journey.room_left(world, seen_of(world, 2, fired_on={2: [-1, 0]}), there)
    assert left == pytest.approx(np.array([[1, 0.02, 1, 0.02], [1, 0.02, 1, 1 / 3]]))


# The worth of a place on the way


def worth(offer, world=WORLD, shut=(), **known):
    """Worth by community and place; without anything known before, it is worked out from nothing."""
    roads = np.zeros((1, 6), np.bool_)
    roads[:, list(shut)] = True
    seen = seen_of(world, **known)
    on = roads_on(world, seen, locked(roads))
    offered = np.repeat(np.broadcast_to(np.asarray(offer, float), 4)[world.ways.places, None], 2, axis=1)
    ((rows, there),) = weighed(world, seen, lambda _: offered, on, np.arange(1))
    assert rows.tolist() == [0]
    return there[0].T


def test_worth_is_what_a_place_offers_and_what_its_roads_lead_to():
    # Only south offers anything. Worth n = h = f/2, s = 1 + f/2, f = (n + s + h)/4: f = 0.25 + 0.375 f = 0.4.
    got = worth([0, 0, 1, 0])
    assert got[HILL] == pytest.approx([0.2, 0.4, 1.2, 0.2], abs=1e-3)
    assert got[RIVER].tolist() == got[HILL].tolist()


def test_a_shut_road_leads_nowhere():
    got = worth([0, 0, 1, 0], shut=[FORD_SOUTH])
    assert got[HILL].tolist() == [0, 0, 1, 0]


def test_what_people_knew_yesterday_fades_and_is_not_forgotten_at_once():
    # Nothing is on offer any more: from 1 everywhere the worth of ford falls, and is not yet nothing.
    assert 0 < worth(0.0, outlook=1.0, outlook_of=0)[HILL, FORD] < 0.75


GATED = three_towns(effects={"gates": at_gates((0, [1], 0.5), where=[(RIVER, FORD_SOUTH)])})


def test_a_gate_holds_back_the_community_it_is_for():
    # River people: only half go on from ford to south.
    open_, half = (worth([0, 0, 1, 0], GATED, fired_on=fired) for fired in ({}, {0: 0}))
    assert half[HILL].tolist() == open_[HILL].tolist() == open_[RIVER].tolist()
    assert half[RIVER, FORD] < open_[RIVER, FORD]


# When it is weighed again


def stale(day=5, outlook_of=3, **changes):
    effects = {"roads": on_roads((0, FORD_SOUTH, True, 9)), "gates": at_gates((1, [], 0.5)),
               "camps": with_camps((2, HILLS, 500))}  # fmt: skip
    world = three_towns(effects=effects)
    standing = {"outlook_of": outlook_of, "outlook_for": {NORTH: True}, "moving": {(HILL, FORD): 10}, **changes}
    seen = seen_of(world, day=day, **standing)
    lots, troubled = on_the_road(seen, world), journey.in_trouble(seen, BLUE)
    return journey.stale_outlooks(world, seen, lots, troubled).tolist() == [0]


def test_an_outlook_stands_while_nothing_moves():
    assert not stale()
    assert not stale(fired_on={0: 3, 3: 5})


@pytest.mark.parametrize("trigger", [0, 1, 2])
def test_news_of_roads_gates_and_camps_makes_people_look_again(trigger):
    assert stale(fired_on={trigger: 4})


def test_a_place_that_falls_makes_people_look_again():
    assert stale(control={SOUTH: BLUE})


def test_the_first_people_on_the_road_look():
    assert stale(outlook_of=-1)


def test_with_nobody_on_the_road_nobody_looks():
    assert not stale(outlook_of=-1, moving=0)


# Who goes where


def on_the_road(seen, world=WORLD):
    """Those who were on the move this morning; nobody has set out since."""
    return journey.on_the_road(world, seen.on_road)


def test_those_who_set_out_join_those_on_the_road():
    seen = seen_of(WORLD, moving={(HILL, FORD): 10, (RIVER, SOUTH): 5})
    at_ford, at_hills = HILL * 4 + FORD, HILL * 4 + HILLS
    fled, again = (np.array([at_ford, at_hills]), np.array([7, 3])), (np.array([at_ford]), np.array([1]))
    lots = journey.on_the_road(WORLD, seen.on_road, fled, again)
    assert dict(zip(lots.cell.tolist(), lots.persons.tolist(), strict=True)) == {
        at_ford: 18, at_hills: 3, RIVER * 4 + SOUTH: 5,
    }  # fmt: skip


class Got(NamedTuple):
    sheltered: np.ndarray
    moving: np.ndarray
    reached: np.ndarray


def evening(u, offer, outlook=0.0, world=WORLD, shut=(), **changes):
    """``offer`` and ``outlook`` by place, the same for both communities."""
    seen = seen_of(world, outlook=np.broadcast_to(np.asarray(outlook, float)[..., None], (4, 2)), **changes)
    roads = np.zeros((1, 6), np.bool_)
    roads[:, list(shut)] = True
    on = roads_on(world, seen, locked(roads))
    draw = np.broadcast_to(np.asarray(offer, float), (2, 4))
    there = replace(world, people=replace(world.people, draw=draw))
    shelter = journey.Shelter(there, safe=np.ones((1, 2)), troubled=np.zeros((1, 4), np.bool_), room=np.ones((1, 4)))
    found = journey.travel(world, seen, on_the_road(seen, world), (shelter, on), LoadedDice(u))
    sheltered, moving = seen.sheltered, np.zeros_like(seen.moving)
    np.add.at(sheltered.reshape(-1), found.stopped.cell, found.stopped.persons)
    moving.reshape(-1)[found.moving.cell] = found.moving.persons
    return Got(sheltered, moving, journey.arrivals(seen, found))


def test_people_stop_where_they_are_offered_shelter_and_no_road_leads_on():
    got = evening(0.5, offer=1.0, moving={(HILL, SOUTH): 70})
    assert got.sheltered[0, HILL].tolist() == [0, 0, 70, 0]
    assert not got.moving.any()
    assert got.reached[0].tolist() == [0, 0, 70, 0]


def test_people_divide_between_stopping_and_going_on_by_worth():
    # Four parties at north: north offers 1, the road leads to ford, worth 2 x pull 0.5 = 1. Two stop, two drive on
    # and stop at ford, which offers 1 and has no outlook behind it but north's, 0.
    got = evening(0.5, offer=1.0, outlook=[0, 2, 0, 0], moving={(HILL, NORTH): 4 * PARTY})
    assert got.sheltered[0, HILL].tolist() == [2 * PARTY, 2 * PARTY, 0, 0]


@pytest.mark.parametrize(("u", "stops"), [(0.0, 0), (0.499, 0), (0.5, 1), (0.999, 1)])
def test_a_party_goes_as_one(u, stops):
    # Even worth: floor(0.5 + u) parties stop at north, the other one at ford.
    got = evening(u, offer=[1, 1, 0, 0], outlook=[0, 2, 0, 0], moving={(HILL, NORTH): PARTY})
    assert got.sheltered[0, HILL, NORTH] == stops * PARTY
    assert got.sheltered[0, HILL, FORD] == (1 - stops) * PARTY


def test_a_long_road_keeps_people_waiting():
    # Half of those at ford finish the road to hills in a step: of 16 parties 8, 4 and 2 set out in the three steps of a
    # day, and the first 12 of them find shelter the step after.
    got = evening(0.5, offer=[0, 0, 0, 1], outlook=[0, 0, 0, 1], moving={(HILL, FORD): 16 * PARTY})
    assert got.sheltered[0, HILL].tolist() == [0, 0, 0, 12 * PARTY]
    assert got.moving[0, HILL].tolist() == [0, 2 * PARTY, 0, 2 * PARTY]


def test_nobody_takes_a_shut_road():
    closes = three_towns(effects={"roads": on_roads((0, FORD_SOUTH, True, 9))})
    at_ford = {"world": closes, "moving": {(HILL, FORD): 300}}
    got = evening(0.5, offer=[0, 0, 1, 0], outlook=[0, 0, 1, 0], shut=[FORD_SOUTH], **at_ford)
    assert got.moving[0, HILL].tolist() == [0, 300, 0, 0]


def test_a_gate_stops_its_community_only():
    gates = at_gates((0, [1], 0.0), where=[(RIVER, FORD_SOUTH)])
    closed = three_towns(effects={"gates": gates})
    both = {"moving": {(HILL, FORD): 300, (RIVER, FORD): 300}, "fired_on": {0: 0}}
    got = evening(0.5, offer=[0, 0, 1, 0], outlook=[0, 0, 1, 0], world=closed, **both)
    assert got.sheltered[0, HILL].tolist() == [0, 0, 300, 0]
    assert got.moving[0, RIVER].tolist() == [0, 300, 0, 0]


def test_people_with_nowhere_to_go_wait():
    got = evening(0.5, offer=0.0, moving={(RIVER, HILLS): 11})
    assert got.moving[0, RIVER].tolist() == [0, 0, 0, 11]
    assert not got.sheltered.any()


@pytest.mark.parametrize("u", [0.0, 0.5, 0.999])
def test_nobody_is_made_or_lost_on_the_road(u):
    lots = {(HILL, NORTH): 777, (HILL, FORD): 5001, (RIVER, FORD): 1, (RIVER, HILLS): 4444}
    got = evening(u, offer=[0.3, 0.1, 0.7, 0.2], outlook=[1, 2, 3, 1], moving=lots, sheltered={(HILL, SOUTH): 90})
    assert (got.sheltered + got.moving).sum(axis=2)[0].tolist() == [777 + 5001 + 90, 1 + 4444]
    assert got.reached.sum() == got.sheltered.sum() - 90
