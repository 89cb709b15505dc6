"""What happened on a day, and how a game ended: people first, then control, then forces, each line with its place.

A click on any line can fly to its place; the reasons behind it are kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.running import at_home_in_iraq
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.campaign.session import Session
from offensive_sim.engine.axes import Bools, Bytes
from offensive_sim.engine.journal import Journal, Kind
from offensive_sim.engine.presence import on_ground
from offensive_sim.engine.state import State
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.views.documented import documented, history
from offensive_sim.views.factors import (
    FactorLine,
    Line,
    Tells,
    factors_of,
    men_in_the_field,
    movements,
    place_of_event,
    tests_at,
    told,
)
from offensive_sim.views.prose import sentence

_FORCES: Final = {
    Kind.BROKE: Tells.BROKE,
    Kind.REPULSED: Tells.REPULSED,
    Kind.MET: Tells.MET,
    Kind.STRUCK: Tells.STRUCK,
    Kind.CAPTURED_STOCK: Tells.CAPTURED,
    Kind.APPEARED: Tells.APPEARED,
    Kind.ARRIVED: Tells.ARRIVED,
}
_MOST_TOLD: Final = 8
"""Places with displaced people that the end of a game names."""


@dataclass(frozen=True)
class People:
    """People in numbers, this evening."""

    left_home: int
    """Left their homes today."""
    sheltered: int
    """Displaced people who have stopped somewhere."""
    moving: int
    """Displaced people on the move."""
    displaced: int
    displaced_before: int
    """On the evening before."""


@dataclass(frozen=True)
class DayReport:
    """One day."""

    day: int
    date: date
    totals: People
    people: tuple[Line, ...]
    control: tuple[Line, ...]
    forces: tuple[Line, ...]
    events: tuple[Line, ...]

    def lines(self, *tells: Tells) -> tuple[Line, ...]:
        """Every line in order, or only those of some kinds."""
        every = self.people + self.control + self.forces + self.events
        return tuple(line for line in every if not tells or line.tells in tells)

    def without(self, unknown: Callable[[str], bool]) -> "DayReport":
        """The same without what units of which nothing is known did."""
        return replace(self, forces=tuple(line for line in self.forces if line.unit is None or not unknown(line.unit)))

    def kinds(self) -> tuple[Tells, ...]:
        """The kinds of line that it has, in order."""
        return tuple(dict.fromkeys(line.tells for line in self.lines()))


def report_of(session: Session, day: int) -> DayReport:
    """The report of a day that was played, counted from 0."""
    return day_report(session.game, session.at(day), session.at(day + 1), session.journals[day])


def day_report(game: Game, before: State, after: State, journal: Journal) -> DayReport:
    """What happened to the first replica between a morning and its evening."""
    teller = _Teller(game, before, after, journal)
    return DayReport(
        day=before.day,
        date=game.world.first_day + timedelta(days=before.day),
        totals=People(
            left_home=int((before.at_home[0] - after.at_home[0]).clip(0).sum()),
            sheltered=int(after.sheltered[0].sum()),
            moving=int(after.moving[0].sum()),
            displaced=int(after.displaced()[0].sum()),
            displaced_before=int(before.displaced()[0].sum()),
        ),
        people=tuple(movements(game, before, after)),
        control=tuple(teller.control()),
        forces=tuple(teller.forces()),
        events=tuple(teller.events()),
    )


class _Teller:
    def __init__(self, game: Game, before: State, after: State, journal: Journal) -> None:
        self.game, self.before, self.after, self.journal = game, before, after, journal
        self.place_ids = game.world.places.ids
        entries = journal.entries()
        self.entries = entries[entries["replica"] == journal.replicas[0]]

    def control(self) -> Iterator[Line]:
        """Places that changed hands, then newly contested ones, then those no longer contested."""
        for entry in self.entries[self.entries["kind"] == Kind.CHANGED]:
            place = int(entry["place"])
            held_by = int(self.before.control[0, place])
            tested = tests_at(self.game, self.journal, place)
            text = f"{sentence(self.game, entry).rstrip('.')}: {self._why_lost(place, held_by)}."
            factors = self._holders_reasons(tested, held_by)
            yield Line(Tells.CHANGED, text, self.place_ids[place], factors=factors, details=tested)
        for entry in self.entries[self.entries["kind"] == Kind.CONTESTED]:
            place = int(entry["place"])
            tested = tests_at(self.game, self.journal, place)
            factors = self._holders_reasons(tested, int(self.after.control[0, place]))
            where = self.place_ids[place]
            yield Line(Tells.CONTESTED, sentence(self.game, entry), where, factors=factors, details=tested)
        over = (self.before.contested_by[0] >= 0) & (self.after.contested_by[0] < 0)
        kept = self.before.control[0] == self.after.control[0]
        for place in np.flatnonzero(over & kept).tolist():
            holder = self.game.scenario.factions[self.game.world.factions.ids[self.after.control[0, place]]].name
            name = self.game.scenario.places[self.place_ids[place]].name
            text = f"{name} is no longer contested: {holder} holds it."
            yield Line(Tells.SETTLED, text, self.place_ids[place])

    def _holders_reasons(self, tested: tuple[Line, ...], side: int) -> tuple[FactorLine, ...]:
        """The reasons of the first of the holder's units: one that broke, if any did."""
        units = self.game.world.units
        return next((t.factors for t in tested if t.unit and units.side[units.ids.index(t.unit)] == side), ())

    def _why_lost(self, place: int, side: int) -> str:
        """What became of those who held a place this morning."""
        units = self.game.world.units
        here = on_ground(self.game.world, self.before)[0] & (units.side == side)
        here &= self.before.unit_place[0] == place
        reasons, broke = self.journal.reasons, 0
        if reasons is not None:
            lost = (reasons.row == 0) & reasons.broke & (reasons.place == place)
            broke = int((lost & (units.side[reasons.unit] == side)).sum())
        if broke:
            return f"{broke} unit{'s' * (broke > 1)} of its holder broke there"
        return "its garrison had left it or was pushed out" if here.any() else "none of its holder's units stood there"

    def forces(self) -> Iterator[Line]:
        """What units did, by kind; those that were tested and stood come last."""
        ids = self.game.world.units.ids
        for kind, tells in _FORCES.items():
            for entry in self.entries[self.entries["kind"] == kind]:
                unit = ids[entry["unit"]] if entry["unit"] >= 0 else None
                factors = factors_of(self.game, self.journal, unit) if unit and tells is Tells.BROKE else ()
                where, amount = self.place_ids[entry["place"]], int(entry["amount"])
                yield Line(tells, sentence(self.game, entry), where, amount, unit=unit, factors=factors)
        reasons = self.journal.reasons
        if reasons is not None:
            for at in np.flatnonzero((reasons.row == 0) & ~reasons.broke):
                yield told(self.game, self.journal, reasons, int(at))

    def events(self) -> Iterator[Line]:
        """Events from outside the daily fighting."""
        for entry in self.entries[self.entries["kind"] == Kind.TRIGGERED]:
            key = self.game.world.triggers.ids[entry["unit"]].partition("/")[0]
            where = place_of_event(self.game, self.after, key)
            yield Line(Tells.EVENT, sentence(self.game, entry), where, event=key)


