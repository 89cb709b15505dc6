"""Pull a what-if's lever: a pure function from a scenario to a scenario that differs in that alone.

Chance is addressed by the position of a unit, a trigger or a reinforcement in its list. So nothing is ever taken out
of a list or put into its middle: what must not happen is put off for good, and what is new comes last. Two worlds
under one seed then meet the same luck, cell by cell.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, assert_never

from offensive_sim.scenario.facts import Range
from offensive_sim.scenario.forces import Order, Unit
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.triggers import AllOf, AnyOf, Condition, Effect, FromDay, Not, Reinforce, Trigger
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

ADDED: Final = "what-if-{}"
"""The id of the trigger that a lever adds."""
_FOR_GOOD: Final = timedelta(days=3650)


@dataclass(frozen=True)
class Touched:
    """What a lever changes, as (section, id); orders by unit and day."""

    things: frozenset[tuple[str, str]]

    def __and__(self, other: "Touched") -> list[str]:
        """What both change, in words."""
        return [f"{section} {name}" for section, name in sorted(self.things & other.things)]


def applied(scenario: Scenario, what_ifs: Iterable[WhatIf]) -> Scenario:
    """The scenario with these levers pulled, one after the other; a new one, the old is as it was."""
    for what_if in what_ifs:
        scenario = _one(scenario, what_if)
    return scenario


def _one(scenario: Scenario, what_if: WhatIf) -> Scenario:
    lever = what_if.lever
    match lever:
        case NoEvent():
            return _never(scenario, what_if.date, lever)
        case EventMoved():
            return _moved(scenario, lever)
        case EventAdded():
            return _added(scenario, what_if, lever)
        case OrdersGiven():
            return _given(scenario, what_if, lever)
        case OrdersDropped() | OrdersMoved():
            return _reordered(scenario, what_if.date, lever)
        case Strength():
            return _strengthened(scenario, what_if, lever)
        case _:
            assert_never(lever)


def chosen(scenario: Scenario, who: Who) -> list[str]:
    """Ids of the units meant, in the order of the files."""
    below = _below(scenario, who.under) if who.under else set(scenario.units)
    return [
        name
        for name, unit in scenario.units.items()
        if name in below
        and (not who.units or name in who.units)
        and (not who.at or unit.place in who.at)
        and who.faction in (None, unit.faction)
    ]


def _below(scenario: Scenario, hq: str) -> set[str]:
    found = {hq}
    while more := {name for name, unit in scenario.units.items() if unit.parent in found} - found:
        found |= more
    return found


def touched(scenario: Scenario, what_if: WhatIf) -> Touched:
    """What the lever changes; two what-ifs that change the same thing cannot stand together."""
    lever = what_if.lever
    things: set[tuple[str, str]] = set()
    match lever:
        case NoEvent() | EventMoved():
            things = {("event", name) for name in lever.events} | {("arrival of", name) for name in lever.arrivals}
        case EventAdded():
            things = {("added event", ADDED.format(what_if.id))}
        case OrdersGiven():
            things = {("orders of", name) for name in chosen(scenario, lever.who)}
        case OrdersDropped() | OrdersMoved():
            things = {("orders of", name) for _, names in meant(scenario, what_if.date, lever) for name in names}
        case Strength():
            things = {("strength of", name) for name in chosen(scenario, lever.who)}
        case _:
            assert_never(lever)
    return Touched(frozenset(things))


# Events


def _never(scenario: Scenario, day: date, lever: NoEvent) -> Scenario:
    """Before the date they may still happen: the worlds differ from then on only."""
    too_late = Not(kind="not", of=FromDay(kind="from_day", day=day))

    def off(trigger: Trigger) -> Trigger:
        return trigger.model_copy(update={"when": AllOf(kind="all_of", of=(trigger.when, too_late))})

    def gone(_: Unit) -> date:
        return scenario.last_day + _FOR_GOOD

    return _changed(scenario, lever.events, off, lever.arrivals, gone)


def _moved(scenario: Scenario, lever: EventMoved) -> Scenario:
    by = timedelta(days=lever.days)

    def shift(trigger: Trigger) -> Trigger:
        return trigger.model_copy(update={"when": _later(trigger.when, by), "known_from": trigger.known_from + by})

    def later(unit: Unit) -> date:
        return (unit.appears or scenario.first_day) + by

    return _changed(scenario, lever.events, shift, lever.arrivals, later)


def _changed(
    scenario: Scenario,
    events: tuple[str, ...],
    event: Callable[[Trigger], Trigger],
    arrivals: tuple[str, ...],
    day: Callable[[Unit], date],
) -> Scenario:
    triggers = {name: event(one) if name in events else one for name, one in scenario.triggers.items()}
    units = {
        name: one.model_copy(update={"appears": day(one)}) if name in arrivals else one
        for name, one in scenario.units.items()
    }
    return scenario.model_copy(update={"triggers": triggers, "units": units})


def _later(condition: Condition, by: timedelta) -> Condition:
    if isinstance(condition, FromDay):
        return condition.model_copy(update={"day": condition.day + by})
    if isinstance(condition, AllOf | AnyOf):
        return condition.model_copy(update={"of": tuple(_later(one, by) for one in condition.of)})
    if isinstance(condition, Not):
        return condition.model_copy(update={"of": _later(condition.of, by)})
    return condition


def days_of(condition: Condition) -> list[date]:
    """Every day that a condition waits for."""
    if isinstance(condition, FromDay):
        return [condition.day]
    if isinstance(condition, AllOf | AnyOf):
        return [day for one in condition.of for day in days_of(one)]
    return days_of(condition.of) if isinstance(condition, Not) else []


def _added(scenario: Scenario, what_if: WhatIf, lever: EventAdded) -> Scenario:
    from_day = FromDay(kind="from_day", day=what_if.date)
    when = AllOf(kind="all_of", of=(from_day, lever.when)) if lever.when else from_day
    return _with_trigger(scenario, what_if, lever.title, when, lever.then)


def _with_trigger(
    scenario: Scenario, what_if: WhatIf, title: str, when: Condition, then: tuple[Effect, ...]
) -> Scenario:
    new = Trigger.model_construct(
        title=title, does=what_if.premise, when=when, odds=1.0, then=then, accounts=(), known_from=what_if.date,
        source=what_if.source, confidence=what_if.confidence, judgement=what_if.judgement, note=None,
    )  # fmt: skip
    return scenario.model_copy(update={"triggers": scenario.triggers | {ADDED.format(what_if.id): new}})


# Orders


def _given(scenario: Scenario, what_if: WhatIf, lever: OrdersGiven) -> Scenario:
    who = chosen(scenario, lever.who)
    orders = _without(scenario, [(i, set(who)) for i in _between(scenario, what_if.date, lever.until)])
    new = Order.model_construct(
        date=what_if.date, units=tuple(who), order=lever.order, to=lever.to, source=what_if.source,
        confidence=what_if.confidence, judgement=what_if.judgement, note=None,
    )  # fmt: skip
    return scenario.model_copy(update={"orders": (*orders, new)})


def meant(
    scenario: Scenario, day: date, lever: OrdersDropped | OrdersMoved
) -> list[tuple[int, set[str]]]:
    """Which documented orders a lever is about: their positions, and the units of each that are meant."""
    who = set(chosen(scenario, lever.who))
    found = []
    for index in _between(scenario, day, lever.until):
        order = scenario.orders[index]
        fits = (not lever.orders or order.order in lever.orders) and (not lever.to or order.to in lever.to)
        if fits and who & set(order.units):
            found.append((index, who & set(order.units)))
    return found


def _between(scenario: Scenario, first: date, until: date | None) -> list[int]:
    return [
        index
        for index, order in enumerate(scenario.orders)
        if order.date >= first and (until is None or order.date < until)
    ]


def _reordered(scenario: Scenario, day: date, lever: OrdersDropped | OrdersMoved) -> Scenario:
    which = meant(scenario, day, lever)
    orders = _without(scenario, which)
    if isinstance(lever, OrdersMoved):
        by = timedelta(days=lever.days)
        for index, names in which:
            order = scenario.orders[index]
            kept = tuple(name for name in order.units if name in names)
            orders = (*orders, order.model_copy(update={"units": kept, "date": order.date + by}))
    return scenario.model_copy(update={"orders": orders})


def _without(scenario: Scenario, which: list[tuple[int, set[str]]]) -> tuple[Order, ...]:
    """The orders less these units of them; an order without units is no order."""
    taken = dict(which)
    kept = []
    for index, order in enumerate(scenario.orders):
        units = tuple(name for name in order.units if name not in taken.get(index, set()))
        if units:
            kept.append(order if units == order.units else order.model_copy(update={"units": units}))
    return tuple(kept)


# Strength


def _strengthened(scenario: Scenario, what_if: WhatIf, lever: Strength) -> Scenario:
    who = chosen(scenario, lever.who)
    if what_if.date > scenario.first_day:
        joining = tuple(_joining(name, scenario.units[name], lever.times or 1.0) for name in who)
        when = FromDay(kind="from_day", day=what_if.date)
        some = tuple(one for one in joining if one.value)
        return _with_trigger(scenario, what_if, what_if.title, when, some) if some else scenario
    units = {name: _other_strength(one, lever) if name in who else one for name, one in scenario.units.items()}
    return scenario.model_copy(update={"units": units})


def _joining(name: str, unit: Unit, times: float) -> Reinforce:
    men = round(unit.men.value * (times - 1.0))
    return Reinforce.model_construct(kind="reinforce", unit=name, value=men, low=men, high=men)


def _other_strength(unit: Unit, lever: Strength) -> Unit:
    if lever.on_paper:
        full = unit.establishment
        return unit.model_copy(update={"men": Range(value=full, low=full, high=full), "ghost_share": 0.0})
    men, times = unit.men, lever.times or 1.0
    scaled = Range(value=round(men.value * times), low=round(men.low * times), high=round(men.high * times))
    return unit.model_copy(update={"men": scaled})
