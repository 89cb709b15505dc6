"""The signed reasons for which a unit stands or breaks: one array a factor, so that any view can show why."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, OFF_MAP, Bools, Bytes, Longs, Shorts, Status
from offensive_sim.engine.camps import Several
from offensive_sim.engine.cells import cells_of, pick
from offensive_sim.engine.effects import Placed, in_force
from offensive_sim.engine.journal import Factor
from offensive_sim.engine.lasting import MOST_POINTS, Ground, Lasting
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.noise import Noise
from offensive_sim.engine.power import Power
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Pressure:
    """What the day's other phases tell cohesion; all arrays R first."""

    beside: Longs  # (N,) cells in an array (R, U) of units that may share a place with an enemy, others among them
    power: Power
    enemy: Several
    noise: Noise  # of air strikes
    supported: Placed
    works: Placed  # points, on top of what is always there
    airlift: Placed


@dataclass(frozen=True)
class Scales:
    """One evening on which units are tested; what several tests look up is worked out once."""

    world: World
    rates: Rates
    seen: State
    pressure: Pressure
    run: Lasting

    def points_of(self, who: Standing) -> Shorts:
        """Signed points by factor of the tested units, shape (factors, N); without shock and luck.

        What is there in full or not at all, starts as if it was there; commanders gone are left so.
        """
        world, rates, seen, pressure, run = self.world, self.rates, self.seen, self.pressure, self.run
        row, unit, place, side = who.row, who.unit, who.place, who.side
        ground = row * len(Ground) + pick(run.grounds, unit, place)
        hungry = np.maximum(who.of(seen.days_cut) - rates.stock_days.take(row), 0.0)
        doors = _NextDoor.of(world, seen, who)
        works = world.places.works.take(place) + pressure.works.at(row, side, place)
        points: Shorts = run.full.take(row, axis=1)
        points[Factor.HOME] = run.home.take(ground)
        points[Factor.CADRE] = run.cadre.take(unit)
        points[Factor.LEADERSHIP] = run.leadership.take(unit)
        points[Factor.HEADQUARTERS] *= _hq_here(world, seen, who)
        points[Factor.NO_WAY_OUT] *= doors.all_hostile(world, who) & (hungry <= 0)
        points[Factor.GROUND] *= world.places.river_bend.take(place)
        points[Factor.GROUND] = (points[Factor.GROUND] + works) * (who.here(seen.control) == side)
        points[Factor.RELIEF] *= _relief(rates, pressure, who, doors)
        points[Factor.AIR] = _air(world, rates, pressure, who)
        points[Factor.NEWS] = self._news_of(who)
        points[Factor.GHOSTS] = who.of(run.ghosts)
        points[Factor.UNPAID] *= run.unpaid.take(unit) if self._pay_as_ever else _unpaid(run, world, seen, row, unit)
        points[Factor.ESTRANGED] = run.estranged.take(ground)
        points[Factor.ISOLATION] = -np.minimum(rates.isolation_a_day.take(row) * hungry, MOST_POINTS).round()
        points[Factor.SHAKEN] *= _shaken(rates, seen, who)
        foe = pressure.enemy.at(side, who.spot)
        met = cells_of(foe > 0)
        if len(met):
            foe, row, side = foe.take(met), row.take(met), side.take(met)
            own = pressure.power.several.at(side, who.spot.take(met))
            points[Factor.ODDS, met] = (rates.odds.take(row) * ((own - foe) / np.maximum(own + foe, 1.0))).round()
            points[Factor.OUTGUNNED, met] = pick(self._outgunned, side, row)
        return points

    @kept
    def _news(self) -> tuple[Bools, Bools, Shorts, Shorts]:
        """Of effects on nerve in force today the replicas (E, R), units (E, U), place and points (E, 1)."""
        news = self.world.effects.nerve
        active = in_force(self.seen, news.trigger, news.days)
        some = cells_of(active.any(axis=0))
        place, points = news.place.take(some)[:, None], news.points.take(some)[:, None]
        return active.T.take(some, axis=0), news.units.take(some, axis=0), place, points

    def _news_of(self, who: Standing) -> Shorts:
        """Points from triggers in force, shape (N,)."""
        active, units, place, points = self._news
        hit = active.take(who.row, axis=1) & units.take(who.unit, axis=1)
        hit &= (place == OFF_MAP) | (place == who.place)
        return np.asarray((hit * points).sum(axis=0, dtype=np.int16))

    @kept
    def _pay_as_ever(self) -> bool:
        """Whether no trigger has happened that is about pay."""
        return not (self.seen.fired_on.take(self.world.effects.paid.triggers, axis=1) >= 0).any()

    @kept
    def _outgunned(self) -> Shorts:
        """Points for how far the best-armed enemy's captured vehicles outweigh a side's own, shape (B, R)."""
        rates, factions = self.rates, self.world.factions
        kit = self.seen.kit_ready.T[: factions.n_sides].astype(np.float64)
        share = kit / (kit + rates.kit_half)
        worst = np.zeros_like(share)
        have = set(cells_of(kit.any(axis=1)).tolist())
        for side, foe in factions.wars:
            if foe in have:
                np.maximum(worst[side], share[foe], out=worst[side])
        outgunned = rates.outgunned * np.maximum(worst - share, 0.0)
        return -np.round(outgunned).astype(np.int16)


