"""Rulebook 4.9, between leaving and the road: displaced people whom buses or flights take along.

Those on the road at the place where they get in go first, then those in shelter there; who they are is documented,
where they stop after they got out is worked out as for all others.
"""

from dataclasses import dataclass, replace

import numpy as np

from offensive_sim.engine.axes import Ints, Longs
from offensive_sim.engine.cells import cells_of
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.effects import in_force
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Carried:
    """Who was taken along."""

    on_road: Crowd  # without them
    entry: Longs  # (M,) entries of the crowd in shelter that some left ...
    from_shelter: Ints  # (M,) ... and how many
    cell: Longs  # (N,) where people got out, as cells of a crowd ...
    persons: Ints  # (N,) ... and how many


def carry(world: World, seen: State, stayed: Ints) -> Carried:
    """Carry people who are on the road this morning, or who ``stayed`` in shelter, in each cell of that crowd (N,).

    Each effect in turn, the first first.
    """
    effects, shelter = world.effects.transports, seen.in_shelter
    runs = in_force(seen, effects.trigger, effects.days)
    none = np.zeros(0, np.int64), np.zeros(0, np.int32)
    if not runs.any():
        return Carried(seen.on_road, *none, *none)
    runs &= (shelter.by_place.take(effects.start, axis=1) + seen.on_road.by_place.take(effects.start, axis=1)) > 0
    road, house = seen.on_road.persons.copy(), stayed.copy()
    left, out = [none], [none]
    for effect in cells_of(runs.any(axis=0)):
        row = cells_of(runs[:, effect])
        group = cells_of(effects.carries[effect].take(world.people.group_community))
        start = (row[:, None] * shelter.shape[1] + group) * world.n_places + effects.start[effect]
        (by_road, moving), (by_house, settled) = _there(seen.on_road, road, start), _there(shelter, house, start)
        there = np.concatenate([moving, settled], axis=1)
        if not there.any():
            continue
        room = effects.persons[effect] - (there.cumsum(axis=1) - there)
        taken = np.minimum(np.maximum(room, 0), there).astype(np.int32)
        _take(road, by_road, taken[:, : len(group)])
        left.append(_take(house, by_house, taken[:, len(group) :]))
        both = taken[:, : len(group)] + taken[:, len(group) :]
        some = both > 0
        out.append(((start - effects.start[effect] + effects.end[effect])[some], both[some]))
    (entry, gone), (cell, persons) = (map(np.concatenate, zip(*lists, strict=True)) for lists in (left, out))
    return Carried(replace(seen.on_road, persons=road), entry, gone, cell, persons)


def _there(crowd: Crowd, persons: Ints, cell: Longs) -> tuple[Longs, Ints]:
    """Of the ``persons`` in a crowd those in some cells (M, N), and their entries; of cells without any the last."""
    if not len(persons):
        return cell, np.zeros(cell.shape, np.int32)
    entry = np.minimum(crowd.cell.searchsorted(cell), len(crowd.cell) - 1)
    return entry, persons.take(entry) * (crowd.cell.take(entry) == cell)


def _take(persons: Ints, entry: Longs, taken: Ints) -> tuple[Longs, Ints]:
    """Take so many of the ``persons`` in a crowd out of some entries (M, N); which of them any left, and how many."""
    some = taken > 0
    entry, taken = entry[some], taken[some]
    persons[entry] -= taken
    return entry, taken
