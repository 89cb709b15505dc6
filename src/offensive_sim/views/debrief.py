"""All that a debrief says, as one frozen value: people first, then control, then forces. No words of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game, compile_scenario
from offensive_sim.campaign.record import Manifest, again, manifest, read
from offensive_sim.campaign.running import Evening, Plan, areas_of, play
from offensive_sim.campaign.series import CONTESTED, Series
from offensive_sim.campaign.session import Session
from offensive_sim.campaign.study import Study
from offensive_sim.engine.axes import Bools
from offensive_sim.errors import SimError
from offensive_sim.scenario.chronicle import Account, Chronicle, Figure
from offensive_sim.scenario.premise import Note, premise_notes
from offensive_sim.scenario.rules import RULES
from offensive_sim.views.board import Board, board
from offensive_sim.views.comparison import Comparison
from offensive_sim.views.courses import MODEL, PLAYED, WHAT_IF, Course, documented_course, played_course
from offensive_sim.views.documented import documented, history
from offensive_sim.views.events import Happening, SourceLine, chronicle_events, source_lines
from offensive_sim.views.model_events import model_events
from offensive_sim.views.opened import Opened, opened, opened_for
from offensive_sim.views.premises import Premise, premise_of
from offensive_sim.views.scorecard import Scorecard, score

_PEOPLE: Final = ("atrocity", "humanitarian")


@dataclass(frozen=True)
class Count:
    """A documented count of displaced people in the country."""

    day: int
    figure: Figure
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True)
class Group:
    """A people group of the scenario: a home area and a community together."""

    name: str
    community: str
    persons: int


@dataclass(frozen=True)
class Debrief:
    """One scenario, its documented course, and one or more courses that were worked out beside it."""

    scenario: str
    title: str
    summary: str
    content_note: str
    evenings: tuple[date, ...]
    """The evening before the first day, then one a day."""
    ground: Board
    """The opening: places, roads and parties."""
    factions: tuple[str, ...]
    """Ids of the parties, as the courses number them."""
    documented: Bools  # (P,) places whose opening holder rests on a source
    moved: Bools  # (P,) places whose documented holder changes in these days
    courses: tuple[Course, ...]
    """History first."""
    counts: tuple[Count, ...]
    groups: tuple[Group, ...]
    record: tuple[Happening, ...]
    """What the chronicle says of harm to people and of aid, in the order of days."""
    breaks_under: int
    """The nerve under which a formation breaks."""
    scorecard: Scorecard
    """Of the model under history's orders."""
    accounts: tuple[Account, ...]
    manifest: Manifest
    digest: str
    """Of the last evening of the last course."""
    game_file: str = ""
    """Name of the record that was played; empty for a plain replay."""
    comparison: Comparison | None = None
    """What many pairs of runs found, where a what-if was compared."""
    premises: tuple[Premise, ...] = ()
    """The what-ifs that were compared, or that the last course was played under."""
    notes: tuple[Note, ...] = ()
    """What the premise check says of them."""

    @property
    def history(self) -> Course:
        """The documented course."""
        return self.courses[0]

    @property
    def model(self) -> Course:
        """The model under history's orders."""
        return self.courses[1]

    @property
    def run(self) -> Course:
        """What the page is about: the game that was played, or the model where none was."""
        return self.courses[-1]

    @property
    def last(self) -> int:
        """Number of the last day."""
        return len(self.evenings) - 1

    @property
    def judged_on(self) -> date | None:
        """The day on which the first what-if is judged, or the last day if that comes before; None without one."""
        return min(self.premises[0].what_if.judged_on, self.evenings[-1]) if self.premises else None

    @property
    def rising(self) -> int:
        """Number of the party that gains most documented places in history."""
        gains = [self.history.holding(f, self.documented)[[-1, 0]] for f in range(len(self.factions))]
        return int(np.argmax([int(end) - int(start) for end, start in gains]))

    @property
    def turning(self) -> int:
        """The day on which places of the most residents changed hands in history."""
        residents = np.array([place.residents for place in self.ground.places])
        firm = self.history.shown
        changed = (firm[1:] != firm[:-1]) & (firm[1:] != CONTESTED)
        weight = (changed * residents).sum(axis=1)
        return int(np.argmax(weight)) + 1 if weight.any() else self.last


def debrief_of_scenario(path: Path, seed: int) -> Debrief:
    """The model under history's orders beside history.

    Raises:
        ScenarioError: with every error found.
    """
    return debrief_of(opened(path), seed)


def debrief_of(found: Opened, seed: int) -> Debrief:
    """The model under history's orders beside history, and the same days under the what-ifs, if there are any."""
    game = found.as_it_happened
    plan = Plan(seed, game.world.n_days, spread=False)
    runs = [_model(game, plan)]
    if found.what_ifs:
        runs.append(_under(found.game, plan))
    return _supposed(_told(game, found.chronicle, plan, runs), runs[-1].game, plan)


def debrief_of_record(path: Path, of: str | None = None, what_ifs: Sequence[str] = ()) -> Debrief:
    """A game that was played beside the model as it happened and history; what adds nothing to them is left out.

    ``of`` is the path of its scenario, if that is not one that ships; ``what_ifs`` are files of what it was played
    under, where they do not stand beside the scenario.

    Raises:
        SimError: if the record cannot be read, holds no day, or names a scenario or what-if that cannot be found.
        ReplayMismatchError: if it plays otherwise than it was recorded.
    """
    record = read(path)
    if not record.digests:
        msg = f"{path}: no day has been played; there is nothing to tell"
        raise SimError(msg)
    found = opened_for(record.manifest, path, what_ifs, of)
    plan = Plan(record.manifest.seed, len(record.digests), record.manifest.spread)
    return replace(_of_game(found, plan, path.stem, tuple(again(record, found.game))), game_file=path.name)


