import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    CELL,
    COLUMN,
    FORD,
    GREEN,
    GUARD,
    HILLS,
    HQ,
    NORTH,
    POST,
    RED,
    RESERVE,
    SOUTH,
    locked,
    rates_of,
    seen_of,
    three_towns,
)

from offensive_sim.engine.axes import NOBODY, Status
from offensive_sim.engine.phases import control
from offensive_sim.engine.presence import Passing, standing_units

WORLD = three_towns()
AWAY = {"men": {POST: 0}}
"""Nobody stands at ford."""


def evening(world=WORLD, leave=(), rates=None, day=0, passed=(), raids=(), **changes):
    """``leave``: pairs (side, other) of sides with leave to move in where the other has gone.

    ``passed``: sides, places and men who went through on their way to attack. ``raids``: units that do not stay.
    """
    side, place, men = np.array(passed, np.int64).reshape(-1, 3).T
    went = Passing.of(world, (np.zeros(len(side), np.int64), side, place, men))
    may = world.factions.takes_over.copy()[None]
    for pair in leave:
        may[:, *pair] = True
    raiders = locked(np.isin(np.arange(6), raids)[None])
    seen = seen_of(world, day=day, **changes)
    return control.settle(world, rates or rates_of(), seen, standing_units(world, seen), locked(may), (went, raiders))


def holders(**arguments):
    return evening(**arguments).control[0].tolist()


def inside(**arguments):
    return evening(**arguments).contested_by[0].tolist()


def test_nothing_changes_where_nobody_moves():
    assert holders() == [BLUE, RED, RED, GREEN]
    assert inside() == [NOBODY] * 4


def test_an_enemy_beside_the_holders_men_contests_the_place():
    met = {"unit_place": {COLUMN: FORD}}
    assert holders(**met) == [BLUE, RED, RED, GREEN]
    assert inside(**met) == [NOBODY, BLUE, NOBODY, NOBODY]


def test_an_enemy_alone_in_a_place_takes_it():
    alone = {"unit_place": {COLUMN: FORD}, **AWAY}
    assert holders(**alone) == [BLUE, BLUE, RED, GREEN]
    assert inside(**alone) == [NOBODY] * 4


@pytest.mark.parametrize(("men", "holder"), [(50, BLUE), (49, RED)])
def test_a_handful_of_men_takes_no_place(men, holder):
    # The mark is 50.
    assert holders(unit_place={COLUMN: FORD}, men={POST: 0, COLUMN: men}, status={GUARD: Status.GONE})[FORD] == holder


@pytest.mark.parametrize(("men", "holder"), [(50, RED), (49, BLUE)])
def test_a_handful_of_men_holds_no_place(men, holder):
    assert holders(unit_place={COLUMN: FORD}, men={POST: men})[FORD] == holder


def test_men_underground_neither_hold_nor_take():
    assert holders(unit_place={COLUMN: FORD}, status={POST: Status.UNDERGROUND})[FORD] == BLUE
    assert holders(unit_place={CELL: SOUTH}, men={RESERVE: 0, CELL: 400})[SOUTH] == RED


def test_friends_alone_in_a_place_leave_it_to_its_holder():
    assert holders(unit_place={GUARD: FORD}, status={COLUMN: Status.GONE}, **AWAY)[FORD] == RED


def test_patrols_do_not_take_a_place_where_their_enemies_stand():
    # The guard, 300 men and no friend of blue's, stands in red's ford; the column's patrols come from north.
    assert holders(unit_place={GUARD: FORD}, **AWAY)[FORD] == RED


def test_of_two_enemies_in_an_empty_place_the_stronger_takes_it_and_the_other_contests_it():
    # Red's reserve (400) and green's guard (300) stand in blue's north; red and green do not fight, so it is quiet.
    met = {"unit_place": {RESERVE: NORTH, GUARD: NORTH, COLUMN: FORD}, "men": {COLUMN: 0}}
    assert holders(**met)[NORTH] == RED
    assert inside(**met)[NORTH] == NOBODY
    war = three_towns(factions={"hostile": {(RED, GREEN): True, (GREEN, RED): True}})
    assert inside(world=war, **met)[NORTH] == GREEN


def test_patrols_take_an_enemys_empty_place_within_reach():
    # Column patrols 10 km from north and is next to ford. The guard, whose patrols keep it out, is gone.
    assert holders(status={GUARD: Status.GONE}, **AWAY)[FORD] == BLUE


def test_patrols_reach_only_so_far():
    short = three_towns(units={"patrol_m": {COLUMN: 9_999}})
    assert holders(world=short, status={GUARD: Status.GONE}, **AWAY)[FORD] == RED


@pytest.mark.parametrize(("guard", "holder"), [(399, BLUE), (400, RED), (401, RED)])
def test_patrols_of_enemies_keep_one_another_out(guard, holder):
    # The guard's 30 km reach ford too; it does not fight red, so it keeps the column out and takes nothing.
    assert holders(men={POST: 0, GUARD: guard})[FORD] == holder


