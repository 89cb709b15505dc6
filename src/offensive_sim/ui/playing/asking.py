"""What is asked of a game in progress, as frozen values; ui/playing/play.py and the sheets over it apply them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offensive_sim.ui.actions import GameAction

if TYPE_CHECKING:
    from offensive_sim.ui.playing.desk import Desk


@dataclass(frozen=True)
class ChooseUnits(GameAction):
    """Formations by their ids; none clears the choice."""

    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aim(GameAction):
    """Choose a goal on the map for an order by its word."""

    stance: str


@dataclass(frozen=True)
class Offer(GameAction):
    """Show what these formations can be told to do, perhaps about a place, with the odds."""

    units: tuple[str, ...]
    goal: str | None = None
    stance: str = ""


@dataclass(frozen=True)
class Direct(GameAction):
    """Show where something beside units can be sent, by the key of its lever."""

    key: str


@dataclass(frozen=True)
class Give(GameAction):
    """Order these formations."""

    units: tuple[str, ...]
    stance: str
    goal: str | None


@dataclass(frozen=True)
class Release(GameAction):
    """Let these formations follow their documented orders again."""

    units: tuple[str, ...]


@dataclass(frozen=True)
class Tab(GameAction):
    """What the left drawer shows: ``orders`` or ``log``."""

    name: str


@dataclass(frozen=True)
class Pick(GameAction):
    """A line of a list on a sheet, by its number."""

    number: int


@dataclass(frozen=True)
class Days(GameAction):
    """How many days ahead the odds look."""

    number: int


@dataclass(frozen=True)
class Role(GameAction):
    """``watch``, or the id of a seat."""

    seat: str


@dataclass(frozen=True)
class Laid(GameAction):
    """A saved game lies on the desk again."""

    desk: "Desk"


@dataclass(frozen=True)
class Kept(GameAction):
    """The game was saved in a file."""

    path: str


@dataclass(frozen=True)
class Fork(GameAction):
    """A new branch from the morning of a day, with a name."""

    day: int
    name: str
    seat: str


@dataclass(frozen=True)
class Switch(GameAction):
    """Go on with another branch of this game."""

    name: str


@dataclass(frozen=True)
class SitDown(GameAction):
    """The person whose turn it is sits at the screen."""

    seat: str
