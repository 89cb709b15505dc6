"""Exact, unbiased rounding: whole persons and men, nobody made or lost."""

from typing import Final

import numpy as np

from offensive_sim.engine.axes import Floats, Ints, Longs


def rounded(wish: Floats, u: Floats) -> Ints:
    """Whole numbers whose mean is ``wish``; ``u`` in [0, 1) of the same shape."""
    return np.floor(wish + u).astype(np.int32)


PARTY: Final = 480
"""Persons who travel together, eighty families of six: smaller lots are not divided."""


def in_parties(wish: Floats, u: Floats, size: Ints | int = PARTY) -> Ints:
    """Like ``rounded``, in whole parties of ``size`` persons."""
    return (rounded(wish / size, u) * size).astype(np.int32)


class Split:
    """Numbers of persons being shared out by worth, one share after another.

    One uniform ``u`` a row: of n parties the share that raises the running sum from A to B gets
    floor(n B + u) - floor(n A + u), and the rest is what is left, so a row sums to its number exactly and the mean is
    unbiased.
    """

    def __init__(self, number: Ints, total: Floats, u: Floats) -> None:
        """``number``, worth in ``total`` and ``u``, (N,) each."""
        self._number = number
        self._parties = np.maximum(-(-number // PARTY), 1).astype(np.float64)
        self._size = number / self._parties
        self._scale = self._parties / total
        self._running = u.copy()
        self._edge = np.zeros(len(number))
        self._gone = np.zeros(len(number), np.int32)

    def take(self, worth: Floats) -> tuple[Longs, Ints]:
        """Of the first M rows those who go for the next ``worth`` (M,), and how many persons each; (K,) both.

        The worth of a row sums to its total at most.
        """
        many = len(worth)
        running = self._running[:many]
        running += worth * self._scale[:many]
        edge = np.minimum(np.floor(running), self._parties[:many])
        goes = np.flatnonzero(edge != self._edge[:many])
        self._edge[:many] = edge
        upto = np.floor(edge.take(goes) * self._size.take(goes) + 0.5).astype(np.int32)
        persons = upto - self._gone.take(goes)
        self._gone[goes] = upto
        some = np.flatnonzero(persons)
        return goes.take(some), persons.take(some)

    def rest(self) -> Ints:
        """Persons of every row who are left, shape (N,)."""
        left: Ints = self._number - self._gone
        return left
