"""A run that was played, with history beside it, for whoever shows it: boards, log, timeline, cards, by day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.running import Evening, Plan, play
from offensive_sim.campaign.save_lines import read
from offensive_sim.campaign.saves import load
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import Bytes
from offensive_sim.engine.journal import Journal
from offensive_sim.scenario.chronicle import Change, Chronicle
from offensive_sim.views.beside import apart
from offensive_sim.views.board import Board, board, shown_in
from offensive_sim.views.documented import history
from offensive_sim.views.dossier import Card, card, fact_of, known_card
from offensive_sim.views.events import Happening, chronicle_events
from offensive_sim.views.finding import Finder
from offensive_sim.views.knowledge import Knowledge, knowledge, known_board, known_fact, readers
from offensive_sim.views.model_events import model_events
from offensive_sim.views.opened import Opened, opened, opened_for
from offensive_sim.views.timeline import Fork, Timeline, timeline

KNOWN = "known:"
"""Before the name of a reader: a mode that shows what that reader knew by the evening."""


@dataclass(frozen=True)
class Replay:
    """Every evening of one replica; what is asked for twice is kept."""

    game: Game
    chronicle: Chronicle
    evenings: Sequence[Evening]
    """The opening, then one an evening."""
    codes: Bytes  # (D+1, P) as of ``scorecard.history``
    beside: Bytes | None = None  # (D+1, P) who holds the places in the world beside this one, as of ``shown_in``
    fork: Fork | None = None
    """Where this world and the one beside it part."""
    twin: "Replay | None" = field(default=None, compare=False)
    """Of a world with a what-if: the model as it happened."""
    _boards: dict[tuple[int, str], Board] = field(default_factory=dict, compare=False)
    _known: dict[tuple[int, str], Knowledge] = field(default_factory=dict, compare=False)

    @property
    def journals(self) -> list[Journal | None]:
        """One a day; none for the opening."""
        return [evening.journal for evening in self.evenings]

    @property
    def days(self) -> int:
        """Number of the last day."""
        return len(self.evenings) - 1

    def board(self, day: int, mode: str = "model") -> Board:
        """The map of an evening: ``model``, ``history`` (the chronicle's holders) or ``known:`` and a reader."""
        key = (day, mode)
        if key not in self._boards:
            if mode.startswith(KNOWN):
                known = self.knowledge(day, mode)
                self._boards[key] = replace(known_board(self.game, known, self.board(day)), seen_as=mode)
            else:
                self._boards[key] = self._model(day) if mode == "model" else self._painted(day)
        return self._boards[key]

    def knowledge(self, day: int, mode: str) -> Knowledge:
        """What the reader of a mode knew by an evening."""
        key = (day, mode)
        if key not in self._known:
            self._known[key] = knowledge(self.game, self.chronicle, day, mode.removeprefix(KNOWN))
        return self._known[key]

    @cached_property
    def readers(self) -> tuple[str, ...]:
        """Whose knowledge can be shown, the public first."""
        return tuple(readers(self.game))

    def kept(self, day: int, mode: str = "model") -> Board | None:
        """The same if it has been asked for before."""
        return self._boards.get((day, mode))

    def take_boards(self, other: "Replay") -> None:
        """Keep the model's boards of another, whose evenings are the first of this one's."""
        self._boards.update({key: board for key, board in other._boards.items() if key[1] == "model"})

    def _model(self, day: int) -> Board:
        beside = None if self.beside is None else self.beside[day]
        made = board(self.game, self.evenings[day].state, 0, self.codes[day], beside)
        first = self._boards.get((0, "model"))
        return replace(made, roads=first.roads, parties=first.parties) if first else made

    def _painted(self, day: int) -> Board:
        """The same people, with every place as the chronicle has it."""
        mine = self.board(day)
        names = self.game.world.factions.ids
        firm = self._firm[day]
        marks = []
        for p, mark in enumerate(mine.places):
            both = self.codes[day, p] == CONTESTED
            holder, inside = names[firm[p]], ""
            fact = fact_of(self.game, self.chronicle, mark.id, day)
            if isinstance(fact, Change) and fact.between:
                holder, inside = fact.between
            elif both and not isinstance(fact, Change):
                inside = names[self.game.world.contested_by[p]]
            judged = fact.source == ("judgement",)
            marks.append(
                replace(
                    mark, holder=holder, contested_by=inside or None, history=None, other=None, documented=not judged,
                    unclear=(fact.confidence == "low" and not judged) or (both and not inside),
                )
            )  # fmt: skip
        return replace(mine, places=tuple(marks), units=(), seen_as="history", what_ifs=())

    @cached_property
    def _firm(self) -> Bytes:
        """Last certain holder of every place by day, shape (D+1, P)."""
        last = self.codes.copy()
        last[0] = np.where(last[0] == CONTESTED, self.game.world.control, last[0])
        for day in range(1, len(last)):
            last[day] = np.where(last[day] == CONTESTED, last[day - 1], last[day])
        return last

    @cached_property
    def told(self) -> dict[int, tuple[Happening, ...]]:
        """The chronicle's events by day."""
        return chronicle_events(self.game, self.chronicle)

    @cached_property
    def played(self) -> dict[int, tuple[Happening, ...]]:
        """The model's events by day."""
        return model_events(self.game, self.journals)

    @cached_property
    def by_key(self) -> dict[str, Happening]:
        """Every event by its key."""
        return {one.key: one for told in (self.told, self.played) for day in told.values() for one in day}

    @cached_property
    def timeline(self) -> Timeline:
        """All days as bars."""
        return self._bars()

    def _bars(self) -> Timeline:
        states = [evening.state for evening in self.evenings]
        bars = timeline(self.game, self.chronicle, states, self.codes, self.told)
        alone = Fork(first_reached(self.game), None) if self.game.what_ifs else None
        return replace(bars, fork=self.fork or alone)

    @cached_property
    def finder(self) -> Finder:
        """Every spelling of every place."""
        return Finder(self.game.scenario.places)

    @cached_property
    def number(self) -> dict[str, int]:
        """Number of every place by its id."""
        return {key: p for p, key in enumerate(self.game.world.places.ids)}

    def trust(self, day: int, mode: str = "model") -> dict[str, str]:
        """How far each place's documented holder can be trusted on a day; empty for our own estimates."""
        if mode.startswith(KNOWN):
            known = self.knowledge(day, mode)
            facts = {key: known_fact(self.game, known, key) for key in self.number}
        else:
            facts = {key: fact_of(self.game, self.chronicle, key, day) for key in self.number}
        return {key: "" if fact.source == ("judgement",) else fact.confidence for key, fact in facts.items()}

    def card(self, place: str, day: int, mode: str = "model") -> Card:
        """A place's card on an evening; in a reader's eyes without what the model or hindsight tells."""
        if mode.startswith(KNOWN):
            fact = known_fact(self.game, self.knowledge(day, mode), place)
            return known_card(self.game, self.board(day, mode), self.number[place], fact)
        state = self.evenings[day].state
        return card(self.game, self.chronicle, self.board(day), state, self.number[place])


def recalled(path: Path, what_ifs: Sequence[str] = ()) -> Replay:
    """The game of a record or of a save, played again and compared day by day.

    ``what_ifs`` are files of what it was played under, where they do not stand beside the scenario.

    Raises:
        SimError: if it cannot be read or is no game, or if its scenario has errors.
        ReplayMismatchError: if the scenario has changed, or a day differs from what was recorded.
    """
    found = opened_for(read(path).manifest, path, what_ifs)
    game = found.game
    evenings = load(path, game).session.played
    return Replay(game, found.chronicle, evenings, history(game, found.chronicle, len(evenings) - 1))


Tell = Callable[[float], None]
"""Hears how far something is, 0 to 1."""


def _unheard(_: float) -> None:
    """Nobody waits."""


def replayed(path: Path, seed: int, tell: Tell = _unheard, until: date | None = None) -> Replay:
    """Read, check and play a scenario; days after ``until`` are not played.

    Raises:
        ScenarioError: with every error found.
    """
    tell(0.02)
    found = opened(path)
    tell(0.4)
    return of_opened(found, seed, tell, until)


def of_opened(found: Opened, seed: int, tell: Tell = _unheard, until: date | None = None) -> Replay:
    """Play a scenario that was read, under its what-ifs if there are any; days after ``until`` are not played."""
    game = found.as_it_happened
    days = game.world.n_days
    if until is not None:
        days = min(max((until - game.world.first_day).days + 1, 0), days)
    evenings = []
    for evening in play(game, Plan(seed, days, spread=False), np.arange(1)):
        evenings.append(evening)
        tell(0.42 + (0.25 if found.what_ifs else 0.5) * len(evenings) / (days + 1))
    replay = Replay(game, found.chronicle, tuple(evenings), history(game, found.chronicle, days))
    if found.what_ifs:
        replay = supposing(replay, found.game, seed, lambda share: tell(0.67 + 0.25 * share))
    replay.board(0)
    _ = replay.timeline
    tell(1.0)
    return replay


def first_reached(game: Game) -> int:
    """Number of the first day that a what-if of a game reaches."""
    return (min(what_if.date for what_if in game.what_ifs) - game.world.first_day).days + 1


def supposing(base: Replay, game: Game, seed: int, tell: Tell = _unheard) -> Replay:
    """The same days on the same luck in a game under what-ifs; its ``twin`` is the model as it happened."""
    evenings = []
    for evening in play(game, Plan(seed, base.days, spread=False), np.arange(1)):
        evenings.append(evening)
        tell(len(evenings) / (base.days + 1))
    mine, theirs = (np.stack([shown_in(one.state) for one in run]) for run in (evenings, base.evenings))
    differ = (day for day in range(base.days + 1) if apart(evenings[day].state, base.evenings[day].state))
    fork = Fork(first_reached(game), next(differ, None))
    twin = Replay(base.game, base.chronicle, base.evenings, base.codes, mine, fork)
    return Replay(game, base.chronicle, tuple(evenings), base.codes, theirs, fork, twin)
