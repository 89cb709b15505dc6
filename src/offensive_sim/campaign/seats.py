"""Who a person may speak for, and what they may order. The scenario's data say which factions, never this module."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import FEARED, Game
from offensive_sim.engine import orders as engine_orders
from offensive_sim.engine.axes import Bools, Status
from offensive_sim.engine.orders import Order
from offensive_sim.engine.state import State
from offensive_sim.errors import UsageError
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.suggest import did_you_mean

WATCH: Final = "watch"
COALITION: Final = "coalition"
TOGETHER: Final = "+"
"""Between the ids of seats that several people take at one screen, as in ``baghdad+erbil``."""

WORDS: Final = ("hold", "march", "attack", "withdraw")
"""Orders that a person can give; going underground is not one of them."""


@dataclass(frozen=True)
class Seat:
    """Who a person speaks for; without factions the seat watches."""

    id: str
    name: str
    factions: tuple[str, ...]
    note: str

    @property
    def gives_orders(self) -> bool:
        """Whether it has units to give orders to."""
        return bool(self.factions)


_NAMED: Final = (
    Seat(
        "baghdad",
        "Baghdad",
        ("iraq", "militia"),
        "Gives orders to the federal army and police, and to volunteers and militias.",
    ),
    Seat("erbil", "Erbil", ("krg", "pkk"), "Gives orders to the Peshmerga and to the PKK's men in Iraq."),
)
_WITHOUT_UNITS: Final = (
    Seat(
        COALITION,
        "The coalition, with the humanitarian co-ordination",
        (),
        "Sends the day's foreign air strikes and airdrops, and chooses where camps open; gives no orders to units.",
    ),
    Seat(WATCH, "Nobody", (), "Watches history's orders being played."),
)


def may_speak_for(scenario: Scenario, faction: str) -> bool:
    """Whether a person may: the faction, or the one in whose name it holds places, is playable, and is not feared."""
    holder = scenario.factions[faction].holds_for or faction
    playable = scenario.factions[faction].playable or scenario.factions[holder].playable
    return playable and FEARED not in (faction, holder)


def seats_of(scenario: Scenario) -> tuple[Seat, ...]:
    """Every seat of a scenario: the named ones whose factions it has, one for each other playable faction, watchers."""
    open_to = [key for key in scenario.factions if may_speak_for(scenario, key)]
    seats = [Seat(s.id, s.name, tuple(f for f in s.factions if f in open_to), s.note) for s in _NAMED]
    seats = [seat for seat in seats if seat.gives_orders]
    taken = {faction for seat in seats for faction in seat.factions}
    for key in open_to:
        faction = scenario.factions[key]
        if key not in taken and faction.holds_for is None:
            with_it = tuple(f for f in open_to if f == key or scenario.factions[f].holds_for == key)
            seats.append(Seat(key, faction.name, with_it, f"Gives orders to the units of {faction.name}."))
    return (*seats, *_WITHOUT_UNITS)


def seat_of(scenario: Scenario, name: str) -> Seat:
    """The seat of that id, or several that are taken together.

    Raises:
        UsageError: if the scenario has none; says which there are.
    """
    seats = {seat.id: seat for seat in seats_of(scenario)}
    if TOGETHER in name:
        chairs = [seat_of(scenario, one) for one in dict.fromkeys(name.split(TOGETHER))]
        factions = tuple(faction for chair in chairs for faction in chair.factions)
        ids, names = (joint.join(words) for joint, words in (
            (TOGETHER, [chair.id for chair in chairs]), (", ", [chair.name for chair in chairs])
        ))  # fmt: skip
        return Seat(ids, names, factions, " ".join(chair.note for chair in chairs))
    if name not in seats:
        msg = f"no seat is called {name}{did_you_mean(name, list(seats))}; {scenario.id} has: {', '.join(seats)}"
        raise UsageError(msg)
    return seats[name]


def chairs_of(scenario: Scenario, seat: Seat) -> tuple[Seat, ...]:
    """The seats that are taken together in one, or the one itself."""
    return tuple(seat_of(scenario, name) for name in seat.id.split(TOGETHER))


def own_units(game: Game, seat: Seat) -> Bools:
    """Units that a seat gives orders to, shape (U,)."""
    numbers = [game.world.factions.ids.index(faction) for faction in seat.factions]
    return np.isin(game.world.units.faction, numbers)


def problems(game: Game, seat: Seat, seen: State, order: Order) -> list[str]:
    """Why this seat cannot give this order today, in names a reader knows; empty = it can."""
    units = game.scenario.units
    if order.unit in units and units[order.unit].faction not in seat.factions:
        whose = game.scenario.factions[units[order.unit].faction].name
        return [f"{units[order.unit].name} is not yours to order: {whose}"]
    if order.stance not in WORDS:
        return [f"no order is called {order.stance}; there are: {', '.join(WORDS)}"]
    found = [named(game, text, order) for text in engine_orders.problems(game.world, seen, order)]
    if order.unit in units and not found:
        found += _state_of(game, seen, order)
    return found


def _state_of(game: Game, seen: State, order: Order) -> list[str]:
    unit = game.world.units.ids.index(order.unit)
    name = game.scenario.units[order.unit].name
    if seen.status[0, unit] == Status.FALLING_BACK:
        rally = game.world.places.ids[seen.rally[0, unit]]
        return [f"{name} has broken and is falling back to {game.scenario.places[rally].name}"]
    return []


def named(game: Game, text: str, order: Order) -> str:
    """A sentence of the engine with names in place of the ids it speaks of."""
    scenario = game.scenario
    names = {key: faction.name for key, faction in scenario.factions.items()}
    if order.unit in scenario.units:
        names[order.unit] = scenario.units[order.unit].name
    if order.goal in scenario.places:
        names[order.goal] = scenario.places[order.goal].name
    words = text.split(" ")
    return " ".join(names.get(word.rstrip(":"), word.rstrip(":")) + ":" * word.endswith(":") for word in words)


def name_of(game: Game, key: str) -> str:
    """A unit by its name, or the event of a lever by its title; a gate by its ends."""
    scenario = game.scenario
    if key in scenario.units:
        return scenario.units[key].name
    kind, *rest = key.split(":")
    if kind == "gates":
        return " - ".join(scenario.places[place].name for place in rest)
    return scenario.triggers[rest[0].partition("#")[0].partition("/")[0]].title


def in_words(game: Game, order: Order) -> str:
    """An order as a reader says it: ``1st Division: attack Tikrit``."""
    name = name_of(game, order.unit)
    goal = f" {game.scenario.places[order.goal].name}" if order.goal else ""
    to = " to" if goal and order.stance in ("march", "withdraw") else ""
    return f"{name}: {order.stance}{to}{goal}"
