"""What scenario files may say: one frozen class a thing, in the words of docs/rulebook.md.

Nothing here computes. Field docstrings become the JSON Schema and docs/scenario-format.md.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from offensive_sim.scenario.rules import Rules
from offensive_sim.scenario.triggers import Trigger

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
SourceKey = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=64)]
"""A key of ``sources``, or the word ``judgement`` beside a ``judgement:`` that says why."""
Confidence = Literal["high", "medium", "low"]
Points = Annotated[int, Field(ge=-60, le=60)]
OrderKind = Literal["hold", "march", "attack", "withdraw", "reinforce", "lie_low"]
UnitKind = Literal[
    "infantry", "mechanised", "armour", "police", "special-forces", "militia", "light-motorised", "insurgent"
]
PlaceKind = Literal[
    "city", "town", "village", "base", "airport", "camp", "crossing", "dam", "junction", "mountain",
    "oilfield", "refinery",
]
RoadClass = Literal["highway", "main", "secondary", "track"]


class Data(BaseModel):
    """Closed and frozen: an unknown key is a mistake, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False)


class Sourced(Data):
    """A fact with its source: keys of ``sources``, a confidence, and for our own estimates the reason."""

    source: tuple[SourceKey, ...] = Field(min_length=1)
    """Keys of ``sources``; the key ``judgement`` where the number is our own estimate."""
    confidence: Confidence
    """How far to trust it."""
    judgement: str | None = None
    """For what is judged and not sourced: what, and why."""
    note: str | None = None
    """One line for the reader."""


class Range(Data):
    """A reported whole number: the value used, and the lowest and highest in print."""

    value: int = Field(ge=0, le=20_000_000)
    low: int = Field(ge=0, le=20_000_000)
    high: int = Field(ge=0, le=20_000_000)


class Source(Data):
    """Where a fact comes from."""

    publisher: str
    title: str
    date: str
    """Day, month or year of publication, or ``n.d.``."""
    kind: str
    """News agency, think-tank, UN report, participant's account ..."""
    seen: Literal["full", "excerpt", "via", "memory"]
    """How much of the text was read: all, a part, a quotation elsewhere, or nothing (general knowledge)."""
    url: str | None = None
    note: str | None = None


class Place(Data):
    """A town, base, dam or crossing: what can be held, and where people live or shelter."""

    name: str
    name_ar: str | None = None
    name_ku: str | None = None
    aka: tuple[str, ...] = ()
    """Other spellings, for search."""
    kind: PlaceKind
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    governorate: str
    district: str | None = None
    coordinates: str
    """Where the point comes from."""
    verified: bool
    """Whether the point was confirmed by a source."""
    people: Range | None = None
    """Residents about May 2014, displaced people not counted; absent where nobody lives."""
    people_source: tuple[SourceKey, ...] = ()
    people_note: str | None = None
    note: str | None = None


class Ground(Sourced):
    """What a place means to whoever defends it (rulebook 4.7): read by cohesion and combat."""

    works: Points = 0
    """Dug before the fighting: points on the nerve of whoever holds it."""
    river_bend: bool = False
    """Water on three sides: hard to leave and hard to enter."""
    shrine: bool = False
    """A shrine that its defenders came to protect."""
    estranged_from: tuple[Identifier, ...] = ()
    """Factions whose garrison the town saw as strangers."""
    stock: Range | None = None
    """Vehicles and heavy weapons kept there, which fall to whoever takes the place."""


class Link(Data):
    """A road between two places, both ways."""

    a: Identifier
    b: Identifier
    km: float = Field(gt=0, le=1000)
    km_source: str
    road: RoadClass
    name: str | None = None
    crossing: str = "none"
    """River and kind of crossing, or ``none``."""
    via: tuple[tuple[float, float], ...] = ()
    """Points of longitude and latitude for drawing."""
    note: str | None = None


class Faction(Data):
    """A party that can hold places or field units."""

    name: str
    holds_for: Identifier | None = None
    """The faction in whose name it holds places; itself if absent."""
    playable: bool = False
    hostile_to: tuple[Identifier, ...] = ()
    """Holding factions it fights; said once, counts both ways."""
    takes_over_from: tuple[Identifier, ...] = ()
    """Holding factions whose abandoned places it moves into."""
    supply_from: tuple[Identifier, ...] = ()
    """Places its supply starts from; empty: it lives off the land."""
    disperses: float = Field(ge=0, le=1)
    """Share of a broken formation's men who go home instead of falling back."""
    colour: str = Field(pattern=r"^#[0-9A-F]{6}$")
    pattern: str
    letter: str = Field(min_length=1, max_length=1)
    source: tuple[SourceKey, ...] = Field(min_length=1)
    judgement: str | None = None


