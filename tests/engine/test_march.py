import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    CELL,
    COLUMN,
    FORD,
    FORD_NORTH,
    GUARD,
    HILLS,
    NORTH,
    NORTH_FORD,
    POST,
    RED,
    RESERVE,
    SOUTH,
    locked,
    no_roads_shut,
    orders_of,
    rates_of,
    seen_of,
    three_towns,
)

from offensive_sim.campaign.network import network
from offensive_sim.engine.axes import NO_LINK, Status
from offensive_sim.engine.phases import march
from offensive_sim.engine.presence import standing_units
from offensive_sim.scenario.ground import Link

WORLD = three_towns()


def evening(unit, world=WORLD, shut=(), day=0, rates=None, orders=None, **changes):
    """Where one unit is: place, link, metres left, place it came from."""
    out = moved(world, shut, day, rates, orders, **changes)
    return tuple(int(array[0, unit]) for array in (out.place, out.link, out.left_m, out.came_from))


def moved(world=WORLD, shut=(), day=0, rates=None, orders=None, **changes):
    roads = np.zeros((1, 6), np.bool_)
    roads[:, list(shut)] = True
    seen = seen_of(world, day=day, **changes)
    units = standing_units(world, seen)
    return march.march(world, rates or rates_of(), seen, units, orders or orders_of(), locked(roads))


def test_who_is_told_to_hold_stays():
    out = moved()
    assert np.array_equal(out.place[0], seen_of(WORLD).unit_place[0])
    assert not len(out.arrived)
    assert not len(out.turned_back)


def test_an_attacker_reaches_a_place_within_its_days_march():
    # 10 km of 60.
    assert evening(COLUMN, orders=orders_of(column=("attack", FORD))) == (FORD, NO_LINK, 0, NORTH)
    assert moved(orders=orders_of(column=("attack", FORD))).arrived.tolist() == [COLUMN]


def test_a_slow_column_ends_the_day_on_the_road():
    # 6 of 10 km: 4,000 m to go, and it belongs to the place it left.
    slow = three_towns(units={"march_m": 6_000})
    assert evening(COLUMN, slow, orders=orders_of(column=("attack", FORD))) == (NORTH, NORTH_FORD, 4_000, NORTH)


def test_a_column_on_the_road_goes_on():
    changes = {"unit_link": {COLUMN: NORTH_FORD}, "unit_left_m": {COLUMN: 4_000}}
    assert evening(COLUMN, orders=orders_of(column=("attack", FORD)), **changes) == (FORD, NO_LINK, 0, NORTH)


def test_a_light_column_slips_past_the_enemy_on_its_way():
    # 30 km to south through red's ford, of 60; it came last from ford.
    assert evening(COLUMN, orders=orders_of(column=("attack", SOUTH))) == (SOUTH, NO_LINK, 0, FORD)


def test_any_other_column_stops_where_it_enters_an_enemys_place():
    heavy = three_towns(units={"light": False})
    assert evening(COLUMN, heavy, orders=orders_of(column=("attack", SOUTH))) == (FORD, NO_LINK, 0, NORTH)


def test_a_column_stops_where_enemies_stand_in_a_friends_place():
    # Ford is blue's, but red's post is still there.
    heavy = three_towns(units={"light": False})
    orders = orders_of(column=("attack", SOUTH))
    assert evening(COLUMN, heavy, orders=orders, control={FORD: BLUE})[0] == FORD
    assert evening(COLUMN, heavy, orders=orders, control={FORD: BLUE}, men={POST: 0})[0] == SOUTH


def test_only_an_attacker_enters_an_enemys_place():
    assert evening(COLUMN, orders=orders_of(column=("march", FORD))) == (NORTH, NO_LINK, 0, NORTH)
    assert evening(COLUMN, orders=orders_of(column=("march", FORD)), control={FORD: BLUE})[0] == FORD


def test_nobody_sets_out_on_a_shut_road():
    assert evening(COLUMN, shut=(NORTH_FORD, FORD_NORTH), orders=orders_of(column=("attack", FORD)))[0] == NORTH


def test_who_is_told_to_hold_on_the_road_finishes_the_road_and_stops():
    # 4 km to ford, with 6 km of the day to spare.
    changes = {"unit_link": {COLUMN: NORTH_FORD}, "unit_left_m": {COLUMN: 4_000}, "control": {FORD: BLUE}}
    slow = three_towns(units={"march_m": 10_000})
    assert evening(COLUMN, slow, men={POST: 0}, **changes) == (FORD, NO_LINK, 0, NORTH)


def test_a_unit_that_fell_back_goes_faster_to_its_rally_and_stands_again():
    # 15 km a day, times 1.5 in retreat: the 20 km to south are done; at a march it would still be on the road.
    slow = three_towns(units={"march_m": 15_000})
    changes = {"status": {POST: Status.FALLING_BACK}, "rally": {POST: SOUTH}}
    assert evening(POST, slow, **changes) == (SOUTH, NO_LINK, 0, FORD)
    assert moved(slow, **changes).status[0, POST] == Status.ACTIVE
    still = moved(slow, rates=rates_of(retreat_pace=1), **changes)
    assert (still.status[0, POST], still.left_m[0, POST]) == (Status.FALLING_BACK, 5_000)


