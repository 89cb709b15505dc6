"""The lines that reports are made of: what happened, where, and the signed reasons behind it, largest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.odds import UnitTest
from offensive_sim.engine.axes import Longs
from offensive_sim.engine.journal import Factor, Journal, Reasons
from offensive_sim.engine.state import State
from offensive_sim.scenario import triggers as say
from offensive_sim.views.prose import FACTOR_WORDS

FEW: Final = 500
"""Fewer people than this are told of together."""


class Tells(StrEnum):
    """What a line is about; the report can be filtered by it."""

    LEFT = "left"
    SHELTER = "shelter"
    MOVED_ON = "moved_on"
    WENT_HOME = "went_home"
    CHANGED = "changed"
    CONTESTED = "contested"
    SETTLED = "settled"
    BROKE = "broke"
    STOOD = "stood"
    REPULSED = "repulsed"
    MET = "met"
    STRUCK = "struck"
    CAPTURED = "captured"
    APPEARED = "appeared"
    ARRIVED = "arrived"
    EVENT = "event"
    TOTAL = "total"


class FactorLine(NamedTuple):
    """One reason for which a unit stood or broke."""

    words: str
    points: int
    factor: Factor


@dataclass(frozen=True)
class Line:
    """One thing that happened, and where."""

    tells: Tells
    text: str
    place: str
    amount: int = 0
    unit: str | None = None
    event: str | None = None
    """Id of the trigger that happened; its sources are in the scenario."""
    factors: tuple[FactorLine, ...] = ()
    details: tuple["Line", ...] = ()
    """What stands behind it: communities of the people, units tested at the place."""


def factors_of(game: Game, journal: Journal, unit: str, row: int = 0) -> tuple[FactorLine, ...]:
    """The reasons of a unit's test that day, largest first; empty if it was not tested."""
    reasons = journal.reasons
    if reasons is None:
        return ()
    tested = np.flatnonzero((reasons.row == row) & (reasons.unit == game.world.units.ids.index(unit)))
    return lines_of(zip(Factor, reasons.points[tested[0]], strict=True)) if len(tested) else ()


def mean_factors(test: UnitTest) -> tuple[FactorLine, ...]:
    """The reasons of a unit in a preview, to whole points; those that round to none are left out."""
    return lines_of(test.factors)


def lines_of(points: Iterable[tuple[Factor, float]]) -> tuple[FactorLine, ...]:
    """Reasons with points as lines, largest first, in the order of the rulebook where equal."""
    lines = [FactorLine(FACTOR_WORDS[factor], round(float(value)), factor) for factor, value in points]
    return tuple(sorted((line for line in lines if line.points), key=lambda line: (-abs(line.points), line.factor)))


def nerve_of(lines: Iterable[FactorLine]) -> int:
    """What the reasons add up to."""
    return sum(line.points for line in lines)


def movements(game: Game, before: State, after: State) -> Iterator[Line]:
    """Who left home where, then where people found shelter, which shelters they left, and who went home; most first."""
    people, n_places = game.world.people, game.world.n_places
    left = np.zeros((len(people.group_ids), n_places), np.int64)
    home, fewer = left.copy(), before.at_home[0] - after.at_home[0]
    np.add.at(left, (people.home_group, people.home_place), fewer.clip(0))
    np.add.at(home, (people.home_group, people.home_place), (-fewer).clip(0))
    found = after.sheltered[0].astype(np.int64) - before.sheltered[0]
    came, went = found.clip(0), (-found).clip(0)
    yield from _counted(game, Tells.LEFT, left, ("people leave {}", "people leave {} smaller places"))
    words = ("displaced people find shelter at {}", "displaced people find shelter at {} other places")
    yield from _counted(game, Tells.SHELTER, came, words)
    words = ("displaced people move on from {}", "displaced people move on from {} other places")
    yield from _counted(game, Tells.MOVED_ON, went, words)
    words = ("displaced people go home to {}", "displaced people go home to {} smaller places")
    yield from _counted(game, Tells.WENT_HOME, home, words)


