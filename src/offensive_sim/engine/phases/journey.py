"""Rulebook 4.9, second half: which way the displaced go, and where they stop.

People divide between stopping and the roads on in proportion to their worth (outlook.py). Movement is in three steps
of four hours; numbers are split exactly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.cells import leaders, where
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

    cell: Longs  # (N,) number of the cell of ``State.moving``
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

    def everywhere(self, rows: Longs) -> Floats:
        """What each place offers each community in the replicas ``rows``, shape (rows, P, C)."""
        offer = np.repeat(self.draw[None, :, :], len(rows), axis=0)
        row, place = where(self.troubled[rows])
        offer[row, place] *= self.safe[rows[row]]
        offer *= self.room[rows][:, :, None]
        return offer

    def at(self, row: Longs, place: Longs, community: Longs) -> Floats:
        """What some places offer some communities, shape (N,)."""
        spot = row * self.room.shape[1] + place
        offer = self.draw.reshape(-1)[place * self.draw.shape[1] + community]
        trouble = np.flatnonzero(self.troubled.reshape(-1)[spot])
        offer[trouble] *= self.safe[row[trouble], community[trouble]]
        offer *= self.room.reshape(-1)[spot]
        return offer


def in_trouble(seen: State, feared: int) -> Bools:
    """Places that the feared side holds or that are fought over, shape (R, P)."""
    return (seen.control == feared) | (seen.contested_by != NOBODY)


def on_the_road(seen: State) -> Lots:
    """Everybody who is on the move this morning."""
    cell = np.flatnonzero(seen.moving != 0)
    return Lots(cell, seen.moving.reshape(-1)[cell])


def stale_outlooks(world: World, seen: State, lots: Lots, troubled: Bools) -> Longs:
    """Replicas with people on the road whose outlook no longer fits places, roads, gates and camps."""
    travels = np.zeros(seen.replicas, np.bool_)
    travels[lots.cell // seen.moving[0].size] = True
    effects = world.effects
    triggers = np.concatenate([effects.roads.trigger, effects.gates.trigger, effects.camps.trigger])
    news = (seen.fired_on[:, triggers] > seen.outlook_of).any(axis=1) | (seen.outlook_of[:, 0] == NEVER)
    news |= turns_today(seen, effects.roads)
    moved = (troubled != seen.outlook_for).any(axis=1)
    return np.flatnonzero((news | moved) & travels)


def shelter(world: World, rates: Rates, seen: State, feared: int, room: Floats) -> Shelter:
    """What the places offer; ``room`` (R, P) from 0 to 1."""
    return Shelter(np.ascontiguousarray(world.people.draw.T), bearable(rates), in_trouble(seen, feared), room)


def room_left(seen: State, capacity: Longs) -> Floats:
    """Room in each place, 1 until 85 per cent full, then down to the least, shape (R, P); ``capacity`` (R, P)."""
    there = seen.sheltered.sum(axis=1, dtype=np.int32)
    free = (capacity - there) / np.maximum(0.15 * capacity, 1.0)
    return np.clip(free, _LEAST_ROOM, 1.0)


def travel(world: World, seen: State, lots: Lots, today: tuple[Shelter, Roads], dice: Dice) -> Evening:
    """Move everybody on the road three steps; ``seen.outlook`` is today's."""
    stopped = []
    for step in range(_STEPS):
        lots, stop = _drive(world, seen, today, lots, (step, dice))
        stopped.append(stop)
    return Evening(
        stopped=Lots(np.concatenate([s.cell for s in stopped]), np.concatenate([s.persons for s in stopped])),
        moving=lots,
    )


def arrivals(seen: State, evening: Evening) -> Ints:
    """Persons who found shelter today, shape (R, P)."""
    row, there = np.divmod(evening.stopped.cell, seen.moving[0].size)
    n_places = seen.control.shape[1]
    total = np.bincount(row * n_places + there % n_places, evening.stopped.persons, seen.control.size)
    return total.astype(np.int32).reshape(seen.control.shape)


