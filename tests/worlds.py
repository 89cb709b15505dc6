"""A hand-made world for the tests of the engine: small enough to work every number out on paper.

The roads, in kilometres, and who holds each place on the first evening::

    north (blue) --10-- ford (red) --20-- south (red)
                          |
                          30
                          |
                        hills (green)

====== ======== ========== ===== ======= =============================================
number unit     stands at  men   quality what it is for
====== ======== ========== ===== ======= =============================================
0      hq       south      100   0.5     red headquarters above 1 and 2
1      post     ford       200   0.5     red, at home in ford
2      reserve  south      400   0.5     red
3      column   north      400   0.5     blue, light, patrols 10 km: slips past places
4      cell     ford       60    0.5     blue, underground
5      guard    hills      300   0.5     green, patrols 30 km
====== ======== ========== ===== ======= =============================================

Red and green each fight blue, not each other. Red is supplied from south, green from hills, blue lives off the land.
People flee blue. Hill people (community 0, vulnerability 1) live in north and south, river people (community 1,
vulnerability 4) in north and ford; 40, 20, 16 and 8 parties of ``PARTY`` persons. There are six triggers, none of
which happens by itself; a test makes one happen with ``state_of(world, fired_on={trigger: day})`` and says what it
does with ``three_towns(effects=...)``.

Nothing here reads scenario/numbers/: ``rates_of`` has round numbers of its own, so tuning a rule moves no test.
"""

from dataclasses import is_dataclass, replace
from datetime import date

import numpy as np

from offensive_sim.campaign.network import network
from offensive_sim.engine import effects as fx
from offensive_sim.engine.axes import LONG_AGO, NEVER, NO_LINK, NOBODY, OFF_MAP, Stance, Status
from offensive_sim.engine.camps import Camps, Held
from offensive_sim.engine.conditions import FromDay, TriggerTable
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.factions import Factions
from offensive_sim.engine.nerve import Pressure
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.rates import Rates, names
from offensive_sim.engine.split import PARTY
from offensive_sim.engine.state import State
from offensive_sim.engine.world import People, Places, Units, World
from offensive_sim.scenario.ground import Link

PLACE_IDS = ("north", "ford", "south", "hills")
NORTH, FORD, SOUTH, HILLS = range(4)
RED, BLUE, GREEN = range(3)
HQ, POST, RESERVE, COLUMN, CELL, GUARD = range(6)
NORTH_FORD, FORD_NORTH, FORD_SOUTH, FORD_HILLS, SOUTH_FORD, HILLS_FORD = range(6)
HILL, RIVER = range(2)
HOMES = ((HILL, NORTH), (HILL, SOUTH), (RIVER, NORTH), (RIVER, FORD))
N_PLACES, N_FACTIONS, N_UNITS, N_LINKS, N_TRIGGERS = 4, 3, 6, 6, 6

ROUND = {
    "retreat_pace": 1.5,
    "recruits_share": 0.5,
    "wastage": 0.01,
    "kit_half": 100,
    "kit_worth": 1.0,
    "crew_days": 4,
    "men_lost_a_strike": 5,
    "air_nerve": 5,
    "air_cover_nerve": 10,
    "repulse_share": 0.3,
    "expel_share": 0.1,
    "yield_share": 0.0,
    "battle_spread": 0.4,
    "assault_days": 3,
    "loss_rate": 0.01,
    "loss_cap": 0.05,
    "rest_days": 5,
    "nerve_floor": 0.2,
    "base": 50,
    "breaks_under": 25,
    "home": 20,
    "shrine": 15,
    "headquarters": 10,
    "no_way_out": 12,
    "river_bend": 8,
    "relief": 6,
    "relief_men": 200,
    "odds": 40,
    "outgunned": 30,
    "ghosts": 20,
    "unpaid": 14,
    "estranged": 16,
    "shock": 25,
    "shock_share": 0.4,
    "shock_days": 3,
    "command_gone": 35,
    "command_days": 2,
    "isolation_a_day": 4,
    "stock_days": 3,
    "shaken": 18,
    "shaken_days": 5,
    "luck": 10,
    "hold_men": 50,
    "settle_days": 0,
    "men_a_resident": 0,
    "patrol_need": 1,
    "flight_threat": 1,
    "flight_threshold": 0.5,
    "flight_capture": 1,
    "flight_capture_days": 2,
    "flight_contact": 1,
    "flight_contagion": 1,
    "flight_again": 1,
    "onward": 0.01,
    "go_home": 0.0,
    "go_home_days": 4,
    "under_isis": 1,
}
"""Round numbers; a rule that is not listed is 0, so that it adds nothing."""


