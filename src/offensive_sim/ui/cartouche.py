"""The margin of a printed map: title and date, people first, then control, signs, scale, licences; and the frame."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pygame

from offensive_sim.atlas.words import LICENCE, about, date_words, party_word, word
from offensive_sim.ui.counters import Counter, draw_counter
from offensive_sim.ui.people import band, circle
from offensive_sim.ui.speech import say
from offensive_sim.ui.supposing import draw_hatch, titles
from offensive_sim.ui.symbols import Sign, draw_sign
from offensive_sim.ui.text import Style, render, wrap
from offensive_sim.ui.theme import OUTLINE, PEOPLE, ROADS, RULE, SOFT_TEXT, SUPPOSED, TEXT, Colour, Look
from offensive_sim.ui.watching import USUAL
from offensive_sim.ui.waysides import barrier, tent
from offensive_sim.views.board import Board, Party
from offensive_sim.views.replay import KNOWN

_MOST_PARTIES: Final = 7
_SURE_PARTIES: Final = 3
"""Parties that are never left out."""
_SCALES_KM: Final = (10, 20, 50, 100, 200)
_WHITE: Final[Colour] = (255, 255, 255)
_BLACK: Final[Colour] = (0, 0, 0)


@dataclass(frozen=True)
class Margin:
    """Where the margin stands and how it is written."""

    rect: pygame.Rect
    look: Look
    zoom: float
    """Pixels a km of the map beside it, for the scale bar."""
    layers: frozenset[str] = USUAL
    """Layers that are on: signs of others are not explained."""


@dataclass
class _Pen:
    """Writes blocks one below the other; without a surface it only measures."""

    margin: Margin
    surface: pygame.Surface | None
    top: int

    @property
    def look(self) -> Look:
        return self.margin.look

    def colour(self, colour: Colour) -> Colour:
        return _BLACK if self.look.black_and_white else colour

    def line(self, text: str, face: str, px: float, colour: Colour, indent: int = 0) -> None:
        """Wrapped lines from the reader's side."""
        style = Style(face, px * self.look.text, self.colour(colour))
        rect = self.margin.rect
        for part in wrap(text, style, rect.width - indent, rtl=self.look.rtl):
            image = render(part, style, self.look.rtl)
            left = rect.right - indent - image.get_width() if self.look.rtl else rect.left + indent
            self.blit(image, (left, self.top))
            self.top += round(image.get_height() * 0.96)

    def sign(self, image: pygame.Surface, text: str, amount: str = "") -> None:
        """A sign, what it means, and perhaps a number at the far side."""
        rect, text_px = self.margin.rect, 14.0
        style = Style("ui", text_px * self.look.text, self.colour(TEXT))
        column = round(38 * self.look.marks)
        number = render(amount, replace(style, face="ui-bold")) if amount else None
        room = rect.width - column - (number.get_width() + 8 if number else 0)
        lines = wrap(text, style, room, rtl=self.look.rtl)
        height = max(render(lines[0], style, self.look.rtl).get_height() * len(lines), round(27 * self.look.marks))
        centre = rect.right - column // 2 if self.look.rtl else rect.left + column // 2
        self.blit(image, image.get_rect(center=(centre, self.top + height // 2)).topleft)
        down = self.top + (height - sum(render(part, style, self.look.rtl).get_height() for part in lines)) // 2
        for part in lines:
            words = render(part, style, self.look.rtl)
            left = rect.right - column - words.get_width() if self.look.rtl else rect.left + column
            self.blit(words, (left, down))
            down += words.get_height()
        if number:
            left = rect.left if self.look.rtl else rect.right - number.get_width()
            self.blit(number, (left, self.top + (height - number.get_height()) // 2))
        self.top += height

    def heading(self, text: str) -> None:
        """A thin rule and a small heading."""
        self.top += round(11 * self.look.base)
        if self.surface:
            pygame.draw.line(
                self.surface, self.colour(RULE), (self.margin.rect.left, self.top), (self.margin.rect.right, self.top)
            )
        self.top += round(7 * self.look.base)
        self.line(text, "ui-bold", 13.5, SOFT_TEXT)
        self.top += round(2 * self.look.base)

    def blit(self, image: pygame.Surface, at: tuple[int, int]) -> None:
        if self.surface:
            self.surface.blit(image, at)


Row = tuple[int, Callable[[_Pen], None]]
"""What to write, and how soon it is left out: the higher the sooner."""


def draw_margin(surface: pygame.Surface, board: Board, margin: Margin) -> None:
    """All that fits; where text is large, the least needed is left out, the scale and licences never."""
    _fit([*_head(board), *_control(board, margin.look), *_signs(board, margin)], margin, surface)


def legend_height(board: Board, margin: Margin) -> int:
    """Pixels that a legend needs in the margin's width."""
    rows = [*_control(board, margin.look), *_signs(board, margin)]
    return _written(rows, margin, None) - margin.rect.top + _foot_height(margin)


def draw_legend(surface: pygame.Surface, board: Board, margin: Margin) -> None:
    """Who holds how many places, the signs, the scale and the licences; the least needed is left out first."""
    _fit([*_control(board, margin.look), *_signs(board, margin)], margin, surface)


def _fit(rows: list[Row], margin: Margin, surface: pygame.Surface) -> None:
    """All rows that fit, then the foot."""
    room = margin.rect.bottom - _foot_height(margin)
    while (last := max(least for least, _ in rows)) and _written(rows, margin, None) > room:
        at = max(i for i, row in enumerate(rows) if row[0] == last)
        del rows[at]
    _written(rows, margin, surface)
    _foot(_Pen(margin, surface, room))


def _written(rows: list[Row], margin: Margin, surface: pygame.Surface | None) -> int:
    """Where the rows end, pixels from the top."""
    pen = _Pen(margin, surface, margin.rect.top)
    for _, write in rows:
        write(pen)
    return pen.top


def _head(board: Board) -> list[Row]:
    return [(0, lambda pen: _title(pen, board)), (0, lambda pen: _people(pen, board))]


def _title(pen: _Pen, board: Board) -> None:
    language = pen.look.language
    pen.line(board.title if language == "en" else word("title", language), "map-bold", 28, TEXT)
    pen.top += round(4 * pen.look.base)
    evening = word("evening", language, date=date_words(board.evening, language))
    pen.line(evening, "map", 19, TEXT)
    day = word("day", language, day=board.day, days=board.n_days) if board.day else word("opening", language)
    pen.line(day, "ui", 13.5, SOFT_TEXT)
    if board.what_ifs:
        _supposed(pen, board)
        return
    mode, _, reader = board.seen_as.partition(":")
    seen = say(f"seen.{mode}", language, reader=say(f"reader.{reader}", language) if reader else "")
    pen.line(seen, "map-italic", 14.5, TEXT)


def _supposed(pen: _Pen, board: Board) -> None:
    """A what-if, in a hatched frame where it reaches the evening; before its date that it does not."""
    pen.top += round(6 * pen.look.base)
    start, first = pen.top, min(what_if.date for what_if in board.what_ifs)
    parts = {"title": titles(board.what_ifs), "date": date_words(first, pen.look.language)}
    said = say(f"world.strip_{'now' if board.supposed else 'before'}", pen.look.language, **parts)
    band = round(10 * pen.look.base)
    pen.line(said, "ui-bold", 15, SUPPOSED, indent=band + round(6 * pen.look.base))
    if pen.surface and board.supposed:
        left = pen.margin.rect.right - band if pen.look.rtl else pen.margin.rect.left
        draw_hatch(pen.surface, pygame.Rect(left, start, band, pen.top - start))


def _people(pen: _Pen, board: Board) -> None:
    language = pen.look.language
    pen.heading(word("people", language))
    if board.seen_as.startswith(KNOWN):
        pen.line(about(board.displaced) if board.displaced else say("top.no_count", language), "map-bold", 32, PEOPLE)
        return
    pen.line(about(board.displaced), "map-bold", 32, PEOPLE)
    more = max(board.displaced - board.displaced_before, 0)
    if more:
        pen.line(word("since", language, number=about(more)), "ui", 14, TEXT)


def _control(board: Board, look: Look) -> list[Row]:
    rows: list[Row] = [(0, lambda pen: pen.heading(word("held", look.language)))]
    for at, (holder, count) in enumerate(list(board.held().items())[:_MOST_PARTIES]):
        party = board.parties[holder]
        named = party_word(holder, party.name, look.language)
        rows.append((0 if at < _SURE_PARTIES else 5, _sign_row(_sample(party, look), named, str(count))))
    return rows


def _sign_row(image: pygame.Surface, text: str, amount: str = "") -> Callable[[_Pen], None]:
    return lambda pen: pen.sign(image, text, amount)


def _signs(board: Board, margin: Margin) -> list[Row]:
    look, on = margin.look, margin.layers
    first, second = _two_parties(board)
    plain = look.counters == "plain"
    shown: list[tuple[int, str, pygame.Surface]] = [
        (4, "town", _sample(first, look)),
        (3, "base", _sample(first, look, square=True)),
        (1, "contested", _sample(first, look, contester=second)),
        (3, "unclear", _sample(first, look, unclear=True)),
        (3, "unknown", _sample(first, look, documented=False)),
        (1, "ghost", _sample(first, look, ghost=second)),
        (1, "apart", _sample(first, look, other=second)),
        (1, "shelter", circle(round(10 * look.marks), look.black_and_white)),
        (2, "flow", _band_sample(look)),
        (4, "camp", tent(round(9 * look.marks), look.black_and_white)),
        (4, "gate", barrier(round(7 * look.marks), False, look.black_and_white)),
        (5, "shut", barrier(round(7 * look.marks), True, look.black_and_white)),
        (3, "units", draw_counter(Counter(first, "infantry", look.marks * 0.8, look.black_and_white, "", 2, plain))),
        (6, "roads", _road_sample(look)),
    ]
    rows: list[Row] = [(1, lambda pen: pen.heading(word("signs", look.language)))]
    there = {
        "ghost": "ghost" in on and any(place.history for place in board.places),
        "apart": "apart" in on and any(place.other for place in board.places),
        "camp": "camps" in on and board.camps,
        "gate": "camps" in on and any(not gate.shut for gate in board.gates),
        "shut": "camps" in on and any(gate.shut for gate in board.gates),
        "units": "units" in on and board.units,
        "flow": on >= {"people", "flows"} and board.flows,
        "shelter": "people" in on and board.displaced and not board.seen_as.startswith(KNOWN),
    }
    without = {key for key, some in there.items() if not some}
    return rows + [
        (least, _sign_row(image, word(key, look.language))) for least, key, image in shown if key not in without
    ]


def _road_sample(look: Look) -> pygame.Surface:
    width, height = round(26 * look.marks), round(20 * look.marks)
    image = pygame.Surface((width, height), pygame.SRCALPHA)
    for at, ink in enumerate(reversed(ROADS.values())):
        down = round((at + 0.5) * height / len(ROADS))
        colour = OUTLINE if look.black_and_white else ink.middle
        right = width if not ink.dashed else width // 2
        pygame.draw.line(image, colour, (0, down), (right, down), max(round(ink.middle_px * look.base), 1))
    return image


def _band_sample(look: Look) -> pygame.Surface:
    return band(np.array([[0.0, 0.0], [28.0, 0.0]]) * look.marks, 9 * look.marks, look)[0]


def _two_parties(board: Board) -> tuple[Party, Party]:
    held = [board.parties[key] for key in board.held()]
    first = board.parties.get("iraq", held[0])
    return first, board.parties.get("isis", held[-1])


def _sample(party: Party, look: Look, **marks: Party | bool) -> pygame.Surface:
    """A place's sign as the map would draw it."""
    plain = Sign(party, None, None, False, True, False, False, round(9 * look.marks), look.black_and_white)
    return draw_sign(replace(plain, **marks))  # type: ignore[arg-type]


def _foot_height(margin: Margin) -> int:
    pen = _Pen(margin, None, 0)
    _foot(pen)
    return pen.top


def _foot(pen: _Pen) -> None:
    """Scale bar and licence line."""
    rect, look, zoom = pen.margin.rect, pen.look, pen.margin.zoom
    km = max((k for k in _SCALES_KM if k * zoom <= rect.width * 0.62), default=_SCALES_KM[0])
    length, thick = round(km * zoom), max(round(6 * look.base), 4)
    left = rect.right - length if look.rtl else rect.left
    style = Style("ui", 12.5 * look.text, pen.colour(TEXT))
    unit = f" {word('km', look.language)}"
    figures = [(s, render(f"{km * s:g}{unit if s == 1.0 else ''}", style, look.rtl)) for s in (0.0, 0.5, 1.0)]
    pen.top += max(figure.get_height() for _, figure in figures)
    for share, figure in figures:
        at = left + round(length * share) - (figure.get_width() // 2 if 0 < share < 1 else 0)
        right_end = rect.right - figure.get_width()
        pen.blit(figure, (min(max(at, rect.left), right_end), pen.top - figure.get_height()))
    if pen.surface:
        for quarter in range(4):
            box = pygame.Rect(left + length * quarter // 4, pen.top, length // 4 + 1, thick)
            pygame.draw.rect(pen.surface, OUTLINE if quarter % 2 == 0 else _WHITE, box)
        pygame.draw.rect(pen.surface, OUTLINE, (left, pen.top, length, thick), 1)
    pen.top += thick + round(7 * look.base)
    small = Style("ui", 10.5 * min(look.text, look.base * 1.4), pen.colour(SOFT_TEXT))
    for part in wrap(LICENCE, small, rect.width, rtl=False):
        image = render(part, small)
        pen.blit(image, (rect.left, pen.top))
        pen.top += image.get_height()
