"""Rulebook 4.9, second half: which way the displaced go, and where they stop.

Recursive logit (Fosgerau, Frejinger and Karlstrom 2013): the worth of a place on the way is what it offers as a
shelter plus what the roads out of it lead to, so one closed road turns everybody the same day. Movement is in four
steps of three hours; numbers are split exactly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import gates_for
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import shared_out
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_ROUNDS: Final = 15
"""Roads ahead that people weigh; farther ones add less than a thousandth."""
_STEPS: Final = 4
_LEAST_ROOM: Final = 0.02
"""People stop in the open rather than vanish."""
_LEAST_SAFE: Final = 0.05
_GO_ON: Final = 0.9
"""Share of a place's worth that the roads out of it can carry: keeps the sum finite."""


@dataclass(frozen=True)
class Evening:
    """Where the displaced are at nightfall."""

    sheltered: Ints  # (R, G, P)
    moving: Ints  # (R, G, P)
    reached: Ints  # (R, P) persons who found shelter today


def offers(world: World, rates: Rates, seen: State, feared: int, room: Floats) -> Floats:
    """What each place offers as a shelter, shape (R, C, P); ``room`` (R, P) from 0 to 1."""
    held = seen.control == feared
    troubled = held | (seen.contested_by != NOBODY)
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


def outlook(world: World, seen: State, offer: Floats, shut: Bools, stale: Longs) -> Floats:
    """Worth of every place on the way for the replicas ``stale``, shape (stale, C, P)."""
    neighbour, slot_link = world.links.neighbour, world.links.slot_link
    exists = neighbour >= 0
    ahead = np.maximum(neighbour, 0)
    roads = np.where(exists[None], world.people.road_pull[slot_link] * ~shut[stale][:, slot_link], 0.0)
    roads = roads * (_GO_ON / np.maximum(exists.sum(axis=1), 1))[None, :, None]
    worth = offer[stale].copy()
    for community in range(len(world.people.community_ids)):
        onward = roads.copy()
        for link, share in gates_for(seen, world.effects.gates, community):
            at = np.argwhere(slot_link[world.links.start[link]] == link)[0, 0]
            onward[:, world.links.start[link], at] *= share[stale]
        value = worth[:, community]
        for _ in range(_ROUNDS):
            value = offer[stale, community] + (onward * value[:, ahead]).sum(axis=2)
        worth[:, community] = value
    return worth


def travel(world: World, seen: State, offer: Floats, shut: Bools, dice: Dice) -> Evening:
    """Move everybody on the road four steps; ``seen.outlook`` is today's."""
    sheltered, moving = seen.sheltered.copy(), seen.moving.copy()
    before = sheltered.sum(axis=1)
    for step in range(_STEPS):
        row, group, place = np.nonzero(moving)
        if not len(row):
            break
        number = moving[row, group, place]
        shares = _shares(world, seen, offer, shut, (row, group, place))
        cell = (group * world.n_places + place) * _STEPS + step
        parts = shared_out(number, shares, dice.at(Draw.STEPS, seen.day, row, cell))
        moving[row, group, place] -= number
        sheltered[row, group, place] += parts[:, 0]
        moving[row, group, place] += parts[:, -1]
        which, slot = np.nonzero(parts[:, 1:-1])
        there = world.links.neighbour[place[which], slot]
        np.add.at(moving, (row[which], group[which], there), parts[which, slot + 1])
    return Evening(sheltered=sheltered, moving=moving, reached=sheltered.sum(axis=1) - before)


def _shares(
    world: World, seen: State, offer: Floats, shut: Bools, who: tuple[Longs, Longs, Longs]
) -> Floats:
    """For each lot on the move: stop, take each road, or wait; shape (N, S + 2), rows sum to 1."""
    row, group, place = who
    community = world.people.group_community[group].astype(np.int64)
    neighbour = world.links.neighbour[place]
    link = world.links.slot_link[place].astype(np.int64)
    exists = neighbour >= 0
    ahead = np.where(exists, neighbour, 0)
    pull = np.where(exists & ~shut[row[:, None], link], world.people.road_pull[link], 0.0)
    pull = pull * _GO_ON / np.maximum(exists.sum(axis=1), 1)[:, None]
    pull = _through_gates(world, seen, (row, community), link, pull)
    onward = pull * seen.outlook[row[:, None], community[:, None], ahead]
    stop = offer[row, community, place]
    total = np.maximum(stop + onward.sum(axis=1), 1e-300)
    go = onward / total[:, None]
    done = go * world.links.drive_steps[link]
    shares = np.empty((len(row), go.shape[1] + 2))
    shares[:, 0] = stop / total
    shares[:, 1:-1] = done
    shares[:, -1] = np.maximum(1.0 - shares[:, 0] - done.sum(axis=1), 0.0)
    return shares


def _through_gates(
    world: World, seen: State, who: tuple[Longs, Longs], link: Longs, pull: Floats
) -> Floats:
    row, community = who
    for one in np.unique(community):
        for gate, share in gates_for(seen, world.effects.gates, int(one)):
            hit = (community == one)[:, None] & (link == gate)
            pull = np.where(hit, pull * share[row][:, None], pull)
    return pull