@dataclass(frozen=True)
class Ending:
    """How a game stands beside history on the same evening."""

    date: date
    people: tuple[Line, ...]
    control: tuple[Line, ...]
    forces: tuple[Line, ...]
    as_in_fact: int
    """Places held as they were in fact."""
    places: int
    """Places whose holder rests on a source; the others are not compared."""


def ending(session: Session, chronicle: Chronicle) -> Ending:
    """People first, then control, then forces, beside the chronicle and the same chance under history's orders."""
    game, state, model = session.game, session.state, session.documented().at(session.day)
    shown = np.where(state.contested_by[0] >= 0, CONTESTED, state.control[0])
    codes, sourced = history(game, chronicle, session.day)[session.day], documented(game)
    differs = (shown != codes) & sourced
    return Ending(
        date=session.date_of(session.day - 1),
        people=tuple(_people_at_end(session, chronicle, model)),
        control=tuple(_control_at_end(session, codes, (sourced, differs))),
        forces=tuple(men_in_the_field(game, state, model)),
        as_in_fact=int((sourced & ~differs).sum()),
        places=int(sourced.sum()),
    )


def _people_at_end(session: Session, chronicle: Chronicle, model: State) -> Iterator[Line]:
    game, now = session.game, session.state
    there = (now.sheltered[0] + now.moving[0]).sum(axis=0)
    order = sorted(np.flatnonzero(there), key=lambda p: (-there[p], p))[:_MOST_TOLD]
    ids = game.world.places.ids
    where = ids[order[0]] if order else ids[0]
    total, other = int(now.displaced()[0].sum()), int(model.displaced()[0].sum())
    more = total - int(session.at(0).displaced()[0].sum())
    yield Line(Tells.TOTAL, f"{total:,} people are displaced, {more:,} more than on the first evening.", where, total)
    under = " under the same what-if" if game.what_ifs else ""
    yield Line(Tells.TOTAL, f"With history's orders{under}, on the same chance, the model has {other:,}.", where, other)
    evening = session.date_of(session.day - 1)
    counts = [figure for figure in chronicle.displaced if figure.area == "national" and figure.date <= evening]
    if counts:
        last = max(counts, key=lambda figure: figure.date)
        mine = int(now.displaced()[0, at_home_in_iraq(game)].sum())
        said = f"{last.value:,} ({last.low:,} to {last.high:,}; {last.measure})"
        text = f"Of people at home in Iraq: {mine:,}; counted in fact on {last.date.isoformat()}: {said}."
        yield Line(Tells.TOTAL, text, where, last.value)
    for p in order:
        text = f"{there[p]:,} displaced people are at {game.scenario.places[ids[p]].name}."
        yield Line(Tells.SHELTER, text, ids[p], int(there[p]))


def _control_at_end(session: Session, codes: Bytes, compared: tuple[Bools, Bools]) -> Iterator[Line]:
    """Places held otherwise than in fact, the largest first."""
    game, state, ids = session.game, session.state, session.game.world.places.ids
    names = [game.scenario.factions[key].name for key in game.world.factions.ids]
    residents = [place.people.value if place.people else 0 for place in game.scenario.places.values()]
    sourced, differs = compared
    order = sorted(np.flatnonzero(differs), key=lambda p: (-residents[p], p))
    where = ids[order[0]] if order else ids[int(np.argmax(residents))]
    total = int(sourced.sum())
    text = f"{total - len(order)} of {total} places are held as they were in fact; {len(ids) - total} have no source."
    yield Line(Tells.TOTAL, text, where, total - len(order))
    for p in order:
        both = state.contested_by[0, p] >= 0
        now = "contested" if both else f"held by {names[state.control[0, p]]}"
        fact = "contested" if codes[p] == CONTESTED else f"held by {names[codes[p]]}"
        text = f"{game.scenario.places[ids[p]].name}: {now}; in fact {fact}."
        yield Line(Tells.CONTESTED if both else Tells.CHANGED, text, ids[p])
