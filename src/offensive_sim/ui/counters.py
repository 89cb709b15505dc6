"""Counters of formations: the party's letter on its colour, the main arm as a staff sign or a plain picture."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from offensive_sim.atlas.palette import letter_colour
from offensive_sim.ui.ink import SPRITE_FINER, reduced
from offensive_sim.ui.symbols import ground
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import OUTLINE, PAPER, Colour
from offensive_sim.views.board import Party

_WIDE: Final = 31.0
_TALL: Final = 16.0
_LETTER: Final = 10.0
"""Design width of the letter's strip."""
_ABOVE: Final = 7.0
_STEP: Final = 2.6
"""Design pixels by which a counter below another one stands out."""
_MOST_BELOW: Final = 2
_ECHELONS: Final = {"battalion": "II", "regiment": "III", "brigade": "X", "division": "XX"}
_FOOT: Final = ("infantry", "special-forces", "militia")
_TRUCK: Final = ("light-motorised", "insurgent")
_ARMOUR: Final = ("armour", "mechanised")


@dataclass(frozen=True)
class Counter:
    """All that decides how a counter looks."""

    party: Party
    kind: str
    marks: float
    black_and_white: bool
    echelon: str = ""
    number: int = 1
    """Formations that it stands for."""
    plain: bool = False
    """A picture instead of a staff sign."""


@lru_cache(maxsize=256)
def draw_counter(counter: Counter) -> pygame.Surface:
    """A counter, with more of them below it where it stands for several; shared, do not draw on it."""
    fine, scale = SPRITE_FINER, counter.marks * SPRITE_FINER
    wide, tall, step = round(_WIDE * scale), round(_TALL * scale), round(_STEP * scale)
    mark = "" if counter.plain else _ECHELONS.get(counter.echelon, "")
    above = round(_ABOVE * scale) if mark else 0
    below = min(counter.number - 1, _MOST_BELOW)
    image = pygame.Surface((wide + below * step, tall + above + below * step), pygame.SRCALPHA)
    image.fill((*PAPER, 0))
    colour = ground(counter.party, black_and_white=counter.black_and_white)
    for number in range(below, -1, -1):
        box = pygame.Rect(number * step, above + (below - number) * step, wide, tall)
        _body(image, box, colour)
    box = pygame.Rect(0, above + below * step, wide, tall)
    _face(image, box, counter, colour)
    small = reduced(image, fine)
    strip = pygame.Rect(0, box.top // fine, round(_LETTER * counter.marks), tall // fine)
    letter = render(counter.party.letter, Style("ui-bold", 10.5 * counter.marks, OUTLINE))
    small.blit(letter, letter.get_rect(center=(strip.centerx + 1, strip.centery)))
    if mark:
        sign = render(mark, Style("ui-bold", 8.5 * counter.marks, OUTLINE, PAPER))
        middle = round((_LETTER + (_WIDE - _LETTER) / 2) * counter.marks)
        small.blit(sign, sign.get_rect(midbottom=(middle, box.top // fine + round(2.4 * counter.marks))))
    return small


def _body(image: pygame.Surface, box: pygame.Rect, colour: Colour) -> None:
    line = round(1.3 * SPRITE_FINER)
    image.fill(OUTLINE, box)
    image.fill(colour, box.inflate(-2 * line, -2 * line))


def _face(image: pygame.Surface, box: pygame.Rect, counter: Counter, colour: Colour) -> None:
    """The letter's strip, and the arm beside it."""
    line = round(1.3 * SPRITE_FINER)
    strip = round(_LETTER * counter.marks * SPRITE_FINER)
    image.fill(PAPER, pygame.Rect(box.left + line, box.top + line, strip - line, box.height - 2 * line))
    image.fill(OUTLINE, pygame.Rect(box.left + strip, box.top, line, box.height))
    room = pygame.Rect(box.left + strip + line, box.top + line, box.width - strip - 2 * line, box.height - 2 * line)
    draw = _picture if counter.plain else _arm
    draw(image, room, counter.kind, letter_colour(colour))


def _arm(image: pygame.Surface, box: pygame.Rect, kind: str, ink: Colour) -> None:
    """Crossed lines for foot, an oval for armour, both for mechanised; a cross for police; wheels for trucks."""
    line = max(round(box.height * 0.1), SPRITE_FINER)
    if kind in (*_FOOT, "mechanised"):
        pygame.draw.line(image, ink, box.topleft, box.bottomright, line)
        pygame.draw.line(image, ink, box.bottomleft, box.topright, line)
    if kind in _ARMOUR:
        pygame.draw.ellipse(image, ink, box.inflate(-box.width * 0.3, -box.height * 0.35), line)
    if kind == "police":
        pygame.draw.line(image, ink, box.midtop, box.midbottom, line)
        pygame.draw.line(image, ink, box.midleft, box.midright, line)
    if kind in _TRUCK:
        pygame.draw.line(image, ink, box.bottomleft, box.topright, line)
        for share in (0.25, 0.75):
            at = (box.left + box.width * share, box.bottom - box.height * 0.14)
            pygame.draw.circle(image, ink, at, box.height * 0.14)
    if kind == "special-forces":
        pygame.draw.polygon(image, ink, [box.midtop, box.center, (box.left + box.width * 0.35, box.top)])


def _picture(image: pygame.Surface, box: pygame.Rect, kind: str, ink: Colour) -> None:
    """Three people for foot, a truck, a tank, a shield for police."""
    x, y, u = box.centerx, box.centery, box.height / 10
    if kind in _TRUCK:
        pygame.draw.rect(image, ink, pygame.Rect(x - 6 * u, y - 1.5 * u, 7.5 * u, 3.2 * u))
        cab = [(x + 1.8 * u, y - 3 * u), (x + 4.2 * u, y - 3 * u), (x + 6 * u, y - u), (x + 6 * u, y + 1.7 * u)]
        pygame.draw.polygon(image, ink, [*cab, (x + 1.8 * u, y + 1.7 * u)])
        for at in (-3.6, 3.8):
            pygame.draw.circle(image, ink, (x + at * u, y + 2.4 * u), 1.6 * u)
    elif kind in _ARMOUR:
        pygame.draw.ellipse(image, ink, pygame.Rect(x - 6 * u, y + 0.2 * u, 12 * u, 3.8 * u))
        pygame.draw.rect(image, ink, pygame.Rect(x - 3 * u, y - 2.6 * u, 5.5 * u, 3.2 * u))
        pygame.draw.line(image, ink, (x + 2 * u, y - 1.4 * u), (x + 7 * u, y - 2.4 * u), round(u))
    elif kind == "police":
        shield = [(-3, -3.8), (0, -3), (3, -3.8), (3, 0.5), (0, 4), (-3, 0.5)]
        pygame.draw.polygon(image, ink, [(x + a * u, y + b * u) for a, b in shield])
    else:
        for at in (-4, 0, 4):
            pygame.draw.circle(image, ink, (x + at * u, y - 2.2 * u), 1.4 * u)
            body = pygame.Rect(round(x + (at - 1.4) * u), round(y - 0.4 * u), round(2.8 * u), round(4 * u))
            pygame.draw.rect(image, ink, body, border_radius=round(u))
