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
    """The number used."""
    low: int = Field(ge=0, le=20_000_000)
    """The lowest in print."""
    high: int = Field(ge=0, le=20_000_000)
    """The highest in print."""


class Source(Data):
    """Where a fact comes from."""

    publisher: str
    """Who published it."""
    title: str
    """What it is called."""
    date: str
    """Day, month or year of publication, or ``n.d.``."""
    kind: str
    """News agency, think-tank, UN report, participant's account ..."""
    seen: Literal["full", "excerpt", "via", "memory"]
    """How much of the text was read: all, a part, a quotation elsewhere, or nothing (general knowledge)."""
    url: str | None = None
    """Where it was read."""
    note: str | None = None
    """One line for the reader."""


class Place(Data):
    """A town, base, dam or crossing: what can be held, and where people live or shelter."""

    name: str
    """In English."""
    name_ar: str | None = None
    """In Arabic."""
    name_ku: str | None = None
    """In Sorani Kurdish."""
    aka: tuple[str, ...] = ()
    """Other spellings, for search."""
    kind: PlaceKind
    lat: float = Field(ge=-90, le=90)
    """Latitude, degrees north."""
    lon: float = Field(ge=-180, le=180)
    """Longitude, degrees east."""
    governorate: str
    """Governorate it lies in."""
    district: str | None = None
    """District it lies in."""
    coordinates: str
    """Where the point comes from."""
    verified: bool
    """Whether the point was confirmed by a source."""
    people: Range | None = None
    """Residents about May 2014, displaced people not counted; absent where nobody lives."""
    people_source: tuple[SourceKey, ...] = ()
    """Keys of ``sources`` for ``people``; needed where ``people`` is given."""
    people_note: str | None = None
    """How the number was reached."""
    note: str | None = None
    """One line for the reader."""


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
    """One end."""
    b: Identifier
    """The other end."""
    km: float = Field(gt=0, le=1000)
    """Length by road."""
    km_source: str
    """Where the length comes from."""
    road: RoadClass
    """What kind of road, which sets the pace."""
    name: str | None = None
    """What it is called."""
    crossing: str = "none"
    """River and kind of crossing, or ``none``."""
    via: tuple[tuple[float, float], ...] = ()
    """Points of longitude and latitude for drawing."""
    note: str | None = None
    """One line for the reader."""


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


class Community(Data):
    """A community, in the words its own institutions use."""

    name: str
    """As its own institutions say it."""
    vulnerability: float = Field(ge=0, le=60)
    """How many times likelier than the reference its people leave a place taken by ISIS in a day."""
    mobile: float = Field(ge=0, le=1)
    """Share who would leave at all."""
    low: float = Field(ge=0)
    """Lowest ``vulnerability`` that can be argued."""
    high: float = Field(ge=0)
    """Range of ``vulnerability``."""
    source: tuple[SourceKey, ...] = Field(min_length=1)
    """Keys of ``sources``, or ``judgement``."""
    judgement: str | None = None
    """What is judged and not sourced, and why."""


class Affinity(Sourced):
    """Why a community's people head for a place: kin, shrine, congregation."""

    community: Identifier
    """Whose people."""
    place: Identifier
    """Where they head for."""
    pull: float = Field(ge=-5, le=5)
    """Natural logarithm of how many times it draws them more than a place of the same size."""


class Displaced(Data):
    """Displaced people already sheltering at a place on the first evening."""

    place: Identifier
    """Where they shelter."""
    people: Range
    """How many."""


class PeopleGroup(Sourced):
    """A home area and a community together."""

    name: str
    """What the reader sees."""
    community: Identifier
    """Which community."""
    shares: dict[Identifier, float]
    """Place to share of its residents who belong to this group."""
    displaced: tuple[Displaced, ...] = ()
    """Already away from home on the first evening."""


class Bars(Data):
    """The least a replay must reach; below it the command ends with status 4."""

    on_time_high: float = Field(ge=0, le=1)
    """Share of high-confidence control changes on time."""
    on_time_all: float = Field(ge=0, le=1)
    """Share of all control changes on time."""
    failed_attacks: float = Field(ge=0, le=1)
    """Share of failed attacks that stay failed."""
    invented: float = Field(ge=0, le=1)
    """Largest share of places that change hands and never did."""
    skill: float = Field(ge=-10, le=1)
    """Skill over "nothing changes"."""


class Texts(Data):
    """The same words in the window's languages."""

    en: str
    """In English."""
    ar: str | None = None
    """In Arabic."""
    ckb: str | None = None
    """In Sorani Kurdish."""


class Prompt(Data):
    """One step of a tutorial: what to do, in words, and how the window sees that it is done. One thing a step."""

    shown: date | None = None
    """The evening that the window goes to first; the one shown then if left out."""
    says: Texts
    """What to do, in a sentence or two."""
    evening: date | None = None
    """Done when this evening is shown."""
    place: Identifier | None = None
    """Done when this place is chosen."""
    event: bool = False
    """Done when an event is opened."""
    mode: Literal["model", "history", "known"] | None = None
    """Done when the map shows this: the model, the chronicle, or what was known."""
    layers: Literal["control", "displacement", "forces", "sources"] | None = None
    """Done when this set of layers is shown."""


class Split(Data):
    """A stretch of days scored on its own."""

    first_day: date
    """Its first day."""
    last_day: date
    """Its last day."""
    bars: Bars | None = None
    """The least a replay must reach on these days."""


class Splits(Data):
    """What the model was tuned on, and what it is checked against."""

    tuned: Split | None = None
    """Days the rules were tuned on."""
    checked: Split | None = None
    """Days kept apart, to check the model on."""


class Scenario(Data):
    """A scenario as its files say it, includes merged."""

    format: Literal[1]
    """Version of the format: 1."""
    id: Identifier
    """Name of the scenario in commands and records."""
    title: str
    """What people call it."""
    summary: str
    """Two or three lines: what happens, and what to look at."""
    first_day: date
    """The first day played; positions are those of the evening before."""
    last_day: date
    """The last day played."""
    include: tuple[str, ...] = ()
    """Files that this one stands on, relative to it."""
    chronicle: tuple[str, ...] = ()
    """Files of documented history; read by the scorecard and displays only."""
    splits: Splits
    """Days scored on their own."""
    content_note: str | None = None
    """Shown before anything else, and on page one of the debrief."""
    sources: dict[SourceKey, Source] = {}
    """Every source, by key."""
    places: dict[Identifier, Place] = {}
    """The map's places, by id."""
    links: tuple[Link, ...] = ()
    """The roads."""
    factions: dict[Identifier, Faction] = {}
    """The parties, by id."""
    opening: dict[Identifier, Control] = {}
    """Who holds each place on the evening before the first day."""
    ground: dict[Identifier, Ground] = {}
    """What some places mean to their defenders."""
    units: dict[Identifier, Unit] = {}
    """The formations, by id."""
    orders: tuple[Order, ...] = ()
    """What each side set out to do, in any order of date."""
    triggers: dict[Identifier, Trigger] = {}
    """Events from outside the daily fighting, by id."""
    communities: dict[Identifier, Community] = {}
    """The communities, by id."""
    affinities: tuple[Affinity, ...] = ()
    """Where a community's people head for."""
    groups: dict[Identifier, PeopleGroup] = {}
    """People groups, by id."""
    prompts: tuple[Prompt, ...] = ()
    """The steps of a tutorial, in order; the window asks for them one by one."""
    rules: Rules = Rules()
    """Numbers of the rules that this scenario sets otherwise (docs/rules-numbers.md)."""
