"""The window itself, and the one event our own threads post."""

import os
import sys
import webbrowser
from pathlib import Path
from typing import Final

import pygame

from offensive_sim.errors import SimError

_UNSEEN: Final = "offscreen"
"""What SDL takes where it finds no display: a window that nobody could see or close."""
_SMALL: Final = (1366, 768)
"""Screens up to this are filled."""
_SHARE: Final = 0.94
WAKE: Final = pygame.event.custom_type()
"""Posted by the thread that paints tiles."""


def sensible(wanted: tuple[int, int] | None, screen: tuple[int, int]) -> tuple[int, int]:
    """Size of the window on a screen: as it was chosen, as far as that fits; at first nearly all of the screen.

    A bar at the screen's edge and the window's own title need the rest.
    """
    if wanted is not None:
        return min(wanted[0], screen[0]), min(wanted[1], screen[1])
    if screen[0] <= _SMALL[0] or screen[1] <= _SMALL[1]:
        return screen
    return round(screen[0] * _SHARE), round(screen[1] * _SHARE)


def window(size: tuple[int, int] | None) -> pygame.Surface:
    """The window itself, no larger than the screen.

    Raises:
        SimError: if there is no display to open it on.
    """
    if not Path("/dev/dri").exists() and sys.platform.startswith("linux"):
        # Without a graphics card SDL would put each picture through software OpenGL, ten times slower.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    try:
        pygame.display.init()
        if pygame.display.get_driver() == _UNSEEN and os.environ.get("SDL_VIDEODRIVER") != _UNSEEN:
            pygame.display.quit()
            msg = "there is no display"
            raise pygame.error(msg)
        pygame.font.init()
        pygame.key.set_repeat(350, 60)
        pygame.display.set_caption("Offensive Sim")
        screens = pygame.display.get_desktop_sizes()
        dummy = pygame.display.get_driver() == "dummy"
        return pygame.display.set_mode(size if dummy and size else sensible(size, screens[0]), pygame.RESIZABLE)
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
