"""Small signs for kinds of events, told apart by shape before colour."""

from functools import lru_cache

import pygame

from offensive_sim.ui.ink import SPRITE_FINER, reduced
from offensive_sim.ui.theme import OUTLINE, PANEL, PEOPLE, Colour

BLUE: Colour = (0, 96, 160)
BROWN: Colour = (140, 92, 40)


@lru_cache(maxsize=128)
def kind_sign(kind: str, radius: int) -> pygame.Surface:
    """The sign of a kind of event; shared, do not draw on it."""
    size = (2 * radius + 4) * SPRITE_FINER
    sheet = pygame.Surface((size, size), pygame.SRCALPHA)
    sheet.fill((*PANEL, 0))
    m, r, line = size / 2, radius * SPRITE_FINER, max(round(radius * SPRITE_FINER * 0.3), SPRITE_FINER)
    square = pygame.Rect(round(m - r * 0.85), round(m - r * 0.85), round(r * 1.7), round(r * 1.7))
    if kind == "people":
        pygame.draw.circle(sheet, PEOPLE, (m, m), r)
    elif kind == "humanitarian":
        pygame.draw.circle(sheet, PEOPLE, (m, m), r, line)
        pygame.draw.line(sheet, PEOPLE, (m - r, m), (m + r, m), line)
        pygame.draw.line(sheet, PEOPLE, (m, m - r), (m, m + r), line)
    elif kind == "control":
        pygame.draw.rect(sheet, OUTLINE, square)
    elif kind == "fighting":
        pygame.draw.line(sheet, OUTLINE, (m - r, m - r), (m + r, m + r), line)
        pygame.draw.line(sheet, OUTLINE, (m - r, m + r), (m + r, m - r), line)
    elif kind == "political":
        pygame.draw.rect(sheet, OUTLINE, square, line)
    elif kind == "atrocity":
        pygame.draw.polygon(sheet, OUTLINE, [(m, m - r * 1.2), (m + r, m), (m, m + r * 1.2), (m - r, m)])
    elif kind == "economic":
        pygame.draw.polygon(sheet, BROWN, [(m, m - r), (m + r, m + r), (m - r, m + r)])
    else:
        pygame.draw.polygon(sheet, BLUE, [(m - r, m - r), (m + r, m - r), (m, m + r)])
    return reduced(sheet, SPRITE_FINER)
