"""What air strikes are to those below: heard by every enemy at the place and one road away."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bools, Ints, Longs
from offensive_sim.engine.factions import Factions


@dataclass(frozen=True)
class Noise:
    """The largest number of one side's strikes at each place or one road away, for every side that flies today."""

    flown_by: tuple[int, ...]
    heard: tuple[Ints, ...]  # (R P,) each
    loud: Bools  # (R P,) where any is heard

    @classmethod
    def of(cls, flown_by: tuple[int, ...], heard: tuple[Ints, ...], n_spots: int) -> "Noise":
        """What is heard of those who fly."""
        loud = np.zeros(n_spots, np.bool_)
        for strikes in heard:
            loud |= strikes > 0
        return cls(flown_by, heard, loud)

    def suffered(self, factions: Factions, side: Longs, spot: Longs) -> Ints:
        """Strikes that sides suffer at spots, cells of an array (R, P), shape (N,)."""
        total = np.zeros(len(spot), np.int32)
        for by, heard in zip(self.flown_by, self.heard, strict=True):
            total += heard.take(spot) * factions.hostile[by].take(side)
        return total
