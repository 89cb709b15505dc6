"""Words to arrays: the only module that knows scenario and engine. It resolves and fills; it decides nothing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Final

import numpy as np

from offensive_sim.campaign.network import Network, near, network
from offensive_sim.campaign.triggering import Names, resolve_effects, resolve_triggers
from offensive_sim.engine.axes import (
    NEVER,
    NOBODY,
    Bools,
    Floats,
    Ints,
    Shorts,
)
from offensive_sim.engine.factions import Factions
from offensive_sim.engine.world import People, Places, Units, World
from offensive_sim.scenario.facts import Range
from offensive_sim.scenario.forces import Unit
from offensive_sim.scenario.levers import applied
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.whatif import WhatIf

COVER: Final = {"city": 1.3, "town": 1.2, "village": 1.1, "base": 1.4, "refinery": 1.5, "mountain": 2.0, "dam": 1.3}
"""What a man in position is worth against one in the open, by kind of place; others 1.1 (judgement)."""
FRONTAGE: Final = {"city": 3000.0, "town": 1200.0, "base": 1200.0, "refinery": 800.0}
"""Fighting power that finds room, by kind of place; others 800 (judgement: a few hundred fought in towns)."""
MARCH_KM: Final = {
    "infantry": 110, "mechanised": 100, "armour": 80, "police": 110, "special-forces": 250, "militia": 110,
    "light-motorised": 160, "insurgent": 100,
}  # fmt: skip
"""Kilometres a day on a trunk road: columns 110 to 200 unopposed, Kurdish brigades 75 in 30 hours, some are lifted."""
SHOCK_KM: Final = 150
SEEN_KM: Final = 30
"""Road within which men see or hear the same day that their commanders have gone, or that others have broken."""
NOT_BY_PATROLS: Final = frozenset({"airport", "base", "city", "crossing", "dam", "oilfield", "refinery"})
"""Kinds of place that only men inside can take: patrols hold towns, villages and where roads meet (judgement)."""
LIGHT: Final = frozenset({"light-motorised", "insurgent"})
REMOTE_KM: Final = 45
"""Road from a border crossing within which people live who keep it for its holder: as far as patrols go (judgement)."""
GHOSTS_FROM, GHOSTS_FULL = 0.4, 0.65
"""Ghost share at which it starts to tell, and at which it tells fully."""
SIZE_PULL: Final = 0.5
"""eta: pull of population (prior 0.3 to 0.8)."""
SHELTER_SHARE: Final = 0.4
"""Displaced people a town can shelter, for each resident (judgement: Dohuk took in four for every ten)."""
FEARED: Final = "isis"
FLEES_AT_ONCE: Final = 8.0
"""Vulnerability from which a community cannot be held by patrols alone: its men stand guard or everybody goes."""
_PEOPLED: Final = 1000
_OPEN_PULL: Final = 0.02
_MOST: Final = 0.5


@dataclass(frozen=True)
class Game:
    """A scenario ready to be played."""

    scenario: Scenario
    world: World
    what_ifs: tuple[WhatIf, ...] = ()
    """Those whose levers have been pulled in ``scenario``; none: as it happened."""


def compile_under(scenario: Scenario, what_ifs: Sequence[WhatIf]) -> Game:
    """A sound scenario with the levers of sound what-ifs pulled; without any, the scenario as it is."""
    return replace(compile_scenario(applied(scenario, what_ifs)), what_ifs=tuple(what_ifs))


def compile_scenario(scenario: Scenario) -> Game:
    """Resolve every name and date of a scenario that has passed the linter."""
    index = Names.of(scenario)
    roads = network(index.places, scenario.links)
    factions = _factions(scenario, index)
    control = np.array([factions.side[index.factions[scenario.opening[p].holder]] for p in index.places], np.int8)
    inside = [scenario.opening[p].contested_by for p in index.places]
    contested = np.array([index.factions[f] if f else NOBODY for f in inside], np.int8)
    world = World(
        first_day=scenario.first_day,
        n_days=(scenario.last_day - scenario.first_day).days + 1,
        places=_places(scenario, index, roads.links.way_m),
        links=roads.links,
        factions=factions,
        units=_units(scenario, index, factions),
        people=_people(scenario, index, roads),
        triggers=resolve_triggers(scenario, index, control),
        effects=resolve_effects(scenario, index, roads.links),
        control=control,
        contested_by=contested,
        shock_near=near(roads.links.way_m, SHOCK_KM * 1000),
        sight=near(roads.links.way_m, SEEN_KM * 1000),
    )
    _freeze(world)
    return Game(scenario, world)


def _freeze(part: object) -> None:
    """Make every array below a dataclass refuse writes."""
    if isinstance(part, np.ndarray):
        part.setflags(write=False)
    elif is_dataclass(part):
        for one in fields(part):
            _freeze(getattr(part, one.name))


def _ranges(ranges: list[Range | None]) -> tuple[Ints, Ints, Ints]:
    rows = [(r.value, r.low, r.high) if r else (0, 0, 0) for r in ranges]
    value, low, high = np.array(rows, np.int32).reshape(-1, 3).T
    return value.copy(), low.copy(), high.copy()


def _places(scenario: Scenario, index: Names, way_m: Ints) -> Places:
    ground = [scenario.ground.get(p) for p in index.places]
    kinds = [scenario.places[p].kind for p in index.places]
    estranged = np.zeros((len(index.factions), len(index.places)), np.bool_)
    for place, what in enumerate(ground):
        for faction in what.estranged_from if what else ():
            estranged[index.factions[faction], place] = True
    stock, low, high = _ranges([g.stock if g else None for g in ground])
    return Places(
        ids=tuple(index.places),
        works=np.array([g.works if g else 0 for g in ground], np.int16),
        river_bend=np.array([bool(g and g.river_bend) for g in ground]),
        shrine=np.array([bool(g and g.shrine) for g in ground]),
        estranged=estranged,
        stock=stock,
        stock_low=low,
        stock_high=high,
        cover=np.array([COVER.get(kind, 1.1) for kind in kinds]),
        guarded=np.array([kind in NOT_BY_PATROLS for kind in kinds]),
        remote=_remote(scenario, index, way_m),
        wary=_wary(scenario, index),
        frontage=np.array([FRONTAGE.get(kind, 800.0) for kind in kinds]),
    )


def _remote(scenario: Scenario, index: Names, way_m: Ints) -> Bools:
    """Border crossings from which no place where people live lies within ``REMOTE_KM`` of road, shape (P,)."""
    lived_in = np.array([(r.value if (r := scenario.places[p].people) else 0) >= _PEOPLED for p in index.places])
    crossing = np.array([scenario.places[p].kind == "crossing" for p in index.places])
    return np.asarray(crossing & ~((way_m <= REMOTE_KM * 1000) & lived_in).any(axis=1))


def _wary(scenario: Scenario, index: Names) -> Bools:
    """Places where most people belong to communities that flee at once, shape (P,)."""
    share = np.zeros(len(index.places))
    for group in scenario.groups.values():
        if scenario.communities[group.community].vulnerability >= FLEES_AT_ONCE:
            for place, part in group.shares.items():
                share[index.places[place]] += part
    return share > _MOST


def _factions(scenario: Scenario, index: Names) -> Factions:
    n = len(index.factions)
    side = np.array([index.sides[key] for key in index.factions], np.int8)
    n_sides = sum(faction.holds_for is None for faction in scenario.factions.values())
    hostile, takes_over = np.zeros((n, n), np.bool_), np.zeros((n_sides, n_sides), np.bool_)
    sources = np.zeros((n_sides, len(index.places)), np.bool_)
    for key, faction in scenario.factions.items():
        me = index.factions[key]
        for other in faction.hostile_to:
            hostile[me, index.factions[other]] = hostile[index.factions[other], me] = True
        for other in faction.takes_over_from:
            takes_over[index.sides[key], index.sides[other]] = True
        for place in faction.supply_from:
            sources[index.sides[key], index.places[place]] = True
    return Factions(
        ids=tuple(index.factions),
        n_sides=n_sides,
        side=side,
        hostile=hostile,
        takes_over=takes_over,
        lives_off_land=np.asarray(~sources.any(axis=1)),
        sources=sources,
        disperses=np.array([scenario.factions[key].disperses for key in index.factions]),
    )


def _units(scenario: Scenario, index: Names, factions: Factions) -> Units:
    units = list(scenario.units.values())
    men, low, high = _ranges([u.men for u in units])
    faction = np.array([index.factions[u.faction] for u in units], np.int8)
    commands = {name: i for i, name in enumerate(sorted({u.command for u in units}))}
    home = np.zeros((len(units), len(index.places)), np.bool_)
    for number, unit in enumerate(units):
        home[number, [index.places[p] for p in unit.home]] = True
    arriving = {e.unit for t in scenario.triggers.values() for e in t.then if e.kind == "arrive"}
    appears = np.array([(u.appears - scenario.first_day).days if u.appears else NEVER for u in units], np.int16)
    return Units(
        ids=tuple(scenario.units),
        faction=faction,
        side=factions.side[faction],
        command=np.array([commands[u.command] for u in units], np.int16),
        parent=np.array([index.units[u.parent] if u.parent else NOBODY for u in units], np.int16),
        hq=np.array([u.hq for u in units]),
        armed=np.array([not u.unarmed for u in units]),
        light=np.array([u.kind in LIGHT for u in units]),
        quality=np.array([u.quality / 100.0 for u in units]),
        fixed_points=np.array([_fixed(u) for u in units], np.int16).reshape(-1, 4),
        home=home,
        patrol_m=np.array([u.patrol_km * 1000 for u in units], np.int32),
        march_m=np.array([MARCH_KM[u.kind] * 1000 for u in units], np.int32),
        start=np.array([index.places[u.place] for u in units], np.int16),
        appears=np.where(appears < 0, NEVER, appears).astype(np.int16),
        held_back=np.array([key in arriving for key in scenario.units]) | (appears > 0),
        underground=np.array([u.stance == "lie_low" for u in units]),
        men=men,
        men_low=low,
        men_high=high,
    )


def _fixed(unit: Unit) -> tuple[int, int, int, int]:
    """Cadre and leadership in points, ghosts in per cent of full effect, unpaid as 0 or 1."""
    ghosts = min(max((unit.ghost_share - GHOSTS_FROM) / (GHOSTS_FULL - GHOSTS_FROM), 0.0), 1.0)
    return unit.cadre, unit.leadership, round(100 * ghosts), int(unit.unpaid)


def _people(scenario: Scenario, index: Names, roads: Network) -> People:
    groups = list(scenario.groups.values())
    homes = [(g, index.places[p], share) for g, group in enumerate(groups) for p, share in group.shares.items()]
    residents = _ranges([scenario.places[p].people for p in index.places])
    group, place = (np.array([h[i] for h in homes], np.int16) for i in (0, 1))
    share = np.array([h[2] for h in homes])
    persons, low, high = (np.round(r[place] * share).astype(np.int32) for r in residents)
    away = np.zeros((3, len(groups), len(index.places)), np.int32)
    for number, one in enumerate(groups):
        for lot in one.displaced:
            away[:, number, index.places[lot.place]] = (lot.people.value, lot.people.low, lot.people.high)
    persons = _without_displaced(persons, group, away[0])
    communities = list(scenario.communities.values())
    return People(
        group_ids=tuple(scenario.groups),
        community_ids=tuple(scenario.communities),
        group_community=np.array([index.communities[g.community] for g in groups], np.int8),
        home_group=group,
        home_place=place,
        group_starts=np.flatnonzero(np.diff(group, prepend=-1)),
        homed=np.unique(group).astype(np.int64),
        persons=persons,
        persons_low=np.minimum(low, persons),
        persons_high=np.maximum(high, persons),
        displaced=away[0],
        displaced_low=away[1],
        displaced_high=away[2],
        vulnerability=np.array([(c.low, c.vulnerability, c.high) for c in communities]).reshape(-1, 3),
        mobile=np.array([c.mobile for c in communities]),
        draw=_draw(scenario, index, residents[0]),
        road_pull=roads.road_pull,
        feared=index.factions.get(FEARED, NOBODY),
        capacity=(residents[0] * SHELTER_SHARE).astype(np.int64) + 500,
        home_near=roads.home_near,
        threat_weight=roads.threat_weight,
        threat_before=_threat_before(scenario, index, roads),
    )


def _threat_before(scenario: Scenario, index: Names, roads: Network) -> Floats:
    """The threat that people lived with on the first evening, shape (P,)."""
    feared = {FEARED}
    hostile = [c.holder in feared or c.contested_by in feared for c in (scenario.opening[p] for p in index.places)]
    felt: Floats = roads.threat_weight[hostile].sum(axis=0) / 1000.0
    return felt


def _without_displaced(persons: Ints, group: Shorts, away: Ints) -> Ints:
    """Residents less those of their group who are already away, in proportion."""
    gone = away.sum(axis=1, dtype=np.int64)[group]
    whole = np.bincount(group, persons, minlength=len(away))[group]
    return np.maximum(persons - np.round(persons * gone / np.maximum(whole, 1)), 0).astype(np.int32)


def _draw(scenario: Scenario, index: Names, residents: Ints) -> Floats:
    size = [math.pow(max(int(r), 1) / 1e5, SIZE_PULL) if r else _OPEN_PULL for r in residents]
    pull = np.repeat(np.array(size)[None, :], len(index.communities), axis=0)
    for affinity in scenario.affinities:
        pull[index.communities[affinity.community], index.places[affinity.place]] *= math.exp(affinity.pull)
    rounded: Floats = pull.round(6)
    return rounded
