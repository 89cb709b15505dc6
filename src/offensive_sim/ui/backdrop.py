"""The relief, pale, behind the sheets that stand without a map."""

import pygame

from offensive_sim.atlas.assets import asset
from offensive_sim.ui.theme import NEATLINE, PAPER

_kept: dict[tuple[int, int], pygame.Surface] = {}


def ground(surface: pygame.Surface) -> None:
    """The relief, pale, filling the window."""
    size = surface.get_size()
    if size not in _kept:
        _kept.clear()
        relief = pygame.image.load(asset("basemap/relief_2048.jpg")).convert(surface)
        grow = max(size[0] / relief.get_width(), size[1] / relief.get_height())
        whole = pygame.transform.smoothscale_by(relief, grow)
        picture = whole.subsurface(whole.get_rect().clip(pygame.Rect((0, 0), size))).copy()
        veil = pygame.Surface(size, pygame.SRCALPHA)
        veil.fill((*PAPER, 150))
        picture.blit(veil, (0, 0))
        pygame.draw.rect(picture, NEATLINE, picture.get_rect(), 2)
        _kept[size] = picture
    surface.fill(PAPER)
    surface.blit(_kept[size], (0, 0))
