"""When triggers fall due: conditions resolved to indices, each answering (R,) yes or no."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import assert_never

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Floats, Longs
from offensive_sim.engine.cells import cells_of, where
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.lazy import kept
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
            return np.asarray((seen.fired_on.take(triggers, axis=1) >= 0).any(axis=1))
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
            return reduce(or_, [met(one, seen) for one in of])
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

    @kept
    def opens(self) -> Longs:
        """``earliest`` of every trigger, shape (T,)."""
        return np.array(self.earliest, np.int64)

    @kept
    def once_open(self) -> "tuple[Condition, ...]":
        """What is left to ask from each trigger's earliest day on."""
        return tuple(_once_open(*one) for one in zip(self.conditions, self.earliest, strict=True))

    @kept
    def chances(self) -> Floats:
        """``odds`` of every trigger, shape (T,)."""
        return np.array(self.odds, np.float64)


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


def due(table: TriggerTable, seen: State, luck: Luck) -> tuple[Longs, Longs]:
    """Which triggers happen this morning: replica and trigger, in this order, shape (N,) both."""
    waiting = seen.fired_on == NEVER
    worth_a_look = cells_of(waiting.any(axis=0) & (table.opens <= seen.day))
    fires = waiting.take(worth_a_look, axis=1)
    for column, index in enumerate(worth_a_look.tolist()):
        fires[:, column] &= met(table.once_open[index], seen)
    row, which = where(fires)
    if not len(row):
        return row, which
    trigger = worth_a_look.take(which)
    happens = luck.at(row, trigger) < table.chances.take(trigger)
    return row[happens], trigger[happens]


def _once_open(condition: Condition, earliest: int) -> Condition:
    """What is left to ask of a condition from the day on before which it cannot hold."""
    if not isinstance(condition, AllOf):
        return condition
    left = tuple(one for one in condition.of if not (isinstance(one, FromDay) and one.day <= earliest))
    return left[0] if len(left) == 1 else AllOf(left or condition.of)