class Control(Sourced):
    """Who held a place on the evening before the first day."""

    holder: Identifier
    contested_by: Identifier | None = None
    """A second holding faction with men inside."""


class Unit(Sourced):
    """A formation: a headquarters, a brigade, a police force, a band."""

    name: str
    faction: Identifier
    kind: UnitKind
    echelon: str
    parent: Identifier | None = None
    """The headquarters above it."""
    command: Identifier
    """The top command it looks to; routs spread inside it (rulebook 4.7)."""
    place: Identifier
    """Where it stands on the first evening, or where it appears."""
    appears: date | None = None
    """The morning it comes onto the map; absent: it is there at the start."""
    hq: bool = False
    unarmed: bool = False
    """Recruits without arms: it neither fights nor is tested."""
    establishment: int = Field(ge=0)
    """Strength on paper, men."""
    men: Range
    """Present for duty, men."""
    ghost_share: float = Field(ge=0, le=1)
    """Share of the paper strength that was never there."""
    unpaid: bool = False
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
    units: tuple[Identifier, ...] = Field(min_length=1)
    order: OrderKind
    to: Identifier | None = None
    """Where to; absent for ``hold`` and ``lie_low`` where they stand."""


class Community(Data):
    """A community, in the words its own institutions use."""

    name: str
    vulnerability: float = Field(ge=0, le=60)
    """How many times likelier than the reference its people leave a place taken by ISIS in a day."""
    mobile: float = Field(ge=0, le=1)
    """Share who would leave at all."""
    low: float = Field(ge=0)
    high: float = Field(ge=0)
    """Range of ``vulnerability``."""
    source: tuple[SourceKey, ...] = Field(min_length=1)
    judgement: str | None = None


class Affinity(Sourced):
    """Why a community's people head for a place: kin, shrine, congregation."""

    community: Identifier
    place: Identifier
    pull: float = Field(ge=-5, le=5)
    """Natural logarithm of how many times it draws them more than a place of the same size."""


class Displaced(Data):
    """Displaced people already sheltering at a place on the first evening."""

    place: Identifier
    people: Range


class PeopleGroup(Sourced):
    """A home area and a community together."""

    name: str
    community: Identifier
    shares: dict[Identifier, float]
    """Place to share of its residents who belong to this group."""
    displaced: tuple[Displaced, ...] = ()
    """Already away from home on the first evening."""


class Bars(Data):
    """The least a replay must reach; below it the command ends with status 4."""

    on_time_high: float = Field(ge=0, le=1)
    """Share of high-confidence control changes on time."""
    on_time_all: float = Field(ge=0, le=1)
    failed_attacks: float = Field(ge=0, le=1)
    """Share of failed attacks that stay failed."""
    invented: float = Field(ge=0, le=1)
    """Largest share of places that change hands and never did."""
    skill: float = Field(ge=-10, le=1)
    """Skill over "nothing changes"."""


class Split(Data):
    """A stretch of days scored on its own."""

    first_day: date
    last_day: date
    bars: Bars | None = None


class Splits(Data):
    """What the model was tuned on, and what it is checked against."""

    tuned: Split | None = None
    checked: Split | None = None


class Scenario(Data):
    """A scenario as its files say it, includes merged."""

    format: Literal[1]
    id: Identifier
    title: str
    summary: str
    first_day: date
    """The first day played; positions are those of the evening before."""
    last_day: date
    include: tuple[str, ...] = ()
    """Files that this one stands on, relative to it."""
    chronicle: tuple[str, ...] = ()
    """Files of documented history; read by the scorecard and displays only."""
    splits: Splits
    content_note: str | None = None
    sources: dict[SourceKey, Source] = {}
    places: dict[Identifier, Place] = {}
    links: tuple[Link, ...] = ()
    factions: dict[Identifier, Faction] = {}
    opening: dict[Identifier, Control] = {}
    ground: dict[Identifier, Ground] = {}
    units: dict[Identifier, Unit] = {}
    orders: tuple[Order, ...] = ()
    triggers: dict[Identifier, Trigger] = {}
    communities: dict[Identifier, Community] = {}
    affinities: tuple[Affinity, ...] = ()
    groups: dict[Identifier, PeopleGroup] = {}
    rules: Rules = Rules()
