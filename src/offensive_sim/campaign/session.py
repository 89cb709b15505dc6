"""A game in progress: the days played, a person's orders, and branches that share the past.

The only thing here that changes is the Session; all it hands out is frozen. It never reads the chronicle.
What a person says today, with undo and redo, is in player.py: ``OrderBook``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.opening import opening, rates
from offensive_sim.campaign.player import Given, OrderBook, Player, in_force
from offensive_sim.campaign.running import Evening, Plan
from offensive_sim.campaign.seats import WATCH, seat_of
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.journal import Journal
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.turn import play_day
from offensive_sim.errors import SimError

FIRST_NAME: Final = "main"


@dataclass(frozen=True)
class Branch:
    """A line of the tree of branches."""

    name: str
    parent: str | None
    left_on: int
    """The morning on which it leaves its parent, in days since the first."""
    day: int
    seat: str
    current: bool


@dataclass
class _Family:
    """What all branches of a game share."""

    seed: int
    dice: Dice
    rates: Rates
    sessions: dict[str, "Session"] = field(default_factory=dict)
    documented: "Session | None" = None


class Session(OrderBook):
    """One game, or one branch of it, from one seat.

    From ``OrderBook``: ``give``, ``release``, ``undo``, ``redo``, ``clear`` and their labels, ``problems``, ``queue``,
    ``today``, ``standing``, ``unordered``, ``overtaken``.
    """

    def __init__(self, game: Game, seat: str, seed: int, name: str = FIRST_NAME) -> None:
        chair, dice = seat_of(game.scenario, seat), Dice(seed, np.arange(1))
        super().__init__(game, chair, Player.of(game, chair))
        self._family = _Family(seed, dice, rates(game, dice, spread=False))
        self.name = name
        self.parent: str | None = None
        self.left_on = 0
        self._played = [Evening(opening(game, dice, spread=False).readonly(), None, None)]
        self._given: list[Given] = []
        self._family.sessions[name] = self

    # What has happened

    @property
    def seed(self) -> int:
        """Where chance starts."""
        return self._family.seed

    @property
    def dice(self) -> Dice:
        """The chance of this game."""
        return self._family.dice

    @property
    def plan(self) -> Plan:
        """What a record's manifest says of this game."""
        return Plan(seed=self.seed, days=self.day, spread=False)

    @property
    def state(self) -> State:
        """This morning."""
        return self._played[-1].state

    @property
    def day(self) -> int:
        """Days played."""
        return len(self._played) - 1

    @property
    def played(self) -> tuple[Evening, ...]:
        """The opening, then every evening with its journal and orders."""
        return tuple(self._played)

    @property
    def evenings(self) -> tuple[State, ...]:
        """The state of every evening; index 0 is the opening, index n the evening after n days."""
        return tuple(evening.state for evening in self._played)

    @property
    def journals(self) -> tuple[Journal, ...]:
        """What happened on every day played; index 0 is the first day."""
        return tuple(evening.journal for evening in self._played if evening.journal is not None)

    @property
    def given(self) -> tuple[Given, ...]:
        """What a person said on every day played."""
        return tuple(self._given)

    def at(self, day: int) -> State:
        """The state after so many days.

        Raises:
            SimError: if the game has not come so far.
        """
        if not 0 <= day <= self.day:
            msg = f"day {day} has not been played: this game has come to day {self.day}"
            raise SimError(msg)
        return self._played[day].state

    def date_of(self, day: int) -> date:
        """The date of a day, counted from 0."""
        return self.game.world.first_day + timedelta(days=day)

    # Days

    @property
    def can_end(self) -> bool:
        """Whether there is a day left to play."""
        return self.day < self.game.world.n_days

    def end_day(self) -> Evening:
        """Play today; ``views.report_day.day_report`` makes a report of it.

        Raises:
            SimError: if the last day has been played.
        """
        if not self.can_end:
            msg = "the last day of the scenario has been played"
            raise SimError(msg)
        return self.play(self.player.decide(self.game.world, self.state, self._family.dice))

    def play(self, orders: Orders) -> Evening:
        """Play today with these orders for every unit, as a save recorded them."""
        family = self._family
        state, journal = play_day(self.game.world, family.rates, self.state, orders, family.dice)
        evening = Evening(state.readonly(), journal, orders)
        self._given.append(MappingProxyType(dict(self.today)))
        self._played.append(evening)
        self.new_day()
        return evening

    def descend(self, parent: str | None, left_on: int) -> None:
        """Remember the branch that a save says it left, and when."""
        self.parent, self.left_on = parent, left_on

    # Branches

    def branch(self, day: int, name: str, seat: str | None = None) -> "Session":
        """A new game that shares the past up to the morning of a day, with the orders that stood then.

        Raises:
            SimError: if the day has not been played or the name is taken or empty.
        """
        self.at(day)
        if not name.strip() or name in self._family.sessions:
            msg = f"there is a branch called {name} already" if name.strip() else "a branch needs a name"
            raise SimError(msg)
        chair = seat_of(self.game.scenario, seat or self.seat.id)
        orders = self.player.seated(self.game, chair).with_orders(in_force(self._given[:day]))
        other = object.__new__(Session)
        OrderBook.__init__(other, self.game, chair, orders)
        other._family, other.name, other.parent, other.left_on = self._family, name, self.name, day
        other._played, other._given = self._played[: day + 1], self._given[:day]
        self._family.sessions[name] = other
        return other

    @property
    def branches(self) -> Mapping[str, "Session"]:
        """Every branch of this game, itself included, by name."""
        return MappingProxyType(self._family.sessions)

    def tree(self) -> tuple[Branch, ...]:
        """Every branch of this game, in the order in which they were made."""
        return tuple(
            Branch(s.name, s.parent, s.left_on, s.day, s.seat.id, s is self) for s in self._family.sessions.values()
        )

    def documented(self) -> "Session":
        """The same seed with history's orders, played as far as this game; it is no branch of it."""
        family = self._family
        if family.documented is None:
            family.documented = Session(self.game, WATCH, family.seed, "documented")
        while family.documented.day < self.day:
            family.documented.end_day()
        return family.documented
