"""The signed reasons for which a unit stands or breaks: one array a factor, so that any view can show why."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bools, Floats, Ints, Longs, Shorts, Status
from offensive_sim.engine.effects import NerveEffects, Placed, UnitEffects, in_force
from offensive_sim.engine.journal import Factor
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

CADRE, LEADERSHIP, GHOSTS, UNPAID = range(4)
"""Columns of ``Units.fixed_points``."""
_MOST_POINTS: Final = 120


@dataclass(frozen=True)
class Pressure:
    """What the day's other phases tell cohesion; all arrays R first."""

    power: Floats  # (R, B, P)
    enemy: Floats  # (R, B, P)
    suffered: Ints  # (R, B, P) air strikes
    supported: Placed
    works: Placed  # points, on top of what is always there
    airlift: Placed


def points_of(world: World, rates: Rates, seen: State, pressure: Pressure, who: Standing) -> np.ndarray:
    """Signed points by factor of the tested units, shape (N, factors) int16."""
    row, unit, place, side = who.row, who.unit, who.place, who.side
    units, places = world.units, world.places
    points = np.zeros((len(row), len(Factor)), np.int16, order="F")
    points[:, Factor.BASE] = np.round(rates.base[row])
    at_home = units.home[unit, place]
    points[:, Factor.HOME] = np.round(np.where(at_home, rates.home[row], places.shrine[place] * rates.shrine[row]))
    points[:, Factor.CADRE] = units.fixed_points[unit, CADRE]
    points[:, Factor.LEADERSHIP] = units.fixed_points[unit, LEADERSHIP]
    points[:, Factor.HEADQUARTERS] = np.round(rates.headquarters[row] * _hq_here(world, seen, row, unit, place))
    hungry = np.maximum(who.of(seen.days_cut) - rates.stock_days[row], 0.0)
    cornered = ~_way_out(world, seen, who) & (hungry <= 0)
    points[:, Factor.NO_WAY_OUT] = np.round(rates.no_way_out[row] * cornered)
    holds = who.here(seen.control) == side
    bend = rates.river_bend[row] * places.river_bend[place] * holds
    works = places.works[place] + pressure.works.at(row, side, place)
    points[:, Factor.GROUND] = np.round(bend) + np.where(holds, works, 0)
    points[:, Factor.RELIEF] = np.round(rates.relief[row] * _relief(world, rates, seen, pressure, who))
    air = rates.air_cover_nerve[row] * (pressure.supported.at(row, side, place) > 0)
    points[:, Factor.AIR] = np.round(air - rates.air_nerve[row] * np.minimum(who.own(pressure.suffered), 4))
    points[:, Factor.NEWS] = _news(world, seen, row, unit, place)
    own, foe = who.own(pressure.power), who.own(pressure.enemy)
    odds = np.where(foe > 0, (own - foe) / np.maximum(own + foe, 1.0), 0.0)
    points[:, Factor.ODDS] = np.round(rates.odds[row] * odds)
    outgunned = _outgunned(world, rates, seen, row, side) * (foe > 0)
    points[:, Factor.OUTGUNNED] = -np.round(rates.outgunned[row] * outgunned)
    ghosts = np.round(rates.ghosts[row] * units.fixed_points[unit, GHOSTS] / 100.0)
    points[:, Factor.GHOSTS] = -ghosts
    points[:, Factor.UNPAID] = -np.round(rates.unpaid[row] * _unpaid(world, seen, row, unit))
    strange = places.estranged[units.faction[unit], place] & ~at_home
    points[:, Factor.ESTRANGED] = -np.round(rates.estranged[row] * strange)
    points[:, Factor.ISOLATION] = -np.round(np.minimum(rates.isolation_a_day[row] * hungry, _MOST_POINTS))
    broke_on = who.of(seen.broke_on)
    lately = (broke_on >= 0) & (seen.day - broke_on <= rates.shaken_days[row])
    points[:, Factor.SHAKEN] = -np.round(rates.shaken[row] * lately)
    return points


