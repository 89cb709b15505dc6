"""The twelve cohesion cases of June to August 2014: places that dissolved, and places that held."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.series import CONTESTED, Series
from offensive_sim.engine.axes import Bools


@dataclass(frozen=True)
class Case:
    """A documented test of nerve: where, between which days, and how it ended."""

    name: str
    place: str
    first_day: date
    last_day: date
    defender: str
    dissolves: bool
    """Whether the defender, who had it on the eve, lost it between the two days; else it must never be lost whole."""


def _case(name: str, place: str, days: tuple[str, str], defender: str, *, dissolves: bool) -> Case:
    first, last = (date.fromisoformat(f"2014-{day}") for day in days)
    return Case(name, place, first, last, defender, dissolves)


CASES: Final = (
    _case("Mosul, west bank", "mosul-west", ("06-08", "06-10"), "iraq", dissolves=True),
    _case("Tikrit", "tikrit", ("06-10", "06-12"), "iraq", dissolves=True),
    _case("Kirkuk, 12th Division", "kirkuk", ("06-10", "06-13"), "iraq", dissolves=True),
    _case("Baiji town", "baiji", ("06-10", "06-19"), "iraq", dissolves=True),
    _case("Sinjar", "sinjar", ("08-02", "08-04"), "krg", dissolves=True),
    _case("Tal Afar", "tal-afar", ("06-20", "06-26"), "iraq", dissolves=True),
    _case("Samarra", "samarra", ("06-04", "08-31"), "iraq", dissolves=False),
    _case("Baiji refinery", "baiji-refinery", ("06-12", "08-31"), "iraq", dissolves=False),
    _case("Amirli", "amirli", ("06-11", "08-31"), "iraq", dissolves=False),
    _case("Haditha", "haditha", ("06-10", "08-31"), "iraq", dissolves=False),
    _case("Dhuluiya, from July", "dhuluiya", ("07-13", "08-31"), "iraq", dissolves=False),
    _case("Camp Speicher", "camp-speicher", ("06-10", "08-31"), "iraq", dissolves=False),
)


@dataclass(frozen=True)
class CaseScore:
    """How a case came out."""

    case: Case
    as_documented: bool
    """In the first replica."""
    share: float
    """Share of all replicas."""


def judged(game: Game, series: Series) -> tuple[CaseScore, ...]:
    """Every case whose days were played, in the first replica and in all."""
    last_played = game.world.first_day + timedelta(days=series.shown.shape[1] - 2)
    scores = []
    for case in CASES:
        if case.last_day > last_played:
            continue
        agrees = _agrees(game, series, case)
        scores.append(CaseScore(case, bool(agrees[0]), float(agrees.mean())))
    return tuple(scores)


def _agrees(game: Game, series: Series, case: Case) -> Bools:
    """Whether each replica came out as documented, shape (R,)."""
    place = game.world.places.ids.index(case.place)
    defender = game.world.factions.ids.index(case.defender)
    first, last = ((day - game.world.first_day).days + 1 for day in (case.first_day, case.last_day))
    lost = (series.holder[:, :, place] != defender) & (series.shown[:, :, place] != CONTESTED)
    if case.dissolves:
        return np.asarray(lost[:, first : last + 1].any(axis=1) & ~lost[:, first - 1])
    return np.asarray(~lost[:, first : last + 1].any(axis=1))
