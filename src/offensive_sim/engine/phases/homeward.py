"""Rulebook 4.9, last part: who goes home.

People go back to a home where nobody fights any more and whose holder they can bear, most of all those who did not
flee far. They go by car within the day. Nobody returns who was away before the first day.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, Floats, Ints, Longs
from offensive_sim.engine.cells import cells_of, lengths, pick, runs, where
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.presence import bearable
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import PARTY, in_parties
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_WEIGHED_EVERY: Final = 7
"""Days between two times that the people of a home weigh going back."""


@dataclass(frozen=True)
class Returns:
    """Who goes home today, from one shelter to one home each; (N,) each, one home's after the other's."""

    row: Longs  # replicas
    home: Longs  # homes
    entry: Longs  # entries of the crowd in shelter
    persons: Ints


@dataclass(frozen=True)
class Danger:
    """What keeps people from going home, both (R, P)."""

    captured: Floats  # 1 on the day ISIS took the place, falling after
    contact: Floats  # fighting there, 0 to 1


@dataclass(frozen=True)
class _Asked:
    """Homes whose people would go back if all of them were next door, one row each."""

    row: Longs
    home: Longs
    away: Ints  # persons who have left since the first evening
    share: Floats  # of them who would go back
    u: Floats  # luck

    def going(self, wish: Floats) -> Ints:
        """Persons who go if so many wish to, (N,) both: in whole parties, fewer than that as one."""
        return in_parties(wish, self.u, np.minimum(self.away, PARTY))

    def only(self, which: Longs) -> "_Asked":
        """Some of them."""
        row, home, away = self.row.take(which), self.home.take(which), self.away.take(which)
        return _Asked(row, home, away, self.share.take(which), self.u.take(which))


def go_home(world: World, rates: Rates, seen: State, dangers: Danger, stayed: Ints, dice: Dice) -> Returns:
    """Who goes home of those who ``stayed`` (N,) in each cell of the crowd in shelter."""
    homes = _asked(world, rates, seen, dangers, dice)
    stays = _shelters(world, seen.in_shelter, stayed, homes)
    nearness = stays.nearness / 1000.0 / np.maximum(stays.persons, 1)
    number = np.minimum(homes.going(homes.away * homes.share * nearness), homes.away)
    which, entry, wanted = _nearest_first(stays, number)
    return Returns(homes.row.take(which), homes.home.take(which), entry, _in_turn(entry, wanted, stayed))


def _asked(world: World, rates: Rates, seen: State, dangers: Danger, dice: Dice) -> _Asked:
    """The homes asked today that some have left and where nobody fights, as far as their luck lets anybody go."""
    first = -seen.day % _WEIGHED_EVERY
    place = world.people.sites[first::_WEIGHED_EVERY]
    missed = seen.residents[:, first::_WEIGHED_EVERY] - seen.at_home[:, first::_WEIGHED_EVERY]
    quiet = (seen.contested_by == NOBODY) & (dangers.contact <= 0)
    row, turn = where((missed > 0) & quiet.take(place, axis=1))
    home, away = first + turn * _WEIGHED_EVERY, pick(missed, row, turn)
    share = np.minimum(_rate(world, rates, seen, dangers, (row, home)) * _WEIGHED_EVERY, 1.0)
    homes = _Asked(row, home, away, share, dice.at(Draw.HOMEWARD, seen.day, row, home))
    return homes.only(cells_of(homes.going(away * share)))


@dataclass(frozen=True)
class _Shelters:
    """Where the people of N homes are: a run of M entries of the crowd in shelter for each of them."""

    entry: Longs  # (M,) entry of the crowd
    number: Ints  # (M,) persons there
    near: Longs  # (M + 1,) nearness times persons, summed up over all runs before each entry, and in all
    before: Longs  # (N,) of that, what comes before each run ...
    nearness: Longs  # (N,) ... and in it
    persons: Longs  # (N,) persons of the group who are in shelter


def _shelters(world: World, crowd: Crowd, stayed: Ints, homes: _Asked) -> _Shelters:
    """Where the groups of some homes (N,) are in shelter."""
    people, n_places = world.people, world.n_places
    run = homes.row * crowd.shape[1] + people.groups.take(homes.home)
    start = crowd.bounds.take(run)
    many = crowd.bounds.take(run + 1) - start
    end = many.cumsum()
    first = end - many
    entry = (start - first).repeat(many)
    entry += np.arange(len(entry))
    way = ((people.sites.take(homes.home) - run) * n_places).repeat(many)
    way += crowd.cell.take(entry)  # from the home's place to that of the shelter
    number = stayed.take(entry)
    persons = _running(number)
    near = _running(people.nearness.reshape(-1).take(way) * number)
    before = near.take(first)
    return _Shelters(
        entry, number, near, before, near.take(end) - before, persons.take(end) - persons.take(first)
    )


def _running(number: Ints | Longs) -> Longs:
    """The sum of numbers (M,) before each of them, and of all; shape (M + 1,)."""
    total = np.zeros(len(number) + 1, np.int64)
    number.cumsum(out=total[1:])
    return total


def _nearest_first(stays: _Shelters, number: Ints) -> tuple[Longs, Longs, Ints]:
    """Share each home's ``number`` (N,) out over its people's shelters, nearest most.

    The parties of a home come from points spaced evenly along the running sum of nearness times persons: of n, party
    j from (j - 1/2) / n of the way. Returns homes, entries of the crowd and persons, (K,) each.
    """
    parties = -(-number.astype(np.int64) // PARTY)
    home = np.arange(len(number)).repeat(parties)
    odd = 2 * (np.arange(len(home)) - (parties.cumsum() - parties).take(home)) + 1
    point = -(-odd * stays.nearness.take(home) // (2 * parties).take(home))
    at = stays.near[1:].searchsorted(stays.before.take(home) + point)
    begins = runs(at)
    home, at = home.take(begins), at.take(begins)
    size = (number / np.maximum(parties, 1)).take(home)
    wanted = np.minimum(lengths(begins, len(point)) * size, stays.number.take(at))
    return home, stays.entry.take(at), wanted.astype(np.int32)


def _in_turn(entry: Longs, wanted: Ints, there: Ints) -> Ints:
    """Homes of one group draw on the same shelters, one after the other: what each of them gets, shape (K,)."""
    order = entry.argsort(kind="stable")
    begins = runs(entry.take(order))
    if len(begins) == len(entry):  # no shelter is asked twice, and no home wants more than are there
        return wanted
    entry, wanted = entry.take(order), wanted.take(order)
    before = wanted.cumsum() - wanted
    before -= before.take(begins).repeat(lengths(begins, len(entry)))
    left = np.empty_like(wanted)
    left[order] = np.minimum(np.maximum(there.take(entry) - before, 0), wanted)
    return left


def _rate(world: World, rates: Rates, seen: State, dangers: Danger, who: tuple[Longs, Longs]) -> Floats:
    """Hazard a day of going home from next door, shape (N,)."""
    row, home = who
    place = world.people.sites.take(home)
    feared = pick(seen.control, row, place) == world.people.feared
    held_for = np.where(feared, seen.day - pick(seen.taken_on, row, place), 0)
    bear = pick(bearable(rates), row, world.people.communities.take(home))
    bear = np.where(feared, bear * (1.0 - pick(dangers.captured, row, place)), 1.0)
    return rates.go_home.take(row) * bear / (1.0 + np.maximum(held_for, 0) / rates.go_home_days.take(row))
