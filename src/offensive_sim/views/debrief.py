"""All that a debrief says, as one frozen value: people first, then control, then forces. No words of a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game, compile_scenario
from offensive_sim.campaign.record import Manifest, again, manifest, read
from offensive_sim.campaign.running import Evening, Plan, areas_of, play
from offensive_sim.campaign.series import CONTESTED, Series
from offensive_sim.campaign.study import Study
from offensive_sim.engine.axes import Bools
from offensive_sim.errors import SimError
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.chronicle import Account, Chronicle, Figure
from offensive_sim.scenario.rules import RULES
from offensive_sim.scenario.shipped import find
from offensive_sim.scenario.whatif import Evidence, WhatIf
from offensive_sim.views.board import Board, board
from offensive_sim.views.comparison import Comparison
from offensive_sim.views.courses import MODEL, PLAYED, WHAT_IF, Course, documented_course, played_course
from offensive_sim.views.documented import documented, history
from offensive_sim.views.events import Happening, SourceLine, chronicle_events, source_lines
from offensive_sim.views.model_events import model_events
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
class Cited:
    """A sentence with its sources."""

    says: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True)
class Premise:
    """A what-if as a reader meets it: what is changed, and what speaks for and against that."""

    what_if: WhatIf
    sources: tuple[SourceLine, ...]
    lever: tuple[tuple[str, str], ...]
    """The one change, as the file says it: key and value."""
    for_: tuple[Cited, ...]
    against: tuple[Cited, ...]


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
    """Its what-ifs."""

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
    scenario, chronicle = sound(path)
    game = compile_scenario(scenario)
    plan = Plan(seed, game.world.n_days, spread=False)
    return _told(game, chronicle, plan, [_model(game, plan)])


def debrief_of_record(path: Path, of: str | None = None) -> Debrief:
    """A game that was played beside the model and history; only the last two if it kept to history's orders.

    ``of`` is the path of its scenario, if that is not one that ships.

    Raises:
        SimError: if the record cannot be read, holds no day, or names a scenario that cannot be found.
        ReplayMismatchError: if it plays otherwise than it was recorded.
    """
    record = read(path)
    if not record.digests:
        msg = f"{path}: no day has been played; there is nothing to tell"
        raise SimError(msg)
    scenario, chronicle = sound(find(of or record.manifest.scenario))
    game = compile_scenario(scenario)
    plan = Plan(record.manifest.seed, len(record.digests), record.manifest.spread)
    runs = [_model(game, plan)]
    if record.digests != [evening.state.digest() for evening in runs[0].evenings[1:]]:
        runs.append(_Run(PLAYED, path.stem, game, tuple(again(record, game))))
    return replace(_told(game, chronicle, plan, runs), game_file=path.name)


def debrief_of_comparison(study: Study, chronicle: Chronicle, found: Comparison) -> Debrief:
    """What many pairs found, beside history and the central run of both worlds, in which no number is drawn."""
    game, plan = compile_scenario(study.scenario), Plan(study.seed, study.days, spread=False)
    title = " + ".join(what_if.title for what_if in study.what_ifs)
    changed = _Run(WHAT_IF, title, study.changed, tuple(play(study.changed, plan, np.arange(1))))
    told = _told(game, chronicle, plan, [_model(game, plan), changed])
    premises = tuple(_premise(game, what_if) for what_if in study.what_ifs)
    return replace(told, comparison=found, premises=premises)


def _premise(game: Game, what_if: WhatIf) -> Premise:
    def cited(rows: Sequence[Evidence]) -> tuple[Cited, ...]:
        return tuple(Cited(row.says, source_lines(game.scenario, row.source)) for row in rows)

    said = what_if.lever.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return Premise(
        what_if=what_if,
        sources=source_lines(game.scenario, what_if.source),
        lever=tuple(_flat(said)),
        for_=cited(what_if.evidence.for_),
        against=cited(what_if.evidence.against),
    )


def _flat(said: Mapping[str, object], stem: str = "") -> Iterator[tuple[str, str]]:
    """Keys and values of nested data, one a line."""
    for key, value in said.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{stem}{key}.")
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for number, one in enumerate(value, 1):
                yield from _flat(one, f"{stem}{key}.{number}.")
        else:
            yield f"{stem}{key}", ", ".join(map(str, value)) if isinstance(value, list) else str(value)


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
