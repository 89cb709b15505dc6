"""Rulebook 4.9, second half: which way the displaced go, and where they stop.

Recursive logit (Fosgerau, Frejinger and Karlstrom 2013): the worth of a place on the way is what it offers as a
shelter plus what the roads out of it lead to. A closed road turns those near it the same day; the news goes on three
roads a day. Movement is in three steps of four hours; numbers are split exactly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import gate_shares, turns_today
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import shared_out
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


def offers(world: World, rates: Rates, seen: State, feared: int, room: Floats) -> Floats:
    """What each place offers as a shelter, shape (R, C, P); ``room`` (R, P) from 0 to 1."""
    troubled = in_trouble(seen, feared)
    under = 1.0 / (1.0 + rates.vulnerability * rates.under_isis[:, None])
    under = np.where(under < _LEAST_SAFE, 0.0, under)
    safe = np.where(troubled[:, None, :], under[:, :, None], 1.0)
    return world.people.draw[None, :, :] * safe * room[:, None, :]


def room_left(seen: State, capacity: Longs) -> Floats:
    """Room in each place, 1 until 85 per cent full, then down to the least, shape (R, P); ``capacity`` (R, P)."""
    there = seen.sheltered.sum(axis=1, dtype=np.int64)
    free = (capacity - there) / np.maximum(0.15 * capacity, 1.0)
    return np.clip(free, _LEAST_ROOM, 1.0)


def roads_on(world: World, seen: State, shut: Bools) -> Roads:
    """Closures and gates of today."""
    return Roads(shut if shut.any() else None, gate_shares(seen, world.effects.gates))


def outlook(world: World, seen: State, offer: Floats, roads: Roads, stale: Longs) -> Floats:
    """Worth of every place on the way for the replicas ``stale``, shape (stale, C, P), from what was known before."""
    worth = np.empty((len(stale), *offer.shape[1:]))
    never = seen.outlook_of[stale, 0] == NEVER
    for which, rounds in ((never, _FIRST_ROUNDS), (~never, _ROUNDS)):
        if which.any():
            worth[which] = _weighed(world, seen.outlook, offer, (roads, rounds), stale[which])
    return worth


def _weighed(world: World, before: Floats, offer: Floats, way: tuple[Roads, int], stale: Longs) -> Floats:
    """Some rounds of weighing; places are taken in order of their number of roads, so that each slot is one slice."""
    roads, rounds = way
    order = world.links.by_degree
    worth, offer = before[stale][:, :, order], offer[stale][:, :, order]
    slots = [_slot(world, roads, stale, slot) for slot in range(len(world.links.degree))]
    for _ in range(rounds):
        fresh = offer.copy()
        for many, ahead, weight, gated in slots:
            onward = worth[:, :, ahead]
            fresh[:, :, :many] += onward * weight
            if gated is not None:
                community, place, held = gated
                fresh[:, community, place] -= onward[:, community, place] * held
        worth = fresh
    result = np.empty_like(worth)
    result[:, :, order] = worth
    return result


_Gated = tuple[Longs, Longs, Floats]


def _slot(world: World, roads: Roads, stale: Longs, slot: int) -> tuple[int, Longs, Floats, _Gated | None]:
    """The roads of one slot: how many places have it, where they lead, their pull, and what gates hold back of it."""
    links = world.links
    many = int(links.degree[slot])
    places = links.by_degree[:many]
    number = np.empty(world.n_places, np.int64)
    number[links.by_degree] = np.arange(world.n_places)
    weight = world.people.road_pull[places, slot][None, None, :]
    if roads.shut is not None:
        weight = weight * ~roads.shut[stale][:, None, links.road[places, slot]]
    gate = world.effects.gates.number[:, links.road[places, slot]]
    community, place = np.nonzero(gate)
    gated = None
    if len(place):
        held = 1.0 - roads.gates[stale][:, gate[community, place]]
        pull = np.broadcast_to(weight, (len(stale), 1, many))[:, 0, place]
        gated = (community, place, held * pull)
    return many, number[links.ahead[places, slot]], weight, gated


@dataclass
class _Lots:
    """People on the road: so many of a group at a place in a replica, one row each."""

    cell: Longs  # (N,) number of the cell of ``State.moving``
    persons: Ints  # (N,)


def travel(world: World, seen: State, offer: Floats, roads: Roads, dice: Dice) -> Evening:
    """Move everybody on the road three steps; ``seen.outlook`` is today's."""
    cell = np.flatnonzero(seen.moving)
    lots = _Lots(cell, seen.moving.reshape(-1)[cell])
    sheltered = seen.sheltered.copy()
    reached = np.zeros(seen.control.shape, np.int32)
    for step in range(_STEPS):
        if not len(lots.cell):
            break
        row, group, place = np.unravel_index(lots.cell, seen.moving.shape)
        shares = _shares(world, seen, offer, roads, (row, group, place))
        key = (group * world.n_places + place) * _STEPS + step
        parts = shared_out(lots.persons, shares, dice.at(Draw.STEPS, seen.day, row, key))
        np.add.at(sheltered.reshape(-1), lots.cell, parts[:, 0])
        np.add.at(reached, (row, place), parts[:, 0])
        which, slot = np.nonzero(parts[:, 1:-1])
        onward = lots.cell[which] - place[which] + world.links.ahead[place[which], slot]
        waits = np.flatnonzero(parts[:, -1])
        lots = _gathered(
            np.concatenate([lots.cell[waits], onward]),
            np.concatenate([parts[waits, -1], parts[which, slot + 1]]),
        )
    moving = np.zeros_like(seen.moving)
    moving.reshape(-1)[lots.cell] = lots.persons
    return Evening(sheltered=sheltered, moving=moving, reached=reached)


def _gathered(cell: Longs, persons: Ints) -> _Lots:
    """Lots in the same cell become one."""
    order = np.argsort(cell, kind="stable")
    cell, persons = cell[order], persons[order]
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    return _Lots(cell[first], np.add.reduceat(persons, first) if len(first) else persons)


def _shares(world: World, seen: State, offer: Floats, roads: Roads, who: tuple[Longs, Longs, Longs]) -> Floats:
    """For each lot on the move: stop, take each road, or wait; shape (N, S + 2), rows sum to 1."""
    row, group, place = who
    community = world.people.group_community[group].astype(np.int64)
    link = world.links.road[place]
    here = (row * offer.shape[1] + community) * world.n_places
    onward = seen.outlook.reshape(-1)[here[:, None] + world.links.ahead[place]]
    onward *= world.people.road_pull[place]
    gate = world.effects.gates.number[community[:, None], link]
    onward *= roads.gates.reshape(-1)[(row * roads.gates.shape[1])[:, None] + gate]
    if roads.shut is not None:
        onward *= ~roads.shut[row[:, None], link]
    stop = offer.reshape(-1)[here + place]
    total = np.maximum(stop + onward.sum(axis=1), _LEAST_WORTH)
    shares = np.empty((len(row), link.shape[1] + 2))
    shares[:, 0] = stop / total
    onward *= world.links.drive_steps[link]
    np.divide(onward, total[:, None], out=shares[:, 1:-1])
    shares[:, -1] = np.maximum(1.0 - shares[:, :-1].sum(axis=1), 0.0)
    return shares
