"""Checks of the map: roads, who holds what, factions, people."""

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from offensive_sim.scenario.forces import Faction
from offensive_sim.scenario.lint_walk import Check, Finding, holders, hostile
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import KeyPath

RUN_BY_THE_MODEL: Final = ("isis", "insurgent-allied")
_CLOSE_TO_ONE: Final = 1e-6


def roads_are_single(scenario: Scenario) -> Iterator[Finding]:
    """A road joins two different places, and is said once."""
    first: dict[frozenset[str], int] = {}
    for index, link in enumerate(scenario.links):
        if link.a == link.b:
            yield Finding(("links", index), f"joins {link.a} with itself")
        ends = frozenset((link.a, link.b))
        if ends in first:
            what = f"the road {link.a} to {link.b} stands twice; the first is links.{first[ends]}"
            yield Finding(("links", index), what)
        first.setdefault(ends, index)


def places_are_reached(scenario: Scenario) -> Iterator[Finding]:
    """Every place can be reached from the largest connected part of the map."""
    reached = _largest_part(scenario)
    for name in scenario.places:
        if name not in reached:
            yield Finding(("places", name), "no road leads here from the rest of the map")


def _largest_part(scenario: Scenario) -> set[str]:
    beside: dict[str, set[str]] = defaultdict(set)
    for link in scenario.links:
        beside[link.a].add(link.b)
        beside[link.b].add(link.a)
    largest: set[str] = set()
    left = dict.fromkeys(scenario.places)
    while left:
        part, edge = set(), [left.popitem()[0]]
        while edge:
            place = edge.pop()
            part.add(place)
            left.pop(place, None)
            edge += beside[place] - part
        largest = max(largest, part, key=len)
    return largest


def places_are_held(scenario: Scenario) -> Iterator[Finding]:
    """Somebody holds each place at the opening."""
    for name in scenario.places:
        if name not in scenario.opening:
            yield Finding(("places", name), "nobody holds it at the start: add it to `opening`")


def holders_hold_for_themselves(scenario: Scenario) -> Iterator[Finding]:
    """Holders, contenders and whoever is fought or followed hold in their own name."""
    known = holders(scenario)
    for path, name in _who_must_hold(scenario):
        if name in scenario.factions and name not in known:
            holds_for = scenario.factions[name].holds_for
            yield Finding(path, f"{name} holds no place in its own name: it holds for {holds_for}")


def _who_must_hold(scenario: Scenario) -> Iterator[tuple[KeyPath, str]]:
    for place, control in scenario.opening.items():
        yield ("opening", place, "holder"), control.holder
        if control.contested_by:
            yield ("opening", place, "contested_by"), control.contested_by
    for name, faction in scenario.factions.items():
        if faction.holds_for:
            yield ("factions", name, "holds_for"), faction.holds_for
        for key, others in _others(faction):
            yield from ((("factions", name, key, index), other) for index, other in enumerate(others))


def _others(faction: Faction) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("hostile_to", faction.hostile_to), ("takes_over_from", faction.takes_over_from))


def contenders_are_enemies(scenario: Scenario) -> Iterator[Finding]:
    """Two sides inside a place are different and hostile."""
    for place, control in scenario.opening.items():
        holder, other = control.holder, control.contested_by
        path = ("opening", place, "contested_by")
        if other == holder:
            yield Finding(path, f"{other} holds the place; another must contest it")
        elif {holder, other} <= scenario.factions.keys() and not hostile(scenario, holder, str(other)):
            yield Finding(path, f"{other} and {holder} are not hostile to each other")


def factions_differ_from_themselves(scenario: Scenario) -> Iterator[Finding]:
    """Nobody is hostile to itself or takes over from itself."""
    for name, faction in scenario.factions.items():
        for key, others in _others(faction):
            if name in others:
                yield Finding(("factions", name, key), f"{name} names itself")


def isis_is_not_played(scenario: Scenario) -> Iterator[Finding]:
    """ISIS and the groups allied with it have no seat."""
    for name in RUN_BY_THE_MODEL:
        if name in scenario.factions and scenario.factions[name].playable:
            yield Finding(("factions", name, "playable"), "ISIS is run by the model")


def people_have_sources(scenario: Scenario) -> Iterator[Finding]:
    """A number of residents says where it comes from."""
    for name, place in scenario.places.items():
        if place.people and not place.people_source:
            yield Finding(("places", name, "people"), "has no source: add `people_source`")


def shares_are_shares(scenario: Scenario) -> Iterator[Finding]:
    """A group's share of a place lies between 0 and 1, where people live at all."""
    for name, group in scenario.groups.items():
        for place, share in group.shares.items():
            path = ("groups", name, "shares", place)
            if not 0 <= share <= 1:
                yield Finding(path, f"a share is between 0 and 1, not {share}")
            home = scenario.places.get(place)
            if home and not (home.people and home.people.high):
                yield Finding(path, f"nobody lives at {place}: it has no `people`")


def shares_add_up(scenario: Scenario) -> Iterator[Finding]:
    """Over all groups, the shares of a place with people make 1."""
    total: dict[str, list[float]] = defaultdict(list)
    for group in scenario.groups.values():
        for place, share in group.shares.items():
            total[place].append(share)
    for name, place_ in scenario.places.items():
        made = math.fsum(total[name])
        if place_.people and place_.people.value and abs(made - 1) > _CLOSE_TO_ONE:
            yield Finding(("places", name, "people"), f"the groups' shares of it make {made:.6g}, not 1")


CHECKS: Final[tuple[Check, ...]] = (
    roads_are_single,
    places_are_reached,
    places_are_held,
    holders_hold_for_themselves,
    contenders_are_enemies,
    factions_differ_from_themselves,
    isis_is_not_played,
    people_have_sources,
    shares_are_shares,
    shares_add_up,
)
