"""Rulebook 4.9, second half: which way the displaced go, and where they stop.

Recursive logit (Fosgerau, Frejinger and Karlstrom 2013): the worth of a place on the way is what it offers as a
shelter plus what the roads out of it lead to. A closed road turns those near it the same day; the news goes on three
roads a day. Movement is in three steps of four hours; numbers are split exactly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Floats, Ints, Longs, Singles
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import gate_shares, turns_today
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import Split
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_ROUNDS: Final = 3
"""Roads that news of a change travels in a day: people weigh the way ahead with what was known the day before."""
_FIRST_ROUNDS: Final = 15
"""Roads that people know when they set out for the first time."""
_STEPS: Final = 3
_LEAST_ROOM: Final = 0.02
"""People stop in the open rather than vanish."""
_LEAST_SAFE: Final = 0.05
_LEAST_WORTH: Final = 1e-300


@dataclass(frozen=True)
class Evening:
    """Where the displaced are at nightfall."""

    sheltered: Ints  # (R, G, P)
    moving: Ints  # (R, G, P)
    reached: Ints  # (R, P) persons who found shelter today


@dataclass(frozen=True)
class Roads:
    """What closes or slows roads today."""

    shut: Bools | None  # (R, L), None where nothing is shut
    gates: Floats  # (R, K + 1)


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
        row, place = np.nonzero(self.troubled[rows])
        offer[row, place] *= self.safe[rows[row]]
        offer *= self.room[rows][:, :, None]
        return offer

    def at(self, row: Longs, place: Longs, community: Longs) -> Floats:
        """What some places offer some communities, shape (N,)."""
        offer = self.draw[place, community]
        (trouble,) = np.nonzero(self.troubled[row, place])
        offer[trouble] *= self.safe[row[trouble], community[trouble]]
        offer *= self.room[row, place]
        return offer


def in_trouble(seen: State, feared: int) -> Bools:
    """Places that the feared side holds or that are fought over, shape (R, P)."""
    return (seen.control == feared) | (seen.contested_by != NOBODY)


def stale_outlooks(world: World, seen: State, troubled: Bools) -> Longs:
    """Replicas with people on the road whose outlook no longer fits places, roads, gates and camps."""
    effects = world.effects
    triggers = np.concatenate([effects.roads.trigger, effects.gates.trigger, effects.camps.trigger])
    news = (seen.fired_on[:, triggers] > seen.outlook_of).any(axis=1) | (seen.outlook_of[:, 0] == NEVER)
    news |= turns_today(seen, effects.roads)
    moved = (troubled != seen.outlook_for).any(axis=1)
    return np.flatnonzero((news | moved) & seen.moving.any(axis=(1, 2)))


def shelter(world: World, rates: Rates, seen: State, feared: int, room: Floats) -> Shelter:
    """What the places offer; ``room`` (R, P) from 0 to 1."""
    under = 1.0 / (1.0 + rates.vulnerability * rates.under_isis[:, None])
    safe = np.where(under < _LEAST_SAFE, 0.0, under)
    return Shelter(world.people.draw.T, safe, in_trouble(seen, feared), room)


def room_left(seen: State, capacity: Longs) -> Floats:
    """Room in each place, 1 until 85 per cent full, then down to the least, shape (R, P); ``capacity`` (R, P)."""
    there = seen.sheltered.sum(axis=1, dtype=np.int64)
    free = (capacity - there) / np.maximum(0.15 * capacity, 1.0)
    return np.clip(free, _LEAST_ROOM, 1.0)


def roads_on(world: World, seen: State, shut: Bools) -> Roads:
    """Closures and gates of today."""
    return Roads(shut if shut.any() else None, gate_shares(seen, world.effects.gates))


def outlook(world: World, seen: State, offer: Floats, roads: Roads, stale: Longs) -> Singles:
    """Worth of every place on the way for the replicas ``stale``, shape (stale, P, C), from what was known before.

    ``offer`` (stale, P, C).
    """
    worth = np.empty(offer.shape, np.float32)
    never = seen.outlook_of[stale, 0] == NEVER
    for which, rounds in ((never, _FIRST_ROUNDS), (~never, _ROUNDS)):
        for some in np.array_split(np.flatnonzero(which), -(-int(which.sum()) // _AT_ONCE) or 1):
            if len(some):
                known = seen.outlook[stale[some]]
                worth[some] = _weighed(world, known, offer[some], (roads, rounds), stale[some])
    return worth


_AT_ONCE: Final = 32
"""Replicas weighed together: as many as a processor's own memory holds."""


