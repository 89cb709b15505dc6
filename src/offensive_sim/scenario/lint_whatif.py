"""The meaning of a what-if against its scenario: whatever it names is there, and its lever has something to move."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final

from offensive_sim.errors import Problem
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.levers import ADDED, applied, chosen, days_of, meant
from offensive_sim.scenario.lint import CHECKS as SCENARIO_CHECKS
from offensive_sim.scenario.lint_ids import names_exist, sources_exist, sourcing
from offensive_sim.scenario.lint_walk import Finding, located_problems, unknown
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import KeyPath, Located
from offensive_sim.scenario.whatif import (
    EventAdded,
    EventMoved,
    NoEvent,
    OrdersDropped,
    OrdersGiven,
    OrdersMoved,
    Strength,
    WhatIf,
    Who,
)

WhatIfCheck = Callable[[WhatIf, Scenario, Chronicle], Iterator[Finding]]


def lint_what_if(what_if: WhatIf, located: Located, scenario: Scenario, chronicle: Chronicle) -> list[Problem]:
    """Every problem of a what-if's meaning, each with file and line.

    Where it is for another scenario nothing else is worth saying.
    """
    if what_if.scenario != scenario.id:
        what = f"this what-if is for {what_if.scenario}, not for {scenario.id}"
        return located_problems([Finding(("scenario",), what)], located)
    found = [finding for check in CHECKS for finding in check(what_if, scenario, chronicle)]
    if not any(finding.severity == "error" for finding in found):
        found = [*found, *lever_fits(what_if, scenario)]
    return located_problems(found, located)


def names_are_there(what_if: WhatIf, scenario: Scenario, chronicle: Chronicle) -> Iterator[Finding]:
    """Places, factions, units, communities, people groups, events and sources that are named."""
    lever = what_if.lever
    yield from names_exist(("lever",), lever, scenario)
    if isinstance(lever, EventAdded):
        for index, effect in enumerate(lever.then):
            yield from names_exist(("lever", "then", index), effect, scenario)
    for path, who in _selections(what_if):
        yield from names_exist(path, who, scenario)
    for index, measure in enumerate(what_if.measures):
        yield from names_exist(("measures", index), measure, scenario)
    if isinstance(lever, NoEvent | EventMoved):
        for index, name in enumerate(lever.events):
            yield from unknown(("lever", "events", index), "event (trigger)", name, scenario.triggers)
    tables: dict[str, Iterable[str]] = {
        "event": scenario.triggers, "unit": scenario.units, "place": scenario.places, "documented": chronicle.events,
    }  # fmt: skip
    for index, fact in enumerate(what_if.facts):
        yield from unknown(("facts", index, "id"), fact.what, fact.id, tables[fact.what])


def sources_are_there(what_if: WhatIf, scenario: Scenario, _: Chronicle) -> Iterator[Finding]:
    """Every source key exists, and whatever is judged says why."""
    facts = [sourcing((), what_if)]
    for side, rows in (("for", what_if.evidence.for_), ("against", what_if.evidence.against)):
        facts += [sourcing(("evidence", side, index), row) for index, row in enumerate(rows)]
    yield from sources_exist(facts, scenario)


def days_are_inside(what_if: WhatIf, scenario: Scenario, _: Chronicle) -> Iterator[Finding]:
    """The date lies in the scenario, and the outcome is judged before it ends."""
    first, last = scenario.first_day, scenario.last_day
    if not first <= what_if.date <= last:
        yield Finding(("date",), f"{what_if.date} is outside the scenario, {first} to {last}")
    elif what_if.judged_on > last:
        what = f"{what_if.horizon} days from {what_if.date} run past the last day, {last}"
        yield Finding(("horizon",), what)
    until = getattr(what_if.lever, "until", None)
    if until and until <= what_if.date:
        yield Finding(("lever", "until"), f"{until} is not after the date, {what_if.date}")


def measures_differ(what_if: WhatIf, _: Scenario, __: Chronicle) -> Iterator[Finding]:
    """No two measures have one id."""
    seen: set[str] = set()
    for index, measure in enumerate(what_if.measures):
        if measure.id in seen:
            yield Finding(("measures", index, "id"), f"{measure.id} stands twice")
        seen.add(measure.id)


def _selections(what_if: WhatIf) -> Iterator[tuple[KeyPath, Who]]:
    if hasattr(what_if.lever, "who"):
        yield ("lever", "who"), what_if.lever.who
    for index, measure in enumerate(what_if.measures):
        if measure.kind == "men_present":
            yield ("measures", index, "who"), measure.who


def selections_are_said(what_if: WhatIf, scenario: Scenario, _: Chronicle) -> Iterator[Finding]:
    """``who`` says something, and somebody is meant."""
    for path, who in _selections(what_if):
        if who == Who():
            yield Finding(path, "says nothing; name units, faction, under or at")
        elif not chosen(scenario, who) and not any(names_exist(path, who, scenario)):
            yield Finding(path, "no unit meets all of these")


CHECKS: Final[tuple[WhatIfCheck, ...]] = (
    names_are_there,
    sources_are_there,
    days_are_inside,
    measures_differ,
    selections_are_said,
)
"""Checks of what is named; each looks at the whole what-if."""


# The lever, once everything it names is there


def lever_fits(what_if: WhatIf, scenario: Scenario) -> Iterator[Finding]:
    """The lever changes something, and nothing before the date."""
    lever = what_if.lever
    if isinstance(lever, NoEvent | EventMoved):
        yield from _events_fit(what_if.date, lever, scenario)
    elif isinstance(lever, OrdersDropped | OrdersMoved):
        yield from _orders_fit(what_if.date, lever, scenario)
    elif isinstance(lever, Strength):
        yield from _strength_fits(what_if.date, lever, scenario)
    if isinstance(lever, EventMoved | OrdersMoved) and lever.days == 0:
        yield Finding(("lever", "days"), "0 days move nothing")
    if isinstance(lever, EventAdded | OrdersGiven | OrdersMoved):
        yield from _still_sound(what_if, scenario)


def _events_fit(day: date, lever: NoEvent | EventMoved, scenario: Scenario) -> Iterator[Finding]:
    if not lever.events and not lever.arrivals:
        yield Finding(("lever",), "names neither events nor arrivals")
    for index, name in enumerate(lever.events):
        days = days_of(scenario.triggers[name].when)
        path: KeyPath = ("lever", "events", index)
        if isinstance(lever, EventMoved):
            if not days:
                yield Finding(path, f"{name} waits for no day, so it cannot be moved")
            yield from _not_before(path, day, name, [*days, *(_by(one, lever.days) for one in days)])
    for index, name in enumerate(lever.arrivals):
        path = ("lever", "arrivals", index)
        appears = scenario.units[name].appears
        if appears is None:
            yield Finding(path, f"{name} is there from the start; it does not arrive")
        else:
            moved = _by(appears, lever.days) if isinstance(lever, EventMoved) else appears
            yield from _not_before(path, day, f"the arrival of {name}", [appears, moved])


def _by(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _not_before(path: KeyPath, day: date, what: str, days: list[date]) -> Iterator[Finding]:
    early = min(days, default=day)
    if early < day:
        yield Finding(path, f"{what} is changed on {early}, before the date, {day}")


def _orders_fit(day: date, lever: OrdersDropped | OrdersMoved, scenario: Scenario) -> Iterator[Finding]:
    which = meant(scenario, day, lever)
    if not which:
        yield Finding(("lever",), f"no documented order from {day} on meets all of these")
    if isinstance(lever, OrdersMoved):
        moved = [_by(scenario.orders[index].date, lever.days) for index, _ in which]
        yield from _not_before(("lever", "days"), day, "an order", moved)


def _strength_fits(day: date, lever: Strength, scenario: Scenario) -> Iterator[Finding]:
    if (lever.times is None) == (not lever.on_paper):
        yield Finding(("lever",), "say either `times` or `on_paper: true`")
        return
    if day > scenario.first_day and (lever.on_paper or (lever.times or 1.0) < 1.0):
        yield Finding(("lever",), f"only on the first day, {scenario.first_day}; later men can join, not leave")
    if lever.times == 1.0:
        yield Finding(("lever", "times"), "1 changes nothing")


def _still_sound(what_if: WhatIf, scenario: Scenario) -> Iterator[Finding]:
    """The scenario's own checks over what the lever adds, at the lever's keys."""
    added = ("triggers", ADDED.format(what_if.id))
    before = {(what, severity) for _, what, severity in _all(scenario)}
    for path, what, severity in _all(applied(scenario, [what_if])):
        if (what, severity) not in before:
            yield Finding(("lever", *path[2:]) if path[:2] == added else ("lever",), what, severity)


def _all(scenario: Scenario) -> Iterator[Finding]:
    return (finding for check in SCENARIO_CHECKS for finding in check(scenario))
