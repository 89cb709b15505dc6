"""The window: clock, events, the stack of screens. Nothing is drawn without a change; waiting costs nothing."""

import sys  # noqa: I001 - the long import below stays short
import time
from dataclasses import replace
import pygame

from offensive_sim.campaign.seats import WATCH, seat_of
from offensive_sim.errors import ExitStatus
from offensive_sim.ui import settings as remembered
from offensive_sim.ui.actions import (
    Action, Change, Choose, Named, OpenLink, Pop, Push, Quit, Replace, SetLanguage, SetScale,
)  # fmt: skip
from offensive_sim.ui.canvas import Canvas, Spot
from offensive_sim.ui.classroom import LARGE
from offensive_sim.ui.drawing import draw_all
from offensive_sim.ui.help import Help
from offensive_sim.ui.hints import Hover, Toast
from offensive_sim.ui.keys import chord, goes_on, lookup
from offensive_sim.ui.loading import Ready
from offensive_sim.ui.screens import Screen
from offensive_sim.ui.settings import Settings
from offensive_sim.ui.speech import say
from offensive_sim.ui.start import Start
from offensive_sim.ui.supposing import NOTHING, Supposing
from offensive_sim.ui.theme import Look
from offensive_sim.ui.tiling import window_first
from offensive_sim.ui.watch import Watch
from offensive_sim.ui.window import WAKE, browse, wake, window
from offensive_sim.views.debrief import debrief_of


class App:
    """One window with its stack of screens; the only place that applies what they return."""

    def __init__(self, settings: Settings, surface: pygame.Surface) -> None:
        self.settings = settings
        self.surface = surface
        self.stack: list[Screen] = []
        self.hover = Hover()
        self.canvas: Canvas | None = None
        self.dirty = True
        self.focus: str | None = None
        self.toast: Toast | None = None
        self.teaching: int | None = None
        """While teaching: the size of text before."""
        self._keys = lookup(settings.keys)
        self._pressed: Spot | None = None
        self._down: set[int] = set()

    @property
    def look(self) -> Look:
        """How everything is drawn now."""
        chosen = self.settings
        return Look(chosen.language, chosen.percent / 100, False, self.surface.get_height(), chosen.counters)

    def run(self) -> None:
        """Until the last screen is gone."""
        while self.stack:
            now = time.monotonic()
            self._pass_time(now)
            if self.dirty:
                self.draw()
                pygame.display.flip()
            wait = self._wait(time.monotonic())
            first = pygame.event.wait() if wait is None else pygame.event.wait(max(round(wait * 1000), 1))
            for event in (first, *pygame.event.get()):
                if self.stack and event.type != pygame.NOEVENT:
                    self.event(event)

    def _pass_time(self, now: float) -> None:
        change = self.stack[-1].tick(now)
        if change is True:
            self.dirty = True
        elif change:
            self._become(change)
        self.dirty |= self.hover.rest(now)
        if self.toast and now >= self.toast.until:
            self.toast, self.dirty = None, True

    def _wait(self, now: float) -> float | None:
        """Seconds until something happens by itself."""
        toast = self.toast.until - now if self.toast else None
        waits = [self.stack[-1].wait(now) if self.stack else 0.0, self.hover.wait(now), toast]
        return min((max(one, 0.0) for one in waits if one is not None), default=None)

    def event(self, event: pygame.event.Event) -> None:
        """One event of the window."""
        match event.type:
            case pygame.QUIT:
                self.stack.clear()
            case pygame.KEYDOWN | pygame.TEXTINPUT:
                self._key(event)
            case pygame.WINDOWRESIZED | pygame.WINDOWEXPOSED | pygame.WINDOWSIZECHANGED:
                self._resized()
            case pygame.KEYUP | pygame.WINDOWFOCUSLOST:
                self._down -= {event.key} if event.type == pygame.KEYUP else self._down
            case pygame.WINDOWLEAVE:
                self.dirty |= self.hover.move(None)
            case pygame.MOUSEMOTION | pygame.MOUSEBUTTONDOWN | pygame.MOUSEBUTTONUP | pygame.MOUSEWHEEL:
                self._mouse(event)
            case _ if event.type == WAKE:
                self.dirty |= any(screen.woken() for screen in self.stack)

    def _resized(self) -> None:
        surface = pygame.display.get_surface()
        if surface is not None:
            self.surface = surface
            if not pygame.display.is_fullscreen():
                self.settings = replace(self.settings, size=surface.get_size())
        self.dirty = True

    def _key(self, event: pygame.event.Event) -> None:
        if self.stack[-1].typed(event):
            self.dirty = True
        elif event.type == pygame.KEYDOWN:
            action = self._keys.get(chord(event))
            again = event.key in self._down
            self._down.add(event.key)
            if action and (not again or goes_on(action)):
                self.apply(action)

    def _mouse(self, event: pygame.event.Event) -> None:
        if event.type != pygame.MOUSEWHEEL:
            self.dirty |= self.hover.move(event.pos) or self.teaching is not None
        spot = self.hover.under()
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == pygame.BUTTON_LEFT and spot:
            self._pressed = spot
            return
        if event.type == pygame.MOUSEBUTTONUP and event.button == pygame.BUTTON_LEFT and self._pressed:
            pressed, self._pressed = self._pressed, None
            if spot and spot.name == pressed.name:
                self.focus = None
                self.apply(spot.action)
            return
        action = self.stack[-1].mouse(event)
        if action:
            self.apply(action)

    def apply(self, action: Action) -> None:  # noqa: C901 - the one match over what concerns the window
        """The one place where what was asked becomes what is."""
        self.dirty = True
        if self._aside(action):
            return
        match action:
            case SetLanguage(language):
                self._choose(replace(self.settings, language=language))
            case SetScale(percent):
                self._choose(self.settings.with_percent(percent))
            case Named("larger" | "smaller" as way):
                step = remembered.STEP if way == "larger" else -remembered.STEP
                self._choose(self.settings.with_percent(self.settings.percent + step))
            case Named("quit"):
                self.stack.clear()
            case Named("focus_next" | "focus_previous" as way):
                self._focus(1 if way == "focus_next" else -1)
            case Named("activate"):
                self._activate()
            case OpenLink(url):
                self._open_link(url)
            case Named("help"):
                if not isinstance(self.stack[-1], Help):
                    self._become(Push(Help(self.settings.keys)))
            case _:
                if isinstance(action, Choose):
                    self.settings = replace(self.settings, scenario=action.scenario)
                self._become(self.stack[-1].handle(action))
        self._take_notice()

    def _aside(self, action: Action) -> bool:
        """What changes how a screen looks and nothing else; True if it was that."""
        match action:
            case Named("pin"):
                self.hover.pin()
            case Named("back") if self.hover.pinned:
                self.hover.pin()
            case Named("counters"):
                others = [one for one in remembered.COUNTERS if one != self.settings.counters]
                self._choose(replace(self.settings, counters=others[0]))
            case Named("teacher"):
                self._teach()
            case Named("full_screen"):
                pygame.display.toggle_fullscreen()
                self._resized()
            case _:
                return False
        return True

    def _teach(self) -> None:
        """Large letters and a bare map, or as it was before."""
        before, self.teaching = self.teaching, None if self.teaching else self.settings.percent
        percent = max(self.settings.percent, LARGE) if before is None else before
        self.settings = self.settings.with_percent(percent)
        self._become(self.stack[-1].handle(Named("teach" if before is None else "untaught")))
        self.tell(say("tell.teacher_on" if before is None else "tell.teacher_off", self.settings.language))

    def _activate(self) -> None:
        spot = self.hover.named(self.focus)
        if spot:
            self.apply(spot.action)
        else:
            self._become(self.stack[-1].handle(Named("activate") if self.stack[-1].over else Named("begin")))

    def _become(self, change: Change) -> None:
        match change:
            case Push(screen):
                self.stack.append(screen)
                self.toast = self.toast if screen.over else None
            case Pop(action):
                self.stack.pop()
                if action and self.stack:
                    self.apply(action)
            case Replace(screen):
                self.stack[-1] = screen
            case Quit():
                self.stack.clear()
        if change:
            self.focus, self.dirty, self.hover.tip = None, True, ""

    def _choose(self, settings: Settings) -> None:
        self.settings = settings
        problem = remembered.write(settings)
        if problem:
            self.tell(problem)

    def _open_link(self, url: str) -> None:
        self.tell(say("tell.link", self.settings.language, url=url) if browse(url) else url)

    def _focus(self, by: int) -> None:
        spot = self.hover.after(self.focus, by)
        if spot:
            self.focus, self.hover.tip = spot.name, spot.tip

    def tell(self, text: str) -> None:
        """Say something in passing."""
        self.toast, self.dirty = Toast.of(text, time.monotonic()), True

    def _take_notice(self) -> None:
        if self.stack and self.stack[-1].notice:
            self.tell(self.stack[-1].notice)
            self.stack[-1].notice = ""

    def draw(self) -> None:
        """Everything once, on the window's surface; the caller flips."""
        self.dirty = False
        if self.stack and pygame.display.get_caption()[0] != self.stack[0].caption:
            pygame.display.set_caption(self.stack[0].caption)
        with window_first():
            draw_all(self)
        self._take_notice()


