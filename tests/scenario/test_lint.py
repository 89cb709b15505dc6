import pytest
from tests.scenario.helpers import (
    BAD,
    BAD_CHRONICLES,
    THREE_TOWNS,
    checked,
    checked_chronicle,
    expected,
    marked_line,
    written,
)

from offensive_sim.errors import ScenarioError
from offensive_sim.scenario import lint_chronicle as history
from offensive_sim.scenario.chronicle import load_chronicle
from offensive_sim.scenario.lint import CHECKS, check_counts, lint
from offensive_sim.scenario.lint_chronicle import lint_chronicle
from offensive_sim.scenario.lint_ids import NAMES
from offensive_sim.scenario.load import load
from offensive_sim.scenario.schema import scenario_schema


def name(path):
    return path.stem


def one_problem(problems, path):
    """Each faulty file has one fault: one problem, with the expected words, on the marked line."""
    assert len(problems) == 1, "\n".join(map(str, problems)) or f"nothing found in {path.name}"
    problem = problems[0]
    assert expected(path) in f"{'warning: ' * (problem.severity == 'warning')}{problem.key}: {problem.what}"
    assert "\n" not in str(problem)
    if (line := marked_line(path)) is not None:
        assert problem.file.endswith(path.name)
        assert problem.line == line, str(problem)


@pytest.mark.parametrize("path", BAD, ids=name)
def test_a_faulty_file_has_one_clear_problem_on_its_line(path):
    one_problem(checked(path), path)


@pytest.mark.parametrize("path", BAD_CHRONICLES, ids=name)
def test_a_faulty_chronicle_has_one_clear_problem_on_its_line(path):
    one_problem(checked_chronicle(path), path)


def test_the_example_has_no_problem_at_all():
    scenario, located = load(THREE_TOWNS)
    chronicle, found = load_chronicle(THREE_TOWNS, scenario)
    assert lint(scenario, located) == []
    assert lint_chronicle(chronicle, found, scenario) == []
    assert check_counts(scenario, chronicle) == (
        "three-towns: OK: 3 places, 2 links, 4 units, 3 orders, 2 triggers, 2 people groups, 3 sources, "
        "2 control changes, 1 failed attack, 1 event"
    )


def readable(paths):
    for path in paths:
        try:
            yield load(path)[0]
        except ScenarioError:
            continue


def test_every_check_finds_its_fault_in_some_faulty_file():
    scenarios = list(readable(BAD))
    idle = [check.__name__ for check in CHECKS if not any(list(check(one)) for one in scenarios)]
    assert idle == []


def test_every_chronicle_check_finds_its_fault_in_some_faulty_file():
    scenario, _ = load(THREE_TOWNS)
    idle = {check.__name__ for check in history.CHECKS}
    for path in BAD_CHRONICLES:
        try:
            chronicle, _ = load_chronicle(path, scenario.model_copy(update={"chronicle": (path.name,)}))
        except ScenarioError:
            continue
        idle -= {check.__name__ for check in history.CHECKS if list(check(chronicle, scenario))}
    assert idle == set()


def test_every_key_that_holds_an_id_is_checked():
    """A new effect with a new word for a place or a unit must not slip past the linter."""
    id_pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
    # ``led_by`` may be the coalition, which is no faction: ``leaders_exist`` checks it.
    not_references = {"id", "flag", "command", "led_by"}
    holds_ids = set()
    for part in scenario_schema()["$defs"].values():
        for key, one in part.get("properties", {}).items():
            inner = [one, one.get("items", {}), *one.get("anyOf", [])]
            if any(piece.get("pattern") == id_pattern for piece in inner if isinstance(piece, dict)):
                holds_ids.add(key)
    assert {"place", "faction", "unit"} <= holds_ids
    assert holds_ids - not_references <= set(NAMES)


def test_orders_and_triggers_may_run_past_the_last_day(tmp_path):
    late = (
        "orders:\n  - {date: 2014-08-30, units: [blue-column], order: attack, to: ford, "
        "source: [invented_daily], confidence: low}\n"
    )
    assert checked(written(tmp_path / "late.yaml", late)) == []


def test_problems_come_in_the_order_of_the_file(tmp_path):
    body = (
        "orders:\n"
        "  - {date: 2014-06-02, units: [nobody], order: hold, source: [nowhere], confidence: low}\n"
        "  - {date: 2014-06-02, units: [red-hq], order: march, source: [invented_daily], confidence: low}\n"
    )
    problems = checked(written(tmp_path / "three.yaml", body))
    assert [(one.line, one.key) for one in problems] == [
        (10, "orders.0.source.0"),
        (10, "orders.0.units.0"),
        (11, "orders.1.order"),
    ]


def test_a_change_before_the_first_day_is_not_held_against_the_opening():
    scenario, _ = load(THREE_TOWNS)
    chronicle, located = load_chronicle(THREE_TOWNS, scenario)
    later = scenario.model_copy(update={"first_day": chronicle.changes[1].date})
    problems = lint_chronicle(chronicle, located, later)
    assert [one.what for one in problems] == ["ford is red until 2014-06-04, not contested"]
