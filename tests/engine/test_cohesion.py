from dataclasses import replace

import numpy as np
import pytest
from tests.worlds import (
    BLUE,
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
    Given,
    for_units,
    on_nerve,
    orders_of,
    pressure_of,
    rates_of,
    seen_of,
    three_towns,
    uniform,
)

from offensive_sim.campaign.network import network
from offensive_sim.engine.axes import NO_LINK, OFF_MAP, Status
from offensive_sim.engine.journal import Factor
from offensive_sim.engine.lasting import Ground, lasting
from offensive_sim.engine.nerve import Scales
from offensive_sim.engine.phases import cohesion, march
from offensive_sim.engine.presence import standing_units, units_at
from offensive_sim.scenario.ground import Link

WORLD = three_towns()
SIGHT = WORLD.links.way_m <= 30_000
"""Ford, north and south see each other; hills is 30 km from ford only."""
FIGHT = {"power": {(RED, FORD): 100.0, (BLUE, FORD): 100.0}, "enemy": {(RED, FORD): 100.0, (BLUE, FORD): 100.0}}
"""Even odds at ford: red's post is tested, and counts no points for odds."""


def outcome_of(*, world=WORLD, day=0, luck=0.5, lasting=0.5, rates=None, pressure=None, **changes):
    seen = seen_of(world, day=day, **changes)
    told = pressure_of(**(FIGHT if pressure is None else pressure))
    numbers = replace(rates or rates_of(), unit_luck=uniform(lasting, 1, 6))
    return cohesion.hold_or_break(world, numbers, seen, told, Given(luck))


def went_home(outcome):
    """Men of each unit who dispersed."""
    return np.bincount(outcome.leave, outcome.went_home, 6).tolist()


def points(factor, unit=POST, world=WORLD, day=0, **arguments):
    outcome = outcome_of(world=world, day=day, **arguments)
    row = outcome.reasons.unit.tolist().index(unit)
    return int(outcome.reasons.points[row, factor])


def who_is_tested(**arguments):
    return sorted(outcome_of(**arguments).reasons.unit.tolist())


def told(**changes):
    """Even odds at ford, and something more."""
    return {name: {**FIGHT.get(name, {}), **changes.get(name, {})} for name in {*FIGHT, *changes}}


# Who is tested


def test_units_out_of_contact_are_not_tested():
    assert who_is_tested(pressure={}) == []


def test_a_unit_in_contact_is_tested():
    assert who_is_tested() == [POST]


def test_a_unit_without_supply_is_tested():
    assert who_is_tested(pressure={}, days_cut={GUARD: 1}) == [GUARD]


def test_units_underground_or_on_the_road_are_not_tested():
    assert who_is_tested(status={POST: Status.UNDERGROUND}) == []
    assert who_is_tested(unit_link={POST: 2}, unit_left_m={POST: 9}) == []


# Each reason, in points of the round rates


