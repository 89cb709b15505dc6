"""Rulebook 4.5: air strikes fall where triggers and orders send them."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Floats, Ints, Longs
from offensive_sim.engine.cells import cells_of
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.effects import Placed
from offensive_sim.engine.noise import Noise
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Raids:
    """What the day's strikes did."""

    hit: Longs  # (N,) cells in an array (R, U) of units that lose men
    loss: Ints  # (N,) how many
    noise: Noise
    supported: Placed  # strikes flown for a side there


def strike(world: World, rates: Rates, seen: State, standing: Standing, strikes: Placed, luck: Luck) -> Raids:
    """Losses from strikes, flown for each side.

    A strike is called where the enemy gathers, so its losses are shared by number over the hostile men at the place and
    one road away; its noise is heard in full by both.
    """
    flown = _Flown(*strikes.cells())
    flyers = tuple(cells_of(np.bincount(flown.side)).tolist())
    noise = Noise(flyers, tuple(_heard(world, seen, flown.only(by)) for by in flyers))
    if not flyers:
        return Raids(cells_of(()), np.zeros(0, np.int32), noise, strikes)
    loud = np.logical_or.reduce([heard > 0 for heard in noise.heard])
    below = standing.only(standing.here(loud))
    units = below.only(noise.suffered(world.factions, below.side, below.spot) > 0)
    loss = _losses(world, rates, seen, flown, units, luck)
    lose = cells_of(loss)
    return Raids(units.number.take(lose), loss.take(lose), noise, strikes)


@dataclass(frozen=True)
class _Flown:
    """The day's strikes, one row for each side and place."""

    row: Longs
    side: Longs
    place: Longs
    number: Ints

    def only(self, side: int) -> "_Flown":
        """Those flown for one side."""
        mine = cells_of(self.side == side)
        return _Flown(self.row.take(mine), self.side.take(mine), self.place.take(mine), self.number.take(mine))


def _heard(world: World, seen: State, flown: _Flown) -> Ints:
    """The largest number of one side's strikes at a place or one road away, shape (R, P)."""
    heard = np.zeros(seen.control.size, np.int32)
    heard[flown.row * world.n_places + flown.place] = flown.number
    which, link = world.links.out_of.of(flown.place)
    spot = flown.row.take(which) * world.n_places + world.links.end.take(link)
    np.maximum.at(heard, spot, flown.number.take(which))
    return heard


def _losses(world: World, rates: Rates, seen: State, flown: _Flown, units: Standing, luck: Luck) -> Ints:
    """Men lost by the units that hear strikes: each one's, shared over the hostile men at the place and next to it."""
    men, wish = units.of(seen.men), np.zeros(len(units.number))
    for by, enemy in world.factions.wars:
        hit = cells_of(units.side == enemy)
        mine = flown.only(by)
        if not len(hit) or not len(mine.row):
            continue
        there = np.bincount(units.spot.take(hit), men.take(hit), seen.control.size)
        near = _with_neighbours(world, there, mine.row, mine.place)
        a_man = np.zeros(seen.control.size)
        killed = mine.number * rates.men_lost_a_strike.take(mine.row) / np.maximum(near, 1.0)
        a_man[mine.row * world.n_places + mine.place] = killed
        wish[hit] += _with_neighbours(world, a_man, units.row.take(hit), units.place.take(hit))
    return np.minimum(rounded(wish * men, luck.at(units.row, units.unit)), men)


def _with_neighbours(world: World, amount: np.ndarray, row: Longs, place: Longs) -> Floats:
    """The amount (R P,) at some places and one road away, shape (N,); summed road by road."""
    which, link = world.links.out_of.of(place)
    here = row * world.n_places
    ahead = here.take(which) + world.links.end.take(link)
    which, spot = np.append(np.arange(len(row)), which), np.append(here + place, ahead)
    return np.bincount(which, amount.take(spot), len(row)).astype(np.float64, copy=False)
