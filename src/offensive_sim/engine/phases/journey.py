"""Rulebook 4.9, second half: which way the displaced go, and where they stop.

People divide between stopping and the roads on in proportion to their worth (outlook.py). Movement is in three steps
of four hours; numbers are split exactly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Floats, Ints, Longs, Singles
from offensive_sim.engine.cells import at_hand, cells_of, leaders, pick, rows_and_columns, steps
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import turns_today
from offensive_sim.engine.outlook import Roads
from offensive_sim.engine.presence import bearable
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import shared_out
from offensive_sim.engine.state import State
from offensive_sim.engine.ways import Ways
from offensive_sim.engine.world import World

_STEPS: Final = 3
_LEAST_ROOM: Final = 0.02
"""People stop in the open rather than vanish."""
_LEAST_WORTH: Final = 1e-300
_ABREAST: Final = 32_000
"""Lots that drive together: on days of great flight memory is bounded by it, and nothing is lost by it."""


@dataclass(frozen=True)
class Lots:
    """People on the road: so many of a group at a place in a replica, one row each, no cell twice."""

    cell: Longs  # (N,) number of the cell in an array (R, G, P)
    persons: Ints  # (N,)

    @classmethod
    def joined(cls, parts: Iterable["Lots"]) -> "Lots":
        """One behind the other; a cell may then come more than once."""
        cells, persons = zip(*((part.cell, part.persons) for part in parts), strict=True)
        return cls(np.concatenate(cells), np.concatenate(persons))

    def parts(self, size: int) -> Iterator["Lots"]:
        """So many at a time, in order; one part at least."""
        for first in range(0, max(len(self.cell), 1), size):
            yield Lots(self.cell[first : first + size], self.persons[first : first + size])


@dataclass(frozen=True)
class Evening:
    """Where those who were on the road are at nightfall."""

    stopped: Lots  # found shelter; a cell may come more than once
    moving: Lots


@dataclass(frozen=True)
class Shelter:
    """What places offer as a shelter today: their draw, less where there is trouble, less where they are full."""

    world: World
    safe: Floats  # (R, C) what is left of it where there is trouble
    troubled: Bools  # (R, P)
    room: Floats  # (R, P) from 0 to 1

    def everywhere(self, rows: Longs) -> Singles:
        """What each place offers each community in the replicas ``rows``, as outlook.py lays it out: (P, rows * C)."""
        places, n_communities = self.world.ways.places, self.safe.shape[1]
        offer = np.repeat(self.room[rows].T[places].astype(np.float32), n_communities).reshape(len(places), -1)
        offer *= self.world.draw_abreast[:, : offer.shape[1]]
        left = np.ones((len(rows), 2, n_communities), np.float32)  # of a quiet place, and of a troubled one
        left[:, 1] = self.safe[rows]
        which = self.troubled[rows].T[places] + 2 * np.arange(len(rows))
        offer *= left.reshape(-1, n_communities).take(which, axis=0).reshape(offer.shape)
        return offer

    def at(self, row: Longs, place: Longs, community: Longs, spot: Longs) -> Floats:
        """What some places, cells ``spot`` of an array (R, P), offer some communities, shape (N,)."""
        offer = pick(self.world.people.draw_there, place, community)
        trouble = cells_of(self.troubled.reshape(-1).take(spot))
        offer[trouble] *= pick(self.safe, row.take(trouble), community.take(trouble))
        offer *= self.room.reshape(-1).take(spot)
        return offer


def in_trouble(seen: State, feared: int) -> Bools:
    """Places that the feared side holds or that are fought over, shape (R, P)."""
    return (seen.control == feared) | (seen.contested_by != NOBODY)


def on_the_road(world: World, crowd: Crowd, *more: tuple[Longs, Ints]) -> Lots:
    """Everybody who was on the move this morning, and those who set out since: cells and persons, (N,) each."""
    everybody = Lots.joined(Lots(*who) for who in ((crowd.cell, crowd.persons), *more))
    return _gathered(world, everybody, crowd.n_cells)


def stale_outlooks(world: World, seen: State, lots: Lots, troubled: Bools) -> Longs:
    """Replicas with people on the road whose outlook no longer fits places, roads, gates and camps."""
    travels = np.zeros(seen.replicas, np.bool_)
    travels[lots.cell // (seen.on_road.n_cells // seen.replicas)] = True
    effects = world.effects
    news = (seen.fired_on.take(effects.on_the_way, axis=1) > seen.outlook_of).any(axis=1)
    news |= (seen.outlook_of[:, 0] == NEVER) | turns_today(seen, effects.roads)
    moved = (troubled != seen.outlook_for).any(axis=1)
    return cells_of((news | moved) & travels)


def shelter(world: World, rates: Rates, seen: State, feared: int, room: Floats) -> Shelter:
    """What the places offer; ``room`` (R, P) from 0 to 1."""
    return Shelter(world, bearable(rates), in_trouble(seen, feared), room)


def room_left(world: World, seen: State, there: Ints) -> Floats:
    """Room in each place, 1 until 85 per cent full, then down to the least; persons ``there`` and it (R, P)."""
    people, camps = world.people, world.effects.camps
    room = np.ones(there.shape)
    crowded = cells_of(there > people.roomy_until)
    row, place = rows_and_columns(crowded, there.shape[1])
    capacity = people.capacity.take(place)
    camped = cells_of(np.bincount(camps.place, minlength=len(people.capacity)).take(place))
    opened = (seen.fired_on.take(camps.trigger, axis=1) >= 0)[row.take(camped)]
    capacity[camped] += (opened * (camps.place == place.take(camped)[:, None]) * camps.room).sum(axis=1)
    free = (capacity - there.reshape(-1).take(crowded)) / np.maximum(0.15 * capacity, 1.0)
    room.reshape(-1)[crowded] = np.minimum(np.maximum(free, _LEAST_ROOM), 1.0)
    return room


def travel(world: World, seen: State, lots: Lots, today: tuple[Shelter, Roads], dice: Dice) -> Evening:
    """Move everybody on the road three steps; ``seen.outlook`` is today's."""
    stopped: list[Lots] = []
    for step in range(_STEPS):
        driven = [_drive(world, seen, today, part, (step, dice)) for part in lots.parts(_ABREAST)]
        stopped += [stop for _, stop in driven]
        lots = _gathered(world, Lots.joined(going for going, _ in driven), seen.on_road.n_cells)
    return Evening(stopped=Lots.joined(stopped), moving=lots)


