"""Camps as tents, checkpoints as barred discs on their roads, shut roads as crosses, and who waits there."""

from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from offensive_sim.atlas.words import about
from offensive_sim.engine.axes import Floats
from offensive_sim.ui.ink import SPRITE_FINER, reduced
from offensive_sim.ui.naming import mark_radius
from offensive_sim.ui.people import Placement
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import HALO, OUTLINE, PAPER, PEOPLE, Colour, Look
from offensive_sim.views.board import Board

_TENT_PX: Final = 8.5
_GATE_PX: Final = 6.0
_FEWEST_WAITING: Final = 1000
_NEAR: Final = 0.42
"""How far along its road a checkpoint is drawn."""
_MOST: Final = 16.0
"""Design pixels from the near end at most, so that it is seen whose checkpoint it is."""


@lru_cache(maxsize=64)
def tent(radius: int, black_and_white: bool) -> pygame.Surface:
    """A tent; shared, do not draw on it."""
    fine = SPRITE_FINER
    size = (2 * radius + 4) * fine
    image = pygame.Surface((size, size), pygame.SRCALPHA)
    image.fill((*HALO, 0))
    ink = OUTLINE if black_and_white else PEOPLE
    m, r = size / 2, radius * fine
    left, right, foot, top = m - r, m + r, m + r * 0.72, m - r * 0.8
    around = 1.6 * fine
    outer = [(m, top - 2 * around), (right + 2 * around, foot + around), (left - 2 * around, foot + around)]
    pygame.draw.polygon(image, HALO, outer)
    pygame.draw.polygon(image, ink, [(m, top), (right, foot), (left, foot)])
    door = r * 0.36
    pygame.draw.polygon(image, PAPER, [(m, foot - r * 0.86), (m + door, foot), (m - door, foot)])
    return reduced(image, fine)


@lru_cache(maxsize=64)
def barrier(radius: int, shut: bool, black_and_white: bool) -> pygame.Surface:
    """A disc with a bar for a checkpoint, a cross for a road that is shut; shared, do not draw on it."""
    fine = SPRITE_FINER
    size = (2 * radius + 4) * fine
    image = pygame.Surface((size, size), pygame.SRCALPHA)
    image.fill((*HALO, 0))
    ink: Colour = OUTLINE if black_and_white or shut else PEOPLE
    m, r = size / 2, radius * fine
    line = max(round(r * 0.34), fine)
    if shut:
        for colour, wide in ((HALO, line + 2 * fine), (ink, line)):
            pygame.draw.line(image, colour, (m - r * 0.8, m - r * 0.8), (m + r * 0.8, m + r * 0.8), wide)
            pygame.draw.line(image, colour, (m - r * 0.8, m + r * 0.8), (m + r * 0.8, m - r * 0.8), wide)
    else:
        pygame.draw.circle(image, ink, (m, m), r + fine * 0.4)
        pygame.draw.circle(image, PAPER, (m, m), r - line * 0.62)
        pygame.draw.rect(image, ink, pygame.Rect(round(m - r * 0.6), round(m - line / 2), round(r * 1.2), line))
    return reduced(image, fine)


def waysides(board: Board, points: Floats, zoom: float, look: Look) -> list[Placement]:
    """All of them with their places on the map sheet; tents stand below their place's sign."""
    grey = look.black_and_white
    found: list[Placement] = []
    waiting: dict[int, int] = {}
    for gate in board.gates:
        image = barrier(round(_GATE_PX * look.marks), gate.shut, grey)
        start, end = points[gate.start], points[gate.end]
        length = max(float(np.hypot(*(end - start))), 1.0)
        least = mark_radius(board.places[gate.start], zoom, look) + image.get_width() / 2
        share = 0.5 if gate.shut else min(max(least, min(_NEAR * length, _MOST * look.marks)) / length, 0.5)
        x, y = start + (end - start) * share
        found.append((image, image.get_rect(center=(round(float(x)), round(float(y))))))
        waiting[gate.start] = max(waiting.get(gate.start, 0), gate.waiting)
    for camp in board.camps:
        image = tent(round(_TENT_PX * look.marks), grey)
        down = mark_radius(board.places[camp.place], zoom, look) * 0.6 + image.get_height() * 0.5
        x, y = points[camp.place]
        found.append((image, image.get_rect(center=(round(float(x)), round(float(y + down))))))
    style = Style("ui-bold", 10.5 * look.text, OUTLINE if grey else PEOPLE, (255, 255, 255) if grey else HALO)
    for place, people in waiting.items():
        if people >= _FEWEST_WAITING * max(min(4.0 * look.base / zoom, 3.0), 1.0):
            words = render(f"… {about(people)}", style)
            down = mark_radius(board.places[place], zoom, look) + words.get_height() * 0.5
            x, y = points[place]
            found.append((words, words.get_rect(center=(round(float(x)), round(float(y + down))))))
    return found
