from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from tests.campaign.helpers import game_of

from offensive_sim.campaign.compiling import compile_scenario
from offensive_sim.campaign.network import network
from offensive_sim.campaign.opening import opening, rates
from offensive_sim.engine.axes import NEVER, NOBODY, RULED_OUT, Status
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.rates import names
from offensive_sim.scenario.ground import Link
from offensive_sim.scenario.relief import Transport, WarningGiven
from offensive_sim.scenario.rules import RULES

NORTH, FORD, SOUTH = range(3)
RED, BLUE = range(2)
HQ, COMPANY, RESERVE, COLUMN = range(4)


@pytest.fixture(scope="module")
def world():
    return game_of("three-towns")[0].world


# Names and dates


def test_names_become_numbers_in_the_order_of_the_files(world):
    assert world.places.ids == ("north", "ford", "south")
    assert world.factions.ids == ("red", "blue")
    assert world.units.ids == ("red-hq", "red-bridge-company", "red-reserve", "blue-column")
    assert world.people.group_ids == ("hill-north", "river-north")
    assert world.triggers.ids == ("commander-leaves", "bridge-damaged", "bridge-damaged/closed", "bridge-damaged/open")


def test_days_count_from_the_first(world):
    # Ten days; the reserve appears on 3 June, the third.
    assert world.n_days == 10
    assert world.units.appears.tolist() == [NEVER, NEVER, 2, NEVER]
    assert world.units.held_back.tolist() == [False, False, True, False]
    assert world.triggers.earliest[0] == 2


def test_units_keep_what_the_files_say(world):
    units = world.units
    assert units.start.tolist() == [SOUTH, FORD, SOUTH, NORTH]
    assert units.parent.tolist() == [NOBODY, HQ, HQ, NOBODY]
    assert units.men.tolist() == [150, 80, 400, 450]
    assert units.men_low.tolist() == [100, 60, 300, 300]
    assert units.quality == pytest.approx([0.3, 0.25, 0.4, 0.45])
    assert units.home[COMPANY].tolist() == [False, True, False]
    assert units.patrol_m.tolist() == [0, 0, 0, 10_000]
    assert units.light.tolist() == [False, False, False, True]


def test_fixed_points_are_cadre_leadership_ghosts_and_pay(world):
    # Ghost share 0.4 is where ghosts start to tell: none. The company goes unpaid, the reserve has a commander.
    assert world.units.fixed_points.tolist() == [[0, 0, 0, 0], [0, 0, 0, 1], [0, 5, 0, 0], [0, 0, 0, 0]]


def test_hostility_counts_both_ways(world):
    assert world.factions.hostile.tolist() == [[False, True], [True, False]]
    assert world.factions.sources[RED].tolist() == [False, False, True]
    assert world.factions.lives_off_land.tolist() == [False, True]


def test_people_of_a_place_are_shared_out_to_groups_less_those_already_away(world):
    # North 40,000 x 0.8 and 0.2, south 12,000 x 0.5 twice; 500 of the 14,000 river people are away:
    # 8,000 - 8,000 x 500/14,000 = 7,714 and 6,000 - 214 = 5,786.
    people = world.people
    assert people.home_group.tolist() == [0, 0, 1, 1]
    assert people.home_place.tolist() == [NORTH, SOUTH, NORTH, SOUTH]
    assert people.persons.tolist() == [32_000, 6_000, 7_714, 5_786]
    assert people.displaced[1].tolist() == [0, 0, 500]


def test_effects_name_their_triggers_and_both_directions_of_a_road(world):
    # Account "closed" is trigger 2; the road ford - south is links 2 and 3 (sorted by start).
    roads = world.effects.roads
    assert roads.trigger.tolist() == [2]
    ends = [(int(world.links.start[link]), int(world.links.end[link])) for link in roads.links[0]]
    assert ends == [(FORD, SOUTH), (SOUTH, FORD)]
    assert (roads.closes.tolist(), roads.days.tolist()) == ([True], [5])
    assert world.effects.command_leaves.unit.tolist() == [HQ]


def test_a_warning_is_compiled_with_its_place_share_and_days():
    scenario = game_of("three-towns")[0].scenario
    told = WarningGiven(kind="warning", place="south", share=0.5, days=2)
    first = next(iter(scenario.triggers))
    trigger = scenario.triggers[first].model_copy(update={"then": (told,)})
    warnings = compile_scenario(scenario.model_copy(update={"triggers": {first: trigger}})).world.effects.warnings
    assert [x.tolist() for x in (warnings.trigger, warnings.place, warnings.share, warnings.days)] == [
        [0], [SOUTH], [0.5], [2]
    ]  # fmt: skip


