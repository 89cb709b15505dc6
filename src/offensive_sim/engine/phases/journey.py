"""Rulebook 4.9, second half: which way the displaced go, and where they stop.

People divide between stopping and the roads on in proportion to their worth (outlook.py). Movement is in three steps
of four hours; numbers are split exactly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Floats, Ints, Longs, Singles
from offensive_sim.engine.cells import leaders, where
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import turns_today
from offensive_sim.engine.outlook import Roads
from offensive_sim.engine.presence import bearable
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import Split
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_STEPS: Final = 3
_LEAST_ROOM: Final = 0.02
"""People stop in the open rather than vanish."""
_LEAST_WORTH: Final = 1e-300


@dataclass(frozen=True)
class Lots:
    """People on the road: so many of a group at a place in a replica, one row each, no cell twice."""

    cell: Longs  # (N,) number of the cell in an array (R, G, P)
    persons: Ints  # (N,)


@dataclass(frozen=True)
class Evening:
    """Where those who were on the road are at nightfall."""

    stopped: Lots  # found shelter; a cell may come more than once
    moving: Lots


@dataclass(frozen=True)
class Shelter:
    """What places offer as a shelter today: their draw, less where there is trouble, less where they are full."""

    draw: Floats  # (P, C)
    safe: Floats  # (R, C) what is left of it where there is trouble
    troubled: Bools  # (R, P)
    room: Floats  # (R, P) from 0 to 1

    def everywhere(self, rows: Longs) -> Singles:
        """What each place offers each community in the replicas ``rows``, shape (rows, P, C)."""
        offer = self.draw.astype(np.float32)[None, :, :] * self.room[rows].astype(np.float32)[:, :, None]
        row, place = where(self.troubled[rows])
        offer[row, place] *= self.safe.astype(np.float32)[rows[row]]
        return offer

    def at(self, row: Longs, place: Longs, community: Longs) -> Floats:
        """What some places offer some communities, shape (N,)."""
        spot = row * self.room.shape[1] + place
        offer = self.draw.reshape(-1).take(place * self.draw.shape[1] + community)
        trouble = np.flatnonzero(self.troubled.reshape(-1).take(spot))
        offer[trouble] *= self.safe[row.take(trouble), community.take(trouble)]
        offer *= self.room.reshape(-1).take(spot)
        return offer


def in_trouble(seen: State, feared: int) -> Bools:
    """Places that the feared side holds or that are fought over, shape (R, P)."""
    return (seen.control == feared) | (seen.contested_by != NOBODY)


def on_the_road(crowd: Crowd, *more: tuple[Longs, Ints]) -> Lots:
    """Everybody who was on the move this morning, and those who set out since: cells and persons, (N,) each."""
    cell, persons = np.concatenate([crowd.cell, *(c for c, _ in more)]), [crowd.persons, *(p for _, p in more)]
    return _gathered(cell, np.concatenate(persons), crowd.n_cells)


def stale_outlooks(world: World, seen: State, lots: Lots, troubled: Bools) -> Longs:
    """Replicas with people on the road whose outlook no longer fits places, roads, gates and camps."""
    travels = np.zeros(seen.replicas, np.bool_)
    travels[lots.cell // (seen.on_road.n_cells // seen.replicas)] = True
    effects = world.effects
    triggers = np.concatenate([effects.roads.trigger, effects.gates.trigger, effects.camps.trigger])
    news = (seen.fired_on[:, triggers] > seen.outlook_of).any(axis=1) | (seen.outlook_of[:, 0] == NEVER)
    news |= turns_today(seen, effects.roads)
    moved = (troubled != seen.outlook_for).any(axis=1)
    return np.flatnonzero((news | moved) & travels)


def shelter(world: World, rates: Rates, seen: State, feared: int, room: Floats) -> Shelter:
    """What the places offer; ``room`` (R, P) from 0 to 1."""
    return Shelter(np.ascontiguousarray(world.people.draw.T), bearable(rates), in_trouble(seen, feared), room)


def room_left(there: Ints, capacity: Longs) -> Floats:
    """Room in each place, 1 until 85 per cent full, then down to the least; ``there``, ``capacity`` and it (R, P)."""
    free = (capacity - there) / np.maximum(0.15 * capacity, 1.0)
    return np.clip(free, _LEAST_ROOM, 1.0)


def travel(world: World, seen: State, lots: Lots, today: tuple[Shelter, Roads], dice: Dice) -> Evening:
    """Move everybody on the road three steps; ``seen.outlook`` is today's."""
    kinds, stopped = _Kinds.of(world, seen), []
    for step in range(_STEPS):
        going, stop = _drive(world, seen, (*today, kinds), lots, (step, dice))
        lots = _gathered(going.cell, going.persons, seen.on_road.n_cells)
        stopped.append(stop)
    cell, persons = np.concatenate([s.cell for s in stopped]), np.concatenate([s.persons for s in stopped])
    return Evening(stopped=Lots(cell, persons), moving=lots)


