"""A sheet of paper over the map: it scrolls, keeps its buttons in view, and can hold a line to write in."""

from typing import Final

import pygame

from offensive_sim.ui.actions import Action, Change, Named, Pan, Pop
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.screens import Plain

_VEIL: Final = (40, 32, 24, 110)
_STEP: Final = 120
_MOST_LETTERS: Final = 48


class Line:
    """A line that is being written."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._fresh = True
        pygame.key.start_text_input()

    def typed(self, event: pygame.event.Event) -> bool:
        """Letters are written, and taken back; True if the key was for this line."""
        if event.type == pygame.TEXTINPUT:
            if not self._fresh:  # not the letter of the key that opened the sheet
                self.text = (self.text + event.text)[:_MOST_LETTERS]
            return True
        self._fresh = False
        if event.key == pygame.K_BACKSPACE:
            self.text = self.text[:-1]
            return True
        written = getattr(event, "unicode", "")
        return bool(written) and written.isprintable() and not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)


def step_of(action: Action) -> int:
    """Which way the keys Up and Down, which move the map elsewhere, go in a list: -1, 1, or 0 for anything else."""
    return (action.down > 0) - (action.down < 0) if isinstance(action, Pan) and not action.right else 0


class Paper(Plain):
    """A sheet in the middle of the window; what stands on it is written by ``write``."""

    over = True
    wide: float = 640.0
    """Design pixels."""
    aside = False
    """At the far side, with the map in view, instead of in the middle."""

    def __init__(self) -> None:
        self.notice = ""
        self.scroll = 0
        self.limit = 0
        self.line: Line | None = None

    def write(self, canvas: Canvas, column: Column) -> None:
        """Everything that scrolls."""
        raise NotImplementedError

    def feet(self, language: str) -> list[Button]:
        """Buttons that stay in view."""
        raise NotImplementedError

    def handle(self, action: Action) -> Change:
        """Scroll, or close."""
        match action:
            case Named("scroll_down" | "scroll_up" as way):
                self.scroll = min(max(self.scroll + (_STEP if way == "scroll_down" else -_STEP), 0), self.limit)
            case Named("back"):
                return Pop()
        return None

    def mouse(self, event: pygame.event.Event) -> Action | None:
        """The wheel scrolls."""
        if event.type == pygame.MOUSEWHEEL:
            return Named("scroll_down" if event.y < 0 else "scroll_up")
        return None

    def typed(self, event: pygame.event.Event) -> bool:
        """Into the line, if there is one."""
        return self.line.typed(event) if self.line else False

    def draw(self, canvas: Canvas) -> None:
        """The sheet, as tall as it needs to be and the window allows."""
        width, height = canvas.surface.get_size()
        if self.over and not self.aside:
            veil = pygame.Surface((width, height), pygame.SRCALPHA)
            veil.fill(_VEIL)
            canvas.surface.blit(veil, (0, 0))
        pad = canvas.px(24)
        sheet = pygame.Rect(0, 0, min(canvas.px(self.wide), width - 16), 0)
        inner = pygame.Rect(0, 0, sheet.width - 2 * pad, 0)
        body = Column(canvas, inner, draws=False)
        self.write(canvas, body)
        buttons = Column(canvas, inner, draws=False)
        buttons.buttons(self.feet(canvas.look.language))
        needed, foot = body.used, buttons.used + canvas.px(6)
        sheet.height = min(needed + foot + 2 * pad, height - 16)
        sheet.center = (width // 2, height // 2)
        if self.aside:
            sheet.right = width - 8
        canvas.paper(sheet)
        inner = sheet.inflate(-2 * pad, -2 * pad)
        below = pygame.Rect(inner.left, inner.bottom - foot + canvas.px(5), inner.width, foot)
        inner.height -= foot
        self.limit = max(needed - inner.height, 0)
        self.scroll = min(self.scroll, self.limit)
        with canvas.room(inner, scrolls=self.limit > 0):
            column = Column(canvas, inner, self.scroll)
            self.write(canvas, column)
        column.thumb()
        with canvas.room(sheet):
            Column(canvas, below).buttons(self.feet(canvas.look.language))
