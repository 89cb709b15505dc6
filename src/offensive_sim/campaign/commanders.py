"""Who gives orders: one interface, whoever stands behind it."""

from typing import Final, Protocol

import numpy as np

from offensive_sim.engine.axes import NOBODY, OFF_MAP, Bools, Stance
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.presence import faced_by, standing_units
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
    "raid": Stance.RAID,
}
"""An order's word to what the engine does about it; reinforcing is marching to a friend."""


OUTNUMBERED: Final = 3
"""Times as many hostile men at a place from which a unit without a sensible order leaves it (judgement: the attacker's
rule of thumb of three to one)."""


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


def senseless(world: World, seen: State, said: Orders) -> Bools:
    """Documented orders that cannot be meant any more, shape (R, U): to go, not to attack, where an enemy holds."""
    rows, side = np.arange(seen.replicas)[:, None], world.units.side[None, :]
    holder = seen.control[rows, np.maximum(said.goal, 0)]
    found: Bools = (said.goal >= 0) & world.factions.hostile[side, holder] & ~said.attacks
    return found


def outnumbered(world: World, seen: State) -> Bools:
    """Units at a place with ``OUTNUMBERED`` times as many hostile men as others, their own included, shape (R, U)."""
    units = standing_units(world, seen)
    men = units.summed(units.of(seen.men))
    enemies = faced_by(world, units, men)
    others = units.here(men.sum(axis=1)) - enemies
    found = np.zeros(seen.men.shape, np.bool_)
    found[units.row, units.unit] = enemies >= OUTNUMBERED * others
    return found


def refuge(world: World, seen: State, row: int, unit: int) -> int:
    """The nearest other place by road that the unit's side holds alone; ``OFF_MAP`` if there is none."""
    held = (seen.control[row] == world.units.side[unit]) & (seen.contested_by[row] == NOBODY)
    here = int(seen.unit_place[row, unit])
    held[here] = False
    places = np.flatnonzero(held)
    return int(places[np.argmin(world.links.way_m[here, places])]) if len(places) else OFF_MAP