def _weighed(world: World, known: Singles, offer: Floats, way: tuple[Roads, int], rows: Longs) -> Singles:
    """Some rounds of weighing for the replicas ``rows``; ``known``, ``offer`` and result (rows, P, C).

    Places come first here, in order of their number of roads: then the roads of one slot are a slice, and what lies at
    the end of a road is one row to copy.
    """
    roads, rounds = way
    order, n_communities = world.links.by_degree, offer.shape[2]
    worth, own = (np.ascontiguousarray(a.transpose(1, 0, 2)[order], np.float32) for a in (known, offer))
    worth, own = worth.reshape(len(order), -1), own.reshape(len(order), -1)
    slots = [_slot(world, roads, rows, slot) for slot in range(len(world.links.degree))]
    for _ in range(rounds):
        fresh = own.copy()
        for slot in slots:
            onward = worth.take(slot.ahead, axis=0)
            by_row = onward.reshape(len(onward), len(rows), n_communities)
            by_row[slot.shut] = 0.0
            held = by_row[slot.gated] * slot.held
            onward *= slot.pull
            fresh[: len(onward)] += onward
            fresh.reshape(len(order), len(rows), n_communities)[slot.gated] -= held
        worth = fresh
    result = np.empty((len(rows), len(order), n_communities), np.float32)
    result[:, order] = worth.reshape(len(order), len(rows), n_communities).transpose(1, 0, 2)
    return result


@dataclass(frozen=True)
class _Slot:
    """The first, second, ... road out of every place that has so many; places in order of their number of roads."""

    ahead: Longs  # (M,) where it leads, in that order
    pull: Singles  # (M, 1) share who would go on along it
    shut: tuple[Longs, Longs]  # places and replicas where it is shut
    gated: tuple[Longs, Longs, Longs]  # places, replicas and communities with a gate on it
    held: Singles  # how much of their worth beyond it each of these gates takes away


def _slot(world: World, roads: Roads, rows: Longs, slot: int) -> _Slot:
    links = world.links
    places = links.by_degree[: int(links.degree[slot])]
    number = np.empty(world.n_places, np.int64)
    number[links.by_degree] = np.arange(world.n_places)
    road, pull = links.road[slot, places], world.people.road_pull[slot, places]
    shut: tuple[Longs, ...] = (np.zeros(0, np.int64), np.zeros(0, np.int64))
    if roads.shut is not None:
        shut = np.nonzero(roads.shut[rows][:, road].T)
    community, place = np.nonzero(world.effects.gates.number[:, road])
    share = roads.gates[rows][:, world.effects.gates.number[community, road[place]]]
    which, row = np.nonzero((share < 1.0).T)
    held = (1.0 - share[row, which]) * pull[place[which]]
    return _Slot(
        ahead=number[links.ahead[slot, places]],
        pull=pull[:, None].astype(np.float32),
        shut=(shut[0], shut[1]),
        gated=(place[which], row, community[which]),
        held=held.astype(np.float32),
    )


@dataclass
class _Lots:
    """People on the road: so many of a group at a place in a replica, one row each, no cell twice."""

    cell: Longs  # (N,) number of the cell of ``State.moving``
    persons: Ints  # (N,)


