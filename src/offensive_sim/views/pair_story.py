"""One pair of runs told where it parts, so that a number has a mechanism beside it."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.pairs import TOGETHER
from offensive_sim.campaign.running import Plan, play
from offensive_sim.campaign.study import Study
from offensive_sim.engine.axes import Longs, Shorts
from offensive_sim.views.comparison import Story, StoryDay
from offensive_sim.views.prose import day_log

_LONGEST: Final = 40
"""Sentences kept of a day and world."""


def told(study: Study, parted: Shorts, outcome: Longs, evening: int) -> Story | None:
    """The story of a telling pair; ``outcome`` (2, N) on the evening of that number."""
    gap = outcome[1] - outcome[0]
    replica = telling(gap, parted)
    if replica is None or study.worlds.what_if is None:
        return None
    plan = Plan(seed=study.seed, days=evening, spread=True)
    logs = [_log(game, plan, replica) for game in (study.worlds.model, study.worlds.what_if)]
    days = []
    for day, model, what_if in zip(study.evenings[1:], *logs, strict=False):
        only = StoryDay(day, _less(model, what_if), _less(what_if, model))
        if only.model or only.what_if:
            days.append(only)
    return Story(replica, int(gap[replica]), tuple(days))


def telling(gap: Longs, parted: Shorts) -> int | None:
    """The pair that differs by the median of those that differ; else the first that parts at all; else None."""
    differ = np.flatnonzero(gap)
    if len(differ):
        return int(differ[np.argmin(np.abs(gap[differ] - np.median(gap[differ])))])
    apart = np.flatnonzero(parted != TOGETHER)
    return int(apart[0]) if len(apart) else None


def _log(game: Game, plan: Plan, replica: int) -> Iterator[list[str]]:
    evenings = play(game, plan, np.array([replica]))
    return (day_log(game, evening.journal) for evening in islice(evenings, 1, None) if evening.journal)


def _less(lines: list[str], others: list[str]) -> tuple[str, ...]:
    """Lines that the other log has not, in order; one that stands twice is taken off once."""
    left = Counter(others)
    only = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            only.append(line)
    return tuple(only[:_LONGEST])
