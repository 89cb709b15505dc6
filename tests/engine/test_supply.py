import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    CELL,
    COLUMN,
    FORD,
    FORD_SOUTH,
    GREEN,
    GUARD,
    NORTH,
    POST,
    RED,
    RESERVE,
    SOUTH,
    SOUTH_FORD,
    for_sides,
    locked,
    no_roads_shut,
    placed,
    rates_of,
    seen_of,
    three_towns,
    uniform,
)

from offensive_sim.engine.axes import Status
from offensive_sim.engine.phases import supply
from offensive_sim.engine.presence import standing_units

WORLD = three_towns()
ALL = np.arange(1)


def reached(world=WORLD, shut=(), **changes):
    roads = np.zeros((1, 6), np.bool_)
    roads[:, list(shut)] = True
    return supply.reach(world, seen_of(world, **changes), locked(roads), ALL)[0].tolist()


def test_supply_goes_from_one_own_place_to_the_next():
    # Red holds south, its source, and ford; green holds only its source; blue has none.
    assert reached() == [False, True, True, True]
    assert reached(control={FORD: BLUE}) == [False, False, True, True]


def test_supply_enters_a_contested_place_and_goes_no_further():
    # Red holds everything but north; at ford blue is inside, so hills, behind it, is not reached.
    changes = {"control": [BLUE, RED, RED, RED], "contested_by": {FORD: BLUE}}
    assert reached(**changes) == [False, True, True, False]


def test_supply_passes_a_quiet_place():
    assert reached(control=[BLUE, RED, RED, RED]) == [False, True, True, True]


def test_supply_does_not_pass_a_shut_road():
    assert reached(shut=(FORD_SOUTH, SOUTH_FORD)) == [False, False, True, True]


def test_a_source_in_enemy_hands_supplies_nobody():
    assert reached(control={SOUTH: BLUE}) == [False, False, False, True]


def test_supply_is_worked_out_for_the_replicas_asked_for():
    # Replica 1 has lost south; only replicas 2 and 1 are asked, in that order.
    seen = seen_of(WORLD, 3, control={SOUTH: [RED, BLUE, RED]})
    got = supply.reach(WORLD, seen, no_roads_shut(3), np.array([2, 1]))
    assert got.tolist() == [[False, True, True, True], [False, False, False, True]]


def cut(airlift=(), shut=(), **changes):
    roads = np.zeros((1, 6), np.bool_)
    roads[:, list(shut)] = True
    lifted = placed(dict.fromkeys(airlift, 1))
    seen = seen_of(WORLD, **changes)
    return supply.days_cut(WORLD, seen, standing_units(WORLD, seen), lifted, locked(roads))[0].tolist()


def test_days_without_supply_add_up_for_units_in_the_open_only():
    # Nobody is supplied anywhere: red and green units count another day, blue lives off the land.
    assert cut(days_cut={POST: 3}) == [1, 4, 1, 0, 0, 1]


def test_a_supplied_unit_starts_again_from_none():
    assert cut(days_cut={POST: 3}, supplied={FORD: True})[POST] == 0


@pytest.mark.parametrize(("before", "after"), [(3, 2), (1, 0), (0, 0)])
def test_a_day_of_airlift_makes_good_one_day_without_supply(before, after):
    assert cut(airlift=[(RED, FORD)], days_cut={POST: before})[POST] == after


def test_a_day_of_fighting_counts_twice_for_those_cut_off():
    # All three faced enemies; the column is supplied, and nobody of the reserve is left.
    seen = seen_of(WORLD, days_cut={POST: 3, COLUMN: 0, RESERVE: 3}, men={RESERVE: 0})
    assert supply.used_up(seen, np.array([POST, RESERVE, COLUMN])).tolist() == [POST]
    assert not len(supply.used_up(seen, np.array([COLUMN])))


