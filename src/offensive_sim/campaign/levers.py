"""What a seat directs beside units: where aircraft of a day fly, airdrops, a camp's place, volunteers, open gates.

Each belongs to a documented event and keeps its amount and its days; a person only says where. A gate can be opened
to everybody, never narrowed. Strikes go only where armed men of an enemy stand near.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import FEARED, Game
from offensive_sim.campaign.seats import Seat
from offensive_sim.engine.axes import NEVER, NOBODY, OFF_MAP
from offensive_sim.engine.conditions import due
from offensive_sim.engine.dice import Dice, Draw, Luck
from offensive_sim.engine.effects import CampEffects, PlaceEffects, SideEffects, gate_shares
from offensive_sim.engine.levers import Kind, Moved
from offensive_sim.engine.orders import Order
from offensive_sim.engine.presence import on_ground
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

WORDS: Final = {"strikes": "fly", "airlift": "drop", "camps": "site", "recruits": "call", "gates": "open"}
"""The order that goes with each kind."""
SIGN: Final = ":"
"""In the key of a lever, never in the id of a unit."""
Table = PlaceEffects | CampEffects | SideEffects


@dataclass(frozen=True)
class Lever:
    """Something that a seat can direct this morning."""

    key: str
    """Stands where an order names its unit: ``strikes:us-strikes-dam-16-august``."""
    kind: Kind
    row: int
    event: str
    """Id of the trigger; empty for a gate."""
    place: str | None
    """Where it goes by history; a gate's near end; None for volunteers, who go to all."""
    to: str | None
    """A gate's far end."""
    amount: int
    """Strikes a day, room, men a day; per cent that pass for a gate; 1 for airdrops."""


def is_lever(key: str) -> bool:
    """Whether an order is about a lever and not a unit."""
    return SIGN in key


def levers(game: Game, seat: Seat, seen: State, dice: Dice) -> tuple[Lever, ...]:
    """What a seat directs this morning, in the order of the events, then gates."""
    row, trigger = due(game.world.triggers, seen, Luck(dice, Draw.TRIGGERS, seen.day))
    coming = frozenset(trigger[row == 0].tolist())
    found = [
        lever
        for kind in ("strikes", "airlift", "camps", "recruits")
        for lever in _of_events(game, seat, kind, (seen, coming))
    ]
    return (*found, *_gates(game, seat, seen))


def _table(world: World, kind: str) -> Table:
    tables: dict[str, Table] = {
        "strikes": world.effects.strikes,
        "airlift": world.effects.airlift,
        "camps": world.effects.camps,
        "recruits": world.effects.recruits,
    }
    return tables[kind]


def _keys(world: World, kind: str) -> list[str]:
    """The key of every row of a table: its event, with a number where one event has several."""
    found: list[str] = []
    for trigger in _table(world, kind).trigger:
        base = f"{kind}{SIGN}{world.triggers.ids[trigger]}"
        number = sum(key.split("#")[0] == base for key in found)
        found.append(base + (f"#{number + 1}" if number else ""))
    return found


def _of_events(game: Game, seat: Seat, kind: Kind, morning: tuple[State, frozenset[int]]) -> list[Lever]:
    """Rows that are in force today or begin today; a camp until it opens, from three days before it can."""
    world, table = game.world, _table(game.world, kind)
    found = []
    for row, key in enumerate(_keys(world, kind)):
        event = world.triggers.ids[int(table.trigger[row])].partition("/")[0]
        if not _directs(game, seat, event, table, row) or not _open(world, table, row, morning):
            continue
        place = None if isinstance(table, SideEffects) else world.places.ids[int(table.place[row])]
        amount = int(table.room[row] if isinstance(table, CampEffects) else table.amount[row])
        found.append(Lever(key, kind, row, event, place, None, amount))
    return found


AHEAD: Final = 3
"""Days before the earliest date of a camp from which its place can be chosen (judgement: tents take days to bring)."""


def _open(world: World, table: Table, row: int, morning: tuple[State, frozenset[int]]) -> bool:
    seen, coming = morning
    trigger = int(table.trigger[row])
    since = int(seen.fired_on[0, trigger])
    if isinstance(table, CampEffects):
        return since == NEVER and world.triggers.earliest[trigger] <= seen.day + AHEAD
    return trigger in coming or (since >= 0 and seen.day < since + int(table.days[row]))


def _directs(game: Game, seat: Seat, event: str, table: Table, row: int) -> bool:
    """Whether an event is this seat's to direct: by its own word, or by the side it is for."""
    led_by = game.scenario.triggers[event].led_by
    if led_by is not None:
        return led_by == seat.id or led_by in seat.factions
    if isinstance(table, CampEffects):
        return False
    side = game.world.factions.ids[int(table.side[row])]
    return side in seat.factions


