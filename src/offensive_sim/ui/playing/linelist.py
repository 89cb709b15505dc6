"""Lines of a report: what happened, each leading to its place, with the reasons behind it."""

from collections.abc import Sequence
from typing import Final

import pygame

from offensive_sim.ui.actions import FlyTo
from offensive_sim.ui.canvas import HOVERED, Canvas
from offensive_sim.ui.column import Column
from offensive_sim.ui.kinds import kind_sign
from offensive_sim.ui.playing.verdict import reasons
from offensive_sim.ui.text import wrap
from offensive_sim.views.factors import Line, Tells

_KIND: Final = {
    Tells.LEFT: "people", Tells.SHELTER: "people", Tells.MOVED_ON: "people",
    Tells.CHANGED: "control", Tells.CONTESTED: "control", Tells.SETTLED: "control",
    Tells.STRUCK: "intervention", Tells.EVENT: "political",
}  # fmt: skip


def write_lines(
    canvas: Canvas, column: Column, lines: Sequence[Line], *, why: bool = False, total: str = "people"
) -> None:
    """A sign and a sentence for each line; with ``why`` the signed reasons below it. ``total``: the kind of sums."""
    for line in lines:
        _line(canvas, column, line, total)
        if why and line.factors:
            inner = pygame.Rect(
                column.rect.left + canvas.px(26), column.rect.top, column.rect.width - canvas.px(40), column.rect.height
            )
            part = Column(canvas, inner, draws=column.draws)
            part.top = column.top
            reasons(canvas, part, line.factors)
            column.top = part.top + canvas.px(4)


def _line(canvas: Canvas, column: Column, line: Line, total: str) -> None:
    style, sign = canvas.style(13.5, "map"), canvas.px(18)
    words = wrap(line.text, style, column.rect.width - sign, rtl=canvas.rtl)
    height = canvas.height(style, line.text)
    box = pygame.Rect(column.rect.left, column.top, column.rect.width, height * len(words) + canvas.px(4))
    if column.draws:
        if canvas.press(box, FlyTo(line.place)):
            canvas.surface.fill(HOVERED, canvas.flip(box))
        image = kind_sign(total if line.tells is Tells.TOTAL else _KIND.get(line.tells, "fighting"), canvas.px(5))
        middle = pygame.Rect(box.left, box.top, canvas.px(14), height)
        canvas.surface.blit(image, image.get_rect(center=canvas.flip(middle).center))
        for number, text in enumerate(words):
            canvas.text(text, style, (box.left + sign, box.top + number * height), column.rect.width - sign)
    column.top = box.bottom
