"""Pens: smooth thick lines, areas, hatching. Everything is drawn larger and scaled down, which smooths its edges."""

from typing import Final

import numpy as np
import pygame

from offensive_sim.engine.axes import Floats
from offensive_sim.ui.theme import Colour

FINER: Final = 2
"""How many times larger tiles are drawn before they are scaled down."""
SPRITE_FINER: Final = 4
"""The same for small marks."""
_HAIRLINE: Final = 2.0
Rgba = Colour | tuple[int, int, int, int]


def pen(surface: pygame.Surface, points: Floats, width: float, colour: Rgba) -> None:
    """A line with round joints and ends; points and width in pixels of the surface."""
    if len(points) < 2:  # noqa: PLR2004 - no line
        return
    if width < _HAIRLINE:
        pygame.draw.lines(surface, colour, False, points.tolist(), 1)
        return
    start, end = points[:-1], points[1:]
    along = end - start
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    side = np.stack([-along[:, 1], along[:, 0]], axis=1) / length * (width / 2)
    quads = np.stack([start + side, end + side, end - side, start - side], axis=1)
    for quad in quads.tolist():
        pygame.draw.polygon(surface, colour, quad)
    for joint in points.tolist():
        pygame.draw.circle(surface, colour, joint, width / 2)


def ribbon(surface: pygame.Surface, points: Floats, widths: Floats, colour: Rgba) -> None:
    """A band whose width changes along it."""
    along = np.gradient(points, axis=0)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    side = np.stack([-along[:, 1], along[:, 0]], axis=1) / length * (widths[:, None] / 2)
    outline = np.concatenate([points + side, (points - side)[::-1]])
    pygame.draw.polygon(surface, colour, outline.tolist())


def hatch(size: int, pattern: str, colour: Rgba, gap: float, width: float) -> pygame.Surface:
    """A square of a pattern on a clear ground: vertical, horizontal, diagonal, dots or cross."""
    square = pygame.Surface((size, size), pygame.SRCALPHA)
    steps = np.arange(-size, 2 * size, gap)
    line = max(round(width), 1)
    for at in steps.tolist():
        if pattern == "vertical":
            pygame.draw.line(square, colour, (at, 0), (at, size), line)
        if pattern in ("horizontal",):
            pygame.draw.line(square, colour, (0, at), (size, at), line)
        if pattern in ("diagonal", "cross"):
            pygame.draw.line(square, colour, (at, 0), (at + size, size), line)
        if pattern == "cross":
            pygame.draw.line(square, colour, (at + size, 0), (at, size), line)
        if pattern == "dots":
            for down in steps.tolist():
                pygame.draw.circle(square, colour, (at, down), width * 0.95)
    return square


def disc_mask(size: int, radius: float) -> pygame.Surface:
    """White inside a centred circle, clear outside; multiply with it to cut a disc."""
    mask = pygame.Surface((size, size), pygame.SRCALPHA)
    mask.fill((255, 255, 255, 0))
    pygame.draw.circle(mask, (255, 255, 255, 255), (size / 2, size / 2), radius)
    return mask


def reduced(surface: pygame.Surface, times: int) -> pygame.Surface:
    """Scaled down with smooth edges."""
    width, height = surface.get_size()
    return pygame.transform.smoothscale(surface, (max(width // times, 1), max(height // times, 1)))