def test_a_transport_is_compiled_with_its_ends_and_whom_it_takes():
    scenario = game_of("three-towns")[0].scenario
    ride = {"kind": "transport", "place": "north", "to": "south", "persons": 300, "days": 4}
    some, everybody = Transport(**ride, communities=(list(scenario.communities)[1],)), Transport(**ride)
    first = next(iter(scenario.triggers))
    trigger = scenario.triggers[first].model_copy(update={"then": (some, everybody)})
    rides = compile_scenario(scenario.model_copy(update={"triggers": {first: trigger}})).world.effects.transports
    assert [x.tolist() for x in (rides.start, rides.end, rides.persons, rides.days)] == [
        [NORTH, NORTH], [SOUTH, SOUTH], [300, 300], [4, 4]
    ]  # fmt: skip
    assert rides.carries.tolist() == [[False, True], [True, True]]


def test_the_world_refuses_writes(world):
    assert [name for name, array in _arrays(world) if array.flags.writeable] == []


def test_a_group_that_is_at_home_nowhere_has_only_its_displaced():
    scenario = game_of("three-towns")[0].scenario
    groups = {**scenario.groups, "river-north": scenario.groups["river-north"].model_copy(update={"shares": {}})}
    game = compile_scenario(scenario.model_copy(update={"groups": groups}))
    state = opening(game, Dice(1, np.arange(1)), spread=False)
    assert state.group_persons.tolist() == [[38_000, 500]]


def _arrays(part, path=""):
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, np.ndarray):
            yield path + field.name, value
        elif is_dataclass(value):
            yield from _arrays(value, f"{path}{field.name}.")


# The roads


def road(a, b, km, kind="highway"):
    return Link(a=a, b=b, km=km, km_source="invented", road=kind)


@pytest.fixture(scope="module")
def net():
    """A square: a - b 10 km, b - d 10 km, a - c 5 km, c - d 30 km; and a - d 25 km straight."""
    places = {name: number for number, name in enumerate("abcd")}
    roads = (road("b", "a", 10), road("b", "d", 10), road("a", "c", 5), road("c", "d", 30), road("a", "d", 25))
    return network(places, roads)


def test_every_road_goes_both_ways_sorted_by_start(net):
    ends = list(zip(net.links.start.tolist(), net.links.end.tolist(), strict=True))
    assert ends == [(0, 1), (0, 2), (0, 3), (1, 0), (1, 3), (2, 0), (2, 3), (3, 0), (3, 1), (3, 2)]
    assert [ends[link] for link in net.links.reverse] == [(b, a) for a, b in ends]
    assert net.links.metres.tolist() == [10_000, 5_000, 25_000, 10_000, 10_000, 5_000, 30_000, 25_000, 10_000, 30_000]


