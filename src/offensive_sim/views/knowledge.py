"""What was known by an evening, as a map and a log: the public's picture, or a seat's, without hindsight."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.seats import seats_of
from offensive_sim.scenario.chronicle import CONTESTED, Change, Chronicle, Figure
from offensive_sim.scenario.facts import Sourced
from offensive_sim.views.board import Board, PlaceMark
from offensive_sim.views.events import Happening
from offensive_sim.views.known import known_chronicle

PUBLIC: Final = "public"
"""Whoever read the news."""
_JUDGED: Final = ("judgement",)


@dataclass(frozen=True)
class Knowledge:
    """All that some reader knew by a date."""

    until: date
    own: frozenset[str]
    """Factions of the reader's seat."""
    last: Mapping[str, Change]
    """The latest known change of each place that had one."""
    firm: Mapping[str, str]
    """Its latest known holder, where that is one party."""
    figure: Figure | None
    """The newest known count of displaced people in the country."""

    def knows(self, one: Happening) -> bool:
        """Whether an event of the chronicle was known."""
        day = one.known_to_own if self.own & one.parties else one.known_to_all
        return day is not None and day <= self.until


def readers(game: Game) -> dict[str, frozenset[str]]:
    """Whose picture can be shown, with their factions: the public, and every seat that gives orders."""
    seats = {seat.id: frozenset(seat.factions) for seat in seats_of(game.scenario) if seat.gives_orders}
    return {PUBLIC: frozenset(), **seats}


def knowledge(game: Game, chronicle: Chronicle, day: int, reader: str) -> Knowledge:
    """What a reader knew by the evening of a day; KeyError if there is no such reader."""
    until = game.world.first_day + timedelta(days=day - 1)
    own = readers(game)[reader]
    known = known_chronicle(chronicle, game.scenario, until, own).chronicle
    changes = sorted(known.changes, key=lambda change: change.date)
    counts = [figure for figure in known.displaced if figure.area == "national"]
    return Knowledge(
        until=until,
        own=own,
        last={change.place: change for change in changes},
        firm={change.place: change.to for change in changes if change.to != CONTESTED},
        figure=max(counts, key=lambda figure: figure.date, default=None),
    )


def known_fact(game: Game, known: Knowledge, place: str) -> Sourced:
    """What says who held a place: its latest known change, or the opening."""
    return known.last.get(place, game.scenario.opening[place])


def known_board(game: Game, known: Knowledge, mine: Board) -> Board:
    """A board with every place as it was known; the model's people and formations are left out."""
    figure = known.figure.value if known.figure else 0
    marks = tuple(_known_mark(game, known, number, mark) for number, mark in enumerate(mine.places))
    return replace(
        mine, places=marks, units=(), flows=(), camps=(), gates=(), displaced=figure, displaced_before=figure,
        what_ifs=(),
    )  # fmt: skip


def _known_mark(game: Game, known: Knowledge, number: int, mark: PlaceMark) -> PlaceMark:
    names, world = game.world.factions.ids, game.world
    holder = known.firm.get(mark.id, names[world.control[number]])
    change = known.last.get(mark.id)
    inside: str | None = None
    if change is None and world.contested_by[number] >= 0:
        inside = names[world.contested_by[number]]
    elif change is not None and change.between:
        holder, inside = change.between
    nobody = change is not None and change.to == CONTESTED and not change.between
    fact = known_fact(game, known, mark.id)
    judged = fact.source == _JUDGED
    return replace(
        mark, holder=holder, contested_by=inside, history=None, sheltered=0, moving=0,
        documented=not judged, unclear=(fact.confidence == "low" and not judged) or nobody, other=None,
    )  # fmt: skip