@pytest.mark.parametrize(
    ("factor", "expected", "world", "changes"),
    [
        (Factor.BASE, 50, {}, {}),
        (Factor.HOME, 20, {}, {}),
        (Factor.HOME, 0, {"units": {"home": False}}, {}),
        (Factor.HOME, 15, {"units": {"home": False}, "places": {"shrine": {FORD: True}}}, {}),
        (Factor.HOME, 20, {"places": {"shrine": {FORD: True}}}, {}),
        (Factor.CADRE, 7, {"units": {"fixed_points": {(POST, 0): 7}}}, {}),
        (Factor.LEADERSHIP, -6, {"units": {"fixed_points": {(POST, 1): -6}}}, {}),
        (Factor.HEADQUARTERS, 0, {}, {}),
        (Factor.HEADQUARTERS, 10, {}, {"unit_place": {HQ: FORD}}),
        (Factor.HEADQUARTERS, 0, {}, {"unit_place": {HQ: FORD}, "status": {HQ: Status.FALLING_BACK}}),
        (Factor.NO_WAY_OUT, 0, {}, {}),
        (Factor.NO_WAY_OUT, 12, {}, {"control": [BLUE, RED, BLUE, BLUE]}),
        (Factor.GROUND, 0, {}, {}),
        (Factor.GROUND, 8, {"places": {"river_bend": {FORD: True}}}, {}),
        (Factor.GROUND, 0, {"places": {"river_bend": {FORD: True}}}, {"control": {FORD: BLUE}}),
        (Factor.GHOSTS, -10, {"units": {"fixed_points": {(POST, 2): 50}}}, {}),
        (Factor.UNPAID, -14, {"units": {"fixed_points": {(POST, 3): 1}}}, {}),
        (Factor.ESTRANGED, 0, {"places": {"estranged": {(RED, FORD): True}}}, {}),
        (Factor.ESTRANGED, -16, {"places": {"estranged": {(RED, FORD): True}}, "units": {"home": False}}, {}),
        (Factor.ISOLATION, 0, {}, {"days_cut": {POST: 3}}),
        (Factor.ISOLATION, -8, {}, {"days_cut": {POST: 5}}),
        (Factor.ISOLATION, -120, {}, {"days_cut": {POST: 99}}),
        (Factor.OUTGUNNED, 0, {}, {}),
        (Factor.OUTGUNNED, -15, {}, {"kit_ready": {BLUE: 100}}),
        (Factor.OUTGUNNED, 0, {}, {"kit_ready": {BLUE: 100, RED: 100}}),
        (Factor.OUTGUNNED, 0, {}, {"kit_ready": {GREEN: 100}}),
        (Factor.SHAKEN, 0, {}, {}),
        (Factor.LUCK, 0, {}, {}),
    ],
)
def test_a_reason_counts_its_points(factor, expected, world, changes):
    assert points(factor, world=three_towns(**world), **changes) == expected


@pytest.mark.parametrize(("power", "enemy", "expected"), [(100, 100, 0), (300, 100, 20), (100, 300, -20), (0, 50, -40)])
def test_odds_are_the_difference_of_powers_over_their_sum(power, enemy, expected):
    pressure = {"power": {(RED, FORD): float(power)}, "enemy": {(RED, FORD): float(enemy)}}
    assert points(Factor.ODDS, pressure=pressure) == expected


def test_without_an_enemy_neither_odds_nor_weapons_count():
    quiet = {"pressure": {"power": {(RED, FORD): 100.0}}, "days_cut": {POST: 1}, "kit_ready": {BLUE: 900}}
    assert points(Factor.ODDS, **quiet) == 0
    assert points(Factor.OUTGUNNED, **quiet) == 0


@pytest.mark.parametrize(
    ("suffered", "supported", "expected"), [(0, 0, 0), (2, 0, -10), (9, 0, -20), (0, 3, 10), (1, 1, 5)]
)
def test_strikes_suffered_cost_nerve_up_to_four_and_ones_own_aircraft_give_some(suffered, supported, expected):
    pressure = told(suffered={(RED, FORD): suffered}, supported={(RED, FORD): supported})
    assert points(Factor.AIR, pressure=pressure) == expected


def test_works_count_for_the_holder_only():
    # Four points are always there, nine more were dug.
    pressure, dug = told(works={(RED, FORD): 9}), three_towns(places={"works": {FORD: 4}})
    assert points(Factor.GROUND, pressure=pressure) == 9
    assert points(Factor.GROUND, pressure=pressure, world=dug) == 13
    assert points(Factor.GROUND, pressure=pressure, control={FORD: BLUE}) == 0


@pytest.mark.parametrize(
    ("power", "changes", "expected"),
    [
        (200.0, {}, 6),
        (199.0, {}, 0),
        (200.0, {"control": {SOUTH: GREEN}}, 0),
    ],
)
def test_help_is_near_if_enough_of_ones_own_stand_one_road_away_in_ones_own_place(power, changes, expected):
    assert points(Factor.RELIEF, pressure=told(power={(RED, SOUTH): power}), **changes) == expected


def test_help_that_is_itself_fighting_is_no_help():
    pressure = told(power={(RED, SOUTH): 900.0}, enemy={(RED, SOUTH): 1.0})
    assert points(Factor.RELIEF, pressure=pressure) == 0


def test_an_airlift_is_help():
    assert points(Factor.RELIEF, pressure=told(airlift={(RED, FORD): True})) == 6


