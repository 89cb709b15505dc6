"""What the tests of the format share: the example, the faulty files, and how they are checked."""

from pathlib import Path

from offensive_sim.errors import Problem, ScenarioError
from offensive_sim.scenario.chronicle import load_chronicle
from offensive_sim.scenario.lint import lint
from offensive_sim.scenario.lint_chronicle import lint_chronicle
from offensive_sim.scenario.load import load

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
THREE_TOWNS = HERE / "three_towns" / "scenario.yaml"
BAD = sorted((HERE / "bad").glob("*.yaml"))
BAD_CHRONICLES = sorted((HERE / "bad" / "chronicle").glob("*.yaml"))
SHIPPED = sorted((ROOT / "scenarios").glob("*/scenario.yaml"))


def checked(path: Path) -> list[Problem]:
    """Every problem of a scenario's files, found by reading or by the linter."""
    try:
        scenario, located = load(path)
    except ScenarioError as error:
        return error.problems
    return lint(scenario, located)


def checked_chronicle(path: Path) -> list[Problem]:
    """Every problem of one chronicle file, laid beside the three towns."""
    scenario, _ = load(THREE_TOWNS)
    scenario = scenario.model_copy(update={"chronicle": (path.name,)})
    try:
        chronicle, located = load_chronicle(path, scenario)
    except ScenarioError as error:
        return error.problems
    return lint_chronicle(chronicle, located, scenario)


def expected(path: Path) -> str:
    """What a faulty file says must be found in it."""
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# expect: "), f"{path}: the first line says what to expect"
    return first.removeprefix("# expect: ")


def marked_line(path: Path) -> int | None:
    """The line that a faulty file marks with ``# here``, if it does."""
    lines = [n for n, text in enumerate(path.read_text("utf-8").splitlines(), 1) if text.endswith("# here")]
    return lines[0] if lines else None


def written(path: Path, body: str = "") -> Path:
    """A scenario file of the three towns with something added."""
    parts = ", ".join(str(THREE_TOWNS.parent / f"{name}.yaml") for name in PARTS)
    path.write_text(HEAD.format(parts=parts) + body, "utf-8")
    return path


PARTS = ("map", "forces", "events", "people", "sources")
HEAD = """format: 1
id: written
title: Written by a test
summary: Three towns.
first_day: 2014-06-01
last_day: 2014-06-10
splits: {{}}
include: [{parts}]
"""
