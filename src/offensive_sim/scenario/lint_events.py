"""Checks of what happens and when: dates, ranges, units, orders, triggers."""

import math
from collections.abc import Iterator
from datetime import date
from typing import Final

from offensive_sim.scenario.forces import OrderKind
from offensive_sim.scenario.lint_walk import (
    Check,
    Finding,
    conditions,
    effects,
    holders,
    out_of_order,
    outside,
    ranges,
)
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import KeyPath
from offensive_sim.scenario.splits import Split
from offensive_sim.scenario.triggers import FromDay, Holds, MayTakeOver, Nerve, PlacesTaken

NEEDS_A_GOAL: Final[tuple[OrderKind, ...]] = ("march", "attack", "raid", "withdraw", "reinforce")
_CLOSE_TO_ONE: Final = 1e-6


def days_are_in_order(scenario: Scenario) -> Iterator[Finding]:
    """The first day comes before the last, in the scenario and in its splits."""
    if scenario.first_day > scenario.last_day:
        yield Finding(("last_day",), f"{scenario.last_day} is before the first day, {scenario.first_day}")
        return
    for name, split in _splits(scenario):
        if split.first_day > split.last_day:
            what = f"{split.last_day} is before its first day, {split.first_day}"
            yield Finding(("splits", name, "last_day"), what)
        for key in ("first_day", "last_day"):
            day: date = getattr(split, key)
            if not scenario.first_day <= day <= scenario.last_day:
                what = f"{day} is outside the scenario, {scenario.first_day} to {scenario.last_day}"
                yield Finding(("splits", name, key), what)


def splits_are_apart(scenario: Scenario) -> Iterator[Finding]:
    """What was tuned on is never what is checked."""
    tuned, checked = scenario.splits.tuned, scenario.splits.checked
    if tuned and checked and tuned.first_day <= checked.last_day and checked.first_day <= tuned.last_day:
        yield Finding(("splits", "checked"), "shares days with `tuned`")


def _splits(scenario: Scenario) -> Iterator[tuple[str, Split]]:
    for name in ("tuned", "checked"):
        split: Split | None = getattr(scenario.splits, name)
        if split:
            yield name, split


def dates_are_near(scenario: Scenario) -> Iterator[Finding]:
    """No order, trigger or arrival lies far from the days played."""
    for path, day in _dates(scenario):
        yield from outside(path, day, scenario)


def _dates(scenario: Scenario) -> Iterator[tuple[KeyPath, date]]:
    for index, order in enumerate(scenario.orders):
        yield ("orders", index, "date"), order.date
    for name, trigger in scenario.triggers.items():
        yield ("triggers", name, "known_from"), trigger.known_from
    for path, condition in conditions(scenario):
        if isinstance(condition, FromDay):
            yield (*path, "day"), condition.day
    for name, unit in scenario.units.items():
        if unit.appears:
            yield ("units", name, "appears"), unit.appears


def ranges_are_in_order(scenario: Scenario) -> Iterator[Finding]:
    """Low <= value <= high, wherever a range stands."""
    for path, one in ranges(scenario):
        yield from out_of_order(path, one.value, one)
    for name, community in scenario.communities.items():
        yield from out_of_order(("communities", name, "vulnerability"), community.vulnerability, community)


def strengths_fit(scenario: Scenario) -> Iterator[Finding]:
    """A unit has no more men than it has on paper."""
    for name, unit in scenario.units.items():
        if unit.men.value > unit.establishment:
            what = f"{unit.men.value} men are more than its establishment, {unit.establishment}"
            yield Finding(("units", name, "men"), what, "warning")


def parents_command(scenario: Scenario) -> Iterator[Finding]:
    """A parent is a headquarters, and nobody is above itself."""
    units = scenario.units
    for name, unit in units.items():
        if unit.parent in units and not units[unit.parent].hq:
            yield Finding(("units", name, "parent"), f"{unit.parent} is not a headquarters (hq: true)")
        above, seen = unit.parent, {name}
        while above in units and above not in seen:
            seen.add(above)
            above = units[above].parent
        if above == name:
            yield Finding(("units", name, "parent"), f"{name} is above itself")


def orders_have_goals(scenario: Scenario) -> Iterator[Finding]:
    """An order to go somewhere says where."""
    for index, order in enumerate(scenario.orders):
        if order.order in NEEDS_A_GOAL and order.to is None:
            yield Finding(("orders", index, "order"), f"`{order.order}` needs `to`: the place it is about")


def orders_find_their_units(scenario: Scenario) -> Iterator[Finding]:
    """No order reaches a unit before it appears, or twice."""
    for index, order in enumerate(scenario.orders):
        for position, name in enumerate(order.units):
            path = ("orders", index, "units", position)
            unit = scenario.units.get(name)
            if unit and unit.appears and order.date < unit.appears:
                yield Finding(path, f"{name} appears on {unit.appears}, after this order")
            if name in order.units[:position]:
                yield Finding(path, f"{name} stands twice in this order")


def triggers_do_something(scenario: Scenario) -> Iterator[Finding]:
    """A trigger has effects or accounts; the accounts' weights make 1."""
    for name, trigger in scenario.triggers.items():
        if not trigger.then and not trigger.accounts:
            yield Finding(("triggers", name), "has no effect: add `then` or `accounts`")
        weights = math.fsum(account.weight for account in trigger.accounts)
        if trigger.accounts and abs(weights - 1) > _CLOSE_TO_ONE:
            yield Finding(("triggers", name, "accounts"), f"the weights make {weights:.6g}, not 1")
        ids = [account.id for account in trigger.accounts]
        for index, one in enumerate(ids):
            if one in ids[:index]:
                yield Finding(("triggers", name, "accounts", index, "id"), f"{one} stands twice")


def nerve_has_a_target(scenario: Scenario) -> Iterator[Finding]:
    """News reaches somebody: named units, or a faction, at one place or everywhere."""
    for path, effect in effects(scenario):
        if not isinstance(effect, Nerve):
            continue
        if not effect.units and effect.faction is None:
            yield Finding(path, "reaches nobody: add `units` or `faction`")
        elif effect.place is not None and effect.faction is None:
            yield Finding((*path, "place"), "counts only beside `faction`")


def triggers_speak_of_holders(scenario: Scenario) -> Iterator[Finding]:
    """Only a faction that holds for itself can hold, take or take over a place."""
    known = holders(scenario)
    for path, one in (*conditions(scenario), *effects(scenario)):
        if not isinstance(one, Holds | PlacesTaken | MayTakeOver):
            continue
        for key in ("faction", "from_faction"):
            name = getattr(one, key, None)
            if name in scenario.factions and name not in known:
                holds_for = scenario.factions[name].holds_for
                what = f"{name} holds no place in its own name: it holds for {holds_for}"
                yield Finding((*path, key), what)


CHECKS: Final[tuple[Check, ...]] = (
    days_are_in_order,
    splits_are_apart,
    dates_are_near,
    ranges_are_in_order,
    strengths_fit,
    parents_command,
    orders_have_goals,
    orders_find_their_units,
    triggers_do_something,
    nerve_has_a_target,
    triggers_speak_of_holders,
)
