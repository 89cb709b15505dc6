"""What the window asks of a screen."""

from typing import Protocol

import pygame

from offensive_sim.ui.actions import Action, Change
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.supposing import PROGRAM


class Screen(Protocol):
    """One sheet of the stack; it draws itself and says what becomes of the stack."""

    over: bool
    """Whether the screen below stays visible around it."""
    notice: str
    """What to tell the reader in passing; the window takes it and empties it."""

    @property
    def caption(self) -> str:
        """The window's title while this is the lowest screen."""

    def draw(self, canvas: Canvas) -> None:
        """Everything, on a canvas of the window's size."""

    def handle(self, action: Action) -> Change:
        """Do what was asked."""

    def mouse(self, event: pygame.event.Event) -> Action | None:
        """A movement, wheel or button that hit nothing pressable."""

    def typed(self, event: pygame.event.Event) -> bool:
        """A key that writes text here; True if it was taken."""

    def woken(self) -> bool:
        """A tile has come; whether it is to be seen."""

    def wait(self, now: float) -> float | None:
        """Seconds until ``tick`` wants to be called; None if nothing moves."""

    def tick(self, now: float) -> Change | bool:
        """Let time pass; True if something changed."""


class Plain:
    """A screen on which nothing moves."""

    over = False
    notice = ""
    caption = PROGRAM

    def mouse(self, event: pygame.event.Event) -> Action | None:  # noqa: ARG002
        """Nothing."""
        return None

    def typed(self, event: pygame.event.Event) -> bool:  # noqa: ARG002
        """Nothing is written here."""
        return False

    def woken(self) -> bool:
        """No tiles here."""
        return False

    def wait(self, now: float) -> float | None:  # noqa: ARG002
        """Nothing moves."""
        return None

    def tick(self, now: float) -> Change | bool:  # noqa: ARG002
        """Nothing changed."""
        return False