def rates_of(replicas=1, **changes):
    """The rules' numbers, the same in every replica unless a change gives a list."""
    drawn = {
        "unit_luck": np.full((replicas, N_UNITS), 0.5),
        "flight_luck": np.ones((replicas, 2)),
        "vulnerability": np.tile([1.0, 4.0], (replicas, 1)),
        "reinforcements": np.zeros((replicas, 1), np.int32),
    }
    unknown = set(changes) - set(names()) - set(drawn)
    assert not unknown, f"no such rate: {unknown}"
    values = {name: np.full(replicas, ROUND.get(name, 0.0), np.float64) for name in names()} | drawn
    for name, change in changes.items():
        values[name] = np.broadcast_to(np.asarray(change, values[name].dtype), values[name].shape).copy()
    return Rates(**values)


def _column(rows, width, position, dtype):
    return np.array([row[position] for row in rows], dtype).reshape(-1) if rows else np.zeros(0, dtype)


def at_places(*rows):
    """Air strikes, air supply or works: rows of (trigger, side, place, amount, days)."""
    types = (np.int16, np.int8, np.int16, np.int16, np.int16)
    return fx.PlaceEffects(*(_column(rows, 5, i, t) for i, t in enumerate(types)))


def for_sides(*rows):
    """Recruits, deliveries, leave to take over: rows of (trigger, side, amount, days)."""
    types = (np.int16, np.int8, np.int32, np.int16)
    return fx.SideEffects(*(_column(rows, 4, i, t) for i, t in enumerate(types)))


def for_units(*rows):
    """Arrivals, reinforcements, pay, commanders who leave: rows of (trigger, unit, low, value, high)."""
    types = (np.int16, np.int16, np.int32, np.int32, np.int32)
    return fx.UnitEffects(*(_column(rows, 5, i, t) for i, t in enumerate(types)))


def on_nerve(*rows):
    """News: rows of (trigger, units, place, points, days)."""
    units = np.zeros((len(rows), N_UNITS), np.bool_)
    for number, row in enumerate(rows):
        units[number, list(row[1])] = True
    return fx.NerveEffects(
        trigger=_column(rows, 5, 0, np.int16),
        units=units,
        place=_column(rows, 5, 2, np.int16),
        points=_column(rows, 5, 3, np.int16),
        days=_column(rows, 5, 4, np.int16),
    )


def on_roads(*rows):
    """Roads closed or opened: rows of (trigger, link, closes, days); the other direction goes along."""
    pairs = [(row[1], three_towns_links().reverse[row[1]]) for row in rows]
    return fx.LinkEffects(
        trigger=_column(rows, 4, 0, np.int16),
        links=np.array(pairs, np.int16).reshape(-1, 2),
        closes=_column(rows, 4, 2, np.bool_),
        days=_column(rows, 4, 3, np.int16),
    )


def at_gates(*rows, where=()):
    """Checkpoints: rows of (trigger, gates, share); ``where`` lists (community, link) of gate 1, 2 ..."""
    number = np.zeros((2, N_LINKS), np.int16)
    for gate, (community, link) in enumerate(where, start=1):
        number[community, link] = gate
    gates = np.zeros((len(rows), len(where) + 1), np.bool_)
    for at, row in enumerate(rows):
        gates[at, list(row[1])] = True
    share = np.array([row[2] for row in rows], np.float64).reshape(-1, 1)
    return fx.GateEffects(_column(rows, 3, 0, np.int16), gates, np.where(gates, share, 1.0), number)


