"""Exact, unbiased rounding: whole persons and men, nobody made or lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Floats, Ints, Longs
from offensive_sim.engine.cells import cells_of, steps


def rounded(wish: Floats, u: Floats) -> Ints:
    """Whole numbers whose mean is ``wish``; ``u`` in [0, 1) of the same shape."""
    return np.floor(wish + u).astype(np.int32)


PARTY: Final = 480
"""Persons who travel together, eighty families of six: smaller lots are not divided."""


def in_parties(wish: Floats, u: Floats, size: Ints | int = PARTY) -> Ints:
    """Like ``rounded``, in whole parties of ``size`` persons."""
    return (rounded(wish / size, u) * size).astype(np.int32)


@dataclass(frozen=True)
class Shares:
    """Who went which way."""

    option: Longs  # (K,) number of the share that somebody took, rising ...
    row: Longs  # (K,) ... whose it was ...
    persons: Ints  # (K,) ... and how many
    left: Ints  # (N,) those of each row who took none


def shared_out(number: Ints, total: Floats, u: Floats, worth: Floats, many: Sequence[int]) -> Shares:
    """Share out the persons of every row by worth, one option after another.

    ``worth`` has the first option of the first ``many[0]`` rows, then the second of the first ``many[1]``, and so on,
    which sum to ``total`` (N,) at most; it is spoilt. One uniform ``u`` a row: of n parties the share that raises the
    running sum from A to B gets floor(n B + u) - floor(n A + u), and the rest is what is left, so a row sums to its
    number exactly and the mean is unbiased.
    """
    parties = np.maximum(-(-number // PARTY), 1).astype(np.float64)
    ends = list(accumulate(many))
    edge, grew = _parties_so_far(worth, u, parties / total, list(zip(many, ends, strict=True)))
    option = cells_of(grew)
    counts = steps(option.searchsorted(ends))
    row = option - np.array([0, *ends[:-1]], np.int64).repeat(counts)
    most, size = parties.take(row), (number / parties).take(row)
    upto = _persons(edge.take(option), most, size)
    later = int(counts[0])
    before = option[later:] - np.array(many[:-1], np.int64).repeat(counts[1:])  # the same row's option before
    upto[later:] -= _persons(edge.take(before), most[later:], size[later:])
    left = number - np.bincount(row, upto, len(number))
    return Shares(option, row, upto.astype(np.int32), left.astype(np.int32))


def _parties_so_far(worth: Floats, u: Floats, scale: Floats, spans: list[tuple[int, int]]) -> tuple[Floats, Bools]:
    """Whole parties that took an option or one before it, and whether the option added any; shape of ``worth``.

    ``spans``: how many rows have an option, and where their worths of it end.
    """
    before = u
    for many, end in spans:
        running = worth[end - many : end]
        running *= scale[:many]
        running += before[:many]
        before = running
    edge = np.floor(worth, out=worth)
    grew = np.empty(len(edge), np.bool_)
    np.not_equal(edge[: len(u)], 0.0, out=grew[: len(u)])
    for (wider, start), (many, end) in pairwise(spans):
        np.not_equal(edge[start:end], edge[start - wider :][:many], out=grew[start:end])
    return edge, grew


def _persons(parties: Floats, most: Floats, size: Floats) -> Floats:
    """How many persons so many parties are, shape (N,)."""
    return np.floor(np.minimum(parties, most) * size + 0.5)
