"""Which sides stand at each place, and how much each of them has there.

At nearly every place one side stands alone: there a number a place is enough. Only the few places that several sides
share need a number for each side.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Bytes, Floats, Ints, Longs
from offensive_sim.engine.cells import cells_of
from offensive_sim.engine.factions import Factions


@dataclass(frozen=True)
class Camps:
    """Who stands where. A spot is the number of a place's cell in an array (R, P)."""

    side: Bytes  # (R P,) a side that stands there, of several one of them; NOBODY where nobody does
    shared: Longs  # (M,) spots where several sides stand, in order
    number: Ints  # (R P,) of each shared spot, from 1 up; 0 elsewhere
    guests: Longs  # (K,) which units stand at a shared spot, in order
    column: Longs  # (K,) of each of these in an array (B, M + 1): its side, and the number of its spot
    present: Bools  # (B, M + 1) which sides share a spot

    @classmethod
    def of(cls, sides: Bytes, spots: Longs, shape: tuple[int, int, int]) -> "Camps":
        """Of units at some spots, a side and a spot each (N,); ``shape``: R, B, P."""
        replicas, n_sides, n_places = shape
        side = np.full(replicas * n_places, NOBODY, np.int8)
        side[spots] = sides
        many = np.zeros(len(side), np.bool_)
        many[spots[side.take(spots) != sides]] = True
        shared = cells_of(many)
        number = np.zeros(len(side), np.int32)
        number[shared] = np.arange(1, len(shared) + 1)
        guests = cells_of(many.take(spots))
        column = sides.take(guests).astype(np.int64) * (len(shared) + 1) + number.take(spots.take(guests))
        present = np.zeros((n_sides, len(shared) + 1), np.bool_)
        present.reshape(-1)[column] = True
        return cls(side, shared, number, guests, column, present)

    def guests_at(self, spots: Longs) -> Longs:
        """Which units stand at some shared spots, in order."""
        asked = np.zeros(len(self.shared) + 1, np.bool_)
        asked[self.number.take(spots)] = True
        return self.guests[asked.take(self.column % len(asked))]

    def columns(self, side: Bytes) -> Longs:
        """The cell of one side at each shared spot in an array (B, M + 1); ``side`` (M,)."""
        return side.astype(np.int64) * (len(side) + 1) + np.arange(1, len(side) + 1)

    def bits(self, factions: Factions) -> np.ndarray:
        """Bits of the sides that stand at each spot, shape (R P,)."""
        bits: np.ndarray = factions.bit.take(self.side)
        sharing = np.where(self.present[:, 1:], factions.bit[:-1, None], 0)
        bits[self.shared] = np.bitwise_or.reduce(sharing, axis=0)
        return bits

    def enemies_at(self, factions: Factions, side: Longs, spot: Longs) -> Bools:
        """Whether an enemy of sides stands at spots, shape (N,)."""
        met, number = factions.fights(side, self.side.take(spot)), self.number.take(spot)
        some = cells_of(number != 0)
        if len(some):
            hostile = factions.hostile[side.take(some), : factions.n_sides].T
            met[some] = (hostile & self.present.take(number.take(some), axis=1)).any(axis=0)
        return met


@dataclass(frozen=True)
class Several:
    """How much each side has at the spots that several share; nothing elsewhere."""

    camps: Camps
    each: Floats  # (B, M + 1)

    def at(self, side: Longs, spot: Longs) -> Floats:
        """How much sides have at spots, shape (N,)."""
        number = self.camps.number.take(spot)
        found = np.zeros(len(spot))
        some = cells_of(number != 0)
        found[some] = self.each.reshape(-1).take(side.take(some) * self.each.shape[1] + number.take(some))
        return found


@dataclass(frozen=True)
class Held:
    """How much each side has at each place, men for one."""

    alone: Floats  # (R P,) of the side that stands there alone; nothing where several do
    several: Several

    @classmethod
    def summed(cls, camps: Camps, spots: Longs, amount: Floats | Ints) -> "Held":
        """From the spot and the amount of every unit (N,), added up in the order of units."""
        alone = np.bincount(spots, amount, len(camps.side)).astype(np.float64, copy=False)
        alone[camps.shared] = 0.0
        each = np.bincount(camps.column, amount.take(camps.guests), camps.present.size)
        return cls(alone, Several(camps, each.astype(np.float64, copy=False).reshape(camps.present.shape)))

    def at(self, side: Longs, spot: Longs) -> Floats:
        """How much sides have at spots, shape (N,)."""
        lone = np.where(self.several.camps.side.take(spot) == side, self.alone.take(spot), 0.0)
        return lone + self.several.at(side, spot)
