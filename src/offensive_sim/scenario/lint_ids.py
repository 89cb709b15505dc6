"""Checks of ids and sources: whatever is named must exist, and our own estimates must say why."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pydantic import BaseModel

from offensive_sim.scenario.lint_walk import (
    JUDGEMENT,
    Check,
    Finding,
    conditions,
    effects,
    roads,
    unknown,
)
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.reading import KeyPath
from offensive_sim.scenario.relief import Gate
from offensive_sim.scenario.suggest import did_you_mean
from offensive_sim.scenario.triggers import CloseLink, CommandLeaves, FlagSet, OpenLink, SetFlag

NAMES: Final = {
    "a": "places",
    "b": "places",
    "place": "places",
    "home": "places",
    "supply_from": "places",
    "to": "places",
    "shares": "places",
    "faction": "factions",
    "from_faction": "factions",
    "holder": "factions",
    "contested_by": "factions",
    "estranged_from": "factions",
    "hostile_to": "factions",
    "takes_over_from": "factions",
    "holds_for": "factions",
    "unit": "units",
    "units": "units",
    "parent": "units",
    "hq": "units",
    "community": "communities",
    "communities": "communities",
    "groups": "groups",
    "places": "places",
    "at": "places",
    "held_by": "factions",
    "under": "units",
    "arrivals": "units",
}
"""The keys that name something, and the section it must stand in."""
WORDS: Final = {
    "places": "place",
    "factions": "faction",
    "units": "unit",
    "communities": "community",
    "groups": "people group",
}


COALITION: Final = "coalition"
"""Foreign aircraft, and those who co-ordinate aid: nobody's faction."""


class Sourcing(NamedTuple):
    """The sources of one fact; ``judgement`` only where the fact has room for it."""

    path: KeyPath
    key: str
    source: tuple[str, ...]
    judged: bool
    judgement: str | None


def named_things_exist(scenario: Scenario) -> Iterator[Finding]:
    """Every place, faction, unit and community that is named is there."""
    for path, thing in _things(scenario):
        yield from names_exist(path, thing, scenario)


def names_exist(path: KeyPath, thing: BaseModel, scenario: Scenario) -> Iterator[Finding]:
    """Whatever one thing names is there."""
    for key, section in NAMES.items():
        for index, name in _named(getattr(thing, key, None)):
            where = (*path, key) if index is None else (*path, key, index)
            yield from unknown(where, WORDS[section], name, getattr(scenario, section))


def sections_speak_of_places(scenario: Scenario) -> Iterator[Finding]:
    """The keys of ``opening`` and ``ground`` are places."""
    for section in ("opening", "ground"):
        for name in getattr(scenario, section):
            yield from unknown((section, name), "place", name, scenario.places)


def roads_exist(scenario: Scenario) -> Iterator[Finding]:
    """A road that a trigger closes, opens or watches is on the map."""
    known = roads(scenario)
    for path, effect in effects(scenario):
        if not isinstance(effect, CloseLink | OpenLink | Gate):
            continue
        ends = {effect.a, effect.b}
        if ends <= scenario.places.keys() and frozenset(ends) not in known:
            yield Finding(path, f"no road joins {effect.a} and {effect.b}")


def commands_are_headquarters(scenario: Scenario) -> Iterator[Finding]:
    """Only a headquarters has senior commanders who can leave."""
    for path, effect in effects(scenario):
        unit = scenario.units.get(effect.hq) if isinstance(effect, CommandLeaves) else None
        if unit and not unit.hq:
            yield Finding((*path, "hq"), f"{unit.name} is not a headquarters (hq: true)")


def leaders_exist(scenario: Scenario) -> Iterator[Finding]:
    """Who leads an event is a faction, or the coalition."""
    for name, trigger in scenario.triggers.items():
        if trigger.led_by is not None and trigger.led_by != COALITION:
            yield from unknown(("triggers", name, "led_by"), "faction", trigger.led_by, scenario.factions)


def flags_meet(scenario: Scenario) -> Iterator[Finding]:
    """A flag that is read is set somewhere; one that is set is read."""
    written = {effect.flag: path for path, effect in effects(scenario) if isinstance(effect, SetFlag)}
    read = {condition.flag for _, condition in conditions(scenario) if isinstance(condition, FlagSet)}
    for path, condition in conditions(scenario):
        if isinstance(condition, FlagSet) and condition.flag not in written:
            what = f"no trigger sets the flag {condition.flag}{did_you_mean(condition.flag, written)}"
            yield Finding((*path, "flag"), what)
    for flag, path in written.items():
        if flag not in read:
            yield Finding((*path, "flag"), f"the flag {flag} is set and never read", "warning")


def scenario_sources(scenario: Scenario) -> Iterator[Finding]:
    """Every source key exists, and whatever is judged says why."""
    return sources_exist(sourcings(scenario), scenario)


def sources_exist(facts: Iterable[Sourcing], scenario: Scenario) -> Iterator[Finding]:
    """A finding for each key that ``sources`` lacks, and each judgement without a reason."""
    for path, key, source, judged, judgement in facts:
        for index, name in enumerate(source):
            if name != JUDGEMENT:
                yield from unknown((*path, key, index), "source", name, scenario.sources)
        if judged and JUDGEMENT in source and not (judgement or "").strip():
            yield Finding((*path, key), "names judgement as a source; add `judgement:` to say what and why")


def sourcings(scenario: Scenario) -> Iterator[Sourcing]:
    """The sources of every fact."""
    for name, place in scenario.places.items():
        yield Sourcing(("places", name), "people_source", place.people_source, False, None)
    for path, thing in _things(scenario):
        if hasattr(thing, "source"):
            yield sourcing(path, thing)
    for name, trigger in scenario.triggers.items():
        yield sourcing(("triggers", name), trigger)
        for index, account in enumerate(trigger.accounts):
            yield sourcing(("triggers", name, "accounts", index), account)


def sourcing(path: KeyPath, thing: BaseModel) -> Sourcing:
    """The sources of one thing, and whether it has room for a judgement."""
    judged = "judgement" in type(thing).model_fields
    return Sourcing(path, "source", getattr(thing, "source"), judged, getattr(thing, "judgement", None))  # noqa: B009


def _things(scenario: Scenario) -> Iterator[tuple[KeyPath, BaseModel]]:
    """Everything that names something else, with its path."""
    for section in ("factions", "opening", "ground", "units", "communities", "groups"):
        for name, thing in getattr(scenario, section).items():
            yield (section, name), thing
    for section in ("links", "orders", "affinities"):
        for index, thing in enumerate(getattr(scenario, section)):
            yield (section, index), thing
    for name, group in scenario.groups.items():
        for index, row in enumerate(group.displaced):
            yield ("groups", name, "displaced", index), row
    yield from conditions(scenario)
    yield from effects(scenario)


def _named(value: object) -> Iterator[tuple[str | int | None, str]]:
    """The ids in a value, each with its index; a flag (``hq: true``) names nothing."""
    if isinstance(value, str):
        yield None, value
    elif isinstance(value, tuple):
        yield from ((index, name) for index, name in enumerate(value))
    elif isinstance(value, dict):
        yield from ((name, name) for name in value)


CHECKS: Final[tuple[Check, ...]] = (
    named_things_exist,
    sections_speak_of_places,
    roads_exist,
    commands_are_headquarters,
    leaders_exist,
    flags_meet,
    scenario_sources,
)