def test_ways_are_the_shortest(net):
    # a to d: over b 20, straight 25, over c 35. c to d: over a and b 25, straight 30.
    assert (net.links.way_m // 1000).tolist() == [[0, 10, 5, 20], [10, 0, 15, 10], [5, 15, 0, 25], [20, 10, 25, 0]]


def test_the_next_road_leads_along_the_shortest_way(net):
    links = net.links

    def walk(here, goal):
        way = [here]
        while here != goal:
            here = int(links.neighbour[here, links.next_slot[here, goal]])
            way.append(here)
        return "".join("abcd"[place] for place in way)

    assert [walk(0, 3), walk(3, 0), walk(2, 3), walk(3, 2), walk(1, 2)] == ["abd", "dba", "cabd", "dbac", "bac"]


def test_worse_roads_count_longer_for_a_column_and_no_longer_on_the_map():
    links = network({"a": 0, "b": 1}, (road("a", "b", 10, "track"),)).links
    assert links.metres.tolist() == [10_000, 10_000]
    assert links.march_m.tolist() == [22_000, 22_000]


def test_a_place_without_roads_is_reached_by_nobody():
    links = network({"a": 0, "b": 1, "c": 2}, (road("a", "b", 10),)).links
    assert links.neighbour[2].tolist() == [-1]
    assert links.way_m[0, 2] > 1_000_000_000


def test_a_threat_falls_with_hours_of_road_and_is_felt_at_home_in_full():
    # 50 km are an hour of column march: exp(-1/0.9) = 0.329; 450 km, nine hours, are not felt.
    net = network({"a": 0, "b": 1, "c": 2}, (road("a", "b", 50), road("b", "c", 400)))
    felt = net.threat_weight
    assert felt[0, 0] == felt[1, 1] == felt[2, 2] == 1000
    assert felt[0, 1] == felt[1, 0] == pytest.approx(1000 * np.exp(-1 / 0.9), abs=1)
    assert felt[0, 2] == felt[2, 0] == 0
    assert (felt == np.round(felt)).all()


# The opening and the rules' numbers


def openings(n, *, spread, seed=1):
    game, _ = game_of("three-towns")
    return opening(game, Dice(seed, np.arange(n)), spread=spread)


def test_the_opening_without_spread_is_the_best_estimate():
    state = openings(2, spread=False)
    assert state.problems() == []
    assert state.men.tolist() == [[150, 80, 400, 450]] * 2
    assert state.control.tolist() == [[BLUE, RED, RED]] * 2
    assert state.status[0].tolist() == [Status.ACTIVE, Status.ACTIVE, Status.WAITING, Status.ACTIVE]
    assert state.persons().tolist() == [52_000, 52_000]
    assert state.group_persons.tolist() == [[38_000, 14_000]] * 2


def test_the_opening_with_spread_is_drawn_in_its_range():
    state = openings(200, spread=True)
    low, high = np.array([100, 60, 300, 300]), np.array([200, 100, 500, 500])
    assert (state.men >= low).all()
    assert (state.men <= high).all()
    assert (np.ptp(state.men, axis=0) > 0.5 * (high - low)).all()
    assert (state.group_persons == state.displaced() + _at_home(state)).all()


def _at_home(state):
    groups = game_of("three-towns")[0].world.people.home_group
    return np.stack([state.at_home[:, groups == group].sum(axis=1) for group in range(2)], axis=1)


def test_of_rival_accounts_one_is_true_by_its_weight():
    # Closed 0.7, open 0.3; without spread the heavier one.
    assert openings(1, spread=False).fired_on[0].tolist() == [NEVER, NEVER, NEVER, RULED_OUT]
    fired = openings(1000, spread=True).fired_on
    assert ((fired[:, 2:] == RULED_OUT).sum(axis=1) == 1).all()
    assert (fired[:, 2] == NEVER).mean() == pytest.approx(0.7, abs=0.05)


def test_numbers_without_spread_are_the_rules_or_the_scenarios():
    game, _ = game_of("three-towns")
    central = rates(game, Dice(1, np.arange(2)), spread=False)
    for name in names():
        expected = 30 if name == "home" else RULES[name].value
        assert getattr(central, name).tolist() == [expected] * 2, name
    assert (central.unit_luck == 0.5).all()
    assert (central.flight_luck == 1).all()


def test_numbers_with_spread_lie_in_their_ranges_and_differ_by_replica():
    game, _ = game_of("three-towns")
    drawn = rates(game, Dice(1, np.arange(100)), spread=True)
    for name in names():
        value = getattr(drawn, name)
        assert (value >= RULES[name].low).all(), name
        assert (value <= RULES[name].high).all(), name
        assert np.ptp(value) > 0, name
    low, _, high = game.world.people.vulnerability.T
    assert ((drawn.vulnerability >= low) & (drawn.vulnerability <= high)).all()
    assert (np.ptp(drawn.vulnerability, axis=0) > 0).all()
    assert np.median(drawn.flight_luck) == pytest.approx(1, abs=0.15)


def test_reinforcements_lie_in_their_ranges():
    game, _ = game_of("june-2014")
    said = game.world.effects.reinforce
    assert len(said.unit)
    central, drawn = (rates(game, Dice(1, np.arange(50)), spread=spread).reinforcements for spread in (False, True))
    assert (central == said.value).all()
    assert ((drawn >= said.low) & (drawn <= said.high)).all()
    assert (np.ptp(drawn, axis=0)[said.high > said.low] > 0).all()


@pytest.mark.parametrize("name", ["june-2014", "summer-2014", "three-towns"])
def test_the_opening_nerve_is_what_a_quiet_day_would_give(name):
    game, _ = game_of(name)
    state = opening(game, Dice(1, np.arange(1)), spread=False)
    assert ((state.nerve >= 0) & (state.nerve <= 100)).all()
    assert state.problems() == []
