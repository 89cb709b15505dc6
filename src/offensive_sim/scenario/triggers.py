"""Condition, then effects, from closed vocabularies: no word sets control, makes people or harms outside a fight."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from offensive_sim.scenario.facts import Data, Identifier
from offensive_sim.scenario.relief import Days, Gate, OpenCamp, Transport, WarningGiven

# Conditions


class FromDay(Data):
    """True from this morning on."""

    kind: Literal["from_day"]
    day: date


class Holds(Data):
    """True while a holding faction holds a place, contested or not."""

    kind: Literal["holds"]
    place: Identifier
    faction: Identifier


class Contested(Data):
    """True while two sides are inside a place."""

    kind: Literal["contested"]
    place: Identifier


class Broken(Data):
    """True once a unit has broken at least once."""

    kind: Literal["broken"]
    unit: Identifier


class FlagSet(Data):
    """True once a flag was set."""

    kind: Literal["flag"]
    flag: Identifier


class PlacesTaken(Data):
    """True once a holding faction holds at least so many places more than it did at the start."""

    kind: Literal["places_taken"]
    faction: Identifier
    count: int = Field(ge=1, le=189)


class AllOf(Data):
    """True if every one is."""

    kind: Literal["all_of"]
    of: "tuple[Condition, ...]" = Field(min_length=1, max_length=8)


class AnyOf(Data):
    """True if at least one is."""

    kind: Literal["any_of"]
    of: "tuple[Condition, ...]" = Field(min_length=1, max_length=8)


class Not(Data):
    """True if the other is not."""

    kind: Literal["not"]
    of: "Condition"


Condition = Annotated[
    FromDay | Holds | Contested | Broken | FlagSet | PlacesTaken | AllOf | AnyOf | Not, Field(discriminator="kind")
]


# Effects

Points = Annotated[int, Field(ge=-60, le=60)]


class SetFlag(Data):
    """Raise a flag that other triggers read."""

    kind: Literal["set_flag"]
    flag: Identifier


class CommandLeaves(Data):
    """A headquarters' senior commanders leave it; everyone below it sees them go."""

    kind: Literal["command_leaves"]
    hq: Identifier


class Nerve(Data):
    """Raise or lower the nerve of units for some days: news, a visit, a bomb at a command post."""

    kind: Literal["nerve"]
    points: Points
    days: Days
    units: tuple[Identifier, ...] = ()
    """These units ..."""
    faction: Identifier | None = None
    """... or every unit of this faction ..."""
    place: Identifier | None = None
    """... or, with ``faction``, only those that stand at this place."""


class Pay(Data):
    """Units that went unpaid are paid, or the other way round."""

    kind: Literal["pay"]
    units: tuple[Identifier, ...] = Field(min_length=1)
    paid: bool


class Arrive(Data):
    """A unit that the scenario holds back comes onto the map at its place."""

    kind: Literal["arrive"]
    unit: Identifier


class Reinforce(Data):
    """Men join a unit from outside the theatre; the range is drawn once a replica."""

    kind: Literal["reinforce"]
    unit: Identifier
    value: int = Field(ge=1, le=60_000)
    low: int = Field(ge=0, le=60_000)
    high: int = Field(ge=1, le=60_000)


class Recruits(Data):
    """A faction draws recruits where it holds places, so many men a day in all, for some days."""

    kind: Literal["recruits"]
    faction: Identifier
    men_a_day: int = Field(ge=1, le=2_000)
    days: Days


class Equip(Data):
    """A faction gains vehicles and heavy weapons from outside: a delivery, not a capture."""

    kind: Literal["equip"]
    faction: Identifier
    pieces: int = Field(ge=1, le=5_000)


class AirStrikes(Data):
    """Strikes in support of a faction's side at a place and the roads that leave it."""

    kind: Literal["air_strikes"]
    faction: Identifier
    place: Identifier
    strikes: int = Field(ge=1, le=60)
    """Strikes a day."""
    days: Days


class AirSupply(Data):
    """Helicopters or drops keep a garrison supplied although its roads are cut."""

    kind: Literal["air_supply"]
    faction: Identifier
    place: Identifier
    days: Days


class Works(Data):
    """Trenches, berms, mines: points on the nerve and cover of whoever of the faction holds the place."""

    kind: Literal["works"]
    faction: Identifier
    place: Identifier
    points: Annotated[int, Field(ge=1, le=20)]


class CloseLink(Data):
    """A road is closed to everyone: a bridge blown, a route mined."""

    kind: Literal["close_link"]
    a: Identifier
    b: Identifier
    days: Days


class OpenLink(Data):
    """A closed road opens again."""

    kind: Literal["open_link"]
    a: Identifier
    b: Identifier


class MayTakeOver(Data):
    """A side may from now on move into places that another has abandoned."""

    kind: Literal["may_take_over"]
    faction: Identifier
    from_faction: Identifier


Effect = Annotated[
    SetFlag | CommandLeaves | Nerve | Pay | Arrive | Reinforce | Recruits | Equip | AirStrikes | AirSupply
    | Works | CloseLink | OpenLink | OpenCamp | WarningGiven | Gate | Transport | MayTakeOver,
    Field(discriminator="kind"),
]


class Account(Data):
    """One of several rival accounts of the same event; one is drawn a replica, by weight."""

    id: Identifier
    """Its name within the trigger."""
    weight: float = Field(gt=0, le=1)
    """Chance that this account is the one; all weights make 1."""
    says: str
    """What it says happened."""
    source: tuple[str, ...] = Field(min_length=1)
    """Keys of ``sources``."""
    then: tuple[Effect, ...] = ()
    """What happens if it is right."""


class Trigger(Data):
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
    led_by: Identifier | None = None
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
