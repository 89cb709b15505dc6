"""Effects of triggers on people away from home or about to leave: rooms, warnings, checkpoints, journeys."""

from typing import Annotated, Literal

from pydantic import Field

from offensive_sim.scenario.facts import Data, Identifier

Days = Annotated[int, Field(ge=1, le=365)]


class OpenCamp(Data):
    """A camp or reception site opens; its room is what is left when the town is full."""

    kind: Literal["open_camp"]
    place: Identifier
    room: int = Field(ge=100, le=200_000)
    """Persons it can shelter."""


class WarningGiven(Data):
    """Word reaches a place that the feared side is coming: leaving is weighed as on the day of a capture."""

    kind: Literal["warning"]
    place: Identifier
    share: float = Field(gt=0, le=1)
    """How much of the weight of a capture it has: how many hear it and believe it."""
    days: Days


class Gate(Data):
    """A checkpoint lets a share of those who come pass, by community; the others stop, wait or take another road."""

    kind: Literal["gate"]
    a: Identifier
    b: Identifier
    """The road, from the outer to the inner place."""
    share: float = Field(ge=0, le=1)
    communities: tuple[Identifier, ...] = ()
    """Only these; empty: everyone."""


class Transport(Data):
    """Buses or flights carry displaced people from one place to another; from there they go on as others do."""

    kind: Literal["transport"]
    place: Identifier
    """Where they get in, sheltered there or on the road."""
    to: Identifier
    persons: int = Field(ge=100, le=50_000)
    """Persons a day, at most."""
    days: Days
    communities: tuple[Identifier, ...] = ()
    """Only these; empty: everyone."""
