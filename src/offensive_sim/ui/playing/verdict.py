"""The odds as a bar with words and the signed reasons behind them: the same before an order and kept after it."""

from typing import Final

import pygame

from offensive_sim.campaign.odds import Odds, Share
from offensive_sim.campaign.session import Session
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Column
from offensive_sim.ui.ink import hatch
from offensive_sim.ui.playing.orderlist import place_word
from offensive_sim.ui.speech import say
from offensive_sim.ui.text import width_of
from offensive_sim.ui.theme import NEATLINE, OUTLINE, PANEL, RULE, SOFT_TEXT, Colour
from offensive_sim.views.factors import FactorLine, mean_factors, nerve_of

_HELD: Final[Colour] = (92, 122, 110)
_OPEN: Final[Colour] = (222, 202, 150)
_LOST: Final[Colour] = (86, 62, 54)
_PLUS: Final[Colour] = (72, 116, 140)
_MINUS: Final[Colour] = (172, 92, 52)
_TALL: Final = 20.0
_LEAST_WORDS: Final = 9
"""Per cents from which a part of the bar carries its number."""
_MOST_CHANGES: Final = 5
_MOST_TESTS: Final = 2
_MOST_FACTORS: Final = 9


def verdict(
    canvas: Canvas, column: Column, session: Session, odds: Odds, *, kept: bool = False, without: Odds | None = None
) -> None:
    """What may become of the goal, what else changes hands, and why units stand or break there."""
    language, game = canvas.look.language, session.game
    title = say("odds.title", language, runs=odds.replicas, ahead=ahead(odds, language))
    column.para(said_before(odds, language) if kept else title, canvas.style(12.5, "ui-bold", SOFT_TEXT))
    if odds.place and odds.share:
        column.para(place_word(game, odds.place, language), canvas.style(15, "map-bold"))
        share_bar(canvas, column, odds.share)
        if without and without.share and without.share != odds.share:
            column.para(say("odds.without", language), canvas.small())
            share_bar(canvas, column, without.share, thin=True)
    shown = [(place, count) for place, count in odds.changes if place != odds.place][:_MOST_CHANGES]
    if shown:
        column.gap(4)
        column.para(say("odds.changes", language), canvas.style(12.5, "ui-bold", SOFT_TEXT))
        for place, count in shown:
            percent = round(100 * count / odds.replicas)
            column.fact(
                place_word(game, place, language),
                say("odds.runs", language, count=count, runs=odds.replicas, percent=percent),
                canvas.style(12.5),
            )
    for test in odds.tests[:_MOST_TESTS]:
        column.gap(5)
        name = session.game.scenario.units[test.unit].name
        column.para(name, canvas.style(12.5, "ui-bold"))
        words = say("odds.test", language, breaks=test.breaks, tested=test.tested, runs=odds.replicas)
        column.para(words, canvas.small())
        reasons(canvas, column, mean_factors(test))


def ahead(odds: Odds, language: str) -> str:
    """How far they look: ``3 days``."""
    return say(f"odds.days_{odds.days}", language)


def said_before(odds: Odds, language: str) -> str:
    """Above odds that were shown before an order."""
    return say("odds.kept", language, runs=odds.replicas, ahead=ahead(odds, language))


def share_bar(canvas: Canvas, column: Column, share: Share, *, thin: bool = False) -> None:
    """Held, contested, lost: plain, dotted and hatched, with whole per cents; words below."""
    language = canvas.look.language
    tall = canvas.px(_TALL * (0.5 if thin else 1.0))
    if column.draws:
        box = pygame.Rect(column.rect.left, column.top, column.rect.width, tall)
        left = box.left
        for part, colour, pattern in zip(share, (_HELD, _OPEN, _LOST), ("", "dots", "diagonal"), strict=True):
            wide = round(box.width * part / 100)
            piece = canvas.flip(pygame.Rect(left, box.top, wide, box.height))
            canvas.surface.fill(colour, piece)
            if pattern and wide:
                _pattern(canvas.surface, piece, pattern, PANEL if colour == _LOST else NEATLINE)
            if part >= _LEAST_WORDS and not thin:
                ink = PANEL if colour != _OPEN else OUTLINE
                style = canvas.style(12.5, "ui-bold", ink)
                words = f"{part} %"
                room = pygame.Rect(0, 0, width_of(words, style) + canvas.px(8), canvas.height(style) - 2)
                room.center = piece.center
                canvas.surface.fill(colour, room.clip(piece))
                canvas.raw_text(words, style, piece.center)
            left += wide
        pygame.draw.rect(canvas.surface, NEATLINE, canvas.flip(box), canvas.thin())
    column.top += tall + canvas.px(3)
    if not thin:
        parts = zip(("held", "contested", "lost"), share, strict=True)
        words = "  ·  ".join(say(f"odds.{name}", language, percent=part) for name, part in parts)
        column.para(words, canvas.small())


def _pattern(surface: pygame.Surface, box: pygame.Rect, pattern: str, ink: Colour) -> None:
    side = max(box.width, box.height)
    lines = hatch(side, pattern, (*ink, 90), 7.0, 1.4)
    surface.blit(lines, box, pygame.Rect(0, 0, *box.size))


def reasons(canvas: Canvas, column: Column, lines: tuple[FactorLine, ...]) -> None:
    """Signed reasons, the largest first: what helps to one side of a line, what hurts to the other; then their sum."""
    if not lines:
        return
    most = max(abs(line.points) for line in lines)
    style = canvas.style(12.0)
    height = canvas.height(style)
    for line in lines[:_MOST_FACTORS]:
        if column.draws:
            _reason(canvas, pygame.Rect(column.rect.left, column.top, column.rect.width, height), line, most)
        column.top += height
    rest = sum(line.points for line in lines[_MOST_FACTORS:])
    if rest:
        column.fact(say("odds.rest", canvas.look.language), f"{rest:+d}", style)
    column.fact(say("odds.sum", canvas.look.language), f"{nerve_of(lines):+d}", canvas.style(12.5, "ui-bold"))


def _reason(canvas: Canvas, box: pygame.Rect, line: FactorLine, most: int) -> None:
    style = canvas.style(12.0)
    number = canvas.px(34)
    bars = round(box.width * 0.34)
    words = box.width - bars - number
    canvas.text(line.words, style, (box.left, box.top), words - canvas.px(4))
    axis = box.left + words + bars // 2
    length = max(round((bars // 2 - 2) * abs(line.points) / most), 1)
    left = axis if line.points > 0 else axis - length
    bar = pygame.Rect(left, box.top + box.height // 4, length, box.height // 2)
    canvas.surface.fill(_PLUS if line.points > 0 else _MINUS, canvas.flip(bar))
    canvas.surface.fill(RULE, canvas.flip(pygame.Rect(axis, box.top, canvas.thin(), box.height)))
    canvas.text(f"{line.points:+d}", canvas.style(12.0, "ui-bold"), (box.right - number, box.top), number, align="end")
