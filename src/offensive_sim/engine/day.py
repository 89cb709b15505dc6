"""One day being played: what is fixed, what is seen, what is written, and what several phases ask about it."""

from dataclasses import dataclass, field

import numpy as np

from offensive_sim.engine.axes import Bools, Floats, Longs
from offensive_sim.engine.dice import Dice, Draw, Luck
from offensive_sim.engine.effects import Placed, at_places
from offensive_sim.engine.journal import Journal
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.presence import Standing, standing_units
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Day:
    """What turn.py hands from phase to phase; ``seen`` follows what is written to ``state``."""

    world: World
    rates: Rates
    orders: Orders
    dice: Dice
    state: State
    seen: State
    journal: Journal
    shut: Bools  # (R, L) roads closed today
    _placed: dict[str, Placed] = field(default_factory=dict)
    _listed: list[Standing] = field(default_factory=list)

    @property
    def every_place(self) -> Longs:
        """Numbers of all places, shape (P,)."""
        return np.arange(self.world.n_places)

    def u(self, purpose: Draw, n: int) -> Floats:
        """Chance of a purpose today, shape (R, n), each in [0, 1)."""
        return self.dice.uniforms(purpose, self.seen.day, n)

    def luck(self, purpose: Draw, first: int = 0) -> Luck:
        """Chance of a purpose today, drawn where it is asked for."""
        return Luck(self.dice, purpose, self.seen.day, first)

    def effects(self, kind: str) -> Placed:
        """Amounts in force today, once triggers have happened, of a kind of place effect."""
        if kind not in self._placed:
            table = getattr(self.world.effects, kind)
            self._placed[kind] = at_places(self.seen, table, self.world.factions.n_sides)
        return self._placed[kind]

    @property
    def units(self) -> Standing:
        """The units on the ground now; listed anew only after ``moved``."""
        if not self._listed:
            self._listed.append(standing_units(self.world, self.seen))
        return self._listed[0]

    def moved(self) -> None:
        """To be said when units were written elsewhere, or to another status."""
        self._listed.clear()

    def fell(self) -> None:
        """To be said when men were taken from units: those with none left stand no more."""
        if self._listed:
            men = self.units.of(self.seen.men)
            if not men.all():
                self._listed[0] = self.units.only(men > 0)
