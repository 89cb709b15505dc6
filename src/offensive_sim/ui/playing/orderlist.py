"""The left drawer of a game in progress: what was ordered today, what stands, what is overtaken, who has no order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pygame

from offensive_sim.atlas.words import date_words
from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.levers import Lever, is_lever
from offensive_sim.campaign.seats import name_of
from offensive_sim.campaign.session import Session
from offensive_sim.engine.orders import Order
from offensive_sim.ui.actions import Named, ToggleDrawer
from offensive_sim.ui.canvas import HOVERED, PRESSED, Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.asking import ChooseUnits, Direct, Release, Tab
from offensive_sim.ui.speech import say
from offensive_sim.ui.text import wrap
from offensive_sim.ui.theme import SOFT_TEXT
from offensive_sim.views.formation import Way

_WARN: Final = (150, 40, 30)
_MOST_WAYS: Final = 12


def order_words(session: Session, order: Order, language: str) -> str:
    """An order in the reader's language, without the unit: ``Attack Tikrit``."""
    if order.goal is None:
        return say(f"order.{order.stance}", language)
    return say(f"order.{order.stance}_to", language, place=place_word(session.game, order.goal, language))


def place_word(game: Game, place: str, language: str) -> str:
    """A place in the reader's language, or in English."""
    known = game.scenario.places[place]
    return {"ar": known.name_ar, "ckb": known.name_ku}.get(language) or known.name


