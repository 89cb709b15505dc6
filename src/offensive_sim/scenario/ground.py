"""The map: places, what they mean to their defenders, and the roads between them."""

from typing import Literal

from pydantic import Field

from offensive_sim.scenario.facts import Data, Identifier, Points, Range, Sourced, SourceKey

PlaceKind = Literal[
    "city", "town", "village", "base", "airport", "camp", "crossing", "dam", "junction", "mountain",
    "oilfield", "refinery",
]
RoadClass = Literal["highway", "main", "secondary", "track"]


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
