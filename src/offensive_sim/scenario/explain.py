"""What pydantic found, said in the words of the file: place, key, what is wrong, did you mean."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from offensive_sim.errors import Problem
from offensive_sim.scenario.reading import KeyPath, Located, dotted
from offensive_sim.scenario.suggest import did_you_mean


def explained(error: ValidationError, found: Located, model: type[BaseModel]) -> list[Problem]:
    """Pydantic's findings as problems with file and line."""
    problems = []
    errors = error.errors(include_url=False)
    for one in errors:
        if one["type"] == "too_short" and any(_inside(other["loc"], one["loc"]) for other in errors):
            continue  # an item that was refused is not counted; that it is wrong is said by itself
        path = _without_tags(one["loc"], found)
        file, line = found.where(path)
        problems.append(Problem(file, line, dotted(path), _said(one, path, model)))
    return problems


def _inside(loc: tuple[str | int, ...], around: tuple[str | int, ...]) -> bool:
    return len(loc) > len(around) and loc[: len(around)] == around


def _without_tags(loc: tuple[str | int, ...], found: Located) -> KeyPath:
    """Pydantic puts a union's tag and ``[key]`` into the path; the file has no such keys."""
    path: KeyPath = ()
    for position, part in enumerate(loc):
        here = (*path, part)
        last = position == len(loc) - 1 and part != "[key]"
        if here in found.lines or not isinstance(part, str) or last:
            path = here
    return path


def _said(one: Any, path: KeyPath, model: type[BaseModel]) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    kind, message = one["type"], str(one["msg"])
    if kind == "extra_forbidden":
        return "no such key" + did_you_mean(str(path[-1]), sorted(_field_names(model, set())))
    if kind == "missing":
        return "is missing"
    if kind == "rule":
        return message
    if kind == "union_tag_invalid":
        tags = [tag.strip("' ") for tag in one["ctx"]["expected_tags"].split(",")]
        return f"no such kind: {one['ctx']['tag']}" + did_you_mean(one["ctx"]["tag"], tags)
    given = one.get("input")
    shown = f", not {given!r}" if isinstance(given, (str, int, float)) else ""
    return message[0].lower() + message[1:] + shown


def _field_names(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    """Every key any part of the format knows, for suggestions."""
    if model in seen:
        return set()
    seen.add(model)
    names = {field.alias or name for name, field in model.model_fields.items()}
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            names |= _field_names(inner, seen)
    return names


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type is anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
