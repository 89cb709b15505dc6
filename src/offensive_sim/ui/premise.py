"""What-ifs on paper: the premise of one in full, and the sheet on which one is chosen."""

from collections.abc import Sequence
from typing import Final, Protocol

import pygame

from offensive_sim.atlas.words import date_words
from offensive_sim.scenario.premise import Note
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.ui.actions import Action, Change, Named, Pan, Pop, Suppose
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.asking import Pick
from offensive_sim.ui.playing.lists import WHY, Row, write_row
from offensive_sim.ui.playing.paper import Paper, step_of
from offensive_sim.ui.playing.thinking import POLL
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import SOFT_TEXT, SUPPOSED
from offensive_sim.views.offered import Offered

_ABOVE: Final = 64.0
"""Design pixels that stay in view above the row that is gone to."""


class Source(Protocol):
    """Where the offers come from, as soon as the scenario has been read."""

    @property
    def offers(self) -> tuple[Offered, ...] | None:
        """None while it is being read."""


def when_and_how(what_if: WhatIf, language: str) -> str:
    """From which day it leaves history, and whether it could have been."""
    kind = say(f"whatif.{what_if.kind}", language)
    return say("whatif.row", language, date=date_words(what_if.date, language), kind=kind)


def write_premise(canvas: Canvas, column: Column, offer: Offered) -> None:
    """What is supposed, whether it could have been, what speaks against reading too much into it."""
    what_if, language = offer.what_if, canvas.look.language
    if what_if is None:
        return
    column.gap(5)
    if offer.harm:
        column.para(say("whatif.harm", language), canvas.style(13, "ui-bold", WHY))
        column.gap(3)
    column.para(what_if.premise.strip(), canvas.style(14.5, "map"))
    column.gap(4)
    dates = {"date": date_words(what_if.date, language), "judged": date_words(what_if.judged_on, language)}
    column.para(say("whatif.from", language, **dates), canvas.style(13, "ui-bold"))
    column.para(say(f"whatif.{what_if.kind}_is", language), canvas.style(13))
    if offer.twin:
        column.para(say("whatif.twin", language, title=offer.twin), canvas.small())
    column.gap(4)
    column.para(say("whatif.check", language), canvas.style(13, "ui-bold", SOFT_TEXT))
    _write_notes(canvas, column, offer.notes)
    column.para(say("whatif.caution", language), canvas.style(13, "ui-bold", SOFT_TEXT))
    column.para(what_if.caution.strip(), canvas.style(13, "map-italic"))
    column.gap(8)


def _write_notes(canvas: Canvas, column: Column, notes: Sequence[Note]) -> None:
    """Warnings first, by a word and not by colour alone."""
    language = canvas.look.language
    for note in notes:
        warns = note.severity == "warning"
        style = canvas.style(12.5, "ui-bold" if warns else "ui", WHY if warns else SOFT_TEXT)
        column.para(f"{say(f'whatif.{note.severity}', language)} {note.what}", style, indent=canvas.px(10))
        column.gap(2)


class Premises(Paper):
    """What is supposed in this game or run, in full."""

    wide = 760.0

    def __init__(self, offers: Sequence[Offered]) -> None:
        super().__init__()
        self._offers = offers

    def handle(self, action: Action) -> Change:
        """Read, and close or go on."""
        if action == Named("compare"):
            return Pop(action)
        return Pop() if action == Named("activate") else super().handle(action)

    def feet(self, language: str) -> list[Button]:
        """Close, or go on to what differs."""
        compare = Button(say("world.compare", language), Named("compare"), tip=say("tip.compare", language))
        return [Button(say("event.close", language), Named("back"), on=True), compare]

    def write(self, canvas: Canvas, column: Column) -> None:
        """Each premise."""
        for offer in self._offers:
            if offer.what_if:
                column.para(say("whatif.if", canvas.look.language), canvas.style(13, "ui-bold", SUPPOSED))
                column.title(offer.what_if.title, 24)
                column.para(offer.what_if.question, canvas.style(15, "map-italic", SOFT_TEXT))
                write_premise(canvas, column, offer)


