"""Words as pictures: fonts, Arabic and Sorani shaping, mixed directions. Only this module makes ``Font`` objects."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from offensive_sim.atlas.assets import asset
from offensive_sim.ui.theme import Colour

FACES: Final = {
    "map": ("NotoSerif-SemiCondensed.ttf", "NotoNaskhArabic-Regular.ttf"),
    "map-bold": ("NotoSerif-SemiCondensedBold.ttf", "NotoNaskhArabic-Bold.ttf"),
    "map-italic": ("NotoSerif-SemiCondensedItalic.ttf", "NotoNaskhArabic-Regular.ttf"),
    "ui": ("NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf"),
    "ui-bold": ("NotoSans-SemiBold.ttf", "NotoSansArabic-SemiBold.ttf"),
}
"""Latin and Arabic file of each face."""
ARABIC_SIZE: Final = {"map": 1.25, "map-bold": 1.22, "map-italic": 1.2, "ui": 1.08, "ui-bold": 1.08}
"""Naskh letters are small beside Latin ones of the same size."""
_MIRROR: Final = str.maketrans("()[]<>«»", ")(][><»«")
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
"""The Latin fonts have European digits only, which Iraqi print uses as well."""
_ARABIC_MARKS: Final = "،؛؟"
_RTL_CLASSES: Final = ("R", "AL")
_NUMBER_CLASSES: Final = ("EN", "AN")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one direction."""

    text: str
    arabic: bool
    mirrored: bool = False
    """A sign between Arabic words, such as a bracket: from the other font, turned round."""


@dataclass(frozen=True)
class Style:
    """A face, a size in pixels, a colour, and perhaps a halo."""

    face: str
    px: float
    colour: Colour
    halo: Colour | None = None
    spacing: float = 0.0
    """Extra pixels between letters; never in Arabic, whose letters join."""


@lru_cache(maxsize=8192)
def split_runs(text: str, *, rtl: bool) -> tuple[Run, ...]:
    """Arabic and other stretches in the order of reading; digits and Latin are never Arabic.

    A neutral character between two of one kind is theirs; between different kinds it goes with the line's direction.
    """
    if not rtl and text.isascii():
        return (Run(text, arabic=False),) if text else ()
    kinds = [_kind(char) for char in text]
    runs: list[Run] = []
    for at, char in enumerate(text):
        kind = kinds[at]
        if kind is None:
            before = next((k for k in reversed(kinds[:at]) if k is not None), rtl)
            after = next((k for k in kinds[at + 1 :] if k is not None), rtl)
            kind = before if before == after else rtl
        sign = kind and kinds[at] is None and not char.isspace()
        run = Run(char, arabic=kind and not sign, mirrored=sign)
        if runs and not sign and not runs[-1].mirrored and runs[-1].arabic == run.arabic:
            runs[-1] = Run(runs[-1].text + char, run.arabic)
        else:
            runs.append(run)
    return tuple(runs)


def _kind(char: str) -> bool | None:
    """Whether a character is of the Arabic script; None where its neighbours decide."""
    found = unicodedata.bidirectional(char)
    if found == "L" or found in _NUMBER_CLASSES:
        return False
    return True if found in (*_RTL_CLASSES, "NSM") or char in _ARABIC_MARKS else None


def starts_rtl(text: str) -> bool:
    """Whether the first letter is Arabic."""
    return next((kind for kind in map(_kind, text) if kind is not None), False)


@lru_cache(maxsize=256)
def _font(face: str, px: int, arabic: bool) -> pygame.font.Font:
    if not pygame.font.get_init():
        pygame.font.init()
    size = round(px * ARABIC_SIZE[face]) if arabic else px
    font = pygame.font.Font(asset(f"fonts/{FACES[face][arabic]}"), max(size, 6))
    if arabic:
        font.set_script("Arab")
        font.set_direction(pygame.DIRECTION_RTL)
    return font


