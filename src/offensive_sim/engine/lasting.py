"""What cohesion works out once a run from the rules' numbers and what no day changes: whole numbers to look up."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Floats, Shorts
from offensive_sim.engine.cells import Lists, cells_of, rows_and_columns
from offensive_sim.engine.journal import Factor
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

CADRE, LEADERSHIP, GHOSTS, UNPAID = range(4)
"""Columns of ``Units.fixed_points``."""
MOST_POINTS: Final = 120
"""A unit's nerve is told from less this to this."""
_NOT_KNOWN: Final = -2
"""No place, and not off the map either."""


class Ground(IntEnum):
    """What a place is to a unit that stands there."""

    PLAIN = 0
    HOME = 1
    SHRINE = 2
    STRANGE = 3
    """Its people see the garrison as strangers."""
    STRANGE_SHRINE = 4


@dataclass(frozen=True)
class Lasting:
    """The tables of one run."""

    parts: tuple[object, object, object, object]  # units, places, shock_near and sight that they come from
    full: Shorts  # (factors, R) points of reasons that are there in full or not at all; of the others none
    cadre: Shorts  # (U,)
    leadership: Shorts  # (U,)
    unpaid: Bools  # (U,) until word comes about pay
    ghosts: Shorts  # (R, U) points, none above nought
    grounds: Bytes  # (U, P) a ``Ground``
    home: Shorts  # (R, Ground) points
    estranged: Shorts  # (R, Ground) points, none above nought
    reaches: Lists  # places that bad news from each place reach ...
    reached_by: Lists  # ... and those from where they come
    sees: Lists  # places where men see or hear the same day what happened in each
    calm: "Calm"
    news_days: int  # the longest that a rout is news anywhere

    def holds_in(self, world: World) -> bool:
        """Whether a world is as the tables were worked out; its effects do not matter."""
        units, places, shock_near, sight = self.parts
        alike = world.shock_near is shock_near and world.sight is sight
        return alike and world.units is units and world.places is places


@dataclass(frozen=True)
class Calm:
    """The nerve of units whom nothing presses."""

    at_rest: Shorts  # (R, Ground, U)
    grounds: Bytes  # (U, P + 1) a ``Ground``; the first column is off the map
    step: Shorts  # (R, 1) points a day on the way to rest
    _known: dict[str, tuple[Shorts, Shorts]] = field(default_factory=dict)
    """Where all units were when last asked, and their nerve at rest there; replaced, never written."""

    def tonight(self, seen: State) -> Shorts:
        """Nerve of units that nothing tests, shape (R, U): a step back to rest, where they stand."""
        nerve: Shorts = self._rest(seen.unit_place) - seen.nerve
        np.minimum(nerve, self.step, out=nerve)
        np.maximum(nerve, -self.step, out=nerve)
        nerve += seen.nerve
        return nerve

    def _rest(self, places: Shorts) -> Shorts:
        """Nerve at rest of units at some places, shape (R, U); looked up only for those who have moved since."""
        if not self._known:
            self._known["rest"] = np.full_like(places, _NOT_KNOWN), np.zeros_like(places)
        then, rest = self._known["rest"]
        moved = cells_of(places != then)
        if len(moved):
            _, n_grounds, n_units = self.at_rest.shape
            row, unit = rows_and_columns(moved, n_units)
            ground = self.grounds.take(unit * self.grounds.shape[1] + 1 + places.take(moved))
            rest = rest.copy()
            rest.reshape(-1)[moved] = self.at_rest.take((row * n_grounds + ground) * n_units + unit)
            self._known["rest"] = places.copy(), rest
        return rest


def lasting(world: World, rates: Rates) -> Lasting:
    """The tables of the run that these numbers belong to."""
    known: Lasting | None = rates.once.get("cohesion")
    if known is None or not known.holds_in(world):
        known = rates.once["cohesion"] = _worked_out(world, rates)
    return known


def _worked_out(world: World, rates: Rates) -> Lasting:
    fixed, grounds = world.units.fixed_points, _grounds(world)
    home = np.zeros((len(rates.base), len(Ground)))
    strange = np.zeros_like(home)
    home[:, Ground.HOME], home[:, Ground.SHRINE] = rates.home, rates.shrine
    home[:, Ground.STRANGE_SHRINE] = rates.shrine
    strange[:, Ground.STRANGE] = strange[:, Ground.STRANGE_SHRINE] = rates.estranged
    return Lasting(
        parts=(world.units, world.places, world.shock_near, world.sight),
        full=_full(rates),
        cadre=fixed[:, CADRE].copy(),
        leadership=fixed[:, LEADERSHIP].copy(),
        unpaid=fixed[:, UNPAID] > 0,
        ghosts=_whole(-(rates.ghosts[:, None] * fixed[:, GHOSTS] / 100.0)),
        grounds=grounds,
        home=_whole(home),
        estranged=_whole(-strange),
        reaches=Lists.of_true(world.shock_near),
        reached_by=Lists.of_true(world.shock_near.T),
        sees=Lists.of_true(world.sight),
        calm=_calm(world, rates, grounds, home - strange),
        news_days=int(rates.shock_days.max()),
    )


def _grounds(world: World) -> Bytes:
    """What every place is to every unit, a ``Ground``; shape (U, P)."""
    places, units = world.places, world.units
    ground = np.where(places.shrine, Ground.SHRINE, Ground.PLAIN)
    strange = np.where(places.shrine, Ground.STRANGE_SHRINE, Ground.STRANGE)
    away = np.where(places.estranged[units.faction], strange, ground)
    return np.where(units.home, Ground.HOME, away).astype(np.int8)


def _full(rates: Rates) -> Shorts:
    """Points of reasons that are there in full or not at all, shape (factors, R)."""
    full = np.zeros((len(Factor), len(rates.base)))
    full[Factor.BASE] = rates.base
    full[Factor.HEADQUARTERS] = rates.headquarters
    full[Factor.NO_WAY_OUT] = rates.no_way_out
    full[Factor.GROUND] = rates.river_bend
    full[Factor.RELIEF] = rates.relief
    full[Factor.UNPAID] = -rates.unpaid
    full[Factor.COMMAND_GONE] = -rates.command_gone
    full[Factor.SHAKEN] = -rates.shaken
    return _whole(full)


def _calm(world: World, rates: Rates, grounds: Bytes, here: Floats) -> Calm:
    """Calm comes back in ``shaken_days`` from nought to ``base``; ``here`` (R, Ground) points for the ground."""
    fixed = world.units.fixed_points
    always = rates.base[:, None] + (fixed[:, CADRE] + fixed[:, LEADERSHIP])
    always = always - rates.ghosts[:, None] * (fixed[:, GHOSTS] / 100.0)
    always -= rates.unpaid[:, None] * (fixed[:, UNPAID] > 0)
    rest = np.clip(np.round(always[:, None] + here[:, :, None]), -MOST_POINTS, MOST_POINTS)
    return Calm(
        at_rest=rest.astype(np.int16),
        grounds=np.concatenate([grounds[:, :1], grounds], axis=1),
        step=np.ceil(rates.base / rates.shaken_days).astype(np.int16)[:, None],
    )


def _whole(points: Floats) -> Shorts:
    return np.round(points).astype(np.int16)
