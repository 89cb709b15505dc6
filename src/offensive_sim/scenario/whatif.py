"""What a what-if file may say: one lever, one date, the premise in words, what speaks for and against it.

The levers are a closed vocabulary like that of orders and triggers: they change what is set out, known or available,
never who holds a place, who lives or who is harmed. ``levers.py`` applies them; docs/what-if.md shows how to write one.
"""

import datetime
from datetime import date, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from offensive_sim.scenario.facts import Data, Identifier, Sourced, SourceKey
from offensive_sim.scenario.forces import OrderKind
from offensive_sim.scenario.relief import Gate, OpenCamp, Transport, WarningGiven
from offensive_sim.scenario.triggers import (
    AirStrikes,
    AirSupply,
    CloseLink,
    Condition,
    Equip,
    MayTakeOver,
    Nerve,
    OpenLink,
    Pay,
    Recruits,
    Reinforce,
    Works,
)

SHORT_GAP: Final = 14
"""Days after which a difference rests on too many steps to be read closely (Fearon 1991: keep the gap short)."""


class Who(Data):
    """Which units: all that meet every condition given; at least one condition."""

    units: tuple[Identifier, ...] = ()
    """These ..."""
    faction: Identifier | None = None
    """... of this faction ..."""
    under: Identifier | None = None
    """... a headquarters and whatever is below it ..."""
    at: tuple[Identifier, ...] = ()
    """... standing at one of these places on the first evening."""


# Levers


class NoEvent(Data):
    """Events that do not happen on or after the date; whatever waits for their flags waits for ever."""

    kind: Literal["no_event"]
    events: tuple[Identifier, ...] = ()
    """Ids of triggers."""
    arrivals: tuple[Identifier, ...] = ()
    """Units that came because of it and now do not appear."""


class EventMoved(Data):
    """Events that happen earlier or later by some days, with the units that came because of them."""

    kind: Literal["event_moved"]
    days: int = Field(ge=-90, le=90)
    """Days later; negative: earlier."""
    events: tuple[Identifier, ...] = ()
    """Ids of triggers with a ``from_day`` in their condition."""
    arrivals: tuple[Identifier, ...] = ()
    """Units whose ``appears`` moves along."""


Added = Annotated[
    Nerve | Pay | Reinforce | Recruits | Equip | AirStrikes | AirSupply | Works | CloseLink | OpenLink | OpenCamp
    | WarningGiven | Gate | Transport | MayTakeOver,
    Field(discriminator="kind"),
]


class EventAdded(Data):
    """An event that did not happen: from the date on, once its condition holds, its effects happen, once."""

    kind: Literal["event_added"]
    title: str
    """What happens, in a few words."""
    when: Condition | None = None
    """What must hold besides the date; absent: nothing."""
    then: tuple[Added, ...] = Field(min_length=1)
    """The effects, in order."""


class OrdersGiven(Data):
    """Units get this order on the date; their documented orders are dropped until ``until``."""

    kind: Literal["orders_given"]
    who: Who
    """Which units."""
    order: OrderKind
    """What to do."""
    to: Identifier | None = None
    """Where to; absent for ``hold`` and ``lie_low`` where they stand."""
    until: date | None = None
    """From this day on their documented orders count again; absent: never."""


class OrdersDropped(Data):
    """Documented orders from the date on are not given; each unit keeps the order it had."""

    kind: Literal["orders_dropped"]
    who: Who
    """Which units."""
    orders: tuple[OrderKind, ...] = ()
    """Only orders of these kinds; empty: all."""
    to: tuple[Identifier, ...] = ()
    """Only orders that lead to these places; empty: all."""
    until: date | None = None
    """Orders from this day on are given again; absent: never."""


class OrdersMoved(Data):
    """Documented orders from the date on are given later by some days, or earlier."""

    kind: Literal["orders_moved"]
    days: int = Field(ge=-30, le=30)
    """Days later; negative: earlier."""
    who: Who
    """Which units."""
    orders: tuple[OrderKind, ...] = ()
    """Only orders of these kinds; empty: all."""
    to: tuple[Identifier, ...] = ()
    """Only orders that lead to these places; empty: all."""
    until: date | None = None
    """Orders from this day on stay where they are; absent: all move."""


class Strength(Data):
    """Units have other numbers of men; before the first day their opening strength, later as men who join."""

    kind: Literal["strength"]
    who: Who
    """Which units."""
    times: float | None = Field(default=None, ge=0.1, le=10)
    """Multiplies the men present."""
    on_paper: bool = False
    """Instead: as many men as on paper, and no ghost soldiers; only on the first day."""