def with_camps(*rows):
    """Camps: rows of (trigger, place, room)."""
    return fx.CampEffects(*(_column(rows, 3, i, t) for i, t in enumerate((np.int16, np.int16, np.int32))))


def with_warnings(*rows):
    """Warnings: rows of (trigger, place, share, days)."""
    kinds = (np.int16, np.int16, np.float64, np.int16)
    return fx.WarningEffects(*(_column(rows, 4, i, t) for i, t in enumerate(kinds)))


def with_transports(*rows):
    """Transports: rows of (trigger, from, to, persons a day, days, communities)."""
    kinds = (np.int16, np.int16, np.int16, np.int32, np.int16)
    carries = np.array([[community in row[5] for community in (HILL, RIVER)] for row in rows], np.bool_)
    return fx.TransportEffects(
        *(_column(rows, 6, i, t) for i, t in enumerate(kinds)), carries=carries.reshape(len(rows), 2)
    )


def no_effects():
    """Triggers that do nothing."""
    places, sides, units = at_places(), for_sides(), for_units()
    return fx.Effects(
        nerve=on_nerve(), strikes=places, airlift=places, works=places, roads=on_roads(), gates=at_gates(),
        camps=with_camps(), warnings=with_warnings(), transports=with_transports(),
        recruits=sides, equip=sides, takeover=sides, arrive=units, reinforce=units, paid=units,
        command_leaves=units,
    )  # fmt: skip


def triggers_of(*conditions, odds=(), account_of=()):
    """A table of six triggers: the conditions given, then ones that never hold."""
    every = (*conditions, *(FromDay(10_000) for _ in range(N_TRIGGERS - len(conditions))))
    return TriggerTable(
        ids=tuple(f"trigger-{i}" for i in range(N_TRIGGERS)),
        conditions=every,
        earliest=tuple(c.day if isinstance(c, FromDay) else 0 for c in every),
        odds=(*odds, *(1.0 for _ in range(N_TRIGGERS - len(odds)))),
        account_of=account_of,
        account_weights=tuple(tuple(1.0 for _ in rivals) for rivals in account_of),
    )


def three_towns_links():
    """The three roads, both ways; every one is a trunk road, so a column counts its true metres.

    The bookkeeping is the compiler's; test_worlds.py holds it to what the map above says.
    """
    roads = (("north", "ford", 10), ("ford", "south", 20), ("ford", "hills", 30))
    places = {name: number for number, name in enumerate(PLACE_IDS)}
    net = network(places, tuple(Link(a=a, b=b, km=km, km_source="invented", road="highway") for a, b, km in roads))
    return replace(net.links, drive_steps=np.array([1.0, 1.0, 1.0, 0.5, 1.0, 0.5]))


def _places():
    none = np.zeros(N_PLACES, np.int32)
    return Places(
        ids=PLACE_IDS,
        works=np.zeros(N_PLACES, np.int16),
        river_bend=np.zeros(N_PLACES, np.bool_),
        shrine=np.zeros(N_PLACES, np.bool_),
        estranged=np.zeros((N_FACTIONS, N_PLACES), np.bool_),
        stock=none.copy(),
        stock_low=none.copy(),
        stock_high=none.copy(),
        cover=np.array([1.0, 2.0, 1.0, 1.0]),
        guarded=np.zeros(N_PLACES, np.bool_),
        remote=np.zeros(N_PLACES, np.bool_),
        wary=np.zeros(N_PLACES, np.bool_),
        frontage=np.array([300.0, 300.0, 300.0, 300.0]),
    )


