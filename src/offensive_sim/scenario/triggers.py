"""Condition, then effects, from closed vocabularies: no word sets control, makes people or harms outside a fight."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]


class Word(BaseModel):
    """Closed and frozen, like every other part of a scenario."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False)


# Conditions


class FromDay(Word):
    """True from this morning on."""

    kind: Literal["from_day"]
    day: date


class Holds(Word):
    """True while a holding faction holds a place, contested or not."""

    kind: Literal["holds"]
    place: Id
    faction: Id


class Contested(Word):
    """True while two sides are inside a place."""

    kind: Literal["contested"]
    place: Id


class Broken(Word):
    """True once a unit has broken at least once."""

    kind: Literal["broken"]
    unit: Id


class FlagSet(Word):
    """True once a flag was set."""

    kind: Literal["flag"]
    flag: Id


class PlacesTaken(Word):
    """True once a holding faction holds at least so many places more than it did at the start."""

    kind: Literal["places_taken"]
    faction: Id
    count: int = Field(ge=1, le=189)


class AllOf(Word):
    """True if every one is."""

    kind: Literal["all_of"]
    of: "tuple[Condition, ...]" = Field(min_length=1, max_length=8)


class AnyOf(Word):
    """True if at least one is."""

    kind: Literal["any_of"]
    of: "tuple[Condition, ...]" = Field(min_length=1, max_length=8)


class Not(Word):
    """True if the other is not."""

    kind: Literal["not"]
    of: "Condition"


Condition = Annotated[
    FromDay | Holds | Contested | Broken | FlagSet | PlacesTaken | AllOf | AnyOf | Not, Field(discriminator="kind")
]


# Effects

Days = Annotated[int, Field(ge=1, le=365)]
Points = Annotated[int, Field(ge=-60, le=60)]


class SetFlag(Word):
    """Raise a flag that other triggers read."""

    kind: Literal["set_flag"]
    flag: Id


class CommandLeaves(Word):
    """A headquarters' senior commanders leave it; everyone below it sees them go."""

    kind: Literal["command_leaves"]
    hq: Id


class Nerve(Word):
    """Raise or lower the nerve of units for some days: news, a visit, a bomb at a command post."""

    kind: Literal["nerve"]
    points: Points
    days: Days
    units: tuple[Id, ...] = ()
    """These units ..."""
    faction: Id | None = None
    """... or every unit of this faction ..."""
    place: Id | None = None
    """... or, with ``faction``, only those that stand at this place."""


class Pay(Word):
    """Units that went unpaid are paid, or the other way round."""

    kind: Literal["pay"]
    units: tuple[Id, ...] = Field(min_length=1)
    paid: bool


class Arrive(Word):
    """A unit that the scenario holds back comes onto the map at its place."""

    kind: Literal["arrive"]
    unit: Id


class Reinforce(Word):
    """Men join a unit from outside the theatre; the range is drawn once a replica."""

    kind: Literal["reinforce"]
    unit: Id
    value: int = Field(ge=1, le=60_000)
    low: int = Field(ge=0, le=60_000)
    high: int = Field(ge=1, le=60_000)


class Recruits(Word):
    """A faction draws recruits where it holds places, so many men a day in all, for some days."""

    kind: Literal["recruits"]
    faction: Id
    men_a_day: int = Field(ge=1, le=2_000)
    days: Days


class Equip(Word):
    """A faction gains vehicles and heavy weapons from outside: a delivery, not a capture."""

    kind: Literal["equip"]
    faction: Id
    pieces: int = Field(ge=1, le=5_000)


class AirStrikes(Word):
    """Strikes in support of a faction's side at a place and the roads that leave it."""

    kind: Literal["air_strikes"]
    faction: Id
    place: Id
    strikes: int = Field(ge=1, le=60)
    """Strikes a day."""
    days: Days


class AirSupply(Word):
    """Helicopters or drops keep a garrison supplied although its roads are cut."""

    kind: Literal["air_supply"]
    faction: Id
    place: Id
    days: Days


class Works(Word):
    """Trenches, berms, mines: points on the nerve and cover of whoever of the faction holds the place."""

    kind: Literal["works"]
    faction: Id
    place: Id
    points: Annotated[int, Field(ge=1, le=20)]


class CloseLink(Word):
    """A road is closed to everyone: a bridge blown, a route mined."""

    kind: Literal["close_link"]
    a: Id
    b: Id
    days: Days


class OpenLink(Word):
    """A closed road opens again."""

    kind: Literal["open_link"]
    a: Id
    b: Id


class OpenCamp(Word):
    """A camp or reception site opens; its room is what is left when the town is full."""

    kind: Literal["open_camp"]
    place: Id
    room: int = Field(ge=100, le=200_000)
    """Persons it can shelter."""


class WarningGiven(Word):
    """Word reaches a place that the feared side is coming: leaving is weighed as on the day of a capture."""

    kind: Literal["warning"]
    place: Id
    share: float = Field(gt=0, le=1)
    """How much of the weight of a capture it has: how many hear it and believe it."""
    days: Days


class Gate(Word):
    """A checkpoint lets a share of those who come pass, by community; the others stop, wait or take another road."""

    kind: Literal["gate"]
    a: Id
    b: Id
    """The road, from the outer to the inner place."""
    share: float = Field(ge=0, le=1)
    communities: tuple[Id, ...] = ()
    """Only these; empty: everyone."""


class MayTakeOver(Word):
    """A side may from now on move into places that another has abandoned."""

    kind: Literal["may_take_over"]
    faction: Id
    from_faction: Id


Effect = Annotated[
    SetFlag | CommandLeaves | Nerve | Pay | Arrive | Reinforce | Recruits | Equip | AirStrikes | AirSupply
    | Works | CloseLink | OpenLink | OpenCamp | WarningGiven | Gate | MayTakeOver,
    Field(discriminator="kind"),
]


class Account(Word):
    """One of several rival accounts of the same event; one is drawn a replica, by weight."""

    id: Id
    """Its name within the trigger."""
    weight: float = Field(gt=0, le=1)
    """Chance that this account is the one; all weights make 1."""
    says: str
    """What it says happened."""
    source: tuple[str, ...] = Field(min_length=1)
    """Keys of ``sources``."""
    then: tuple[Effect, ...] = ()
    """What happens if it is right."""


class Trigger(Word):
    """A documented event: when its condition first holds, its effects happen, once."""

    title: str
    """What happened, in a few words."""
    does: str
    """One line: what it does in the model, and why."""
    when: Condition
    """The condition."""
    odds: float = Field(default=1.0, gt=0, le=1)
    """Chance a day that it happens while the condition holds."""
    then: tuple[Effect, ...] = ()
    """The effects, in order."""
    accounts: tuple[Account, ...] = ()
    """Where sources disagree; instead of ``then``, or beside it."""
    led_by: Id | None = None
    """Who may send its aircraft or camp elsewhere: a faction or ``coalition``; absent: the effect's faction."""
    known_from: date
    """The first day on which the public could know it."""
    source: tuple[str, ...] = Field(min_length=1)
    """Keys of ``sources``, or ``judgement``."""
    confidence: Literal["high", "medium", "low"]
    """How far to trust it."""
    judgement: str | None = None
    """Which of the numbers are ours, and why."""
    note: str | None = None
    """One line for the reader."""
