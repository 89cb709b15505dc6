"""What air strikes are to those below: heard by every enemy at the place and one road away."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Ints, Longs
from offensive_sim.engine.factions import Factions


@dataclass(frozen=True)
class Noise:
    """The largest number of one side's strikes at each place or one road away, for every side that flies today."""

    flown_by: tuple[int, ...]
    heard: tuple[Ints, ...]  # (R P,) each

    def suffered(self, factions: Factions, side: Longs, spot: Longs) -> Ints:
        """Strikes that sides suffer at spots, cells of an array (R, P), shape (N,)."""
        total = np.zeros(len(spot), np.int32)
        for by, heard in zip(self.flown_by, self.heard, strict=True):
            total += heard.take(spot) * factions.hostile[by].take(side)
        return total
