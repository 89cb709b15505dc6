"""Rulebook 4.1: the one-time effects of triggers, and units whose day has come. Writes the state, like turn.py."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import NO_LINK, Ints, Longs, Status
from offensive_sim.engine.cells import where
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Happened:
    """Triggers that happened this morning."""

    row: Longs  # (N,) replica
    trigger: Longs  # (N,)

    def effects(self, triggers: np.ndarray) -> list[tuple[int, Longs]]:
        """Effects set going today, by their number, and the replicas; ``triggers`` (E,) of all effects of a kind."""
        if not len(self.trigger):
            return []
        today = set(self.trigger.tolist())
        some = [effect for effect, trigger in enumerate(triggers.tolist()) if trigger in today]
        return [(effect, self.row[self.trigger == triggers[effect]]) for effect in some]


def appearing(world: World, seen: State, happened: Happened) -> tuple[Longs, Longs]:
    """Units that come onto the map this morning: replica and unit, in this order, shape (N,) both."""
    units, arrive = world.units, world.effects.arrive
    waits = seen.status == Status.WAITING.value
    comes = waits & ((units.appears >= 0) & (units.appears <= seen.day))
    for effect, rows in happened.effects(arrive.trigger):
        comes[rows, arrive.unit[effect]] = waits[rows, arrive.unit[effect]]
    return where(comes)


def bring_on(world: World, state: State, at: tuple[Longs, Longs]) -> None:
    """Put units, by replica and number, on the map where they appear."""
    unit = at[1]
    state.status[at] = np.where(world.units.underground[unit], Status.UNDERGROUND, Status.ACTIVE)
    state.unit_place[at] = world.units.start[unit]
    state.unit_from[at] = world.units.start[unit]
    state.unit_link[at] = NO_LINK


def reinforce(world: World, state: State, happened: Happened, strengths: Ints) -> None:
    """Men and deliveries that triggers bring this morning; ``strengths`` (R, E) men of each reinforcement."""
    men, kit = world.effects.reinforce, world.effects.equip
    for effect, rows in happened.effects(men.trigger):
        unit = men.unit[effect]
        there = rows[state.status[rows, unit] != Status.GONE.value]
        state.men[there, unit] += strengths[there, effect]
        state.joined[there, world.units.faction[unit]] += strengths[there, effect]
    for effect, rows in happened.effects(kit.trigger):
        state.kit[rows, kit.side[effect]] += kit.amount[effect]
