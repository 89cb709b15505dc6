"""The parties, what they hold at the start, their formations, and what these set out to do."""

from datetime import date
from typing import Literal

from pydantic import Field

from offensive_sim.scenario.facts import Data, Identifier, Points, Range, Sourced, SourceKey

OrderKind = Literal["hold", "march", "attack", "withdraw", "reinforce", "lie_low", "raid"]
UnitKind = Literal[
    "infantry", "mechanised", "armour", "police", "special-forces", "militia", "light-motorised", "insurgent"
]


class Faction(Data):
    """A party that can hold places or field units."""

    name: str
    """What the reader sees."""
    holds_for: Identifier | None = None
    """The faction in whose name it holds places; itself if absent."""
    playable: bool = False
    """Whether a player may speak for it; never ISIS."""
    hostile_to: tuple[Identifier, ...] = ()
    """Holding factions it fights; said once, counts both ways."""
    takes_over_from: tuple[Identifier, ...] = ()
    """Holding factions whose abandoned places it moves into."""
    supply_from: tuple[Identifier, ...] = ()
    """Places its supply starts from; empty: it lives off the land."""
    disperses: float = Field(ge=0, le=1)
    """Share of a broken formation's men who go home instead of falling back."""
    colour: str = Field(pattern=r"^#[0-9A-F]{6}$")
    """On the map, ``#RRGGBB``."""
    pattern: str
    """Drawn beside the colour, for those who see colours otherwise."""
    letter: str = Field(min_length=1, max_length=1)
    """Drawn beside the colour too."""
    source: tuple[SourceKey, ...] = Field(min_length=1)
    """Keys of ``sources``, or ``judgement``."""
    judgement: str | None = None
    """What is judged and not sourced, and why."""


class Control(Sourced):
    """Who held a place on the evening before the first day."""

    holder: Identifier
    """The holding faction."""
    contested_by: Identifier | None = None
    """A second holding faction with men inside."""


class Unit(Sourced):
    """A formation: a headquarters, a brigade, a police force, a band."""

    name: str
    """What the reader sees."""
    faction: Identifier
    """Whose it is."""
    kind: UnitKind
    echelon: str
    """Its size in the army's words."""
    parent: Identifier | None = None
    """The headquarters above it."""
    command: Identifier
    """The top command it looks to; routs spread inside it (rulebook 4.7)."""
    place: Identifier
    """Where it stands on the first evening, or where it appears."""
    appears: date | None = None
    """The morning it comes onto the map; absent: it is there at the start."""
    hq: bool = False
    """Whether it is a headquarters."""
    unarmed: bool = False
    """Recruits without arms: it neither fights nor is tested."""
    establishment: int = Field(ge=0)
    """Strength on paper, men."""
    men: Range
    """Present for duty, men."""
    ghost_share: float = Field(ge=0, le=1)
    """Share of the paper strength that was never there."""
    unpaid: bool = False
    """Whether its pay has stopped."""
    quality: int = Field(ge=0, le=100)
    """Fighting value of a man in position, per cent of a well-trained soldier."""
    cadre: Points = 0
    """Points on its nerve from an elite core."""
    leadership: Points = 0
    """Points on its nerve from a commander who was there and stayed, or one who was not."""
    home: tuple[Identifier, ...] = ()
    """Places its men defend as their own."""
    patrol_km: int = Field(default=0, ge=0, le=60)
    """How far its men make themselves felt in undefended places."""
    stance: Literal["hold", "lie_low"] = "hold"
    """``lie_low``: there, but underground until ordered to attack."""


class Order(Sourced):
    """What a side set out to do, on its documented day; never what came of it."""

    date: date
    """The morning it is given."""
    units: tuple[Identifier, ...] = Field(min_length=1)
    """Who receives it."""
    order: OrderKind
    """What to do."""
    to: Identifier | None = None
    """Where to; absent for ``hold`` and ``lie_low`` where they stand."""
