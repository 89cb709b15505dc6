"""The left drawer: what the model tells and what the chronicle tells, day by day, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pygame

from offensive_sim.atlas.words import date_words
from offensive_sim.ui.actions import OpenEvent, ToggleDrawer, ToggleKind
from offensive_sim.ui.canvas import HOVERED, PRESSED, Canvas
from offensive_sim.ui.column import Column
from offensive_sim.ui.kinds import kind_sign
from offensive_sim.ui.speech import say
from offensive_sim.ui.text import wrap
from offensive_sim.ui.theme import SOFT_TEXT
from offensive_sim.ui.watching import Watching
from offensive_sim.views.events import KINDS, Happening
from offensive_sim.views.timeline import Timeline

_NARROW = 330.0
"""Design pixels below which model and history stand below each other."""
_MOST_LINES = 3
DAYS_KEPT: Final = 14
"""Days told before the one shown."""
NONE_NEW = 10_000
Told = Mapping[int, tuple[Happening, ...]]


@dataclass(frozen=True)
class Logbook:
    """What it shows."""

    timeline: Timeline
    told: Mapping[str, Told]
    """What is told side by side, by the key of its heading."""
    watching: Watching
    scroll: int
    new_from: int = NONE_NEW
    """First day that the reader has not looked at yet."""

    def draw(self, canvas: Canvas, rect: pygame.Rect) -> int:
        """All that is in view; returns how many pixels it can scroll."""
        canvas.paper(rect)
        pad = canvas.px(11)
        language = canvas.look.language
        head = Column(canvas, rect.inflate(-2 * pad, -2 * pad))
        with canvas.room(rect):
            self._head(canvas, head)
        body = pygame.Rect(head.rect.left, head.top, head.rect.width, head.rect.bottom - head.top)
        with canvas.room(body, scrolls=True):
            column = Column(canvas, body, self.scroll)
            first = max(self.watching.day - DAYS_KEPT, 1)
            for day in range(self.watching.day, first - 1, -1):
                self._day(canvas, column, day)
            if self.watching.day == 0:
                column.para(say("log.opening", language), canvas.style(13.5, "map-italic", SOFT_TEXT))
        column.thumb()
        return max(column.used - body.height, 0)

    def _head(self, canvas: Canvas, head: Column) -> None:
        language = canvas.look.language
        size, _ = canvas.button_size("×")
        canvas.text(
            say("log.title", language), canvas.style(18, "map-bold"), (head.rect.left, head.top),
            head.rect.width - size,
        )  # fmt: skip
        close = pygame.Rect(head.rect.right - size, head.top, size, size)
        canvas.button(close, "×", ToggleDrawer("log"), tip=say("tip.close", language))
        head.top += max(canvas.height(canvas.style(18, "map-bold")), size) + canvas.px(4)
        self._filters(canvas, head)
        head.gap(2)

    def _filters(self, canvas: Canvas, head: Column) -> None:
        """One small square for each kind of event, dark while it is shown."""
        side = max(canvas.px(25), 30)
        gap = max(canvas.px(4), 2)
        left = head.rect.left
        for kind in KINDS:
            if left + side > head.rect.right:
                left, head.top = head.rect.left, head.top + side + gap
            box = pygame.Rect(left, head.top, side, side)
            shown = kind not in self.watching.hidden
            name = say(f"kind.{kind}", canvas.look.language)
            state = say("log.shown" if shown else "log.hidden", canvas.look.language)
            canvas.button(box, "", ToggleKind(kind), on=shown, tip=f"{name}: {state}")
            image = kind_sign(kind, canvas.px(6))
            if not shown:
                image = image.copy()
                image.set_alpha(70)
            canvas.surface.blit(image, image.get_rect(center=canvas.flip(box).center))
            left += side + gap
        head.top += side

    def _day(self, canvas: Canvas, column: Column, day: int) -> None:
        language = canvas.look.language
        if column.top > column.rect.bottom + canvas.surface.get_height():
            column.top += canvas.px(60)
            return
        new = f"  ·  {say('log.new', language)}" if day >= self.new_from else ""
        column.heading(date_words(self.timeline.days[day].evening, language) + new)
        told = [self._shown(one, day) for one in self.told.values()]
        names = [say(key, language) for key in self.told]
        if column.rect.width < canvas.px(_NARROW) or len(told) == 1:
            for name, rows in zip(names, told, strict=True):
                self._list(canvas, column, name, rows)
            return
        gap = canvas.px(12)
        half = (column.rect.width - gap) // 2
        top, bottoms = column.top, []
        for at, (name, rows) in enumerate(zip(names, told, strict=True)):
            box = pygame.Rect(column.rect.left + at * (half + gap), column.rect.top, half, column.rect.height)
            part = Column(canvas, box)
            part.top = top
            self._list(canvas, part, name, rows)
            bottoms.append(part.top)
        column.top = max(bottoms)

    def _shown(self, told: Told, day: int) -> list[Happening]:
        return [one for one in told.get(day, ()) if one.kind not in self.watching.hidden]

    def _list(self, canvas: Canvas, column: Column, name: str, rows: list[Happening]) -> None:
        column.para(name, canvas.style(11.5, "ui-bold", SOFT_TEXT))
        if not rows:
            column.para(say("log.nothing", canvas.look.language), canvas.style(12, "map-italic", SOFT_TEXT))
        for one in rows:
            self._row(canvas, column, one)

    def _row(self, canvas: Canvas, column: Column, one: Happening) -> None:
        """A sign and a sentence; it can be pressed."""
        style = canvas.style(12.5)
        sign = canvas.px(16)
        lines = wrap(one.title, style, column.rect.width - sign, rtl=canvas.rtl)
        cut = len(lines) > _MOST_LINES
        lines = lines[:_MOST_LINES]
        height = canvas.height(style, one.title)
        box = pygame.Rect(column.rect.left, column.top, column.rect.width, height * len(lines) + canvas.px(3))
        if canvas.press(box, OpenEvent(one.key)) or one.key == self.watching.event:
            chosen = one.key == self.watching.event
            canvas.surface.fill(PRESSED if chosen else HOVERED, canvas.flip(box))
        image = kind_sign(one.kind, canvas.px(4.5))
        middle = pygame.Rect(box.left, box.top, canvas.px(12), height)
        canvas.surface.blit(image, image.get_rect(center=canvas.flip(middle).center))
        for number, line in enumerate(lines):
            text = f"{line} …" if cut and number == _MOST_LINES - 1 else line
            at = (box.left + sign, box.top + number * height)
            canvas.text(text, style, at, column.rect.width - sign)
        column.top = box.bottom
