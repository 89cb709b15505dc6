"""What every check of the linter needs: a finding, and walks over all that a scenario says."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple, Protocol

from offensive_sim.errors import Problem
from offensive_sim.scenario.facts import Range
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import KeyPath, Located, dotted
from offensive_sim.scenario.suggest import did_you_mean
from offensive_sim.scenario.triggers import AllOf, AnyOf, Condition, Effect, Not, Reinforce

JUDGEMENT: Final = "judgement"
"""The one source key that stands for our own estimate."""
EARLIEST: Final = date(2014, 1, 1)
LATEST: Final = date(2015, 12, 31)
_LONGEST_BEFORE: Final = timedelta(days=400)


class Finding(NamedTuple):
    """Something wrong at a key."""

    path: KeyPath
    what: str
    severity: Literal["error", "warning"] = "error"


Check = Callable[[Scenario], Iterator[Finding]]


class Between(Protocol):
    """Whatever has a lowest and a highest value."""

    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102


def located_problems(findings: Iterable[Finding], located: Located) -> list[Problem]:
    """Findings as problems with file and line, in the order of the files."""
    return sorted(
        Problem(*located.where(path), dotted(path), what, severity) for path, what, severity in findings
    )


def unknown(path: KeyPath, word: str, name: str, known: Iterable[str]) -> Iterator[Finding]:
    """A finding if nothing of that kind has that id."""
    known = list(known)
    if name not in known:
        yield Finding(path, f"no {word} is called {name}{did_you_mean(name, known)}")


def out_of_order(path: KeyPath, value: float, given: Between) -> Iterator[Finding]:
    """A finding unless low <= value <= high."""
    if not given.low <= value <= given.high:
        what = f"low, value and high are out of order: {given.low}, {value}, {given.high}"
        yield Finding(path, what)


def outside(path: KeyPath, day: date, scenario: Scenario) -> Iterator[Finding]:
    """A finding if a day is too far from the days played; shared files may run on after the last."""
    first = max(min(EARLIEST, scenario.first_day), scenario.first_day - _LONGEST_BEFORE)
    last = max(LATEST, scenario.last_day)
    if not first <= day <= last:
        yield Finding(path, f"{day} is outside {first} to {last}")


def conditions(scenario: Scenario) -> Iterator[tuple[KeyPath, Condition]]:
    """Every condition of every trigger, those inside others too."""
    for name, trigger in scenario.triggers.items():
        yield from _inside(("triggers", name, "when"), trigger.when)


def _inside(path: KeyPath, condition: Condition) -> Iterator[tuple[KeyPath, Condition]]:
    yield path, condition
    if isinstance(condition, AllOf | AnyOf):
        for index, part in enumerate(condition.of):
            yield from _inside((*path, "of", index), part)
    elif isinstance(condition, Not):
        yield from _inside((*path, "of"), condition.of)


def effects(scenario: Scenario) -> Iterator[tuple[KeyPath, Effect]]:
    """Every effect of every trigger, those of rival accounts too."""
    for name, trigger in scenario.triggers.items():
        here: KeyPath = ("triggers", name)
        for index, effect in enumerate(trigger.then):
            yield (*here, "then", index), effect
        for place, account in enumerate(trigger.accounts):
            for index, effect in enumerate(account.then):
                yield (*here, "accounts", place, "then", index), effect


def ranges(scenario: Scenario) -> Iterator[tuple[KeyPath, Range | Reinforce]]:
    """Everything with a value, a low and a high."""
    for section, key in (("places", "people"), ("ground", "stock"), ("units", "men")):
        for name, thing in getattr(scenario, section).items():
            if getattr(thing, key) is not None:
                yield (section, name, key), getattr(thing, key)
    for name, group in scenario.groups.items():
        for index, row in enumerate(group.displaced):
            yield ("groups", name, "displaced", index, "people"), row.people
    for path, effect in effects(scenario):
        if isinstance(effect, Reinforce):
            yield path, effect


def holders(scenario: Scenario) -> list[str]:
    """The factions that hold places in their own name."""
    return [name for name, faction in scenario.factions.items() if faction.holds_for in (None, name)]


def hostile(scenario: Scenario, one: str, other: str) -> bool:
    """Whether two holding factions fight; said once, it counts both ways."""
    factions = scenario.factions
    return (one in factions and other in factions[one].hostile_to) or (
        other in factions and one in factions[other].hostile_to
    )


def roads(scenario: Scenario) -> set[frozenset[str]]:
    """Every road as the pair of its ends."""
    return {frozenset((link.a, link.b)) for link in scenario.links}