def test_only_light_columns_roam_into_an_enemys_place():
    heavy = three_towns(units={"light": {COLUMN: False}})
    assert holders(world=heavy, status={GUARD: Status.GONE}, **AWAY)[FORD] == RED


@pytest.mark.parametrize(("day", "holder"), [(4, RED), (5, BLUE)])
def test_bands_do_not_roam_from_a_place_just_taken(day, holder):
    # North was taken on day 3; two days to settle.
    roams = {"taken_on": {NORTH: 3}, "status": {GUARD: Status.GONE}, **AWAY}
    assert holders(rates=rates_of(settle_days=2), day=day, **roams)[FORD] == holder


WARY = three_towns(places={"wary": {FORD: True}})
NEED = rates_of(men_a_resident=0.3, patrol_need=2)
"""For a thousand residents of a wary place 300 men on the spot, or 600 on patrol."""


@pytest.mark.parametrize(("men", "holder"), [(300, BLUE), (299, RED)])
def test_the_feared_side_needs_men_for_those_at_home_in_a_wary_place(men, holder):
    there = {"unit_place": {COLUMN: FORD}, "men": {POST: 0, COLUMN: men}, "at_home": {3: 1000}}
    assert holders(world=WARY, rates=NEED, status={GUARD: Status.GONE}, **there)[FORD] == holder
    assert holders(rates=NEED, status={GUARD: Status.GONE}, **there)[FORD] == BLUE


@pytest.mark.parametrize(("men", "at_home", "holder"), [(600, 1000, BLUE), (599, 1000, RED), (599, 0, BLUE)])
def test_patrols_need_more_men_for_a_wary_place_until_it_has_emptied(men, at_home, holder):
    near = {"men": {POST: 0, COLUMN: men}, "at_home": {3: at_home}, "status": {GUARD: Status.GONE}}
    assert holders(world=WARY, rates=NEED, **near)[FORD] == holder


def test_men_on_the_spot_go_before_patrols():
    both = {"unit_place": {GUARD: FORD, RESERVE: FORD}, "men": {POST: 0, RESERVE: 60, GUARD: 50}}
    assert holders(control={FORD: BLUE}, **both)[FORD] == RED


def test_leave_to_take_over_is_used_once_the_holder_has_gone():
    # The guard comes to ford with leave; red is neither there nor one road away.
    gone = {"unit_place": {GUARD: FORD}, "men": {HQ: 0, POST: 0, RESERVE: 0}, "status": {COLUMN: Status.GONE}}
    assert holders(leave=[(GREEN, RED)], **gone)[FORD] == GREEN
    assert holders(**gone)[FORD] == RED


def test_leave_is_used_by_men_on_the_spot_though_the_holder_stands_one_road_away():
    near = {"unit_place": {GUARD: FORD}, **AWAY, "status": {COLUMN: Status.GONE}}
    assert holders(leave=[(GREEN, RED)], **near)[FORD] == GREEN
    assert holders(leave=[(GREEN, RED)], **{**near, "men": {}})[FORD] == RED


def test_leave_is_no_right_of_patrols_while_the_holder_stands_one_road_away():
    near = {**AWAY, "status": {COLUMN: Status.GONE}}
    assert holders(leave=[(GREEN, RED)], **near)[FORD] == RED


@pytest.mark.parametrize(("day", "holder"), [(8, GREEN), (9, RED)])
def test_men_who_have_just_broken_hold_nothing_against_leave(day, holder):
    # The post broke on day 3 and is shaken for 5 days; it stands in ford again, and so does the guard.
    broke = {"unit_place": {GUARD: FORD}, "status": {COLUMN: Status.GONE}, "broke_on": {POST: 3}}
    assert holders(leave=[(GREEN, RED)], day=day, **broke)[FORD] == holder
    assert holders(day=day, **broke)[FORD] == RED


@pytest.mark.parametrize(("guarded", "holder"), [(False, BLUE), (True, RED)])
def test_an_installation_is_held_by_those_inside_never_by_patrols(guarded, holder):
    world = three_towns(places={"guarded": {FORD: guarded}})
    alone = {"men": {HQ: 0, POST: 0, RESERVE: 0, GUARD: 0}}
    assert holders(world=world, **alone)[FORD] == holder


def test_a_place_where_the_holder_broke_counts_as_abandoned():
    broke = {"unit_place": {GUARD: FORD}, **AWAY, "broke_on": {POST: 0}, "broke_at": {POST: FORD}}
    assert holders(leave=[(GREEN, RED)], status={COLUMN: Status.GONE}, **broke)[FORD] == GREEN


def test_leave_with_patrols_alone():
    # The guard stays in hills; its patrols reach ford, which red has abandoned.
    gone = {"men": {HQ: 0, POST: 0, RESERVE: 0}, "status": {COLUMN: Status.GONE}}
    assert holders(leave=[(GREEN, RED)], **gone) == [BLUE, GREEN, RED, GREEN]