def _gates(game: Game, seat: Seat, seen: State) -> list[Lever]:
    """Roads on which some community is held back, into a place that the seat's side holds."""
    world = game.world
    shares = gate_shares(seen.rows(slice(0, 1)), world.effects.gates)[0][world.effects.gates.number].min(axis=0)
    found = []
    for link in np.flatnonzero(shares < 1.0):
        start, end = (world.places.ids[int(p)] for p in (world.links.start[link], world.links.end[link]))
        holder = world.factions.ids[int(seen.control[0, world.links.end[link]])]
        if holder in seat.factions:
            percent = round(float(shares[link]) * 100)
            found.append(Lever(f"gates{SIGN}{start}{SIGN}{end}", "gates", int(link), "", start, end, percent))
    return found


def problems(game: Game, seat: Seat, morning: tuple[State, Dice], order: Order) -> list[str]:
    """Why a lever cannot be directed so today, in names a reader knows; empty = it can."""
    seen, dice = morning
    lever = next((one for one in levers(game, seat, seen, dice) if one.key == order.unit), None)
    if lever is None:
        return ["it is not yours to direct today"]
    if order.stance != WORDS[lever.kind]:
        return [f"no such order: {order.stance}"]
    if lever.kind == "gates":
        return []
    if order.goal not in game.world.places.ids:
        return ["it needs a place to go to"]
    return _wrong_place(game, seen, lever, game.world.places.ids.index(order.goal))


def _wrong_place(game: Game, seen: State, lever: Lever, place: int) -> list[str]:
    world, name = game.world, game.scenario.places[game.world.places.ids[place]].name
    holder = int(seen.control[0, place])
    if lever.kind == "camps":
        feared = game.world.factions.ids.index(FEARED) if FEARED in world.factions.ids else NOBODY
        trouble = holder == feared or seen.contested_by[0, place] != NOBODY
        return [f"{name} is no place of safety"] if trouble else []
    table = _table(world, lever.kind)
    assert not isinstance(table, CampEffects)
    side = int(table.side[lever.row])
    if lever.kind == "strikes":
        return [] if _enemies_near(world, seen, side, place) else [f"no armed formation of an enemy stands near {name}"]
    if world.factions.hostile[side, holder]:
        return [f"{name} is held by {game.scenario.factions[world.factions.ids[holder]].name}"]
    if lever.kind == "recruits" and seen.contested_by[0, place] != NOBODY:
        return [f"{name} is contested"]
    return []


def _enemies_near(world: World, seen: State, side: int, place: int) -> bool:
    """Whether armed men hostile to a side stand at a place or one road away."""
    around = world.links.neighbour[place]
    near = [place, *around[around >= 0].tolist()]
    hostile = world.factions.hostile[side][world.units.side]
    return bool((on_ground(world, seen)[0] & hostile & np.isin(seen.unit_place[0], near)).any())


def moved(world: World, orders: Mapping[str, Order]) -> tuple[Moved, ...]:
    """A person's orders about levers, as the engine takes them, in the order of their keys.

    Raises:
        ValueError: if a key or a place is not known.
    """
    found = []
    for key in sorted(key for key in orders if is_lever(key)):
        kind, _, rest = key.partition(SIGN)
        goal = orders[key].goal
        place = world.places.ids.index(goal) if goal else OFF_MAP
        found.append(Moved(_kind(kind), _row_of(world, kind, key, rest), place))
    return tuple(found)


def _kind(word: str) -> Kind:
    kinds: dict[str, Kind] = {
        "strikes": "strikes", "airlift": "airlift", "camps": "camps", "recruits": "recruits", "gates": "gates",
    }  # fmt: skip
    if word not in kinds:
        msg = f"nothing is directed by the word {word}"
        raise ValueError(msg)
    return kinds[word]


def _row_of(world: World, kind: str, key: str, rest: str) -> int:
    if kind != "gates":
        return _keys(world, kind).index(key)
    start, _, end = rest.partition(SIGN)
    here, there = world.places.ids.index(start), world.places.ids.index(end)
    links = np.flatnonzero((world.links.start == here) & (world.links.end == there))
    if not len(links):
        msg = f"no road leads from {start} to {end}"
        raise ValueError(msg)
    return int(links[0])


def key_of(world: World, one: Moved) -> str:
    """The key of a lever by what the engine was told."""
    if one.kind == "gates":
        ends = (world.links.start[one.row], world.links.end[one.row])
        return SIGN.join(["gates", *(world.places.ids[int(p)] for p in ends)])
    return _keys(world, one.kind)[one.row]

