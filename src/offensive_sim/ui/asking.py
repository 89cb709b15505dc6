"""A small sheet that asks for one number."""

import pygame

from offensive_sim.ui.actions import Action, Change, Named, Pop, Speed
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column, small_sheet
from offensive_sim.ui.screens import Plain
from offensive_sim.ui.speech import say
from offensive_sim.ui.watching import FASTEST, SLOWEST

_MOST = 5
_DIGITS = "0123456789.,"
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫", "0123456789" * 2 + ".")


class AskSpeed(Plain):
    """How many days a second, typed in."""

    over = True

    def __init__(self, speed: float) -> None:
        self.text = ""
        self._speed = speed
        pygame.key.start_text_input()

    @property
    def speed(self) -> float | None:
        """What is written, if it is a number within bounds."""
        try:
            wanted = float(self.text.replace(",", "."))
        except ValueError:
            return None
        return wanted if SLOWEST <= wanted <= FASTEST else None

    def typed(self, event: pygame.event.Event) -> bool:
        """Digits are written; every other letter is swallowed."""
        if event.type == pygame.TEXTINPUT:
            written = "".join(one for one in event.text.translate(_EASTERN) if one in _DIGITS)
            self.text = (self.text + written)[:_MOST]
            return True
        if event.key == pygame.K_BACKSPACE:
            self.text = self.text[:-1]
            return True
        return event.key not in (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_TAB)

    def handle(self, action: Action) -> Change:
        """Take the number, or close."""
        match action:
            case Named("back"):
                return Pop()
            case Named("activate" | "begin"):
                return Pop(Speed(self.speed)) if self.speed is not None else None
            case Speed():
                return Pop(action)
        return None

    def draw(self, canvas: Canvas) -> None:
        """A sheet in the middle."""
        small_sheet(canvas, (380, 18), self._write)

    def _write(self, canvas: Canvas, column: Column) -> None:
        language = canvas.look.language
        column.title(say("speed.title", language), 18)
        column.para(say("speed.how", language, low=f"{SLOWEST:g}", high=f"{FASTEST:g}"), canvas.small())
        column.gap(5)
        column.entry(self.text or f"{self._speed:g}")
        ways = (0.5, 1, 2, 4, 8)
        column.buttons([Button(f"{way:g}×", Speed(way), way == self._speed) for way in ways])
        column.buttons([Button(say("event.close", language), Named("back"))])
