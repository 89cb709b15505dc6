"""The right column: the card of a place, or an event with its text, numbers, confidence and sources."""

from dataclasses import dataclass
from typing import Protocol

import pygame

from offensive_sim.atlas.plate import area_word
from offensive_sim.atlas.words import about, date_words, party_word
from offensive_sim.ui.actions import FlyTo, OpenEvent, OpenLink
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.kinds import kind_sign
from offensive_sim.ui.speech import say
from offensive_sim.ui.symbols import Sign, draw_sign
from offensive_sim.ui.theme import PEOPLE, SOFT_TEXT
from offensive_sim.views.board import BOTH, Board
from offensive_sim.views.dossier import Card
from offensive_sim.views.events import Happening, SourceLine

_FORMATIONS = 6


class Sheet(Protocol):
    """What the right drawer can show."""

    @property
    def scroll(self) -> int:
        """Pixels from its top."""

    def write(self, canvas: Canvas, column: Column) -> None:
        """All of it, downwards."""


@dataclass(frozen=True)
class PlaceCard:
    """A place on an evening."""

    card: Card
    board: Board
    scroll: int

    def write(self, canvas: Canvas, column: Column) -> None:
        """People first, then who holds it, then what all that rests on."""
        card, language = self.card, canvas.look.language
        shown = {"ar": 1, "ckb": 2}.get(language, 0)
        column.title(card.names[shown] or card.names[0], 24)
        others = [name for at, name in enumerate(card.names) if name and at != shown]
        for name in others:
            column.para(name, canvas.style(15, "map", SOFT_TEXT))
        where = f"{say(f'place.{card.kind}', language)} · {area_word(card.governorate, language)}"
        column.para(where, canvas.style(13, "map-italic", SOFT_TEXT))
        self._people(canvas, column)
        column.heading(say("card.held", language))
        reported = date_words(card.reported, language) if card.reported else ""
        label = say("card.reported", language, date=reported) if reported else say("card.before", language)
        model = "card.what_if" if card.what_if else "card.as_it_happened" if card.other else "card.model"
        label = say(model, language) if card.at_home is not None else label
        self._holder(canvas, column, label, card.holder, card.contested_by)
        if card.other:
            beside = say("card.as_it_happened" if card.what_if else "card.what_if", language)
            self._holder(canvas, column, beside, card.other, None)
        if card.history:
            self._holder(canvas, column, self.history_word(language), card.history, None)
        column.para(trust_words(card.confidence, language), canvas.small())
        self._units(canvas, column)
        write_sources(canvas, column, (*card.sources, *card.people_sources))
        if card.notes:
            column.heading(say("card.notes", language))
            for note in card.notes:
                column.para(note, canvas.style(12.5))
        if card.aka:
            column.heading(say("card.aka", language))
            column.para(", ".join(card.aka), canvas.small())

    def history_word(self, language: str) -> str:
        """What stands above the documented holder."""
        return say("card.history", language)

    def _people(self, canvas: Canvas, column: Column) -> None:
        """Who is away from home here, and who lives here."""
        card, language = self.card, canvas.look.language
        column.heading(say("card.people", language))
        if card.sheltering:
            column.fact(say("card.sheltering", language), about(card.sheltering), canvas.style(16, "map-bold", PEOPLE))
        if card.residents:
            if card.at_home is not None:
                column.fact(say("card.at_home", language), about(card.at_home))
            known = card.residents
            text = say(
                "card.residents", language, value=about(known.value), low=about(known.low), high=about(known.high)
            )
            column.para(text, canvas.small())
        elif not card.sheltering:
            column.para(say("card.nobody", language), canvas.small())

    def _units(self, canvas: Canvas, column: Column) -> None:
        """Formations, the first few."""
        card, language = self.card, canvas.look.language
        if card.units:
            column.heading(say("card.units", language))
            for unit in card.units[:_FORMATIONS]:
                column.para(unit, canvas.style(12.5))
            if len(card.units) > _FORMATIONS:
                column.para(say("card.more", language, number=len(card.units) - _FORMATIONS), canvas.small())

    def _holder(self, canvas: Canvas, column: Column, label: str, holder: str, inside: str | None) -> None:
        """The sign of a holder beside its name."""
        language = canvas.look.language
        parties = self.board.parties
        both = holder == BOTH
        party = parties.get(holder)
        named = say("card.both", language) if both else party_word(holder, party.name if party else holder, language)
        if inside and inside in parties:
            named += ", " + say("card.inside", language, name=party_word(inside, parties[inside].name, language))
        column.para(label, canvas.style(12.5, "ui", SOFT_TEXT))
        radius = canvas.px(8)
        room = pygame.Rect(column.rect.left, column.top, 3 * radius, 0)
        if party:
            contester = parties.get(inside or "")
            image = draw_sign(Sign(party, contester, None, False, True, False, False, float(radius), False))
            room.height = canvas.height(canvas.style(14, "ui-bold"))
            canvas.surface.blit(image, image.get_rect(center=canvas.flip(room).center))
        column.para(named, canvas.style(14, "ui-bold"), indent=room.width + canvas.px(4) if party else 0)