def test_nobody_starves_among_those_it_does_not_fight():
    # Green's guard stands in red's south, which red supplies; red and green are not at war.
    assert cut(unit_place={GUARD: SOUTH}, supplied={SOUTH: True})[GUARD] == 0
    assert cut(unit_place={GUARD: SOUTH}, control={SOUTH: BLUE}, supplied={SOUTH: True})[GUARD] == 1


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, 0),
        ({"supplied": {}}, 1),
        ({"contested_by": {SOUTH: BLUE}}, 1),
        ({"control": {FORD: BLUE, SOUTH: GREEN}}, 0),
        ({"control": {FORD: BLUE, SOUTH: BLUE}}, 1),
        ({"control": {FORD: RED}}, 1),
        ({"shut": (FORD_SOUTH,)}, 1),
    ],
)
def test_men_inside_an_enemys_place_are_fed_from_next_door(changes, days):
    # The post is inside blue's ford; south, 20 km away, is red's, quiet and supplied. In a place of its own that
    # supply does not reach, it is cut off all the same.
    given = {"control": {FORD: BLUE}, "supplied": {SOUTH: True}, **changes}
    assert cut(**given)[POST] == days


def test_units_on_a_road_are_not_counted_as_cut_off():
    assert cut(unit_link={POST: FORD_SOUTH}, unit_left_m={POST: 5}, days_cut={POST: 3})[POST] == 0


@pytest.mark.parametrize(("u", "lost"), [(0.0, 2), (0.5, 3), (0.999, 3)])
def test_a_hundredth_of_250_men_is_two_or_three(u, lost):
    # 250 x 0.01 = 2.5, and the fraction is lost with probability one half.
    seen = seen_of(WORLD, men={POST: 250})
    assert supply.wasted(rates_of(), seen, uniform(u, 1, 6))[0, POST] == lost


def test_nobody_wastes_away_off_the_map():
    seen = seen_of(WORLD, unit_place={POST: -1}, status={POST: Status.WAITING})
    assert supply.wasted(rates_of(), seen, uniform(0.999, 1, 6))[0, POST] == 0


def test_no_more_men_leave_than_there_are():
    seen = seen_of(WORLD, men={POST: 1})
    assert supply.wasted(rates_of(wastage=5), seen, uniform(0.999, 1, 6))[0, POST] == 1


RECRUITS = for_sides((0, BLUE, 101, 2))


def joined(day=0, **changes):
    seen = seen_of(WORLD, day=day, **{"fired_on": {0: 0}, **changes})
    return supply.recruited(WORLD, rates_of(), seen, standing_units(WORLD, seen), RECRUITS)[0].tolist()


def test_recruits_join_units_in_the_open_where_their_side_holds():
    # Half of 101 men come, 50 whole ones, all to the column: the cell is underground.
    assert joined() == [0, 0, 0, 50, 0, 0]


def test_recruits_go_in_equal_whole_parts():
    # The cell stands openly in blue's north too: 50.5 / 2 is 25 each.
    assert joined(status={CELL: Status.ACTIVE}, unit_place={CELL: NORTH}) == [0, 0, 0, 25, 25, 0]


def test_nobody_joins_where_the_enemy_holds_or_after_the_last_day():
    assert sum(joined(control={NORTH: RED})) == 0
    assert joined(day=1)[COLUMN] == 50
    assert sum(joined(day=2)) == 0


def test_besiegers_are_made_up_from_a_quiet_place_next_door():
    # The column fights in ford, which red holds; north behind it is blue's and quiet, then contested.
    assert joined(unit_place={COLUMN: FORD}) == [0, 0, 0, 50, 0, 0]
    assert sum(joined(unit_place={COLUMN: FORD}, contested_by={NORTH: RED})) == 0


def test_nobody_joins_where_the_place_is_contested():
    assert sum(joined(contested_by={NORTH: RED})) == 0


def test_nobody_joins_before_the_trigger():
    assert sum(joined(fired_on={0: -1})) == 0


def test_without_recruits_nobody_joins():
    seen = seen_of(WORLD)
    got = supply.recruited(WORLD, rates_of(), seen, standing_units(WORLD, seen), for_sides())
    assert not got.any()


@pytest.mark.parametrize(("ready", "after"), [(0, 25), (25, 44), (99, 100), (100, 100)])
def test_a_quarter_of_the_waiting_vehicles_find_crews_each_day(ready, after):
    # 100 captured, 4 days: of 100 waiting 25, of 75 ceil(18.75) = 19, of 1 the last one.
    seen = seen_of(WORLD, kit={BLUE: 100}, kit_ready={BLUE: ready})
    got = supply.manned(rates_of(), seen)[0]
    assert got.tolist() == [0, after, 0]
