"""A column of text on a canvas: paragraphs, headings, links, rows of buttons, one below the other; it may scroll."""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from offensive_sim.ui.actions import Action
from offensive_sim.ui.canvas import HOVERED, RAISED, Canvas
from offensive_sim.ui.text import Style, width_of, wrap
from offensive_sim.ui.theme import NEATLINE, RULE, SOFT_TEXT, TEXT, WATER_TEXT


@dataclass(frozen=True)
class Button:
    """A button that wants a place in a row."""

    label: str
    action: Action
    on: bool = False
    tip: str = ""


class Column:
    """Writes downwards inside a rectangle in the reader's coordinates."""

    def __init__(self, canvas: Canvas, rect: pygame.Rect, scroll: int = 0, *, draws: bool = True) -> None:
        self.canvas = canvas
        self.rect = rect
        self.top = rect.top - scroll
        self._scroll = scroll
        self.draws = draws

    @property
    def used(self) -> int:
        """Pixels written so far."""
        return self.top + self._scroll - self.rect.top

    def gap(self, design: float = 6.0) -> None:
        """Empty space."""
        self.top += self.canvas.px(design)

    def para(self, text: str, style: Style | None = None, *, indent: int = 0, action: Action | None = None) -> None:
        """A paragraph; with an action it can be pressed."""
        canvas = self.canvas
        style = style or canvas.style()
        lines = wrap(text, style, self.rect.width - indent, rtl=canvas.rtl)
        height = canvas.height(style, text)
        if action and self.draws:
            box = pygame.Rect(self.rect.left, self.top, self.rect.width, height * len(lines))
            if canvas.press(box, action):
                canvas.surface.fill(HOVERED, canvas.flip(box))
        for line in lines:
            if self.draws:
                canvas.text(line, style, (self.rect.left + indent, self.top), self.rect.width - indent)
            self.top += height

    def title(self, text: str, size: float = 22.0) -> None:
        """A line or more in bold serif letters."""
        self.para(text, self.canvas.style(size, "map-bold"))

    def heading(self, text: str) -> None:
        """A thin rule and a small heading."""
        self.gap(8)
        if self.draws:
            self.canvas.rule(pygame.Rect(self.rect.left, self.top, self.rect.width, 1))
        self.gap(5)
        self.para(text, self.canvas.style(13.0, "ui-bold", SOFT_TEXT))
        self.gap(2)

    def fact(self, label: str, value: str, style: Style | None = None) -> None:
        """A label and, at the far side or on the next line, what it is."""
        canvas = self.canvas
        name, worth = canvas.style(13.0, "ui", SOFT_TEXT), style or canvas.style(13.5, "ui-bold")
        first = wrap(label, name, self.rect.width, rtl=canvas.rtl)
        wide = canvas.px(8)
        one = len(first) == 1 and width_of(label, name) + width_of(value, worth) + wide <= self.rect.width
        if not one:
            self.para(label, name)
            self.para(value, worth, indent=canvas.px(10))
            return
        if self.draws:
            height = max(canvas.height(name), canvas.height(worth))
            canvas.text(label, name, (self.rect.left, self.top + (height - canvas.height(name)) // 2))
            canvas.text(value, worth, (self.rect.left, self.top), self.rect.width, align="end")
        self.top += max(canvas.height(name), canvas.height(worth))

    def link(self, text: str, action: Action | None) -> None:
        """A source, blue if it can be opened."""
        style = self.canvas.style(12.5, "ui", WATER_TEXT if action else TEXT)
        self.para(text, style, indent=self.canvas.px(10), action=action)
        self.gap(3)

    def buttons(self, row: list[Button], *, end: bool = False) -> None:
        """Buttons beside one another, on as many lines as they need; perhaps towards the far side."""
        canvas, gap = self.canvas, self.canvas.px(5)
        lines: list[list[tuple[Button, int]]] = [[]]
        height = canvas.button_size("")[1]
        for button in row:
            width = min(canvas.button_size(button.label)[0], self.rect.width)
            if lines[-1] and sum(w + gap for _, w in lines[-1]) + width > self.rect.width:
                lines.append([])
            lines[-1].append((button, width))
        for line in lines:
            spare = self.rect.width - sum(w for _, w in line) - gap * (len(line) - 1)
            left = self.rect.left + (spare if end else 0)
            for button, width in line:
                if self.draws:
                    box = pygame.Rect(left, self.top, width, height)
                    canvas.button(box, button.label, button.action, on=button.on, tip=button.tip)
                left += width + gap
            self.top += height + gap

    def entry(self, text: str) -> None:
        """A box in which somebody writes, with the cursor at its end."""
        canvas, style = self.canvas, self.canvas.style(16, "map")
        box = pygame.Rect(self.rect.left, self.top, self.rect.width, canvas.height(style) + canvas.px(8))
        if self.draws:
            canvas.surface.fill(RAISED, canvas.flip(box))
            pygame.draw.rect(canvas.surface, NEATLINE, canvas.flip(box), canvas.thin())
            at = (box.left + canvas.px(6), box.top + canvas.px(4))
            canvas.text(f"{text}|", style, at, box.width - canvas.px(12))
        self.top = box.bottom + canvas.px(7)

    def thumb(self) -> None:
        """How far down one is, as a thin bar at the far side; where all fits, none."""
        whole = self.used
        if whole <= self.rect.height:
            return
        canvas, rect = self.canvas, self.rect
        length = max(rect.height * rect.height // whole, canvas.px(20))
        down = (rect.height - length) * self._scroll // max(whole - rect.height, 1)
        wide = max(canvas.px(3), 3)
        track = canvas.flip(pygame.Rect(rect.right + canvas.px(3), rect.top, wide, rect.height))
        canvas.surface.fill(RULE, pygame.Rect(track.centerx, track.top, 1, track.height))
        canvas.surface.fill(
            NEATLINE, pygame.Rect(track.left, track.top + min(down, rect.height - length), wide, length)
        )


def small_sheet(canvas: Canvas, size: tuple[float, float], write: Callable[[Canvas, Column], None]) -> None:
    """A sheet in the middle, as tall as what ``write`` puts on it; ``size`` = its width and margin, design pixels."""
    width, pad = canvas.px(size[0]), canvas.px(size[1])
    window = canvas.surface.get_size()
    sheet = pygame.Rect(0, 0, min(width, window[0] - 24), 0)
    measure = Column(canvas, pygame.Rect(0, 0, sheet.width - 2 * pad, 0), draws=False)
    write(canvas, measure)
    sheet.height = min(measure.used + 2 * pad, window[1] - 16)
    sheet.center = (window[0] // 2, window[1] // 2)
    canvas.paper(sheet)
    with canvas.room(sheet):
        write(canvas, Column(canvas, sheet.inflate(-2 * pad, -2 * pad)))