class Choice(Paper):
    """As it happened, or one of the scenario's what-ifs; the one under the bar shows its premise."""

    wide = 860.0

    def __init__(self, source: Source, chosen: Sequence[str], *, opt_in: bool) -> None:
        super().__init__()
        self._source, self._opt_in = source, opt_in
        self._chosen = tuple(chosen)
        self.at: int | None = None
        self._told = False
        self._seek = True
        """Whether the row under the bar must come into view."""

    @property
    def rows(self) -> list[Offered | None]:
        """As it happened, then what is offered."""
        return [None, *(self._source.offers or ())]

    def _settle(self) -> int:
        """The row under the bar: at first the one that was chosen before."""
        if self.at is None or self.at >= len(self.rows):
            names = [one.name if one else "" for one in self.rows]
            self.at = next((names.index(name) for name in self._chosen if name in names), 0)
        return self.at

    def _allowed(self, offer: Offered | None) -> bool:
        what_if = offer.what_if if offer else None
        return offer is None or (what_if is not None and (self._opt_in or not what_if.opt_in))

    def handle(self, action: Action) -> Change:
        """Move over the rows, choose, or leave all as it was."""
        at, rows = self._settle(), self.rows
        match action:
            case Pick(number):
                if number == at:
                    return self._choose(number)
                self.at = number
            case Pan():
                self.at, self._seek = (at + step_of(action)) % len(rows), True
            case Named("begin" | "activate" | "take_up"):
                return self._choose(at)
            case _:
                return super().handle(action)
        return None

    def _choose(self, at: int) -> Change:
        offer = self.rows[at]
        if not self._allowed(offer):
            return None
        return Pop(Suppose((offer.name,) if offer else ()))

    def wait(self, now: float) -> float | None:  # noqa: ARG002
        """Until the scenario has been read."""
        return POLL if self._source.offers is None else None

    def tick(self, now: float) -> Change | bool:  # noqa: ARG002
        """The offers are there."""
        fresh, self._told = self._source.offers is not None and not self._told, self._source.offers is not None
        return fresh

    def feet(self, language: str) -> list[Button]:
        """Take what is under the bar, or leave it."""
        row = [Button(say("whatif.take", language), Named("take_up"), on=True)]
        if not self._allowed(self.rows[self._settle()]):
            row = []
        return [*row, Button(say("sheet.leave", language), Named("back"))]

    def write(self, canvas: Canvas, column: Column) -> None:
        """All rows; the premise below the one under the bar."""
        language, at = canvas.look.language, self._settle()
        column.title(say("whatif.title", language), 24)
        column.para(say("whatif.words", language), canvas.style(13.5, "map-italic", SOFT_TEXT))
        column.gap(4)
        if self._source.offers is None:
            column.para(say("whatif.reading", language), canvas.style(14, "map-bold"))
        for number, offer in enumerate(self.rows):
            top = column.top
            write_row(canvas, column, self._row(offer, language), (number, number == at))
            if offer and number == at:
                inner = pygame.Rect(column.rect).inflate(-2 * canvas.px(14), 0)
                below = Column(canvas, inner, draws=column.draws)
                below.top = column.top
                write_premise(canvas, below, offer)
                column.top = below.top
            if number == at and self._seek and not column.draws:
                # While it is only measured: the picture that follows has the row in view, below the one before it.
                self._seek, self.scroll = False, max(top - canvas.px(_ABOVE), 0) if number else 0

    def _row(self, offer: Offered | None, language: str) -> Row:
        if offer is None:
            return Row(say("whatif.as_it_happened", language), say("whatif.as_it_happened_is", language))
        if offer.what_if is None:
            return Row(offer.id, why=say("whatif.broken", language, what=offer.problem), grey=True)
        what_if = offer.what_if
        why = "" if self._allowed(offer) else say("whatif.locked", language)
        return Row(what_if.title, what_if.question, why, when_and_how(what_if, language), grey=bool(why))
