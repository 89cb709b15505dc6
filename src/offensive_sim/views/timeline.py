"""The run as a row of days: who was newly displaced, what happened, and how far model and history stand apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import Bytes
from offensive_sim.engine.state import State
from offensive_sim.scenario.chronicle import Chronicle, Figure
from offensive_sim.views.documented import documented
from offensive_sim.views.events import Happening

PARTED: float = 0.05
"""Share of documented places held otherwise from which the days count as parted."""


@dataclass(frozen=True)
class Day:
    """One bar of the timeline."""

    number: int
    evening: date
    newly: int
    """People newly displaced since the evening before, in the model."""
    displaced: int
    kinds: Mapping[str, int]
    """Events of the chronicle that day, by kind."""
    parted: float
    """Share of documented places whose holder differs from the chronicle, 0 to 1."""
    figure: Figure | None
    """The newest documented count for the country by that day."""

    @property
    def events(self) -> int:
        """Events of the chronicle that day."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class Fork:
    """Where a what-if leaves the model as it happened."""

    supposed_on: int
    """Number of the first day that it reaches."""
    parts_on: int | None
    """Number of the first evening on which the two maps differ; None: they never do."""


@dataclass(frozen=True)
class Timeline:
    """All days; index 0 is the evening before the first."""

    days: tuple[Day, ...]
    parts_on: int | None
    """First day on which model and chronicle stand apart at ``PARTED`` of the documented places or more."""
    fork: Fork | None = None
    """Of a world beside another."""

    @property
    def last(self) -> int:
        """Number of the last day."""
        return len(self.days) - 1


def timeline(
    game: Game,
    chronicle: Chronicle,
    states: Sequence[State],
    codes: Bytes,
    told: Mapping[int, tuple[Happening, ...]],
) -> Timeline:
    """From every evening of one replica; ``codes`` as of ``scorecard.history``, ``told`` the chronicle's events."""
    known = documented(game)
    figures = sorted((f for f in chronicle.displaced if f.area == "national"), key=lambda f: f.date)
    days, before = [], None
    for number, state in enumerate(states):
        evening = game.world.first_day + timedelta(days=number - 1)
        displaced = int(state.displaced()[0].sum())
        shown = np.where(state.contested_by[0] >= 0, CONTESTED, state.control[0])
        parted = float((shown != codes[number])[known].mean()) if known.any() else 0.0
        newest = [f for f in figures if f.date <= evening]
        days.append(
            Day(
                number=number,
                evening=evening,
                newly=max(displaced - before, 0) if before is not None else 0,
                displaced=displaced,
                kinds=Counter(one.kind for one in told.get(number, ())),
                parted=parted,
                figure=newest[-1] if newest else None,
            )
        )
        before = displaced
    return Timeline(tuple(days), next((day.number for day in days if day.parted >= PARTED), None))
