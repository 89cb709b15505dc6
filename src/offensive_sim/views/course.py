"""A game in progress in the shape of a replay, without what its seat cannot know yet.

Beside the model stands what was public on each evening; nothing of the days to come. When the last day has been
played, or where somebody only watches, history is shown whole.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property

import numpy as np

from offensive_sim.campaign.running import Evening
from offensive_sim.campaign.seats import WATCH, Seat
from offensive_sim.campaign.session import Session
from offensive_sim.engine.axes import Bools, Bytes
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.views.board import Board
from offensive_sim.views.documented import history
from offensive_sim.views.events import Happening
from offensive_sim.views.known import as_reported, known_chronicle
from offensive_sim.views.model_events import model_events
from offensive_sim.views.replay import Replay
from offensive_sim.views.sighted import sighted
from offensive_sim.views.timeline import Day, Timeline


@dataclass(frozen=True)
class Course(Replay):
    """What has been played so far, as one seat sees it."""

    seat: Seat | None = None
    told_before: dict[int, tuple[Happening, ...]] = field(default_factory=dict, compare=False)
    """The model's events of earlier days, already put into words."""

    def _model(self, day: int) -> Board:
        made = super()._model(day)
        known = self.sighted(day)
        number = {key: u for u, key in enumerate(self.game.world.units.ids)}
        return replace(made, units=tuple(unit for unit in made.units if known[number[unit.id]]))

    def sighted(self, day: int) -> Bools:
        """Formations that the seat knows of on an evening, shape (U,)."""
        state = self.evenings[day].state
        return sighted(self.game, state, self.seat) if self.seat else np.ones(self.game.world.n_units, np.bool_)

    @cached_property
    def played(self) -> dict[int, tuple[Happening, ...]]:
        """The model's events by day."""
        fresh = [None if day in self.told_before else journal for day, journal in enumerate(self.journals)]
        hidden = {day: ~self.sighted(day) for day, journal in enumerate(fresh) if journal is not None}
        told = {day: () for day, journal in enumerate(fresh) if journal is not None}
        return {**self.told_before, **told, **model_events(self.game, fresh, hidden=hidden)}

    @cached_property
    def timeline(self) -> Timeline:
        """All days of the scenario as bars; those to come are empty."""
        so_far = self._bars()
        first, rest = self.game.world.first_day, range(len(so_far.days), self.game.world.n_days + 1)
        last = so_far.days[-1]
        blank = [Day(n, first + timedelta(days=n - 1), 0, last.displaced, {}, 0.0, last.figure) for n in rest]
        return replace(so_far, days=(*so_far.days, *blank))


def course(session: Session, chronicle: Chronicle, before: Course | None = None) -> Course:
    """The game as the seat whose turn it is sees it; ``before`` is the same game on an earlier evening."""
    game, seat = session.game, session.chair
    open_book = seat.id == WATCH or not session.can_end
    if open_book:
        shown, codes = chronicle, history(game, chronicle, session.day)
    else:
        own = frozenset(seat.factions)
        shown = known_chronicle(chronicle, game.scenario, session.date_of(session.day - 1), own).chronicle
        codes = _reported(session, chronicle, before)
    keep = before is not None and before.seat == seat and _continues(session, before)
    made = Course(
        game,
        shown,
        session.played,
        codes,
        seat=None if open_book else seat,
        told_before=dict(before.played) if keep and before else {},
    )
    if keep and before and not open_book:
        made.take_boards(before)
    return made


def _continues(session: Session, before: Course) -> bool:
    """Whether the evenings so far are the same."""
    mine: tuple[Evening, ...] = session.played[: len(before.evenings)]
    return len(mine) == len(before.evenings) and all(a is b for a, b in zip(mine, before.evenings, strict=True))


def _reported(session: Session, chronicle: Chronicle, before: Course | None) -> Bytes:
    """Who held each place as the seat knew it on each evening, shape (D+1, P)."""
    game, seat, days = session.game, session.chair, session.day
    rows = list(before.codes[: days + 1]) if before is not None and before.seat == seat else []
    first = game.world.first_day
    own = frozenset(seat.factions)
    rows += [as_reported(game, chronicle, first + timedelta(days=day - 1), own) for day in range(len(rows), days + 1)]
    return np.stack(rows)
