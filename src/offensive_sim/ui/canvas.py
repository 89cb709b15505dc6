"""A surface to draw panels on: mirrored for those who read from the right, and knowing what can be pressed where.

Rectangles are given as if the reader read from the left; ``flip`` turns them round. What is drawn by ``raw`` stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import pygame

from offensive_sim.ui.actions import Action
from offensive_sim.ui.text import Style, line_height, render, starts_rtl, width_of
from offensive_sim.ui.theme import NEATLINE, PANEL, RULE, SOFT_TEXT, TEXT, Colour, Look

PRESSED: Final[Colour] = (222, 208, 178)
HOVERED: Final[Colour] = (236, 226, 202)
RAISED: Final[Colour] = (251, 248, 239)
FOCUS: Final[Colour] = (0, 96, 160)
ELLIPSIS: Final = "…"


@dataclass(frozen=True)
class Spot:
    """Something that can be pressed, in pixels of the window."""

    rect: pygame.Rect
    action: Action
    tip: str = ""

    @property
    def name(self) -> str:
        """Stays the same from frame to frame."""
        return repr(self.action)


@dataclass(frozen=True)
class Written:
    """A line of text that was drawn, and the panel it must stay in."""

    text: str
    rect: pygame.Rect
    room: pygame.Rect
    scrolls: bool


@dataclass
class Canvas:
    """Where a frame is drawn."""

    surface: pygame.Surface
    look: Look
    pointer: tuple[int, int] | None = None
    spots: list[Spot] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    tips: list[tuple[pygame.Rect, str]] = field(default_factory=list)
    _room: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 0, 0))
    _scrolls: bool = False

    @property
    def rtl(self) -> bool:
        """Whether panels are mirrored."""
        return self.look.rtl

    def px(self, design: float) -> int:
        """Pixels for a length that grows with the text."""
        return round(design * self.look.text)

    def thin(self) -> int:
        """Width of a thin rule."""
        return max(round(self.look.base), 1)

    def flip(self, rect: pygame.Rect) -> pygame.Rect:
        """Where a rectangle lies in the window."""
        if not self.rtl:
            return rect.copy()
        return pygame.Rect(self.surface.get_width() - rect.right, rect.top, rect.width, rect.height)

    def style(self, size: float = 14.0, face: str = "ui", colour: Colour = TEXT) -> Style:
        """Letters of a design size."""
        return Style(face, size * self.look.text, colour)

    def height(self, style: Style, text: str | None = None) -> int:
        """Pixels of a line, more where there is Arabic script in it."""
        return line_height(style, self.rtl if text is None else has_arabic(text))

    @contextmanager
    def room(self, rect: pygame.Rect, *, scrolls: bool = False) -> Iterator[None]:
        """Text drawn meanwhile belongs into a rectangle; where it scrolls, what is beyond is cut off."""
        before, was = self._room, self._scrolls
        clip = self.surface.get_clip()
        self._room, self._scrolls = self.flip(rect), scrolls
        if scrolls:
            self.surface.set_clip(self._room.clip(clip))
        try:
            yield
        finally:
            self._room, self._scrolls = before, was
            self.surface.set_clip(clip)

    def paper(self, rect: pygame.Rect, colour: Colour = PANEL, *, framed: bool = True) -> None:
        """A panel's ground with a thin double frame."""
        box = self.flip(rect)
        self.surface.fill(colour, box)
        if framed:
            pygame.draw.rect(self.surface, NEATLINE, box, self.thin())
            inner = box.inflate(-6 * self.thin(), -6 * self.thin())
            pygame.draw.rect(self.surface, RULE, inner, self.thin())

    def rule(self, rect: pygame.Rect) -> None:
        """A thin line along a rectangle's top."""
        box = self.flip(rect)
        self.surface.fill(RULE, pygame.Rect(box.left, box.top, box.width, self.thin()))

    def text(
        self, text: str, style: Style, at: tuple[int, int], width: int | None = None, *, align: str = "start"
    ) -> int:
        """A line whose top corner on the reader's side is ``at``; cut with an ellipsis if too wide; its width."""
        shown = text if width is None else fitted(text, style, width)
        image = render(shown, style, self._direction(shown))
        room = image.get_width() if width is None else width
        spare = {"start": 0, "end": room - image.get_width(), "middle": (room - image.get_width()) // 2}[align]
        box = self.flip(pygame.Rect(at[0] + spare, at[1], *image.get_size()))
        self.blit(image, box, shown)
        return image.get_width()

    def raw_text(self, text: str, style: Style, centre: tuple[int, int]) -> pygame.Rect:
        """A line about a pixel of the window, not mirrored."""
        image = render(text, style, self._direction(text))
        box = image.get_rect(center=centre)
        self.blit(image, box, text)
        return box

    def blit(self, image: pygame.Surface, box: pygame.Rect, text: str) -> None:
        """A line's picture at its place in the window."""
        if self._scrolls and not self._room.colliderect(box):
            return
        self.surface.blit(image, box)
        self.written.append(Written(text, box, self._room or self.surface.get_rect(), self._scrolls))

    def _direction(self, text: str) -> bool:
        return starts_rtl(text) or (self.rtl and has_arabic(text))

    def press(self, rect: pygame.Rect, action: Action, tip: str = "", *, raw: bool = False) -> bool:
        """Make a rectangle pressable; True while the pointer is over it."""
        box = rect.copy() if raw else self.flip(rect)
        if self._scrolls:
            box = box.clip(self._room)
            if box.height < 1:
                return False
        self.spots.append(Spot(box, action, tip))
        return self.pointer is not None and box.collidepoint(self.pointer)

    def tip(self, rect: pygame.Rect, text: str, *, raw: bool = False) -> None:
        """Words that appear when the pointer rests on a rectangle."""
        self.tips.append((rect if raw else self.flip(rect), text))

    def button(self, rect: pygame.Rect, label: str, action: Action, *, on: bool = False, tip: str = "") -> None:
        """A small paper button; darker while it is on."""
        over = self.press(rect, action, tip)
        box = self.flip(rect)
        self.surface.fill(PRESSED if on else HOVERED if over else RAISED, box)
        pygame.draw.rect(self.surface, NEATLINE if on else RULE, box, self.thin() * (2 if on else 1))
        style = self.button_style(on=on)
        top = rect.top + (rect.height - render(label, style, self._direction(label)).get_height()) // 2
        self.text(label, style, (rect.left + self.px(6), top), rect.width - 2 * self.px(6), align="middle")

    def button_style(self, *, on: bool = False) -> Style:
        """Letters on buttons."""
        return self.style(13.0, "ui-bold" if on else "ui")

    def button_size(self, label: str) -> tuple[int, int]:
        """Width and height of a button with a label; never less than a finger needs."""
        style = self.button_style(on=True)
        height = max(self.height(style) + self.px(8), 30)
        return max(width_of(label, style) + 2 * self.px(8), height), height

    def small(self, text_colour: Colour = SOFT_TEXT) -> Style:
        """Letters of notes."""
        return self.style(12.0, "ui", text_colour)


def has_arabic(text: str) -> bool:
    """Whether some of it is in Arabic script."""
    return any("\u0600" <= char <= "\u06ff" for char in text)


def fitted(text: str, style: Style, width: int) -> str:
    """The text, or its beginning with an ellipsis."""
    if width_of(text, style) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle].rstrip() + ELLIPSIS, style) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS
