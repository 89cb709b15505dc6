"""Exact, unbiased rounding: whole persons and men, nobody made or lost."""

from typing import Final

import numpy as np

from offensive_sim.engine.axes import Floats, Ints


def rounded(wish: Floats, u: Floats) -> Ints:
    """Whole numbers whose mean is ``wish``; ``u`` in [0, 1) of the same shape."""
    return np.floor(wish + u).astype(np.int32)


PARTY: Final = 240
"""Persons who travel together, forty families of six: smaller lots are not divided."""


def in_parties(wish: Floats, u: Floats, size: Ints | int = PARTY) -> Ints:
    """Like ``rounded``, in whole parties of ``size`` persons."""
    return (rounded(wish / size, u) * size).astype(np.int32)


class Split:
    """Numbers of persons being shared out, one share after another.

    One uniform ``u`` a row: of n parties the share that raises the running sum from A to B gets
    floor(n B + u) - floor(n A + u), and the rest is what is left, so a row sums to its number exactly and the mean is
    unbiased.
    """

    def __init__(self, number: Ints, u: Floats) -> None:
        """``number`` and ``u`` (N,)."""
        self._number, self._u = number, u
        self._parties = np.maximum(-(-number // PARTY), 1).astype(np.float64)
        self._size = number / self._parties
        self._running = np.zeros(len(number))
        self._gone = np.zeros(len(number))

    def take(self, share: Floats) -> Ints:
        """Persons of the first M rows who make up the next ``share`` (M,) of them; shares of a row sum to 1 at most."""
        many = len(share)
        self._running[:many] += share
        parties = self._parties[:many]
        edge = np.minimum(np.floor(self._running[:many] * parties + self._u[:many]), parties)
        upto = np.floor(edge * self._size[:many] + 0.5)
        persons = (upto - self._gone[:many]).astype(np.int32)
        self._gone[:many] = upto
        return persons

    def rest(self) -> Ints:
        """Persons of every row who are left, shape (N,)."""
        left: Ints = self._number - self._gone.astype(np.int32)
        return left
