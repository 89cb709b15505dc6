"""The days a replay is scored on, and the least it must reach."""

from datetime import date

from pydantic import Field

from offensive_sim.scenario.facts import Data


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
