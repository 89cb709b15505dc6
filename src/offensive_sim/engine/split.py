"""Exact, unbiased rounding: whole persons and men, nobody made or lost."""

import numpy as np

from offensive_sim.engine.axes import Floats, Ints


def rounded(wish: Floats, u: Floats) -> Ints:
    """Whole numbers whose mean is ``wish``; ``u`` in [0, 1) of the same shape."""
    return np.floor(wish + u).astype(np.int32)


def shared_out(number: Ints, shares: Floats, u: Floats) -> Ints:
    """Split ``number`` (N,) over M choices with ``shares`` (N, M) that sum to 1 over M, shape (N, M).

    One uniform ``u`` (N,) a row: choice m gets floor(n C_m + u) - floor(n C_(m-1) + u), C the running sum;
    the last C is taken as 1, so a row sums to its number exactly.
    """
    running = np.minimum(np.cumsum(shares, axis=1), 1.0)
    running[:, -1] = 1.0
    edges = np.floor(number[:, None] * running + u[:, None])
    edges[:, -1] = number
    parts = np.diff(np.minimum(edges, number[:, None]), axis=1, prepend=0.0)
    return parts.astype(np.int32)
