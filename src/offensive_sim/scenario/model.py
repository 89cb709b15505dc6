"""A scenario as a whole; its parts stand in facts, ground, forces, people, triggers, splits and prompts.

Frozen classes in the words of docs/rulebook.md, and nothing in them computes. Their field docstrings become the JSON
Schema and docs/scenario-format.md.
"""

from datetime import date
from typing import Literal

from offensive_sim.scenario.facts import Data, Identifier, Source, SourceKey
from offensive_sim.scenario.forces import Control, Faction, Order, Unit
from offensive_sim.scenario.ground import Ground, Link, Place
from offensive_sim.scenario.people import Affinity, Community, PeopleGroup
from offensive_sim.scenario.prompts import Prompt
from offensive_sim.scenario.rules import Rules
from offensive_sim.scenario.splits import Splits
from offensive_sim.scenario.triggers import Trigger


class Scenario(Data):
    """A scenario as its files say it, includes merged."""

    format: Literal[1]
    """Version of the format: 1."""
    id: Identifier
    """Name of the scenario in commands and records."""
    title: str
    """What people call it."""
    summary: str
    """Two or three lines: what happens, and what to look at."""
    first_day: date
    """The first day played; positions are those of the evening before."""
    last_day: date
    """The last day played."""
    include: tuple[str, ...] = ()
    """Files that this one stands on, relative to it."""
    chronicle: tuple[str, ...] = ()
    """Files of documented history; read by the scorecard and displays only."""
    splits: Splits
    """Days scored on their own."""
    content_note: str | None = None
    """Shown before anything else, and on page one of the debrief."""
    sources: dict[SourceKey, Source] = {}
    """Every source, by key."""
    places: dict[Identifier, Place] = {}
    """The map's places, by id."""
    links: tuple[Link, ...] = ()
    """The roads."""
    factions: dict[Identifier, Faction] = {}
    """The parties, by id."""
    opening: dict[Identifier, Control] = {}
    """Who holds each place on the evening before the first day."""
    ground: dict[Identifier, Ground] = {}
    """What some places mean to their defenders."""
    units: dict[Identifier, Unit] = {}
    """The formations, by id."""
    orders: tuple[Order, ...] = ()
    """What each side set out to do, in any order of date."""
    triggers: dict[Identifier, Trigger] = {}
    """Events from outside the daily fighting, by id."""
    communities: dict[Identifier, Community] = {}
    """The communities, by id."""
    affinities: tuple[Affinity, ...] = ()
    """Where a community's people head for."""
    groups: dict[Identifier, PeopleGroup] = {}
    """People groups, by id."""
    prompts: tuple[Prompt, ...] = ()
    """The steps of a tutorial, in order; the window asks for them one by one."""
    rules: Rules = Rules()
    """Numbers of the rules that this scenario sets otherwise (docs/rules-numbers.md)."""
