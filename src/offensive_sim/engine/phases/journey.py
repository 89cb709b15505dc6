"""Rulebook 4.9, second half: which way the displaced go, and where they stop.

Recursive logit (Fosgerau, Frejinger and Karlstrom 2013): the worth of a place on the way is what it offers as a
shelter plus what the roads out of it lead to, so one closed road turns everybody the same day. Movement is in four
steps of three hours; numbers are split exactly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import gate_shares
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import shared_out
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_ROUNDS: Final = 6
"""Roads that news of a change travels in a day: people weigh the way ahead with what was known the day before."""
_STEPS: Final = 4
_LEAST_ROOM: Final = 0.02
"""People stop in the open rather than vanish."""
_LEAST_SAFE: Final = 0.05
_LEAST_WORTH: Final = 1e-300
_GO_ON: Final = 0.9
"""Share of a place's worth that the roads out of it can carry: keeps the sum finite."""


@dataclass(frozen=True)
class Evening:
    """Where the displaced are at nightfall."""

    sheltered: Ints  # (R, G, P)
    moving: Ints  # (R, G, P)
    reached: Ints  # (R, P) persons who found shelter today


@dataclass(frozen=True)
class Roads:
    """The way on from each place."""

    ahead: Longs  # (P, S) place
    link: Longs  # (P, S)
    pull: Floats  # (P, S) before closures and gates, 0 where there is no road
    shut: Bools  # (R, L)
    gates: Floats  # (R, K + 1)


def in_trouble(seen: State, feared: int) -> Bools:
    """Places that the feared side holds or that are fought over, shape (R, P)."""
    return (seen.control == feared) | (seen.contested_by != NOBODY)


def stale_outlooks(world: World, seen: State, troubled: Bools) -> Longs:
    """Replicas with people on the road whose outlook no longer fits places, roads, gates and camps."""
    effects = world.effects
    triggers = np.concatenate([effects.roads.trigger, effects.gates.trigger, effects.camps.trigger])
    news = (seen.fired_on[:, triggers] > seen.outlook_of).any(axis=1) | (seen.outlook_of[:, 0] == NEVER)
    moved = (troubled != seen.outlook_for).any(axis=1)
    return np.flatnonzero((news | moved) & seen.moving.any(axis=(1, 2)))


def offers(world: World, rates: Rates, seen: State, feared: int, room: Floats) -> Floats:
    """What each place offers as a shelter, shape (R, C, P); ``room`` (R, P) from 0 to 1."""
    troubled = in_trouble(seen, feared)
    vulnerable = world.people.vulnerability[:, 1]
    under = 1.0 / (1.0 + vulnerable[None, :] * rates.under_isis[:, None])
    under = np.where(under < _LEAST_SAFE, 0.0, under)
    safe = np.where(troubled[:, None, :], under[:, :, None], 1.0)
    return world.people.draw[None, :, :] * safe * room[:, None, :]


def room_left(seen: State, capacity: Longs) -> Floats:
    """Room in each place, 1 until 85 per cent full, then down to the least, shape (R, P); ``capacity`` (R, P)."""
    there = seen.sheltered.sum(axis=1, dtype=np.int64)
    free = (capacity - there) / np.maximum(0.15 * capacity, 1.0)
    return np.clip(free, _LEAST_ROOM, 1.0)


def roads_on(world: World, seen: State, shut: Bools) -> Roads:
    """Where people can go from each place today."""
    exists = world.links.neighbour >= 0
    go_on = _GO_ON / np.maximum(exists.sum(axis=1), 1)
    return Roads(
        ahead=np.where(exists, world.links.neighbour, 0).astype(np.int64),
        link=np.where(exists, world.links.slot_link, 0).astype(np.int64),
        pull=np.where(exists, world.people.road_pull[world.links.slot_link], 0.0) * go_on[:, None],
        shut=shut,
        gates=gate_shares(seen, world.effects.gates),
    )


def outlook(world: World, before: Floats, offer: Floats, roads: Roads, stale: Longs) -> Floats:
    """Worth of every place on the way for the replicas ``stale``, shape (stale, C, P); ``before``: the last one."""
    open_pull = roads.pull[None] * ~roads.shut[stale][:, roads.link]
    offer = offer[stale]
    worth = np.empty_like(offer)
    for community in range(offer.shape[1]):
        gate = world.effects.gates.number[community][roads.link]
        onward = open_pull * roads.gates[stale][:, gate] if gate.any() else open_pull
        value = before[stale, community]
        for _ in range(_ROUNDS):
            value = offer[:, community] + (onward * value[:, roads.ahead]).sum(axis=2)
        worth[:, community] = value
    return worth


def travel(world: World, seen: State, offer: Floats, roads: Roads, dice: Dice) -> Evening:
    """Move everybody on the road four steps; ``seen.outlook`` is today's."""
    sheltered, moving = seen.sheltered.copy(), seen.moving.copy()
    reached = np.zeros(seen.control.shape, np.int32)
    for step in range(_STEPS):
        lots = np.flatnonzero(moving)
        if not len(lots):
            break
        row, group, place = np.unravel_index(lots, moving.shape)
        number = moving[row, group, place]
        shares = _shares(world, seen, offer, roads, (row, group, place))
        cell = (group * world.n_places + place) * _STEPS + step
        parts = shared_out(number, shares, dice.at(Draw.STEPS, seen.day, row, cell))
        moving[row, group, place] -= number
        sheltered[row, group, place] += parts[:, 0]
        np.add.at(reached, (row, place), parts[:, 0])
        moving[row, group, place] += parts[:, -1]
        which, slot = np.nonzero(parts[:, 1:-1])
        there = world.links.neighbour[place[which], slot]
        np.add.at(moving, (row[which], group[which], there), parts[which, slot + 1])
    return Evening(sheltered=sheltered, moving=moving, reached=reached)


def _shares(world: World, seen: State, offer: Floats, roads: Roads, who: tuple[Longs, Longs, Longs]) -> Floats:
    """For each lot on the move: stop, take each road, or wait; shape (N, S + 2), rows sum to 1."""
    row, group, place = who
    community = world.people.group_community[group].astype(np.int64)
    link, wide = roads.link[place], row[:, None]
    gate = world.effects.gates.number[community[:, None], link]
    pull = roads.pull[place] * ~roads.shut[wide, link] * roads.gates[wide, gate]
    onward = pull * seen.outlook[wide, community[:, None], roads.ahead[place]]
    stop = offer[row, community, place]
    total = np.maximum(stop + onward.sum(axis=1), _LEAST_WORTH)
    done = onward / total[:, None] * world.links.drive_steps[link]
    shares = np.empty((len(row), link.shape[1] + 2))
    shares[:, 0] = stop / total
    shares[:, 1:-1] = done
    shares[:, -1] = np.maximum(1.0 - shares[:, 0] - done.sum(axis=1), 0.0)
    return shares