def test_replicas_are_settled_each_by_itself():
    seen = seen_of(WORLD, 3, unit_place={COLUMN: FORD}, men={POST: [200, 0, 0], COLUMN: [400, 400, 0]})
    nobody = Passing.nobody(), np.zeros((3, 6), np.bool_)
    got = control.settle(WORLD, rates_of(3), seen, standing_units(WORLD, seen), np.zeros((3, 3, 3), np.bool_), nobody)
    assert got.control[:, FORD].tolist() == [RED, BLUE, RED]
    assert got.contested_by[:, FORD].tolist() == [BLUE, NOBODY, NOBODY]
    assert got.control[:, HILLS].tolist() == [GREEN] * 3


# Taken on the way

EMPTY = {"men": {HQ: 0, POST: 0, RESERVE: 0, GUARD: 0}, "status": {COLUMN: Status.GONE}}


@pytest.mark.parametrize(("men", "holder"), [(50, BLUE), (49, RED)])
def test_columns_take_an_enemys_empty_place_that_they_go_through(men, holder):
    assert holders(passed=[(BLUE, FORD, men)], **EMPTY)[FORD] == holder


def test_a_place_with_men_in_it_or_of_a_friend_is_not_taken_on_the_way():
    assert holders(passed=[(BLUE, FORD, 400)], status={COLUMN: Status.GONE})[FORD] == RED
    assert holders(passed=[(GREEN, FORD, 400)], **EMPTY)[FORD] == RED


def test_neither_cities_and_installations_nor_wary_places_full_of_people_are_taken_on_the_way():
    guarded = three_towns(places={"guarded": {FORD: True}})
    assert holders(world=guarded, passed=[(BLUE, FORD, 400)], **EMPTY)[FORD] == RED
    wary, rates = three_towns(places={"wary": {FORD: True}}), rates_of(men_a_resident=0.3)
    assert holders(world=wary, rates=rates, passed=[(BLUE, FORD, 299)], at_home={3: 1000}, **EMPTY)[FORD] == RED
    assert holders(world=wary, rates=rates, passed=[(BLUE, FORD, 300)], at_home={3: 1000}, **EMPTY)[FORD] == BLUE


def test_patrols_do_not_take_back_what_the_feared_side_holds():
    # Blue's ford is empty; green's guard in hills is light and patrols 30 km. People flee blue, then nobody.
    world = three_towns(units={"light": {GUARD: True}})
    away = {"control": {FORD: BLUE}, "status": {COLUMN: Status.GONE}, "men": {POST: 0}}
    assert holders(world=world, **away)[FORD] == BLUE
    fearless = three_towns(units={"light": {GUARD: True}}, people={"feared": NOBODY})
    assert holders(world=fearless, **away)[FORD] == GREEN


def test_bands_roam_only_from_places_that_no_enemy_holds():
    # The column has a foothold in ford, which red holds with the post; south is empty and 20 km away.
    world = three_towns(units={"patrol_m": {COLUMN: 20_000}})
    inside_ford = {"unit_place": {COLUMN: FORD}, "men": {HQ: 0, RESERVE: 0}}
    assert holders(world=world, **inside_ford)[SOUTH] == RED
    assert holders(world=world, control={FORD: BLUE}, **inside_ford, status={POST: Status.GONE})[SOUTH] == BLUE


REMOTE = three_towns(places={"remote": {FORD: True}, "guarded": {FORD: True}})
"""Ford as a border crossing far from any town."""


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({}, BLUE),
        ({"supplied": {FORD: True}}, NOBODY),
        ({"men": {POST: 50}}, NOBODY),
        ({"men": {POST: 49}}, BLUE),
        ({"unit_place": {GUARD: FORD}, "men": {POST: 0}}, NOBODY),
        ({"control": {FORD: BLUE}}, RED),
    ],
)
def test_a_remote_crossing_without_men_or_supply_is_in_nobodys_hands(changes, by):
    # Nobody stands at ford, unless a row says so. Whoever holds it keeps the name; an enemy's stands beside it.
    given = {**AWAY, **changes}
    found = evening(REMOTE, **given)
    assert found.contested_by[0].tolist() == [NOBODY, by, NOBODY, NOBODY]
    assert found.control[0, FORD] == changes.get("control", {}).get(FORD, RED)


def test_a_town_without_men_or_supply_stays_its_holders():
    assert inside(**AWAY) == [NOBODY] * 4


def test_who_comes_to_a_crossing_in_nobodys_hands_takes_it():
    assert evening(REMOTE, unit_place={COLUMN: FORD}, **AWAY).control[0, FORD] == BLUE


def test_raiders_contest_a_place_and_do_not_take_it():
    alone = {"unit_place": {COLUMN: FORD}, **AWAY}
    raid = evening(raids=[COLUMN], **alone)
    assert (raid.control[0, FORD], raid.contested_by[0, FORD]) == (RED, BLUE)


def test_who_stays_beside_raiders_takes_the_place_with_men_enough_of_his_own():
    # Of blue's men at ford the column's 400 raid; the cell's 60 came to stay, and 50 hold a place.
    met = {"unit_place": {COLUMN: FORD}, "status": {CELL: Status.ACTIVE}, **AWAY}
    assert evening(raids=[COLUMN], **met).control[0, FORD] == BLUE
    met["men"] = {POST: 0, CELL: 49}
    assert evening(raids=[COLUMN], **met).control[0, FORD] == RED
