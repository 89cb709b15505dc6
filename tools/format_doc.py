"""docs/scenario-format.md from the JSON Schemas: every section, key, type, default and meaning."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from offensive_sim.scenario.model import Scenario

Schema = dict[str, Any]

GENERATED: Final = "<!-- Written by tools/generate_docs.py; do not edit. -->"
EXAMPLE: Final = Path(__file__).resolve().parent.parent / "tests/scenario/three_towns"
EXAMPLE_FILES: Final = ("scenario", "map", "forces", "events", "people", "sources", "chronicle")
PATTERNS: Final = {"^[a-z0-9]+(-[a-z0-9]+)*$": "id", "^[a-z0-9_]+$": "source key"}
NAMES: Final = {"integer": "whole number", "string": "text", "boolean": "`true` or `false`"}
BOUNDS: Final = {
    "minimum": "from {}",
    "exclusiveMinimum": "above {}",
    "maximum": "to {}",
    "exclusiveMaximum": "below {}",
}

INTRO: Final = """# The scenario format

{generated}

A scenario is one YAML file and the files it includes. Lists are joined and mappings united, so a fact stands
in one file only; the same key in two files is an error. Plain YAML: no tabs, no anchors, aliases or tags.
`offensive-sim check <id>` reads everything, says what is wrong as `file:line: key: what`, and prints one line
when all is well. Editors that know JSON Schema find the keys through the first line of each file:

```yaml
# yaml-language-server: $schema=../schema/scenario.schema.json
```

Ids are small letters, digits and hyphens (`mosul-west`); source keys have underscores (`un_sr2`). The
source key `judgement` stands for our own estimate, and then `judgement:` says what is ours and why. *Needed*
keys must be given; the others may be absent.

No word of this format hands over a place, creates or removes people, or harms anyone outside a fight. What
the numbers do is in the [rulebook](rulebook.md); the rules' own numbers are in
[rules-numbers.md](rules-numbers.md), all sources in [sources.md](sources.md).

## A small example, complete

Three towns, invented; it is also what the format's tests stand on (`tests/scenario/three_towns`).
"""


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    """A Markdown table and the empty line after it."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""



def format_doc(scenario: Schema, chronicle: Schema) -> str:
    """The whole document."""
    lines = [INTRO.format(generated=GENERATED)]
    for name in EXAMPLE_FILES:
        text = (EXAMPLE / f"{name}.yaml").read_text("utf-8").rstrip()
        lines += [f"`{name}.yaml`", "", "```yaml", text, "```", ""]
    needed = [name for name, field in Scenario.model_fields.items() if field.is_required()]
    lines += ["## The sections", "", "The needed keys stand in the scenario's own file, and there only.", ""]
    lines += _keys({**scenario, "required": needed})
    kinds = _kinds(scenario)
    words = set(kinds["when"]) | set(kinds["then"])
    for name in _in_order(scenario, words):
        lines += _class(name, scenario["$defs"][name])
    lines += ["## Conditions", "", "What `when` may say.", "", *_words(scenario, kinds["when"])]
    lines += ["## Effects", "", "What `then` may say; there is nothing else.", ""]
    lines += _words(scenario, kinds["then"])
    lines += ["## The chronicle's files", "", "Named under `chronicle:`; the model never reads them.", ""]
    lines += [line.replace("](#", "](#chronicle-") for line in _chronicle(chronicle)]
    return "\n".join(lines).rstrip() + "\n"


def _chronicle(chronicle: Schema) -> Iterator[str]:
    yield from _keys(chronicle)
    for name in _in_order(chronicle, set()):
        yield from _class(f"Chronicle {name}", chronicle["$defs"][name])


def _kinds(scenario: Schema) -> dict[str, dict[str, str]]:
    """Kind to class, of conditions and of effects."""
    trigger = scenario["$defs"]["Trigger"]["properties"]
    unions = {"when": trigger["when"], "then": trigger["then"]["items"]}
    return {
        key: {ref.rsplit("/", 1)[1]: kind for kind, ref in union["discriminator"]["mapping"].items()}
        for key, union in unions.items()
    }


def _in_order(schema: Schema, without: set[str]) -> list[str]:
    """The classes in the order in which the keys at the top lead to them."""
    found: dict[str, None] = {}

    def walk(part: object) -> None:
        if isinstance(part, list):
            for inner in part:
                walk(inner)
        if not isinstance(part, dict):
            return
        name = str(part.get("$ref", "")).rsplit("/", 1)[-1]
        if name and name not in found and name not in without | {"Rules"}:
            found[name] = None
            walk(schema["$defs"][name])
        for inner in part.values():
            walk(inner)

    walk(schema["properties"])
    return list(found)


def _class(name: str, part: Schema) -> Iterator[str]:
    yield from (f"### {name}", "", _text(part), "")
    yield from _keys(part)


def _keys(part: Schema) -> Iterator[str]:
    needed = part.get("required", ())
    rows = [
        (f"`{key}`", _type(one), _default(one, key in needed), _text(one))
        for key, one in part["properties"].items()
    ]
    return table(("key", "type", "default", "meaning"), rows)


def _words(scenario: Schema, kinds: dict[str, str]) -> Iterator[str]:
    rows = []
    for name, kind in kinds.items():
        part = scenario["$defs"][name]
        keys = [
            f"`{key}`: {_type(one)}{'' if key in part['required'] else ' (may be absent)'}"
            + (f" – {_text(one)}" if _text(one) else "")
            for key, one in part["properties"].items()
            if key != "kind"
        ]
        rows.append((f"`{kind}`", _text(part), "; ".join(keys)))
    return table(("kind", "meaning", "keys"), sorted(rows))


def _text(part: Schema) -> str:
    return " ".join(str(part.get("description", "")).replace("``", "`").split())


def _default(part: Schema, needed: bool) -> str:
    value = part.get("default")
    if needed:
        return "needed"
    return "" if value in (None, [], {}) else f"`{json.dumps(value)}`"


def _type(part: Schema) -> str:  # noqa: PLR0911 - one return a kind of type
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})" if name != "Rules" else "rule name to number"
    if "anyOf" in part:
        return " or ".join(_type(one) for one in part["anyOf"] if one.get("type") != "null")
    if "oneOf" in part:
        return "[condition](#conditions)" if "all_of" in str(part["discriminator"]) else "[effect](#effects)"
    if "enum" in part or "const" in part:
        return ", ".join(f"`{one}`" for one in part.get("enum", [part.get("const")]))
    if part["type"] == "array":
        return _list(part)
    if part["type"] == "object":
        return _mapping(part)
    return _scalar(part)


def _list(part: Schema) -> str:
    if "prefixItems" in part:
        return "[" + ", ".join(_type(one) for one in part["prefixItems"]) + "]"
    return f"list of {_type(part['items'])}"


def _mapping(part: Schema) -> str:
    ((pattern, value),) = part["patternProperties"].items()
    return f"{PATTERNS.get(pattern, 'word')} to {_type(value)}"


def _scalar(part: Schema) -> str:
    name = NAMES.get(part["type"], part["type"])
    name = "date" if part.get("format") == "date" else PATTERNS.get(part.get("pattern", ""), name)
    said = [text.format(f"{part[key]:,}") for key, text in BOUNDS.items() if key in part]
    return " ".join([name, *said])
