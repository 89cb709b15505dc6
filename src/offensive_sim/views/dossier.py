"""A place's card: its names, who holds it in the model and in history, its people, and what all that rests on."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.engine.state import State
from offensive_sim.scenario.chronicle import Change, Chronicle
from offensive_sim.scenario.facts import Range, Sourced
from offensive_sim.views.board import Board
from offensive_sim.views.events import SourceLine, source_lines


@dataclass(frozen=True)
class Card:
    """A place on one evening."""

    id: str
    names: tuple[str, str | None, str | None]
    """English, Arabic, Sorani."""
    aka: tuple[str, ...]
    kind: str
    governorate: str
    holder: str
    contested_by: str | None
    history: str | None
    residents: Range | None
    at_home: int | None
    """People at home there this evening, in the model; None where the model is not asked."""
    sheltering: int
    """Displaced people there, in the model."""
    units: tuple[str, ...]
    """Formations there, with their men."""
    confidence: str
    """How far to trust who held it in history."""
    sources: tuple[SourceLine, ...]
    """For who held it in history by that day."""
    people_sources: tuple[SourceLine, ...]
    notes: tuple[str, ...]
    other: str | None = None
    """Who holds it in the world beside this one, if not the same."""
    what_if: bool = False
    """Whether this card is of a world with a what-if."""
    reported: date | None = None
    """In a reader's eyes: the day of the newest known change, if any."""


def fact_of(game: Game, chronicle: Chronicle, place: str, day: int) -> Sourced:
    """What says who held a place on a day: its last documented change, or the opening."""
    evening = game.world.first_day + timedelta(days=day - 1)
    changes = [change for change in chronicle.changes if change.place == place and change.date <= evening]
    return max(changes, key=lambda change: change.date) if changes else game.scenario.opening[place]


def card(game: Game, chronicle: Chronicle, board: Board, state: State, place: int) -> Card:
    """The card of a place by its number, for one replica's evening."""
    mark = board.places[place]
    known = game.scenario.places[mark.id]
    fact = fact_of(game, chronicle, mark.id, board.day)
    homes = np.flatnonzero(game.world.people.home_place == place)
    notes = (fact.note, fact.judgement, known.note, known.people_note)
    return replace(
        known_card(game, board, place, fact),
        history=mark.history,
        at_home=int(state.at_home[0, homes].sum()),
        sheltering=mark.displaced,
        units=tuple(f"{u.name} ({u.men:,})" for u in board.units if u.place == place and not u.on_road),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
        reported=None,
        other=mark.other,
        what_if=bool(game.what_ifs),
    )


def known_card(game: Game, board: Board, place: int, fact: Sourced) -> Card:
    """The card of a place as a reader knew it: nothing of the model, nothing of later years."""
    mark = board.places[place]
    known = game.scenario.places[mark.id]
    return Card(
        id=mark.id,
        names=mark.names,
        aka=known.aka,
        kind=mark.kind,
        governorate=known.governorate,
        holder=mark.holder,
        contested_by=mark.contested_by,
        history=None,
        residents=known.people,
        at_home=None,
        sheltering=0,
        units=(),
        confidence=fact.confidence,
        sources=source_lines(game.scenario, fact.source),
        people_sources=source_lines(game.scenario, known.people_source),
        notes=(),
        reported=fact.date if isinstance(fact, Change) else None,
    )
