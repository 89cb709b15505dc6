"""Rulebook 4.1: the one-time effects of triggers, and units whose day has come. Writes the state, like turn.py."""

import numpy as np

from offensive_sim.engine.axes import NO_LINK, Bools, Floats, Status
from offensive_sim.engine.dice import triangular
from offensive_sim.engine.effects import happened_today
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def appearing(world: World, seen: State) -> Bools:
    """Units that come onto the map this morning, shape (R, U)."""
    units = world.units
    by_day = (units.appears >= 0) & (seen.day >= units.appears)
    comes = np.broadcast_to(by_day[None, :], seen.men.shape).copy()
    arrive = world.effects.arrive
    today = happened_today(seen, arrive.trigger)
    for effect, unit in enumerate(arrive.unit):
        comes[:, unit] |= today[:, effect]
    return comes & (seen.status == Status.WAITING)


def bring_on(world: World, state: State, comes: Bools) -> None:
    """Put units on the map where they appear."""
    row, unit = np.nonzero(comes)
    at = (row, unit)
    state.status[at] = np.where(world.units.underground[unit], Status.UNDERGROUND, Status.ACTIVE)
    state.unit_place[at] = world.units.start[unit]
    state.unit_from[at] = world.units.start[unit]
    state.unit_link[at] = NO_LINK


def reinforce(world: World, state: State, u: Floats) -> None:
    """Men and deliveries that triggers bring this morning; ``u`` (R, E) places the number in its range."""
    men = world.effects.reinforce
    today = happened_today(state, men.trigger)
    for effect, unit in enumerate(men.unit):
        low, best, high = (float(x[effect]) for x in (men.low, men.value, men.high))
        drawn = np.floor(triangular(u[:, effect], low, best, high)).astype(np.int32)
        joins = np.where(today[:, effect] & (state.status[:, unit] != Status.GONE), drawn, 0)
        state.men[:, unit] += joins
        state.joined[:, world.units.faction[unit]] += joins
    kit = world.effects.equip
    arrives = happened_today(state, kit.trigger)
    for effect, side in enumerate(kit.side):
        state.kit[:, side] += arrives[:, effect] * kit.amount[effect]
