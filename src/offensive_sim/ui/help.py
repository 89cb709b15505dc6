"""The keys, on a sheet over whatever is shown."""

from collections.abc import Mapping

import pygame

from offensive_sim.ui.actions import Action, Change, Named, Pop
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.keys import merged
from offensive_sim.ui.screens import Plain
from offensive_sim.ui.speech import say
from offensive_sim.ui.text import width_of
from offensive_sim.ui.theme import SOFT_TEXT

_NAMES = {"pageup": "Page up", "pagedown": "Page down"}


class Help(Plain):
    """Every command with its keys, as the reader has set them."""

    over = True

    def __init__(self, bindings: Mapping[str, tuple[str, ...]]) -> None:
        self._rows = merged(bindings)
        self._scroll = 0
        self._limit = 0

    def handle(self, action: Action) -> Change:
        """Scroll or close."""
        match action:
            case Named("scroll_down" | "scroll_up" as way):
                self._scroll = min(max(self._scroll + (160 if way == "scroll_down" else -160), 0), self._limit)
            case Named("back" | "help" | "activate"):
                return Pop()
        return None

    def mouse(self, event: pygame.event.Event) -> Action | None:
        """The wheel scrolls."""
        if event.type == pygame.MOUSEWHEEL:
            return Named("scroll_down" if event.y < 0 else "scroll_up")
        return None

    def draw(self, canvas: Canvas) -> None:
        """A sheet in the middle, in as many columns as there is room for."""
        width, height = canvas.surface.get_size()
        veil = pygame.Surface((width, height), pygame.SRCALPHA)
        veil.fill((40, 32, 24, 110))
        canvas.surface.blit(veil, (0, 0))
        pad = canvas.px(22)
        sheet = pygame.Rect(0, 0, min(canvas.px(980), width - 24), 0)
        measure = Column(canvas, sheet.inflate(-2 * pad, 0), draws=False)
        self._write(canvas, measure)
        sheet.height = min(measure.used + 2 * pad, height - 24)
        sheet.center = (width // 2, height // 2)
        canvas.paper(sheet)
        inner = sheet.inflate(-2 * pad, -2 * pad)
        with canvas.room(inner, scrolls=True):
            column = Column(canvas, inner, self._scroll)
            self._write(canvas, column)
        column.thumb()
        self._limit = max(column.used - inner.height, 0)
        self._scroll = min(self._scroll, self._limit)

    def _write(self, canvas: Canvas, column: Column) -> None:
        column.title(say("help.title", canvas.look.language), 24)
        column.para(say("help.where", canvas.look.language), canvas.small())
        column.gap(6)
        self._keys(canvas, column)
        column.gap(8)
        column.para(say("help.mouse", canvas.look.language), canvas.style(13))
        column.gap(8)
        column.buttons([Button(say("event.close", canvas.look.language), Named("back"), on=True)])

    def _keys(self, canvas: Canvas, column: Column) -> None:
        language = canvas.look.language
        across = max(column.rect.width // canvas.px(300), 1)
        wide = column.rect.width // across
        top, names, lowest = column.top, list(self._rows), column.top
        each = -(-len(names) // across)
        for at in range(across):
            left = column.rect.left + at * wide
            part = Column(
                canvas, pygame.Rect(left, column.rect.top, wide - canvas.px(14), column.rect.height), draws=column.draws
            )
            part.top = top
            for name in names[at * each : (at + 1) * each]:
                _row(canvas, part, say(f"key.{name}", language), self._rows[name])
            lowest = max(lowest, part.top)
        column.top = lowest


def _row(canvas: Canvas, column: Column, words: str, chords: tuple[str, ...]) -> None:
    """What a command does, and its keys at the far side."""
    style, bold = canvas.style(12.5), canvas.style(12.0, "ui-bold", SOFT_TEXT)
    keys = "  ".join(shown(chord) for chord in chords)
    room = min(width_of(keys, bold), column.rect.width // 2)
    top = column.top
    rest = pygame.Rect(column.rect.left, column.rect.top, column.rect.width - room - canvas.px(8), column.rect.height)
    part = Column(canvas, rest, draws=column.draws)
    part.top = top
    part.para(words, style)
    if column.draws:
        canvas.text(keys, bold, (column.rect.right - room, top), room, align="end")
    column.top = part.top + canvas.px(2)


def shown(chord: str) -> str:
    """A key as it is printed on the board."""
    parts = [part for part in chord.split("+") if part] or ["+"]
    if chord.endswith("++"):
        parts.append("+")
    return "+".join(_NAMES.get(part, part.capitalize()) for part in parts)
