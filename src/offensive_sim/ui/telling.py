"""What happened, in the window's language where its sentence is one of ours; names of formations stay English."""

from collections.abc import Mapping
from dataclasses import replace

from offensive_sim.atlas.words import party_word
from offensive_sim.scenario.model import Scenario
from offensive_sim.ui.speech import say
from offensive_sim.views.events import Happening

Told = Mapping[int, tuple[Happening, ...]]
"""Events by day."""


def worded(one: Happening, scenario: Scenario, language: str) -> Happening:
    """An event with its title in a language; a title that was written by hand stays."""
    return one if language == "en" or one.frame is None else replace(one, title=sentence(one, scenario, language))


def sentence(one: Happening, scenario: Scenario, language: str) -> str:
    """The title of an event that has a frame, made from the catalogue."""
    frame = one.frame
    assert frame is not None
    place, unit, party = scenario.places.get(frame.place), scenario.units.get(frame.unit), frame.party
    names = {"ar": place.name_ar, "ckb": place.name_ku} if place else {}
    named = scenario.factions[party].name.split(" (")[0] if party else ""
    return say(
        f"told.{frame.key}",
        language,
        place=names.get(language) or (place.name if place else ""),
        party=named if language == "en" else party_word(party, named, language),
        unit=unit.name if unit else "",
        number=f"{frame.number:,}",
    )


def worded_days(told: Told, days: range, scenario: Scenario, language: str) -> Told:
    """Some days in a language; in English as they are."""
    if language == "en":
        return told
    return {day: tuple(worded(one, scenario, language) for one in told.get(day, ())) for day in days}
