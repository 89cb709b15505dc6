"""A ribbon at the foot of the map: what the next click means, that one looks back, or that the day is being played."""

from typing import TYPE_CHECKING

import pygame

from offensive_sim.atlas.words import date_words
from offensive_sim.ui.actions import Named
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.frame import band
from offensive_sim.ui.playing.arrowlegend import draw_arrow_legend
from offensive_sim.ui.speech import say

if TYPE_CHECKING:
    from offensive_sim.ui.playing.play import Play


def draw_ribbon(play: "Play", canvas: Canvas) -> None:
    """Words and buttons, or nothing; and what the arrows mean, while the legend is shown."""
    if play.layout is None:
        return
    area = play.layout.map.inflate(-2 * band(canvas.look), -2 * band(canvas.look))
    if "legend" in play.now.drawers and play.desk.chair.factions:
        colour = play.board.parties[play.desk.chair.factions[0]].colour
        play.pointing.covered.append(draw_arrow_legend(canvas, area, colour))
    found = _words(play, canvas.look.language)
    if found:
        _draw(play, canvas, area, found)


def _draw(play: "Play", canvas: Canvas, area: pygame.Rect, found: tuple[str, list[Button]]) -> None:
    words, buttons = found
    pad = canvas.px(10)
    width = min(canvas.px(560), area.width - 2 * pad)
    measure = Column(canvas, pygame.Rect(0, 0, width - 2 * pad, 0), draws=False)
    _write(canvas, measure, words, buttons)
    rect = pygame.Rect(0, 0, width, measure.used + 2 * pad)
    rect.midbottom = (area.centerx, area.bottom - pad)
    canvas.paper(rect)
    play.pointing.covered.append(canvas.flip(rect))
    with canvas.room(rect):
        _write(canvas, Column(canvas, rect.inflate(-2 * pad, -2 * pad)), words, buttons)


def _write(canvas: Canvas, column: Column, words: str, buttons: list[Button]) -> None:
    column.para(words, canvas.style(14, "map-bold"))
    if buttons:
        column.gap(4)
        column.buttons(buttons)


def _words(play: "Play", language: str) -> tuple[str, list[Button]] | None:
    session = play.desk.session
    if play.busy:
        day = date_words(session.date_of(min(session.day, session.game.world.n_days - 1)), language)
        return say("ribbon.playing", language, date=day), []
    if play.aim:
        words = say("ribbon.aim", language, order=say(f"order.{play.aim}", language))
        find = Button(say("top.find", language), Named("find"), tip=say("tip.find", language))
        return words, [find, Button(say("sheet.leave", language), Named("back"))]
    if play.now.day < session.day:
        row = [Button(say("game.now", language), Named("this_morning"), on=True, tip=say("tip.this_morning", language))]
        if play.now.day < session.game.world.n_days:
            row.append(Button(say("game.take_over", language), Named("branches"), tip=say("tip.take_over", language)))
        return say("ribbon.past", language, date=date_words(play.board.evening, language)), row
    return None