@dataclass(frozen=True)
class _NextDoor:
    """Places one road away from where units stand, a row for each road."""

    which: Longs  # (M,) of the units
    spot: Longs  # (M,) of cells in an array (R, P)
    holder: Bytes  # (M,)

    @classmethod
    def of(cls, world: World, seen: State, who: Standing) -> "_NextDoor":
        """Every road out of every unit's place."""
        which, link = world.links.out_of.of(who.place)
        spot = who.row.take(which) * world.n_places + world.links.end.take(link)
        return cls(which, spot, seen.control.take(spot))

    def all_hostile(self, world: World, who: Standing) -> Bools:
        """Units with no neighbouring place that is held by nobody hostile, shape (N,)."""
        shut_in = np.ones(len(who.number), np.bool_)
        shut_in[self.which[~world.factions.fights(who.side.take(self.which), self.holder)]] = False
        return shut_in


def _hq_here(world: World, seen: State, who: Standing) -> Bools:
    """Whether the headquarters above stands at the same place with its commanders."""
    parent = world.units.parent.take(who.unit)
    above = who.number + (parent - who.unit)
    here = (parent != NOBODY) & (seen.unit_place.take(above) == who.place)
    here &= seen.status.take(above) == Status.ACTIVE.value
    leaves = world.effects.command_leaves
    for trigger, unit in zip(leaves.trigger, leaves.unit, strict=True):
        gone = seen.fired_on[:, trigger] >= 0
        if gone.any():
            here &= (parent != unit) | ~gone.take(who.row)
    return here


def _relief(rates: Rates, pressure: Pressure, who: Standing, doors: _NextDoor) -> Bools:
    """Whether help is at most one road away, or supply comes by air."""
    relieved = pressure.airlift.at(who.row, who.side, who.place) > 0
    held = cells_of(doors.holder == who.side.take(doors.which))
    which, spot = doors.which.take(held), doors.spot.take(held)
    enough = cells_of(pressure.power.at(who.side.take(which), spot) >= rates.relief_men.take(who.row.take(which)))
    which, spot = which.take(enough), spot.take(enough)
    relieved[which[pressure.enemy.at(who.side.take(which), spot) <= 0]] = True
    return relieved


def _air(world: World, rates: Rates, pressure: Pressure, who: Standing) -> np.ndarray:
    """Points for one's own aircraft overhead, less those for the enemy's, shape (N,)."""
    points, below = np.zeros(len(who.row)), cells_of(pressure.noise.loud.take(who.spot))
    if len(below):
        row, side = who.row.take(below), who.side.take(below)
        suffered = np.minimum(pressure.noise.suffered(world.factions, side, who.spot.take(below)), 4)
        cover = rates.air_cover_nerve.take(row) * (pressure.supported.at(row, side, who.place.take(below)) > 0)
        points[below] = (cover - rates.air_nerve.take(row) * suffered).round()
    return points


def _shaken(rates: Rates, seen: State, who: Standing) -> Bools:
    """Whether a unit broke lately, shape (N,)."""
    broke_on = who.of(seen.broke_on)
    return (broke_on >= 0) & (seen.day - broke_on <= rates.shaken_days.take(who.row))


def _unpaid(run: Lasting, world: World, seen: State, row: Longs, unit: Longs) -> Bools:
    """Whether a unit goes without pay; the newest trigger about it counts."""
    unpaid, paid = run.unpaid.take(unit), world.effects.paid
    spoken_of = np.zeros(world.n_units, np.bool_)
    spoken_of[paid.unit] = True
    some = cells_of(spoken_of.take(unit))
    since = np.where(unit[some, None] == paid.unit, seen.fired_on[row[some, None], paid.trigger], NEVER)
    newest = since.shape[1] - 1 - since[:, ::-1].argmax(axis=1)
    happened = since[np.arange(len(some)), newest] >= 0
    unpaid[some[happened]] = paid.value[newest[happened]] == 0
    return unpaid
