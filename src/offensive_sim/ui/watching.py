"""What the watch screen shows, as one frozen value, and what each action makes of it; no pygame, no drawing."""

from dataclasses import dataclass, replace
from typing import Final

from offensive_sim.ui.actions import (
    Action,
    Backwards,
    Bars,
    Faster,
    GoToDay,
    Lock,
    Loop,
    LoopRange,
    Mode,
    NextReader,
    OpenEvent,
    Play,
    Preset,
    Select,
    Speed,
    Step,
    ToggleDrawer,
    ToggleKind,
    ToggleLayer,
    World,
)
from offensive_sim.views.knowledge import PUBLIC
from offensive_sim.views.replay import KNOWN

SPEEDS: Final = (1, 2, 4)
"""Days a second."""
SLOWEST: Final = 0.1
FASTEST: Final = 20.0
"""Bounds of a speed that is typed."""
LAYERS: Final = ("shading", "people", "flows", "camps", "units", "ghost", "apart", "trust", "names")
WORLDS: Final = ("as_it_happened", "what_if")
"""What the map can show where something is supposed."""
PRESETS: Final = {
    "control": frozenset({"shading", "ghost", "apart", "names"}),
    "displacement": frozenset({"people", "flows", "camps", "apart", "names"}),
    "forces": frozenset({"shading", "units", "apart", "names"}),
    "sources": frozenset({"trust", "ghost", "names"}),
}
"""Layers of the keys F5 to F8."""
USUAL: Final = frozenset({"shading", "people", "flows", "camps", "ghost", "apart", "names"})


@dataclass(frozen=True)
class Watching:
    """Day, how time runs, what is shown and what is chosen."""

    last: int
    day: int = 0
    playing: bool = False
    backwards: bool = False
    speed: float = 1
    mode: str = "model"
    world: str = ""
    """One of ``WORLDS`` where something is supposed; empty where there is one world only."""
    reader: str = PUBLIC
    """Whose knowledge the mode ``known`` shows."""
    readers: tuple[str, ...] = (PUBLIC,)
    locked: bool = False
    layers: frozenset[str] = USUAL
    drawers: frozenset[str] = frozenset({"log", "card"})
    hidden: frozenset[str] = frozenset()
    """Kinds of events that the log leaves out."""
    bars: str = "people"
    loop: tuple[int, int] | None = None
    selected: str | None = None
    event: str | None = None

    @property
    def seen_as(self) -> str:
        """The mode as ``Replay.board`` calls it."""
        return KNOWN + self.reader if self.mode == "known" else self.mode

    def at(self, day: int) -> "Watching":
        """The same on another day of the run."""
        return replace(self, day=min(max(day, 0), self.last))

    def next_day(self) -> "Watching":
        """As time goes on by itself, either way: around in a loop, and to a halt at the end."""
        first, last = self.loop or (0, self.last)
        start, end, step = (last, first, -1) if self.backwards else (first, last, 1)
        if (end - self.day) * step <= 0:
            return self.at(start) if self.loop else replace(self, playing=False)
        return self.at(self.day + step)


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
            return _played(now)
        case Backwards():
            return replace(now, backwards=not now.backwards)
        case Speed(times):
            return replace(now, speed=min(max(times, SLOWEST), FASTEST))
        case Faster(up):
            others = [one for one in SPEEDS if (one > now.speed if up else one < now.speed)]
            return replace(now, speed=(min(others) if up else max(others)) if others else now.speed)
        case NextReader():
            at = now.readers.index(now.reader) + (now.mode == "known")
            return replace(now, mode="known", reader=now.readers[at % len(now.readers)])
        case Lock():
            return replace(now, locked=not now.locked)
        case Mode(name):
            return replace(now, mode=name or ("history" if now.mode == "model" else "model"))
        case World(name) if now.world:
            other = WORLDS[1 - WORLDS.index(now.world)]
            return replace(now, mode="model", world=name or (other if now.mode == "model" else now.world))
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


def held(now: Watching, action: Action) -> bool:
    """Whether the lock refuses an action."""
    return now.locked and isinstance(action, ToggleLayer | Preset | Mode | World | NextReader | ToggleKind)


def _played(now: Watching) -> Watching:
    """Started or paused; from the other end if time had run out."""
    end, start = (0, now.last) if now.backwards else (now.last, 0)
    again = now.day == end and not now.playing and not now.loop
    return replace(now.at(start) if again else now, playing=not now.playing)


def _loop(now: Watching, end: str) -> tuple[int, int] | None:
    if end == "none":
        return None
    first, last = now.loop or (0, now.last)
    if end == "first":
        return now.day, max(last, now.day)
    return min(first, now.day), now.day
