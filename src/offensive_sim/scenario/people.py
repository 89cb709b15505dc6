"""The communities, and where their people live, shelter and head for."""

from pydantic import Field

from offensive_sim.scenario.facts import Data, Identifier, Range, Sourced, SourceKey


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
