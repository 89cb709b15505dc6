"""Signs of places: disc of the holder, letter and outline; ring if contested, hatch if unclear, hollow if unknown."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pygame

from offensive_sim.atlas.palette import letter_colour, print_grey, rgb
from offensive_sim.ui.ink import SPRITE_FINER, disc_mask, hatch, reduced
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import HALO, OUTLINE, SUPPOSED, Colour
from offensive_sim.views.board import BOTH, Board, Party, PlaceMark

_LETTER_FROM: Final = 5.0
"""Smallest radius, in pixels, that still carries a letter."""
_BADGE_PX: Final = 9.0
_ROUND: Final = ("city", "town", "village", "camp")
"""Kinds where people live; others stand as rounded squares."""
_PAPER: Final[Colour] = (252, 249, 240)


@dataclass(frozen=True)
class Sign:
    """All that decides how a place's sign looks."""

    party: Party
    contester: Party | None
    ghost: Party | None
    ghost_both: bool
    documented: bool
    unclear: bool
    square: bool
    radius: float
    black_and_white: bool
    other: Party | None = None
    """Who holds it in the world beside this one, if not the same."""
    other_both: bool = False


def sign_of(board: Board, mark: PlaceMark, radius: float, *, black_and_white: bool) -> Sign:
    """The sign of a place."""
    return Sign(
        party=board.parties[mark.holder],
        contester=board.parties[mark.contested_by] if mark.contested_by else None,
        ghost=board.parties.get(mark.history or "") if mark.differs else None,
        ghost_both=mark.differs and mark.history == BOTH,
        documented=mark.documented,
        unclear=mark.unclear,
        square=mark.kind not in _ROUND,
        radius=radius,
        black_and_white=black_and_white,
        other=board.parties.get(mark.other or ""),
        other_both=mark.other == BOTH,
    )


def ground(party: Party, *, black_and_white: bool) -> Colour:
    """Colour of a party's disc."""
    return print_grey(party.letter, party.pattern) if black_and_white else rgb(party.colour)


@lru_cache(maxsize=1024)
def draw_sign(sign: Sign) -> pygame.Surface:
    """A sign on a clear ground, its centre in the middle; shared, do not draw on it."""
    radius = sign.radius * SPRITE_FINER
    size = 2 * round(radius * 2.1)
    sheet = pygame.Surface((size, size), pygame.SRCALPHA)
    sheet.fill((*HALO, 0))
    line = max(radius * 0.16, SPRITE_FINER * 1.1)
    if sign.other or sign.other_both:
        _brackets(sheet, sign, radius)
    if sign.ghost or sign.ghost_both:
        _ghost(sheet, sign, radius)
    if sign.contester:
        ring = OUTLINE if sign.black_and_white else rgb(sign.contester.colour)
        _blob(sheet, OUTLINE, radius * 1.36 + line * 0.5, square=sign.square)
        _blob(sheet, ring, radius * 1.36, square=sign.square)
        _blob(sheet, _PAPER, radius * 1.12, square=sign.square)
    else:
        _blob(sheet, _PAPER, radius * 1.14, square=sign.square)
    _blob(sheet, OUTLINE, radius, square=sign.square)
    _fill(sheet, sign, radius - line)
    small = reduced(sheet, SPRITE_FINER)
    if sign.radius >= _LETTER_FROM:
        _letters(small, sign)
    return small


def _blob(sheet: pygame.Surface, colour: Colour, radius: float, *, square: bool) -> None:
    middle = sheet.get_width() / 2
    if square:
        half = radius * 0.9
        box = pygame.Rect(0, 0, round(2 * half), round(2 * half))
        box.center = (round(middle), round(middle))
        pygame.draw.rect(sheet, colour, box, border_radius=round(radius * 0.3))
    else:
        pygame.draw.circle(sheet, colour, (middle, middle), radius)


