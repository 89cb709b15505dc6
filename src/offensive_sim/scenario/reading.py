"""One YAML file to plain data, with the line of every key; what is wrong is a problem, never an exception."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from offensive_sim.errors import Problem

MOST_BYTES: Final = 8_000_000
"""A scenario file larger than this is a mistake."""
_MOST_DEPTH: Final = 40
_LONGEST_SHOWN: Final = 60
_TAGS: Final = {
    f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
}

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


def dotted(path: KeyPath) -> str:
    """A path as people write it."""
    return ".".join(str(part) for part in path)


def read_file(path: Path) -> Located:
    """One YAML file as plain data with lines; problems inside, never raised."""
    found = Located(files=[path])
    try:
        node = _composed(_text(path), str(path), found)
    except (OSError, UnicodeError, ValueError) as error:
        found.problems.append(Problem(str(path), 0, "", _why_unreadable(path, error)))
        return found
    except yaml.YAMLError as error:
        found.problems.append(_not_yaml(path, error))
        return found
    if found.problems:
        return found
    if not isinstance(node, yaml.MappingNode):
        what = "the file is empty" if node is None else "the file must be a mapping of keys to values"
        found.problems.append(Problem(str(path), 1, "", what))
        return found
    found.data = _Reader(str(path), found).plain(node, ())
    return found


def _text(path: Path) -> str:
    size = path.stat().st_size
    if not path.is_file():
        msg = "is a directory; name the scenario's file" if path.is_dir() else "is not a file"
        raise ValueError(msg)
    if size > MOST_BYTES:
        msg = f"{size / 1e6:.0f} MB; a scenario file has at most {MOST_BYTES / 1e6:.0f} MB"
        raise ValueError(msg)
    return codecs.decode(path.read_bytes(), "utf-8-sig")


def _why_unreadable(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, UnicodeDecodeError):
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        return f"is not UTF-8 text ({error.reason} on line {line}, at byte {error.start})"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _not_yaml(path: Path, error: yaml.YAMLError) -> Problem:
    what = str(error).splitlines()[0]
    line = 0
    if isinstance(error, yaml.MarkedYAMLError) and error.problem:
        what = f"{error.context}, {error.problem}" if error.problem.startswith("but ") else error.problem
        line = error.problem_mark.line + 1 if error.problem_mark else 0
    elif isinstance(error, yaml.reader.ReaderError):
        line = _text(path).count("\n", 0, error.position) + 1
    if "cannot start any token" in what:
        what += " (a tab? indent with spaces)"
    return Problem(str(path), line, "", f"not valid YAML: {what}")


def _composed(text: str, file: str, found: Located) -> yaml.Node | None:
    """The file's one tree of nodes; not even built if it is too deep or refers back to itself."""
    for line, what in _traps(text):
        found.problems.append(Problem(file, line, "", what))
        return None
    return yaml.compose(text, Loader=yaml.CSafeLoader)


def _traps(text: str) -> Iterator[tuple[int, str]]:
    """Aliases grow without bound and deep nesting ends the process, so both are found before composing."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            yield line, "aliases are not allowed; write the value out"
        if depth > _MOST_DEPTH:
            yield line, f"nested too deeply: more than {_MOST_DEPTH} levels"


class _Reader:
    """Walks composed YAML: plain values only, no key twice, a line for every key."""

    def __init__(self, file: str, found: Located) -> None:
        self.file, self.found = file, found
        self.scalars = yaml.CSafeLoader("")

    def plain(self, node: yaml.Node, path: KeyPath) -> Any:  # noqa: ANN401 - YAML is anything
        self.found.lines[path] = (self.file, node.start_mark.line + 1)
        if node.tag not in _TAGS:
            self._wrong(node, path, f"the tag {node.tag.replace('tag:yaml.org,2002:', '!!')} is not allowed")
            return None
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

    def _scalar(self, node: yaml.Node, path: KeyPath) -> Any:  # noqa: ANN401
        try:
            return self.scalars.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            shown = repr(node.value[:_LONGEST_SHOWN])
            self._wrong(node, path, f"{shown} is not a value: {str(error).splitlines()[0]}")
            return None

    def _wrong(self, node: yaml.Node, path: KeyPath, what: str) -> None:
        self.found.problems.append(Problem(self.file, node.start_mark.line + 1, dotted(path), what))
