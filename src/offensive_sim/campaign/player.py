"""A person's orders over the documented ones: what was not ordered follows history, as long as that makes sense.

``Player`` gives the orders; ``OrderBook`` is what a person says today and can take back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from offensive_sim.campaign import levers
from offensive_sim.campaign.commanders import STANCE, Script, outnumbered, refuge, senseless
from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.seats import Seat, chairs_of, in_words, name_of, own_units, problems
from offensive_sim.engine.axes import OFF_MAP, Bools, Shorts, Stance, Status
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.orders import Order, Orders
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World
from offensive_sim.errors import SimError


@dataclass(frozen=True)
class Player:
    """Gives the documented orders, a person's in place of them, and hold where a documented one is void.

    Units of sides that no person plays, whose order is void, withdraw where they are outnumbered.
    """

    script: Script
    given_on: Shorts  # (days, U) day from which the documented order stands
    own: Bools  # (U,) units of the seat
    standing: Mapping[str, Order]
    """A person's orders in force, by unit."""

    @classmethod
    def of(cls, game: Game, seat: Seat) -> "Player":
        """A player who has given no order yet."""
        script = Script(game.scenario, game.world)
        return cls(script, _given_on(game), own_units(game, seat), {})

    def seated(self, game: Game, seat: Seat) -> "Player":
        """The same orders in force, seen from another seat."""
        return replace(self, own=own_units(game, seat))

    def with_orders(self, standing: Mapping[str, Order]) -> "Player":
        """The same player with these orders in force."""
        return replace(self, standing=dict(standing))

    def decide(self, world: World, seen: State, dice: Dice) -> Orders:
        """The day's orders for every unit in every replica."""
        said = self.script.decide(world, seen, dice)
        if not self.own.any() and not self._to_units():
            return replace(said, moved=levers.moved(world, self.standing))
        void = self.void(world, seen, said)
        goal, stance = np.where(void, OFF_MAP, said.goal), np.where(void, Stance.HOLD, said.stance)
        for row, unit in np.argwhere(void & ~self.own[None, :] & outnumbered(world, seen)):
            goal[row, unit], stance[row, unit] = refuge(world, seen, int(row), int(unit)), Stance.WITHDRAW
        for order in self._to_units():
            unit, stays = world.units.ids.index(order.unit), order.goal is None or order.stance == "hold"
            goal[:, unit] = OFF_MAP if stays else world.places.ids.index(order.goal or "")
            stance[:, unit] = STANCE[order.stance]
        return Orders(goal.astype(np.int16), stance.astype(np.int8), levers.moved(world, self.standing))

    def _to_units(self) -> list[Order]:
        return [order for order in self.standing.values() if not levers.is_lever(order.unit)]

    def void(self, world: World, seen: State, said: Orders) -> Bools:
        """Units whose documented order makes no sense any more, shape (R, U): of all sides, if somebody plays.

        Beside what ``senseless`` says: units of the seat that have broken since the order was given.
        """
        pushed = seen.broke_on >= self.given_on[min(seen.day, world.n_days - 1)][None, :]
        void: Bools = senseless(world, seen, said) | (self.own[None, :] & (said.goal >= 0) & pushed)
        return void


def _given_on(game: Game) -> Shorts:
    """Day on which each unit's documented order of the day was given, shape (days, U); 0 before its first."""
    scenario, world = game.scenario, game.world
    number = {name: i for i, name in enumerate(world.units.ids)}
    day = np.zeros((world.n_days, world.n_units), np.int16)
    for order in sorted(scenario.orders, key=lambda o: o.date):
        given = max((order.date - scenario.first_day).days, 0)
        day[given:, [number[name] for name in order.units]] = given
    return day


@dataclass(frozen=True)
class Deed:
    """One thing said today that can be taken back."""

    unit: str
    before: Order | None
    after: Order | None


Given = Mapping[str, Order | None]
"""What a person said on one day: an order, or None where a unit went back to its documented ones."""


def in_force(days: Iterable[Given]) -> dict[str, Order]:
    """Orders in force after some days of what was said."""
    standing: dict[str, Order] = {}
    for day in days:
        for unit, order in day.items():
            standing.pop(unit, None)
            if order is not None:
                standing[unit] = order
    return standing


