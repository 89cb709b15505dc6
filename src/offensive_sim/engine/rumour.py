"""Bad news: who hears of the routs of his own command, and how bad they look from where he stands."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Floats, Ints, Longs
from offensive_sim.engine.cells import Lists, cells_of, leaders, rows_and_columns, where
from offensive_sim.engine.lasting import Lasting
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_SILENT: Final = -1
"""No command with news."""


@dataclass(frozen=True)
class Routs:
    """Routs that are news, and how far each kind of news reaches."""

    row: Longs  # (N,)
    unit: Longs  # (N,)
    place: Longs  # (N,) where it broke
    men: Ints  # (N,) that it had
    reach: Lists  # of each place the places that hear of it
    around: Lists  # of each place the places whose men count as within reach


@dataclass(frozen=True)
class News:
    """Units that hear of routs, and how bad that is, from 0 to 1."""

    number: Longs  # (N,) of their cells in an array (R, U), in order
    severity: Floats  # (N,)


def tonight(seen: State, routed: Standing, run: Lasting) -> Routs:
    """Routs of today, told to those who see or hear them."""
    return Routs(routed.row, routed.unit, routed.place, routed.of(seen.men), run.sees, run.reached_by)


def lately(world: World, rates: Rates, seen: State, run: Lasting) -> Routs:
    """Routs of these last days that are news, without today's."""
    recent = (seen.broke_on >= max(seen.day - run.news_days, 0)) & (seen.broke_on < seen.day)
    number = cells_of(recent & (seen.broke_men > 0))
    age = seen.day - seen.broke_on.take(number)
    number = number[age <= rates.shock_days.take(number // world.n_units)]
    row, unit = rows_and_columns(number, world.n_units)
    place = seen.broke_at.take(number).astype(np.int64)
    return Routs(row, unit, place, seen.broke_men.take(number), run.reaches, run.reached_by)


def heard(world: World, rates: Rates, seen: State, routs: tuple[Routs, ...], listens: Bools) -> News:
    """What those who listen, (R, U), hear of the routs of their own command.

    As bad as can be where ``shock_share`` of the command's men within reach have broken. All ``routs`` count, but only
    who hears of the last ones is told.
    """
    if not len(routs[-1].row):
        return News(np.zeros(0, np.int64), np.zeros(0))
    told = _Told.of(world, seen, routs[-1])
    lost, hears = told.lost(routs)
    hearing = cells_of(hears.take(told.spot) & listens.take(told.number))
    number, spot = told.number.take(hearing), told.spot.take(hearing)
    lost, stand = lost.take(spot), _near(told.standing(routs), spot, routs[-1].around)
    share = lost / np.maximum(lost + stand, 1)
    return News(number, np.minimum(share / rates.shock_share.take(number // world.n_units), 1.0))


@dataclass(frozen=True)
class _Told:
    """Commands K with routs that are told, each in one replica, with all their units M; a table (K, P) has its spots.

    Few commands have any, so it is quicker to list their units and count by place than to ask every unit.
    """

    world: World
    seen: State
    command: Longs  # (R, commands) which of K it is, _SILENT
    many: int  # K
    number: Longs  # (M,) of units' cells in an array (R, U)
    spot: Longs  # (M,) of the cells in a table (K, P) where they are

    @classmethod
    def of(cls, world: World, seen: State, routs: Routs) -> "_Told":
        """The commands of some routs."""
        units = world.units
        which = np.full((seen.replicas, len(units.of_command.many)), _SILENT, np.int64)
        which[routs.row, units.command.take(routs.unit)] = 0
        row, command = where(which == 0)
        which[row, command] = np.arange(len(row))
        each, unit = units.of_command.of(command)
        number = row.take(each) * world.n_units + unit
        return cls(world, seen, which, len(row), number, each * world.n_places + seen.unit_place.take(number))

    def lost(self, routs: tuple[Routs, ...]) -> tuple[Floats, Bools]:
        """Men broken within reach of every spot, and whether news of the last ``routs`` reach it; (K P,) both."""
        n_places = self.world.n_places
        lost = np.zeros(self.many * n_places)
        told: Floats | Longs = lost
        for rout in routs:
            command = self.command[rout.row, self.world.units.command.take(rout.unit)]
            some = cells_of(command != _SILENT)
            which, place = rout.reach.of(rout.place.take(some))
            spot = command.take(some).take(which) * n_places + place
            told = np.bincount(spot, rout.men.take(some).take(which), len(lost))
            lost = lost + told
        return lost, told > 0

    def standing(self, routs: tuple[Routs, ...]) -> Floats:
        """Men under arms on the map at every spot who have not broken, (K P,)."""
        world, seen, n_places = self.world, self.seen, self.world.n_places
        broken = np.zeros(seen.men.size, np.bool_)
        for rout in routs:
            broken[rout.row * world.n_units + rout.unit] = True
        counts = (seen.unit_place >= 0) & world.units.armed & ~broken.reshape(seen.men.shape)
        stands = cells_of(counts.take(self.number))
        men = seen.men.take(self.number.take(stands))
        return np.bincount(self.spot.take(stands), men, self.many * n_places).astype(np.float64, copy=False)


def _near(men: Floats, spot: Longs, reached_by: Lists) -> Floats:
    """Men of a table (K P,) within reach of some spots, shape (N,)."""
    first = leaders(spot, len(men))
    each = cells_of(first == np.arange(len(first)))
    row, here = rows_and_columns(spot.take(each), len(reached_by.many))
    which, place = reached_by.of(here)
    near = men.take(row.take(which) * len(reached_by.many) + place)
    total = np.zeros(len(spot))
    total[each] = np.bincount(which, near, len(each))
    return total.take(first)