@dataclass(frozen=True)
class EventCard:
    """An event, opened."""

    event: Happening
    place: str
    """Name of its place, or empty."""
    scroll: int

    def write(self, canvas: Canvas, column: Column) -> None:
        """What happened, then how sure it is and who says so."""
        event, language = self.event, canvas.look.language
        image = kind_sign(event.kind, canvas.px(7))
        style = canvas.style(13, "ui-bold", SOFT_TEXT)
        box = pygame.Rect(column.rect.left, column.top, canvas.px(18), canvas.height(style))
        canvas.surface.blit(image, image.get_rect(center=canvas.flip(box).center))
        teller = say("event.model" if event.teller == "model" else "event.history", language)
        column.para(f"{say(f'kind.{event.kind}', language)} · {teller}", style, indent=canvas.px(24))
        column.gap(4)
        column.title(event.title, 18)
        column.para(date_words(event.evening, language), canvas.style(13.5, "map-italic", SOFT_TEXT))
        if event.text:
            column.gap(6)
            column.para(event.text, canvas.style(14, "map"))
        if event.numbers:
            column.heading(say("event.numbers", language))
            column.para(event.numbers, canvas.style(13.5))
        if event.confidence:
            column.heading(say("event.confidence", language))
            column.para(trust_words(event.confidence, language), canvas.style(13))
        write_sources(canvas, column, event.sources)
        self._doubts(canvas, column)
        if event.teller == "model" and not event.sources:
            column.gap(8)
            column.para(say("event.worked_out", language), canvas.small())
        column.gap(8)
        row = [Button(say("event.close", language), OpenEvent(None))]
        if event.place:
            row.insert(0, Button(self.place, FlyTo(event.place), tip=say("tip.fly", language)))
        column.buttons(row)

    def _doubts(self, canvas: Canvas, column: Column) -> None:
        """Rival accounts, and notes."""
        for key, said in (("event.accounts", self.event.accounts), ("card.notes", (self.event.note,))):
            if any(said):
                column.heading(say(key, canvas.look.language))
            for one in filter(None, said):
                column.para(one, canvas.style(12.5))
                column.gap(3)


def draw_card(canvas: Canvas, rect: pygame.Rect, card: Sheet | None) -> int:
    """A card on its paper; returns how many pixels it can scroll."""
    canvas.paper(rect)
    pad = canvas.px(12)
    inner = rect.inflate(-2 * pad, -2 * pad)
    with canvas.room(inner, scrolls=True):
        column = Column(canvas, inner, card.scroll if card else 0)
        if card is None:
            column.para(say("card.none", canvas.look.language), canvas.style(14, "map-italic", SOFT_TEXT))
        else:
            card.write(canvas, column)
    column.thumb()
    return max(column.used - inner.height, 0)


def trust_words(confidence: str, language: str) -> str:
    """How far something can be trusted."""
    return say(f"trust.{confidence}", language) if confidence else ""


def write_sources(canvas: Canvas, column: Column, sources: tuple[SourceLine, ...]) -> None:
    """A heading and the sources; a blue one opens in the browser."""
    language = canvas.look.language
    column.heading(say("card.sources", language))
    if not sources:
        column.para(say("card.no_source", language), canvas.small())
    for source in dict.fromkeys(sources):
        column.link(source.text, OpenLink(source.url) if source.url else None)
