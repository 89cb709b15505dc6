"""Pictures without a window: the map with its margin, on a surface or in a file. No display is needed."""

from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pygame

from offensive_sim.atlas.projection import Camera
from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.running import Plan, play
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.ui.cartouche import Margin, draw_margin
from offensive_sim.ui.frame import band, draw_frame
from offensive_sim.ui.mapview import STORY_BOX, Layers, MapView
from offensive_sim.ui.theme import PANEL, Look
from offensive_sim.views.board import Board
from offensive_sim.views.board import board as board_of
from offensive_sim.views.documented import history

SIZE: Final = (1920, 1080)
SCALES: Final = (1.0, 2.5)
"""Smallest and largest text."""
_MARGIN_SHARE: Final = 0.185
_WIDEST: Final = 0.34
_GAP_PX: Final = 18


def board_on(game: Game, chronicle: Chronicle | None, evening: date, seed: int = 1) -> Board:
    """The board of an evening as the model plays it, with history beside it; the nearest day played if out of range."""
    world = game.world
    days = min(max((evening - world.first_day).days + 1, 0), world.n_days)
    *_, last = play(game, Plan(seed, days, spread=False), np.arange(1))
    codes = history(game, chronicle, days)[days] if chronicle else None
    return board_of(game, last.state, 0, codes)


def draw_picture(
    board: Board,
    *,
    size: tuple[int, int] = SIZE,
    language: str = "en",
    scale: float = 1.0,
    black_and_white: bool = False,
) -> pygame.Surface:
    """One evening as a picture."""
    scale = min(max(scale, SCALES[0]), SCALES[1])
    look = Look(language, scale, black_and_white, size[1])
    picture = pygame.Surface(size)
    picture.fill((255, 255, 255) if black_and_white else PANEL)
    margin, inner = _layout(size, look)
    camera = Camera.fitting(STORY_BOX, inner.size)
    MapView(Layers(whole_names=True)).draw(picture.subsurface(inner), board, camera, look)
    draw_frame(picture, inner, camera, look)
    draw_margin(picture, board, Margin(margin, look, camera.zoom))
    return pygame.transform.grayscale(picture) if black_and_white else picture


def save_picture(
    path: Path,
    board: Board,
    *,
    size: tuple[int, int] = SIZE,
    language: str = "en",
    scale: float = 1.0,
    black_and_white: bool = False,
) -> None:
    """The same in a file; its ending says the format, PNG as a rule."""
    picture = draw_picture(board, size=size, language=language, scale=scale, black_and_white=black_and_white)
    pygame.image.save(picture, path)


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
