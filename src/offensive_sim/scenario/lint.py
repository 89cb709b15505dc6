"""The meaning of a scenario: what pydantic cannot see, each check one small function."""

from collections.abc import Sized
from typing import Final, Protocol

from offensive_sim.errors import Problem
from offensive_sim.scenario import lint_events, lint_ids, lint_map, lint_prompts
from offensive_sim.scenario.lint_walk import Check, located_problems
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import Located

CHECKS: Final[tuple[Check, ...]] = (*lint_ids.CHECKS, *lint_map.CHECKS, *lint_events.CHECKS, *lint_prompts.CHECKS)
"""Every check; each looks at the whole scenario and yields what it finds."""


class Counted(Protocol):
    """What is counted of a chronicle; this module must not import it."""

    @property
    def changes(self) -> Sized: ...  # noqa: D102
    @property
    def failed_attacks(self) -> Sized: ...  # noqa: D102
    @property
    def events(self) -> Sized: ...  # noqa: D102


def lint(scenario: Scenario, located: Located) -> list[Problem]:
    """Every problem of a scenario's meaning, warnings too, each with file and line."""
    return located_problems((found for check in CHECKS for found in check(scenario)), located)


def check_counts(scenario: Scenario, chronicle: Counted) -> str:
    """The one line that says a scenario is sound, with what it holds."""
    counts = (
        (len(scenario.places), "places"),
        (len(scenario.links), "links"),
        (len(scenario.units), "units"),
        (len(scenario.orders), "orders"),
        (len(scenario.triggers), "triggers"),
        (len(scenario.groups), "people groups"),
        (len(scenario.sources), "sources"),
        (len(chronicle.changes), "control changes"),
        (len(chronicle.failed_attacks), "failed attacks"),
        (len(chronicle.events), "events"),
    )
    return f"{scenario.id}: OK: " + ", ".join(
        f"{count} {what.removesuffix('s') if count == 1 else what}" for count, what in counts
    )
