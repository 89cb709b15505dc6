"""A window without a display, and hands for it."""

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from functools import cache

import pygame

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.scenario.shipped import find
from offensive_sim.ui.app import App
from offensive_sim.ui.settings import Settings
from offensive_sim.ui.start import Start
from offensive_sim.ui.watch import Watch
from offensive_sim.ui.window import window
from offensive_sim.views.replay import replayed

LANGUAGE_SIZES = [(language, percent) for language in LANGUAGES for percent in (100, 200)]


@cache
def june():
    return replayed(find("june-2014"), 2014)


def app_with(screen=None, size=(1366, 768), language="en", percent=100):
    surface = window(size)
    app = App(Settings(language, percent, "june-2014", size), surface)
    app.stack.append(screen or Watch(june()))
    app.draw()
    return app


def start_screen():
    start = Start.usual("june-2014", 2014, lambda ready: Watch(ready.replay))
    start._loading._future.result()
    return start


def press(app, chord):
    """A key by the name the settings use."""
    *mods, name = chord.split("+") if chord not in ("+", "ctrl++") else [*chord.split("+")[:-2], "+"]
    mod = 0
    for one in mods:
        mod |= {"ctrl": pygame.KMOD_LCTRL, "shift": pygame.KMOD_LSHIFT}[one]
    spaced = {"pageup": "page up", "pagedown": "page down"}.get(name, name)
    code = pygame.key.key_code(spaced)
    written = name if len(name) == 1 and not mod else ""
    app.event(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=written, scancode=0))
    app.event(pygame.event.Event(pygame.KEYUP, key=code, mod=mod, unicode="", scancode=0))
    app.draw()


def hold(app, code, times):
    """A key pressed and not let go, which the system repeats."""
    for _ in range(times):
        app.event(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode="", scancode=0))
    app.draw()


def write(app, text):
    for letter in text:
        app.event(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_x, mod=0, unicode=letter, scancode=0))
        app.event(pygame.event.Event(pygame.TEXTINPUT, text=letter))
    app.draw()


def click(app, pos, button=1):
    app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0)))
    app.event(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=button))
    app.event(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=pos, button=button))
    app.draw()


def drag(app, start, end, button=1):
    app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=start, rel=(0, 0), buttons=(0, 0, 0)))
    app.event(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=start, button=button))
    for share in (0.3, 0.7, 1.0):
        pos = tuple(round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
        app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(1, 0, 0)))
    app.event(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=end, button=button))
    app.draw()


def assert_text_keeps_its_room(app):
    """Every line that was written stands inside the panel it was written for, and in the window."""
    window = app.surface.get_rect()
    for line in app.canvas.written:
        assert line.room.left - 1 <= line.rect.left, line
        assert line.rect.right <= line.room.right + 1, line
        if not line.scrolls:
            assert line.room.top - 1 <= line.rect.top, line
            assert line.rect.bottom <= line.room.bottom + 4, line
        assert window.colliderect(line.rect), line
