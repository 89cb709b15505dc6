"""Who stands where this evening, with men enough to hold a place, and who may take it: what control is settled on."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Floats, Longs
from offensive_sim.engine.camps import Held
from offensive_sim.engine.cells import cells_of, pick, rows_and_columns, where
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.presence import Standing, men_needed
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Garrisons:
    """Which sides have men enough in places to hold them. A spot is the number of a place's cell in an array (R, P)."""

    world: World
    men: Held
    least: Floats  # (R,) men that count
    control: Bytes  # (R, P) this morning

    @kept
    def alone(self) -> Bools:
        """Places where one side stands alone, with men enough, shape (R, P)."""
        return self.men.alone.reshape(len(self.least), -1) >= np.maximum(self.least, 1.0)[:, None]

    @kept
    def each(self) -> Bools:
        """The same by side, for the spots that several share, shape (B, M + 1)."""
        several = self.men.several
        least = np.ones(several.each.shape[1])
        np.maximum(self.least.take(several.camps.shared // self.world.n_places), 1.0, out=least[1:])
        return np.asarray(several.each >= least)

    @kept
    def of_holders(self) -> Bools:
        """Places whose holder has men enough there, shape (R, P)."""
        camps = self.men.several.camps
        held = self.alone & (camps.side.reshape(self.control.shape) == self.control)
        holders = camps.columns(self.control.reshape(-1).take(camps.shared))
        held.reshape(-1)[camps.shared] = self.each.reshape(-1).take(holders)
        return held

    @kept
    def abroad(self) -> tuple[Longs, Longs, Floats]:
        """``strangers`` to this morning's holders."""
        return self.strangers(self.control)

    def strangers(self, control: Bytes) -> tuple[Longs, Longs, Floats]:
        """Spots, sides and men wherever a side has men enough in a place that another holds; shape (N,) each.

        Where several have, they come in the order of sides.
        """
        camps = self.men.several.camps
        lone = cells_of(self.alone & (camps.side.reshape(control.shape) != control))
        abroad = self.each.copy()
        abroad.reshape(-1)[camps.columns(control.reshape(-1).take(camps.shared))] = False
        side, number = where(abroad)
        spot = np.concatenate([lone, camps.shared.take(number - 1)])
        men = np.concatenate([self.men.alone.take(lone), pick(self.men.several.each, side, number)])
        return spot, np.concatenate([camps.side.take(lone).astype(np.int64), side]), men

    @kept
    def _sharing(self) -> np.ndarray:
        """Bits of the sides that share each numbered spot with men enough, shape (M + 1,)."""
        return np.bitwise_or.reduce(np.where(self.each, self.world.factions.bit[:-1, None], 0), axis=0)

    def bits_at(self, spot: Longs) -> np.ndarray:
        """Bits of the sides with men enough at spots, shape of ``spot``."""
        camps, factions = self.men.several.camps, self.world.factions
        lone = np.where(self.alone.reshape(-1).take(spot), factions.bit.take(camps.side.take(spot)), 0)
        return lone | self._sharing.take(camps.number.take(spot))

    def have(self, side: Longs, spot: Longs) -> Bools:
        """Whether sides have men enough at spots, shape of ``spot``."""
        return np.asarray((self.bits_at(spot) & self.world.factions.bit.take(side)) != 0)


@dataclass(frozen=True)
class Contenders:
    """The places, and who stands there."""

    world: World
    rates: Rates
    seen: State
    takes_over: Bools  # (R, B, B)
    everyone: Standing
    there: Garrisons
    stay: Garrisons  # the same of those who came to stay

    def firm(self, row: Longs, place: Longs) -> Bools:
        """Whether men of the holder who have not broken these last days hold places where others stand, shape (N,)."""
        camps, spot = self.everyone.camps, row * self.world.n_places + place
        units = self.everyone.only(camps.guests_at(spot))
        broke_on = units.of(self.seen.broke_on)
        shaken = (broke_on >= 0) & (self.seen.day - broke_on <= self.rates.shaken_days.take(units.row))
        own = units.only((units.here(self.seen.control) == units.side) & ~shaken)
        men = np.bincount(camps.number.take(own.spot), own.of(self.seen.men), len(camps.shared) + 1)
        return np.asarray(men.take(camps.number.take(spot)) >= self.rates.hold_men.take(row))

    def leave(self, row: Longs, side: Longs, holder: Bytes) -> Bools:
        """Whether a side has leave to move into what the holder has abandoned, shape (N,)."""
        n_sides = self.takes_over.shape[1]
        may: Bools = pick(self.takes_over.reshape(-1, n_sides), row * n_sides + side, holder)
        return may

    def many_enough(self, row: Longs, place: Longs, side: Longs, men: Floats) -> Bools:
        """Whether men suffice to hold a place: the feared side needs more where people fear it; shape (N,)."""
        suffice = np.ones(len(men), np.bool_)
        feared = cells_of(side == self.world.people.feared)
        if len(feared):
            needed = men_needed(self.world, self.rates, self.seen, row.take(feared), place.take(feared))
            suffice[feared] = men.take(feared) >= needed
        return suffice

    def may_take(self, spot: Longs, able: Bools) -> Bools:
        """Which of the sides that are ``able`` to take places may take them from their holders, shape (N, B).

        Enemies may; so may those with leave, once the holder has abandoned the place: its men broke there, or it has
        none one road away.
        """
        n_sides = self.world.factions.n_sides
        holder = self.seen.control.reshape(-1).take(spot).astype(np.int64)
        enemy = self.world.factions.hostile[:n_sides].T.take(holder, axis=0)
        leave = self.takes_over.transpose(0, 2, 1)[spot // self.world.n_places, holder] & able & ~enemy
        may = enemy & able
        asks = cells_of(leave.any(axis=1))
        if len(asks):
            gone = asks[self._abandoned(spot.take(asks), holder.take(asks))]
            may[gone] |= leave[gone]
        return may

    def _abandoned(self, spot: Longs, holder: Longs) -> Bools:
        """Whether the holder's men broke at spots at some time, or stand nowhere one road away; shape (N,)."""
        place = spot % self.world.n_places
        neighbour = self.world.links.neighbour.take(place, axis=0)
        ahead = (spot - place)[:, None] + np.maximum(neighbour, 0)
        near = (neighbour >= 0) & self.there.have(holder[:, None], ahead)
        return self._broke(spot, holder) | ~near.any(axis=1)

    def _broke(self, spot: Longs, side: Longs) -> Bools:
        """Whether men of a side have ever broken at a spot, shape (N,)."""
        row, place = rows_and_columns(spot, self.world.n_places)
        there = self.seen.broke_at.take(row, axis=0) == place.astype(np.int16)[:, None]
        there &= (self.seen.broke_on.take(row, axis=0) >= 0) & (self.world.units.side == side.astype(np.int8)[:, None])
        return np.asarray(there.any(axis=1))


Taken = tuple[Longs, Longs, Longs]
"""Replicas, places, and the sides that hold them now."""


def strongest(row: Longs, place: Longs, side: Longs, men: Floats) -> Taken:
    """Of several sides in a place the one with most men, of equals the first: it comes last, so that it is kept."""
    order = np.lexsort((-side, men))
    return row[order], place[order], side[order]
