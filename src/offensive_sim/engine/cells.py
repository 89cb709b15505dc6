"""Lists of cells of large arrays that are nearly all empty, and quick looks into such arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from offensive_sim.engine.axes import Bools, Bytes, Ints, Longs


def cells_of(mask: ArrayLike) -> Longs:
    """Numbers of the cells that are not zero or false, as ``np.flatnonzero`` tells them, without its detours."""
    cells: Longs = np.asarray(mask).reshape(-1).nonzero()[0]
    return cells


def where(mask: Bools) -> tuple[Longs, Longs]:
    """Row and column of every true cell of ``mask`` (R, N), as ``np.nonzero`` tells them, several times faster."""
    return rows_and_columns(cells_of(mask), mask.shape[1])


def rows_and_columns(cell: Longs, width: int) -> tuple[Longs, Longs]:
    """Row and column of cells (N,) numbered row by row."""
    row = cell // width
    return row, cell - row * width


def pick(array: np.ndarray, row: Longs, column: Longs | Bytes) -> np.ndarray:
    """``array[row, column]`` of a table, several times faster; -1 as a column is the last of the row before."""
    return array.reshape(-1).take(row * array.shape[1] + column)


def steps(upto: Longs) -> Longs:
    """What each of some running sums (N,) adds to the one before."""
    more = upto.copy()
    more[1:] -= upto[:-1]
    return more


def at_hand(table: np.ndarray) -> np.ndarray:
    """The same table, read once from end to end: looked up here and there it is then found near the processor.

    Memory is fetched several times faster in a row than cell by cell.
    """
    table.max(initial=0)
    return table


def runs(row: Longs | Ints) -> Longs:
    """Where each run of equal numbers begins, shape (M,); ``row`` (N,) in order."""
    begins = np.empty(len(row), np.bool_)
    begins[:1] = True
    np.not_equal(row[1:], row[:-1], out=begins[1:])
    return cells_of(begins)


def lengths(first: Longs, n: int) -> Longs:
    """How long runs are that begin at ``first`` (M,), the last of them to the end of ``n`` in all; shape (M,)."""
    many = np.empty(len(first), np.int64)
    many[:-1] = first[1:]
    many[-1:] = n
    many -= first
    return many


def leaders(cell: Longs, n_cells: int) -> Ints:
    """For each entry the number of one entry with the same cell, shape (N,): its leader, the same for all of them."""
    last = np.empty(n_cells, np.int32)
    last[cell] = np.arange(len(cell), dtype=np.int32)
    return last.take(cell)


@dataclass(frozen=True)
class Lists:
    """Lists of numbers, of any length each, one behind the other."""

    items: Longs  # (M,) of all lists
    first: Longs  # (K,) where each list begins ...
    many: Longs  # (K,) ... and how long it is

    @classmethod
    def by_key(cls, key: np.ndarray, n_keys: int) -> "Lists":
        """The numbers 0, 1, 2 ... listed by the ``key`` (M,) of each, which is below ``n_keys``."""
        many = np.bincount(key, minlength=n_keys)
        return cls(np.argsort(key, kind="stable"), np.cumsum(many) - many, many)

    @classmethod
    def of_true(cls, table: Bools) -> "Lists":
        """For each row of ``table`` (K, N) the columns that are true."""
        row, column = np.nonzero(table)
        many = np.bincount(row, minlength=len(table))
        return cls(column, np.cumsum(many) - many, many)

    def of(self, keys: Longs) -> tuple[Longs, Longs]:
        """The lists of ``keys`` (N,) as pairs: which of the keys, and an item of its list; (M,) both."""
        many = self.many.take(keys)
        before: Longs = np.add.accumulate(many) - many
        which = np.arange(len(keys)).repeat(many)
        ahead = self.first.take(keys) - before
        return which, self.items.take(np.arange(len(which)) + ahead.take(which))


def rising(cell: Longs, n_cells: int) -> Longs:
    """The order in which cells rise, the first of two alike first, shape (N,).

    By sixteen bits after sixteen bits, lowest first: that needs no comparisons and is several times as fast.
    """
    order = cell.astype(np.uint16).argsort(kind="stable")
    for shift in range(16, n_cells.bit_length(), 16):
        order = order.take((cell >> shift).astype(np.uint16).take(order).argsort(kind="stable"))
    return order


def summed(cell: Longs, number: Ints, n_cells: int) -> tuple[Longs, Ints]:
    """Cells in rising order, none twice, and the sum of the numbers in each; in and out (N,)."""
    order = rising(cell, n_cells)
    cell, number = cell.take(order), number.take(order)
    first = runs(cell)
    if len(first) == len(cell):
        return cell, number
    return cell.take(first), np.add.reduceat(number, first, dtype=np.int32)