def travel(world: World, seen: State, offer: Shelter, roads: Roads, dice: Dice) -> Evening:
    """Move everybody on the road three steps; ``seen.outlook`` is today's."""
    evening = Evening(seen.sheltered.copy(), np.zeros_like(seen.moving), np.zeros(seen.control.shape, np.int32))
    cell = np.flatnonzero(seen.moving != 0)
    lots = _Lots(cell, seen.moving.reshape(-1)[cell])
    for step in range(_STEPS):
        if len(lots.cell):
            lots = _drive(world, seen, (offer, roads), (lots, step, dice), evening)
    evening.moving.reshape(-1)[lots.cell] = lots.persons
    return evening


def _drive(
    world: World, seen: State, today: tuple[Shelter, Roads], who: tuple[_Lots, int, Dice], evening: Evening
) -> _Lots:
    """Four hours on the road: those who find shelter go into ``evening``, the others are returned."""
    lots, step, dice = who
    lots, many = _most_roads_first(world, lots)
    row, place, community = _whereabouts(world, seen, lots)
    key = (lots.cell - row * seen.moving[0].size) * _STEPS + step
    stop, along = _shares(world, seen, today, (row, place, community), many)
    split = Split(lots.persons, dice.at(Draw.STEPS, seen.day, row, key))
    stays = split.take(stop)
    evening.sheltered.reshape(-1)[lots.cell] += stays
    np.add.at(evening.reached.reshape(-1), row * world.n_places + place, stays)
    cells, persons = [], []
    for slot, share in enumerate(along):
        goes = split.take(share)
        some = np.flatnonzero(goes)
        here = place[some]
        cells.append(lots.cell[some] - here + world.links.ahead[slot, here])
        persons.append(goes[some])
    waits = split.rest()
    some = np.flatnonzero(waits)
    return _gathered(
        np.concatenate([*cells, lots.cell[some]]), np.concatenate([*persons, waits[some]]), evening.moving
    )


def _most_roads_first(world: World, lots: _Lots) -> tuple[_Lots, Longs]:
    """The same lots, those at places with most roads first, and how many of them have a first, second, ... road."""
    fewer = world.links.minus_roads[lots.cell % world.n_places]
    order = np.argsort(fewer, kind="stable")
    many = np.searchsorted(fewer[order], -np.arange(len(world.links.degree)))
    return _Lots(lots.cell[order], lots.persons[order]), many


def _whereabouts(world: World, seen: State, lots: _Lots) -> tuple[Longs, Longs, Longs]:
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
    total = np.zeros(len(row))
    along = []
    for slot, some in enumerate(many[many > 0]):
        here = place[:some]
        road = links.road[slot, here]
        worth = known[base[:some] + links.ahead[slot, here] * n_communities] * world.people.road_pull[slot, here]
        _hold_back(world, roads, (row[:some], community[:some], road), worth)
        total[:some] += worth
        along.append(worth * links.drive_steps[road])
    stop = offer.at(row, place, community)
    total = np.maximum(stop + total, _LEAST_WORTH)
    return stop / total, [share / total[: len(share)] for share in along]


def _hold_back(world: World, roads: Roads, who: tuple[Longs, Longs, Longs], worth: Floats) -> None:
    """Lessen ``worth`` (N,) of a road by today's gate for that community, and to nothing where it is shut."""
    row, community, road = who
    gate = world.effects.gates.number[community, road]
    (some,) = np.nonzero(gate)
    worth[some] *= roads.gates[row[some], gate[some]]
    if roads.shut is not None:
        worth[roads.shut[row, road]] = 0.0


def _gathered(cell: Longs, persons: Ints, empty: Ints) -> _Lots:
    """Lots in the same cell become one; ``empty``, all zero, is used to add them up and is left so."""
    sums = empty.reshape(-1)
    np.add.at(sums, cell, persons)
    last = np.empty(sums.shape, np.int32)
    number = np.arange(len(cell), dtype=np.int32)
    last[cell] = number
    once = cell[last[cell] == number]
    lots = _Lots(once, sums[once])
    sums[once] = 0
    return lots
