"""What units are told to do today, and whether they may."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Shorts, Stance
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.levers import Moved
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Order:
    """A line of a record: what a player, a script or a doctrine asked of one unit."""

    unit: str
    stance: str
    goal: str | None = None


@dataclass(frozen=True)
class Orders:
    """Intent for every unit; the engine never changes it."""

    goal: Shorts  # (R, U) place; OFF_MAP = where it stands
    stance: Bytes  # (R, U) Stance
    moved: tuple[Moved, ...] = ()
    """Effects of events that a person sends elsewhere today, in every replica."""

    @kept
    def attacks(self) -> Bools:
        """Who is told to fight for a place, to hold it or not, shape (R, U)."""
        return np.asarray(self.stance == Stance.ATTACK.value) | self.raids

    @kept
    def raids(self) -> Bools:
        """Who is told to attack a place and not to stay, shape (R, U)."""
        return np.asarray(self.stance == Stance.RAID.value)


def unordered(replicas: int, n_units: int) -> Orders:
    """Everyone holds where they stand."""
    goal = np.full((replicas, n_units), -1, np.int16)
    return Orders(goal=goal, stance=np.full((replicas, n_units), Stance.HOLD, np.int8))


def problems(world: World, seen: State, order: Order, row: int = 0) -> list[str]:
    """Why an order cannot be given today; empty = legal. Greys a button, fails a command, guides the fuzzer."""
    if order.unit not in world.units.ids:
        return [f"no unit is called {order.unit}"]
    if order.stance.upper() not in Stance.__members__:
        return [f"no order is called {order.stance}"]
    found = []
    unit = world.units.ids.index(order.unit)
    if seen.unit_place[row, unit] < 0:
        found.append(f"{order.unit} is not on the map")
    needs_goal = Stance[order.stance.upper()] in (Stance.MARCH, Stance.ATTACK, Stance.RAID, Stance.WITHDRAW)
    if not needs_goal:
        return found
    if order.goal not in world.places.ids:
        return [*found, f"{order.stance} needs a place to go to"]
    goal = world.places.ids.index(order.goal)
    side, holder = world.units.side[unit], seen.control[row, goal]
    hostile = bool(world.factions.hostile[side, holder])
    if hostile and order.stance not in ("attack", "raid"):
        found.append(f"{order.goal} is held by {world.factions.ids[holder]}: attack it, or choose another place")
    return found
