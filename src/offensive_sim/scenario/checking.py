"""Read a scenario and its chronicle, and say everything that is wrong with them."""

from dataclasses import dataclass
from pathlib import Path

from offensive_sim.errors import Problem, ScenarioError
from offensive_sim.scenario.chronicle import Chronicle, load_chronicle
from offensive_sim.scenario.lint import check_counts, lint
from offensive_sim.scenario.lint_chronicle import lint_chronicle
from offensive_sim.scenario.load import load
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.whatif_files import find_what_if, problems_of, what_if_ids


@dataclass(frozen=True)
class Checked:
    """All problems, and one line for when there are none."""

    problems: list[Problem]
    summary: str


def checked(path: Path) -> Checked:
    """Every problem of a scenario, its chronicle and its what-ifs at once."""
    try:
        scenario, found = load(path)
        chronicle, chronicle_found = load_chronicle(path, scenario)
    except ScenarioError as error:
        return Checked(error.problems, "")
    problems = lint(scenario, found) + lint_chronicle(chronicle, chronicle_found, scenario)
    for name in what_if_ids(path):
        problems += problems_of(find_what_if(name, path), scenario, chronicle)
    return Checked(sorted(problems), check_counts(scenario, chronicle))


def sound(path: Path) -> tuple[Scenario, Chronicle]:
    """A scenario fit to be played, and its chronicle.

    Raises:
        ScenarioError: with every error found.
    """
    scenario, found = load(path)
    chronicle, chronicle_found = load_chronicle(path, scenario)
    problems = lint(scenario, found) + lint_chronicle(chronicle, chronicle_found, scenario)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise ScenarioError(errors)
    return scenario, chronicle
