"""The watch screen: the map of a day between its panels; it looks at a run and never changes it."""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import Final

import pygame

from offensive_sim.atlas.projection import STORY_BOX, Camera
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.ui import going, worlds
from offensive_sim.ui.actions import Action, CentreOn, Change, FlyTo, Named, OpenEvent, Pan, Push, Quit, Zoom
from offensive_sim.ui.arranging import arrange, card_of, side_of
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.cards import Sheet
from offensive_sim.ui.compared import Compared
from offensive_sim.ui.daybars import DayBars
from offensive_sim.ui.guide import Guide
from offensive_sim.ui.layout import Layout
from offensive_sim.ui.mapview import MapView
from offensive_sim.ui.pointing import Pointing
from offensive_sim.ui.speech import say
from offensive_sim.ui.supposing import caption
from offensive_sim.ui.theme import Look
from offensive_sim.ui.tiling import TileWorker, give_way
from offensive_sim.ui.topbar import TopBar
from offensive_sim.ui.watching import WORLDS, Watching, applied, held
from offensive_sim.views.board import Board
from offensive_sim.views.debrief import Debrief
from offensive_sim.views.events import Happening, plainly
from offensive_sim.views.replay import Replay

FARTHEST: Final = 0.9
"""Pixels a km, at design size."""
_CLOSE_UP: Final = 4.5
_LINE: Final = 60


