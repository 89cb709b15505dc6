"""Rulebook 4.3: who is supplied, who is cut off, who is replaced."""

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Ints, Longs, Shorts
from offensive_sim.engine.effects import SideEffects, in_force
from offensive_sim.engine.presence import on_ground
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def reach(world: World, seen: State, shut: Bools, rows: Longs) -> Bools:
    """Places that each side's supply reaches by open roads, for the replicas ``rows``; shape (rows, B, P).

    Supply goes from one place of the side's own to the next, and on from those that are not contested.
    """
    control, contested = seen.control[rows], seen.contested_by[rows] != NOBODY
    reached = np.zeros((len(rows), world.factions.n_sides, world.n_places), np.bool_)
    for side in np.flatnonzero(world.factions.sources.any(axis=1)):
        enterable = control == side
        reached[:, side] = _spread(world, world.factions.sources[side], enterable, ~contested, shut[rows])
    return reached


def _spread(world: World, sources: Bools, enterable: Bools, passable: Bools, shut: Bools) -> Bools:
    """Breadth first over roads, every replica at once: each place is looked at once."""
    reached = enterable & sources[None, :]
    row, place = np.nonzero(reached & passable)
    while len(row):
        neighbour: Longs = world.links.neighbour[place].astype(np.int64)
        link = world.links.slot_link[place]
        wide = np.broadcast_to(row[:, None], neighbour.shape)
        fresh = (neighbour >= 0) & ~shut[wide, link] & enterable[wide, neighbour] & ~reached[wide, neighbour]
        row, place = wide[fresh], neighbour[fresh]
        cell = np.unique(row.astype(np.int64) * world.n_places + place)
        row, place = np.divmod(cell, world.n_places)
        reached[row, place] = True
        on = passable[row, place]
        row, place = row[on], place[on]
    return reached


def days_cut(world: World, seen: State, airlift: Bools) -> Shorts:
    """Days without supply of every unit, shape (R, U); ``airlift`` (R, B, P) counts as supply."""
    place = np.maximum(seen.unit_place, 0)
    rows = np.arange(seen.replicas)[:, None]
    side = world.units.side[None, :]
    shared = _among_friends(world, seen.supplied)
    fed = shared[rows, side, place] | airlift[rows, side, place] | world.factions.lives_off_land[side]
    cut = on_ground(world, seen) & ~fed
    return np.where(cut, seen.days_cut + 1, 0).astype(np.int16)


def _among_friends(world: World, supplied: Bools) -> Bools:
    """Places where a side or anyone it does not fight is supplied, shape (R, B, P): nobody starves among friends."""
    fed = np.zeros_like(supplied)
    supplies = np.flatnonzero(~world.factions.lives_off_land)
    for side in supplies:
        friends = [other for other in supplies if not world.factions.hostile[side, other]]
        fed[:, side] = supplied[:, friends].any(axis=1)
    return fed


def manned(rates: Rates, seen: State) -> Ints:
    """Captured and delivered vehicles and weapons that have found crews by today, shape (R, F)."""
    waiting = seen.kit - seen.kit_ready
    return (seen.kit_ready + np.ceil(waiting / rates.crew_days[:, None])).astype(np.int32)


def wasted(rates: Rates, seen: State, u: np.ndarray) -> Ints:
    """Men who fall ill, are hurt or walk off on a quiet day, shape (R, U); ``u`` (R, U)."""
    wish = np.where(seen.unit_place >= 0, seen.men, 0) * rates.wastage[:, None]
    return np.minimum(rounded(wish, u), seen.men)


def recruited(world: World, rates: Rates, seen: State, recruits: SideEffects) -> Ints:
    """Men who join today, shape (R, U).

    A side's recruits a day go in equal parts to its units that stand where the side holds, not contested.
    """
    joining = np.zeros(seen.men.shape, np.int32)
    if not len(recruits.trigger):
        return joining
    active = in_force(seen, recruits.trigger, recruits.days)
    place = np.maximum(seen.unit_place, 0)
    rows = np.arange(seen.replicas)[:, None]
    holder = np.where(seen.contested_by[rows, place] == NOBODY, seen.control[rows, place], NOBODY)
    for side in np.unique(recruits.side):
        mine = recruits.side == side
        men = (active[:, mine] * recruits.amount[mine][None, :]).sum(axis=1) * rates.recruits_share
        fit = on_ground(world, seen) & (world.units.side == side)[None, :] & (holder == side)
        takers = fit.sum(axis=1)
        each = np.floor(men / np.maximum(takers, 1)).astype(np.int32)
        joining += fit * each[:, None]
    return joining