def _factions():
    hostile = np.zeros((N_FACTIONS, N_FACTIONS), np.bool_)
    hostile[RED, BLUE] = hostile[BLUE, RED] = hostile[GREEN, BLUE] = hostile[BLUE, GREEN] = True
    sources = np.zeros((N_FACTIONS, N_PLACES), np.bool_)
    sources[RED, SOUTH] = sources[GREEN, HILLS] = True
    return Factions(
        ids=("red", "blue", "green"),
        side=np.array([RED, BLUE, GREEN], np.int8),
        n_sides=N_FACTIONS,
        hostile=hostile,
        takes_over=np.zeros((N_FACTIONS, N_FACTIONS), np.bool_),
        lives_off_land=np.array([False, True, False]),
        sources=sources,
        disperses=np.array([0.5, 0.1, 0.25]),
    )


def _units():
    men = np.array([100, 200, 400, 400, 60, 300], np.int32)
    faction = np.array([RED, RED, RED, BLUE, BLUE, GREEN], np.int8)
    home = np.zeros((N_UNITS, N_PLACES), np.bool_)
    home[POST, FORD] = True
    return Units(
        ids=("hq", "post", "reserve", "column", "cell", "guard"),
        faction=faction,
        side=faction.copy(),
        command=faction.astype(np.int16),
        parent=np.array([NOBODY, HQ, HQ, NOBODY, NOBODY, NOBODY], np.int16),
        hq=np.array([True, False, False, False, False, False]),
        armed=np.ones(N_UNITS, np.bool_),
        light=np.array([False, False, False, True, False, False]),
        quality=np.full(N_UNITS, 0.5),
        fixed_points=np.zeros((N_UNITS, 4), np.int16),
        home=home,
        patrol_m=np.array([0, 0, 0, 10_000, 0, 30_000], np.int32),
        march_m=np.full(N_UNITS, 60_000, np.int32),
        start=np.array([SOUTH, FORD, SOUTH, NORTH, FORD, HILLS], np.int16),
        appears=np.full(N_UNITS, NEVER, np.int16),
        held_back=np.zeros(N_UNITS, np.bool_),
        underground=np.array([False, False, False, False, True, False]),
        men=men,
        men_low=men.copy(),
        men_high=men.copy(),
    )


def _people():
    persons = PARTY * np.array([40, 20, 16, 8], np.int32)
    away = np.zeros((2, N_PLACES), np.int32)
    return People(
        group_ids=("hill", "river"),
        community_ids=("hill", "river"),
        group_community=np.array([HILL, RIVER], np.int8),
        home_group=np.array([g for g, _ in HOMES], np.int16),
        home_place=np.array([p for _, p in HOMES], np.int16),
        group_starts=np.array([0, 2]),
        homed=np.array([0, 1], np.int64),
        persons=persons,
        persons_low=persons.copy(),
        persons_high=persons.copy(),
        displaced=away.copy(),
        displaced_low=away.copy(),
        displaced_high=away.copy(),
        vulnerability=np.array([[1.0, 1.0, 1.0], [4.0, 4.0, 4.0]]),
        mobile=np.array([0.5, 1.0]),
        draw=np.ones((2, N_PLACES)),
        road_pull=np.array([[0.5, 0.25, 0.5, 0.5], [0, 0.25, 0, 0], [0, 0.25, 0, 0]]),
        feared=BLUE,
        capacity=np.full(N_PLACES, 1000 * PARTY, np.int64),
        home_near=np.zeros((N_PLACES, N_PLACES)),
        threat_weight=threats({(NORTH, FORD): 800, (FORD, SOUTH): 600, (SOUTH, HILLS): 100}),
        threat_before=np.zeros(N_PLACES),
    )


def three_towns(effects=None, **changes):
    """The world above. ``effects`` replaces kinds of effects; any other keyword is a part of the world, replaced whole
    (``control=[...]``) or, given a dict, in some of its arrays (``units={"light": [...]}``, ``{"men": {POST: 90}}``).
    """
    world = World(
        first_day=date(2014, 6, 1),
        n_days=10,
        places=_places(),
        links=three_towns_links(),
        factions=_factions(),
        units=_units(),
        people=_people(),
        triggers=triggers_of(),
        effects=replace(no_effects(), **(effects or {})),
        control=np.array([BLUE, RED, RED, GREEN], np.int8),
        contested_by=np.full(N_PLACES, NOBODY, np.int8),
        shock_near=three_towns_links().way_m <= 30_000,
        sight=three_towns_links().way_m <= 15_000,
    )
    return replace(world, **{name: _changed(getattr(world, name), change) for name, change in changes.items()})


