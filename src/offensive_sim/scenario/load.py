"""Files to a Scenario: plain YAML, includes merged, every problem with its file and line."""

import copy
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from offensive_sim.errors import Problem, ScenarioError
from offensive_sim.scenario.explain import explained
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import MOST_BYTES, KeyPath, Located, dotted, read_file

__all__ = ["MOST_BYTES", "KeyPath", "Located", "dotted", "explained", "load", "read_file"]

_MOST_INCLUDES: Final = 64
_OWN_KEYS: Final = ("format", "id", "title", "summary", "first_day", "last_day", "splits", "chronicle")


def load(path: Path) -> tuple[Scenario, Located]:
    """Read a scenario file and all that it includes.

    Returns:
        The scenario, and the data with its lines for further checks.

    Raises:
        ScenarioError: with every problem found.
    """
    found = Located()
    _take_in(path, found, ())
    if found.problems:
        raise ScenarioError(found.problems)
    try:
        return Scenario.model_validate(found.data), found
    except ValidationError as error:
        raise ScenarioError(explained(error, found, Scenario)) from None


def _take_in(path: Path, found: Located, chain: tuple[Path, ...]) -> None:
    """Read a file, then what it includes, into one."""
    one = read_file(path)
    found.files.append(path)
    found.problems += one.problems
    if chain:
        for key in _OWN_KEYS:
            if key in one.data:
                file, line = one.where((key,))
                found.problems.append(Problem(file, line, key, "belongs in the scenario's own file"))
    _merge(one, found)
    chain = (*chain, path.resolve())
    includes = one.data.get("include", ())
    for index, name in enumerate(includes if isinstance(includes, list) else ()):
        target, wrong = _included(path.parent, name, found, chain)
        if wrong:
            file, line = one.where(("include", index))
            found.problems.append(Problem(file, line, "include", wrong))
        elif target:
            _take_in(target, found, chain)


def _included(
    folder: Path, name: object, found: Located, chain: tuple[Path, ...]
) -> tuple[Path | None, str]:
    """The file that is meant, or what is wrong; neither if it was read before."""
    try:
        target = (folder / str(name)).resolve()
        exists = target.exists()
    except (OSError, RuntimeError, ValueError):
        exists = False
    if not exists or not isinstance(name, str):
        return None, f"no such file: {name}"
    if target in chain:
        return None, f"{name} includes itself"
    if len(found.files) >= _MOST_INCLUDES:
        return None, f"more than {_MOST_INCLUDES} files"
    return (None, "") if target in found.files else (target, "")


def _merge(one: Located, found: Located) -> None:
    """Lists are joined, mappings united; the same key in two files is a problem."""
    for key, value in one.data.items():
        shift: KeyPath = (key,)
        held = found.data.get(key)
        if isinstance(value, list) and isinstance(held, list):
            offset = len(held)
            held.extend(value)
            _relocate(one, found, shift, offset)
            continue
        if isinstance(value, dict) and isinstance(held, dict):
            for name in value.keys() & held.keys():
                _stands_twice((key, name), one, found)
            held.update(value)
        elif key not in found.data:
            found.data[key] = copy.copy(value)
        else:
            _stands_twice(shift, one, found)
        _relocate(one, found, shift, 0)


def _stands_twice(path: KeyPath, one: Located, found: Located) -> None:
    file, line = one.where(path)
    first = found.where(path)
    what = f"stands twice; the first is {first[0]}:{first[1]}"
    found.problems.append(Problem(file, line, dotted(path), what))


def _relocate(one: Located, found: Located, start: KeyPath, offset: int) -> None:
    for path, line in one.lines.items():
        if path[:1] != start:
            continue
        second = path[1:2]
        if offset and second and isinstance(second[0], int):
            path = (path[0], second[0] + offset, *path[2:])  # noqa: PLW2901
        found.lines.setdefault(path, line)
