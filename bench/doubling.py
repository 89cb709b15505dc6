"""A scenario beside itself: twice the places, roads, units, orders, triggers and people, on maps that never meet."""

from typing import Any

from offensive_sim.scenario.model import Scenario

_OTHER = "-twin"


def doubled(scenario: Scenario) -> Scenario:
    """The scenario and its twin; factions, communities, sources and rules are shared."""
    said = scenario.model_dump(mode="python")
    mine = {*scenario.places, *scenario.units, *scenario.groups, *scenario.triggers, *_flags(said["triggers"])}
    twin = _renamed(said, mine)
    for key in ("places", "opening", "ground", "units", "triggers", "groups"):
        said[key] = said[key] | twin[key]
    for key in ("links", "orders", "affinities"):
        said[key] = (*said[key], *twin[key])
    for name, faction in said["factions"].items():
        faction["supply_from"] = (*faction["supply_from"], *twin["factions"][name]["supply_from"])
    return Scenario.model_validate(said)


def _flags(triggers: Any) -> set[str]:
    """Names of flags that triggers raise."""
    if isinstance(triggers, dict):
        own = {triggers["flag"]} if isinstance(triggers.get("flag"), str) else set()
        return own.union(*(_flags(value) for value in triggers.values()))
    if isinstance(triggers, list | tuple):
        return set().union(*(_flags(value) for value in triggers))
    return set()


def _renamed(said: Any, mine: set[str]) -> Any:
    if isinstance(said, dict):
        return {_renamed(key, mine): _renamed(value, mine) for key, value in said.items()}
    if isinstance(said, list | tuple):
        return tuple(_renamed(value, mine) for value in said)
    return said + _OTHER if isinstance(said, str) and said in mine else said
