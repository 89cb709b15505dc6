"""The meaning of a chronicle; apart from ``lint``, since whatever decides outcomes never reads history."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from offensive_sim.errors import Problem
from offensive_sim.scenario.chronicle import CONTESTED, Change, Chronicle, sourced_rows
from offensive_sim.scenario.lint_ids import sources_exist, sourcing
from offensive_sim.scenario.lint_walk import (
    Finding,
    holders,
    located_problems,
    out_of_order,
    outside,
    unknown,
)
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import KeyPath, Located

ChronicleCheck = Callable[[Chronicle, Scenario], Iterator[Finding]]


def lint_chronicle(chronicle: Chronicle, located: Located, scenario: Scenario) -> list[Problem]:
    """Every problem of a chronicle's meaning, each with file and line."""
    return located_problems((found for check in CHECKS for found in check(chronicle, scenario)), located)


def places_exist(chronicle: Chronicle, scenario: Scenario) -> Iterator[Finding]:
    """Every place that is named is on the map."""
    for path, row in sourced_rows(chronicle):
        place = getattr(row, "place", None)
        if place is not None:
            yield from unknown((*path, "place"), "place", place, scenario.places)


def factions_exist(chronicle: Chronicle, scenario: Scenario) -> Iterator[Finding]:
    """A place passes between factions that hold for themselves, or is contested; attacks have known sides."""
    hold = [*holders(scenario), CONTESTED]
    for index, change in enumerate(chronicle.changes):
        for key, name in (("from", change.from_), ("to", change.to)):
            yield from unknown(("changes", index, key), "faction that holds places", name, hold)
        yield from _between(index, change, holders(scenario))
    for index, attack in enumerate(chronicle.failed_attacks):
        for key, name in (("attacker", attack.attacker), ("defender", attack.defender)):
            yield from unknown(("failed_attacks", index, key), "faction", name, scenario.factions)
        if attack.attacker == attack.defender:
            yield Finding(("failed_attacks", index, "defender"), f"{attack.defender} attacks itself")


def _between(index: int, change: Change, hold: Iterable[str]) -> Iterator[Finding]:
    path = ("changes", index, "between")
    for name in change.between:
        yield from unknown(path, "faction that holds places", name, hold)
    if change.between and change.to != CONTESTED:
        yield Finding(path, f"{change.place} is not contested from then on")
    if len(change.between) == 1 or len(set(change.between)) < len(change.between):
        yield Finding(path, "two parties contend, or none is named")


def changes_follow(chronicle: Chronicle, scenario: Scenario) -> Iterator[Finding]:
    """Each change starts from what the one before left, the first one played from the opening."""
    by_place: dict[str, list[tuple[int, Change]]] = defaultdict(list)
    for index, change in enumerate(chronicle.changes):
        by_place[change.place].append((index, change))
        if change.from_ == change.to:
            yield Finding(("changes", index, "to"), f"{change.place} is {change.to} before and after")
    for place, rows in by_place.items():
        rows.sort(key=lambda row: row[1].date)
        yield from _one_place(rows, _at_opening(place, scenario), scenario.first_day)


def _one_place(
    rows: list[tuple[int, Change]], opening: str | None, first_day: date
) -> Iterator[Finding]:
    state: str | None = None
    before = True
    for index, change in rows:
        if before and change.date >= first_day:
            before, state = False, opening or state
        if state is not None and change.from_ != state:
            what = f"{change.place} is {state} until {change.date}, not {change.from_}"
            yield Finding(("changes", index, "from"), what)
        state = change.to


def _at_opening(place: str, scenario: Scenario) -> str | None:
    control = scenario.opening.get(place)
    if control is None:
        return None
    return CONTESTED if control.contested_by else control.holder


def ranges_hold(chronicle: Chronicle, _: Scenario) -> Iterator[Finding]:
    """Low <= value <= high in every count of people."""
    for index, figure in enumerate(chronicle.displaced):
        yield from out_of_order(("displaced", index), figure.value, figure)
    for index, movement in enumerate(chronicle.movements):
        yield from out_of_order(("movements", index), movement.value, movement)


def dates_hold(chronicle: Chronicle, scenario: Scenario) -> Iterator[Finding]:
    """Dates are near the days played, and a first day comes before its last."""
    for path, day in _dates(chronicle):
        yield from outside(path, day, scenario)
    for key in ("failed_attacks", "movements"):
        for index, row in enumerate(getattr(chronicle, key)):
            if row.first_day > row.last_day:
                what = f"{row.last_day} is before its first day, {row.first_day}"
                yield Finding((key, index, "last_day"), what)


def _dates(chronicle: Chronicle) -> Iterator[tuple[KeyPath, date]]:
    for path, row in sourced_rows(chronicle):
        for key in ("date", "first_day", "last_day"):
            if hasattr(row, key):
                yield (*path, key), getattr(row, key)


def chronicle_sources(chronicle: Chronicle, scenario: Scenario) -> Iterator[Finding]:
    """Every source key exists, and whatever is judged says why."""
    return sources_exist((sourcing(path, row) for path, row in sourced_rows(chronicle)), scenario)


CHECKS: Final[tuple[ChronicleCheck, ...]] = (
    places_exist,
    factions_exist,
    changes_follow,
    ranges_hold,
    dates_hold,
    chronicle_sources,
)
"""Every check; each looks at the whole chronicle and yields what it finds."""
