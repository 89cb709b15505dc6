"""Where the panels of the watch screen stand, in the reader's coordinates."""

from dataclasses import dataclass
from typing import Final

import pygame

from offensive_sim.ui.theme import Look

LOG_PX: Final = 400.0
CARD_PX: Final = 300.0
_LOG_SHARE: Final = 0.3
_CARD_SHARE: Final = 0.26
_MINI_PX: Final = 190.0
COMPACT: Final = 1000.0
"""Design pixels of window below which log and card take turns."""
_LEAST_MAP: Final = 260.0
"""Design pixels of map below which the log gives way."""


@dataclass(frozen=True)
class Layout:
    """Rectangles; None for what is shut or has no room."""

    top: pygame.Rect
    bottom: pygame.Rect
    log: pygame.Rect | None
    card: pygame.Rect | None
    mini: pygame.Rect | None
    map: pygame.Rect
    """The map with its frame."""


def laid_out(size: tuple[int, int], look: Look, drawers: frozenset[str], top: int, bottom: int) -> Layout:
    """Top and bottom in their heights, drawers at the sides, the map in what is left."""
    width, height = size
    bar = pygame.Rect(0, 0, width, top)
    foot = pygame.Rect(0, max(height - bottom, top), width, bottom)
    middle = pygame.Rect(0, top, width, max(foot.top - top, 1))
    log_wide = min(round(LOG_PX * look.text), round(_LOG_SHARE * width))
    card_wide = min(round(CARD_PX * look.text), round(_CARD_SHARE * width))
    has_card = "card" in drawers and width - card_wide >= _LEAST_MAP
    left = log_wide if "log" in drawers and width - log_wide - has_card * card_wide >= _LEAST_MAP else 0
    right = card_wide if has_card else 0
    log = pygame.Rect(0, middle.top, left, middle.height) if left else None
    card = mini = None
    if right:
        column = pygame.Rect(width - right, middle.top, right, middle.height)
        small = min(round(_MINI_PX * look.base), right)
        tall = round(small * 1.05) if column.height > 3 * small and look.scale < 1.7 else 0  # noqa: PLR2004 - the card needs the rest
        card = pygame.Rect(column.left, column.top, right, column.height - tall)
        if tall:
            mini = pygame.Rect(column.left, card.bottom, right, tall)
    return Layout(bar, foot, log, card, mini, pygame.Rect(left, middle.top, width - left - right, middle.height))
