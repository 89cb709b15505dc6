"""Rulebook 4.1: the one-time effects of triggers, and units whose day has come. Writes the state, like turn.py."""

import numpy as np

from offensive_sim.engine.axes import NO_LINK, Bools, Ints, Status
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


def reinforce(world: World, state: State, strengths: Ints) -> None:
    """Men and deliveries that triggers bring this morning; ``strengths`` (R, E) men of each reinforcement."""
    men = world.effects.reinforce
    today = happened_today(state, men.trigger)
    for effect, unit in enumerate(men.unit):
        joins = np.where(today[:, effect] & (state.status[:, unit] != Status.GONE), strengths[:, effect], 0)
        state.men[:, unit] += joins
        state.joined[:, world.units.faction[unit]] += joins
    kit = world.effects.equip
    arrives = happened_today(state, kit.trigger)
    for effect, side in enumerate(kit.side):
        state.kit[:, side] += arrives[:, effect] * kit.amount[effect]