def _changed(old, change):
    if isinstance(change, dict) and is_dataclass(old):
        return replace(old, **{name: _changed(getattr(old, name), value) for name, value in change.items()})
    if not isinstance(old, np.ndarray):
        return change
    new = old.copy()
    for at, value in change.items() if isinstance(change, dict) else [(..., change)]:
        new[at] = value
    return new


def state_of(world, replicas=1, day=0, **changes):
    """The first evening of a world in some replicas. A change is a whole array (with or without the replica axis) or a
    dict from cells to values, which may differ by replica: ``men={POST: 90}``, ``men={POST: [90, 80]}``,
    ``moving={(HILL, FORD): 120}``.
    """
    units, people = world.units, world.people
    opening = {
        "control": world.control,
        "contested_by": world.contested_by,
        "taken_on": np.full(N_PLACES, LONG_AGO, np.int16),
        "front_since": np.full(N_PLACES, NEVER, np.int16),
        "stock_left": world.places.stock,
        "kit": np.zeros(N_FACTIONS, np.int32),
        "kit_ready": np.zeros(N_FACTIONS, np.int32),
        "supplied": np.zeros(N_PLACES, np.bool_),
        "unit_place": np.where(units.held_back, OFF_MAP, units.start).astype(np.int16),
        "unit_link": np.full(N_UNITS, NO_LINK, np.int16),
        "unit_left_m": np.zeros(N_UNITS, np.int32),
        "unit_from": units.start,
        "status": _status(units),
        "men": units.men,
        "nerve": np.full(N_UNITS, 100, np.int16),
        "days_cut": np.zeros(N_UNITS, np.int16),
        "rest_until": np.zeros(N_UNITS, np.int16),
        "rest_at": np.full(N_UNITS, OFF_MAP, np.int16),
        "broke_on": np.full(N_UNITS, NEVER, np.int16),
        "broke_at": np.zeros(N_UNITS, np.int16),
        "broke_men": np.zeros(N_UNITS, np.int32),
        "rally": np.full(N_UNITS, OFF_MAP, np.int16),
        "fired_on": np.full(N_TRIGGERS, NEVER, np.int16),
        "group_persons": np.bincount(people.home_group, people.persons, 2).astype(np.int32),
        "residents": people.persons,
        "at_home": people.persons,
        "sheltered": people.displaced,
        "moving": np.zeros((2, N_PLACES), np.int32),
        "outlook": np.zeros((N_PLACES, 2), np.float32),
        "outlook_of": np.full(1, NEVER, np.int16),
        "outlook_for": np.zeros(N_PLACES, np.bool_),
        "killed": np.zeros(N_FACTIONS, np.int32),
        "dispersed": np.zeros(N_FACTIONS, np.int32),
        "joined": np.zeros(N_FACTIONS, np.int32),
    }
    unknown = set(changes) - set(opening)
    assert not unknown, f"no such array: {unknown}"
    arrays = {name: np.repeat(np.asarray(array)[None], replicas, axis=0) for name, array in opening.items()}
    for name, change in changes.items():
        if isinstance(change, dict):
            for cell, value in change.items():
                arrays[name][(slice(None), *(cell if isinstance(cell, tuple) else (cell,)))] = value
        else:
            arrays[name][:] = change
    crowds = {"in_shelter": crowd_of(arrays.pop("sheltered")), "on_road": crowd_of(arrays.pop("moving"))}
    return State(day=day, **arrays, **crowds)


def crowd_of(persons):
    """The people of an array (R, G, P), as the phases see them: it refuses writes."""
    crowd = Crowd.of(np.asarray(persons, np.int32))
    locked(crowd.cell), locked(crowd.persons)
    return crowd


def _status(units):
    standing = np.where(units.underground, Status.UNDERGROUND, Status.ACTIVE)
    return np.where(units.held_back, Status.WAITING, standing).astype(np.int8)


