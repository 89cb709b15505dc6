"""The window itself, and the one event our own threads post."""

import os
import sys
import webbrowser
from pathlib import Path
from typing import Final

import pygame

from offensive_sim.errors import SimError

WAKE: Final = pygame.event.custom_type()
"""Posted by the thread that paints tiles."""


def window(size: tuple[int, int]) -> pygame.Surface:
    """The window itself.

    Raises:
        SimError: if there is no display to open it on.
    """
    if not Path("/dev/dri").exists() and sys.platform.startswith("linux"):
        # Without a graphics card SDL would put each picture through software OpenGL, ten times slower.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    try:
        pygame.display.init()
        pygame.font.init()
        pygame.key.set_repeat(350, 60)
        pygame.display.set_caption("Offensive Sim")
        return pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as error:
        msg = (
            f"cannot open a window: {error}. On a computer without a display use "
            "`offensive-sim shot` for a picture or `offensive-sim replay` for the log"
        )
        raise SimError(msg) from None


def wake() -> None:
    """Tell the window that a tile has come."""
    if pygame.display.get_init():
        pygame.event.post(pygame.event.Event(WAKE))


def browse(url: str) -> bool:
    """Open a source's address in the reader's browser; False if that cannot be."""
    return url.startswith(("http://", "https://")) and webbrowser.open(url)