class Watch:
    """Holds what is shown (a ``Watching``), a camera, and hover and scroll; never a state of the engine."""

    over = False

    def __init__(
        self, replay: Replay, wake: Callable[[], None] | None = None, debrief: Callable[[], Debrief] | None = None
    ) -> None:
        """``debrief`` makes the page of a run under a what-if."""
        self.replay = replay
        self.debrief = debrief
        self.worlds = dict(zip(WORLDS, (replay.twin, replay), strict=True)) if replay.twin else {}
        """Both runs, where something is supposed."""
        self.notice = ""
        world = WORLDS[-1] if self.worlds else ""
        self.now = Watching(last=replay.days, readers=replay.readers, world=world)
        self.camera: Camera | None = None
        self.hovered: str | None = None
        self.scrolls = {"log": 0, "card": 0}
        self.layout: Layout | None = None
        self.look = Look()
        self.pointing = Pointing()
        self.limits = {"log": 0, "card": 0}
        self.guide = Guide.of(replay)
        self._begin_step()
        self.before_class = self.now.drawers
        """Panels that were open before a teacher hid them."""
        self._worker = TileWorker(wake) if wake else None
        self.map = MapView(worker=self._worker)
        self._due = 0.0
        self.settles = 0.0
        self.tall = 0
        self.home: Camera | None = None
        if wake:
            Thread(target=self._warm, name="boards", daemon=True).start()

    def _warm(self) -> None:
        """Every evening's board, so that any day can be shown at once."""
        for day in range(self.replay.days + 1):
            for run in (self.replay, *self.worlds.values()):
                give_way()
                run.board(day)

    @property
    def board(self) -> Board:
        """What the map shows."""
        return self.replay.board(self.now.day, self.now.seen_as)

    @property
    def complete(self) -> bool:
        """Whether every tile of the map is there."""
        return self.map.complete

    def wait(self, now: float) -> float | None:
        """Until the next day, or until a new zoom is drawn afresh."""
        waits = [self._due - now] if self.now.playing else []
        if self.settles:
            waits.append(self.settles - now)
        return min(waits, default=None)

    def tick(self, now: float) -> Change | bool:
        """A day on, if it is time."""
        changed = False
        if self.settles and now >= self.settles:
            self.settles, changed = 0.0, True
        if self.now.playing and now >= self._due:
            self.now = self.now.next_day()
            self.scrolls["log"] = 0
            self._due = max(self._due + 1 / self.now.speed, now)
            changed = True
        return changed

    def handle(self, action: Action) -> Change:
        """What was asked; a tutorial sees it done."""
        world = self.now.world
        change = self._handled(action)
        if self.now.world != world:
            worlds.turn(self)
        if self.guide:
            self._guided(action)
        return change

    def _handled(self, action: Action) -> Change:  # noqa: C901 - a match over what concerns more than the state
        """What was asked: the state by ``applied``, the camera and the rest here."""
        if held(self.now, action):
            self.notice = say("tell.locked", self.look.language)
            return None
        before = self.now
        self.now = applied(self.now, action)
        if self.now.playing and (not before.playing or self.now.speed != before.speed):
            self._due = time.monotonic() + 1 / self.now.speed
        if self.now.day != before.day:
            self.scrolls["log"] = 0
        if (self.now.event, self.now.selected) != (before.event, before.selected):
            self.scrolls["card"] = 0
        match action:
            case Zoom() | Pan() | CentreOn():
                going.move(self, action)
            case FlyTo(place):
                self.now = replace(self.now, selected=place, event=None)
                self.fly(place)
            case OpenEvent(key) if key:
                self._show_event(key)
            case Named("find" | "speed" | "blank" | "premise" | "compare" as name):
                return worlds.told_of(self, name) if name in ("premise", "compare") else Push(going.sheet(self, name))
            case Named("back"):
                return self._back()
            case Named("scroll_up" | "scroll_down" as way):
                self.scroll("card" if self.now.drawers & {"card"} else "log", 3 if way == "scroll_down" else -3)
            case _:
                going.go(self, action)
        return None

    @property
    def supposed(self) -> tuple[WhatIf, ...]:
        """What is supposed in this window, whatever it shows just now."""
        run = self.worlds.get(WORLDS[-1], self.replay)
        return run.game.what_ifs

    @property
    def caption(self) -> str:
        """The window's title."""
        return caption(self.supposed, self.look.language)

    def _guided(self, action: Action) -> None:
        """Let the tutorial see what was done."""
        assert self.guide
        skipped = isinstance(action, Named) and action.name in ("guide_skip", "guide_away")
        away = isinstance(action, Named) and action.name == "guide_away"
        if skipped or self.guide.done(self.now):
            self.guide = self.guide.on(away=away)
            self._begin_step()

    def _begin_step(self) -> None:
        day = self.guide.shown() if self.guide else None
        if day is not None:
            self.now = replace(self.now.at(day), playing=False)

    def comparison(self) -> Compared:
        """What differs between the worlds on the evening that is shown."""
        return worlds.compared(self)

    def _back(self) -> Change:
        """Close, deselect, then leave."""
        if self.now.event or self.now.selected:
            self.now = replace(self.now, event=None, selected=None)
        elif self.now.drawers & {"layers", "legend"}:
            self.now = replace(self.now, drawers=self.now.drawers - {"layers", "legend"})
        elif self.now.playing:
            self.now = replace(self.now, playing=False)
        else:
            from offensive_sim.ui.leaving import Leaving  # noqa: PLC0415

            return Push(Leaving())
        return None

    def _show_event(self, key: str) -> None:
        event = self.replay.by_key[key]
        self.now = replace(self.now, drawers=self.now.drawers | {"card"})
        if event.day != self.now.day:
            self.now = replace(self.now.at(event.day), playing=False)
        if event.place:
            self.now = replace(self.now, selected=event.place)
            self.fly(event.place)

    def home_zoom(self) -> float:
        """Pixels a km at which the whole campaign is in view."""
        return self.home.zoom if self.home else FARTHEST * self.look.base

    def fly(self, place: str) -> None:
        """Show a place in the middle, closer if one is far."""
        if self.camera is None:
            return
        x, y = going.ground_of(self.replay, place)
        zoom = max(self.camera.zoom, _CLOSE_UP * self.look.base)
        self.camera = replace(self.camera, x=x, y=y, zoom=zoom).kept_inside()

    def fit(self) -> None:
        """The whole campaign."""
        if self.camera:
            self.camera = Camera.filling(STORY_BOX, self.camera.size)

    def scroll(self, panel: str, lines: int) -> None:
        """Move a panel's text."""
        wanted = self.scrolls[panel] + round(lines * _LINE * self.look.text / 2)
        self.scrolls[panel] = min(max(wanted, 0), self.limits[panel])

    def mouse(self, event: pygame.event.Event) -> Action | None:
        """The map, the timeline and the small map under the pointer."""
        return self.pointing.event(self, event)

    def woken(self) -> bool:
        """A tile has come; whether the map still lacks some."""
        return not self.map.complete

    def typed(self, event: pygame.event.Event) -> bool:  # noqa: ARG002
        """Nothing is written here."""
        return False

    def place_at(self, pos: tuple[int, int]) -> str | None:
        """Id of the place under a pixel of the map's view."""
        if self.camera is None:
            return None
        number = self.map.place_at(self.board, self.camera, self.look, pos)
        return None if number is None else self.board.places[number].id

    def bars(self) -> DayBars:
        """The timeline's panel."""
        known = None
        if self.now.mode == "known":
            told, day = self.known_events(), self.now.day
            known = tuple(len(told.get(one, ())) if one <= day else 0 for one in range(self.replay.days + 1))
        return DayBars(self.replay.timeline, self.now, known)

    def known_events(self) -> dict[int, tuple[Happening, ...]]:
        """The chronicle's events as far as the reader knew them, by the day on which they happened."""
        knows = self.replay.knowledge(self.now.day, self.now.seen_as).knows
        told = {day: tuple(plainly(one) for one in rows if knows(one)) for day, rows in self.replay.told.items()}
        return {day: rows for day, rows in told.items() if rows}

    def top_bar(self) -> TopBar:
        """The strip at the top."""
        known = self.replay.knowledge(self.now.day, self.now.seen_as) if self.now.mode == "known" else None
        return TopBar(self.replay.timeline.days[self.now.day], self.now, known, self.supposed)

    def draw_side(self, canvas: Canvas, rect: pygame.Rect) -> int:
        """The left drawer; returns how many pixels it can scroll."""
        return side_of(self).draw(canvas, rect)

    def sheet_shown(self) -> Sheet | None:
        """What the right drawer shows."""
        return card_of(self)

    @property
    def wants_card(self) -> bool:
        """Whether the right drawer has something that was asked for."""
        return bool(self.now.selected or self.now.event)

    def draw_upon(self, view: pygame.Surface) -> None:
        """What lies upon the map, below its frame: nothing here."""

    def draw(self, canvas: Canvas) -> None:
        """Map first, then panels."""
        arrange(self, canvas)

    def leave(self) -> Change:
        """End the thread of tiles."""
        if self._worker:
            self._worker.stop()
        return Quit()