Lever = Annotated[
    NoEvent | EventMoved | EventAdded | OrdersGiven | OrdersDropped | OrdersMoved | Strength,
    Field(discriminator="kind"),
]


# What is asked of the runs


class _Measure(Data):
    id: Identifier
    """Its name in tables."""
    title: str
    """What the reader sees, such as "people of Sinjar who are away from home"."""
    expect: Literal["more", "fewer", "unsure"] = "unsure"
    """What the premise would lead one to expect of the what-if against the model as it is."""


class DisplacedPeople(_Measure):
    """Persons away from home on an evening."""

    kind: Literal["displaced"]
    groups: tuple[Identifier, ...] = ()
    """Only of these people groups ..."""
    communities: tuple[Identifier, ...] = ()
    """... or of these communities; both empty: everybody."""
    places: tuple[Identifier, ...] = ()
    """Only those who are at these places; empty: anywhere."""


class PeopleUnder(_Measure):
    """Persons, at home or not, who are at places that a faction holds on an evening."""

    kind: Literal["people_under"]
    faction: Identifier
    """Which faction."""
    groups: tuple[Identifier, ...] = ()
    """Only of these people groups ..."""
    communities: tuple[Identifier, ...] = ()
    """... or of these communities; both empty: everybody."""
    places: tuple[Identifier, ...] = ()
    """Only at these places; empty: anywhere."""


class PlacesHeld(_Measure):
    """Places that a faction holds on an evening, contested or not."""

    kind: Literal["places_held"]
    faction: Identifier
    """Which faction."""
    places: tuple[Identifier, ...] = ()
    """Only of these; empty: of all."""


class MenPresent(_Measure):
    """Men of units on the map on an evening."""

    kind: Literal["men_present"]
    who: Who
    """Of which units; ``at`` means where they stood on the first evening."""
    places: tuple[Identifier, ...] = ()
    """Only those at these places; empty: anywhere."""
    held_by: Identifier | None = None
    """Only at places that this faction holds; absent: whoever holds them."""


Measure = Annotated[DisplacedPeople | PeopleUnder | PlacesHeld | MenPresent, Field(discriminator="kind")]


# The file


class Evidence(Data):
    """Something in the record that bears on the premise."""

    says: str
    """What, in a sentence."""
    source: tuple[SourceKey, ...] = Field(min_length=1)
    """Keys of ``sources``."""


class Evidences(Data):
    """What speaks for the premise, and what against it."""

    for_: tuple[Evidence, ...] = Field(default=(), alias="for")
    """For."""
    against: tuple[Evidence, ...] = ()
    """Against."""


class HangsOn(Data):
    """A fact of the scenario or the chronicle that the premise touches."""

    what: Literal["event", "unit", "place", "documented"]
    """A trigger, a unit, a place of the scenario; or an event of the chronicle."""
    id: Identifier
    """Its id."""
    how: Literal["depends", "contradicts"]
    """It would not have come about without what is changed; or it speaks against the premise."""
    why: str
    """In a sentence."""


class WhatIf(Sourced):
    """A named change to a scenario: what is changed, why it might have been so, and what is asked."""

    format: Literal[1]
    """Version of the format: 1."""
    id: Identifier
    """Name of the what-if in commands and tables; the same as the file's."""
    scenario: Identifier
    """The scenario it belongs to."""
    title: str
    """What people call it."""
    question: str
    """The question, one sentence that begins with "What if"."""
    date: date
    """The morning on which the two courses may part; before it nothing differs."""
    premise: str
    """What is taken to be otherwise, in words."""
    kind: Literal["plausible", "miracle"]
    """Whether the people of the time could have brought it about with what they had."""
    lever: Lever
    """The one change."""
    evidence: Evidences
    """What bears on whether it could have been so."""
    facts: tuple[HangsOn, ...] = ()
    """Facts that hang on the premise."""
    measures: tuple[Measure, ...] = Field(min_length=1, max_length=6)
    """What is asked of the runs; the first is the outcome that the question is about."""
    horizon: int = Field(default=SHORT_GAP, ge=1, le=90)
    """Days from the date to the day on which the outcome is judged."""
    claim: str | None = None
    """The general claim about armies, states or flight that the answer leans on."""
    would_show: str | None = None
    """What else the record should hold if the answer is right."""
    caution: str
    """What the answer cannot say, and what must be kept in mind."""
    discuss: tuple[str, ...] = ()
    """Questions for a class."""
    twin: Identifier | None = None
    """Another what-if to lay beside this one: a structure beside an act."""
    opt_in: bool = False
    """Whether an instructor must allow it before it runs."""

    @property
    def judged_on(self) -> datetime.date:
        """The day on which the outcome is judged, not looking at where the scenario ends."""
        return self.date + timedelta(days=self.horizon)