def _counted(game: Game, tells: Tells, persons: Longs, words: tuple[str, str]) -> Iterator[Line]:
    """A line a place, those with few people together; ``persons`` (G, P)."""
    total, ids = persons.sum(axis=0), game.world.places.ids
    order = sorted(np.flatnonzero(total > 0), key=lambda p: (-total[p], p))
    few = [p for p in order if total[p] < FEW]
    few = few if len(few) > 1 else []
    for p in order[: len(order) - len(few)]:
        text = f"{total[p]:,} {words[0].format(game.scenario.places[ids[p]].name)}."
        yield Line(tells, text, ids[p], int(total[p]), details=tuple(_by_group(game, tells, persons[:, p], ids[p])))
    if few:
        count = int(total[few].sum())
        yield Line(tells, f"{count:,} {words[1].format(len(few))}.", ids[few[0]], count)


def _by_group(game: Game, tells: Tells, persons: Longs, place: str) -> Iterator[Line]:
    ids = game.world.people.group_ids
    for g in sorted(np.flatnonzero(persons > 0), key=lambda g: (-persons[g], g)):
        yield Line(tells, f"{persons[g]:,} {game.scenario.groups[ids[g]].name}", place, int(persons[g]))


def tests_at(game: Game, journal: Journal, place: int) -> tuple[Line, ...]:
    """The first replica's units that were tested at a place that day, broken ones first."""
    reasons = journal.reasons
    if reasons is None:
        return ()
    here = np.flatnonzero((reasons.row == 0) & (reasons.place == place))
    return tuple(told(game, journal, reasons, int(at)) for at in sorted(here, key=lambda i: (not reasons.broke[i], i)))


def told(game: Game, journal: Journal, reasons: Reasons, at: int) -> Line:
    """One test as a line."""
    unit, place = game.world.units.ids[reasons.unit[at]], game.world.places.ids[reasons.place[at]]
    tells, word = (Tells.BROKE, "breaks") if reasons.broke[at] else (Tells.STOOD, "stands")
    text = f"{game.scenario.units[unit].name} {word} at {game.scenario.places[place].name}."
    return Line(tells, text, place, unit=unit, factors=factors_of(game, journal, unit))


def place_of_event(game: Game, state: State, trigger: str) -> str:
    """Where an event is best shown: where it acts, whom it concerns, what it waited for, else the largest town."""
    scenario, event = game.scenario, game.scenario.triggers[trigger]
    acts = (*event.then, *(effect for account in event.accounts for effect in account.then))
    for effect in acts:
        named = getattr(effect, "place", None) or getattr(effect, "a", None)
        units = [getattr(effect, "unit", None) or getattr(effect, "hq", None), *getattr(effect, "units", ())]
        found = named or next((where_is(game, state, unit) for unit in units if unit), None)
        if found:
            return found
    waited = next(iter(_places_in(event.when)), None)
    factions = [getattr(effect, "faction", None) for effect in acts]
    bases = [base for key in factions if key for base in scenario.factions[key].supply_from]
    residents = {key: place.people.value if place.people else 0 for key, place in scenario.places.items()}
    largest = max(residents, key=residents.__getitem__)
    return waited or (bases or [largest])[0]


def where_is(game: Game, state: State, unit: str) -> str:
    """Where a unit is, or where the scenario puts it if it is not on the map."""
    at = int(state.unit_place[0, game.world.units.ids.index(unit)])
    return game.world.places.ids[at] if at >= 0 else game.scenario.units[unit].place


def _places_in(condition: say.Condition) -> Iterator[str]:
    match condition:
        case say.Holds(place=place) | say.Contested(place=place):
            yield place
        case say.AllOf(of=some) | say.AnyOf(of=some):
            for one in some:
                yield from _places_in(one)
        case say.Not(of=one):
            yield from _places_in(one)
        case _:
            return


def men_in_the_field(game: Game, state: State, model: State) -> Iterator[Line]:
    """Men in the field by faction, beside the same chance under history's orders."""
    for number, key in enumerate(game.world.factions.ids):
        own = game.world.units.faction == number
        mine, theirs = (own & (s.unit_place[0] >= 0) & (s.men[0] > 0) for s in (state, model))
        if not mine.any() and not theirs.any():
            continue
        men, other = int(state.men[0, mine].sum()), int(model.men[0, theirs].sum())
        largest = np.flatnonzero(own)[np.argmax(state.men[0, own])]
        text = f"{game.scenario.factions[key].name}: {men:,} men in the field; {other:,} with history's orders."
        yield Line(Tells.TOTAL, text, where_is(game, state, game.world.units.ids[largest]), men)
