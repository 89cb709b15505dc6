"""What a reader can ask for, as frozen values; one ``match`` applies them (ui/watching.py, ui/watch.py, ui/app.py)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offensive_sim.ui.screens import Screen


@dataclass(frozen=True)
class GoToDay:
    """Show the evening of a day by its number."""

    day: int


@dataclass(frozen=True)
class Step:
    """So many days on, or back if below 0."""

    days: int


@dataclass(frozen=True)
class Play:
    """Start or pause."""


@dataclass(frozen=True)
class Speed:
    """So many days a second."""

    times: float


@dataclass(frozen=True)
class Faster:
    """One step faster, or slower."""

    up: bool


@dataclass(frozen=True)
class Backwards:
    """Time runs the other way."""


@dataclass(frozen=True)
class NextReader:
    """Somebody else's knowledge."""


@dataclass(frozen=True)
class Lock:
    """Layers, modes and filters stay as they are, or may be changed again."""


@dataclass(frozen=True)
class Mode:
    """``model``, ``history`` or ``known``; model or history, whichever is not shown, if empty."""

    name: str = ""


@dataclass(frozen=True)
class World:
    """The model ``as_it_happened`` or under the ``what_if``; the one that is not shown, if empty."""

    name: str = ""


@dataclass(frozen=True)
class ToggleLayer:
    """A layer of the map on or off."""

    name: str


@dataclass(frozen=True)
class Preset:
    """A named set of layers."""

    name: str


@dataclass(frozen=True)
class ToggleDrawer:
    """A panel open or shut."""

    name: str


@dataclass(frozen=True)
class ToggleKind:
    """Events of a kind in the log, or not."""

    kind: str


@dataclass(frozen=True)
class Bars:
    """What the timeline's bars stand for; the other one if empty."""

    name: str = ""


@dataclass(frozen=True)
class Loop:
    """The day shown as the first or the last of a range that plays again and again."""

    end: str
    """first, last or none."""


@dataclass(frozen=True)
class LoopRange:
    """A range dragged on the timeline."""

    first: int
    last: int


@dataclass(frozen=True)
class Select:
    """A place by its id, or none."""

    place: str | None


@dataclass(frozen=True)
class FlyTo:
    """Select a place and show it in the middle."""

    place: str


@dataclass(frozen=True)
class OpenEvent:
    """An event by its key, or none; its place comes into view."""

    key: str | None


@dataclass(frozen=True)
class NextEvent:
    """The next event of the chronicle, or the one before."""

    forward: bool


@dataclass(frozen=True)
class NextPlace:
    """The next place whose holder differs from history, or the one before."""

    forward: bool


@dataclass(frozen=True)
class Zoom:
    """Closer or farther, about a pixel of the map or its middle."""

    factor: float
    at: tuple[float, float] | None = None


@dataclass(frozen=True)
class Pan:
    """Move over the map by shares of the view."""

    right: float
    down: float


@dataclass(frozen=True)
class CentreOn:
    """Centre the map on a point, km."""

    x: float
    y: float


@dataclass(frozen=True)
class Named:
    """Something without a value: fit, home, parting, last_event, find, help, picture, back, quit, full_screen ..."""

    name: str


@dataclass(frozen=True)
class Scroll:
    """A panel's text up or down by pixels."""

    panel: str
    pixels: int


@dataclass(frozen=True)
class SetLanguage:
    """The language of the window."""

    language: str


@dataclass(frozen=True)
class SetScale:
    """Size of text, per cent."""

    percent: int


@dataclass(frozen=True)
class Choose:
    """A scenario by its name."""

    scenario: str


@dataclass(frozen=True)
class Suppose:
    """What-ifs by name or path, in place of those chosen before; none: as it happened."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenLink:
    """A source's address, in the reader's browser."""

    url: str


class GameAction:
    """What is asked of a game that somebody plays; the kinds are in ui/playing/asking.py."""


Action = (
    GoToDay | Step | Play | Speed | Faster | Mode | ToggleLayer | Preset | ToggleDrawer | ToggleKind | Bars | Loop
    | LoopRange | Select | FlyTo | OpenEvent | NextEvent | NextPlace | Zoom | Pan | CentreOn | Named | Scroll
    | SetLanguage | SetScale | Choose | OpenLink | Backwards | NextReader | Lock | World | Suppose
    | GameAction
)  # fmt: skip


@dataclass(frozen=True)
class Push:
    """Lay a screen over this one."""

    screen: "Screen"


@dataclass(frozen=True)
class Pop:
    """Back to the screen below."""

    action: Action | None = None
    """What the screen below is asked then."""


@dataclass(frozen=True)
class Replace:
    """Another screen instead of this one."""

    screen: "Screen"


@dataclass(frozen=True)
class Quit:
    """Close the window."""


Change = Push | Pop | Replace | Quit | None
"""What becomes of the stack of screens."""