@pytest.mark.parametrize(
    ("place", "day", "expected"), [(OFF_MAP, 2, -9), (FORD, 2, -9), (SOUTH, 2, 0), (OFF_MAP, 3, 0)]
)
def test_news_counts_for_those_it_is_about_where_and_while_it_lasts(place, day, expected):
    # Trigger 0 happened on day 1 and lasts two days: days 1 and 2.
    world = three_towns(effects={"nerve": on_nerve((0, [POST], place, -9, 2))})
    assert points(Factor.NEWS, world=world, day=day, fired_on={0: 1}) == expected


def test_news_adds_up_and_passes_others_by():
    news = on_nerve((0, [POST], OFF_MAP, -9, 5), (1, [POST, COLUMN], OFF_MAP, 4, 5))
    world = three_towns(effects={"nerve": news})
    happened = {"fired_on": {0: 0, 1: 0}}
    assert points(Factor.NEWS, world=world, **happened) == -5
    assert points(Factor.NEWS, RESERVE, world, days_cut={RESERVE: 1}, **happened) == 0


@pytest.mark.parametrize(("fired", "expected"), [({}, -14), ({0: 0}, 0), ({0: 0, 1: 1}, -14), ({0: 1, 1: 0}, 0)])
def test_the_newest_word_about_pay_counts(fired, expected):
    paid = for_units((0, POST, 0, 1, 0), (1, POST, 0, 0, 0))
    world = three_towns(effects={"paid": paid}, units={"fixed_points": {(POST, 3): 1}})
    assert points(Factor.UNPAID, world=world, day=1, fired_on=fired) == expected


@pytest.mark.parametrize(("broke_on", "expected"), [(-1, 0), (4, -18), (5, -18), (3, 0)])
def test_a_unit_that_broke_lately_is_shaken(broke_on, expected):
    # Day 9, five days.
    assert points(Factor.SHAKEN, day=9, broke_on={POST: broke_on}) == expected


def rout(men=200, broke_at=SOUTH):
    """The reserve, with so many men, broke on day 5; nobody is in contact."""
    return {"pressure": {}, "broke_on": {RESERVE: 5}, "broke_men": {RESERVE: men}, "broke_at": {RESERVE: broke_at}}


@pytest.mark.parametrize(("share", "expected"), [(0.4, -24), (0.2, -24), (0.8, -12), (1.6, -6)])
def test_a_rout_shocks_by_the_share_of_the_commands_men_within_reach_who_broke(share, expected):
    # 200 broke, headquarters and post stand with 300: 0.4 of them, in full if that is the share that shocks.
    assert points(Factor.SHOCK, day=6, rates=rates_of(shock=24, shock_share=share), **rout()) == expected


@pytest.mark.parametrize(("day", "heard"), [(5, False), (6, True), (8, True), (9, False)])
def test_a_rout_is_heard_of_from_the_next_day_on_while_it_is_news(day, heard):
    assert (POST in who_is_tested(day=day, **rout())) == heard


@pytest.mark.parametrize(("men", "heard"), [(27, True), (26, False)])
def test_a_rumour_below_a_fifth_of_the_shock_tests_nobody(men, heard):
    # 27 of 327 are 0.083, over 0.4 a share of 0.206; 26 of 326 are 0.199.
    assert (POST in who_is_tested(day=6, **rout(men))) == heard


def test_a_rout_does_not_shock_another_command():
    assert GUARD not in who_is_tested(day=6, **rout(400, FORD))


def test_only_men_under_arms_on_the_map_stand_against_a_rout():
    # 200 broke; headquarters and post stand with 300, so 0.4 broke: half of a share of 0.8, 12 of 24 points. Were the
    # headquarters' 100 unarmed, or not on the map yet, it would be 200 of 400: 15 points.
    heard = {"day": 6, "rates": rates_of(shock=24, shock_share=0.8), **rout(200)}
    assert points(Factor.SHOCK, **heard) == -12
    assert points(Factor.SHOCK, **heard, world=three_towns(units={"armed": {HQ: False}})) == -15
    assert points(Factor.SHOCK, **heard, unit_place={HQ: OFF_MAP}, status={HQ: Status.WAITING}) == -15


