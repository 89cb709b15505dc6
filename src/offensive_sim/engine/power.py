"""Rulebook 4.6: fighting power, worked out where somebody asks for it: where sides meet, and next door to them."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bytes, Floats, Ints, Longs, Shorts
from offensive_sim.engine.camps import Several
from offensive_sim.engine.cells import cells_of, pick, where
from offensive_sim.engine.effects import Placed
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Power:
    """Men in the open equivalents, of each side at each place, as everything stood before the day's fighting."""

    world: World
    rates: Rates
    units: Standing
    works: Placed
    men: Ints  # (R, U)
    nerve: Shorts  # (R, U)
    control: Bytes  # (R, P)
    ready: Ints  # (R, F) vehicles and heavy weapons in use

    @classmethod
    def of(cls, world: World, rates: Rates, seen: State, units: Standing, works: Placed) -> "Power":
        """Of units on the ground; ``works`` in points."""
        then = seen.men.copy(), seen.nerve.copy(), seen.control.copy(), seen.kit_ready.copy()
        return cls(world, rates, units, works, *then)

    @kept
    def several(self) -> Several:
        """At the spots that several sides share."""
        camps = self.units.camps
        raw = np.bincount(camps.column, self._single(self.units.only(camps.guests)), camps.present.size)
        each = np.zeros(camps.present.shape)
        side, number = where(camps.present)
        each[camps.present] = self._placed(raw[camps.present.reshape(-1)], side, camps.shared.take(number - 1))
        return Several(camps, each)

    def at(self, side: Longs, spot: Longs) -> Floats:
        """Of sides at spots, numbers of places' cells in an array (R, P); shape (N,)."""
        power = self.several.at(side, spot)
        camps = self.units.camps
        alone = cells_of((camps.side.take(spot) == side) & (camps.number.take(spot) == 0))
        if not len(alone):
            return power
        side, spot = side.take(alone), spot.take(alone)
        asked = np.zeros(len(camps.side), np.bool_)
        asked[spot] = True
        units = self.units.only(self.units.here(asked))
        raw = np.bincount(units.spot, self._single(units), len(asked)).take(spot)
        power[alone] = self._placed(raw, side, spot)
        return power

    def _single(self, units: Standing) -> Floats:
        """Men x quality x nerve x weapons of each unit, shape (N,)."""
        nerve = np.minimum(np.maximum(units.of(self.nerve) / 100.0, self.rates.nerve_floor.take(units.row)), 1.0)
        armed: Floats = units.of(self.men) * self.world.units.quality.take(units.unit) * nerve
        return armed * pick(self._armed, units.row, units.side)

    @kept
    def _armed(self) -> Floats:
        """What captured and delivered weapons make of a man of a faction, shape (R, F)."""
        ready = self.ready.astype(np.float64)
        return 1.0 + self.rates.kit_worth[:, None] * ready / (ready + self.rates.kit_half[:, None])

    def _placed(self, raw: Floats | Longs, side: Longs, spot: Longs) -> Floats:
        """The power of sides at spots as far as there is room, x cover for the holder; (N,) in and out."""
        row, place = spot // self.world.n_places, spot % self.world.n_places
        room = self.world.places.frontage.take(place)
        fits = raw * room / (raw + room)
        cover = self.world.places.cover.take(place) + self.works.at(row, side, place) / 20.0
        return np.where(self.control.reshape(-1).take(spot) == side, fits * cover, fits)
