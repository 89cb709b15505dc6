"""Who gives orders: one interface, whoever stands behind it."""

from typing import Final, Protocol

import numpy as np

from offensive_sim.engine.axes import OFF_MAP, Stance
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World
from offensive_sim.scenario.model import Scenario

STANCE: Final = {
    "hold": Stance.HOLD,
    "march": Stance.MARCH,
    "reinforce": Stance.MARCH,
    "attack": Stance.ATTACK,
    "withdraw": Stance.WITHDRAW,
    "lie_low": Stance.LIE_LOW,
}
"""An order's word to what the engine does about it; reinforcing is marching to a friend."""


class Commander(Protocol):
    """Gives every unit its orders for the day from what is seen this morning."""

    def decide(self, world: World, seen: State, dice: Dice) -> Orders:
        """Orders for all units in all replicas."""
        ...


class Script:
    """The documented orders, each standing until the unit's next."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        n_days, n_units = world.n_days, world.n_units
        self.goal = np.full((n_days, n_units), OFF_MAP, np.int16)
        self.stance = np.full((n_days, n_units), Stance.HOLD, np.int8)
        place = {name: i for i, name in enumerate(world.places.ids)}
        unit = {name: i for i, name in enumerate(world.units.ids)}
        self.stance[:, world.units.underground] = Stance.LIE_LOW
        for order in sorted(scenario.orders, key=lambda o: o.date):
            day = max((order.date - scenario.first_day).days, 0)
            who = [unit[name] for name in order.units]
            self.goal[day:, who] = place[order.to] if order.to else OFF_MAP
            self.stance[day:, who] = STANCE[order.order]

    def decide(self, world: World, seen: State, dice: Dice) -> Orders:  # noqa: ARG002 - part of the interface
        """The day's documented orders, the same in every replica."""
        day = min(seen.day, world.n_days - 1)
        shape = seen.men.shape
        return Orders(
            goal=np.broadcast_to(self.goal[day], shape), stance=np.broadcast_to(self.stance[day], shape)
        )
