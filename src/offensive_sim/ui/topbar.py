"""The strip at the top: which evening, how many people are displaced, and the switches."""

from dataclasses import dataclass
from datetime import timedelta

import pygame

from offensive_sim.atlas.words import about, date_words
from offensive_sim.scenario.chronicle import Figure
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.ui.actions import Mode, Named, NextReader, ToggleDrawer, ToggleLayer, World
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.speech import say
from offensive_sim.ui.supposing import Shown, draw_strip, strip_height
from offensive_sim.ui.text import Style, width_of
from offensive_sim.ui.theme import PEOPLE, SOFT_TEXT
from offensive_sim.ui.watching import WORLDS, Watching
from offensive_sim.views.knowledge import Knowledge
from offensive_sim.views.timeline import Day

_LEAST_FOR_BUTTONS = 560.0
_PAD = 9.0


@dataclass(frozen=True)
class TopBar:
    """What it shows."""

    day: Day
    watching: Watching
    known: Knowledge | None = None
    """What the reader knew, where that is shown."""
    what_ifs: tuple[WhatIf, ...] = ()
    """What is supposed in this window, whatever it shows just now."""

    def height(self, canvas: Canvas, width: int) -> int:
        """Pixels it needs at a width."""
        tall = self._write(canvas, pygame.Rect(0, 0, width, 0), draws=False)
        return tall + (strip_height(canvas) if self.what_ifs else 0)

    def draw(self, canvas: Canvas, rect: pygame.Rect) -> None:
        """All of it."""
        canvas.paper(rect)
        with canvas.room(rect):
            self._write(canvas, rect, draws=True)
        if self.what_ifs:
            tall = strip_height(canvas)
            reached = self.day.evening + timedelta(days=0 if self.day.number else 1)
            shown = Shown(self.what_ifs, self.watching.mode, self.watching.world, reached)
            draw_strip(canvas, pygame.Rect(rect.left, rect.bottom - tall, rect.width, tall), shown)

    def _write(self, canvas: Canvas, rect: pygame.Rect, *, draws: bool) -> int:
        pad = canvas.px(_PAD)
        inner = rect.inflate(-2 * pad, 0)
        date = self._date(canvas)
        people = self._people(canvas)
        left, top, tall = inner.left, rect.top + canvas.px(5), 0
        for block in (date, people):
            width = max(width_of(text, style) for text, style in block)
            if left + width > inner.right and left > inner.left:
                left, top, tall = inner.left, top + tall, 0
            tall = max(tall, self._block(canvas, block, (left, top), draws=draws))
            left += min(width, inner.width) + canvas.px(26)
        row = self._buttons(canvas.look.language)
        if inner.right - left < canvas.px(_LEAST_FOR_BUTTONS):
            left, top, tall = inner.left, top + tall + canvas.px(3), 0
        room = pygame.Rect(left, top + canvas.px(5), inner.right - left, 0)
        needed = Column(canvas, room, draws=False)
        needed.buttons(row)
        Column(canvas, room, draws=draws).buttons(row, end=left > inner.left)
        return top + max(tall, needed.used + canvas.px(5)) + canvas.px(5) - rect.top

    def _block(self, canvas: Canvas, block: list[tuple[str, Style]], at: tuple[int, int], *, draws: bool) -> int:
        down = 0
        for text, style in block:
            if draws:
                canvas.text(text, style, (at[0], at[1] + down), canvas.surface.get_width() - at[0] - canvas.px(_PAD))
            down += round(canvas.height(style) * 0.94)
        return down

    def _date(self, canvas: Canvas) -> list[tuple[str, Style]]:
        language = canvas.look.language
        if self.day.number:
            below = say("top.day", language, day=self.day.number, days=self.watching.last)
        else:
            below = say("top.opening", language)
        return [
            (date_words(self.day.evening, language), canvas.style(23, "map-bold")),
            (below, canvas.style(12.5, "ui", SOFT_TEXT)),
        ]

    def _people(self, canvas: Canvas) -> list[tuple[str, Style]]:
        """The model's count, and the newest documented one beside it."""
        language, figure = canvas.look.language, self.day.figure
        if self.known:
            return self._known_people(canvas, self.known.figure)
        number = say("top.displaced", language, number=about(self.day.displaced))
        below = say("top.no_figure", language)
        if figure:
            below = say(
                "top.figure", language, value=about(figure.value), low=about(figure.low), high=about(figure.high),
                date=date_words(figure.date, language),
            )  # fmt: skip
        return [(number, canvas.style(21, "map-bold", PEOPLE)), (below, canvas.style(12.5, "ui", SOFT_TEXT))]

    def _known_people(self, canvas: Canvas, figure: Figure | None) -> list[tuple[str, Style]]:
        """The newest count that was known."""
        language = canvas.look.language
        big, small = canvas.style(21, "map-bold", PEOPLE), canvas.style(12.5, "ui", SOFT_TEXT)
        if figure is None:
            return [(say("top.no_count", language), big), (say("top.none_known", language), small)]
        below = say(
            "top.counted",
            language,
            low=about(figure.low),
            high=about(figure.high),
            date=date_words(figure.date, language),
        )
        return [(say("top.displaced", language, number=about(figure.value)), big), (below, small)]

    def _modes(self, language: str) -> list[Button]:
        """Whose map it is: the model's, the chronicle's, or what somebody knew."""
        now = self.watching
        row = [
            Button(say(f"world.{name}", language), World(name), (now.mode, now.world) == ("model", name), tip)
            for name in (WORLDS if now.world else ())
            for tip in [say(f"tip.world_{name}", language)]
        ]
        row += [
            Button(say(f"top.{name}", language), Mode(name), now.mode == name, say(f"tip.{name}", language))
            for name in ("model", "history", "known")
            if name != "model" or not now.world
        ]
        if now.mode == "known":
            row.append(
                Button(reader_word(now.reader, language), NextReader(), on=True, tip=say("tip.reader", language))
            )
        return row

    def _buttons(self, language: str) -> list[Button]:
        now = self.watching
        drawers = [
            Button(say(f"top.{name}", language), ToggleDrawer(name), name in now.drawers, say(f"tip.{name}", language))
            for name in ("layers", "legend", "log", "card")
        ]
        return [
            *self._modes(language),
            Button(say("top.rings", language), ToggleLayer("ghost"), "ghost" in now.layers, say("tip.rings", language)),
            *drawers,
            Button(say("top.find", language), Named("find"), tip=say("tip.find", language)),
            Button(say("top.help", language), Named("help"), tip=say("tip.help", language)),
        ]


def reader_word(reader: str, language: str) -> str:
    """A reader in the window's language, or by its own name."""
    try:
        return say(f"reader.{reader}", language)
    except KeyError:
        return reader
