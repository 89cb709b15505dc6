"""Files to a Scenario: plain YAML, includes merged, every problem with its file and line."""

import codecs
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from offensive_sim.errors import Problem, ScenarioError
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.suggest import did_you_mean

MOST_BYTES: Final = 8_000_000
"""A scenario file larger than this is a mistake."""
_MOST_DEPTH: Final = 40
_MOST_INCLUDES: Final = 64

KeyPath = tuple[str | int, ...]


@dataclass
class Located:
    """Plain data and the file and line of every key in it."""

    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[KeyPath, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def where(self, path: KeyPath) -> tuple[str, int]:
        """File and line of a key, or of the nearest key around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return (str(self.files[0]) if self.files else "", 0)


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


def read_file(path: Path) -> Located:
    """One YAML file as plain data with lines; problems inside, never raised."""
    found = Located(files=[path])
    try:
        text = _text(path)
    except (OSError, UnicodeError, ValueError) as error:
        found.problems.append(Problem(str(path), 0, "", _why_unreadable(path, error)))
        return found
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 1 if mark else 0
        found.problems.append(Problem(str(path), line, "", f"not valid YAML: {what}"))
        return found
    except RecursionError:
        found.problems.append(Problem(str(path), 0, "", "nested too deeply"))
        return found
    if not isinstance(node, yaml.MappingNode):
        what = "the file is empty" if node is None else "the file must be a mapping of keys to values"
        found.problems.append(Problem(str(path), 1, "", what))
        return found
    found.data = _Reader(str(path), found).plain(node, ())
    return found


def _text(path: Path) -> str:
    size = path.stat().st_size
    if size > MOST_BYTES:
        msg = f"{size / 1e6:.0f} MB; a scenario file has at most {MOST_BYTES / 1e6:.0f} MB"
        raise ValueError(msg)
    return codecs.decode(path.read_bytes(), "utf-8-sig")


def _why_unreadable(path: Path, error: Exception) -> str:
    if path.is_dir():
        return "is a directory; name the scenario's file"
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, UnicodeError):
        return f"is not UTF-8 text ({error.reason} at byte {error.start})" if isinstance(
            error, UnicodeDecodeError
        ) else "is not UTF-8 text"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


class _Reader:
    """Walks composed YAML: plain values only, no aliases, no key twice, a line for every key."""

    def __init__(self, file: str, found: Located) -> None:
        self.file, self.found = file, found
        self.seen: set[int] = set()
        self.scalars = yaml.CSafeLoader("")

    def plain(self, node: yaml.Node, path: KeyPath) -> Any:  # noqa: ANN401 - YAML is anything
        self.found.lines[path] = (self.file, node.start_mark.line + 1)
        if id(node) in self.seen or len(path) > _MOST_DEPTH:
            self._wrong(node, path, "aliases are not allowed; write the value out" if id(node) in self.seen
                        else "nested too deeply")
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child, (*path, i)) for i, child in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._wrong(key_node, path, "a key must be a word")
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key in result:
                first = self.found.lines[here][1]
                self._wrong(key_node, here, f"stands twice; the first is on line {first}")
                continue
            result[key] = self.plain(value_node, here)
            self.found.lines[here] = (self.file, key_node.start_mark.line + 1)
        return result

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> Any:  # noqa: ANN401
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self._wrong(node, path, f"the tag {node.tag} is not allowed")
            return None
        try:
            return self.scalars.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            self._wrong(node, path, f"{node.value!r} is not a value: {error}")
            return None

    def _wrong(self, node: yaml.Node, path: KeyPath, what: str) -> None:
        self.found.problems.append(Problem(self.file, node.start_mark.line + 1, dotted(path), what))


def _take_in(path: Path, found: Located, chain: tuple[Path, ...]) -> None:
    """Read a file, then what it includes, into one."""
    if path in chain or len(found.files) >= _MOST_INCLUDES:
        found.problems.append(Problem(str(path), 0, "include", "includes itself, or too many files"))
        return
    one = read_file(path)
    found.files.append(path)
    found.problems += one.problems
    if chain:
        for key in ("format", "id", "title", "summary", "first_day", "last_day", "splits", "chronicle"):
            if key in one.data:
                file, line = one.where((key,))
                found.problems.append(Problem(file, line, key, "belongs in the scenario's own file"))
    includes = one.data.get("include", ())
    _merge(one, found)
    for index, name in enumerate(includes if isinstance(includes, list) else ()):
        target = (path.parent / str(name)).resolve()
        if not target.exists():
            file, line = one.where(("include", index))
            found.problems.append(Problem(file, line, "include", f"no such file: {name}"))
            continue
        _take_in(target, found, (*chain, path))


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
                file, line = one.where((key, name))
                first = found.where((key, name))
                what = f"stands twice; the first is {first[0]}:{first[1]}"
                found.problems.append(Problem(file, line, dotted((key, name)), what))
            held.update(value)
        elif key not in found.data:
            found.data[key] = value
        _relocate(one, found, shift, 0)


def _relocate(one: Located, found: Located, start: KeyPath, offset: int) -> None:
    for path, line in one.lines.items():
        if path[:1] != start:
            continue
        second = path[1:2]
        if offset and second and isinstance(second[0], int):
            path = (path[0], second[0] + offset, *path[2:])  # noqa: PLW2901
        found.lines.setdefault(path, line)


def dotted(path: KeyPath) -> str:
    """A path as people write it."""
    return ".".join(str(part) for part in path)


def explained(error: ValidationError, found: Located, model: type) -> list[Problem]:
    """Pydantic's findings as problems with file and line."""
    problems = []
    for one in error.errors(include_url=False):
        path = _without_tags(one["loc"], found)
        file, line = found.where(path)
        problems.append(Problem(file, line, dotted(path), _said(one, path, model)))
    return problems


def _without_tags(loc: tuple[str | int, ...], found: Located) -> KeyPath:
    """Pydantic puts a union's tag into the path; the file has no such key."""
    path: KeyPath = ()
    for part in loc:
        here = (*path, part)
        if here in found.lines or not isinstance(part, str) or part == loc[-1]:
            path = here
    return path


def _said(one: Any, path: KeyPath, model: type) -> str:  # noqa: ANN401 - pydantic's ErrorDetails
    kind, message = one["type"], str(one["msg"])
    if kind == "extra_forbidden":
        return "no such key" + did_you_mean(str(path[-1]), _field_names(model))
    if kind == "missing":
        return "is missing"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    if kind == "union_tag_invalid":
        tags = [tag.strip("' ") for tag in one["ctx"]["expected_tags"].split(",")]
        return f"no such kind: {one['ctx']['tag']}" + did_you_mean(one["ctx"]["tag"], tags)
    given = one.get("input")
    shown = f", not {given!r}" if isinstance(given, (str, int, float)) else ""
    return message[0].lower() + message[1:] + shown


def _field_names(model: type) -> list[str]:
    """Every key any part of the format knows, for suggestions."""
    from offensive_sim.scenario import model as words  # noqa: PLC0415 - a cycle otherwise
    from offensive_sim.scenario import triggers  # noqa: PLC0415

    names: set[str] = set(getattr(model, "model_fields", {}))
    for module in (words, triggers):
        for thing in vars(module).values():
            names |= set(getattr(thing, "model_fields", {}))
    return sorted(names)


