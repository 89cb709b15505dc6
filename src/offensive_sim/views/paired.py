"""What pairs of runs say: the mean of their differences with an interval, and a sign test.

Both runs of a pair meet the same luck, so what is common to them cancels. The interval is Student's for the mean
difference; the sign test asks only in how many pairs there is more, and in how many less (Conover 1999, section 3.4).
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Longs

_Z: Final = 1.959963984540054
"""Two-sided 95 per cent of the normal distribution."""
LEVEL: Final = 0.05
"""Below this chance of so one-sided a result a difference counts as told apart from none."""
_EXACT: Final = 2_000
"""Pairs up to which the sign test adds up binomial terms; above, the normal approximation."""


@dataclass(frozen=True)
class Paired:
    """The differences of one number over all pairs: what-if less model."""

    pairs: int
    model: float
    """Mean over the model's runs."""
    what_if: float
    """Mean over the what-if's runs."""
    mean: float
    """Mean difference."""
    low: float
    """Lower end of the 95 per cent interval of the mean difference; the mean itself with one pair."""
    high: float
    """Upper end."""
    more: int
    """Pairs in which the what-if has more."""
    fewer: int
    same: int
    sign_p: float
    """Chance of so one-sided a split if more and fewer were equally likely; 1 where all are the same."""

    @property
    def mean_apart(self) -> bool:
        """Whether the interval of the mean leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def sign_apart(self) -> bool:
        """Whether the sign test speaks against as many more as fewer."""
        return self.sign_p < LEVEL

    @property
    def told_apart(self) -> bool:
        """Whether the interval and the sign test both speak against no difference, and for the same direction."""
        return self.mean_apart and self.sign_apart and (self.mean > 0) == (self.more > self.fewer)


def paired(model: Longs, what_if: Longs) -> Paired:
    """The differences of pairs, from one number a run, shape (N,) each."""
    difference = what_if.astype(np.int64) - model.astype(np.int64)
    n = len(difference)
    mean = float(difference.mean())
    reach = half_width(float(difference.var(ddof=1)), n) if n > 1 else 0.0
    more, fewer = int((difference > 0).sum()), int((difference < 0).sum())
    return Paired(
        pairs=n,
        model=float(model.mean()),
        what_if=float(what_if.mean()),
        mean=mean,
        low=mean - reach,
        high=mean + reach,
        more=more,
        fewer=fewer,
        same=n - more - fewer,
        sign_p=sign_test(more, fewer),
    )


def half_width(variance: float, n: int) -> float:
    """Half the 95 per cent interval of a mean of ``n`` independent numbers of this variance."""
    return student(n - 1) * math.sqrt(variance / n)


def student(freedom: int) -> float:
    """Student's factor for 95 per cent (Abramowitz and Stegun 1964, 26.7.5); within 1 per cent from 4 degrees on."""
    z = _Z
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def sign_test(more: int, fewer: int) -> float:
    """Two-sided chance of a split at least this one-sided of ``more + fewer`` fair coins."""
    n, least = more + fewer, min(more, fewer)
    if n == 0:
        return 1.0
    if n > _EXACT:
        return math.erfc((n / 2 - least - 0.5) / math.sqrt(n / 4) / math.sqrt(2))
    tail = sum(math.comb(n, k) for k in range(least + 1))
    return min(1.0, 2 * tail / 2**n)
