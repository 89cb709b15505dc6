"""A game on the desk: the session with its autosave, whose turn it is, and what was said before and after orders."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from offensive_sim.campaign.levers import Lever
from offensive_sim.campaign.odds import Odds
from offensive_sim.campaign.running import play
from offensive_sim.campaign.saves import Autosave, save
from offensive_sim.campaign.seats import WATCH, Seat, chairs_of
from offensive_sim.campaign.session import Session
from offensive_sim.engine.orders import Order
from offensive_sim.engine.state import State
from offensive_sim.errors import SimError
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.views.beside import Beside, Run, beside
from offensive_sim.views.course import Course, course
from offensive_sim.views.debrief import Debrief, debrief_of_session
from offensive_sim.views.formation import Way, ways
from offensive_sim.views.opened import Opened
from offensive_sim.views.report_day import DayReport, report_of


@dataclass(frozen=True)
class Told:
    """The odds that somebody was shown before giving an order."""

    order: Order
    odds: Odds


@dataclass
class Desk:
    """What the window of play holds of the game; everything that changes a session goes through it."""

    session: Session
    found: Opened
    """What the session plays: its scenario, its what-ifs, its documented history."""
    notice: str = ""
    """What went wrong in passing; whoever shows it empties it."""
    told: dict[tuple[int, str], Told] = field(default_factory=dict)
    """By day and formation."""
    read: dict[str, int] = field(default_factory=dict)
    """Day up to which each chair has opened its report."""
    looked: dict[str, int] = field(default_factory=dict)
    """Day up to which each chair has looked at the log."""
    _autosave: Autosave | None = None
    _courses: dict[str, Course] = field(default_factory=dict)
    _ways: tuple[object, tuple[Way, ...]] = (None, ())
    _unsupposed: list[State] = field(default_factory=list)
    _levers: tuple[object, tuple[Lever, ...]] = (None, ())

    @classmethod
    def begun(cls, found: Opened, seat: str, seed: int) -> "Desk":
        """A new game.

        Raises:
            SimError: if the scenario has no such seat.
        """
        return cls(Session(found.game, seat, seed), found)

    @property
    def chronicle(self) -> Chronicle:
        """Documented history."""
        return self.found.chronicle

    @property
    def chairs(self) -> tuple[Seat, ...]:
        """Everybody who gives orders in this game, in turn."""
        return chairs_of(self.session.game.scenario, self.session.seat)

    @property
    def chair(self) -> Seat:
        """Whose turn it is."""
        return self.session.chair

    @property
    def next_chair(self) -> Seat | None:
        """Who gives orders after this one before the day is played; None if it is the last."""
        ids = [chair.id for chair in self.chairs]
        after = ids.index(self.chair.id) + 1
        return self.chairs[after] if after < len(ids) else None

    def course(self) -> Course:
        """The game so far as the chair whose turn it is knows it."""
        before = self._courses.get(self.chair.id)
        fresh = (
            before is None
            or len(before.evenings) != len(self.session.played)
            or before.evenings[-1] is not self.session.played[-1]
        )
        if fresh:
            self._courses[self.chair.id] = course(self.session, self.chronicle, before)
        return self._courses[self.chair.id]

    def ways(self) -> tuple[Way, ...]:
        """Marches of this morning; worked out again when an order changes."""
        session = self.session
        key = (id(session), session.day, session.chair.id, tuple(session.standing.items()))
        if self._ways[0] != key:
            self._ways = (key, ways(session) if session.can_end else ())
        return self._ways[1]

    def levers(self) -> tuple[Lever, ...]:
        """What can be directed this morning beside units; worked out once a morning."""
        session = self.session
        key = (id(session), session.day, session.chair.id)
        if self._levers[0] != key:
            self._levers = (key, session.levers())
        return self._levers[1]

    def sit(self, seat: Seat) -> None:
        """Let another chair give orders."""
        self.session.sit(seat)

    def give(self, orders: Iterable[Order], odds: Odds | None = None) -> list[str]:
        """Give each order that can be given; returns why the others cannot."""
        refused = []
        for order in orders:
            try:
                self.session.give(order)
            except SimError as error:
                refused.append(str(error))
                continue
            if odds is not None:
                self.told[self.session.day, order.unit] = Told(order, odds)
        return refused

    def told_of(self, unit: str) -> Told | None:
        """What somebody was shown before giving the order that stands."""
        days = [day for day, one in self.told if one == unit]
        found = self.told[max(days), unit] if days else None
        return found if found and found.order == self.session.standing.get(unit) else None

    def end_day(self) -> None:
        """Play the day and write it down; a file that cannot be written is told, and the game goes on."""
        self.session.end_day()
        self.session.sit(self.chairs[0])
        self.keep()

    def keep(self) -> None:
        """Have the days played on the disk."""
        try:
            if self._autosave is None:
                self._autosave = Autosave(self.session)
            else:
                self._autosave.update()
        except SimError as error:
            self.notice = str(error)

    def save(self, title: str, *, over: bool) -> str:
        """Save under a title, and say where.

        Raises:
            SimError: if that cannot be; says why.
        """
        return str(save(self.session, title, replace=over))

    def fork(self, day: int, name: str, seat: str) -> None:
        """Go on in a new branch.

        Raises:
            SimError: if there can be no such branch; says why.
        """
        self.go_to(self.session.branch(day, name.strip(), seat))

    def go_to(self, session: Session) -> None:
        """Go on with another branch; it gets an autosave of its own."""
        self.session = session
        self._autosave = None
        self._courses = {}
        self.told = {key: told for key, told in self.told.items() if key[0] < session.day}
        self.read = {chair.id: session.day for chair in self.chairs}
        self.looked = dict(self.read)
        self.keep()

    def beside(self, day: int) -> Beside:
        """This game on an evening, beside the model under history's orders: as it happened, and under the what-ifs."""
        session, unplayed = self.session, self.session.documented()
        runs = [Run("game", session.game, session.evenings)]
        if session.game.what_ifs:
            runs.append(Run("as_it_happened", self.found.as_it_happened, self._plain(session)))
            runs.append(Run("unplayed", session.game, unplayed.evenings))
        else:
            runs.append(Run("as_it_happened", session.game, unplayed.evenings))
        units = session.game.scenario.units
        own = [key for key, unit in units.items() if unit.faction in self.chair.factions]
        return beside(runs, day, own if session.can_end and self.chair.id != WATCH else None)

    def _plain(self, session: Session) -> list[State]:
        """The evenings of the model as it happened, as far as the game has come; played once a day of the game."""
        if len(self._unsupposed) <= session.day:
            plan = session.plan
            self._unsupposed = [one.state for one in play(self.found.as_it_happened, plan, np.arange(1))]
        return self._unsupposed

    def debrief(self) -> Debrief:
        """The game so far as a page to hand out; it names the file from which it can be made again.

        Raises:
            SimError: if no day has been played.
        """
        told = debrief_of_session(self.session, self.found, self.session.name)
        if self._autosave is None:
            self.keep()
        return replace(told, game_file=self._autosave.path.name if self._autosave else "")

    def report(self, day: int) -> DayReport:
        """What happened on a day, counted from 0, as the chair whose turn it is knows it."""
        known = self.course().sighted(day + 1)
        number = {key: u for u, key in enumerate(self.session.game.world.units.ids)}
        return report_of(self.session, day).without(lambda unit: not known[number[unit]])
