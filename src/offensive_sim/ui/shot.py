"""Pictures without a window: the map with its margin, on a surface or in a file. No display is needed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame

from offensive_sim.atlas.projection import STORY_BOX, Camera
from offensive_sim.ui.cartouche import Margin, draw_margin
from offensive_sim.ui.frame import band, draw_frame
from offensive_sim.ui.mapview import Layers, MapView
from offensive_sim.ui.theme import PANEL, Look
from offensive_sim.ui.watching import USUAL
from offensive_sim.views.board import Board

SIZE: Final = (1920, 1080)
SCALES: Final = (1.0, 2.5)
"""Smallest and largest text."""
_MARGIN_SHARE: Final = 0.185
_WIDEST: Final = 0.34
_GAP_PX: Final = 18


@dataclass(frozen=True)
class Drawn:
    """How a picture is drawn."""

    size: tuple[int, int] = SIZE
    language: str = "en"
    scale: float = 1.0
    """Size of text, cut to ``SCALES``."""
    black_and_white: bool = False
    layers: frozenset[str] | None = None
    """Which layers are on; the usual ones if None."""
    counters: str = "app6"


class Painter:
    """Draws evenings one after another; what they share is drawn once."""

    def __init__(self, drawn: Drawn | None = None) -> None:
        self.drawn = drawn or Drawn()
        chosen = USUAL if self.drawn.layers is None else self.drawn.layers
        self._layers = chosen
        self._map = MapView(Layers(**{name: name in chosen for name in Layers.names_of()}, whole_names=True))

    def draw(self, board: Board) -> pygame.Surface:
        """One evening as a picture."""
        drawn, grey = self.drawn, self.drawn.black_and_white
        scale = min(max(drawn.scale, SCALES[0]), SCALES[1])
        look = Look(drawn.language, scale, grey, drawn.size[1], drawn.counters)
        picture = pygame.Surface(drawn.size)
        picture.fill((255, 255, 255) if grey else PANEL)
        margin, inner = _layout(drawn.size, look)
        camera = Camera.fitting(STORY_BOX, inner.size)
        self._map.draw(picture.subsurface(inner), board, camera, look)
        draw_frame(picture, inner, camera, look)
        draw_margin(picture, board, Margin(margin, look, camera.zoom, self._layers))
        return pygame.transform.grayscale(picture) if grey else picture


def draw_picture(board: Board, drawn: Drawn | None = None) -> pygame.Surface:
    """One evening as a picture."""
    return Painter(drawn).draw(board)


def save_picture(path: Path, board: Board, drawn: Drawn | None = None) -> None:
    """The same in a file; its ending says the format, PNG as a rule."""
    pygame.image.save(draw_picture(board, drawn), path)


def _layout(size: tuple[int, int], look: Look) -> tuple[pygame.Rect, pygame.Rect]:
    """The margin and the map inside its frame; the margin stands where reading begins."""
    gap, frame = round(_GAP_PX * look.base), band(look)
    width = round(min(_MARGIN_SHARE * look.scale**0.7, _WIDEST) * size[0])
    inner = pygame.Rect(width + 2 * gap + frame, gap // 2 + frame, 0, 0)
    inner.size = (size[0] - inner.left - frame - gap // 2, size[1] - 2 * inner.top)
    margin = pygame.Rect(gap, gap, width, size[1] - 2 * gap)
    if look.rtl:
        inner.left = size[0] - inner.right
        margin.left = size[0] - margin.right
    return margin, inner