@dataclass(frozen=True)
class _Kinds:
    """What every group of every replica has to look up, (R * G,) each."""

    row: Longs  # replica
    community: Longs
    outlook: Longs  # first of its numbers in ``State.outlook``, counted by place
    first_spot: Longs  # first cell of its replica in an array (R, P)
    first_cell: Longs  # first cell of its replica in an array (R, G, P)

    @classmethod
    def of(cls, world: World, seen: State) -> "_Kinds":
        replicas, groups, n_places = seen.on_road.shape
        row = np.repeat(np.arange(replicas), groups)
        community = np.tile(world.people.group_community.astype(np.int64), replicas)
        outlook = row * (n_places * seen.outlook.shape[2]) + community
        return cls(row, community, outlook, row * n_places, row * (groups * n_places))


def arrivals(seen: State, evening: Evening) -> Ints:
    """Persons who found shelter today, shape (R, P)."""
    row, there = np.divmod(evening.stopped.cell, seen.on_road.n_cells // seen.replicas)
    n_places = seen.control.shape[1]
    total = np.bincount(row * n_places + there % n_places, evening.stopped.persons, seen.control.size)
    return total.astype(np.int32).reshape(seen.control.shape)


def _drive(
    world: World, seen: State, today: tuple[Shelter, Roads, _Kinds], lots: Lots, luck: tuple[int, Dice]
) -> tuple[Lots, Lots]:
    """Four hours on the road: those still under way, by cells that may come more than once, and those who stopped."""
    (step, dice), kinds = luck, today[2]
    lots, many = _most_roads_first(world, lots)
    among, place = _divided(lots.cell, world.n_places)
    total, stop, along = _worths(world, seen, today, (among, place), many)
    key = (lots.cell - kinds.first_cell.take(among)) * _STEPS + step
    u = dice.at(Draw.STEPS, seen.day, kinds.row.take(among), key)
    split = Split(lots.persons, total, u)
    some, persons = split.take(stop)
    stopped = Lots(lots.cell.take(some), persons)
    cells, numbers = [], []
    for slot, worth in enumerate(along):
        some, persons = split.take(worth)
        here = place.take(some)
        cells.append(lots.cell.take(some) - here + world.links.ahead[slot].take(here))
        numbers.append(persons)
    waits = split.rest()
    some = np.flatnonzero(waits != 0)
    ways = np.concatenate([*cells, lots.cell.take(some)])
    return Lots(ways, np.concatenate([*numbers, waits.take(some)])), stopped


def _divided(cell: Longs, n_places: int) -> tuple[Longs, Longs]:
    """Which group of which replica a cell is of, counted together, and its place; (N,) each."""
    among = cell // n_places
    return among, cell - among * n_places


def _most_roads_first(world: World, lots: Lots) -> tuple[Lots, Longs]:
    """The same lots, those at places with most roads first, and how many of them have a first, second, ... road."""
    fewer = world.links.minus_roads.take(lots.cell % world.n_places)
    order = np.argsort(fewer, kind="stable")
    many = np.searchsorted(fewer.take(order), -np.arange(len(world.links.degree)))
    return Lots(lots.cell.take(order), lots.persons.take(order)), many


def _worths(
    world: World, seen: State, today: tuple[Shelter, Roads, _Kinds], who: tuple[Longs, Longs], many: Longs
) -> tuple[Floats, Floats, list[Floats]]:
    """What each lot has before it: in all, if it stops, and for each slot, of the first so many lots, along the road.

    The last as far as the road's end can be reached in a step.
    """
    (offer, roads, kinds), (among, place) = today, who
    links, n_communities = world.links, seen.outlook.shape[2]
    known, base = seen.outlook.reshape(-1), kinds.outlook.take(among)
    spot = kinds.first_spot.take(among) + place
    held = np.flatnonzero(roads.hindered.reshape(-1).take(spot))
    passes = _let_through(world, roads, kinds, among.take(held), place.take(held))
    stop = offer.at(kinds.row.take(among), place, kinds.community.take(among))
    total = stop.copy()
    along = []
    for slot, some in enumerate(many[many > 0]):
        here = place[:some]
        ahead = (links.ahead[slot] * n_communities).take(here)
        ahead += base[:some]
        worth = known.take(ahead) * world.people.road_pull[slot].take(here)
        gated = held[: np.searchsorted(held, some)]
        worth[gated] *= passes[slot, : len(gated)]
        total[:some] += worth
        worth *= links.drive_steps[links.road[slot]].take(here)
        along.append(worth)
    return np.maximum(total, _LEAST_WORTH), stop, along


def _let_through(
    world: World, roads: Roads, kinds: _Kinds, among: Longs, place: Longs
) -> Floats:
    """Share that each road out of their place lets through of some lots (N,), by slot; 0 where it is shut; (S, N)."""
    links, gates = world.links, world.effects.gates.number
    road = links.road[:, place]
    gate = gates.reshape(-1).take(kinds.community.take(among) * gates.shape[1] + road)
    row = kinds.row.take(among)
    share: Floats = roads.gates.reshape(-1).take(row * roads.gates.shape[1] + gate)
    share[roads.shut.reshape(-1).take(row * len(links.start) + road)] = 0.0
    return share


def _gathered(cell: Longs, persons: Ints, n_cells: int) -> Lots:
    """Lots in the same cell become one."""
    leader = leaders(cell, n_cells)
    first = np.flatnonzero(leader == np.arange(len(cell), dtype=np.int32))
    together = np.bincount(leader, persons, len(cell)).take(first)
    return Lots(cell.take(first), together.astype(np.int32))
