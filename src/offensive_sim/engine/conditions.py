"""When triggers fall due: conditions resolved to indices, each answering (R,) yes or no."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools
from offensive_sim.engine.cells import where
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.state import State


@dataclass(frozen=True)
class FromDay:
    day: int


@dataclass(frozen=True)
class Holds:
    place: int
    side: int


@dataclass(frozen=True)
class Contested:
    place: int


@dataclass(frozen=True)
class Broken:
    unit: int


@dataclass(frozen=True)
class Fired:
    """At least one of these triggers, each of which raises the flag, has happened."""

    triggers: tuple[int, ...]


@dataclass(frozen=True)
class PlacesTaken:
    side: int
    count: int
    held_at_start: int


@dataclass(frozen=True)
class AllOf:
    of: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AnyOf:
    of: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Not:
    of: "Condition"


Condition = FromDay | Holds | Contested | Broken | Fired | PlacesTaken | AllOf | AnyOf | Not


def met(condition: Condition, seen: State) -> Bools:  # noqa: C901, PLR0911 - one line a word of the vocabulary
    """Whether a condition holds, shape (R,)."""
    match condition:
        case FromDay(day):
            return np.full(seen.replicas, seen.day >= day)
        case Holds(place, side):
            return np.equal(seen.control[:, place], side)
        case Contested(place):
            return seen.contested_by[:, place] != NOBODY
        case Broken(unit):
            return seen.broke_on[:, unit] >= 0
        case Fired(triggers):
            return np.asarray((seen.fired_on[:, list(triggers)] >= 0).any(axis=1))
        case PlacesTaken(side, count, held_at_start):
            held: Bools = (seen.control == side).sum(axis=1) >= held_at_start + count
            return held
        case AllOf(of):
            everywhere = met(of[0], seen)
            for one in of[1:]:
                if everywhere.any():
                    everywhere = everywhere & met(one, seen)
            return everywhere
        case AnyOf(of):
            return np.logical_or.reduce([met(one, seen) for one in of])
        case Not(of):
            return ~met(of, seen)
        case _:
            assert_never(condition)


@dataclass(frozen=True)
class TriggerTable:
    """All triggers of a scenario, resolved."""

    ids: tuple[str, ...]
    conditions: tuple[Condition, ...]
    earliest: tuple[int, ...]  # day before which none can fall due
    odds: tuple[float, ...]
    account_of: tuple[tuple[int, ...], ...]  # triggers that are rival accounts of one event
    account_weights: tuple[tuple[float, ...], ...]


def first_possible_day(condition: Condition) -> int:
    """The first day on which a condition can hold; 0 where its words do not say."""
    match condition:
        case FromDay(day):
            return day
        case AllOf(of):
            return max(first_possible_day(one) for one in of)
        case AnyOf(of):
            return min(first_possible_day(one) for one in of)
        case _:
            return 0


def due(table: TriggerTable, seen: State, luck: Luck) -> Bools:
    """Which triggers happen this morning, shape (R, T)."""
    waiting = seen.fired_on == NEVER
    fires = np.zeros(waiting.shape, np.bool_)
    for index in _worth_a_look(table, seen, waiting):
        fires[:, index] = met(table.conditions[index], seen)
    row, trigger = where(fires & waiting)
    happens = np.zeros(waiting.shape, np.bool_)
    happens[row, trigger] = luck.at(row, trigger) < np.array(table.odds)[trigger]
    return happens


def _worth_a_look(table: TriggerTable, seen: State, waiting: Bools) -> Sequence[int]:
    open_somewhere: Bools = np.asarray(waiting.any(axis=0))
    return [i for i in range(len(table.ids)) if open_somewhere[i] and table.earliest[i] <= seen.day]