def tonight(sight=SIGHT, men=200, post=24, **changes):
    """The post breaks at ford, in contact and nobody else: who was tested, and who broke."""
    world = three_towns(units={"home": False, "fixed_points": {(POST, 0): post - 40}}, sight=sight)
    outcome = outcome_of(world=world, rates=rates_of(base=40, **changes), men={POST: men})
    return outcome.reasons.unit.tolist(), outcome.routed.unit.tolist(), outcome


def test_a_rout_is_news_the_same_evening_to_who_is_in_sight_of_it():
    # 200 of the command's 700 men broke: 0.286 over 0.4 is 0.71 of 20 points, 14 to the nearest. The reserve has its
    # headquarters' 10 beside it.
    tested, broke, outcome = tonight(shock=20)
    assert (tested, broke) == ([HQ, POST, RESERVE], [POST])
    assert outcome.reasons.points[:, Factor.SHOCK].tolist() == [-14, 0, -14]
    assert outcome.nerve[0, [HQ, POST, RESERVE]].tolist() == [26, 24, 36]


def test_who_is_out_of_sight_hears_of_a_rout_tomorrow():
    assert tonight(sight=np.eye(4, dtype=np.bool_))[0] == [POST]


def test_a_rout_that_is_no_news_is_none_the_same_evening_either():
    # 39 of 539 men are 0.072, over 0.4 a share of 0.18: a rumour. A unit that stands is no news at all.
    assert tonight(men=39)[:2] == ([POST], [POST])
    assert tonight(post=25)[:2] == ([POST], [])


def test_men_are_tested_again_once_an_evening():
    # Headquarters and reserve break on the news of the post; nobody hears of that before tomorrow.
    assert tonight(shock=40)[:2] == ([HQ, POST, RESERVE], [HQ, POST, RESERVE])
    assert tonight(shock=40)[2].reasons.points[1, Factor.SHOCK] == 0


def test_a_rout_out_of_reach_shocks_nobody():
    # The reserve broke in hills, 50 km from south, where the headquarters stands.
    assert HQ not in who_is_tested(day=6, **rout(400, HILLS))


GONE = three_towns(effects={"command_leaves": for_units((0, HQ, 0, 0, 0))}, sight=SIGHT)


def test_when_commanders_go_everyone_below_within_sight_is_tested():
    # South to ford is 20 km; the guard is not below the headquarters.
    assert who_is_tested(world=GONE, pressure={}, fired_on={0: 0}) == [HQ, POST, RESERVE]
    assert points(Factor.COMMAND_GONE, world=GONE, fired_on={0: 0}) == -35


def test_who_is_far_away_does_not_see_commanders_go():
    assert who_is_tested(world=GONE, pressure={}, fired_on={0: 0}, unit_place={RESERVE: HILLS}) == [HQ, POST]


def test_the_shock_of_commanders_going_lasts_its_days():
    assert who_is_tested(world=GONE, pressure={}, fired_on={0: 0}, day=1) == [HQ, POST, RESERVE]
    assert who_is_tested(world=GONE, pressure={}, fired_on={0: 0}, day=2) == []


def test_a_headquarters_without_commanders_steadies_nobody():
    stayed = {"unit_place": {HQ: FORD}, "fired_on": {0: 0}}
    assert points(Factor.HEADQUARTERS, world=GONE, **stayed) == 0


@pytest.mark.parametrize(
    ("luck", "lasting", "expected"), [(0.5, 0.5, 0), (0.0, 0.5, -10), (0.999, 0.5, 10), (0.0, 0.0, -20)]
)
def test_luck_is_the_days_and_the_units_own(luck, lasting, expected):
    # 2 x 10 x ((u - 0.5) + (v - 0.5))
    assert points(Factor.LUCK, luck=luck, lasting=lasting) == expected


# What comes of it


def test_nerve_is_the_sum_of_the_reasons():
    outcome = outcome_of()
    # Base 50 and home 20; the rest is nothing. Those who are not tested calm down from 100.
    assert outcome.nerve[0].tolist() == [90, 70, 90, 90, 90, 90]
    assert outcome.reasons.points.sum(axis=1).tolist() == [70]
    assert not len(outcome.routed.unit)


