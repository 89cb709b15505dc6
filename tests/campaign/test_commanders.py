from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from tests.campaign.helpers import game_of

from offensive_sim.campaign.commanders import STANCE, Script
from offensive_sim.campaign.opening import opening
from offensive_sim.engine.axes import OFF_MAP, Stance
from offensive_sim.engine.dice import Dice
from offensive_sim.scenario.forces import Order, OrderKind

FORD, SOUTH = 1, 2
HQ, COMPANY, RESERVE, COLUMN = range(4)
DICE = Dice(1, np.arange(2))


@pytest.fixture(scope="module")
def state():
    return opening(game_of("three-towns")[0], DICE, spread=False)


def orders_on(day, state, extra=()):
    game, _ = game_of("three-towns")
    scenario = game.scenario.model_copy(update={"orders": (*extra, *game.scenario.orders)})
    return Script(scenario, game.world).decide(game.world, replace(state, day=day).readonly(), DICE)


def said(day, state, unit=COLUMN, **arguments):
    orders = orders_on(day, state, **arguments)
    assert (orders.goal == orders.goal[0]).all()
    return Stance(int(orders.stance[0, unit])), int(orders.goal[0, unit])


def test_before_its_first_order_a_unit_holds(state):
    assert said(0, state) == (Stance.HOLD, OFF_MAP)
    assert said(9, state, HQ) == (Stance.HOLD, OFF_MAP)


@pytest.mark.parametrize(("day", "goal"), [(1, FORD), (2, FORD), (4, FORD), (5, SOUTH), (9, SOUTH)])
def test_an_order_stands_until_the_next(state, day, goal):
    # Attack ford on 2 June, south on 6 June.
    assert said(day, state) == (Stance.ATTACK, goal)


def test_after_the_last_day_the_last_orders_stand(state):
    assert said(99, state) == said(9, state)


def test_reinforcing_is_marching(state):
    assert said(3, state, RESERVE) == (Stance.MARCH, FORD)


def order(date, word, to=None):
    facts = {"source": ("judgement",), "confidence": "low", "judgement": "A test."}
    return Order(date=date, units=("blue-column",), order=word, to=to, **facts)


def test_the_order_of_the_file_does_not_matter(state):
    # A hold written before the others, and given after both.
    late = order("2014-06-08", "hold")
    assert said(6, state, extra=(late,)) == (Stance.ATTACK, SOUTH)
    assert said(7, state, extra=(late,)) == (Stance.HOLD, OFF_MAP)


def test_an_order_from_before_the_first_day_stands_from_the_first(state):
    assert said(0, state, extra=(order("2014-05-20", "march", "ford"),)) == (Stance.MARCH, FORD)


def test_the_engine_cannot_change_an_order(state):
    orders = orders_on(3, state)
    with pytest.raises(ValueError, match="read-only"):
        orders.goal[0, 0] = 1


def test_a_unit_that_starts_underground_lies_low():
    game, _ = game_of("june-2014")
    script = Script(game.scenario.model_copy(update={"orders": ()}), game.world)
    assert game.world.units.underground.any()
    assert (script.stance[:, game.world.units.underground] == Stance.LIE_LOW).all()
    assert (script.stance[:, ~game.world.units.underground] == Stance.HOLD).all()


def test_every_word_for_an_order_has_a_stance():
    assert set(STANCE) == set(get_args(OrderKind))
