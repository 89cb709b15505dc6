"""Rulebook 4.9, last part: who goes home.

People go back to a home where nobody fights any more and whose holder they can bear, most of all those who did not
flee far. They go by car within the day. Nobody returns who was away before the first day.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, Floats, Ints, Longs
from offensive_sim.engine.cells import where
from offensive_sim.engine.presence import bearable
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import PARTY, in_parties
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_WEIGHED_EVERY: Final = 3
"""Days between two times that the people of a home weigh going back."""


@dataclass(frozen=True)
class Returns:
    """Who goes home today."""

    row: Longs  # (N,) replica
    home: Longs  # (N,)
    left: Ints  # (N, P) persons who leave their shelter at each place

    @property
    def came(self) -> Ints:
        """Persons who come home, shape (N,)."""
        return self.left.sum(axis=1, dtype=np.int32)


@dataclass(frozen=True)
class Danger:
    """What keeps people from going home, both (R, P)."""

    captured: Floats  # 1 on the day ISIS took the place, falling after
    contact: Floats  # fighting there, 0 to 1


def go_home(world: World, rates: Rates, seen: State, dangers: Danger, u: Floats) -> Returns:
    """Who goes home; ``u`` (R, H)."""
    people = world.people
    asked = (np.arange(len(people.home_place)) + seen.day) % _WEIGHED_EVERY == 0
    wants = asked & (seen.residents > seen.at_home) & _quiet(world, seen, dangers)
    row, home = where(wants)
    away = (seen.residents - seen.at_home)[row, home].astype(np.float64)
    share = np.minimum(_rate(world, rates, seen, dangers, (row, home)) * _WEIGHED_EVERY, 1.0)
    (may,) = np.nonzero(in_parties(away * share, u[row, home]))  # at most: as if all of them were next door
    row, home, away, share = row[may], home[may], away[may], share[may]
    group, place = people.home_group[home], people.home_place[home]
    near = seen.sheltered[row, group] * people.home_near[place]
    everywhere = np.maximum(seen.sheltered[row, group].sum(axis=1, dtype=np.int64), 1)
    wish = away * share * (near.sum(axis=1) / 1000.0 / everywhere)
    number = np.minimum(in_parties(wish, u[row, home]), away.astype(np.int32))
    some = np.flatnonzero(number)
    row, home = row[some], home[some]
    return Returns(row, home, _from_where(world, seen, (row, home), (number[some], near[some])))


def _quiet(world: World, seen: State, dangers: Danger) -> np.ndarray:
    """Homes where nobody fights, shape (R, H)."""
    quiet = (seen.contested_by == NOBODY) & (dangers.contact <= 0)
    return np.asarray(quiet[:, world.people.home_place])


def _rate(world: World, rates: Rates, seen: State, dangers: Danger, who: tuple[Longs, Longs]) -> Floats:
    """Hazard a day of going home from next door, shape (N,)."""
    row, home = who
    place = world.people.home_place[home]
    community = world.people.group_community[world.people.home_group[home]]
    feared = seen.control[row, place] == world.people.feared
    held_for = np.where(feared, seen.day - seen.taken_on[row, place], 0)
    bear = np.where(feared, bearable(rates)[row, community] * (1.0 - dangers.captured[row, place]), 1.0)
    return rates.go_home[row] * bear / (1.0 + np.maximum(held_for, 0) / rates.go_home_days[row])


def _from_where(world: World, seen: State, who: tuple[Longs, Longs], lots: tuple[Ints, Floats]) -> Ints:
    """Persons each home's number leaves at each shelter, nearest most, shape (N, P); never more than are there."""
    row, home = who
    number, near = lots
    group = world.people.home_group[home].astype(np.int64)
    there = seen.sheltered[row, group]
    parties = np.maximum(-(-number // PARTY), 1)[:, None]
    edges = np.floor(parties * np.cumsum(near, axis=1) / np.maximum(near.sum(axis=1), 1e-9)[:, None] + 0.5)
    wanted = np.minimum(np.diff(edges, axis=1, prepend=0.0) * (number[:, None] / parties), there).astype(np.int32)
    # Homes of one group draw on the same shelters, one after the other.
    order = np.argsort(row * len(world.people.group_ids) + group, kind="stable")
    in_turn = wanted[order]
    before = np.cumsum(in_turn, axis=0, dtype=np.int32) - in_turn
    first = np.flatnonzero(np.diff(row[order] * len(world.people.group_ids) + group[order], prepend=-1))
    before -= np.repeat(before[first], np.diff(np.append(first, len(order))), axis=0)
    left = np.empty_like(wanted)
    left[order] = np.clip(there[order] - before, 0, in_turn)
    return left
