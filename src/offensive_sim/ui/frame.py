"""The map's frame: two lines and the degrees between them."""

from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from offensive_sim.atlas.projection import Camera, unproject
from offensive_sim.atlas.words import CREDIT
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import HALO, NEATLINE, PANEL, SOFT_TEXT, Colour, Look

BAND_PX: Final = 20
"""Width of the frame in design pixels."""
_TICK: Final = 0.4


def band(look: Look) -> int:
    """Width of the frame, pixels."""
    return round(BAND_PX * look.base)


def draw_frame(surface: pygame.Surface, inner: pygame.Rect, camera: Camera, look: Look) -> None:
    """Around a map that fills ``inner``."""
    ink: Colour = (0, 0, 0) if look.black_and_white else NEATLINE
    wide = band(look)
    outer = inner.inflate(2 * wide, 2 * wide)
    paper = (255, 255, 255) if look.black_and_white else PANEL
    for side in _sides(inner, outer):
        surface.fill(paper, side)
    thick = max(round(3 * look.base), 2)
    pygame.draw.rect(surface, ink, outer, thick)
    pygame.draw.rect(surface, ink, inner.inflate(2, 2), max(round(look.base), 1))
    style = Style("map", 11 * look.base, ink)
    for degree, share in _crossings(camera, axis=0):
        x = inner.left + round(share)
        for y, down in ((inner.top, -1), (inner.bottom, 1)):
            pygame.draw.line(surface, ink, (x, y), (x, y + down * round(wide * _TICK)))
            label = render(f"{degree}°E", style)
            surface.blit(label, label.get_rect(center=(x + label.get_width() * 0.75, y + down * (wide - thick) // 2)))
    for degree, share in _crossings(camera, axis=1):
        y = inner.top + round(share)
        for x, right in ((inner.left, -1), (inner.right, 1)):
            pygame.draw.line(surface, ink, (x, y), (x + right * round(wide * _TICK), y))
            label = _upright(f"{degree}°N", style)
            surface.blit(label, label.get_rect(center=(x + right * (wide - thick) // 2, y - label.get_height() * 0.75)))


def draw_credit(surface: pygame.Surface, inner: pygame.Rect, look: Look) -> None:
    """Whose work the map rests on, small, in its lower corner at the far side."""
    style = Style("ui", 9.5 * look.base * min(look.scale, 1.4), SOFT_TEXT, HALO)
    label = render(CREDIT, style)
    if label.get_width() > inner.width:
        return
    box = label.get_rect(bottom=inner.bottom - 2)
    box.left = inner.left + 3 if look.rtl else inner.right - label.get_width() - 3
    surface.blit(label, box)


@lru_cache(maxsize=64)
def _upright(text: str, style: Style) -> pygame.Surface:
    """A label that reads upwards; shared, do not draw on it."""
    return pygame.transform.rotate(render(text, style), 90)


def _sides(inner: pygame.Rect, outer: pygame.Rect) -> list[pygame.Rect]:
    return [
        pygame.Rect(outer.left, outer.top, outer.width, inner.top - outer.top),
        pygame.Rect(outer.left, inner.bottom, outer.width, outer.bottom - inner.bottom),
        pygame.Rect(outer.left, outer.top, inner.left - outer.left, outer.height),
        pygame.Rect(inner.right, outer.top, outer.right - inner.right, outer.height),
    ]


@lru_cache(maxsize=16)
def _crossings(camera: Camera, axis: int) -> list[tuple[int, float]]:
    """Whole degrees and where they meet the frame, pixels along it."""
    length = camera.size[axis]
    pixels = np.linspace(0, length, 200)
    across = camera.size[1 - axis] / 2
    start, end = (camera.ground((p, across) if axis == 0 else (across, p)) for p in (0, length))
    degrees = unproject(np.linspace(start, end, len(pixels)))[:, axis]
    order = np.argsort(degrees)
    whole = range(int(np.ceil(degrees.min())), int(np.floor(degrees.max())) + 1)
    found = [(d, float(np.interp(d, degrees[order], pixels[order]))) for d in whole]
    return [(d, p) for d, p in found if length * 0.03 < p < length * 0.97]