def _drive(
    world: World, seen: State, today: tuple[Shelter, Roads], lots: Lots, luck: tuple[int, Dice]
) -> tuple[Lots, Lots]:
    """Four hours on the road: those still under way, and those who have found shelter."""
    step, dice = luck
    lots, many = _most_roads_first(world, lots)
    row, place, community = _whereabouts(world, seen, lots)
    key = (lots.cell - row * seen.moving[0].size) * _STEPS + step
    stop, along = _shares(world, seen, today, (row, place, community), many)
    split = Split(lots.persons, dice.at(Draw.STEPS, seen.day, row, key))
    stopped = split.take(stop)
    cells, persons = [], []
    for slot, share in enumerate(along):
        goes = split.take(share)
        some = np.flatnonzero(goes != 0)
        here = place[some]
        cells.append(lots.cell[some] - here + world.links.ahead[slot][here])
        persons.append(goes[some])
    waits = split.rest()
    some = np.flatnonzero(waits != 0)
    ways = np.concatenate([*cells, lots.cell[some]])
    going = _gathered(ways, np.concatenate([*persons, waits[some]]), seen.moving.size)
    some = np.flatnonzero(stopped != 0)
    return going, Lots(lots.cell[some], stopped[some])


def _most_roads_first(world: World, lots: Lots) -> tuple[Lots, Longs]:
    """The same lots, those at places with most roads first, and how many of them have a first, second, ... road."""
    fewer = world.links.minus_roads[lots.cell % world.n_places]
    order = np.argsort(fewer, kind="stable")
    many = np.searchsorted(fewer[order], -np.arange(len(world.links.degree)))
    return Lots(lots.cell[order], lots.persons[order]), many


def _whereabouts(world: World, seen: State, lots: Lots) -> tuple[Longs, Longs, Longs]:
    """Replica, place and community of every lot."""
    among, place = np.divmod(lots.cell, world.n_places)
    row, group = np.divmod(among, seen.moving.shape[1])
    return row, place, world.people.group_community[group].astype(np.int64)


def _shares(
    world: World, seen: State, today: tuple[Shelter, Roads], who: tuple[Longs, Longs, Longs], many: Longs
) -> tuple[Floats, list[Floats]]:
    """The share of each lot that stops, and for each slot, of the first so many lots, that gets to the road's end."""
    (offer, roads), (row, place, community) = today, who
    links, n_communities = world.links, seen.outlook.shape[2]
    known = seen.outlook.reshape(-1)
    base = row * (world.n_places * n_communities) + community
    hindered = np.flatnonzero(roads.hindered.reshape(-1)[row * world.n_places + place])
    total = np.zeros(len(row))
    along = []
    for slot, some in enumerate(many[many > 0]):
        here = place[:some]
        road = links.road[slot][here]
        worth = known[base[:some] + links.ahead[slot][here] * n_communities] * world.people.road_pull[slot][here]
        held = hindered[: np.searchsorted(hindered, some)]
        worth[held] *= _let_through(world, roads, row[held], community[held], road[held])
        total[:some] += worth
        along.append(worth * links.drive_steps[road])
    stop = offer.at(row, place, community)
    total = np.maximum(stop + total, _LEAST_WORTH)
    return stop / total, [share / total[: len(share)] for share in along]


def _let_through(world: World, roads: Roads, row: Longs, community: Longs, road: Longs) -> Floats:
    """Share of a community that a road lets through today, 0 where it is shut, shape (N,)."""
    gate = world.effects.gates.number[community, road]
    return np.where(roads.shut[row, road], 0.0, roads.gates[row, gate])


def _gathered(cell: Longs, persons: Ints, n_cells: int) -> Lots:
    """Lots in the same cell become one."""
    leader = leaders(cell, n_cells)
    first = np.flatnonzero(leader == np.arange(len(cell)))
    together = np.bincount(leader, persons, len(cell))[first]
    return Lots(cell[first], together.astype(np.int32))
