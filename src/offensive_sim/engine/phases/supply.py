"""Rulebook 4.3: who is supplied, who is cut off, who is replaced."""

import numpy as np

from offensive_sim.engine.axes import NOBODY, OFF_MAP, Bools, Bytes, Floats, Ints, Longs, Shorts
from offensive_sim.engine.cells import cells_of, pick, runs
from offensive_sim.engine.effects import Placed, SideEffects, in_force, summed
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def reach(world: World, seen: State, shut: Bools, rows: Longs) -> Bools:
    """Places that their holder's supply reaches by open roads, for the replicas ``rows``; shape (rows, P).

    Supply goes from one place of the side's own to the next, and on from those that are not contested. All sides and
    replicas at once, a road further each time; places come first, those with most roads before the others, and eight
    replicas share a byte.
    """
    links, (end, link) = world.links, world.links.by_slot
    control = np.ascontiguousarray(seen.control[rows].T)
    on = control.take(links.start.take(link), axis=0) == control.take(links.end.take(link), axis=0)
    on &= (seen.contested_by[rows] == NOBODY).T.take(links.end.take(link), axis=0)
    closed = shut[rows]
    if closed.any():
        on &= ~closed.T.take(link, axis=0)
    carries = np.packbits(on, axis=1)
    reached = np.packbits(_sources(world, control), axis=1)
    upto = np.cumsum(links.degree)
    slots = [(reached[:n], end[m - n : m], carries[m - n : m]) for n, m in zip(links.degree, upto, strict=True)]
    before = b""
    while (now := reached.tobytes()) != before:
        before = now
        for here, there, open_ in slots:
            np.bitwise_or(here, reached.take(there, axis=0) & open_, out=here)
    return np.unpackbits(reached, axis=1, count=len(rows)).view(np.bool_).T.take(links.rank, axis=1)


def _sources(world: World, control: Bytes) -> Bools:
    """Where the supply of their holders, ``control`` (P, N), starts; the same shape, places by degree."""
    side, place = world.factions.source_sites
    first = runs(place)
    starts = np.zeros(control.shape, np.bool_)
    own = np.logical_or.reduceat(control.take(place, axis=0) == side[:, None], first, axis=0)
    starts[world.links.rank.take(place.take(first))] = own
    return starts


def days_cut(world: World, seen: State, units: Standing, airlift: Placed, shut: Bools) -> Shorts:
    """Days without supply of every unit, shape (R, U); ``airlift`` makes one of them good a day.

    Nobody starves among friends: where the holder is supplied, so are all whom it does not fight. Those inside an
    enemy's place are fed from next door, by roads that are not ``shut`` (R, L).
    """
    factions = world.factions
    fed = factions.feeds.take(seen.control) * seen.supplied | factions.frugal
    cut = units.only(units.here(fed) & factions.bit.take(units.side) == 0)
    days = np.zeros(seen.days_cut.shape, np.int16)
    inside = cells_of(factions.fights(cut.side, cut.here(seen.control)))
    if len(inside):
        hungry = np.ones(len(cut.number), np.bool_)
        hungry[inside] = ~_fed_from_next_door(world, seen, shut, cut.only(inside))
        cut = cut.only(hungry)
    a_day = np.where(airlift.at(cut.row, cut.side, cut.place) > 0, -1, 1)
    days.reshape(-1)[cut.number] = np.maximum(cut.of(seen.days_cut) + a_day, 0)
    return days


def _fed_from_next_door(world: World, seen: State, shut: Bools, units: Standing) -> Bools:
    """Which units have a quiet, supplied place of their own or a friend's one open road away, shape (N,)."""
    factions, (which, link) = world.factions, world.links.out_of.of(units.place)
    row = units.row.take(which)
    spot = row * world.n_places + world.links.end.take(link)
    feeds = factions.feeds.take(seen.control.take(spot)) & factions.bit.take(units.side.take(which)) != 0
    feeds &= seen.supplied.take(spot) & (seen.contested_by.take(spot) == NOBODY) & ~pick(shut, row, link)
    fed = np.zeros(len(units.number), np.bool_)
    fed[which[feeds]] = True
    return fed


def used_up(seen: State, faced: Longs) -> Longs:
    """Units for whom a day of fighting counts as a second day without supply, cells in an array (R, U).

    Those cut off, of the units that enemies ``faced`` today, if any man of them is left.
    """
    return faced[(seen.days_cut.take(faced) > 0) & (seen.men.take(faced) > 0)]


def manned(rates: Rates, seen: State) -> Ints:
    """Captured and delivered vehicles and weapons that have found crews by today, shape (R, F)."""
    waiting = seen.kit - seen.kit_ready
    return (seen.kit_ready + np.ceil(waiting / rates.crew_days[:, None])).astype(np.int32)


def wasted(rates: Rates, seen: State, u: Floats) -> Ints:
    """Men who fall ill, are hurt or walk off on a quiet day, shape (R, U); ``u`` (R, U)."""
    wish = seen.men * rates.wastage[:, None]
    wish += u
    leaves = wish.astype(np.int32)  # rounded as split.py has it: of what is not negative, the whole men
    leaves *= seen.unit_place >= 0
    return np.minimum(leaves, seen.men, out=leaves)


def recruited(world: World, rates: Rates, seen: State, units: Standing, recruits: SideEffects) -> Ints:
    """Men who join today, shape (R, U).

    A side's recruits a day go in equal parts to its units that stand where the side holds, not contested, or one road
    away from such a place: besiegers are made up from the towns behind them. Those called to a place go to its units.
    """
    joining = np.zeros(seen.men.shape, np.int32)
    active = in_force(seen, recruits.trigger, recruits.days)
    today = active.any(axis=0)
    if not today.any():
        return joining
    takers = cells_of(_at_home(world, seen, units, recruits.side[today]))
    for called, effects in recruits.calls.items():
        men = summed(active[:, effects], recruits.brings[effects])
        fit = takers if called == OFF_MAP else takers[units.place.take(takers) == called]
        which = units.row.take(fit) * men.shape[1] + units.side.take(fit)
        many = np.bincount(which, minlength=men.size).reshape(men.shape)
        each = np.floor(men * rates.recruits_share[:, None] / np.maximum(many, 1)).astype(np.int32)
        joining.reshape(-1)[units.number.take(fit)] += each.take(which)
    return joining


def _at_home(world: World, seen: State, units: Standing, sides: Bytes) -> Bools:
    """Units of some ``sides`` where their side holds, not contested, or one road away, shape (N,)."""
    factions = world.factions
    bit = np.zeros_like(factions.bit)
    bit[sides] = factions.bit[sides]
    held = np.zeros(seen.control.shape, bit.dtype)
    for side in cells_of(bit).tolist():
        held |= (seen.control == side) * bit[side]
    quiet = np.ascontiguousarray((held * (seen.contested_by == NOBODY)).T)
    near = np.ascontiguousarray((quiet | world.links.near(quiet)).T)
    return units.here(near) & bit.take(units.side) != 0
