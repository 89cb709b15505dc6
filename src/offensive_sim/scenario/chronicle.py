"""The chronicle: documented history, for the scorecard and the displays.

Nothing that decides an outcome imports this module; an import contract holds that.
"""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from offensive_sim.errors import Problem, ScenarioError
from offensive_sim.scenario.explain import explained
from offensive_sim.scenario.model import Data, Identifier, Scenario, Sourced
from offensive_sim.scenario.reading import KeyPath, Located, read_file

CONTESTED = "contested"


class Change(Sourced):
    """A documented change of control."""

    place: Identifier
    date: date
    uncertainty: int = Field(ge=0, le=31)
    """Plus or minus days."""
    from_: Identifier = Field(alias="from")
    to: Identifier


class FailedAttack(Sourced):
    """An attack that did not take its place."""

    place: Identifier
    first_day: date
    last_day: date
    attacker: Identifier
    defender: Identifier
    what: str


class Event(Sourced):
    """Something else that happened, told in a neutral sentence."""

    date: date
    title: str
    kind: Literal["military", "political", "humanitarian", "atrocity", "economic", "intervention"]
    place: Identifier | None = None
    actors: tuple[str, ...] = ()
    what: str | None = None
    numbers: str | None = None
    """A range with its sources, in words."""


class Figure(Sourced):
    """A dated count of displaced people."""

    date: date
    area: str
    """``national``: all displaced people in Iraq; ``part``: see ``measure``; else an area's id."""
    measure: str
    value: int = Field(ge=0)
    low: int = Field(ge=0)
    high: int = Field(ge=0)


class Movement(Sourced):
    """People counted from one area to another."""

    origin: str
    to: str
    via: str | None = None
    first_day: date
    last_day: date
    value: int = Field(ge=0)
    low: int = Field(ge=0)
    high: int = Field(ge=0)
    measure: str | None = None


class Account(Data):
    """A question on which sources disagree."""

    question: str
    versions: str
    chosen: str
    why: str


class Chronicle(Data):
    """All of it."""

    changes: tuple[Change, ...] = ()
    failed_attacks: tuple[FailedAttack, ...] = ()
    events: dict[Identifier, Event] = {}
    displaced: tuple[Figure, ...] = ()
    movements: tuple[Movement, ...] = ()
    accounts: tuple[Account, ...] = ()


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
                found.problems.append(Problem(str(one.files[0]), 1, key, "stands in two chronicle files"))
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
