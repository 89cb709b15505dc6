"""Camps, checkpoints and closed roads on an evening, and how many people wait before them."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.engine.effects import gate_shares, shut_links
from offensive_sim.engine.state import State

_ALL = 1.0


@dataclass(frozen=True)
class Camp:
    """A camp, by its place's number."""

    place: int
    room: int
    """People it can shelter; at a town, its tents alone."""
    people: int
    """Displaced people at its place, in a town also those outside the tents."""


@dataclass(frozen=True)
class Gate:
    """A road on which not everybody may pass, from one place to the next by their numbers."""

    start: int
    end: int
    share: float
    """Of those it holds back most, the share let through a day; 0 where the road is shut."""
    communities: tuple[str, ...]
    """Whom it holds back; all where the road is shut."""
    shut: bool
    waiting: int
    """People on the move at its near end whom it holds back."""


def camps(game: Game, state: State, row: int) -> tuple[Camp, ...]:
    """Places of the kind camp, and camps that have opened by this evening."""
    opened = game.world.effects.camps
    since = state.fired_on[row, opened.trigger]
    room: dict[int, int] = {
        p: int(game.world.people.capacity[p])
        for p, key in enumerate(game.world.places.ids)
        if game.scenario.places[key].kind == "camp"
    }
    for effect in np.flatnonzero((since >= 0) & (since <= state.day)):
        place = int(opened.place[effect])
        room[place] = room.get(place, 0) + int(opened.room[effect])
    people = (state.sheltered[row] + state.moving[row]).sum(axis=0)
    return tuple(Camp(p, room[p], int(people[p])) for p in sorted(room))


def gates(game: Game, state: State, row: int) -> tuple[Gate, ...]:
    """Checkpoints that hold somebody back, and roads that are shut, this evening."""
    world = game.world
    one = state.rows(slice(row, row + 1))
    shares = gate_shares(one, world.effects.gates)[0][world.effects.gates.number]  # (C, L)
    shut = shut_links(one, world.effects.roads, len(world.links.start))[0]
    found = []
    for link in np.flatnonzero(shut | (shares < _ALL).any(axis=0)):
        start, end = int(world.links.start[link]), int(world.links.end[link])
        if shut[link] and start > end:
            continue  # one sign for both directions
        held = np.flatnonzero((shares[:, link] < _ALL) | shut[link])
        groups = np.isin(world.people.group_community, held)
        waiting = int(state.moving[row][groups][:, [start, end] if shut[link] else [start]].sum())
        share = 0.0 if shut[link] else float(shares[held, link].min())
        names = tuple(world.people.community_ids[c] for c in held)
        found.append(Gate(start, end, share, names, bool(shut[link]), waiting))
    return tuple(found)