def test_a_broken_unit_heeds_no_order():
    changes = {"status": {POST: Status.FALLING_BACK}, "rally": {POST: SOUTH}}
    assert evening(POST, orders=orders_of(post=("attack", NORTH)), **changes)[0] == SOUTH


def test_a_cell_rises_to_attack_and_goes_under_when_told():
    up = moved(orders=orders_of(cell=("attack", FORD)))
    assert (up.status[0, CELL], up.rose.tolist()) == (Status.ACTIVE, [CELL])
    assert moved(orders=orders_of(post="lie_low")).status[0, POST] == Status.UNDERGROUND
    assert moved(orders=orders_of(cell=("march", NORTH))).status[0, CELL] == Status.UNDERGROUND


def test_raiders_go_where_attackers_go_and_take_nothing_on_their_way():
    # The column goes through ford, which red holds with nobody in it, to south.
    empty = {"unit_place": {POST: SOUTH}}
    attack, raid = (moved(orders=orders_of(column=(word, SOUTH)), **empty) for word in ("attack", "raid"))
    assert attack.place[0, COLUMN] == raid.place[0, COLUMN] == SOUTH
    assert attack.passed.place.tolist() == [FORD]
    assert raid.passed.place.tolist() == []
    assert moved(orders=orders_of(cell=("raid", FORD))).status[0, CELL] == Status.ACTIVE


def test_who_was_thrown_back_rests_before_it_attacks_there_again():
    changes = {"rest_until": {CELL: 5, COLUMN: 5}, "rest_at": {CELL: FORD, COLUMN: FORD}}
    orders = orders_of(cell=("attack", FORD), column=("attack", FORD))
    resting = moved(orders=orders, day=4, **changes)
    assert (resting.status[0, CELL], resting.place[0, COLUMN]) == (Status.UNDERGROUND, NORTH)
    rested = moved(orders=orders, day=5, **changes)
    assert (rested.status[0, CELL], rested.place[0, COLUMN]) == (Status.ACTIVE, FORD)


def test_who_rests_sets_out_again_when_no_enemy_stands_there_any_more():
    # Red's post has left ford. Green's guard is blue's enemy too.
    changes = {"rest_until": {COLUMN: 5}, "rest_at": {COLUMN: FORD}, "unit_place": {POST: SOUTH}}
    orders = orders_of(column=("attack", FORD))
    assert evening(COLUMN, orders=orders, day=4, **changes)[0] == FORD
    changes["unit_place"] = {POST: SOUTH, GUARD: FORD}
    assert evening(COLUMN, orders=orders, day=4, **changes)[0] == NORTH


def test_rest_forbids_only_the_place_that_threw_it_back():
    changes = {"rest_until": {COLUMN: 5}, "rest_at": {COLUMN: FORD}}
    assert evening(COLUMN, orders=orders_of(column=("attack", SOUTH)), **changes)[0] == SOUTH


def head_on(reserve_men, column_men=400):
    """The column is 4 km short of ford, red's reserve 3 km short of north; neither can finish today."""
    slow = three_towns(units={"march_m": 1_000})
    return moved(
        slow,
        orders=orders_of(column=("attack", FORD), reserve=("attack", NORTH)),
        unit_link={COLUMN: NORTH_FORD, RESERVE: FORD_NORTH},
        unit_left_m={COLUMN: 4_000, RESERVE: 3_000},
        unit_place={RESERVE: FORD},
        men={RESERVE: reserve_men, COLUMN: column_men},
    )


def test_of_two_columns_that_meet_the_weaker_turns_back():
    # Red had 2 of 10 km to go and has done 8: as many are left to ford, on the road from north.
    out = head_on(reserve_men=300)
    assert out.turned_back.tolist() == [RESERVE]
    assert (out.place[0, RESERVE], out.link[0, RESERVE], out.left_m[0, RESERVE]) == (NORTH, NORTH_FORD, 8_000)
    assert (out.link[0, COLUMN], out.left_m[0, COLUMN]) == (NORTH_FORD, 3_000)


def test_equal_columns_pass_one_another():
    assert not len(head_on(reserve_men=400).turned_back)


def test_columns_that_are_not_hostile_share_the_road():
    peace = three_towns(factions={"hostile": False})
    out = moved(
        peace,
        unit_link={COLUMN: NORTH_FORD, RESERVE: FORD_NORTH},
        unit_left_m={COLUMN: 70_000, RESERVE: 70_000},
        unit_place={RESERVE: FORD},
        men={RESERVE: 1},
    )
    assert not len(out.turned_back)


@pytest.mark.parametrize("status", [Status.WAITING, Status.UNDERGROUND, Status.GONE])
def test_units_that_are_not_in_the_open_do_not_march(status):
    place = -1 if status in (Status.WAITING, Status.GONE) else NORTH
    changes = {"status": {COLUMN: status}, "unit_place": {COLUMN: place}}
    assert evening(COLUMN, orders=orders_of(column=("march", FORD)), control={FORD: BLUE}, **changes)[0] == place


