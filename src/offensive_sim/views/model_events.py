"""What the model tells of each day, as rows a reader can open; ``views/events.py`` has the chronicle's."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.engine.axes import Bools
from offensive_sim.engine.journal import Journal, Kind
from offensive_sim.views.events import Frame, Happening, by_day, place_name, source_lines
from offensive_sim.views.prose import sentence, why

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
    "transport": "humanitarian",
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


def model_events(
    game: Game, journals: Sequence[Journal | None], row: int = 0, hidden: Mapping[int, Bools] | None = None
) -> dict[int, tuple[Happening, ...]]:
    """What the model tells, by day number; people first. ``hidden`` units (U,) by day are not told of."""
    rows: list[Happening] = []
    for day, journal in enumerate(journals):
        if journal is not None:
            unknown = (hidden or {}).get(day)
            rows += _model_day(game, journal, day, row, unknown)
    return by_day(rows)


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
        text = f"Most of them, {int(most['amount']):,}, from {place_name(game, where)}."
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
