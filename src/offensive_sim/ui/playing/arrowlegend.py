"""What the arrows on the map mean, on a small sheet beside the map's legend."""

from typing import Final

import pygame

from offensive_sim.atlas.palette import rgb
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Column
from offensive_sim.ui.playing.arrows import Arrow, drawn
from offensive_sim.ui.speech import say

_ROWS: Final = (("attack", True), ("march", True), ("withdraw", True), ("march", False))
_LONG: Final = 46.0
_WIDE: Final = 5.0
_SHEET: Final = 250.0


def draw_arrow_legend(canvas: Canvas, area: pygame.Rect, colour: str) -> pygame.Rect:
    """At the map's lower corner at the far side; returns what it covers, in pixels of the window."""
    pad = canvas.px(12)
    width = min(canvas.px(_SHEET), area.width - 2 * pad)
    measure = Column(canvas, pygame.Rect(0, 0, width - 2 * pad, 0), draws=False)
    _write(canvas, measure, colour)
    rect = pygame.Rect(0, 0, width, min(measure.used + 2 * pad, area.height - 2 * pad))
    rect.bottomright = (area.right - pad, area.bottom - 2 * pad)
    canvas.paper(rect)
    inner = rect.inflate(-2 * pad, -2 * pad)
    with canvas.room(inner, scrolls=measure.used > inner.height):
        _write(canvas, Column(canvas, inner), colour)
    return canvas.flip(rect)


def _write(canvas: Canvas, column: Column, colour: str) -> None:
    language = canvas.look.language
    column.para(say("arrows.title", language), canvas.style(13, "ui-bold"))
    column.gap(3)
    long = canvas.px(_LONG)
    for stance, own in _ROWS:
        name = say(f"arrows.{stance if own else 'documented'}", language)
        top = column.top
        column.para(name, canvas.style(12.5), indent=long + canvas.px(10))
        if column.draws:
            tall = canvas.height(canvas.style(12.5), name)
            line = ((0.0, 0.0), (float(long), 0.0))
            picture, at = drawn(Arrow(line, stance, rgb(colour), _WIDE * canvas.look.marks, own, canvas.look.base))
            box = canvas.flip(pygame.Rect(column.rect.left, top, long, tall))
            canvas.surface.blit(picture, at.move(box.left, box.centery))
        column.gap(2)
    column.para(say("arrows.note", language), canvas.small())
