"""Games that several tests play: the three towns of the format's example, and June 2014."""

from functools import cache

import numpy as np
from tests.scenario.helpers import THREE_TOWNS

from offensive_sim.campaign.compiling import compile_scenario
from offensive_sim.campaign.running import Plan, areas_of, play
from offensive_sim.campaign.series import Series
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.shipped import find


@cache
def game_of(name):
    """A shipped scenario, or ``three-towns``, compiled, and its chronicle."""
    scenario, chronicle = sound(THREE_TOWNS if name == "three-towns" else find(name))
    return compile_scenario(scenario), chronicle


def plan_of(game, days=None, *, seed=2014, spread=False):
    """All days, or the first ones."""
    return Plan(seed=seed, days=game.world.n_days if days is None else days, spread=spread)


def evenings(game, plan, *replicas, commander=None):
    """The opening and every evening of some replicas."""
    return list(play(game, plan, np.array(replicas or (0,)), commander))


def series_of(game, played, replicas=(0,)):
    """Evenings folded as a run folds them."""
    areas, numbers = areas_of(game), np.array(replicas)
    return Series.stacked([Series.of_day(areas, numbers, e.state, e.journal) for e in played])
