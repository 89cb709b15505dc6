"""Courses of events side by side: the documented one and those that were played, evening by evening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.running import Evening, at_home_in_iraq
from offensive_sim.engine.axes import Bools, Bytes, Floats, Longs
from offensive_sim.engine.journal import Factor, Journal
from offensive_sim.engine.state import State
from offensive_sim.views.board import shown_in
from offensive_sim.views.documented import documented
from offensive_sim.views.events import Happening
from offensive_sim.views.factors import FactorLine, lines_of, nerve_of
from offensive_sim.views.timeline import PARTED

HISTORY: Final = "history"
MODEL: Final = "model"
PLAYED: Final = "played"
WHAT_IF: Final = "what_if"


@dataclass(frozen=True)
class Tested:
    """A formation whose nerve was tested on a day, with the signed reasons."""

    day: int
    """Day number; 1 is the first day played."""
    evening: date
    unit: str
    faction: str
    place: str
    """Id of the place."""
    men: int
    """Present that morning."""
    factors: tuple[FactorLine, ...]

    @property
    def nerve(self) -> int:
        """What the reasons add up to."""
        return nerve_of(self.factors)

    @property
    def pressed(self) -> int:
        """The sum of what spoke against standing."""
        return sum(line.points for line in self.factors if line.points < 0)


@dataclass(frozen=True)
class Course:
    """One course of events; index 0 of every array is the evening before the first day."""

    key: str
    """``history``, ``model``, ``played`` or ``what_if``."""
    title: str
    """What a person called it; empty for history and model."""
    shown: Bytes  # (D+1, P) holder's number, or CONTESTED
    told: Mapping[int, tuple[Happening, ...]]
    """What happened, by day number."""
    parted: Floats  # (D+1,) share of documented places held otherwise than in history
    there: Longs | None = None  # (D+1, P) displaced people there; None for history, which counts by area
    displaced: Longs | None = None  # (D+1,) displaced people whose home is in Iraq
    by_group: Longs | None = None  # (2, G) displaced people by people group, first and last evening
    men: Longs | None = None  # (2, F) men in the field by faction, first and last evening
    broke: tuple[Tested, ...] = ()
    """Formations that broke, the largest first."""
    stood: tuple[Tested, ...] = ()
    """Formations that stood, the hardest pressed first, each once."""

    @property
    def parts_on(self) -> int | None:
        """First day on which it stands apart from history at ``timeline.PARTED`` of the documented places or more."""
        apart = np.flatnonzero(self.parted >= PARTED)
        return int(apart[0]) if len(apart) else None

    def holding(self, faction: int, known: Bools) -> Longs:
        """Documented places that a faction holds uncontested, by evening, shape (D+1,)."""
        return np.asarray((self.shown[:, known] == faction).sum(axis=1), np.int64)


def documented_course(codes: Bytes, told: Mapping[int, tuple[Happening, ...]]) -> Course:
    """History; ``codes`` as of ``documented.history``, shape (D+1, P)."""
    return Course(HISTORY, "", codes, told, np.zeros(len(codes)))


def played_course(
    game: Game, names: tuple[str, str], evenings: Sequence[Evening], codes: Bytes,
    told: Mapping[int, tuple[Happening, ...]],
) -> Course:  # fmt: skip
    """A run's first replica beside history's ``codes``, shape (D+1, P); ``names`` are its key and title."""
    states = [evening.state for evening in evenings]
    shown = np.stack([shown_in(state) for state in states])
    known, inside = documented(game), at_home_in_iraq(game)
    away = np.stack([state.displaced()[0].astype(np.int64) for state in states])
    broke, stood = _tests(game, evenings)
    return Course(
        key=names[0],
        title=names[1],
        shown=shown,
        told=told,
        parted=(shown != codes[: len(shown)])[:, known].mean(axis=1) if known.any() else np.zeros(len(shown)),
        there=np.stack([(s.sheltered[0] + s.moving[0]).sum(axis=0, dtype=np.int64) for s in states]),
        displaced=away[:, inside].sum(axis=1),
        by_group=away[[0, -1]],
        men=np.stack([_men(game, state) for state in (states[0], states[-1])]),
        broke=broke,
        stood=stood,
    )


def _men(game: Game, state: State) -> Longs:
    """Men in the field by faction, shape (F,)."""
    afield = (state.unit_place[0] >= 0) & (state.men[0] > 0)
    count = np.zeros(len(game.world.factions.ids), np.int64)
    np.add.at(count, game.world.units.faction[afield], state.men[0, afield])
    return count


def _tests(game: Game, evenings: Sequence[Evening]) -> tuple[tuple[Tested, ...], tuple[Tested, ...]]:
    broke: list[Tested] = []
    stood: dict[str, Tested] = {}
    for before, evening in pairwise(evenings):
        for tested, broken in _tested(game, before.state, evening.journal):
            if broken:
                broke.append(tested)
            elif tested.unit not in stood or tested.pressed < stood[tested.unit].pressed:
                stood[tested.unit] = tested
    return (
        tuple(sorted(broke, key=lambda one: (-one.men, one.day, one.unit))),
        tuple(sorted(stood.values(), key=lambda one: (one.pressed, one.day, one.unit))),
    )


def _tested(game: Game, before: State, journal: Journal | None) -> list[tuple[Tested, bool]]:
    reasons = journal.reasons if journal else None
    if journal is None or reasons is None:
        return []
    found = []
    for at in np.flatnonzero(reasons.row == 0):
        unit = game.scenario.units[game.world.units.ids[reasons.unit[at]]]
        tested = Tested(
            day=journal.day + 1,
            evening=game.world.first_day + timedelta(days=journal.day),
            unit=unit.name,
            faction=unit.faction,
            place=game.world.places.ids[reasons.place[at]],
            men=int(before.men[0, reasons.unit[at]]),
            factors=lines_of(zip(Factor, reasons.points[at], strict=True)),
        )
        found.append((tested, bool(reasons.broke[at])))
    return found
