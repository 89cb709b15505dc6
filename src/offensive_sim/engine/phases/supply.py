"""Rulebook 4.3: who is supplied, who is cut off, who is replaced."""

import numpy as np

from offensive_sim.engine.axes import NOBODY, OFF_MAP, Bools, Floats, Ints, Longs, Shorts
from offensive_sim.engine.cells import once
from offensive_sim.engine.effects import Placed, SideEffects, in_force
from offensive_sim.engine.presence import on_ground, standing_units
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def reach(world: World, seen: State, shut: Bools, rows: Longs) -> Bools:
    """Places that their holder's supply reaches by open roads, for the replicas ``rows``; shape (rows, P).

    Supply goes from one place of the side's own to the next, and on from those that are not contested. All sides and
    replicas at once, breadth first: each place is looked at once.
    """
    control, passable = seen.control[rows], (seen.contested_by[rows] == NOBODY).reshape(-1)
    n_places, holder = world.n_places, control.reshape(-1)
    reached = world.factions.sources[control, np.arange(n_places)].reshape(-1)
    front = np.flatnonzero(reached & passable)
    while len(front):
        row, place = np.divmod(front, n_places)
        neighbour = world.links.neighbour[place].astype(np.int64)
        ahead = front[:, None] + (neighbour - place[:, None])
        fresh = (neighbour >= 0) & (holder[ahead] == holder[front][:, None]) & ~reached[ahead]
        which, slot = np.nonzero(fresh)
        ahead = ahead[which, slot]
        ahead = ahead[~shut[rows[row[which]], world.links.slot_link[place[which], slot]]]
        reached[ahead] = True
        front = once(ahead, len(reached))
        front = front[passable[front]]
    return reached.reshape(control.shape)


def days_cut(world: World, seen: State, airlift: Placed) -> Shorts:
    """Days without supply of every unit, shape (R, U); ``airlift`` makes one of them good a day.

    Nobody starves among friends: where the holder is supplied, so are all whom it does not fight.
    """
    factions, units = world.factions, standing_units(world, seen)
    units = units.only(~factions.lives_off_land.take(units.side))
    holder = units.here(seen.control)
    friendly = ~(factions.fights(units.side, holder) | factions.lives_off_land.take(holder))
    cut = units.only(~(units.here(seen.supplied) & friendly))
    a_day = np.where(airlift.at(cut.row, cut.side, cut.place) > 0, -1, 1)
    days = np.zeros(seen.days_cut.shape, np.int16)
    days.reshape(-1)[cut.number] = np.maximum(cut.of(seen.days_cut) + a_day, 0)
    return days


def used_up(world: World, seen: State, enemy: Floats) -> Shorts:
    """Days without supply after the day's fighting, shape (R, U): for those cut off, a day of fighting counts twice."""
    units = standing_units(world, seen)
    hungry = units.only(units.of(seen.days_cut) > 0)
    days = seen.days_cut.copy()
    days.reshape(-1)[hungry.number] += hungry.own(enemy) > 0
    return days


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

    A side's recruits a day go in equal parts to its units that stand where the side holds, not contested, or one road
    away from such a place: besiegers are made up from the towns behind them. Those called to a place go to its units.
    """
    joining = np.zeros(seen.men.shape, np.int32)
    if not len(recruits.trigger):
        return joining
    active = in_force(seen, recruits.trigger, recruits.days)
    place = np.maximum(seen.unit_place, 0)
    rows = np.arange(seen.replicas)[:, None]
    quiet = np.where(seen.contested_by == NOBODY, seen.control, NOBODY)
    neighbour = world.links.neighbour
    for side, called in np.unique(np.stack([recruits.side, recruits.where]), axis=1).T:
        mine = (recruits.side == side) & (recruits.where == called)
        men = (active[:, mine] * recruits.amount[mine][None, :]).sum(axis=1) * rates.recruits_share
        near = (quiet == side) | ((quiet[:, np.maximum(neighbour, 0)] == side) & (neighbour >= 0)).any(axis=2)
        fit = on_ground(world, seen) & (world.units.side == side)[None, :] & near[rows, place]
        fit &= (called == OFF_MAP) | (seen.unit_place == called)
        takers = fit.sum(axis=1)
        each = np.floor(men / np.maximum(takers, 1)).astype(np.int32)
        joining += fit * each[:, None]
    return joining
