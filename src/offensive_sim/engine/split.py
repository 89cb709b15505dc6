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


def shared_out(number: Ints, shares: Floats, u: Floats) -> Ints:
    """Split ``number`` (N,) persons over M choices with ``shares`` (N, M) that sum to 1 over M, shape (N, M).

    One uniform ``u`` (N,) a row: of n parties choice m gets floor(n C_m + u) - floor(n C_(m-1) + u), C the running
    sum; the last C is taken as 1, so a row sums to its number exactly, and the mean is unbiased.
    """
    parties = np.maximum(-(-number // PARTY), 1).astype(np.float64)
    edges = np.cumsum(shares, axis=1)
    edges *= parties[:, None]
    edges += u[:, None]
    np.floor(edges, out=edges)
    np.minimum(edges, parties[:, None], out=edges)
    edges[:, -1] = parties
    persons = np.floor(edges * (number / parties)[:, None] + 0.5)
    persons[:, -1] = number
    persons[:, 1:] -= persons[:, :-1].copy()
    return persons.astype(np.int32)
