"""Rulebook 4.3: who is supplied, who is cut off, who is replaced."""

import numpy as np

from offensive_sim.engine.axes import NOBODY, OFF_MAP, Bools, Ints, Longs, Shorts
from offensive_sim.engine.camps import Several
from offensive_sim.engine.cells import cells_of
from offensive_sim.engine.effects import Placed, SideEffects, in_force
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def reach(world: World, seen: State, shut: Bools, rows: Longs) -> Bools:
    """Places that their holder's supply reaches by open roads, for the replicas ``rows``; shape (rows, P).

    Supply goes from one place of the side's own to the next, and on from those that are not contested. All sides and
    replicas at once, a road further each time; places come first, and eight replicas share a byte.
    """
    links, control = world.links, np.ascontiguousarray(seen.control[rows].T)
    passable, closed = (seen.contested_by[rows] == NOBODY).T, shut[rows].T
    reached = np.packbits(world.factions.sources[control, np.arange(world.n_places)[:, None]], axis=1)
    carries = []
    for many, ahead, link in zip(links.degree, links.ahead, links.road, strict=True):
        here, there = links.by_degree[:many], ahead[links.by_degree[:many]]
        on = (control[here] == control[there]) & passable[there] & ~closed[link[here]]
        carries.append((here, there, np.packbits(on, axis=1)))
    before = np.zeros_like(reached)
    while (before != reached).any():
        before = reached.copy()
        for here, there, on in carries:
            reached[here] |= reached[there] & on
    return np.unpackbits(reached, axis=1, count=len(rows)).T.astype(np.bool_)


def days_cut(world: World, seen: State, units: Standing, airlift: Placed, shut: Bools) -> Shorts:
    """Days without supply of every unit, shape (R, U); ``airlift`` makes one of them good a day.

    Nobody starves among friends: where the holder is supplied, so are all whom it does not fight. Those inside an
    enemy's place are fed from next door, by roads that are not ``shut`` (R, L).
    """
    factions = world.factions
    units = units.only(~factions.lives_off_land.take(units.side))
    holder = units.here(seen.control)
    enemy = factions.fights(units.side, holder)
    fed = units.here(seen.supplied) & ~enemy & ~factions.lives_off_land.take(holder)
    inside = cells_of(enemy)
    fed[inside] = _fed_from_next_door(world, seen, shut, units.only(inside))
    cut = units.only(~fed)
    a_day = np.where(airlift.at(cut.row, cut.side, cut.place) > 0, -1, 1)
    days = np.zeros(seen.days_cut.shape, np.int16)
    days.reshape(-1)[cut.number] = np.maximum(cut.of(seen.days_cut) + a_day, 0)
    return days


def _fed_from_next_door(world: World, seen: State, shut: Bools, units: Standing) -> Bools:
    """Which units have a quiet, supplied place of their own or a friend's one open road away, shape (N,)."""
    neighbour, link = world.links.neighbour[units.place].astype(np.int64), world.links.slot_link[units.place]
    row, ahead = units.row[:, None], np.maximum(neighbour, 0)
    holder = seen.control[row, ahead]
    quiet = seen.supplied[row, ahead] & (seen.contested_by[row, ahead] == NOBODY)
    quiet &= ~world.factions.fights(units.side[:, None], holder) & ~world.factions.lives_off_land[holder]
    return np.asarray(((neighbour >= 0) & quiet & ~shut[row, link]).any(axis=1))


def used_up(seen: State, units: Standing, enemy: Several) -> Shorts:
    """Days without supply after the day's fighting, shape (R, U): for those cut off, a day of fighting counts twice."""
    hungry = units.only(units.of(seen.days_cut) > 0)
    days = seen.days_cut.copy()
    days.reshape(-1)[hungry.number] += enemy.at(hungry.side, hungry.spot) > 0
    return days


def manned(rates: Rates, seen: State) -> Ints:
    """Captured and delivered vehicles and weapons that have found crews by today, shape (R, F)."""
    waiting = seen.kit - seen.kit_ready
    return (seen.kit_ready + np.ceil(waiting / rates.crew_days[:, None])).astype(np.int32)


def wasted(rates: Rates, seen: State, u: np.ndarray) -> Ints:
    """Men who fall ill, are hurt or walk off on a quiet day, shape (R, U); ``u`` (R, U)."""
    wish = np.where(seen.unit_place >= 0, seen.men, 0) * rates.wastage[:, None]
    return np.minimum(rounded(wish, u), seen.men)


def recruited(world: World, rates: Rates, seen: State, units: Standing, recruits: SideEffects) -> Ints:
    """Men who join today, shape (R, U).

    A side's recruits a day go in equal parts to its units that stand where the side holds, not contested, or one road
    away from such a place: besiegers are made up from the towns behind them. Those called to a place go to its units.
    """
    joining = np.zeros(seen.men.shape, np.int32)
    active = in_force(seen, recruits.trigger, recruits.days)
    if not active.any():
        return joining
    quiet = np.where(seen.contested_by == NOBODY, world.factions.bit.take(seen.control), 0).T
    quiet = np.ascontiguousarray(quiet)
    near = (quiet | world.links.near(quiet)).reshape(-1)
    units = units.only((near.take(units.place * seen.replicas + units.row) & world.factions.bit.take(units.side)) != 0)
    for side, called in sorted({(int(a), int(b)) for a, b in zip(recruits.side, recruits.where, strict=True)}):
        mine = (recruits.side == side) & (recruits.where == called)
        men = (active[:, mine] * recruits.amount[mine][None, :]).sum(axis=1) * rates.recruits_share
        fit = units.only((units.side == side) & ((called == OFF_MAP) | (units.place == called)))
        takers = np.bincount(fit.row, minlength=seen.replicas)
        each = np.floor(men / np.maximum(takers, 1)).astype(np.int32)
        joining.reshape(-1)[fit.number] += each[fit.row]
    return joining
