"""Days in a row as a moving picture: GIF or WebP. Pillow writes it, and is asked for only here."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pygame

from offensive_sim.errors import SimError

ENDINGS: Final = (".gif", ".webp")
_COLOURS: Final = 256
_QUALITY: Final = 82
_LAST: Final = 3.0
"""The last day stays so many times longer."""


def write_film(path: Path, frames: Iterable[pygame.Surface], seconds: float, days: int) -> None:
    """Frames one after another, each shown for some seconds; the ending of the name says the format.

    The file appears when it is whole: whoever interrupts finds the old one, or none.

    Raises:
        SimError: if Pillow is not installed, the ending is none of ``ENDINGS``, or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        msg = f"{path}: a film ends in {' or '.join(ENDINGS)}"
        raise SimError(msg)
    save = _saver(ending)
    part = path.with_name(f"{path.stem}.part{ending}")
    shown = [round(seconds * 1000)] * max(days - 1, 0) + [round(seconds * 1000 * _LAST)]
    try:
        part.touch()
        save(part, iter(frames), shown)
        part.replace(path)
    except OSError as error:
        msg = f"{path}: cannot be written: {error.strerror or error}"
        raise SimError(msg) from None
    finally:
        part.unlink(missing_ok=True)


def _saver(ending: str) -> Callable[[Path, Iterator[pygame.Surface], list[int]], None]:
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
            # One palette for all days: a palette a day would make the paper flicker.
            palette = first.quantize(_COLOURS, dither=Image.Dither.NONE)
            rest = (picture(one).quantize(palette=palette, dither=Image.Dither.NONE) for one in frames)
            palette.save(part, save_all=True, append_images=rest, duration=shown, loop=0, optimize=False)
        else:
            # Its writer wants a list; frames are let go one by one as they are compressed into it.
            rest_of = [picture(one) for one in frames]
            first.save(part, save_all=True, append_images=rest_of, duration=shown, loop=0, quality=_QUALITY, method=3)

    return save
