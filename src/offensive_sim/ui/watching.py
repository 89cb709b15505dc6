"""What the watch screen shows, as one frozen value, and what each action makes of it; no pygame, no drawing."""

from dataclasses import dataclass, replace
from typing import Final

from offensive_sim.ui.actions import (
    Action,
    Bars,
    Faster,
    GoToDay,
    Loop,
    LoopRange,
    Mode,
    OpenEvent,
    Play,
    Preset,
    Select,
    Speed,
    Step,
    ToggleDrawer,
    ToggleKind,
    ToggleLayer,
)

SPEEDS: Final = (1, 2, 4)
"""Days a second."""
LAYERS: Final = ("shading", "people", "flows", "units", "ghost", "trust", "names")
PRESETS: Final = {
    "control": frozenset({"shading", "ghost", "names"}),
    "displacement": frozenset({"people", "flows", "names"}),
    "forces": frozenset({"shading", "units", "names"}),
    "sources": frozenset({"trust", "ghost", "names"}),
}
"""Layers of the keys F5 to F8."""
USUAL: Final = frozenset({"shading", "people", "flows", "ghost", "names"})


@dataclass(frozen=True)
class Watching:
    """Day, how time runs, what is shown and what is chosen."""

    last: int
    day: int = 0
    playing: bool = False
    speed: int = 1
    mode: str = "model"
    layers: frozenset[str] = USUAL
    drawers: frozenset[str] = frozenset({"log", "card"})
    hidden: frozenset[str] = frozenset()
    """Kinds of events that the log leaves out."""
    bars: str = "people"
    loop: tuple[int, int] | None = None
    selected: str | None = None
    event: str | None = None

    def at(self, day: int) -> "Watching":
        """The same on another day of the run."""
        return replace(self, day=min(max(day, 0), self.last))

    def next_day(self) -> "Watching":
        """As time goes on by itself: around in a loop, and to a halt at the end."""
        if self.loop and self.day >= self.loop[1]:
            return self.at(self.loop[0])
        if self.day >= self.last:
            return replace(self, playing=False)
        return self.at(self.day + 1)


def _switched(names: frozenset[str], name: str) -> frozenset[str]:
    return names ^ {name}


def applied(now: Watching, action: Action) -> Watching:  # noqa: C901, PLR0911, PLR0912 - the one match over all actions
    """What an action makes of what is shown; whatever it does not concern stays."""
    match action:
        case GoToDay(day):
            return replace(now.at(day), playing=False)
        case Step(days):
            return replace(now.at(now.day + days), playing=False)
        case Play():
            start = now.at(0) if now.day == now.last and not now.playing and not now.loop else now
            return replace(start, playing=not now.playing)
        case Speed(times):
            return replace(now, speed=times)
        case Faster(up):
            place = SPEEDS.index(now.speed) + (1 if up else -1)
            return replace(now, speed=SPEEDS[min(max(place, 0), len(SPEEDS) - 1)])
        case Mode(name):
            return replace(now, mode=name or ("history" if now.mode == "model" else "model"))
        case ToggleLayer(name):
            return replace(now, layers=_switched(now.layers, name))
        case Preset(name):
            return replace(now, layers=PRESETS[name])
        case ToggleDrawer(name):
            return replace(now, drawers=_switched(now.drawers, name))
        case ToggleKind(kind):
            return replace(now, hidden=_switched(now.hidden, kind))
        case Bars(name):
            return replace(now, bars=name or ("events" if now.bars == "people" else "people"))
        case Loop(end):
            return replace(now, loop=_loop(now, end))
        case LoopRange(first, last):
            return replace(now, loop=(min(first, last), max(first, last)))
        case Select(place):
            return replace(now, selected=place, event=None)
        case OpenEvent(key):
            return replace(now, event=key)
        case _:
            return now


def _loop(now: Watching, end: str) -> tuple[int, int] | None:
    if end == "none":
        return None
    first, last = now.loop or (0, now.last)
    if end == "first":
        return now.day, max(last, now.day)
    return min(first, now.day), now.day
