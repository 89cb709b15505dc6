"""Where names go: eight positions around a mark, the more important first, and no two ever overlap."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pygame

DIAGONAL: Final = 0.72
"""How far out a corner position lies, as a share of the distance to the side."""
_CLOSE: Final = 2.1
"""How far from its sign, in its clear distance, a name may stand upon other signs."""
_MAY_TOUCH: Final = 4
"""Pixels by which a name's clear margin may reach over a mark."""


@dataclass(frozen=True)
class Label:
    """A name that wants a place."""

    key: str
    rank: float
    """Higher goes first."""
    surface: pygame.Surface
    anchor: tuple[float, float]
    """Centre of its mark, pixels of the sheet."""
    clear: float
    """Distance to keep from the centre; 0 puts the name upon its anchor and tries the points of ``spare``."""
    spare: tuple[tuple[float, float], ...] = ()
    must: bool = False
    """Rather upon the signs of lesser places than left out."""
    farther: tuple[float, ...] = ()
    """More rounds of the eight positions, at so many times the distance, for names that must not be missed."""


@dataclass(frozen=True)
class Placed:
    """A name with its place."""

    label: Label
    rect: pygame.Rect


def place_labels(
    labels: list[Label], marks: list[pygame.Rect], bounds: pygame.Rect | None = None, *, rtl: bool = False
) -> list[Placed]:
    """Greedy by rank; a name that finds no room is left out."""
    placed: list[Placed] = []
    taken: list[pygame.Rect] = []
    for label in sorted(labels, key=lambda one: (-one.rank, one.key)):
        if bounds and label.clear and not bounds.collidepoint(label.anchor):
            continue  # its sign is out of sight: the name would stand beside another
        free = [
            rect
            for rect in candidates(label, rtl=rtl)
            if rect.collidelist(taken) < 0 and (not bounds or bounds.contains(rect))
        ]
        clear = (rect for rect in free if rect.inflate(-_MAY_TOUCH, -_MAY_TOUCH).collidelist(marks) < 0)
        chosen = next(clear, free[0] if free and label.must and _near(label, free[0]) else None)
        if chosen:
            placed.append(Placed(label, chosen))
            taken.append(chosen)
    return placed


def _near(label: Label, rect: pygame.Rect) -> bool:
    """Whether a name stands so close to its sign that it is seen whose it is."""
    x, y = label.anchor
    side, rise = abs(rect.centerx - x) - rect.width / 2, abs(rect.centery - y) - rect.height / 2
    return max(side, rise) <= label.clear * _CLOSE


def candidates(label: Label, *, rtl: bool = False) -> Iterator[pygame.Rect]:
    """Right, left, above, below, then the corners; left first for those who read from the right."""
    rect = label.surface.get_rect()
    x, y = label.anchor
    if not label.clear:
        yield from (_at(rect, point) for point in (label.anchor, *label.spare))
        return
    for times in (1.0, *label.farther):
        yield from (_at(rect, (x + right, y + down)) for right, down in _around(rect, label.clear * times, rtl=rtl))


def _around(rect: pygame.Rect, clear: float, *, rtl: bool) -> list[tuple[float, float]]:
    side, rise = clear + rect.width / 2, clear * 0.8 + rect.height / 2
    corner = (clear * DIAGONAL + rect.width / 2, clear * DIAGONAL * 0.6 + rect.height / 2)
    east, west = (-1, 1) if rtl else (1, -1)
    return [
        (east * side, 0.0),
        (west * side, 0.0),
        (east * corner[0], -corner[1]),
        (east * corner[0], corner[1]),
        (0.0, -rise),
        (0.0, rise),
        (west * corner[0], -corner[1]),
        (west * corner[0], corner[1]),
    ]


def _at(rect: pygame.Rect, centre: tuple[float, float]) -> pygame.Rect:
    width, height = rect.size
    return pygame.Rect(int(centre[0] + 0.5) - width // 2, int(centre[1] + 0.5) - height // 2, width, height)
