"""What holds in every game: random legal orders, and June as it was ordered."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.campaign.helpers import game_of, plan_of

from offensive_sim.campaign.commanders import STANCE
from offensive_sim.campaign.running import play
from offensive_sim.engine.axes import OFF_MAP
from offensive_sim.engine.orders import Order, Orders, problems

FEW = settings(max_examples=12, derandomize=True, deadline=None)
WORDS = ("hold", "march", "attack", "withdraw", "lie_low")


class Fuzzer:
    """Gives every unit on the map a random order that ``orders.problems`` finds nothing wrong with."""

    def __init__(self, seed):
        self.chance = np.random.default_rng(seed)  # noqa: TID251 - the fuzzer's, not the game's

    def decide(self, world, seen, dice):
        goal, stance = np.full(seen.men.shape, OFF_MAP, np.int16), np.zeros(seen.men.shape, np.int8)
        for row, unit in np.argwhere(seen.unit_place >= 0):
            order = self.order(world, unit)
            if not problems(world, seen, order, row):
                stance[row, unit] = STANCE[order.stance]
                goal[row, unit] = world.places.ids.index(order.goal) if order.goal else OFF_MAP
        return Orders(goal, stance)

    def order(self, world, unit):
        word = WORDS[self.chance.integers(len(WORDS))]
        needs_goal = word in ("march", "attack", "withdraw")
        goal = world.places.ids[self.chance.integers(world.n_places)] if needs_goal else None
        return Order(world.units.ids[unit], word, goal)


def check(game, plan, replicas, commander):
    """Play, and hold every evening to what no game may break."""
    evenings = play(game, plan, np.array(replicas), commander)
    opening = next(evenings).state
    faction = game.world.units.faction
    for evening in evenings:
        state = evening.state
        assert state.problems() == []
        assert np.array_equal(state.persons(), opening.persons())
        assert np.array_equal(state.group_persons, opening.group_persons)
        assert np.array_equal(by_group(game, state), opening.group_persons)
        for one in range(len(game.world.factions.ids)):
            balance = state.men[:, faction == one].sum(axis=1) + state.killed[:, one] + state.dispersed[:, one]
            expected = opening.men[:, faction == one].sum(axis=1) + state.joined[:, one]
            assert np.array_equal(balance, expected), game.world.factions.ids[one]
        assert (evening.journal.forced == 0).all()
        nowhere_else(game, state)
        well_counted(state.in_shelter), well_counted(state.on_road)


def by_group(game, state):
    """Persons of each group, at home and away, shape (R, G)."""
    groups = game.world.people.home_group
    home = [state.at_home[:, groups == group].sum(axis=1) for group in range(state.group_persons.shape[1])]
    return np.stack(home, axis=1) + state.sheltered.sum(axis=2) + state.moving.sum(axis=2)


def well_counted(crowd):
    """The sums that are handed on from day to day are those of the people themselves."""
    assert np.array_equal(crowd.by_group, crowd.dense().sum(axis=2))
    assert np.array_equal(crowd.by_place, crowd.dense().sum(axis=1))


def nowhere_else(game, state):
    """A unit on a road is on one that leaves the place it is counted at; one off the road has no metres to go."""
    on_road = state.unit_link >= 0
    start = game.world.links.start[np.maximum(state.unit_link, 0)]
    assert np.array_equal(start[on_road], state.unit_place[on_road])
    assert (state.unit_left_m[~on_road] == 0).all()
    assert (state.unit_left_m[on_road] <= game.world.links.march_m[state.unit_link[on_road]]).all()


@FEW
@given(seed=some.integers(0, 10_000), spread=some.booleans())
def test_random_legal_orders_break_nothing_in_three_towns(seed, spread):
    game, _ = game_of("three-towns")
    check(game, plan_of(game, seed=seed, spread=spread), [0, 1, 2], Fuzzer(seed))


@pytest.mark.parametrize("seed", [1, 2])
def test_random_legal_orders_break_nothing_in_june(seed):
    game, _ = game_of("june-2014")
    check(game, plan_of(game, 10, seed=seed, spread=True), [0, 1], Fuzzer(seed))


@pytest.mark.parametrize(("name", "days"), [("june-2014", 27), ("summer-2014", 40)])
def test_the_documented_orders_break_nothing(name, days):
    game, _ = game_of(name)
    check(game, plan_of(game, days), [0], None)


def test_uncertain_numbers_break_nothing():
    game, _ = game_of("june-2014")
    check(game, plan_of(game, 10, spread=True), range(16), None)