def seen_of(world, replicas=1, day=0, **changes):
    """Like ``state_of``, as the phases see it: it refuses writes."""
    return state_of(world, replicas, day, **changes).readonly()


def orders_of(replicas=1, **orders):
    """Everyone holds but those named: ``orders_of(column=("attack", FORD), post="lie_low")``. Refuses writes."""
    goal, stance = np.full((replicas, N_UNITS), OFF_MAP, np.int16), np.full((replicas, N_UNITS), Stance.HOLD, np.int8)
    unit_ids = three_towns().units.ids
    for unit, said in orders.items():
        word, to = (said, OFF_MAP) if isinstance(said, str) else said
        stance[:, unit_ids.index(unit)] = Stance[word.upper()]
        goal[:, unit_ids.index(unit)] = to
    return Orders(goal=locked(goal), stance=locked(stance))


def pressure_of(replicas=1, **changes):
    """What the day's other phases tell cohesion: nothing, but for cells given as {(faction, place): value}."""
    arrays = {name: np.zeros((replicas, N_FACTIONS, N_PLACES)) for name in ("power", "enemy", "suffered")}
    for name, array in arrays.items():
        for cell, value in changes.get(name, {}).items():
            array[(slice(None), *cell)] = value
    sites = {name: placed(changes.get(name, {}), replicas) for name in ("supported", "works", "airlift")}
    power, enemy = held(arrays["power"]), held(arrays["enemy"]).several
    beside = locked(np.arange(replicas * N_UNITS))
    return Pressure(beside=beside, power=power, enemy=enemy, noise=Suffered(arrays["suffered"]), **sites)


class Suffered:
    """Strikes suffered by sides at places, as given (R, B, P)."""

    def __init__(self, number):
        self.number = number.transpose(1, 0, 2).reshape(N_FACTIONS, -1).astype(np.int32)
        self.loud = np.ones(self.number.shape[1], np.bool_)

    def suffered(self, factions, side, spot):
        return self.number[side, spot]


def held(amounts):
    """Amounts (R, B, P), as if every side stood at every place."""
    replicas, _, n_places = amounts.shape
    spots = np.tile(np.arange(replicas * n_places), N_FACTIONS)
    sides = np.repeat(np.arange(N_FACTIONS, dtype=np.int8), replicas * n_places)
    return Held.summed(Camps.of(sides, spots, amounts.shape), spots, amounts.transpose(1, 0, 2).reshape(-1))


def placed(cells, replicas=1):
    """Amounts in force: {(side, place): amount}, the same in every replica."""
    table = at_places(*((0, side, place, amount, 1) for (side, place), amount in cells.items()))
    return fx.at_places(seen_of(three_towns(), replicas, fired_on={0: 0}), table, N_FACTIONS)


def uniform(value, *shape):
    """A uniform drawn as one value everywhere, or as the list given; refuses writes."""
    return locked(np.broadcast_to(np.asarray(value, np.float64), shape).copy())


def locked(array):
    """The same array, refusing writes."""
    array.setflags(write=False)
    return array


def threats(pairs):
    """The weight of one place as a threat to another, per mille, shape (P, P)."""
    weight = np.zeros((N_PLACES, N_PLACES))
    for (origin, to), per_mille in pairs.items():
        weight[origin, to] = per_mille
    return weight


def no_roads_shut(replicas=1):
    """Every road open."""
    return locked(np.zeros((replicas, N_LINKS), np.bool_))


class Given:
    """Luck that is one value everywhere, or the array given."""

    def __init__(self, value):
        self.value = value

    def at(self, rows, cells):
        given = np.asarray(self.value, np.float64)
        return given[rows, cells] if given.ndim else np.full(rows.shape, given)


class LoadedDice:
    """Dice whose every number is the one given."""

    def __init__(self, value):
        self.value = value

    def uniforms(self, purpose, day, n):
        return np.full((1, n), self.value)

    def at(self, purpose, day, rows, cells):
        return np.full(rows.shape, self.value)
