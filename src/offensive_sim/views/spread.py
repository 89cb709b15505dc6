"""Which source of uncertainty carries the spread of a result: chance, the rules' numbers, the opening, rival accounts.

Pick and freeze: two sets of replicas A and B, and for each source a set C that is A but for that source, which is B's.
The share a source carries by itself is ``mean(f(B) (f(C) - f(A))) / V`` (Saltelli et al. 2010, Computer Physics
Communications 181, table 2 b); with all it does together with the others, ``mean((f(A) - f(C))^2) / 2 V`` (Jansen
1999, Computer Physics Communications 117). V is the variance over A and B.
"""

import math
from typing import Final

import numpy as np

from offensive_sim.campaign.sources import PURPOSES, Source
from offensive_sim.engine.axes import Floats
from offensive_sim.views.comparison import SourceShare, Spread

MOST_ERROR: Final = 0.3
"""Standard error of a share above which the split is not put into words."""
TITLES: Final[dict[Source, str]] = {
    "luck": "how chance fell",
    "rates": "how strongly things work (the rules' numbers)",
    "opening": "how many there were (reported numbers)",
    "accounts": "which account of disputed events is right",
}


def split(first: Floats, second: Floats, redrawn: dict[Source, Floats]) -> Spread | None:
    """The split of one number's spread; each array (n,). None if nothing varies."""
    both = np.concatenate([first, second])
    variance = float(both.var(ddof=1)) if len(both) > 1 else 0.0
    if variance == 0.0 or not redrawn:
        return None
    centre = both.mean()
    a, b = first - centre, second - centre
    shares = tuple(_share(source, (a, b, redrawn[source] - centre), variance) for source in PURPOSES)
    return Spread(len(first), shares, _said(shares, len(first)))


def _share(source: Source, sets: tuple[Floats, Floats, Floats], variance: float) -> SourceShare:
    a, b, c = sets
    first, total = b * (c - a) / variance, (a - c) ** 2 / (2 * variance)
    root = math.sqrt(len(a))
    return SourceShare(
        source=source,
        title=TITLES[source],
        first=float(first.mean()),
        first_error=float(first.std(ddof=1)) / root,
        total=float(total.mean()),
        total_error=float(total.std(ddof=1)) / root,
    )


def _said(shares: tuple[SourceShare, ...], replicas: int) -> str:
    ranked = sorted(shares, key=lambda one: -one.total)
    parts = [f"{one.title} {_percent(one.total)} ({_percent(one.first)} by itself)" for one in ranked]
    error = max(max(one.total_error, one.first_error) for one in shares)
    if error > MOST_ERROR:
        why = f"its shares are uncertain by {error:.0%}"
        return f"The spread cannot be split by source with {replicas} replicas: {why}."
    listed = "; ".join(parts)
    together = "with what each does together with the others, so that the shares overlap"
    return f"Of the spread, {together}: {listed}; each give or take {error:.0%}."


def _percent(share: float) -> str:
    return f"{min(max(share, 0.0), 1.0):.0%}"