class OrderBook:
    """What a person says to the units of a seat today, and what of it can be taken back: only today's."""

    def __init__(self, game: Game, seat: Seat, player: Player) -> None:
        self.game, self.seat, self.player = game, seat, player
        self.chair = chairs_of(game.scenario, seat)[0]
        self.new_day()

    @property
    def state(self) -> State:
        """This morning."""
        raise NotImplementedError

    @property
    def dice(self) -> Dice:
        """The chance of this game."""
        raise NotImplementedError

    @property
    def can_end(self) -> bool:
        """Whether there is a day left to play."""
        raise NotImplementedError

    def levers(self) -> tuple[levers.Lever, ...]:
        """What the seat directs this morning beside units."""
        return levers.levers(self.game, self.chair, self.state, self.dice) if self.can_end else ()

    def new_day(self) -> None:
        """What was said before stands, and cannot be taken back."""
        self._at_dawn = dict(self.player.standing)
        self._done: list[Deed] = []
        self._undone: list[Deed] = []
        self._others: dict[str, tuple[list[Deed], list[Deed]]] = {}

    def sit(self, chair: Seat) -> None:
        """Let another of the people at this screen speak; what one said today only the same one takes back."""
        if chair.id != self.chair.id:
            self._others[self.chair.id] = (self._done, self._undone)
            self._done, self._undone = self._others.pop(chair.id, ([], []))
            self.chair = chair

    def restore(self, said: Given) -> None:
        """Say what a save says was said today, without asking whether it is allowed."""
        first = self.chair
        for unit, order in said.items():
            self.sit(self._who_orders(unit))
            self._do(Deed(unit, self.player.standing.get(unit), order))
        self.sit(first)

    def _who_orders(self, unit: str) -> Seat:
        """Whose unit it is, of those at this screen; the first one's what is no unit."""
        known = self.game.scenario.units.get(unit)
        chairs = chairs_of(self.game.scenario, self.seat)
        return next((chair for chair in chairs if known and known.faction in chair.factions), chairs[0])

    @property
    def standing(self) -> Mapping[str, Order]:
        """A person's orders in force, today's among them, by unit."""
        return MappingProxyType(self.player.standing)

    @property
    def today(self) -> Given:
        """What was said today, by unit; None where a unit went back to its documented orders."""
        now = self.player.standing
        units = [deed.unit for done in (*(done for done, _ in self._others.values()), self._done) for deed in done]
        return {unit: now.get(unit) for unit in dict.fromkeys(units) if now.get(unit) != self._at_dawn.get(unit)}

    @property
    def queue(self) -> tuple[Order, ...]:
        """Today's new orders, in the order in which they were given."""
        return tuple(order for order in self.today.values() if order is not None)

    def problems(self, order: Order) -> list[str]:
        """Why an order cannot be given today; empty = it can."""
        if not self.can_end:
            return ["the last day has been played"]
        if levers.is_lever(order.unit):
            return levers.problems(self.game, self.chair, (self.state, self.dice), order)
        return problems(self.game, self.chair, self.state, order)

    def give(self, order: Order) -> None:
        """Order a unit, in place of what it was told before, until it is ordered otherwise or released.

        Raises:
            SimError: if the order cannot be given; says why.
        """
        found = self.problems(order)
        if found:
            raise SimError("; ".join(found))
        order = replace(order, goal=None) if order.stance == "hold" else order
        self._do(Deed(order.unit, self.player.standing.get(order.unit), order))

    def release(self, unit: str) -> None:
        """Let a unit follow its documented orders again.

        Raises:
            SimError: if it is not this seat's, or follows them already.
        """
        mine = self._own_ids() | {lever.key for lever in self.levers()}
        if unit not in mine or unit not in self.player.standing:
            msg = f"{unit} has no order of yours to be released from"
            raise SimError(msg)
        self._do(Deed(unit, self.player.standing[unit], None))

    def undo(self) -> str | None:
        """Take back the last thing said today, and return it in words; None if there is nothing today."""
        return self._shift(self._done, self._undone, back=True)

    def redo(self) -> str | None:
        """Say again what was last taken back, and return it in words; None if there is nothing."""
        return self._shift(self._undone, self._done, back=False)

    def clear(self) -> None:
        """Take back everything said today; each can be redone."""
        while self._done:
            self.undo()

    @property
    def undo_label(self) -> str | None:
        """What ``undo`` would take back; None if nothing was said today: days that were played are never undone."""
        return f"Undo last order ({self._words(self._done[-1])})" if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What ``redo`` would say again."""
        return f"Redo order ({self._words(self._undone[-1])})" if self._undone else None

    @property
    def clear_label(self) -> str | None:
        """What ``clear`` would take back."""
        count = len(self._done)
        return f"Clear today's orders ({count})" if count else None

    def unordered(self) -> list[str]:
        """Units of this seat on the map that no person has given an order to."""
        status, own = self.state.status[0], own_units(self.game, self.chair)
        there = own & np.isin(status, (Status.ACTIVE, Status.FALLING_BACK)) & (self.state.unit_place[0] >= 0)
        ids = self.game.world.units.ids
        return [ids[unit] for unit in np.flatnonzero(there) if ids[unit] not in self.player.standing]

    def overtaken(self) -> dict[str, list[str]]:
        """A person's standing orders, to units still there, that could not be given today, with the reasons."""
        ids, place = self.game.world.units.ids, self.state.unit_place[0]
        units = [order for order in self.player.standing.values() if not levers.is_lever(order.unit)]
        there = [order for order in units if place[ids.index(order.unit)] >= 0]
        return {order.unit: why for order in there if (why := self.problems(order))}

    def _own_ids(self) -> set[str]:
        ids = self.game.world.units.ids
        return {ids[unit] for unit in np.flatnonzero(own_units(self.game, self.chair))}

    def _do(self, deed: Deed) -> None:
        self._done.append(deed)
        self._undone.clear()
        self._set(deed.unit, deed.after)

    def _shift(self, source: list[Deed], target: list[Deed], *, back: bool) -> str | None:
        if not source:
            return None
        deed = source.pop()
        target.append(deed)
        self._set(deed.unit, deed.before if back else deed.after)
        return self._words(deed)

    def _set(self, unit: str, order: Order | None) -> None:
        standing = {name: one for name, one in self.player.standing.items() if name != unit}
        self.player = self.player.with_orders(standing if order is None else {**standing, unit: order})

    def _words(self, deed: Deed) -> str:
        if deed.after is not None:
            return in_words(self.game, deed.after)
        return f"{name_of(self.game, deed.unit)}: as documented"