@pytest.mark.parametrize(("before", "after"), [(100, 90), (20, 30), (55, 50), (50, 50), (-120, -110)])
def test_nerve_that_nothing_tests_comes_back_to_rest(before, after):
    # At rest the reserve has the base's 50 points; 50 points in 5 days are 10 a day.
    assert outcome_of(pressure={}, nerve={RESERVE: before}).nerve[0, RESERVE] == after


def test_nerve_at_rest_is_what_no_day_changes():
    # The post at home in ford: base 50, home 20. The column at a shrine with an elite core of 15: 50 + 15 + 15.
    world = three_towns(places={"shrine": {NORTH: True}}, units={"fixed_points": {(COLUMN, 0): 15}})
    rates = rates_of(shaken_days=1)
    nerve = outcome_of(world=world, pressure={}, rates=rates).nerve[0]
    assert nerve[[POST, COLUMN, RESERVE]].tolist() == [70, 80, 50]


def test_nerve_at_rest_follows_a_unit_about_and_is_the_same_whoever_asked_before():
    # Base 50; home, ford, gives 20 more, and the step is as large as it need be. The post goes to south and comes back.
    rates = rates_of(shaken_days=1)
    calm = lasting(WORLD, rates).calm
    for place, rest in ((FORD, 70), (SOUTH, 50), (OFF_MAP, 50), (FORD, 70), (FORD, 70)):
        assert calm.tonight(seen_of(WORLD, unit_place={POST: place}, nerve={POST: 60}))[0, POST] == rest


def test_what_lasts_is_worked_out_once_a_run_for_one_world():
    rates, other = rates_of(), three_towns(units={"home": False})
    once = lasting(WORLD, rates)
    assert lasting(WORLD, rates) is lasting(replace(WORLD, effects=WORLD.effects), rates) is once
    assert lasting(WORLD, replace(rates)) is not once
    assert (once.home[0, once.grounds[POST, FORD]], once.grounds[POST, FORD]) == (20, Ground.HOME)
    assert lasting(other, rates).grounds[POST, FORD] == Ground.PLAIN


def test_no_way_out_heartens_only_those_who_still_have_stocks():
    # Every road from ford leads to blue. Stocks last 3 days.
    ring = {"control": {NORTH: BLUE, SOUTH: BLUE, HILLS: BLUE}}
    assert points(Factor.NO_WAY_OUT, days_cut={POST: 3}, **ring) == 12
    assert points(Factor.NO_WAY_OUT, days_cut={POST: 4}, **ring) == 0


@pytest.mark.parametrize(("base", "breaks"), [(25, False), (24, True)])
def test_a_unit_under_the_mark_breaks(base, breaks):
    away = three_towns(units={"home": False})
    outcome = outcome_of(world=away, rates=rates_of(base=base))
    assert outcome.routed.unit.tolist() == [POST] * breaks
    assert outcome.reasons.broke.tolist() == [breaks]


BROKEN = {"world": three_towns(units={"home": False}), "rates": rates_of(base=0)}


def test_who_breaks_loses_those_who_go_home_and_falls_back_to_its_own():
    # Half of 200 disperse; south is red's only quiet place next to ford.
    outcome = outcome_of(**BROKEN)
    assert went_home(outcome) == [0, 100, 0, 0, 0, 0]
    assert (outcome.routed.unit.tolist(), outcome.rally.tolist()) == ([POST], [SOUTH])


def test_of_two_quiet_places_the_nearer_is_the_way_back():
    # North is 10 km away and red's too.
    assert outcome_of(**BROKEN, control={NORTH: RED}).rally.tolist() == [NORTH]


def test_men_run_to_the_rear():
    # North is red's and 10 km away, but next door to hills: while blue holds hills it counts as 40, and south is 20.
    roads = (("north", "ford", 10), ("ford", "south", 20), ("north", "hills", 30))
    places = {name: number for number, name in enumerate(WORLD.places.ids)}
    links = tuple(Link(a=a, b=b, km=km, km_source="invented", road="highway") for a, b, km in roads)
    world = three_towns(units={"home": False}, links=network(places, links).links)
    held = {"world": world, "rates": rates_of(base=0)}
    assert outcome_of(**held, control={NORTH: RED, HILLS: BLUE}).rally.tolist() == [SOUTH]
    assert outcome_of(**held, control={NORTH: RED, HILLS: GREEN}).rally.tolist() == [NORTH]