def at_rest(world: World, rates: Rates, seen: State) -> Floats:
    """Nerve of units whom nothing presses, shape (R, U): what no day changes, where they stand."""
    units, places = world.units, world.places
    place, every = np.maximum(seen.unit_place, 0), np.arange(world.n_units)
    at_home = units.home[every, place]
    points = rates.base[:, None] + units.fixed_points[:, CADRE] + units.fixed_points[:, LEADERSHIP]
    points = points + np.where(at_home, rates.home[:, None], places.shrine[place] * rates.shrine[:, None])
    points = points - rates.ghosts[:, None] * units.fixed_points[:, GHOSTS] / 100.0
    strange = places.estranged[units.faction, place] & ~at_home
    return points - rates.unpaid[:, None] * (units.fixed_points[:, UNPAID] > 0) - rates.estranged[:, None] * strange


def _way_out(world: World, seen: State, who: Standing) -> Bools:
    """Whether a neighbouring place is held by nobody hostile."""
    neighbour = world.links.neighbour[who.place]
    holder = seen.control.reshape(-1)[who.spot[:, None] + np.where(neighbour >= 0, neighbour - who.place[:, None], 0)]
    return np.asarray(((neighbour >= 0) & ~world.factions.hostile[who.side[:, None], holder]).any(axis=1))


def _hq_here(world: World, seen: State, row: Longs, unit: Longs, place: Longs) -> Bools:
    """Whether the headquarters above stands at the same place with its commanders."""
    parent = world.units.parent[unit].astype(np.int64)
    beside = (seen.unit_place[row, parent] == place) & (seen.status[row, parent] == Status.ACTIVE)
    stayed = ~(left_by_commanders(seen, world.effects.command_leaves)[row, parent])
    return (parent >= 0) & beside & stayed


def _relief(world: World, rates: Rates, seen: State, pressure: Pressure, who: Standing) -> Bools:
    """Whether help is at most one road away, or supply comes by air."""
    neighbour = world.links.neighbour[who.place]
    away = np.where(neighbour >= 0, neighbour - who.place[:, None], 0)
    cell = who.cell[:, None] + away
    held = (neighbour >= 0) & (seen.control.reshape(-1)[who.spot[:, None] + away] == who.side[:, None])
    help_ = held & (pressure.enemy.reshape(-1)[cell] <= 0)
    men = np.where(help_, pressure.power.reshape(-1)[cell], 0.0)
    airlift = pressure.airlift.at(who.row, who.side, who.place) > 0
    return (men >= rates.relief_men[who.row][:, None]).any(axis=1) | airlift


def _news(world: World, seen: State, row: Longs, unit: Longs, place: Longs) -> Shorts:
    """Points from triggers in force."""
    news: NerveEffects = world.effects.nerve
    points = np.zeros(len(row), np.int16)
    active = in_force(seen, news.trigger, news.days)
    for effect in np.flatnonzero(active.any(axis=0)):
        hit = active[row, effect] & news.units[effect, unit]
        if news.place[effect] >= 0:
            hit &= place == news.place[effect]
        points += hit * news.points[effect]
    return points


def _outgunned(world: World, rates: Rates, seen: State, row: Longs, side: Longs) -> Floats:
    """0 to 1: how far the best-armed enemy's captured vehicles outweigh one's own."""
    kit = seen.kit_ready.astype(np.float64)
    share = kit / (kit + rates.kit_half[:, None])
    worst = np.zeros(len(row))
    for enemy in range(world.factions.n_sides):
        fights = world.factions.hostile[side, enemy]
        worst = np.maximum(worst, fights * share[row, enemy])
    return np.maximum(worst - share[row, side], 0.0)


def _unpaid(world: World, seen: State, row: Longs, unit: Longs) -> Bools:
    """Whether a unit goes without pay; the newest trigger about it counts."""
    unpaid = world.units.fixed_points[unit, UNPAID] > 0
    newest = np.full(len(row), -1, np.int16)
    paid: UnitEffects = world.effects.paid
    for effect in range(len(paid.trigger)):
        since = seen.fired_on[row, paid.trigger[effect]]
        applies = (since >= 0) & (since >= newest) & (unit == paid.unit[effect])
        unpaid = np.where(applies, paid.value[effect] == 0, unpaid)
        newest = np.where(applies, since, newest)
    return unpaid


def left_by_commanders(seen: State, leaves: UnitEffects) -> Bools:
    """Headquarters whose commanders have left, shape (R, U)."""
    gone = np.zeros(seen.men.shape, np.bool_)
    for effect, unit in enumerate(leaves.unit):
        gone[:, unit] |= seen.fired_on[:, leaves.trigger[effect]] >= 0
    return gone