def arrivals(seen: State, evening: Evening) -> Ints:
    """Persons who found shelter today, shape (R, P)."""
    row, there = np.divmod(evening.stopped.cell, seen.on_road.n_cells // seen.replicas)
    n_places = seen.control.shape[1]
    total = np.bincount(row * n_places + there % n_places, evening.stopped.persons, seen.control.size)
    return total.astype(np.int32).reshape(seen.control.shape)


def _drive(
    world: World, seen: State, today: tuple[Shelter, Roads], lots: Lots, luck: tuple[int, Dice]
) -> tuple[Lots, Lots]:
    """Four hours on the road: those still under way, by cells that may come more than once, and those who stopped."""
    step, dice = luck
    here = _Here.of(world, lots.cell)
    fork = _Fork.of(world.ways, here.place)
    worth, total = _worths(world, seen, today, here, fork)
    key = (lots.cell - here.row * (seen.on_road.n_cells // seen.replicas)) * _STEPS + step
    u = dice.at(Draw.STEPS, seen.day, here.row, key)
    went = shared_out(lots.persons, total, u, worth, [len(lots.cell), *fork.many])
    cell = lots.cell.take(went.row)
    stop = int(went.option.searchsorted(len(lots.cell)))
    way = fork.way.take(went.option[stop:] - len(lots.cell))
    cell[stop:] += world.ways.onward.take(way)
    waits = cells_of(went.left != 0)
    going = np.concatenate([cell[stop:], lots.cell.take(waits)])
    persons = np.concatenate([went.persons[stop:], went.left.take(waits)])
    return Lots(going, persons), Lots(cell[:stop], went.persons[:stop])


@dataclass(frozen=True)
class _Here:
    """Of whom lots are, and where, (N,) each."""

    row: Longs  # replica
    community: Longs
    place: Longs
    spot: Longs  # the place of the replica, as a cell of an array (R, P)

    @classmethod
    def of(cls, world: World, cell: Longs) -> "_Here":
        """Of the cells of lots in an array (R, G, P), (N,)."""
        n_groups = len(world.people.group_community)
        among, place = rows_and_columns(cell, world.n_places)
        row, group = rows_and_columns(among, n_groups)
        return cls(row, world.people.group_communities.take(group), place, row * world.n_places + place)


@dataclass(frozen=True)
class _Fork:
    """The ways before some lots: the first of each lot, then the second of those who have one, and so on."""

    way: Longs  # (M,) of ``World.ways``
    many: list[int]  # (S,) how many of the lots have a first, second, ... way
    part: list[slice]  # (S,) where those ways are among all

    @classmethod
    def of(cls, ways: Ways, place: Longs) -> "_Fork":
        """At the places of lots (N,), those with most roads first."""
        roads = ways.minus_roads.take(place)
        many = [n for n in roads.searchsorted(ways.minus_slots).tolist() if n]
        ends = list(accumulate(many))
        part = [slice(end - n, end) for n, end in zip(many, ends, strict=True)]
        rank, way = ways.rank.take(place), np.empty(ends[-1] if ends else 0, np.int64)
        for n, here, first in zip(many, part, ways.first, strict=False):
            np.add(rank[:n], first, out=way[here])
        return cls(way, many, part)

    def lots(self, before: Longs) -> Longs:
        """Whose some of the ways are, (N,); rising numbers of the ways before all lots."""
        counts = steps(before.searchsorted([part.stop for part in self.part]))
        return before - np.array([part.start for part in self.part], np.int64).repeat(counts)


def _worths(world: World, seen: State, today: tuple[Shelter, Roads], here: _Here, fork: _Fork) -> tuple[Floats, Floats]:
    """What lots have before them: each if it stops, then along each way; and each in all.

    Along a way as far as its end can be reached in a step; in all as if every end could.
    """
    (offer, roads), ways = today, world.ways
    n, n_communities = len(here.place), seen.outlook.shape[2]
    worth = np.empty(n + len(fork.way))
    stop, along = worth[:n], worth[n:]
    stop[:] = offer.at(here.row, here.place, here.community, here.spot)
    ahead = (ways.end * n_communities).take(fork.way)
    first = here.row * (world.n_places * n_communities) + here.community
    for many, part in zip(fork.many, fork.part, strict=True):
        ahead[part] += first[:many]
    along[:] = at_hand(seen.outlook).reshape(-1).take(ahead)
    along *= ways.pull.take(fork.way)
    odd = cells_of(ways.odd.take(fork.way))
    way = fork.way.take(odd)
    along[odd] *= _let_through(world, roads, here, way, fork.lots(odd))
    total = stop.copy()
    for many, part in zip(fork.many, fork.part, strict=True):
        total[:many] += along[part]
    along[odd] *= ways.drive_steps.take(way)
    return worth, np.maximum(total, _LEAST_WORTH)


def _let_through(world: World, roads: Roads, here: _Here, way: Longs, lot: Longs) -> Floats:
    """Share of some lots (N,) that a way before each of them lets through, 0 where it is shut; (N,)."""
    row, link = here.row.take(lot), world.ways.link.take(way)
    share: Floats = pick(roads.gates, row, pick(world.effects.gates.kinds, here.community.take(lot), link))
    closing = cells_of(world.ways.closes.take(way))
    share[closing] *= ~pick(roads.shut, row.take(closing), link.take(closing))
    return share


def _gathered(world: World, lots: Lots, n_cells: int) -> Lots:
    """Lots in the same cell become one; those at places with most roads come first."""
    _, place = rows_and_columns(lots.cell, world.n_places)
    order = np.argsort(world.ways.minus_roads.take(place), kind="stable")
    cell, persons = lots.cell.take(order), lots.persons.take(order)
    leader = leaders(cell, n_cells)
    leads = leader == np.arange(len(cell), dtype=np.int32)
    first, others = cells_of(leads), cells_of(~leads)
    np.add.at(persons, leader.take(others), persons.take(others))
    return Lots(cell.take(first), persons.take(first))
