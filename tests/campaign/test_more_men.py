"""More men never hurt their own side, on average over many seeds and on the same luck."""

from dataclasses import replace

import numpy as np
import pytest
from tests.campaign.helpers import game_of

from offensive_sim.campaign.running import Plan, play_block


def with_more(game, units, times):
    """The game with ``times`` the men in some units, best estimate and range."""
    factor = np.ones(game.world.n_units)
    factor[units] = times
    old = game.world.units
    more = {name: (getattr(old, name) * factor).astype(np.int32) for name in ("men", "men_low", "men_high")}
    return replace(game, world=replace(game.world, units=replace(old, **more)))


def days_held(game, side, places, replicas, days):
    """Place-days that a side holds in each replica."""
    series = play_block(game, Plan(11, days, spread=True), np.arange(replicas))
    return (series.holder[:, 1:, places] == side).sum(axis=(1, 2))


def hurts(gained):
    """Whether what was gained, pair by pair on the same luck, is less than nothing by more than chance."""
    return gained.mean() < -2 * gained.std() / np.sqrt(len(gained))


@pytest.mark.parametrize("times", [2, 4, 8])
@pytest.mark.parametrize("who", ["red", "red-bridge-company", "red-reserve", "blue"])
def test_more_men_at_the_ford_hold_it_no_less_long(who, times):
    game = game_of("three-towns")[0]
    world = game.world
    side = world.factions.ids.index(who.split("-")[0])
    units = np.flatnonzero(world.units.side == side) if who in world.factions.ids else [world.units.ids.index(who)]
    ford = [world.places.ids.index("ford")]
    before = days_held(game, side, ford, 300, world.n_days)
    after = days_held(with_more(game, units, times), side, ford, 300, world.n_days)
    assert 0 < before.mean() < world.n_days
    assert not hurts(after - before)


@pytest.mark.parametrize("faction", ["iraq", "krg", "isis"])
def test_more_men_in_june_hold_more_places_for_longer(faction):
    game = game_of("june-2014")[0]
    side = game.world.factions.ids.index(faction)
    everywhere = np.arange(game.world.n_places)
    before = days_held(game, side, everywhere, 24, game.world.n_days)
    doubled = with_more(game, np.flatnonzero(game.world.units.side == side), 2)
    after = days_held(doubled, side, everywhere, 24, game.world.n_days)
    assert (after - before).mean() > 0
    assert not hurts(after - before)
