"""Rulebook 4.5: air strikes fall where triggers and orders send them."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Floats, Ints, Longs
from offensive_sim.engine.cells import cells_of, where
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.effects import Placed
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Raids:
    """What the day's strikes did."""

    loss: Ints  # (R, U) men
    suffered: Ints  # (R, B, P) strikes that a side suffered at a place and on the roads that leave it
    supported: Placed  # strikes flown for a side there


def strike(world: World, rates: Rates, seen: State, units: Standing, strikes: Placed, luck: Luck) -> Raids:
    """Losses from strikes, flown for each side.

    A strike is called where the enemy gathers, so its losses are shared by number over the hostile men at the place and
    one road away; its noise is heard in full by both.
    """
    suffered = np.zeros((seen.replicas, world.factions.n_sides, world.n_places), np.int32)
    loss = np.zeros(seen.men.shape, np.int32)
    flown = _Flown(*strikes.cells())
    if len(flown.row):
        for by in np.unique(flown.side):
            heard = _heard(world, seen, flown.only(by))
            for enemy in world.factions.enemies(by):
                suffered[:, enemy] += heard
        _add_losses(world, rates, seen, (flown, units.only(units.own(suffered) > 0), luck), loss)
    return Raids(loss=loss, suffered=suffered, supported=strikes)


@dataclass(frozen=True)
class _Flown:
    """The day's strikes, one row for each side and place."""

    row: Longs
    side: Longs
    place: Longs
    number: Ints

    def only(self, side: int) -> "_Flown":
        """Those flown for one side."""
        mine = self.side == side
        return _Flown(self.row[mine], self.side[mine], self.place[mine], self.number[mine])


def _heard(world: World, seen: State, flown: _Flown) -> Ints:
    """The largest number of one side's strikes at a place or one road away, shape (R, P)."""
    heard = np.zeros(seen.control.shape, np.int32)
    heard[flown.row, flown.place] = flown.number
    neighbour = world.links.neighbour[flown.place]
    which, slot = where(neighbour >= 0)
    np.maximum.at(heard, (flown.row[which], neighbour[which, slot]), flown.number[which])
    return heard


def _add_losses(
    world: World, rates: Rates, seen: State, strikes: tuple[_Flown, Standing, Luck], loss: Ints
) -> None:
    """Men lost by the units that hear strikes: each one's, shared over the hostile men at the place and next to it."""
    flown, units, luck = strikes
    men, wish = units.of(seen.men), np.zeros(len(units.number))
    for by in np.unique(flown.side):
        mine = flown.only(by)
        for enemy in world.factions.enemies(by):
            hit = cells_of(units.side == enemy)
            there = np.bincount(units.spot[hit], men[hit], seen.control.size)
            near = _with_neighbours(world, there, mine.row, mine.place)
            a_man = np.zeros(seen.control.size)
            killed = mine.number * rates.men_lost_a_strike[mine.row] / np.maximum(near, 1.0)
            a_man[mine.row * world.n_places + mine.place] = killed
            wish[hit] += _with_neighbours(world, a_man, units.row[hit], units.place[hit])
    loss.reshape(-1)[units.number] = np.minimum(rounded(wish * men, luck.at(units.row, units.unit)), men)


def _with_neighbours(world: World, amount: np.ndarray, row: Longs, place: Longs) -> Floats:
    """The amount (R P,) at some places and one road away, shape (N,); summed slot by slot."""
    roads = np.arange(len(world.links.degree))[:, None] < -world.links.minus_roads.take(place)
    there = amount.take(row * world.n_places + world.links.ahead.take(place, axis=1)) * roads
    every: Floats = np.concatenate([amount.take(row * world.n_places + place)[None], there]).sum(axis=0)
    return every
