import re
import subprocess
import sys
from datetime import date

import pytest
from tests.scenario.helpers import HERE, ROOT, SHIPPED, THREE_TOWNS

from offensive_sim.scenario.chronicle import load_chronicle
from offensive_sim.scenario.lint import check_counts, lint
from offensive_sim.scenario.lint_chronicle import lint_chronicle
from offensive_sim.scenario.load import load
from offensive_sim.scenario.reading import read_file
from offensive_sim.scenario.rules import RULES
from offensive_sim.scenario.schema import DIALECT, chronicle_schema, scenario_schema

BASE = sorted((ROOT / "scenarios" / "base").glob("*.yaml"))
SCHEMAS = {"scenario": scenario_schema(), "chronicle": chronicle_schema()}
EXAMPLE = sorted(THREE_TOWNS.parent.glob("*.yaml"))


def scenario_name(path):
    return path.parent.name


def file_id(path):
    return f"{path.parent.name}-{path.stem}"


def schema_for(path):
    return SCHEMAS["chronicle" if path.name.startswith("chronicle") else "scenario"]


def plain(value):
    """Data as an editor sees it: dates are text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def refusals(path, schema):
    jsonschema = pytest.importorskip("jsonschema")
    found = read_file(path)
    assert found.problems == []
    return list(jsonschema.Draft202012Validator(schema).iter_errors(plain(found.data)))


def test_the_two_campaigns_are_shipped():
    assert {"june-2014", "summer-2014"} <= {path.parent.name for path in SHIPPED}


@pytest.mark.parametrize("path", SHIPPED, ids=scenario_name)
def test_a_shipped_scenario_has_no_problem(path):
    scenario, located = load(path)
    chronicle, found = load_chronicle(path, scenario)
    problems = [*lint(scenario, located), *lint_chronicle(chronicle, found, scenario)]
    assert problems == [], "\n".join(map(str, problems))
    assert scenario.id == path.parent.name
    assert re.fullmatch(rf"{scenario.id}: OK: 1?\d\d places, .*\d+ events", check_counts(scenario, chronicle))


@pytest.mark.parametrize("path", SHIPPED, ids=scenario_name)
def test_a_shipped_scenario_has_a_content_note_and_bars(path):
    scenario, _ = load(path)
    assert scenario.content_note
    assert scenario.splits.tuned or scenario.splits.checked
    for split in (scenario.splits.tuned, scenario.splits.checked):
        assert split is None or split.bars or scenario.prompts  # a tutorial is a piece of a scenario that has them


@pytest.mark.parametrize("path", SHIPPED, ids=scenario_name)
def test_nothing_after_june_was_tuned_on(path):
    scenario, _ = load(path)
    tuned = scenario.splits.tuned
    assert tuned is None or tuned.last_day <= date(2014, 6, 30)


@pytest.mark.parametrize("path", [*BASE, *SHIPPED], ids=file_id)
def test_a_shipped_file_names_its_schema_first(path):
    schema = "chronicle" if path.name.startswith("chronicle") else "scenario"
    first = path.read_text("utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schema/{schema}.schema.json"
    assert (path.parent / f"../schema/{schema}.schema.json").is_file()


@pytest.mark.parametrize("path", [*BASE, *SHIPPED, *EXAMPLE], ids=file_id)
def test_the_schema_accepts_what_the_loader_accepts(path):
    errors = refusals(path, schema_for(path))
    assert errors == [], errors[0].message


@pytest.mark.parametrize(
    "fault", ["unknown-key", "unknown-section", "unknown-effect", "unknown-rule", "rule-outside", "not-an-id",
              "negative-strength", "wrong-type", "missing-key", "unknown-order"],
)  # fmt: skip
def test_the_schema_refuses_what_the_loader_refuses(fault):
    assert refusals(HERE / "bad" / f"{fault}.yaml", SCHEMAS["scenario"])


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_the_schema_fits_every_file_that_is_included(schema):
    assert schema["$schema"] == DIALECT
    assert "required" not in schema
    assert schema["additionalProperties"] is False


def test_generated_files_are_current():
    command = [sys.executable, str(ROOT / "tools/generate_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_rule_has_a_meaning_a_range_and_a_source():
    sources = load(SHIPPED[0])[0].sources
    for name, rule in RULES.items():
        assert rule.low <= rule.value <= rule.high, name
        assert rule.low < rule.high, name
        assert rule.meaning, name
        assert rule.unit, name
        assert rule.why, name
        assert rule.source, name
        assert set(rule.source) <= {*sources, "judgement"}, name
        assert re.fullmatch(r"4\.\d+", rule.section), name
