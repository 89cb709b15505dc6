"""Who is where: men and fighting power by side and place, counted the same way by every phase."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Floats, Ints, Longs, Status
from offensive_sim.engine.camps import Camps, Held
from offensive_sim.engine.cells import cells_of, leaders, pick
from offensive_sim.engine.factions import Factions
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import People, World


def on_ground(world: World, seen: State) -> Bools:
    """Units that stand armed and in the open at a place, shape (R, U)."""
    there = seen.status == Status.ACTIVE.value
    there &= seen.unit_link < 0
    there &= seen.men > 0
    there &= world.units.armed
    return there


@dataclass(frozen=True)
class Standing:
    """Some units that stand armed and in the open at a place, one row each, by replica and number."""

    number: Longs  # (N,) of their cells in an array (R, U)
    place: Longs  # (N,)
    shape: tuple[int, int, int]  # R, B, P
    sides: Longs  # (U,) side of every unit

    @kept
    def row(self) -> Longs:
        """Replica, shape (N,)."""
        return self.number // len(self.sides)

    @kept
    def unit(self) -> Longs:
        """Unit, shape (N,)."""
        return self.number - self.row * len(self.sides)

    @kept
    def side(self) -> Longs:
        """Side, shape (N,)."""
        return self.sides.take(self.unit)

    @kept
    def cell(self) -> Longs:
        """Numbers of their cells in an array (R, B, P), shape (N,)."""
        return (self.row * self.shape[1] + self.side) * self.shape[2] + self.place

    @kept
    def spot(self) -> Longs:
        """Numbers of their cells in an array (R, P), shape (N,)."""
        return self.row * self.shape[2] + self.place

    @kept
    def camps(self) -> Camps:
        """Which sides they are of, by place."""
        sides = self.sides.astype(np.int8)[None].repeat(self.shape[0], axis=0)
        return Camps.of(self.of(sides), self.spot, self.shape)

    @kept
    def present(self) -> Bools:
        """Which sides stand at each spot, shape (R P, B)."""
        replicas, n_sides, n_places = self.shape
        present = np.zeros((replicas * n_places, n_sides), np.bool_)
        present.reshape(-1)[self.spot * n_sides + self.side] = True
        return present

    def enemies_at(self, factions: Factions, side: Longs, spot: Longs) -> Bools:
        """Whether an enemy of sides is among them at spots, shape (N,)."""
        hostile = factions.hostile[:, : factions.n_sides].take(side, axis=0)
        return np.asarray((hostile & self.present.take(spot, axis=0)).any(axis=1))

    def of(self, array: np.ndarray) -> np.ndarray:
        """What ``array`` (R, U) says of each of them, shape (N,)."""
        return array.reshape(-1).take(self.number)

    def here(self, array: np.ndarray) -> np.ndarray:
        """What ``array`` (R, P) says of the places where they stand, shape (N,)."""
        return array.reshape(-1).take(self.spot)

    def only(self, which: Longs | Bools) -> "Standing":
        """Some of them."""
        some = cells_of(which) if which.dtype == np.bool_ else which
        return Standing(self.number.take(some), self.place.take(some), self.shape, self.sides)

    def summed(self, amount: Floats | Ints) -> Floats:
        """Sum of ``amount`` (N,) by side and place, shape (R, B, P); summed in the order of units."""
        total = np.bincount(self.cell, amount, self.shape[0] * self.shape[1] * self.shape[2])
        return total.astype(np.float64, copy=False).reshape(self.shape)

    def held(self, amount: Floats | Ints) -> Held:
        """Sum of ``amount`` (N,) by side and place."""
        return Held.summed(self.camps, self.spot, amount)


def standing_units(world: World, seen: State) -> Standing:
    """The units on the ground."""
    return units_at(world, seen, cells_of(on_ground(world, seen)))


def units_at(world: World, seen: State, number: Longs) -> Standing:
    """Some units on the ground, by the numbers of their cells in an array (R, U)."""
    place = seen.unit_place.reshape(-1).take(number).astype(np.int64)
    return Standing(number, place, (seen.replicas, world.factions.n_sides, world.n_places), world.units.sides)


@dataclass(frozen=True)
class Passing:
    """Men of a side who went through a place on their way to attack another today, one row for each side and place."""

    row: Longs  # (N,)
    side: Longs  # (N,)
    place: Longs  # (N,)
    men: Floats  # (N,)

    @classmethod
    def nobody(cls) -> "Passing":
        """A day on which nobody went through a place."""
        none = np.zeros(0, np.int64)
        return cls(none, none, none, np.zeros(0))

    @classmethod
    def of(cls, world: World, column: tuple[Longs, Longs, Longs, Ints]) -> "Passing":
        """From rows, sides, places and men of columns (N,), those of a side in a place taken together."""
        row, side, place, men = column
        if not len(row):
            return cls.nobody()
        cell = (row * world.factions.n_sides + side) * world.n_places + place
        leader = leaders(cell, int(cell.max()) + 1)
        total = np.bincount(leader, men, len(cell)).astype(np.float64, copy=False)
        each = cells_of(leader == np.arange(len(cell)))
        return cls(row.take(each), side.take(each), place.take(each), total.take(each))


def faced_by(world: World, units: Standing, totals: Floats) -> Floats:
    """Sum of ``totals`` (R, B, P) over the sides hostile to each unit's, where it stands, shape (N,)."""
    n_sides, n_places = units.shape[1:]
    faced = np.zeros(len(units.number))
    for other in cells_of(world.factions.foes[:-1]):
        there = totals.reshape(-1).take((units.row * n_sides + other) * n_places + units.place)
        faced += np.where(world.factions.hostile[units.side, other], there, 0.0)
    return faced


def by_group(people: People, at_home: Ints) -> Ints:
    """Persons at home by group, shape (R, G); ``at_home`` (R, H)."""
    total = np.zeros((len(at_home), len(people.group_ids)), np.int32)
    total[:, people.homed] = np.add.reduceat(at_home, people.group_starts, axis=1)
    return total


def men_needed(world: World, rates: Rates, seen: State, row: Longs, place: Longs) -> Floats:
    """Men the feared side needs in places whose people fear it, for those still at home there, shape (N,)."""
    needed = np.zeros(len(row))
    wary = cells_of(world.places.wary.take(place))
    if not len(wary):
        return needed
    row, place = row.take(wary), place.take(wary)
    home = world.people.homes_at.take(place, axis=1)
    people = np.where(home >= 0, pick(seen.at_home, row, home), 0).sum(axis=0)
    needed[wary] = people * rates.men_a_resident.take(row)
    return needed


_LEAST_SAFE: Final = 0.05


def bearable(rates: Rates) -> Floats:
    """What a place under the feared side is worth to each community, against a safe one, shape (R, C)."""
    if "bearable" not in rates.once:
        under = 1.0 / (1.0 + rates.vulnerability * rates.under_isis[:, None])
        rates.once["bearable"] = np.where(under < _LEAST_SAFE, 0.0, under)
    worth: Floats = rates.once["bearable"]
    return worth
