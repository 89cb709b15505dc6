"""One frame: the screens of the stack from the lowest that is seen, then focus, tooltip and notice."""

from typing import TYPE_CHECKING, Final

import pygame

from offensive_sim.ui.canvas import FOCUS, Canvas
from offensive_sim.ui.classroom import ring
from offensive_sim.ui.hints import draw_tip, draw_toast
from offensive_sim.ui.speech import say
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import PAPER, TEXT

if TYPE_CHECKING:
    from offensive_sim.ui.app import App

SMALLEST: Final = (480, 320)
"""A window below this shows only that it is too small."""


def draw_all(app: "App") -> None:
    """Everything, on the window's surface; what can be pressed belongs to the topmost screen."""
    if not app.stack:
        return
    surface, hover = app.surface, app.hover
    width, height = surface.get_size()
    if width < SMALLEST[0] or height < SMALLEST[1]:
        hover.spots, hover.tips = [], []
        _too_small(app)
        return
    canvas = Canvas(surface, app.look, hover.pointer)
    lowest = max(at for at, screen in enumerate(app.stack) if not screen.over or at == 0)
    for screen in app.stack[lowest:]:
        canvas.spots.clear()
        canvas.tips.clear()
        screen.draw(canvas)
    hover.spots, hover.tips, app.canvas = canvas.spots, canvas.tips, canvas
    focused = next((one.rect for one in hover.spots if one.name == app.focus), None)
    if focused:
        pygame.draw.rect(surface, FOCUS, focused.inflate(6, 6), 3, border_radius=4)
    if hover.tip:
        at = hover.pinned or hover.pointer or (focused.midbottom if focused else (width // 2, height // 2))
        draw_tip(canvas, hover.tip, at)
    if app.teaching and hover.pointer:
        ring(canvas, hover.pointer)
    if app.toast:
        draw_toast(canvas, app.toast.text)


def _too_small(app: "App") -> None:
    app.surface.fill(PAPER)
    text = render(say("tell.small", app.settings.language), Style("ui", 13, TEXT))
    app.surface.blit(text, text.get_rect(center=app.surface.get_rect().center))
