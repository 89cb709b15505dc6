"""JSON Schema of the files, for editors and for docs/scenario-format.md."""

from typing import Any, Final

from pydantic import BaseModel

from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.rules import RULES
from offensive_sim.scenario.whatif import WhatIf

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """What a scenario file, or a file it includes, may say; so nothing is required at the top."""
    schema = _schema(Scenario, "A scenario, or a part of one")
    schema["$defs"]["Rules"] = _rules()
    return schema


def chronicle_schema() -> dict[str, Any]:
    """What a chronicle file may say."""
    return _schema(Chronicle, "A chronicle, or a part of one")


def what_if_schema() -> dict[str, Any]:
    """What a what-if file must and may say."""
    schema = WhatIf.model_json_schema(by_alias=True)
    _close(schema)
    return {"$schema": DIALECT, **schema, "title": "A what-if"}


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    schema.pop("required", None)
    _close(schema)
    return {"$schema": DIALECT, **schema, "title": title}


def _close(part: object) -> None:
    """Where keys are ids, a key that is no id is a mistake."""
    if isinstance(part, dict):
        if "patternProperties" in part:
            part["additionalProperties"] = False
        for inner in part.values():
            _close(inner)
    elif isinstance(part, list):
        for inner in part:
            _close(inner)


def _rules() -> dict[str, Any]:
    """Pydantic knows the rules as a mapping only; an editor should know each name and its range."""
    numbers = {
        name: {
            "type": "number",
            "minimum": rule.low,
            "maximum": rule.high,
            "default": rule.value,
            "description": f"{rule.meaning} ({rule.unit}).",
        }
        for name, rule in sorted(RULES.items())
    }
    return {
        "type": "object",
        "title": "Rules",
        "description": "Numbers of the rules that this scenario sets otherwise, by name.",
        "additionalProperties": False,
        "properties": numbers,
    }
