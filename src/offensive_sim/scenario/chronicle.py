"""The chronicle: documented history, for the scorecard and the displays.

Nothing that decides an outcome imports this module; an import contract holds that.
"""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from offensive_sim.errors import Problem, ScenarioError
from offensive_sim.scenario.explain import explained
from offensive_sim.scenario.facts import Data, Identifier, Sourced
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import KeyPath, Located, read_file

CONTESTED = "contested"


class Change(Sourced):
    """A documented change of control."""

    place: Identifier
    """Which place."""
    date: date
    """The day."""
    uncertainty: int = Field(ge=0, le=31)
    """Plus or minus days."""
    from_: Identifier = Field(alias="from")
    """Who held it until then, or ``contested``."""
    to: Identifier
    """Who holds it from then on, or ``contested``."""
    between: tuple[Identifier, ...] = Field(default=(), max_length=2)
    """Where it is contested from then on, the two who contend for it, who holds more of it first; none where no second
    party is documented there."""


class FailedAttack(Sourced):
    """An attack that did not take its place."""

    place: Identifier
    """What was attacked."""
    first_day: date
    """When it began."""
    last_day: date
    """When it was over."""
    attacker: Identifier
    """Who attacked."""
    defender: Identifier
    """Who held."""
    what: str
    """What happened, in a sentence."""


class Event(Sourced):
    """Something else that happened, told in a neutral sentence."""

    date: date
    """The day, or the first one."""
    title: str
    """What happened, in a few neutral words."""
    kind: Literal["military", "political", "humanitarian", "atrocity", "economic", "intervention"]
    place: Identifier | None = None
    """Where, if at one place."""
    actors: tuple[str, ...] = ()
    """Who took part."""
    what: str | None = None
    """One sentence more."""
    numbers: str | None = None
    """A range with its sources, in words."""


class Figure(Sourced):
    """A dated count of displaced people."""

    date: date
    """The day it stands for."""
    area: str
    """``national``: all displaced people in Iraq; ``part``: see ``measure``; else an area's id."""
    measure: str
    """What was counted."""
    value: int = Field(ge=0)
    """The count."""
    low: int = Field(ge=0)
    """The lowest in print."""
    high: int = Field(ge=0)
    """The highest in print."""


class Movement(Sourced):
    """People counted from one area to another."""

    origin: str
    """Area they left."""
    to: str
    """Area they reached."""
    via: str | None = None
    """Area they crossed."""
    first_day: date
    """When the count begins."""
    last_day: date
    """When it ends."""
    value: int = Field(ge=0)
    """The count."""
    low: int = Field(ge=0)
    """The lowest in print."""
    high: int = Field(ge=0)
    """The highest in print."""
    measure: str | None = None
    """What was counted."""


class Account(Data):
    """A question on which sources disagree."""

    question: str
    """What they disagree on."""
    versions: str
    """What each says."""
    chosen: str
    """What this chronicle says."""
    why: str
    """Why."""


class Chronicle(Data):
    """All of it."""

    changes: tuple[Change, ...] = ()
    """Changes of control."""
    failed_attacks: tuple[FailedAttack, ...] = ()
    """Attacks that failed."""
    events: dict[Identifier, Event] = Field(default={})
    """Everything else, by id."""
    displaced: tuple[Figure, ...] = ()
    """Counts of displaced people."""
    movements: tuple[Movement, ...] = ()
    """Counts of people from one area to another."""
    accounts: tuple[Account, ...] = ()
    """Where sources disagree, and what was chosen."""


def load_chronicle(scenario_path: Path, scenario: Scenario) -> tuple[Chronicle, Located]:
    """Read the chronicle files that a scenario names.

    Raises:
        ScenarioError: with every problem found.
    """
    found = Located(files=[scenario_path])
    for name in scenario.chronicle:
        one = read_file((scenario_path.parent / name).resolve())
        found.problems += one.problems
        found.lines.update(one.lines)
        for key, value in one.data.items():
            if key in found.data:
                found.problems.append(Problem(*one.where((key,)), key, "stands in two chronicle files"))
            found.data[key] = value
    if found.problems:
        raise ScenarioError(found.problems)
    try:
        return Chronicle.model_validate(found.data), found
    except ValidationError as error:
        raise ScenarioError(explained(error, found, Chronicle)) from None


def sourced_rows(chronicle: Chronicle) -> list[tuple[KeyPath, Sourced]]:
    """Every sourced row with its path, for the linter."""
    rows: list[tuple[KeyPath, Sourced]] = []
    for key in ("changes", "failed_attacks", "displaced", "movements"):
        rows += [((key, i), row) for i, row in enumerate(getattr(chronicle, key))]
    return rows + [(("events", key), event) for key, event in chronicle.events.items()]
