"""Who is where: men and fighting power by side and place, counted the same way by every phase."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Floats, Ints, Longs, Status
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import People, World


def on_ground(world: World, seen: State) -> Bools:
    """Units that stand armed and in the open at a place, shape (R, U)."""
    return (seen.status == Status.ACTIVE) & (seen.unit_link < 0) & (seen.men > 0) & world.units.armed[None, :]


@dataclass(frozen=True)
class Standing:
    """Some units that stand armed and in the open at a place, one row each, by replica and number."""

    row: Longs  # (N,) replica
    unit: Longs  # (N,)
    side: Longs  # (N,)
    place: Longs  # (N,)
    shape: tuple[int, int, int]  # R, B, P

    @cached_property
    def cell(self) -> Longs:
        """Numbers of their cells in an array (R, B, P), shape (N,)."""
        return (self.row * self.shape[1] + self.side) * self.shape[2] + self.place

    @cached_property
    def spot(self) -> Longs:
        """Numbers of their cells in an array (R, P), shape (N,)."""
        return self.row * self.shape[2] + self.place

    def of(self, array: np.ndarray) -> np.ndarray:
        """What ``array`` (R, U) says of each of them, shape (N,)."""
        return array.reshape(-1)[self.row * array.shape[1] + self.unit]

    def here(self, array: np.ndarray) -> np.ndarray:
        """What ``array`` (R, P) says of the places where they stand, shape (N,)."""
        return array.reshape(-1)[self.spot]

    def own(self, array: np.ndarray) -> np.ndarray:
        """What ``array`` (R, B, P) says of their side where they stand, shape (N,)."""
        return array.reshape(-1)[self.cell]

    def only(self, which: Longs | Bools) -> "Standing":
        """Some of them."""
        return Standing(self.row[which], self.unit[which], self.side[which], self.place[which], self.shape)

    def summed(self, amount: Floats | Ints) -> Floats:
        """Sum of ``amount`` (N,) by side and place, shape (R, B, P); summed in the order of units."""
        total = np.bincount(self.cell, amount, self.shape[0] * self.shape[1] * self.shape[2])
        return total.astype(np.float64, copy=False).reshape(self.shape)


def standing_units(world: World, seen: State) -> Standing:
    """The units on the ground."""
    who = np.flatnonzero(on_ground(world, seen))
    row, unit = np.divmod(who, world.n_units)
    side, place = world.units.side[unit].astype(np.int64), seen.unit_place.reshape(-1)[who].astype(np.int64)
    shape = (seen.replicas, world.factions.n_sides, world.n_places)
    return Standing(row, unit, side, place, shape)


def faced_by(world: World, standing: Standing, totals: Floats) -> Floats:
    """Sum of ``totals`` (R, B, P) over the sides hostile to each unit's, where it stands, shape (N,)."""
    n_sides = world.factions.n_sides
    bit = 1 << np.arange(n_sides)
    foes = world.factions.hostile[:n_sides, :n_sides] @ bit
    present = np.zeros(standing.shape[0] * standing.shape[2], np.int64)
    np.bitwise_or.at(present, standing.spot, bit[standing.side])
    meets = np.flatnonzero(present[standing.spot] & foes[standing.side])
    some = standing.only(meets)
    faced = np.zeros(len(standing.row))
    for other in range(n_sides):
        there = totals[some.row, other, some.place]
        faced[meets] += np.where(world.factions.hostile[some.side, other], there, 0.0)
    return faced


def by_group(people: People, at_home: Ints) -> Ints:
    """Persons at home by group, shape (R, G); ``at_home`` (R, H)."""
    total = np.zeros((len(at_home), len(people.group_ids)), np.int32)
    total[:, people.homed] = np.add.reduceat(at_home, people.group_starts, axis=1)
    return total


def men_needed(world: World, rates: Rates, seen: State) -> Floats:
    """Men the feared side needs in a place whose people fear it, for those still at home there, shape (R, P)."""
    people = np.zeros(seen.control.shape)
    homes = seen.at_home[:, world.people.homes_by_place]
    people[:, world.people.peopled] = np.add.reduceat(homes, world.people.place_starts, axis=1)
    return people * world.places.wary[None, :] * rates.men_a_resident[:, None]


_LEAST_SAFE: Final = 0.05


def bearable(rates: Rates) -> Floats:
    """What a place under the feared side is worth to each community, against a safe one, shape (R, C)."""
    under = 1.0 / (1.0 + rates.vulnerability * rates.under_isis[:, None])
    return np.where(under < _LEAST_SAFE, 0.0, under)