def debrief_of_session(session: Session, found: Opened, title: str) -> Debrief:
    """A game in progress, as far as it has come, beside the model as it happened and history.

    Raises:
        SimError: if no day has been played.
    """
    if not session.day:
        msg = "no day has been played; there is nothing to tell"
        raise SimError(msg)
    return _of_game(found, session.plan, title, session.played)


def _of_game(found: Opened, plan: Plan, title: str, evenings: tuple[Evening, ...]) -> Debrief:
    """Played under the what-ifs of ``found``, if any; a game that kept to history's orders is not called a game."""
    model, game = _model(found.as_it_happened, plan), found.game
    unplayed = _under(game, plan) if found.what_ifs else model
    runs = [model, unplayed] if found.what_ifs else [model]
    if [one.state.digest() for one in evenings] != [one.state.digest() for one in unplayed.evenings]:
        runs = [model, _Run(PLAYED, title, game, evenings)]
    return _supposed(_told(model.game, found.chronicle, plan, runs), game, plan)


def _under(game: Game, plan: Plan) -> "_Run":
    """History's orders under what-ifs."""
    title = " + ".join(what_if.title for what_if in game.what_ifs)
    return _Run(WHAT_IF, title, game, tuple(play(game, plan, np.arange(1))))


def _supposed(told: Debrief, game: Game, plan: Plan) -> Debrief:
    """With the premises of the game's what-ifs, and what it is known by."""
    return replace(
        told,
        manifest=manifest(game, plan),
        premises=tuple(premise_of(game.scenario, what_if) for what_if in game.what_ifs),
        notes=premise_notes(game.what_ifs, game.scenario) if game.what_ifs else (),
    )


def debrief_of_comparison(study: Study, chronicle: Chronicle, found: Comparison) -> Debrief:
    """What many pairs found, beside history and the central run of both worlds, in which no number is drawn."""
    game, plan = compile_scenario(study.scenario), Plan(study.seed, study.days, spread=False)
    told = _told(game, chronicle, plan, [_model(game, plan), _under(study.changed, plan)])
    premises = tuple(premise_of(game.scenario, what_if) for what_if in study.what_ifs)
    return replace(told, comparison=found, premises=premises, notes=found.notes)


@dataclass(frozen=True)
class _Run:
    """One replica that was played."""

    key: str
    title: str
    game: Game
    evenings: tuple[Evening, ...]


def _model(game: Game, plan: Plan) -> _Run:
    return _Run(MODEL, "", game, tuple(play(game, plan, np.arange(1))))


def _told(game: Game, chronicle: Chronicle, plan: Plan, runs: Sequence[_Run]) -> Debrief:
    evenings = runs[0].evenings
    codes = history(game, chronicle, plan.days)
    told = {day: rows for day, rows in chronicle_events(game, chronicle).items() if day <= plan.days}
    courses = [documented_course(codes, told)]
    for run in runs:
        happened = model_events(run.game, [evening.journal for evening in run.evenings])
        courses.append(played_course(run.game, (run.key, run.title), run.evenings, codes, happened))
    scenario = game.scenario
    return Debrief(
        scenario=scenario.id,
        title=scenario.title,
        summary=scenario.summary,
        content_note=scenario.content_note or "",
        evenings=tuple(date.fromordinal(game.world.first_day.toordinal() + day - 1) for day in range(plan.days + 1)),
        ground=board(game, evenings[0].state),
        factions=game.world.factions.ids,
        documented=documented(game),
        moved=np.asarray((codes != codes[0]).any(axis=0)),
        courses=tuple(courses),
        counts=_counts(game, chronicle, plan.days),
        groups=_groups(game),
        record=tuple(row for day in sorted(told) for row in told[day] if row.kind in _PEOPLE),
        breaks_under=round(scenario.rules.root.get("breaks_under", RULES["breaks_under"].value)),
        scorecard=score(game, chronicle, _series(game, evenings)),
        accounts=chronicle.accounts,
        manifest=manifest(game, plan),
        digest=runs[-1].evenings[-1].state.digest(),
    )


def _series(game: Game, evenings: Sequence[Evening]) -> Series:
    areas, one = areas_of(game), np.arange(1)
    return Series.stacked([Series.of_day(areas, one, evening.state, evening.journal) for evening in evenings])


def _counts(game: Game, chronicle: Chronicle, days: int) -> tuple[Count, ...]:
    """National counts inside the days played, in order."""
    found = []
    for figure in sorted(chronicle.displaced, key=lambda one: one.date):
        day = (figure.date - game.world.first_day).days + 1
        if figure.area == "national" and 0 <= day <= days:
            found.append(Count(day, figure, source_lines(game.scenario, figure.source)))
    return tuple(found)


def _groups(game: Game) -> tuple[Group, ...]:
    scenario, people = game.scenario, game.world.people
    sizes = np.bincount(people.home_group, people.persons, len(people.group_ids)).astype(int)
    named = [scenario.groups[key] for key in people.group_ids]
    return tuple(
        Group(group.name, scenario.communities[group.community].name, int(size))
        for group, size in zip(named, sizes, strict=True)
    )