@dataclass(frozen=True)
class OrderList:
    """What it shows."""

    session: Session
    ways: Sequence[Way]
    overtaken: Mapping[str, list[str]]
    levers: Sequence[Lever]
    chosen: tuple[str, ...]
    live: bool
    """Whether this morning is shown, so that orders can be given."""
    scroll: int

    def draw(self, canvas: Canvas, rect: pygame.Rect) -> int:
        """All that is in view; returns how many pixels it can scroll."""
        canvas.paper(rect)
        pad = canvas.px(11)
        head = Column(canvas, rect.inflate(-2 * pad, -2 * pad))
        with canvas.room(rect):
            self._head(canvas, head)
        body = pygame.Rect(head.rect.left, head.top, head.rect.width, head.rect.bottom - head.top)
        with canvas.room(body, scrolls=True):
            column = Column(canvas, body, self.scroll)
            self._lists(canvas, column)
        column.thumb()
        return max(column.used - body.height, 0)

    def _head(self, canvas: Canvas, head: Column) -> None:
        language = canvas.look.language
        size, _ = canvas.button_size("×")
        title = say("orders.title", language, date=date_words(self.session.date_of(self.session.day), language))
        style = canvas.style(18, "map-bold")
        canvas.text(title, style, (head.rect.left, head.top), head.rect.width - size)
        close = pygame.Rect(head.rect.right - size, head.top, size, size)
        canvas.button(close, "×", ToggleDrawer("log"), tip=say("tip.close", language))
        head.top += max(canvas.height(style), size) + canvas.px(4)
        row = [Button(say("game.log", language), Tab("log"), tip=say("tip.log", language))]
        if self.session.undo_label:
            row.append(Button(say("game.undo", language), Named("undo"), tip=self.session.undo_label))
        if self.session.redo_label:
            row.append(Button(say("game.redo", language), Named("redo"), tip=self.session.redo_label))
        if self.session.clear_label:
            row.append(Button(say("orders.clear", language), Named("clear"), tip=self.session.clear_label))
        head.buttons(row)

    def _lists(self, canvas: Canvas, column: Column) -> None:
        session, language = self.session, canvas.look.language
        mine = self._mine()
        today = {unit: order for unit, order in session.today.items() if unit in mine}
        elsewhere = {*today, *self.overtaken}
        standing = {unit: order for unit, order in session.standing.items() if unit in mine - elsewhere}
        column.heading(say("orders.today", language, number=len(today)))
        if not today:
            column.para(say("orders.none", language), canvas.style(13, "map-italic", SOFT_TEXT))
        for number, (unit, order) in enumerate(today.items(), start=1):
            self._row(canvas, column, unit, order, f"{number}. ")
        self._overtaken(canvas, column)
        if standing:
            column.heading(say("orders.standing", language, number=len(standing)))
            for unit, order in standing.items():
                self._row(canvas, column, unit, order, "")
        self._levers(canvas, column)
        moving = [way for way in self.ways if not way.own][:_MOST_WAYS]
        if moving:
            column.heading(say("orders.documented", language, number=len(moving)))
            for way in moving:
                self._row(canvas, column, way.unit, Order(way.unit, way.stance, way.places[-1]), "")
        self._idle(canvas, column, {way.unit for way in moving})

    def _overtaken(self, canvas: Canvas, column: Column) -> None:
        """Orders that could not be given today any more, with the reason."""
        if self.overtaken:
            column.heading(say("orders.overtaken", canvas.look.language, number=len(self.overtaken)))
        for unit, why in self.overtaken.items():
            self._row(canvas, column, unit, self.session.standing[unit], "")
            column.para("; ".join(why), canvas.style(12, "map-italic", _WARN), indent=canvas.px(14))

    def _idle(self, canvas: Canvas, column: Column, moving: set[str]) -> None:
        """Formations that no person has given an order to, by place."""
        language, world, game = canvas.look.language, self.session.game.world, self.session.game
        idle = [unit for unit in self.session.unordered() if unit not in moving]
        column.heading(say("orders.idle", language, number=len(idle)))
        if idle:
            column.para(say("orders.idle_note", language), canvas.small())
        tall = canvas.height(canvas.style(12.5)) + canvas.px(3)
        for unit in idle:
            if not column.rect.top - tall < column.top < column.rect.bottom:
                column.top += tall  # out of sight
                continue
            at = int(self.session.state.unit_place[0, world.units.ids.index(unit)])
            name = game.scenario.units[unit].name
            self._line(canvas, column, unit, name, place_word(game, world.places.ids[at], language))

    def _mine(self) -> set[str]:
        """Own formations, and what can be directed today."""
        units = self.session.game.scenario.units
        own = {key for key, unit in units.items() if unit.faction in self.session.chair.factions}
        return own | {lever.key for lever in self.levers}

    def _levers(self, canvas: Canvas, column: Column) -> None:
        """Air, camps, volunteers and gates that nobody has directed today."""
        language, session = canvas.look.language, self.session
        free = [lever for lever in self.levers if lever.key not in session.standing]
        if not free:
            return
        column.heading(say("lever.title", language, number=len(free)))
        for lever in free:
            words = say(f"lever.{lever.kind}_short", language, number=lever.amount)
            where = place_word(session.game, lever.place, language) if lever.place else ""
            name = name_of(session.game, lever.key) if lever.kind == "gates" else words
            self._line(canvas, column, lever.key, name, words if lever.kind == "gates" else where)

    def _row(self, canvas: Canvas, column: Column, unit: str, order: Order | None, before: str) -> None:
        """A formation, what it was told below it, and a cross that takes the order back."""
        language = canvas.look.language
        words = order_words(self.session, order, language) if order else say("order.documented", language)
        name = before + name_of(self.session.game, unit)
        size = canvas.button_size("×")[0] if self.live and unit in self.session.standing else 0
        bold, plain = canvas.style(12.5, "ui-bold"), canvas.style(12.5)
        room = column.rect.width - size - canvas.px(8)
        rows = [(line, bold) for line in wrap(name, bold, room, rtl=canvas.rtl)]
        rows += [(line, plain) for line in wrap(words, plain, room - canvas.px(12), rtl=canvas.rtl)]
        tall = max(sum(canvas.height(style, line) for line, style in rows), size) + canvas.px(5)
        box = pygame.Rect(column.rect.left, column.top, column.rect.width - size, tall)
        self._ground(canvas, box, unit)
        top = column.top
        for line, style in rows:
            indent = canvas.px(4) if style is bold else canvas.px(14)
            canvas.text(line, style, (box.left + indent, top), room)
            top += canvas.height(style, line)
        if size:
            cross = pygame.Rect(box.right, column.top, size, size)
            canvas.button(cross, "×", Release((unit,)), tip=say("tip.release", language))
        column.top += tall

    def _line(self, canvas: Canvas, column: Column, unit: str, name: str, place: str) -> None:
        style, soft = canvas.style(12.5), canvas.style(12.0, "ui", SOFT_TEXT)
        height = canvas.height(style) + canvas.px(3)
        box = pygame.Rect(column.rect.left, column.top, column.rect.width, height)
        self._ground(canvas, box, unit)
        half = round(box.width * 0.64)
        canvas.text(name, style, (box.left + canvas.px(4), box.top), half - canvas.px(8))
        canvas.text(place, soft, (box.left + half, box.top), box.width - half - canvas.px(4), align="end")
        column.top = box.bottom

    def _ground(self, canvas: Canvas, box: pygame.Rect, unit: str) -> None:
        over = canvas.press(box, Direct(unit) if is_lever(unit) else ChooseUnits((unit,)))
        if over or unit in self.chosen:
            canvas.surface.fill(PRESSED if unit in self.chosen else HOVERED, canvas.flip(box))