@pytest.mark.parametrize("changes", [{"control": {SOUTH: BLUE}}, {"contested_by": {SOUTH: BLUE}}])
def test_without_a_quiet_place_of_its_own_a_broken_unit_dissolves(changes):
    outcome = outcome_of(**BROKEN, **changes)
    assert (outcome.rally.tolist(), went_home(outcome)[POST]) == ([OFF_MAP], 200)


@pytest.mark.parametrize(("men", "leave"), [(120, 60), (119, 119)])
def test_a_remnant_of_fewer_than_sixty_dissolves(men, leave):
    outcome = outcome_of(**BROKEN, men={POST: men})
    assert went_home(outcome)[POST] == leave


@pytest.mark.parametrize(("wary", "into_town"), [(False, True), (True, False)])
def test_men_who_break_at_home_stay_in_town_unless_it_fears_them_gone(wary, into_town):
    # The post is at home in ford: half go home, half stay underground and rally nowhere.
    world = three_towns(places={"wary": {FORD: wary}})
    outcome = outcome_of(world=world, rates=rates_of(base=0))
    assert (went_home(outcome)[POST], outcome.into_town.tolist()) == (100, [into_town])
    assert (outcome.rally.tolist() == [OFF_MAP]) == into_town


@pytest.mark.parametrize(
    ("men", "broke_on", "news"), [(200, -1, True), (20, -1, True), (200, 4, False), (200, 3, True)]
)
def test_a_rout_is_news_unless_its_men_were_still_shaken(men, broke_on, news):
    # Day 9; a unit is shaken for five days after it broke. Few men are news as well, milder by the command's share.
    seen = seen_of(WORLD, day=9, men={POST: men}, broke_on={POST: broke_on})
    routed = units_at(WORLD, seen, np.array([POST]))
    assert cohesion.is_news(rates_of(), seen, routed).tolist() == [news]


def test_nobody_loses_the_last_man_by_standing():
    assert not any(went_home(outcome_of()))


def test_replicas_break_by_their_own_luck():
    seen = seen_of(BROKEN["world"], 2)
    luck = Given([[0.999] * 6, [0.0] * 6])
    pressure = pressure_of(2, **FIGHT)
    outcome = cohesion.hold_or_break(BROKEN["world"], rates_of(2, base=25), seen, pressure, luck)
    assert (outcome.routed.row.tolist(), outcome.routed.unit.tolist()) == ([1], [POST])
    assert outcome.reasons.row.tolist() == [0, 1]


def test_every_factor_is_a_column_of_the_reasons():
    assert outcome_of().reasons.points.shape == (1, len(Factor))


def test_points_are_worked_out_for_the_units_asked_for():
    seen = seen_of(WORLD)
    standing = standing_units(WORLD, seen)
    who = standing.only(np.array([standing.unit.tolist().index(unit) for unit in (GUARD, POST)]))
    rates = rates_of()
    got = Scales(WORLD, rates, seen, pressure_of(), lasting(WORLD, rates)).points_of(who).T
    assert got[:, Factor.HOME].tolist() == [0, 20]


def test_a_broken_unit_whose_way_back_has_fallen_does_not_stay_for_ever():
    # It broke at ford yesterday; south, where it was to rally, is blue's, so it cannot set out: its men go home.
    world = BROKEN["world"]
    changes = {"status": {POST: Status.FALLING_BACK}, "rally": {POST: SOUTH}, "control": {SOUTH: BLUE}}
    seen = seen_of(world, **changes)
    units = standing_units(world, seen)
    stays = march.march(world, rates_of(), seen, units, orders_of(), uniform(0, 1, 6).astype(bool))
    assert (stays.place[0, POST], stays.link[0, POST]) == (FORD, NO_LINK)
    assert went_home(outcome_of(world=world, pressure={}, **changes)) == [0, 200, 0, 0, 0, 0]
