"""Where the spread of an ensemble comes from: four sources of uncertainty, each of which can be drawn anew alone."""

from dataclasses import dataclass
from typing import Final, Literal

from offensive_sim.engine.axes import Floats, Longs
from offensive_sim.engine.dice import Dice, Draw

Source = Literal["luck", "rates", "opening", "accounts"]

PURPOSES: Final[dict[Source, frozenset[Draw]]] = {
    "luck": frozenset({
        Draw.TRIGGERS, Draw.BATTLE, Draw.LOSSES, Draw.COHESION, Draw.UNIT_LUCK, Draw.FLIGHT, Draw.FLIGHT_LUCK,
        Draw.STEPS, Draw.ONWARD, Draw.HOMEWARD,
    }),
    "rates": frozenset({Draw.RATES, Draw.VULNERABILITY}),
    "opening": frozenset({Draw.OPENING, Draw.REINFORCE}),
    "accounts": frozenset({Draw.ACCOUNTS}),
}  # fmt: skip
"""Every purpose of chance, by the source it belongs to."""


@dataclass(frozen=True)
class MixedDice(Dice):
    """The chance of some replicas, but that of others for one source."""

    others: Longs  # (R,)
    source: Source

    def uniforms(self, purpose: Draw, day: int, n: int) -> Floats:
        """Shape (R, n), each in [0, 1)."""
        return self._of(purpose).uniforms(purpose, day, n)

    def at(self, purpose: Draw, day: int, rows: Longs, cells: Longs) -> Floats:
        """Shape of ``rows``: the same numbers as ``uniforms``, only for these rows and cells."""
        return self._of(purpose).at(purpose, day, rows, cells)

    def _of(self, purpose: Draw) -> Dice:
        return Dice(self.seed, self.others if purpose in PURPOSES[self.source] else self.replicas)
