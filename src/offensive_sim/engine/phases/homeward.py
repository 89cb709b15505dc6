"""Rulebook 4.9, last part: who goes home.

People go back to a home where nobody fights any more and whose holder they can bear, most of all those who did not
flee far. They go by car within the day. Nobody returns who was away before the first day.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.cells import where
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.presence import bearable
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import PARTY, in_parties
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_WEIGHED_EVERY: Final = 7
"""Days between two times that the people of a home weigh going back."""


@dataclass(frozen=True)
class Returns:
    """Who goes home today."""

    came: Ints  # (R, H) persons who come home
    entry: Longs  # (N,) entries of the crowd in shelter that they leave, one home's after the other's ...
    left: Ints  # (N,) ... persons


@dataclass(frozen=True)
class Danger:
    """What keeps people from going home, both (R, P)."""

    captured: Floats  # 1 on the day ISIS took the place, falling after
    contact: Floats  # fighting there, 0 to 1


def go_home(world: World, rates: Rates, seen: State, dangers: Danger, dice: Dice) -> Returns:
    """Who goes home."""
    people = world.people
    asked = np.flatnonzero((np.arange(len(people.home_place)) + seen.day) % _WEIGHED_EVERY == 0)
    missed = seen.residents[:, asked] - seen.at_home[:, asked]
    row, which = where((missed > 0) & _quiet(seen, dangers)[:, people.home_place[asked]])
    home, away = asked[which], missed[row, which].astype(np.float64)
    share = np.minimum(_rate(world, rates, seen, dangers, (row, home)) * _WEIGHED_EVERY, 1.0)
    u, party = dice.at(Draw.HOMEWARD, seen.day, row, home), np.minimum(away, PARTY).astype(np.int32)
    may = np.flatnonzero(in_parties(away * share, u, party))  # at most: as if all of them were next door
    row, home, away, share, u, party = row[may], home[may], away[may], share[may], u[may], party[may]
    stays = _shelters(world, seen.in_shelter, row, home)
    wish = away * share * (stays.near_total / 1000.0 / np.maximum(stays.persons, 1))
    number = np.minimum(in_parties(wish, u, party), away.astype(np.int32))
    which, entry, wanted = _nearest_first(stays, number)
    left = _in_turn(entry, wanted, seen.in_shelter.persons)
    came = np.zeros(seen.at_home.shape, np.int32)
    np.add.at(came, (row[which], home[which]), left)
    return Returns(came, entry, left)


@dataclass(frozen=True)
class _Shelters:
    """Where the people of N homes are: a run of M entries of the crowd in shelter for each of them."""

    entry: Longs  # (M,) entry of the crowd
    number: Ints  # (M,) persons there
    near: Floats  # (M,) nearness times persons, summed up over all runs before and with this entry
    first: Longs  # (N,) where each run begins
    many: Longs  # (N,) how long it is
    persons: Longs  # (N,) persons of the group who are in shelter

    @kept
    def before(self) -> Floats:
        """Nearness times persons before each run, shape (N,)."""
        return np.append(0.0, self.near)[self.first]

    @kept
    def near_total(self) -> Floats:
        """Nearness times persons over each run, shape (N,)."""
        return np.append(0.0, self.near)[self.first + self.many] - self.before


def _shelters(world: World, crowd: Crowd, row: Longs, home: Longs) -> _Shelters:
    """Where the groups of these homes (N,) are in shelter. All numbers are whole, so that sums are exact."""
    people = world.people
    run = row * crowd.shape[1] + people.home_group[home]
    bounds = crowd.runs()
    start, many = bounds[run], bounds[run + 1] - bounds[run]
    first = np.cumsum(many) - many
    which = np.repeat(np.arange(len(run)), many)
    entry = np.arange(len(which)) + (start - first)[which]
    number, place = crowd.persons[entry], crowd.cell[entry] - (run * world.n_places)[which]
    near = people.home_near.reshape(-1)[(people.home_place[home] * np.int64(world.n_places))[which] + place]
    persons = np.append(0, np.cumsum(number, dtype=np.int64))
    return _Shelters(
        entry, number, np.cumsum(number * near), first, many, persons[first + many] - persons[first]
    )


def _nearest_first(stays: _Shelters, number: Ints) -> tuple[Longs, Longs, Ints]:
    """Share each home's ``number`` (N,) out over its people's shelters, nearest most.

    Returns homes, entries of the crowd and persons, (K,) each; one home never wants more than are there.
    """
    homes = np.flatnonzero(number)
    many = stays.many[homes]
    which = np.repeat(homes, many)
    at = np.arange(len(which)) + (stays.first[homes] - (np.cumsum(many) - many)).repeat(many)
    parties = np.maximum(-(-number // PARTY), 1)
    nearness = np.maximum(stays.near_total, 1e-9)[which]
    edge = np.floor(parties[which] * (stays.near[at] - stays.before[which]) / nearness + 0.5)
    begins = at == stays.first[which]
    share = edge - np.where(begins, 0.0, np.append(0.0, edge[:-1]))
    some = np.flatnonzero(share)
    which, at = which[some], at[some]
    wanted = np.minimum(share[some] * (number / parties)[which], stays.number[at]).astype(np.int32)
    return which, stays.entry[at], wanted


def _in_turn(entry: Longs, wanted: Ints, there: Ints) -> Ints:
    """Homes of one group draw on the same shelters, one after the other: what each of them gets, shape (K,)."""
    order = np.argsort(entry, kind="stable")
    entry, wanted = entry[order], wanted[order]
    before = np.cumsum(wanted) - wanted
    begins = np.diff(entry, prepend=-1) != 0
    before -= before[np.maximum.accumulate(np.where(begins, np.arange(len(entry)), 0))]
    left = np.empty_like(wanted)
    left[order] = np.clip(there[entry] - before, 0, wanted)
    return left


def _quiet(seen: State, dangers: Danger) -> Bools:
    """Places where nobody fights, shape (R, P)."""
    return (seen.contested_by == NOBODY) & (dangers.contact <= 0)


def _rate(world: World, rates: Rates, seen: State, dangers: Danger, who: tuple[Longs, Longs]) -> Floats:
    """Hazard a day of going home from next door, shape (N,)."""
    row, home = who
    place = world.people.home_place[home]
    community = world.people.group_community[world.people.home_group[home]]
    feared = seen.control[row, place] == world.people.feared
    held_for = np.where(feared, seen.day - seen.taken_on[row, place], 0)
    bear = np.where(feared, bearable(rates)[row, community] * (1.0 - dangers.captured[row, place]), 1.0)
    return rates.go_home[row] * bear / (1.0 + np.maximum(held_for, 0) / rates.go_home_days[row])
