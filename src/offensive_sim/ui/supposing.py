"""A what-if in plain sight: the strip below the date that says what is supposed and from when; the window's title."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pygame

from offensive_sim.atlas.words import date_words
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.ui.actions import Named
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.ink import SPRITE_FINER, hatch, reduced
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import PANEL, SOFT_TEXT, SUPPOSED, SUPPOSED_PALE

PROGRAM: Final = "Offensive Sim"
_BAND_PX: Final = 26.0
"""Width of the hatched end of the strip, design pixels."""


@dataclass(frozen=True)
class Supposing:
    """What was asked for on the command line."""

    names: tuple[str, ...] = ()
    """What-ifs by name or path."""
    opt_in: bool = False
    """Whether those that an instructor must allow are allowed."""


NOTHING: Final = Supposing()


@dataclass(frozen=True)
class Shown:
    """What the window shows of a what-if just now."""

    what_ifs: tuple[WhatIf, ...]
    mode: str
    world: str
    reached: date
    """The last day that the evening shown knows of: its own; on the evening before the first day that first day."""

    @property
    def first(self) -> date:
        """The first day that is reached."""
        return min(what_if.date for what_if in self.what_ifs)

    @property
    def kind(self) -> str:
        """``now`` or ``before`` in the world of the what-if, ``beside`` in the other, ``record`` in history."""
        if self.mode != "model":
            return "record"
        if self.world == "as_it_happened":
            return "beside"
        return "now" if self.reached >= self.first else "before"


def titles(what_ifs: Sequence[WhatIf]) -> str:
    """Their titles."""
    return " + ".join(what_if.title for what_if in what_ifs)


def strip_words(shown: Shown, language: str) -> str:
    """What the strip says."""
    from_day = date_words(shown.first, language)
    return say(f"world.strip_{shown.kind}", language, title=titles(shown.what_ifs), date=from_day)


def strip_height(canvas: Canvas) -> int:
    """Pixels of the strip; the same whatever is shown, so that the map never jumps."""
    return canvas.height(canvas.style(13.5, "ui-bold")) + canvas.px(8)


def draw_strip(canvas: Canvas, rect: pygame.Rect, shown: Shown) -> None:
    """Hatched and dark-edged where something is supposed, plain where not; a click tells the premise."""
    supposed = shown.kind == "now"
    box = canvas.flip(rect)
    canvas.press(rect, Named("premise"), say("tip.premise", canvas.look.language))
    canvas.surface.fill(SUPPOSED_PALE if supposed else PANEL, box)
    band = canvas.px(_BAND_PX) if supposed else 0
    if supposed:
        for left in (rect.left, rect.right - band):
            draw_hatch(canvas.surface, canvas.flip(pygame.Rect(left, rect.top, band, rect.height)))
    for edge in (box.top, box.bottom - canvas.thin()):
        canvas.surface.fill(SUPPOSED, pygame.Rect(box.left, edge, box.width, canvas.thin()))
    style = canvas.style(13.5, "ui-bold", SUPPOSED) if supposed else canvas.style(13.0, "ui", SOFT_TEXT)
    inner = rect.inflate(-2 * (band + canvas.px(9)), -2 * canvas.px(4))
    with canvas.room(rect):
        canvas.text(strip_words(shown, canvas.look.language), style, inner.topleft, inner.width)


def draw_hatch(surface: pygame.Surface, box: pygame.Rect) -> None:
    """The pattern of what is supposed."""
    fine = SPRITE_FINER
    size = max(box.size) * fine
    square = pygame.Surface((size, size), pygame.SRCALPHA)
    square.fill((*SUPPOSED_PALE, 255))
    square.blit(hatch(size, "diagonal", SUPPOSED, 7.0 * fine, 2.6 * fine), (0, 0))
    small = reduced(square, fine)
    surface.blit(small, box, pygame.Rect(0, 0, *box.size))


def caption(what_ifs: Sequence[WhatIf], language: str) -> str:
    """The window's title."""
    return say("world.caption", language, program=PROGRAM, title=titles(what_ifs)) if what_ifs else PROGRAM