@lru_cache(maxsize=4096)
def render(text: str, style: Style, rtl: bool | None = None) -> pygame.Surface:
    """A line of text on a clear ground; do not draw on it, it is shared."""
    plain = _line(text, style, style.colour, starts_rtl(text) if rtl is None else rtl)
    if style.halo is None:
        return plain
    reach = max(round(style.px / 9), 1)
    shade = _line(text, style, style.halo, starts_rtl(text) if rtl is None else rtl)
    whole = pygame.Surface((plain.get_width() + 2 * reach, plain.get_height() + 2 * reach), pygame.SRCALPHA)
    whole.fill((*style.halo, 0))
    for right in range(-reach, reach + 1):
        for down in range(-reach, reach + 1):
            if 0 < right * right + down * down <= reach * reach + 1:
                whole.blit(shade, (reach + right, reach + down))
    whole.blit(plain, (reach, reach))
    return whole


def _line(text: str, style: Style, colour: Colour, rtl: bool) -> pygame.Surface:
    runs = split_runs(text, rtl=rtl) or (Run(" ", False),)
    pieces = [_run(run, style, colour) for run in runs]
    if rtl:
        pieces.reverse()
    ascent = max(up for _, up in pieces)
    below = max(surface.get_height() - up for surface, up in pieces)
    width = sum(surface.get_width() for surface, _ in pieces)
    whole = pygame.Surface((max(width, 1), ascent + below), pygame.SRCALPHA)
    whole.fill((*colour, 0))
    left = 0
    for surface, up in pieces:
        whole.blit(surface, (left, ascent - up))
        left += surface.get_width()
    return whole


def _run(run: Run, style: Style, colour: Colour) -> tuple[pygame.Surface, int]:
    """A run and its height above the line."""
    font = _font(style.face, max(round(style.px), 6), run.arabic)
    if not style.spacing or run.arabic:
        text = run.text.translate(_MIRROR) if run.mirrored else run.text
        text = text if run.arabic else text.translate(_DIGITS)
        return font.render(text, True, colour), font.get_ascent()
    letters = [font.render(char, True, colour) for char in run.text]
    width = sum(letter.get_width() + round(style.spacing) for letter in letters)
    whole = pygame.Surface((width, letters[0].get_height()), pygame.SRCALPHA)
    left = 0
    for letter in letters:
        whole.blit(letter, (left, 0))
        left += letter.get_width() + round(style.spacing)
    return whole, font.get_ascent()


@lru_cache(maxsize=16384)
def width_of(text: str, style: Style) -> int:
    """Pixels a line takes, without drawing it."""
    px = max(round(style.px), 6)
    extra = 0 if style.halo is None else 2 * max(round(style.px / 9), 1)
    if text.isascii():
        return extra + _font(style.face, px, False).size(text)[0]
    return extra + sum(_font(style.face, px, run.arabic).size(run.text)[0] for run in split_runs(text, rtl=True))


@lru_cache(maxsize=256)
def line_height(style: Style, arabic: bool = False) -> int:
    """Pixels from one line to the next."""
    px = max(round(style.px), 6)
    heights = [_font(style.face, px, one).get_height() for one in ((False, True) if arabic else (False,))]
    return max(heights)


@lru_cache(maxsize=4096)
def _wrapped(text: str, style: Style, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, style) <= width:
            lines[-1] = longer
        else:
            lines += _broken(word, style, width)
    return tuple(lines)


def _broken(word: str, style: Style, width: int) -> list[str]:
    """A word too long for a line, such as an address, cut where it must be."""
    parts = []
    while len(word) > 1 and width_of(word, style) > width:
        fits = max((n for n in range(1, len(word)) if width_of(word[:n], style) <= width), default=1)
        parts.append(word[:fits])
        word = word[fits:]
    return [*parts, word]


def wrap(text: str, style: Style, width: int, *, rtl: bool) -> list[str]:  # noqa: ARG001 - the width is the same
    """Lines no wider than some pixels, broken at spaces."""
    return list(_wrapped(text, style, width))
