"""Displaced people by replica, group and place: an array that is nearly all empty, kept as the list of its cells."""

import math
from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Ints, Longs
from offensive_sim.engine.cells import cells_of, lengths, rising, rows_and_columns, runs, summed
from offensive_sim.engine.lazy import hand_on, kept


@dataclass(frozen=True)
class Crowd:
    """Persons in some cells of an array (R, G, P); nobody is in the others. Never written to.

    Its sums by group and by place are counted once and handed on from day to day with what changes.
    """

    cell: Longs  # (N,) number of the cell in that array, none twice, rising
    persons: Ints  # (N,)
    shape: tuple[int, int, int]  # R, G, P

    @classmethod
    def of(cls, persons: Ints) -> "Crowd":
        """The people of an array (R, G, P)."""
        cell = np.flatnonzero(persons)
        return cls(cell, persons.reshape(-1)[cell], persons.shape)

    @classmethod
    def listed(cls, cell: Longs, persons: Ints, shape: tuple[int, int, int]) -> "Crowd":
        """From cells in any order, none twice, shape (N,); those with nobody in them are left out."""
        order = rising(cell, math.prod(shape))
        some = order.take(cells_of(persons.take(order) != 0))
        return cls(cell.take(some), persons.take(some), shape)

    def dense(self) -> Ints:
        """Persons in every cell, shape (R, G, P), made anew."""
        everywhere = np.zeros(self.shape, np.int32)
        everywhere.reshape(-1)[self.cell] = self.persons
        return everywhere

    @kept
    def by_group(self) -> Ints:
        """Persons of every group, shape (R, G); not to be written to."""
        replicas, groups, n_places = self.shape
        total = np.bincount(self.cell // n_places, self.persons, replicas * groups)
        return total.astype(np.int32).reshape(replicas, groups)

    @kept
    def by_place(self) -> Ints:
        """Persons at every place, shape (R, P); not to be written to."""
        replicas, _, n_places = self.shape
        total = np.bincount(self._spots(self.cell), self.persons, replicas * n_places)
        return total.astype(np.int32).reshape(replicas, n_places)

    def _spots(self, cell: Longs) -> Longs:
        """Numbers of some cells (N,) in an array (R, P)."""
        among, place = rows_and_columns(cell, self.shape[2])
        return among // self.shape[1] * self.shape[2] + place

    @kept
    def _gathered(self) -> tuple[Longs, Longs, Longs]:
        """Groups of replicas that anybody is of, counted together; the first entry of each, and how many; (K,) each."""
        short = self.cell.astype(np.min_scalar_type(-1 - self.n_cells))  # divided several times faster than long ones
        among = short // self.shape[2]
        first = runs(among)
        return among.take(first).astype(np.int64), first, lengths(first, len(among))

    @kept
    def spots(self) -> Longs:
        """Number of each entry's cell in an array (R, P), shape (N,)."""
        among, _, many = self._gathered
        left_out = (among - among // self.shape[1]) * self.shape[2]
        return self.cell - left_out.repeat(many)

    @kept
    def bounds(self) -> Longs:
        """Where the entries of each replica and group begin, shape (R * G + 1,), with the end of the last."""
        some, _, many = self._gathered
        everyone = np.zeros(self.shape[0] * self.shape[1] + 1, np.int64)
        everyone[some + 1] = many
        return everyone.cumsum()

    def whereabouts(self, entry: Longs) -> "Whereabouts":
        """Replica, group and place of some entries (N,)."""
        among, place = rows_and_columns(self.cell.take(entry), self.shape[2])
        return Whereabouts(*rows_and_columns(among, self.shape[1]), place)

    def by_replica(self) -> Longs:
        """Persons in every replica, shape (R,), counted anew."""
        row = self.cell // (self.shape[1] * self.shape[2])
        return np.bincount(row, self.persons, self.shape[0]).astype(np.int64)

    def less(self, entry: Longs, persons: Ints) -> "Crowd":
        """With so many persons (N,) fewer in some entries, which may come more than once; empty ones stay listed."""
        left = self.persons.copy()
        np.subtract.at(left, entry, persons)
        other = Crowd(self.cell, left, self.shape)
        for name in ("spots", "bounds"):  # they do not depend on who is there
            hand_on(other, name, getattr(self, name))
        return self._handing_on(other, self.cell.take(entry), -persons)

    def _handing_on(self, other: "Crowd", cell: Longs, more: Ints) -> "Crowd":
        """The same ``other`` crowd, whose sums are these with so many ``more`` persons in some cells (M,)."""
        for name, at in (("by_group", cell // self.shape[2]), ("by_place", self._spots(cell))):
            total = getattr(self, name).copy()
            np.add.at(total.reshape(-1), at, more)
            total.setflags(write=False)
            hand_on(other, name, total)
        return other

    def joined_by(self, cell: Longs, persons: Ints) -> "Crowd":
        """With more people in some cells (M,), in any order; cells that are left empty are dropped."""
        cell, persons = summed(cell, persons, self.n_cells)
        cells, together = np.concatenate([self.cell, cell]), np.concatenate([self.persons, persons])
        order = cells.argsort(kind="stable")  # two rising runs: merged in one pass
        cells, together = cells.take(order), together.take(order)
        here = cells_of(cells[1:] == cells[:-1])  # those who come are next to those who are there
        together[here] += together.take(here + 1)
        together[here + 1] = 0
        some = cells_of(together != 0)
        return self._handing_on(Crowd(cells.take(some), together.take(some), self.shape), cell, persons)

    def rows(self, rows: slice) -> "Crowd":
        """Some replicas only."""
        start, stop, step = rows.indices(self.shape[0])
        size = self.shape[1] * self.shape[2]
        if step == 1:
            first, last = np.searchsorted(self.cell, np.array([start, max(start, stop)]) * size)
            shape = (max(stop - start, 0), *self.shape[1:])
            return Crowd(self.cell[first:last] - start * size, self.persons[first:last], shape)
        return Crowd.of(self.dense()[rows])

    def repeated(self, replicas: int) -> "Crowd":
        """The first replica, as many times over."""
        one = self.rows(slice(0, 1))
        size = self.shape[1] * self.shape[2]
        cell = (np.arange(replicas)[:, None] * size + one.cell[None, :]).reshape(-1)
        return Crowd(cell, np.tile(one.persons, replicas), (replicas, *self.shape[1:]))

    @property
    def n_cells(self) -> int:
        """Cells of the array, empty ones too."""
        return self.shape[0] * self.shape[1] * self.shape[2]

    @property
    def nbytes(self) -> int:
        """Size in memory, bytes."""
        return self.cell.nbytes + self.persons.nbytes


@dataclass(frozen=True)
class Whereabouts:
    """Replica, group and place of some entries of a crowd, (N,) each."""

    row: Longs
    group: Longs
    place: Longs
