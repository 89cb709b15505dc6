"""The signed reasons for which a unit stands or breaks: one array a factor, so that any view can show why."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NEVER, OFF_MAP, Bools, Bytes, Floats, Ints, Longs, Shorts, Status
from offensive_sim.engine.camps import Held, Several
from offensive_sim.engine.cells import cells_of, pick, where
from offensive_sim.engine.effects import NerveEffects, Placed, UnitEffects, in_force
from offensive_sim.engine.journal import Factor
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import Ground, World

CADRE, LEADERSHIP, GHOSTS, UNPAID = range(4)
"""Columns of ``Units.fixed_points``."""
_MOST_POINTS: Final = 120


@dataclass(frozen=True)
class Pressure:
    """What the day's other phases tell cohesion; all arrays R first."""

    power: Held
    enemy: Several
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
    ground = pick(world.grounds, unit, place)
    holy = ((ground == Ground.SHRINE) | (ground == Ground.STRANGE_SHRINE)) * rates.shrine[row]
    points[:, Factor.HOME] = np.round(np.where(ground == Ground.HOME, rates.home[row], holy))
    points[:, Factor.CADRE] = units.fixed_points[unit, CADRE]
    points[:, Factor.LEADERSHIP] = units.fixed_points[unit, LEADERSHIP]
    points[:, Factor.HEADQUARTERS] = np.round(rates.headquarters[row] * _hq_here(world, seen, who))
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
    points[:, Factor.NEWS] = _news(world, seen, who)
    own, foe = pressure.power.at(side, who.spot), pressure.enemy.at(side, who.spot)
    odds = np.where(foe > 0, (own - foe) / np.maximum(own + foe, 1.0), 0.0)
    points[:, Factor.ODDS] = np.round(rates.odds[row] * odds)
    outgunned = _outgunned(world, rates, seen, row, side) * (foe > 0)
    points[:, Factor.OUTGUNNED] = -np.round(rates.outgunned[row] * outgunned)
    points[:, Factor.GHOSTS] = -np.round(rates.ghosts[row] * units.fixed_points[unit, GHOSTS] / 100.0)
    points[:, Factor.UNPAID] = -np.round(rates.unpaid[row] * _unpaid(world, seen, row, unit))
    strange = (ground == Ground.STRANGE) | (ground == Ground.STRANGE_SHRINE)
    points[:, Factor.ESTRANGED] = -np.round(rates.estranged[row] * strange)
    points[:, Factor.ISOLATION] = -np.round(np.minimum(rates.isolation_a_day[row] * hungry, _MOST_POINTS))
    broke_on = who.of(seen.broke_on)
    lately = (broke_on >= 0) & (seen.day - broke_on <= rates.shaken_days[row])
    points[:, Factor.SHAKEN] = -np.round(rates.shaken[row] * lately)
    return points


def at_rest(world: World, rates: Rates, seen: State) -> Floats:
    """Nerve of units whom nothing presses, shape (R, U): what no day changes, where they stand."""
    units = world.units
    lasting = rates.base[:, None] + (units.fixed_points[:, CADRE] + units.fixed_points[:, LEADERSHIP])
    lasting = lasting - rates.ghosts[:, None] * (units.fixed_points[:, GHOSTS] / 100.0)
    lasting -= rates.unpaid[:, None] * (units.fixed_points[:, UNPAID] > 0)
    here = np.zeros((seen.replicas, len(Ground)))
    here[:, Ground.HOME], here[:, Ground.SHRINE] = rates.home, rates.shrine
    here[:, Ground.STRANGE], here[:, Ground.STRANGE_SHRINE] = -rates.estranged, rates.shrine - rates.estranged
    ground = pick(world.grounds, np.arange(world.n_units), np.maximum(seen.unit_place, 0))
    return lasting + pick(here, np.arange(seen.replicas)[:, None], ground)


def _way_out(world: World, seen: State, who: Standing) -> Bools:
    """Whether a neighbouring place is held by nobody hostile."""
    neighbour = world.links.neighbour.take(who.place, axis=0)
    hostile = world.factions.fights(who.side[:, None], _holders(seen, who, neighbour))
    return np.asarray(((neighbour >= 0) & ~hostile).any(axis=1))


def _holders(seen: State, who: Standing, places: Shorts) -> Bytes:
    """Who holds some ``places`` (N, K) in the replicas of units; anybody where there is no place."""
    return pick(seen.control, who.row[:, None], np.maximum(places, 0))


def _hq_here(world: World, seen: State, who: Standing) -> Bools:
    """Whether the headquarters above stands at the same place with its commanders."""
    parent = world.units.parent.take(who.unit).astype(np.int64)
    here = (parent >= 0) & (pick(seen.unit_place, who.row, parent) == who.place)
    here &= pick(seen.status, who.row, parent) == Status.ACTIVE
    leaves = world.effects.command_leaves
    for trigger, unit in zip(leaves.trigger, leaves.unit, strict=True):
        here &= ~((parent == unit) & (seen.fired_on[who.row, trigger] >= 0))
    return here


def _relief(world: World, rates: Rates, seen: State, pressure: Pressure, who: Standing) -> Bools:
    """Whether help is at most one road away, or supply comes by air."""
    neighbour = world.links.neighbour.take(who.place, axis=0)
    held = (neighbour >= 0) & (_holders(seen, who, neighbour) == who.side[:, None])
    which, slot = where(held)
    side, spot = who.side[which], who.spot[which] + (neighbour[which, slot] - who.place[which])
    quiet = pressure.enemy.at(side, spot) <= 0
    help_ = quiet & (pressure.power.at(side, spot) >= rates.relief_men[who.row[which]])
    relieved = pressure.airlift.at(who.row, who.side, who.place) > 0
    relieved[which[help_]] = True
    return relieved


def _news(world: World, seen: State, who: Standing) -> Shorts:
    """Points from triggers in force."""
    news: NerveEffects = world.effects.nerve
    active = in_force(seen, news.trigger, news.days)
    some = cells_of(active.any(axis=0))
    there = (news.place[some] == OFF_MAP) | (news.place[some] == who.place[:, None])
    hit = active[:, some].take(who.row, axis=0) & news.units[some].T.take(who.unit, axis=0) & there
    return (hit * news.points[some]).sum(axis=1, dtype=np.int16)


def _outgunned(world: World, rates: Rates, seen: State, row: Longs, side: Longs) -> Floats:
    """0 to 1: how far the best-armed enemy's captured vehicles outweigh one's own."""
    kit = seen.kit_ready.astype(np.float64)
    share = kit / (kit + rates.kit_half[:, None])
    foes = world.factions.hostile[side, : world.factions.n_sides]
    worst = (foes * share[row, : world.factions.n_sides]).max(axis=1, initial=0.0)
    return np.maximum(worst - pick(share, row, side), 0.0)


def _unpaid(world: World, seen: State, row: Longs, unit: Longs) -> Bools:
    """Whether a unit goes without pay; the newest trigger about it counts."""
    unpaid = world.units.fixed_points[unit, UNPAID] > 0
    paid: UnitEffects = world.effects.paid
    spoken_of = np.zeros(world.n_units, np.bool_)
    spoken_of[paid.unit] = True
    some = cells_of(spoken_of.take(unit))
    if len(some):
        since = np.where(unit[some, None] == paid.unit, seen.fired_on[row[some, None], paid.trigger], NEVER)
        newest = since.shape[1] - 1 - since[:, ::-1].argmax(axis=1)
        happened = since[np.arange(len(some)), newest] >= 0
        unpaid[some[happened]] = paid.value[newest[happened]] == 0
    return unpaid
