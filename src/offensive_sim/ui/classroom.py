"""For a teacher at a projector: large letters, no panels, a ring around the pointer, a blank screen."""

from typing import Final

import pygame

from offensive_sim.ui.actions import Action, Change, Named, Pop
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.screens import Plain
from offensive_sim.ui.theme import OUTLINE, PAPER

LARGE: Final = 150
"""Least size of text, per cent, while teaching."""
_RING_PX: Final = 26.0
_BLANK: Final = (24, 21, 18)


class Blank(Plain):
    """Nothing at all, so that a class looks up; any key or press brings the map back."""

    def handle(self, action: Action) -> Change:  # noqa: ARG002 - whatever it is
        """Back to what was shown."""
        return Pop()

    def mouse(self, event: pygame.event.Event) -> Action | None:
        """A press ends it too."""
        return Named("back") if event.type == pygame.MOUSEBUTTONDOWN else None

    def draw(self, canvas: Canvas) -> None:
        """Dark paper."""
        canvas.surface.fill(_BLANK)


def ring(canvas: Canvas, pointer: tuple[int, int]) -> None:
    """Around the pointer, seen on any ground."""
    radius = round(_RING_PX * canvas.look.base)
    line = max(round(2 * canvas.look.base), 2)
    pygame.draw.circle(canvas.surface, OUTLINE, pointer, radius + line, line)
    pygame.draw.circle(canvas.surface, PAPER, pointer, radius, line)
    pygame.draw.circle(canvas.surface, OUTLINE, pointer, radius - line, max(line // 2, 1))
