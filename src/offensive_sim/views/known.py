"""What the public, or a seat, could know by a date: the chronicle without hindsight. Pure.

A row is known from its own date, or, where every dated source of it came out later, from the earliest of those
dates. Only full dates count: a source that says a month, a year or nothing leaves the row's own date to stand. Counts
of displaced people are the same; attacks and movements count from their last day. A trigger says itself when it was
known. Which version of a disputed question was chosen is hindsight and never known. A seat learns on the day itself
of what its own side loses, takes or fights for; of the rest it knows what the public knows (judgement).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import Bytes
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.model import Scenario
from offensive_sim.views.documented import code

_FULL_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Known:
    """The part of history that was public on a day."""

    until: date
    chronicle: Chronicle
    triggers: tuple[str, ...]
    """Ids of the scenario's triggers, in the order in which they became known."""


def known_from(scenario: Scenario, day: date, sources: Iterable[str]) -> date:
    """The first day on which a row of that day, with those sources, could be known."""
    dated = [published for key in sources if (published := full_date(scenario, key)) is not None]
    return max(day, min(dated)) if dated else day


def full_date(scenario: Scenario, source: str) -> date | None:
    """The day on which a source was published, or None if only a month, a year or nothing is known of it."""
    said = scenario.sources[source].date if source in scenario.sources else ""
    return date.fromisoformat(said) if _FULL_DATE.fullmatch(said) else None


def known_chronicle(chronicle: Chronicle, scenario: Scenario, until: date, own: frozenset[str] = frozenset()) -> Known:
    """Rows and triggers known by a day, that day included; ``own`` are the factions of a seat, none for the public."""

    def known(day: date, sources: Iterable[str], *parties: str) -> bool:
        return (day if own & set(parties) else known_from(scenario, day, sources)) <= until

    rows = chronicle.model_copy(
        update={
            "changes": tuple(r for r in chronicle.changes if known(r.date, r.source, r.from_, r.to)),
            "failed_attacks": tuple(
                r for r in chronicle.failed_attacks if known(r.last_day, r.source, r.attacker, r.defender)
            ),
            "events": {k: r for k, r in chronicle.events.items() if known(r.date, r.source, *r.actors)},
            "displaced": tuple(row for row in chronicle.displaced if known(row.date, row.source)),
            "movements": tuple(row for row in chronicle.movements if known(row.last_day, row.source)),
            "accounts": (),
        }
    )
    triggers = sorted((t.known_from, key) for key, t in scenario.triggers.items() if t.known_from <= until)
    return Known(until, rows, tuple(key for _, key in triggers))


def as_reported(game: Game, chronicle: Chronicle, until: date, own: frozenset[str] = frozenset()) -> Bytes:
    """Who held each place as known by a day, shape (P,), coded like ``Series.shown``."""
    world = game.world
    place = {name: number for number, name in enumerate(world.places.ids)}
    shown = np.where(world.contested_by >= 0, CONTESTED, world.control).astype(np.int8)
    known = known_chronicle(chronicle, game.scenario, until, own).chronicle.changes
    for change in sorted(known, key=lambda c: c.date):
        shown[place[change.place]] = code(game, change.to)
    return shown
