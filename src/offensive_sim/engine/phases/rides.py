"""Rulebook 4.9, between leaving and the road: displaced people whom buses or flights take along.

Those on the road at the place where they get in go first, then those in shelter there; who they are is documented,
where they stop after they got out is worked out as for all others.
"""

from dataclasses import dataclass, replace

import numpy as np

from offensive_sim.engine.axes import Ints, Longs
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.effects import in_force
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Carried:
    """Where the displaced are when those who were taken along have got out."""

    in_shelter: Crowd
    on_road: Crowd
    cell: Longs  # (N,) where people got out, as cells of a crowd ...
    persons: Ints  # (N,) ... and how many


def carry(world: World, seen: State, stayed: Ints) -> Carried:
    """Carry people who are on the road this morning, or who ``stayed`` in shelter, in each cell of that crowd (N,).

    Each effect in turn, the first first.
    """
    effects = world.effects.transports
    runs = in_force(seen, effects.trigger, effects.days)
    if not runs.any():
        return Carried(seen.in_shelter.holding(stayed), seen.on_road, np.zeros(0, np.int64), np.zeros(0, np.int32))
    road = seen.on_road.persons.copy()
    house = stayed.copy()
    community = world.people.group_community
    cells, persons = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for effect in np.flatnonzero(runs.any(axis=0)):
        row = np.flatnonzero(runs[:, effect])
        group = np.flatnonzero(effects.carries[effect][community])
        start = (row[:, None] * len(community) + group) * world.n_places + effects.start[effect]
        room = np.full(len(row), effects.persons[effect], np.int32)
        taken = _taken(seen.on_road, road, start, room)
        taken += _taken(seen.in_shelter, house, start, room - taken.sum(axis=1, dtype=np.int32))
        some = taken > 0
        cells.append((start - effects.start[effect] + effects.end[effect])[some])
        persons.append(taken[some])
    return Carried(
        in_shelter=seen.in_shelter.holding(house),
        on_road=replace(seen.on_road, persons=road),
        cell=np.concatenate(cells),
        persons=np.concatenate(persons),
    )


def _taken(crowd: Crowd, persons: Ints, cell: Longs, room: Ints) -> Ints:
    """Take up to ``room`` (M,) of the ``persons`` in a crowd out of its ``cell`` (M, N), one after the other."""
    if not len(crowd.cell):
        return np.zeros(cell.shape, np.int32)
    entry = np.minimum(np.searchsorted(crowd.cell, cell), len(crowd.cell) - 1)
    there = np.where(crowd.cell[entry] == cell, persons[entry], 0)
    before = np.cumsum(there, axis=1) - there
    taken = np.clip(room[:, None] - before, 0, there).astype(np.int32)
    np.subtract.at(persons, entry.reshape(-1), taken.reshape(-1))
    return taken