def test_a_unit_without_men_does_not_march():
    assert evening(COLUMN, orders=orders_of(column=("attack", FORD)), men={COLUMN: 0})[0] == NORTH


def test_a_goal_two_roads_away_is_reached_over_the_place_between():
    # Reserve: south - ford - hills is 50 km of 60, all friendly.
    assert evening(RESERVE, orders=orders_of(reserve=("march", HILLS))) == (HILLS, NO_LINK, 0, FORD)


def test_a_march_that_needs_two_days_stops_on_the_second_road():
    # 45 km a day: 20 to ford, 25 of 30 towards hills; 5 km to go.
    slow = three_towns(units={"march_m": 45_000})
    place, _, left, came_from = evening(RESERVE, slow, orders=orders_of(reserve=("march", HILLS)))
    assert (place, left, came_from) == (FORD, 5_000, SOUTH)


def test_replicas_march_by_their_own_state():
    seen = seen_of(WORLD, 2, control={FORD: [RED, BLUE]})
    orders = orders_of(2, column=("march", FORD))
    out = march.march(WORLD, rates_of(2), seen, standing_units(WORLD, seen), orders, no_roads_shut(2))
    assert out.place[:, COLUMN].tolist() == [NORTH, FORD]


# Ways round


def ring(longer):
    """The three towns with a second way from south to north, over hills: 20 + 10 km by ford, 20 + ``longer`` round."""
    roads = (("north", "ford", 10), ("ford", "south", 20), ("south", "hills", 20), ("hills", "north", longer))
    places = {name: number for number, name in enumerate(WORLD.places.ids)}
    links = tuple(Link(a=a, b=b, km=km, km_source="invented", road="highway") for a, b, km in roads)
    return three_towns(links=network(places, links).links)


def by_the_ring(word, longer=30, shut=(), **changes):
    """The evening of the reserve, which goes from south to north while blue holds ford."""
    world = ring(longer)
    roads = np.zeros((1, len(world.links.start)), np.bool_)
    for a, b in shut:
        roads[0, (world.links.start == a) & (world.links.end == b)] = True
    seen = seen_of(world, **{"control": {FORD: BLUE, NORTH: RED}, **changes})
    orders, units = orders_of(reserve=(word, NORTH)), standing_units(world, seen)
    out = march.march(world, rates_of(), seen, units, orders, locked(roads))
    return int(out.place[0, RESERVE])


def test_a_column_goes_round_a_place_that_an_enemy_holds():
    assert by_the_ring("march") == NORTH
    assert by_the_ring("march", control={FORD: BLUE, NORTH: RED, HILLS: BLUE}) == SOUTH


def test_a_way_round_must_be_open_too():
    assert by_the_ring("march", shut=[(SOUTH, HILLS)]) == SOUTH
    assert by_the_ring("march", shut=[(HILLS, NORTH)]) == SOUTH
    assert by_the_ring("march", shut=[(HILLS, SOUTH), (NORTH, HILLS)]) == NORTH


def test_attackers_go_straight_where_the_way_round_is_more_than_twice_as_long():
    # 30 km straight, 20 + 40 round: twice. One kilometre more and they stop in ford, where the enemy is.
    assert by_the_ring("attack", longer=40) == NORTH
    assert by_the_ring("attack", longer=41) == FORD
    assert by_the_ring("march", longer=40) == NORTH


def test_light_columns_slip_past_whatever_they_are_told_but_march_into_no_enemys_place():
    past = {"control": {FORD: RED, SOUTH: BLUE}, "unit_place": {RESERVE: HILLS}}
    assert evening(COLUMN, orders=orders_of(column=("march", SOUTH)), **past)[0] == SOUTH
    assert evening(COLUMN, orders=orders_of(column=("march", FORD)), **past)[0] == NORTH


@pytest.mark.parametrize(("word", "day", "place"), [("march", 2, FORD), ("march", 3, HILLS), ("withdraw", 2, HILLS)])
def test_men_in_a_fight_that_has_not_settled_leave_it_only_if_told_to_withdraw(word, day, place):
    # Blue came into ford on day 0; a fight is pressed for 3 days.
    fight = {"contested_by": {FORD: BLUE}, "front_since": {FORD: 0}, "unit_place": {COLUMN: FORD}}
    assert evening(POST, day=day, orders=orders_of(post=(word, HILLS)), **fight)[0] == place


def test_columns_that_attack_leave_word_of_the_places_they_went_through():
    # The column goes past ford, which red has left, to south.
    past = {"status": {POST: Status.GONE, RESERVE: Status.GONE}}
    passed = moved(orders=orders_of(column=("attack", SOUTH)), **past).passed
    assert [(passed.side.tolist(), passed.place.tolist(), passed.men.tolist())] == [([BLUE], [FORD], [400])]
    assert not len(moved(orders=orders_of(column=("march", SOUTH)), **past).passed.men)
