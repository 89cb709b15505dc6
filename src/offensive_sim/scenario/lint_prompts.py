"""Checks of a tutorial's steps."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from offensive_sim.scenario.lint_walk import Check, Finding, unknown
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.prompts import Prompt


def prompts_can_be_done(scenario: Scenario) -> Iterator[Finding]:
    """Each step asks for exactly one thing, and for one that there is."""
    eve = scenario.first_day - timedelta(days=1)
    for index, prompt in enumerate(scenario.prompts):
        path = ("prompts", index)
        asked = asked_for(prompt)
        if len(asked) != 1:
            what = f"asks for {' and '.join(asked)}" if asked else "asks for nothing"
            yield Finding(path, f"{what}; a step asks for exactly one thing")
        if prompt.place is not None:
            yield from unknown((*path, "place"), "place", prompt.place, scenario.places)
        for key, day in (("shown", prompt.shown), ("evening", prompt.evening)):
            if day is not None and not eve <= day <= scenario.last_day:
                yield Finding((*path, key), f"{day} is outside the scenario: {eve} to {scenario.last_day}")


def asked_for(prompt: Prompt) -> list[str]:
    """The keys of what a step asks for."""
    return [key for key in ("evening", "place", "event", "mode", "layers") if getattr(prompt, key)]


CHECKS: Final[tuple[Check, ...]] = (prompts_can_be_done,)
