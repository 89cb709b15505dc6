"""Does a forecast of 30 per cent come true in 30 per cent of the cases?"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.series import Series
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.views.documented import history

EDGES: Final = (0.0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.0)


@dataclass(frozen=True)
class Bin:
    """Forecasts of about the same share, and how often they came true."""

    low: float
    high: float
    cases: int
    forecast: float
    observed: float


def reliability(game: Game, chronicle: Chronicle, series: Series) -> tuple[Bin, ...]:
    """Forecast share against observed frequency of every holder, over all place-days that ever changed."""
    truth = history(game, chronicle, series.shown.shape[1] - 1)
    moved = np.flatnonzero((truth != truth[0]).any(axis=0))
    truth, shown = truth[1:, moved], series.shown[:, 1:, moved]
    codes = np.union1d(np.unique(shown), np.unique(truth))
    forecast = np.concatenate([(shown == c).mean(axis=0).ravel() for c in codes])
    came_true = np.concatenate([(truth == c).ravel() for c in codes])
    possible = np.concatenate([((shown == c).any(axis=0) | (truth == c)).ravel() for c in codes])
    forecast, came_true = forecast[possible], came_true[possible]
    bins = []
    for low, high in pairwise(EDGES):
        inside = (forecast >= low) & ((forecast < high) | (high == EDGES[-1]))
        if inside.any():
            mean = float(forecast[inside].mean())
            bins.append(Bin(low, high, int(inside.sum()), mean, float(came_true[inside].mean())))
    return tuple(bins)
