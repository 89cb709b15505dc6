"""Write what is generated: the JSON Schemas, docs/scenario-format.md, docs/sources.md, docs/rules-numbers.md.

``python tools/generate_docs.py`` writes; with ``--check`` it names what is not current, and ends with 1.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from format_doc import GENERATED, Schema, format_doc, table

from offensive_sim.scenario.chronicle import load_chronicle
from offensive_sim.scenario.load import load
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.numbers.number import RuleNumber
from offensive_sim.scenario.rules import RULES
from offensive_sim.scenario.schema import chronicle_schema, scenario_schema, what_if_schema

ROOT: Final = Path(__file__).resolve().parent.parent
WHOLE_CAMPAIGN: Final = ROOT / "scenarios/summer-2014/scenario.yaml"
SOURCE_KEYS: Final = ("source", "people_source")

def documents() -> dict[Path, str]:
    """Every generated file with what it should hold."""
    scenario, chronicle = scenario_schema(), chronicle_schema()
    return {
        ROOT / "scenarios/schema/scenario.schema.json": _json(scenario),
        ROOT / "scenarios/schema/chronicle.schema.json": _json(chronicle),
        ROOT / "scenarios/schema/what-if.schema.json": _json(what_if_schema()),
        ROOT / "docs/scenario-format.md": format_doc(scenario, chronicle),
        ROOT / "docs/sources.md": _sources(),
        ROOT / "docs/rules-numbers.md": _rule_numbers(),
    }


def _json(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


# docs/sources.md


def _sources() -> str:
    scenario, located = load(WHOLE_CAMPAIGN)
    _, history = load_chronicle(WHOLE_CAMPAIGN, scenario)
    uses = Counter(_named(located.data)) + Counter(_named(history.data))
    uses += Counter(key for rule in RULES.values() for key in rule.source)
    seen = Counter(source.seen for source in scenario.sources.values())
    counted = [f"{count} {how}" for how, count in seen.most_common()]
    rows = [_source_row(key, scenario, uses[key]) for key in sorted(scenario.sources)]
    lines = [
        "# Sources", "", GENERATED, "",
        f"{len(rows)} sources stand behind the scenarios: {', '.join(counted)}.", "",
        "*Seen*: `full` read whole; `excerpt` read in part; `via` met as a quotation elsewhere; `memory`",
        "cited from general knowledge, not read again. *Facts*: how many facts and rules name it.", "",
        f"{uses['judgement']} facts name `judgement`: a number of our own, with its reason beside it.", "",
        *table(("key", "publisher", "title", "date", "seen", "facts"), rows),
    ]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _named(data: object) -> Iterator[str]:
    """Every source key in plain data, once a fact."""
    if isinstance(data, list):
        for inner in data:
            yield from _named(inner)
    if isinstance(data, dict):
        for key, value in data.items():
            if key in SOURCE_KEYS and isinstance(value, list):
                yield from set(value)
            else:
                yield from _named(value)


def _source_row(key: str, scenario: Scenario, uses: int) -> tuple[str, ...]:
    source = scenario.sources[key]
    title = source.title.replace("[", "(").replace("]", ")")
    linked = f"[{title}](<{source.url}>)" if source.url else title
    return (f"`{key}`", source.publisher, linked, source.date, source.seen, str(uses))


# docs/rules-numbers.md


def _rule_numbers() -> str:
    lines = [
        "# The numbers of the rules", "", GENERATED, "",
        "Each number may be set otherwise under `rules:` of a scenario, inside its range. An ensemble draws",
        "each one once a run from its range, with its peak at the value. *Tuned*: moved to fit June 2014,",
        "never July or August.", "",
    ]  # fmt: skip
    sections = {rule.section for rule in RULES.values()}
    for section in sorted(sections, key=lambda text: [int(part) for part in text.split(".")]):
        rows = [_rule_row(name, rule) for name, rule in RULES.items() if rule.section == section]
        head = ("name", "meaning", "value", "range", "unit", "source", "why", "tuned")
        lines += [f"## Rulebook {section}", "", *table(head, rows)]
    return "\n".join(lines).rstrip() + "\n"


def _rule_row(name: str, rule: RuleNumber) -> tuple[str, ...]:
    span = f"{rule.low:g} to {rule.high:g}"
    tuned = "yes" if rule.tuned else "no"
    source = ", ".join(rule.source)
    return (f"`{name}`", rule.meaning, f"{rule.value:g}", span, rule.unit, source, rule.why, tuned)


def main() -> int:
    """Write the files, or with ``--check`` name those that are not current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if a file is stale")
    check = parser.parse_args().check
    stale = {path: text for path, text in documents().items() if not _current(path, text)}
    for path, text in stale.items():
        said = "not current; run python tools/generate_docs.py" if check else "written"
        print(f"{path.relative_to(ROOT)}: {said}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    return 1 if check and stale else 0


def _current(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
