"""Moves of the watch screen that need the run: to an event, to the day of parting, to a place, and the picture."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from offensive_sim.atlas.projection import Camera, fill_zoom, project
from offensive_sim.folders import settings_folder
from offensive_sim.ui.actions import Action, CentreOn, Named, NextEvent, NextPlace, OpenEvent, Pan, Zoom
from offensive_sim.ui.asking import AskSpeed
from offensive_sim.ui.classroom import Blank
from offensive_sim.ui.screens import Screen
from offensive_sim.ui.search import Search
from offensive_sim.ui.shot import Drawn, save_picture
from offensive_sim.ui.speech import say
from offensive_sim.views.events import Happening
from offensive_sim.views.replay import Replay

if TYPE_CHECKING:
    from offensive_sim.ui.watch import Watch

CLOSEST: Final = 26.0
"""Pixels a km, at design size."""
_SETTLES: Final = 0.12
"""Seconds after the last turn of the wheel until the new zoom is drawn afresh."""


def ground_of(replay: Replay, place: str) -> tuple[float, float]:
    """Kilometres of a place."""
    known = replay.game.scenario.places[place]
    x, y = project(np.array([[known.lon, known.lat]]))[0]
    return float(x), float(y)


def screen_of(replay: Replay, place: str, camera: Camera) -> tuple[int, int]:
    """Pixel of a place in a camera's view."""
    x, y = camera.screen(np.array([ground_of(replay, place)]))[0]
    return round(float(x)), round(float(y))


def go(watch: "Watch", action: Action) -> None:  # noqa: C901 - a match over what is left
    """Whatever else the watch screen can do."""
    match action:
        case Named("fit"):
            watch.fit()
        case Named("home") if watch.now.selected:
            watch.fly(watch.now.selected)
        case Named("parting") if watch.replay.timeline.parts_on is not None:
            watch.now = replace(watch.now.at(watch.replay.timeline.parts_on), playing=False)
        case Named("fork") if watch.replay.timeline.fork:
            fork = watch.replay.timeline.fork
            day = fork.supposed_on if fork.parts_on is None else fork.parts_on
            watch.now = replace(watch.now.at(day), playing=False)
        case Named("last_event"):
            to_event(watch, forward=False)
        case NextEvent(forward):
            to_event(watch, forward=forward)
        case NextPlace(forward):
            to_place(watch, forward=forward)
        case Named("picture"):
            watch.notice = picture(watch)
        case Named("teach" | "untaught" as way):
            _bare(watch, bare=way == "teach")


def sheet(watch: "Watch", name: str) -> Screen:
    """A screen over the map: ``find``, ``speed``, or ``blank``."""
    match name:
        case "find":
            return Search(watch.replay)
        case "speed":
            return AskSpeed(watch.now.speed)
        case _:
            return Blank()


def move(watch: "Watch", action: Zoom | Pan | CentreOn) -> None:
    """Closer, farther, aside."""
    camera = watch.camera
    if camera is None:
        return
    match action:
        case Zoom(factor, at):
            low, high = min(fill_zoom(camera.size), watch.home_zoom()), CLOSEST * watch.look.base
            factor = min(max(camera.zoom * factor, low), high) / camera.zoom
            watch.camera = camera.zoomed(factor, at or (camera.size[0] / 2, camera.size[1] / 2))
            watch.settles = time.monotonic() + _SETTLES
        case Pan(right, down):
            watch.camera = camera.panned(right * camera.size[0], down * camera.size[1])
        case CentreOn(x, y):
            watch.camera = replace(camera, x=x, y=y).kept_inside()


def _bare(watch: "Watch", *, bare: bool) -> None:
    """The map alone for a class, or the panels as they were before."""
    if bare:
        watch.before_class = watch.now.drawers
    watch.now = replace(watch.now, drawers=frozenset() if bare else watch.before_class)


def to_event(watch: "Watch", *, forward: bool) -> None:
    """Open the chronicle's next event, or the one before, from the one that is open or from the day shown."""
    events: list[Happening] = [one for day in sorted(watch.replay.told) for one in watch.replay.told[day]]
    if watch.now.mode == "known":
        events = [one for rows in watch.known_events().values() for one in rows]
        events.sort(key=lambda one: one.day)
    events = [one for one in events if one.kind not in watch.now.hidden]
    keys = [one.key for one in events]
    if watch.now.event in keys:
        at = keys.index(watch.now.event) + (1 if forward else -1)
    elif forward:
        at = next((i for i, one in enumerate(events) if one.day >= watch.now.day), len(events))
    else:
        at = max((i for i, one in enumerate(events) if one.day <= watch.now.day), default=-1)
    if 0 <= at < len(events):
        watch.handle(OpenEvent(keys[at]))


def to_place(watch: "Watch", *, forward: bool) -> None:
    """Select the next place whose holder differs from history."""
    apart = [mark.id for mark in watch.replay.board(watch.now.day).places if mark.differs and mark.documented]
    if not apart:
        watch.notice = say("tell.none_apart", watch.look.language)
        return
    at = apart.index(watch.now.selected) if watch.now.selected in apart else (-1 if forward else 0)
    chosen = apart[(at + (1 if forward else -1)) % len(apart)]
    watch.now = replace(watch.now, selected=chosen, event=None)
    watch.fly(chosen)


def picture(watch: "Watch") -> str:
    """Save the day's map with legend and date; where it is, in words."""
    evening: date = watch.board.evening
    shown = watch.now.seen_as.replace(":", "-")
    if watch.board.what_ifs:
        shown = "-".join(["what-if", *(what_if.id for what_if in watch.board.what_ifs)])
    path = free_name(settings_folder() / "pictures", f"{watch.replay.game.scenario.id}-{evening}-{shown}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        look = watch.look
        drawn = Drawn(
            language=look.language, scale=min(look.scale, 1.5), layers=watch.now.layers, counters=look.counters
        )
        save_picture(path, watch.board, drawn)
    except OSError as error:
        return say("tell.no_picture", watch.look.language, path=path, why=error.strerror)
    return say("tell.picture", watch.look.language, path=path)


def free_name(where: Path, stem: str) -> Path:
    """A file that does not exist yet."""
    numbers = iter(range(1, 10_000))
    path = where / f"{stem}.png"
    while path.exists():
        path = where / f"{stem}-{next(numbers)}.png"
    return path