def on_map(ready: Ready) -> Screen:
    """The map of a run that is ready."""
    return Watch(ready.replay, wake, lambda: debrief_of(ready.found, ready.seed))


def run(scenario_name: str | None, seed: int, seat: str = "watch", asked: Supposing = NOTHING) -> int:
    """Open the window and stay until it is closed; a scenario, a seat and what-ifs may be named.

    Raises:
        SimError: if there is no display, no such scenario, no such seat in it, or a what-if that cannot be played.
    """
    from offensive_sim.scenario.load import load  # noqa: PLC0415
    from offensive_sim.scenario.shipped import find, shipped_ids  # noqa: PLC0415
    from offensive_sim.scenario.whatif_files import ask_leave  # noqa: PLC0415
    from offensive_sim.views.opened import opened  # noqa: PLC0415

    found = remembered.read()
    settings = found.settings
    chosen = scenario_name or (settings.scenario if settings.scenario in shipped_ids() else shipped_ids()[-1])
    path = find(chosen)
    if seat != WATCH:
        seat_of(load(path)[0], seat)
    if asked.names:
        # Said on the command line before a window opens, with its exit status.
        under = opened(path, asked.names)
        ask_leave(() if asked.opt_in else under.what_ifs, "--opt-in")
    sys.setswitchinterval(0.001)
    surface = window(settings.size)
    app = App(replace(settings, scenario=chosen), surface)
    try:
        start = Start.usual(chosen, seed, on_map, found.notice, asked)
        start.seat = seat
        app.stack.append(start)
        app._take_notice()
        app.run()
        remembered.write(app.settings.with_percent(app.teaching or app.settings.percent))
    finally:
        pygame.display.quit()
    return ExitStatus.OK
