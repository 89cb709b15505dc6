"""Rulebook 4.5: air strikes fall where triggers and orders send them."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Ints, Longs
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
    wings = _wings(world, strikes)
    heard = tuple(wing.heard(seen) for wing in wings)
    noise = Noise.of(tuple(wing.side for wing in wings), heard, seen.control.size)
    if not wings:
        return Raids(cells_of(()), np.zeros(0, np.int32), noise, strikes)
    below = standing.only(standing.here(noise.loud))
    units = below.only(noise.suffered(world.factions, below.side, below.spot) > 0)
    loss = _losses(world, rates, seen, wings, units, luck)
    lose = cells_of(loss)
    return Raids(units.number.take(lose), loss.take(lose), noise, strikes)


@dataclass(frozen=True)
class _Wing:
    """The day's strikes for one side, and where they are heard: at their places, and then one road away from each."""

    side: int
    spot: Longs  # (N,) cells of an array (R, P)
    row: Longs  # (N,)
    number: Ints  # (N,)
    which: Longs  # (M,) strikes ...
    around: Longs  # (M,) ... and the spots where they are heard

    def heard(self, seen: State) -> Ints:
        """The largest number of strikes at a place or one road away, shape (R P,)."""
        heard = np.zeros(seen.control.size, np.int32)
        np.maximum.at(heard, self.around, self.number.take(self.which))
        return heard


def _wings(world: World, strikes: Placed) -> list[_Wing]:
    row, side, place, number = strikes.cells()
    wings = []
    for by in cells_of(np.bincount(side)).tolist():
        mine = cells_of(side == by)
        rows = row.take(mine)
        which, around = _around(world, rows, place.take(mine))
        wings.append(_Wing(by, around[: len(mine)], rows, number.take(mine), which, around))
    return wings


def _around(world: World, row: Longs, place: Longs) -> tuple[Longs, Longs]:
    """Of some places (N,) which, and a spot there, then of each road out of each which, and the spot at its end."""
    which, link = world.links.out_of.of(place)
    first = row * world.n_places
    ahead = first.take(which) + world.links.end.take(link)
    return np.concatenate([np.arange(len(row)), which]), np.concatenate([first + place, ahead])


def _losses(world: World, rates: Rates, seen: State, wings: list[_Wing], units: Standing, luck: Luck) -> Ints:
    """Men lost by the units that hear strikes: each one's, shared over the hostile men at the place and next to it."""
    men, wish = units.of(seen.men), np.zeros(len(units.number))
    for enemy in cells_of(np.bincount(units.side)).tolist():
        hit = cells_of(units.side == enemy)
        there = np.bincount(units.spot.take(hit), men.take(hit), seen.control.size)
        which, around = _around(world, units.row.take(hit), units.place.take(hit))
        for wing in wings:
            if not world.factions.hostile[wing.side, enemy]:
                continue
            near = np.bincount(wing.which, there.take(wing.around), len(wing.spot))
            a_man = np.zeros(seen.control.size)
            a_man[wing.spot] = wing.number * rates.men_lost_a_strike.take(wing.row) / np.maximum(near, 1.0)
            wish[hit] += np.bincount(which, a_man.take(around), len(hit))
    return np.minimum(rounded(wish * men, luck.at(units.row, units.unit)), men)
