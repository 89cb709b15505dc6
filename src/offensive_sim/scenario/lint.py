"""The meaning of a scenario: what pydantic cannot see, each check one small function."""

from typing import Final

from offensive_sim.errors import Problem
from offensive_sim.scenario import lint_events, lint_ids, lint_map
from offensive_sim.scenario.lint_walk import Check, located_problems
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import Located

CHECKS: Final[tuple[Check, ...]] = (*lint_ids.CHECKS, *lint_map.CHECKS, *lint_events.CHECKS)
"""Every check; each looks at the whole scenario and yields what it finds."""


def lint(scenario: Scenario, located: Located) -> list[Problem]:
    """Every problem of a scenario's meaning, warnings too, each with file and line."""
    return located_problems((found for check in CHECKS for found in check(scenario)), located)
