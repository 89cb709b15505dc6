"""Displaced people by replica, group and place: an array that is nearly all empty, kept as the list of its cells."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Ints, Longs
from offensive_sim.engine.cells import rows_and_columns, runs
from offensive_sim.engine.lazy import kept


@dataclass(frozen=True)
class Crowd:
    """Persons in some cells of an array (R, G, P); nobody is in the others. Never written to."""

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
        some = np.flatnonzero(persons)
        some = some[np.argsort(cell[some])]
        return cls(cell[some], persons[some], shape)

    def dense(self) -> Ints:
        """Persons in every cell, shape (R, G, P), made anew."""
        everywhere = np.zeros(self.shape, np.int32)
        everywhere.reshape(-1)[self.cell] = self.persons
        return everywhere

    @kept
    def _parts(self) -> tuple[Ints, Ints]:
        """Replica and group of each entry, counted together, and its place; (N,) both.

        In as few bytes as hold the cells: short whole numbers are divided several times faster than long ones.
        """
        cell: Ints = self.cell.astype(np.min_scalar_type(-1 - self.n_cells))
        among = cell // self.shape[2]
        return among, cell - among * self.shape[2]

    @kept
    def spots(self) -> Longs:
        """Number of each entry's cell in an array (R, P), shape (N,)."""
        among, place = self._parts
        return (among // self.shape[1] * self.shape[2] + place).astype(np.int64)

    @kept
    def _gathered(self) -> tuple[Longs, Longs]:
        """Which groups of which replicas anybody is of, counted together, and the first entry of each; (K,) each."""
        among = self._parts[0]
        first = runs(among)
        return among.take(first).astype(np.int64), first

    @kept
    def bounds(self) -> Longs:
        """Where the entries of each replica and group begin, shape (R * G + 1,), with the end of the last."""
        some, first = self._gathered
        many = np.zeros(self.shape[0] * self.shape[1] + 1, np.int64)
        many[some + 1] = np.append(first[1:], len(self.cell)) - first
        return many.cumsum()

    def by_group(self) -> Ints:
        """Persons of every group, shape (R, G)."""
        total = np.zeros(self.shape[:2], np.int32)
        some, first = self._gathered
        if len(some):
            total.reshape(-1)[some] = np.add.reduceat(self.persons, first)
        return total

    def by_place(self) -> Ints:
        """Persons at every place, shape (R, P)."""
        return self.at_places(self.persons)

    def at_places(self, persons: Ints) -> Ints:
        """Sum over every place of other numbers of ``persons`` in the same cells (N,), shape (R, P)."""
        replicas, _, n_places = self.shape
        total = np.bincount(self.spots, persons, replicas * n_places)
        return total.astype(np.int32).reshape(replicas, n_places)

    def whereabouts(self, entry: Longs) -> "Whereabouts":
        """Replica, group and place of some entries (N,)."""
        among, place = rows_and_columns(self.cell.take(entry), self.shape[2])
        return Whereabouts(*rows_and_columns(among, self.shape[1]), place)

    def joined_by(self, cell: Longs, persons: Ints) -> "Crowd":
        """With more people in some cells (M,), in any order; cells that are left empty are dropped."""
        at = self._entries(cell)
        known = self.cell.take(at) == cell if len(self.cell) else np.zeros(len(cell), np.bool_)
        together = self.persons.copy()
        np.add.at(together, at[known], persons[known])
        fresh, which = np.unique(cell[~known], return_inverse=True)
        cells = np.concatenate([self.cell, fresh])
        together = np.concatenate([together, np.bincount(which, persons[~known], len(fresh)).astype(np.int32)])
        some = np.flatnonzero(together != 0)
        some = some.take(np.argsort(cells.take(some), kind="stable"))
        return Crowd(cells.take(some), together.take(some), self.shape)

    def _entries(self, cell: Longs) -> Longs:
        """The entry of each cell (M,) of those where anybody is; of the others any entry at all."""
        entry = np.empty(self.n_cells, np.int32)
        entry[self.cell] = np.arange(len(self.cell), dtype=np.int32)
        return np.clip(entry.take(cell), 0, max(len(self.cell) - 1, 0))

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
