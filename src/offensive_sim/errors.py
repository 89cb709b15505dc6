"""Every error a user can cause, and the exit status each one ends with."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal


class ExitStatus(IntEnum):
    """What a command leaves in ``$?``; documented in docs/cli.md."""

    OK = 0
    PROBLEMS = 1
    """A file has problems, or cannot be read or written."""
    USAGE = 2
    """The command line makes no sense."""
    DIFFERS = 3
    """A record played again differs from what it recorded."""
    BELOW_BAR = 4
    """The replay ran, and its scorecard is below the bar that the scenario declares."""
    INTERRUPTED = 130
    """Ctrl-C."""
    CLOSED_PIPE = 141
    """Whoever read the output stopped reading."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a file: where it is, and what to do about it."""

    file: str
    line: int
    key: str
    what: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f"{self.key}: " if self.key else ""
        mark = "warning: " if self.severity == "warning" else ""
        return f"{place}: {mark}{key}{self.what}"


class SimError(Exception):
    """An error a user can cause: its text is the whole message, no traceback."""

    status: ExitStatus = ExitStatus.PROBLEMS


class UsageError(SimError):
    """The command line makes no sense."""

    status = ExitStatus.USAGE


class ReplayMismatchError(SimError):
    """A record played again differs from what it recorded."""

    status = ExitStatus.DIFFERS


class ScenarioError(SimError):
    """A scenario has problems; carries every one of them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