def _fill(sheet: pygame.Surface, sign: Sign, radius: float) -> None:
    """The party's ground and pattern; grey strokes if unclear; paper with a rim if unknown."""
    colour = ground(sign.party, black_and_white=sign.black_and_white)
    _blob(sheet, colour, radius, square=sign.square)
    pattern = "cross" if sign.unclear else sign.party.pattern
    if not sign.documented:
        _blob(sheet, _PAPER, radius * 0.7, square=sign.square)
    elif pattern != "solid":
        size = sheet.get_width()
        over = (90, 90, 90) if sign.unclear and not sign.black_and_white else OUTLINE
        lines = hatch(size, pattern, over, radius * 0.52, radius * 0.13)
        mask = disc_mask(size, radius * (0.88 if sign.square else 1.0))
        lines.blit(mask, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        sheet.blit(lines, (0, 0))


def _brackets(sheet: pygame.Surface, sign: Sign, radius: float) -> None:
    """Four corners around a place that the world beside this one has otherwise: a shape no other sign has."""
    middle, reach, arm = sheet.get_width() / 2, radius * 1.82, radius * 0.85
    line = max(radius * 0.3, SPRITE_FINER * 2.0)
    ink = OUTLINE if sign.black_and_white else SUPPOSED
    for wide, colour in ((line + SPRITE_FINER * 2.2, _PAPER), (line, ink)):
        for right in (-1, 1):
            for down in (-1, 1):
                x, y = middle + right * reach, middle + down * reach
                over = wide / 2
                for box in (
                    pygame.Rect(min(x, x - right * arm) - over, y - over, arm + 2 * over, 2 * over),
                    pygame.Rect(x - over, min(y, y - down * arm) - over, 2 * over, arm + 2 * over),
                ):
                    sheet.fill(colour, box)


def _ghost(sheet: pygame.Surface, sign: Sign, radius: float) -> None:
    """A thin outer ring: who held it in fact; dark and broken where two did; always broken in print."""
    middle = sheet.get_width() / 2
    thin = max(radius * 0.17, SPRITE_FINER * 1.7)
    outer = radius * (1.8 if sign.contester else 1.5) + thin / 2
    colour = OUTLINE if sign.black_and_white or sign.ghost is None else rgb(sign.ghost.colour)
    edge = SPRITE_FINER * 0.7
    for reach, ink in ((outer + edge * 1.6, _PAPER), (outer + edge, OUTLINE), (outer, colour)):
        pygame.draw.circle(sheet, ink, (middle, middle), reach)
    pygame.draw.circle(sheet, _PAPER, (middle, middle), outer - thin)
    if sign.ghost_both or sign.black_and_white:
        for start in range(15, 375, 60):
            _gap(sheet, start, outer + edge * 2, middle)
    pygame.draw.circle(sheet, (*HALO, 0), (middle, middle), outer - thin - edge)


def _gap(sheet: pygame.Surface, degrees: int, reach: float, middle: float) -> None:
    """A break in the ring."""
    ray = pygame.Vector2(reach * 1.1, 0)
    centre = pygame.Vector2(middle, middle)
    wedge = [centre, *(centre + ray.rotate(degrees + turn) for turn in (0, 15, 30))]
    pygame.draw.polygon(sheet, (*HALO, 0), wedge)


def _letters(small: pygame.Surface, sign: Sign) -> None:
    """The holder's letter in the disc, the contester's or history's on a badge beside it."""
    middle = small.get_width() / 2
    colour = ground(sign.party, black_and_white=sign.black_and_white)
    plain = sign.documented and not sign.unclear and sign.party.pattern == "solid"
    ink = letter_colour(colour) if plain else OUTLINE
    halo = None if plain else _PAPER
    letter = render(sign.party.letter, Style("ui-bold", sign.radius * 1.35, ink, halo))
    small.blit(letter, letter.get_rect(center=(round(middle), round(middle))))
    other = sign.contester or (sign.ghost if sign.black_and_white else None)
    if other:
        badge = render(other.letter, Style("ui-bold", max(sign.radius * 1.1, _BADGE_PX), OUTLINE, _PAPER))
        away = sign.radius * 1.25
        small.blit(badge, badge.get_rect(center=(round(middle + away), round(middle - away))))
    if sign.other:
        badge = render(
            sign.other.letter, Style("ui-bold", max(sign.radius * 1.1, _BADGE_PX), SUPPOSED, _PAPER)
        )
        away = sign.radius * 1.25
        small.blit(badge, badge.get_rect(center=(round(middle - away), round(middle + away))))
