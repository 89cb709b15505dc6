"""What happened on each day, in the model and in history, as rows a reader can open: text, numbers, trust, sources."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from offensive_sim.campaign.compiling import Game
from offensive_sim.scenario.chronicle import CONTESTED, Chronicle
from offensive_sim.scenario.facts import Sourced
from offensive_sim.scenario.model import Scenario
from offensive_sim.views.known import known_from

Teller = Literal["model", "history"]
KINDS: Final = (
    "people", "control", "fighting", "political", "humanitarian", "atrocity", "economic", "intervention",
)  # fmt: skip
"""What an event is about; people first."""
_OF_CHRONICLE: Final = {"military": "fighting"}


@dataclass(frozen=True)
class SourceLine:
    """A source as a reader sees it."""

    text: str
    url: str | None


@dataclass(frozen=True)
class Frame:
    """A sentence taken apart, for readers of another language: which sentence, and the ids and numbers in it."""

    key: str
    place: str = ""
    party: str = ""
    unit: str = ""
    number: int = 0


@dataclass(frozen=True)
class Happening:
    """One thing that happened."""

    key: str
    day: int
    """Day number; 1 is the first day played."""
    evening: date
    teller: Teller
    kind: str
    title: str
    place: str | None = None
    """Id of the place, if at one."""
    text: str = ""
    numbers: str = ""
    """Ranges, in words."""
    confidence: str = ""
    """high, medium or low; empty for what the model worked out."""
    sources: tuple[SourceLine, ...] = ()
    note: str = ""
    weight: int = 0
    """People or places concerned, to put the greater first."""
    parties: frozenset[str] = frozenset()
    """Factions that took part."""
    known_to_all: date | None = None
    """When the public could know it; None for what the model tells."""
    known_to_own: date | None = None
    """When those who took part knew it."""
    accounts: tuple[str, ...] = ()
    """What rival accounts say, each with its share."""
    frame: Frame | None = None
    """The title taken apart; None where it was written by hand."""


def plainly(one: Happening) -> Happening:
    """An event without what only hindsight says of it."""
    return replace(one, note="", accounts=())


def source_lines(scenario: Scenario, keys: Sequence[str]) -> tuple[SourceLine, ...]:
    """Sources by their keys; our own estimates are left out, ``judgement`` says them."""
    found = [scenario.sources[key] for key in keys if key in scenario.sources]
    return tuple(SourceLine(f"{one.publisher}: {one.title}, {one.date}", one.url) for one in found)


def chronicle_events(game: Game, chronicle: Chronicle) -> dict[int, tuple[Happening, ...]]:
    """History by day number, the weightiest first."""
    rows = [*_counts(game, chronicle), *_changes(game, chronicle), *_told(game, chronicle), *_attacks(game, chronicle)]
    return by_day([row for row in rows if 1 <= row.day <= game.world.n_days])


def by_day(rows: list[Happening]) -> dict[int, tuple[Happening, ...]]:
    """Events by day number, in the order of their kinds, the weightiest first."""
    found: dict[int, list[Happening]] = {}
    for one in sorted(rows, key=lambda h: (h.day, KINDS.index(h.kind), -h.weight)):
        found.setdefault(one.day, []).append(one)
    return {day: tuple(mine) for day, mine in found.items()}


def _row(game: Game, key: str, on: date, kind: str, fact: Sourced, over: date | None = None) -> dict[str, object]:
    """What every row of the chronicle shares; ``over`` is the day on which it ended, if another."""
    note = " ".join(part for part in (fact.note, fact.judgement) if part)
    return {
        "key": key,
        "day": (on - game.world.first_day).days + 1,
        "evening": on,
        "teller": "history",
        "kind": kind,
        "confidence": fact.confidence,
        "sources": source_lines(game.scenario, fact.source),
        "note": note,
        "known_to_all": known_from(game.scenario, over or on, fact.source),
        "known_to_own": over or on,
    }


def place_name(game: Game, place: str) -> str:
    """A place in English."""
    return game.scenario.places[place].name


def _party(game: Game, faction: str) -> str:
    return game.scenario.factions[faction].name.split(" (")[0]


def _changes(game: Game, chronicle: Chronicle) -> list[Happening]:
    rows = []
    for number, change in enumerate(chronicle.changes):
        if change.to != CONTESTED:
            title = f"{place_name(game, change.place)} passes to {_party(game, change.to)}."
        else:
            title = f"{place_name(game, change.place)} is contested."
        shared = _row(game, f"change-{number}", change.date, "control", change)
        unsure = f"Date uncertain by {change.uncertainty} days either way." if change.uncertainty else ""
        more: dict[str, object] = {"numbers": unsure, "parties": frozenset({change.from_, change.to})}
        more["accounts"] = disputes(game, chronicle, change.place)
        both = change.to == CONTESTED
        more["frame"] = Frame("contested" if both else "passes", change.place, "" if both else change.to)
        rows.append(Happening(**shared, **more, title=title, place=change.place))  # type: ignore[arg-type]
    return rows


def _told(game: Game, chronicle: Chronicle) -> list[Happening]:
    rows = []
    for key, event in chronicle.events.items():
        shared = _row(game, f"event-{key}", event.date, _OF_CHRONICLE.get(event.kind, event.kind), event)
        texts = {"title": f"{event.title}.", "text": event.what or "", "numbers": event.numbers or ""}
        more = {"accounts": disputes(game, chronicle, event.place), "parties": frozenset(event.actors), "weight": 1}
        rows.append(Happening(**shared, **texts, **more, place=event.place))  # type: ignore[arg-type]
    return rows


def _attacks(game: Game, chronicle: Chronicle) -> list[Happening]:
    rows = []
    for number, attack in enumerate(chronicle.failed_attacks):
        shared = _row(game, f"attack-{number}", attack.first_day, "fighting", attack, attack.last_day)
        title = f"Attack on {place_name(game, attack.place)} fails."
        more = {"parties": frozenset({attack.attacker, attack.defender}), "frame": Frame("fails", attack.place)}
        rows.append(Happening(**shared, **more, title=title, place=attack.place, text=attack.what))  # type: ignore[arg-type]
    return rows


def disputes(game: Game, chronicle: Chronicle, place: str | None) -> tuple[str, ...]:
    """Questions about a place on which sources disagree: what each says, what was chosen, and why."""
    if place is None:
        return ()
    name = place_name(game, place).split(" (")[0].removeprefix("Al-")
    return tuple(
        f"{one.question}: {one.versions}. Chosen: {one.chosen}. {one.why}."
        for one in chronicle.accounts
        if re.search(rf"\b{re.escape(name)}\b", one.question)
    )


def _counts(game: Game, chronicle: Chronicle) -> list[Happening]:
    """Dated figures for the whole country."""
    rows = []
    for number, figure in enumerate(chronicle.displaced):
        if figure.area not in ("national", "part"):
            continue
        shared = _row(game, f"figure-{number}", figure.date, "people", figure)
        title = f"{figure.value:,} displaced people: {figure.measure}."
        numbers = f"{figure.low:,} to {figure.high:,} in print."
        weight = figure.value if figure.area == "national" else 0
        rows.append(Happening(**shared, title=title, numbers=numbers, weight=weight))  # type: ignore[arg-type]
    return rows
