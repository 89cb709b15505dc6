"""What an ensemble follows each evening: the measures of what-ifs, and a few numbers that are always shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, assert_never

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.engine.axes import Bools, Ints, Longs, Status
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World
from offensive_sim.scenario.levers import chosen
from offensive_sim.scenario.lint_walk import hostile
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.whatif import DisplacedPeople, Measure, MenPresent, PeopleUnder, PlacesHeld, Who

ABOUT: dict[str, Literal["people", "control", "forces"]] = {
    "displaced": "people", "people_under": "people", "places_held": "control", "men_present": "forces",
}  # fmt: skip
"""What each kind of measure is about."""


class Evening:
    """One evening, with the sums that several measures share worked out once."""

    def __init__(self, world: World, state: State) -> None:
        self.world, self.state = world, state

    @cached_property
    def away(self) -> Ints:
        """Displaced persons by group and place, shape (R, G, P); a theatre's people are counted within 31 bits."""
        return self.state.sheltered + self.state.moving

    @cached_property
    def away_by_group(self) -> Ints:
        """Shape (R, G)."""
        return self.state.displaced()

    @cached_property
    def away_by_place(self) -> Ints:
        """Shape (R, P)."""
        return self.state.away_at()

    @cached_property
    def on_map(self) -> Bools:
        """Units that are somewhere, shape (R, U)."""
        status = self.state.status
        return (status != Status.WAITING) & (status != Status.GONE)


@dataclass(frozen=True)
class Meter:
    """A measure with indices for names."""

    kind: str
    groups: Bools  # (G,) whose people
    places: Bools  # (P,) where
    units: Bools  # (U,) whose men
    side: int | None
    """Only at places this side holds; None: whoever holds them."""

    @property
    def everywhere(self) -> bool:
        """Whether no place is left out."""
        return bool(self.places.all())

    @property
    def everybody(self) -> bool:
        """Whether no group is left out."""
        return bool(self.groups.all())

    def read(self, evening: Evening) -> Longs:
        """The number in each replica, shape (R,)."""
        match self.kind:
            case "displaced":
                return self._away(evening, None)
            case "people_under":
                return self._away(evening, self._held(evening)) + self._at_home(evening)
            case "places_held":
                return self._held(evening).sum(axis=1, dtype=np.int64)
            case "men_present":
                return self._men(evening)
            case _:
                msg = f"no measure is called {self.kind}"
                raise ValueError(msg)

    def _held(self, evening: Evening) -> Bools:
        """Which of the places the side holds, shape (R, P)."""
        return (evening.state.control == self.side) & self.places[None, :]

    def _away(self, evening: Evening, held: Bools | None) -> Longs:
        """Displaced persons meant, where ``held``; shape (R,)."""
        if held is None and self.everywhere:
            return evening.away_by_group[:, self.groups].sum(axis=1, dtype=np.int64)
        there = evening.away_by_place if self.everybody else evening.away[:, self.groups].sum(axis=1, dtype=np.int32)
        total: Longs = (there * (self.places[None, :] if held is None else held)).sum(axis=1, dtype=np.int64)
        return total

    def _at_home(self, evening: Evening) -> Longs:
        people = evening.world.people
        homes = np.flatnonzero(self.groups[people.home_group])
        held = self._held(evening)[:, people.home_place[homes]]
        total: Longs = (evening.state.at_home[:, homes] * held).sum(axis=1, dtype=np.int64)
        return total

    def _men(self, evening: Evening) -> Longs:
        which = np.flatnonzero(self.units)
        state = evening.state
        here = evening.on_map[:, which]
        if not self.everywhere or self.side is not None:
            at = np.maximum(state.unit_place[:, which], 0)
            here = here & self.places[at]
            if self.side is not None:
                here = here & (np.take_along_axis(state.control, at.astype(np.int64), axis=1) == self.side)
        total: Longs = (state.men[:, which] * here).sum(axis=1, dtype=np.int64)
        return total


def meters(game: Game, measures: Iterable[Measure]) -> tuple[Meter, ...]:
    """Measures resolved against a game."""
    return tuple(_meter(game, one) for one in measures)


def _meter(game: Game, measure: Measure) -> Meter:
    scenario, world = game.scenario, game.world
    every_group, every_unit = np.ones(len(scenario.groups), np.bool_), np.zeros(world.n_units, np.bool_)
    side: int | None = None
    if measure.kind in ("displaced", "people_under"):
        assert isinstance(measure, DisplacedPeople | PeopleUnder)
        every_group = _groups(scenario, measure.groups, measure.communities)
    if isinstance(measure, MenPresent):
        who = set(chosen(scenario, measure.who))
        every_unit = np.array([name in who for name in world.units.ids])
        side = _side(world, measure.held_by) if measure.held_by else None
    elif isinstance(measure, PeopleUnder | PlacesHeld):
        side = _side(world, measure.faction)
    elif not isinstance(measure, DisplacedPeople):
        assert_never(measure)
    places = np.array([not measure.places or name in measure.places for name in world.places.ids])
    return Meter(measure.kind, every_group, places, every_unit, side)


def _groups(scenario: Scenario, groups: tuple[str, ...], communities: tuple[str, ...]) -> Bools:
    everybody = not groups and not communities
    return np.array(
        [everybody or name in groups or one.community in communities for name, one in scenario.groups.items()]
    )


def _side(world: World, faction: str) -> int:
    return int(world.factions.side[world.factions.ids.index(faction)])


def always_shown(scenario: Scenario) -> tuple[Measure, ...]:
    """Displaced people; then places and men of each side that a player may speak for, or that all of these fight."""
    measures: list[Measure] = [DisplacedPeople(kind="displaced", id="displaced", title="people away from home")]
    sides = [
        name for name, one in scenario.factions.items() if one.holds_for in (None, name) and _matters(scenario, name)
    ]
    for name in sides:
        title = f"places held by {scenario.factions[name].name}"
        measures.append(PlacesHeld(kind="places_held", id=f"held-{name}", title=title, faction=name))
    for name in sides:
        theirs = {other for other, one in scenario.factions.items() if (one.holds_for or other) == name}
        units = tuple(unit for unit, one in scenario.units.items() if one.faction in theirs)
        title = f"men who fight for {scenario.factions[name].name}"
        measures.append(MenPresent(kind="men_present", id=f"men-{name}", title=title, who=Who(units=units)))
    return tuple(measures)


def _matters(scenario: Scenario, name: str) -> bool:
    played = [other for other, one in scenario.factions.items() if one.playable]
    return name in played or all(hostile(scenario, name, other) for other in played)


def followed(scenario: Scenario, measures: Sequence[Measure]) -> tuple[Measure, ...]:
    """What is asked, then what is always shown and not asked already under that id."""
    asked = {one.id for one in measures}
    return (*measures, *(one for one in always_shown(scenario) if one.id not in asked))
