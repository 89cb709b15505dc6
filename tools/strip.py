"""The map strip of docs/validation.md: the model's central run beside history, evening by evening, as pictures."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pygame

from offensive_sim.atlas.projection import STORY_BOX, Camera
from offensive_sim.ui.frame import band, draw_credit, draw_frame
from offensive_sim.ui.mapview import Layers, MapView
from offensive_sim.ui.text import Style, render
from offensive_sim.ui.theme import PANEL, TEXT, Look
from offensive_sim.views.board import Board
from offensive_sim.views.replay import Replay

EVENINGS: Final = tuple(
    date(2014, month, day) for month, days in ((6, (10, 15, 22, 30)), (8, (3, 10, 31))) for day in days
)
FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
_MAP: Final = (760, 640)
_GAP: Final = 14
_HEAD: Final = 40
_COLOURS: Final = 128
"""A palette is enough for a map, and a third of the bytes."""


def write_strip(replay: Replay) -> Iterator[tuple[date, Path]]:
    """One picture an evening: the model at the left, a ring where history had it otherwise; history at the right."""
    FOLDER.mkdir(exist_ok=True)
    view = MapView(Layers(people=False, flows=False, camps=False, whole_names=True))
    eve = replay.timeline.days[0].evening
    for evening in EVENINGS:
        day = (evening - eve).days
        pair = (("Model", replay.board(day, "model")), ("History", replay.board(day, "history")))
        picture = pygame.Surface((2 * _MAP[0] + 3 * _GAP, _MAP[1] + _HEAD + _GAP))
        picture.fill(PANEL)
        for number, (title, board) in enumerate(pair):
            left = _GAP + number * (_MAP[0] + _GAP)
            _draw(picture.subsurface(pygame.Rect((left, 0), (_MAP[0], _MAP[1] + _HEAD))), view, (title, evening), board)
        path = FOLDER / f"validation-{evening}.png"
        _save(picture, path)
        yield evening, path


def _draw(surface: pygame.Surface, view: MapView, title: tuple[str, date], board: Board) -> None:
    """A heading, and the map in its frame below it."""
    look = Look("en", 1.0, False, 1080, "app6")
    words = render(f"{title[0]}, {title[1].day} {title[1]:%B %Y}", Style("map", 20, TEXT))
    surface.blit(words, (2, (_HEAD - words.get_height()) // 2))
    wide = band(look)
    inner = pygame.Rect(wide, _HEAD + wide, _MAP[0] - 2 * wide, _MAP[1] - 2 * wide)
    camera = Camera.fitting(STORY_BOX, inner.size)
    view.draw(surface.subsurface(inner), board, camera, look)
    draw_frame(surface, inner, camera, look)
    draw_credit(surface, inner, look)


def _save(picture: pygame.Surface, path: Path) -> None:
    """As a PNG with a palette, where Pillow is there to make one; else as it is."""
    try:
        from PIL import Image  # noqa: PLC0415
    except ImportError:
        pygame.image.save(picture, path)
        return
    image = Image.frombytes("RGB", picture.get_size(), pygame.image.tobytes(picture, "RGB"))
    image.quantize(_COLOURS).save(path, optimize=True)
