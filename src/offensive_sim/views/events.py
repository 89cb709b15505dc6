"""What happened on each day, in the model and in history, as rows a reader can open: text, numbers, trust, sources."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.engine.axes import Bools
from offensive_sim.engine.journal import Journal, Kind
from offensive_sim.scenario.chronicle import CONTESTED, Chronicle
from offensive_sim.scenario.model import Scenario, Sourced
from offensive_sim.views.known import known_from
from offensive_sim.views.prose import sentence, why

Teller = Literal["model", "history"]
KINDS: Final = (
    "people", "control", "fighting", "political", "humanitarian", "atrocity", "economic", "intervention",
)  # fmt: skip
"""What an event is about; people first."""
_OF_CHRONICLE: Final = {"military": "fighting"}
_OF_JOURNAL: Final = {
    Kind.TRIGGERED: "political",
    Kind.APPEARED: "fighting",
    Kind.STRUCK: "intervention",
    Kind.REPULSED: "fighting",
    Kind.BROKE: "fighting",
    Kind.CONTESTED: "control",
    Kind.CHANGED: "control",
    Kind.CAPTURED_STOCK: "fighting",
    Kind.MET: "fighting",
}
"""Kinds of journal rows that are told one by one; people who flee and arrive are summed a day."""
_WITHOUT_UNIT: Final = (
    Kind.TRIGGERED, Kind.STRUCK, Kind.CONTESTED, Kind.CHANGED, Kind.CAPTURED_STOCK, Kind.FLED, Kind.REACHED,
)  # fmt: skip
"""Journal rows that are not about one unit."""
_FRAMES: Final = {
    Kind.APPEARED: "appears",
    Kind.STRUCK: "struck",
    Kind.REPULSED: "repulsed",
    Kind.BROKE: "broke",
    Kind.CONTESTED: "contested_by",
    Kind.CHANGED: "passes",
    Kind.CAPTURED_STOCK: "takes",
    Kind.MET: "meets",
}
"""Which sentence tells a journal row; ``views/prose.py`` has it in English."""
_OF_EFFECT: Final = {
    "open_camp": "humanitarian",
    "warning": "humanitarian",
    "gate": "humanitarian",
    "pay": "economic",
    "air_strikes": "intervention",
    "air_supply": "intervention",
    "command_leaves": "fighting",
    "arrive": "fighting",
    "reinforce": "fighting",
    "equip": "fighting",
    "works": "fighting",
}
"""What a documented event is about, by the first of its effects in the model; otherwise politics."""


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
    return _by_day([row for row in rows if 1 <= row.day <= game.world.n_days])


def model_events(
    game: Game, journals: Sequence[Journal | None], row: int = 0, hidden: Mapping[int, Bools] | None = None
) -> dict[int, tuple[Happening, ...]]:
    """What the model tells, by day number; people first. ``hidden`` units (U,) by day are not told of."""
    rows: list[Happening] = []
    for day, journal in enumerate(journals):
        if journal is not None:
            unknown = (hidden or {}).get(day)
            rows += _model_day(game, journal, day, row, unknown)
    return _by_day(rows)


def _by_day(rows: list[Happening]) -> dict[int, tuple[Happening, ...]]:
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


def _name(game: Game, place: str) -> str:
    return game.scenario.places[place].name


def _party(game: Game, faction: str) -> str:
    return game.scenario.factions[faction].name.split(" (")[0]


def _changes(game: Game, chronicle: Chronicle) -> list[Happening]:
    rows = []
    for number, change in enumerate(chronicle.changes):
        if change.to != CONTESTED:
            title = f"{_name(game, change.place)} passes to {_party(game, change.to)}."
        else:
            title = f"{_name(game, change.place)} is contested."
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
        title = f"Attack on {_name(game, attack.place)} fails."
        more = {"parties": frozenset({attack.attacker, attack.defender}), "frame": Frame("fails", attack.place)}
        rows.append(Happening(**shared, **more, title=title, place=attack.place, text=attack.what))  # type: ignore[arg-type]
    return rows


def disputes(game: Game, chronicle: Chronicle, place: str | None) -> tuple[str, ...]:
    """Questions about a place on which sources disagree: what each says, what was chosen, and why."""
    if place is None:
        return ()
    name = _name(game, place).split(" (")[0].removeprefix("Al-")
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


def _model_day(game: Game, journal: Journal, day: int, row: int, hidden: Bools | None) -> list[Happening]:
    entries = journal.entries()
    mine = entries[entries["replica"] == journal.replicas[row]]
    if hidden is not None:
        of_units = ~np.isin(mine["kind"], _WITHOUT_UNIT)
        mine = mine[~(of_units & hidden[np.where(of_units, mine["unit"], 0)])]
    evening = date.fromordinal(game.world.first_day.toordinal() + day - 1)
    rows = []
    fled = mine[mine["kind"] == Kind.FLED]
    if len(fled):
        total, most = int(fled["amount"].sum()), fled[fled["amount"].argmax()]
        where = game.world.places.ids[int(most["place"])]
        text = f"Most of them, {int(most['amount']):,}, from {_name(game, where)}."
        title = f"{total:,} people leave their homes."
        frame = Frame("fled", number=total)
        rows.append(
            Happening(f"fled-{day}", day, evening, "model", "people", title, where, text, weight=total, frame=frame)
        )
    for number, entry in enumerate(mine):
        kind = _OF_JOURNAL.get(Kind(int(entry["kind"])))
        if kind:
            rows.append(_model_row(game, journal, entry, (f"model-{day}-{number}", day, evening, kind)))
    return rows


def _model_row(game: Game, journal: Journal, entry: np.void, head: tuple[str, int, date, str]) -> Happening:
    key, day, evening, kind = head
    place = game.world.places.ids[entry["place"]] if entry["place"] >= 0 else None
    title = _shorter(game, sentence(game, entry))
    if Kind(int(entry["kind"])) is Kind.TRIGGERED:
        name = game.world.triggers.ids[entry["unit"]].partition("/")[0]
        trigger = game.scenario.triggers[name]
        kind = next((_OF_EFFECT[one.kind] for one in trigger.then if one.kind in _OF_EFFECT), kind)
        return Happening(
            key, day, evening, "model", kind, title, place, trigger.does,
            confidence=trigger.confidence,
            sources=source_lines(game.scenario, trigger.source),
            note=" ".join(part for part in (trigger.note, trigger.judgement) if part),
            accounts=tuple(f"{round(one.weight * 100)} %: {one.says}" for one in trigger.accounts),
        )  # fmt: skip
    text = _reasons(journal, entry) if Kind(int(entry["kind"])) is Kind.BROKE else ""
    return Happening(key, day, evening, "model", kind, title, place, text, frame=_frame(game, entry))


def _frame(game: Game, entry: np.void) -> Frame:
    """A journal row's sentence taken apart."""
    world = game.world
    return Frame(
        _FRAMES[Kind(int(entry["kind"]))],
        world.places.ids[entry["place"]] if entry["place"] >= 0 else "",
        world.factions.ids[entry["faction"]] if entry["faction"] >= 0 else "",
        world.units.ids[entry["unit"]] if entry["unit"] >= 0 else "",
        int(entry["amount"]),
    )


def _shorter(game: Game, said: str) -> str:
    """Parties without what stands in brackets after their names."""
    for faction in game.scenario.factions.values():
        said = said.replace(faction.name, faction.name.split(" (")[0])
    return said


def _reasons(journal: Journal, entry: np.void) -> str:
    """Why a unit broke, as signed factors."""
    found = journal.reasons
    if found is None:
        return ""
    at = np.flatnonzero(found.broke & (found.unit == entry["unit"]) & (found.row == 0))
    return f"Why: {why(found.points[at[0]])}." if len(at) else ""
