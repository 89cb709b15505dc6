"""Lines of a list on a sheet: one is chosen; one that cannot be had is grey and says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pygame

from offensive_sim.ui.canvas import FOCUS, HOVERED, PRESSED, Canvas
from offensive_sim.ui.column import Column
from offensive_sim.ui.playing.asking import Pick
from offensive_sim.ui.text import wrap
from offensive_sim.ui.theme import RULE, SOFT_TEXT, TEXT, Colour

GREY: Final[Colour] = (150, 140, 126)
WHY: Final[Colour] = (150, 40, 30)


@dataclass(frozen=True)
class Row:
    """A line: a name, what it means, and why it cannot be had."""

    name: str
    words: str = ""
    why: str = ""
    more: str = ""
    """A second line of what it means, which may be in another language than the first."""
    grey: bool = False


def write_rows(canvas: Canvas, column: Column, rows: Sequence[Row], at: int) -> None:
    """The rows, each of which can be pressed; ``at`` is the one chosen."""
    for number, row in enumerate(rows):
        write_row(canvas, column, row, (number, number == at))


def write_row(canvas: Canvas, column: Column, row: Row, place: tuple[int, bool]) -> None:
    """One row; ``place`` is its number and whether it is chosen."""
    number, chosen = place
    pad = canvas.px(8)
    name = canvas.style(14, "ui-bold", GREY if row.grey else TEXT)
    lines = [(line, name) for line in wrap(row.name, name, column.rect.width - 2 * pad, rtl=canvas.rtl)]
    for text, style in (
        (row.words, canvas.style(12.5, "ui", SOFT_TEXT)),
        (row.more, canvas.style(12.5, "ui", SOFT_TEXT)),
        (row.why, canvas.style(12.5, "map-italic", WHY)),
    ):
        if text:
            lines += [(line, style) for line in wrap(text, style, column.rect.width - 2 * pad, rtl=canvas.rtl)]
    tall = sum(canvas.height(style, line) for line, style in lines) + pad
    box = pygame.Rect(column.rect.left, column.top, column.rect.width, tall)
    if column.draws:
        over = canvas.press(box, Pick(number))
        if over or chosen:
            canvas.surface.fill(PRESSED if chosen else HOVERED, canvas.flip(box))
        if chosen:
            edge = pygame.Rect(box.left, box.top, canvas.px(4), box.height)
            canvas.surface.fill(FOCUS, canvas.flip(edge))
        canvas.surface.fill(RULE, canvas.flip(pygame.Rect(box.left, box.bottom, box.width, canvas.thin())))
        top = box.top + pad // 2
        for line, style in lines:
            canvas.text(line, style, (box.left + pad, top), box.width - 2 * pad)
            top += canvas.height(style, line)
    column.top = box.bottom + canvas.thin()
