"""Days in a row as a moving picture: GIF or WebP. Pillow writes it, and is asked for only here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygame

from offensive_sim.atlas.palette import PARTIES, rgb
from offensive_sim.errors import SimError, UsageError
from offensive_sim.ui.shot import Painter
from offensive_sim.ui.theme import PAPER, PEOPLE
from offensive_sim.views.board import Board

ENDINGS: Final = (".gif", ".webp")
_COLOURS: Final = 256
_STEPS: Final = 5
_SURE: Final = tuple(
    tuple((step * dark + (_STEPS - step) * light) // _STEPS for dark, light in zip(colour, PAPER, strict=True))
    for colour in (PEOPLE, *(rgb(ink.colour) for ink in PARTIES.values()))
    for step in range(1, _STEPS + 1)
)
"""Colours that later days need and the first may lack: parties and displaced people, pale to full.

One palette serves all days, since a palette a day would make the paper flicker.
"""
_QUALITY: Final = 82
_LAST: Final = 3.0
"""The last day stays so many times longer."""


@dataclass(frozen=True)
class Pace:
    """How long each of how many days is shown."""

    seconds: float
    days: int

    @property
    def milliseconds(self) -> list[int]:
        """For each day, the last one longer."""
        each = round(self.seconds * 1000)
        return [each] * (self.days - 1) + [round(each * _LAST)]


def write_film(path: Path, painter: Painter, boards: Iterable[Board], pace: Pace) -> None:
    """Evenings one after another as pictures; the ending of the name says the format.

    The file appears when it is whole: whoever interrupts finds the old one, or none.

    Raises:
        UsageError: if the ending is none of ``ENDINGS``.
        SimError: if Pillow is not installed, or the file cannot be written.
    """
    save = saver(path)
    part = path.with_name(f"{path.stem}.part{path.suffix}")
    try:
        part.touch()
        save(part, (painter.draw(board) for board in boards), pace.milliseconds)
        part.replace(path)
    except OSError as error:
        msg = f"{path}: cannot be written: {error.strerror or error}"
        raise SimError(msg) from None
    finally:
        part.unlink(missing_ok=True)


def saver(path: Path) -> Callable[[Path, Iterator[pygame.Surface], list[int]], None]:
    """What writes a film of that name: file, pictures, and milliseconds for each.

    Raises:
        UsageError: if the ending is none of ``ENDINGS``.
        SimError: if Pillow is not installed.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        msg = f"{path}: a film ends in {' or '.join(ENDINGS)}"
        raise UsageError(msg)
    try:
        from PIL import Image  # noqa: PLC0415 - an extra
    except ImportError:
        msg = "a film needs Pillow, which is not installed: pip install 'offensive-sim[film]'"
        raise SimError(msg) from None

    def picture(surface: pygame.Surface) -> Image.Image:
        return Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB"))

    def save(part: Path, frames: Iterator[pygame.Surface], shown: list[int]) -> None:
        first = picture(next(frames))
        if ending == ".gif":
            palette = first.quantize(_COLOURS - len(_SURE), dither=Image.Dither.NONE)
            flat = (palette.getpalette() or [])[: 3 * (_COLOURS - len(_SURE))]
            palette.putpalette([*flat, *(part for colour in _SURE for part in colour)])
            rest = (picture(one).quantize(palette=palette, dither=Image.Dither.NONE) for one in frames)
            palette.save(part, save_all=True, append_images=rest, duration=shown, loop=0, optimize=False)
        else:
            # Its writer wants a list; frames are let go one by one as they are compressed into it.
            rest_of = [picture(one) for one in frames]
            first.save(part, save_all=True, append_images=rest_of, duration=shown, loop=0, quality=_QUALITY, method=3)

    return save
