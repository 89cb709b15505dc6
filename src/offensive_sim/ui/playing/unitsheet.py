"""The right drawer while formations are chosen: strength, supply, what they were told, what they can be told."""

from dataclasses import dataclass
from typing import Final

import pygame

from offensive_sim.atlas.words import about
from offensive_sim.campaign.session import Session
from offensive_sim.engine.orders import Order
from offensive_sim.ui.actions import FlyTo, Named
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.cards import trust_words, write_sources
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.counters import Counter, draw_counter
from offensive_sim.ui.playing.asking import Aim, ChooseUnits, Give, Release
from offensive_sim.ui.playing.desk import Told
from offensive_sim.ui.playing.orderlist import order_words, place_word
from offensive_sim.ui.playing.verdict import verdict
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import SOFT_TEXT
from offensive_sim.views.board import Board
from offensive_sim.views.formation import Formation

STANCES: Final = ("hold", "march", "attack", "withdraw", "reinforce")
"""Every order a person can give, in the order of the sheets; reinforcing is marching to a friend."""
_MOST: Final = 14


@dataclass(frozen=True)
class UnitSheet:
    """One formation or several, on this morning or looked back at."""

    session: Session
    board: Board
    units: tuple[Formation, ...]
    live: bool
    told: Told | None
    """What the odds were when its order was given."""
    scroll: int

    def write(self, canvas: Canvas, column: Column) -> None:
        """Who they are, how they stand, what they were told, what they can be told."""
        if len(self.units) == 1:
            self._one(canvas, column, self.units[0])
        else:
            self._several(canvas, column)

    def _one(self, canvas: Canvas, column: Column, one: Formation) -> None:
        language, game = canvas.look.language, self.session.game
        self._title(canvas, column, one)
        where = place_word(game, one.place, language) if one.place else say("unit.off_map", language)
        if one.towards:
            where = say("unit.on_road", language, start=where, end=place_word(game, one.towards, language))
        column.para(where, canvas.style(14, "map-italic", SOFT_TEXT), action=FlyTo(one.place) if one.place else None)
        self._orders(canvas, column, (one,))
        column.heading(say("unit.strength", language))
        column.fact(say("unit.men", language), about(one.men), canvas.style(16, "map-bold"))
        known = one.opening
        column.para(
            say("unit.opening", language, value=about(known.value), low=about(known.low), high=about(known.high)),
            canvas.small(),
        )
        supply = say("unit.cut", language, days=one.days_cut) if one.days_cut else say("unit.supplied", language)
        column.fact(say("unit.supply", language), supply)
        if one.nerve is not None:
            column.fact(say("unit.nerve", language), f"{one.nerve:+d}")
        self._told(canvas, column, one)
        column.para(trust_words(one.confidence, language), canvas.small())
        write_sources(canvas, column, one.sources)
        for note in one.notes:
            column.para(note, canvas.style(12.5))

    def _title(self, canvas: Canvas, column: Column, one: Formation) -> None:
        party = self.board.parties[one.faction]
        image = draw_counter(Counter(party, one.kind, canvas.look.marks * 1.5, False))
        if column.draws:
            box = pygame.Rect(column.rect.left, column.top + canvas.px(5), *image.get_size())
            canvas.surface.blit(image, canvas.flip(box))
        column.para(one.name, canvas.style(18, "map-bold"), indent=image.get_width() + canvas.px(9))
        column.top = max(column.top, column.rect.top - self.scroll + image.get_height() + canvas.px(10))

    def _told(self, canvas: Canvas, column: Column, one: Formation) -> None:
        """What the order is, and the odds as they were when it was given."""
        language = canvas.look.language
        column.heading(say("unit.told", language))
        word, goal = one.documented
        documented = order_words(self.session, Order(one.id, word, goal), language)
        if one.own:
            column.para(order_words(self.session, one.own, language), canvas.style(14, "ui-bold"))
            column.para(say("unit.instead", language, order=documented), canvas.small())
        elif one.void:
            column.para(say("unit.void", language, order=documented), canvas.style(13))
        else:
            column.para(say("unit.by_history", language, order=documented), canvas.style(13))
        if self.told:
            column.gap(4)
            verdict(canvas, column, self.session, self.told.odds, kept=True)

    def _orders(self, canvas: Canvas, column: Column, units: tuple[Formation, ...]) -> None:
        """A button for each order; where it cannot be given its reason stands below."""
        language = canvas.look.language
        column.heading(say("unit.order", language))
        if not self.live:
            column.para(say("unit.past", language), canvas.style(12.5, "map-italic", SOFT_TEXT))
            return
        ids = tuple(one.id for one in units)
        why = self.session.problems(Order(ids[0], "hold")) if len(ids) == 1 else []
        if why:
            for reason in why:
                column.para(reason, canvas.style(12.5, "map-italic", (150, 40, 30)))
            return
        row = []
        for stance in STANCES:
            tip = say(f"tip.order_{stance}", language)
            row.append(Button(say(f"order.{stance}", language), _asks(ids, stance), self._is(units, stance), tip))
        if any(one.own for one in units):
            mine = tuple(one.id for one in units if one.own)
            row.append(Button(say("order.release", language), Release(mine), tip=say("tip.release", language)))
        column.buttons(row)
        column.para(say("unit.how", language), canvas.small())

    def _is(self, units: tuple[Formation, ...], stance: str) -> bool:
        return all(one.own is not None and one.own.stance == stance for one in units)

    def _several(self, canvas: Canvas, column: Column) -> None:
        language = canvas.look.language
        men = sum(one.men for one in self.units)
        column.title(say("unit.several", language, number=len(self.units)), 19)
        column.para(say("unit.together", language, men=about(men)), canvas.style(14, "map-italic", SOFT_TEXT))
        self._orders(canvas, column, self.units)
        column.heading(say("unit.which", language))
        for one in self.units[:_MOST]:
            now = order_words(self.session, Order(one.id, one.stance, one.goal), language)
            column.para(f"{one.name} · {about(one.men)}", canvas.style(13, "ui-bold"), action=ChooseUnits((one.id,)))
            column.para(now, canvas.small(), indent=canvas.px(10))
        if len(self.units) > _MOST:
            column.para(say("card.more", language, number=len(self.units) - _MOST), canvas.small())


def _asks(units: tuple[str, ...], stance: str) -> Give | Aim | Named:
    return Give(units, "hold", None) if stance == "hold" else Aim(stance)

