"""Tooltips and passing notices."""

import time
from dataclasses import dataclass
from typing import Final

import pygame

from offensive_sim.ui.canvas import RAISED, Canvas, Spot
from offensive_sim.ui.text import Style, width_of, wrap
from offensive_sim.ui.theme import NEATLINE, TEXT

TIP_AFTER: Final = 0.3
"""Seconds until a tooltip."""
_SECONDS: Final = 6.0
_A_LETTER: Final = 0.04
_WIDEST: Final = 380.0
_PAD: Final = 7.0


@dataclass(frozen=True)
class Toast:
    """A notice and when it goes."""

    text: str
    until: float

    @classmethod
    def of(cls, text: str, now: float) -> "Toast":
        """Long enough to be read."""
        return cls(text, now + _SECONDS + _A_LETTER * len(text))


class Hover:
    """Where the pointer is, what is under it, and whether it has rested there."""

    def __init__(self) -> None:
        self.spots: list[Spot] = []
        self.tips: list[tuple[pygame.Rect, str]] = []
        self.pointer: tuple[int, int] | None = None
        self.tip = ""
        """Words that are shown now."""
        self.pinned: tuple[int, int] | None = None
        """Where the words stay although the pointer moves on."""
        self._rested: float | None = None

    def pin(self) -> None:
        """Keep the words that are shown, or would be; or let them go."""
        self.tip = self.tip or self.words()
        self.pinned = self.pointer if self.tip and self.pinned is None else None
        if self.pinned is None:
            self.tip = ""

    def under(self) -> Spot | None:
        """What would be pressed."""
        pos = self.pointer
        return next((spot for spot in reversed(self.spots) if pos and spot.rect.collidepoint(pos)), None)

    def named(self, name: str | None) -> Spot | None:
        """A spot by its name."""
        return next((spot for spot in self.spots if spot.name == name), None)

    def after(self, name: str | None, by: int) -> Spot | None:
        """The spot so many places after a named one, around the end; the first or last where none is named."""
        names = [spot.name for spot in self.spots]
        at = names.index(name) + by if name in names else (0 if by > 0 else -1)
        return self.spots[at % len(names)] if names else None

    def words(self) -> str:
        """What a tooltip would say here."""
        spot, pos = self.under(), self.pointer
        if spot and spot.tip:
            return spot.tip
        return next((tip for rect, tip in reversed(self.tips) if pos and rect.collidepoint(pos)), "")

    def move(self, pos: tuple[int, int] | None) -> bool:
        """The pointer is elsewhere; True if that is to be seen."""
        if pos == self.pointer:
            return False
        before, shown = self.under(), self.tip
        if self.pinned is not None:
            self.pointer = pos
            return self.under() is not before
        self.pointer, self.tip = pos, ""
        self._rested = time.monotonic() if pos else None
        return bool(shown) or self.under() is not before

    def wait(self, now: float) -> float | None:
        """Seconds until it has rested."""
        return None if self._rested is None else self._rested + TIP_AFTER - now

    def rest(self, now: float) -> bool:
        """Time passes; True if a tooltip appears."""
        if self._rested is None or now < self._rested + TIP_AFTER:
            return False
        self._rested, self.tip = None, self.words()
        return bool(self.tip)


def draw_tip(canvas: Canvas, text: str, at: tuple[int, int]) -> None:
    """A small sheet of paper beside a point of the window, wholly inside it."""
    style = canvas.style(12.5)
    lines, box = _measured(canvas, text, style)
    box.topleft = (at[0] + 14, at[1] + 18)
    if box.bottom > canvas.surface.get_height():
        box.bottom = at[1] - 8
    _written(canvas, lines, box.clamp(canvas.surface.get_rect()), style)


def draw_toast(canvas: Canvas, text: str) -> None:
    """At the top, in the middle."""
    style = canvas.style(13.5)
    lines, box = _measured(canvas, text, style)
    box.midtop = (canvas.surface.get_width() // 2, canvas.px(70))
    _written(canvas, lines, box.clamp(canvas.surface.get_rect()), style)


def _measured(canvas: Canvas, text: str, style: Style) -> tuple[list[str], pygame.Rect]:
    pad = canvas.px(_PAD)
    widest = min(canvas.px(_WIDEST), canvas.surface.get_width() - 4 * pad)
    lines = [line for part in text.splitlines() for line in wrap(part, style, widest, rtl=canvas.rtl)]
    width = max((width_of(line, style) for line in lines), default=0)
    return lines, pygame.Rect(0, 0, width + 2 * pad, canvas.height(style) * len(lines) + 2 * pad)


def _written(canvas: Canvas, lines: list[str], box: pygame.Rect, style: Style) -> None:
    """Lines on paper, from the reader's side."""
    pad = canvas.px(_PAD)
    canvas.surface.fill(RAISED, box)
    pygame.draw.rect(canvas.surface, NEATLINE, box, canvas.thin())
    shade = pygame.Surface((box.width, max(canvas.px(3), 2)), pygame.SRCALPHA)
    shade.fill((*TEXT, 60))
    canvas.surface.blit(shade, box.bottomleft)
    logical = canvas.flip(box)
    with canvas.room(logical):
        for number, line in enumerate(lines):
            top = box.top + pad + number * canvas.height(style)
            canvas.text(line, style, (logical.left + pad, top), box.width - 2 * pad)
