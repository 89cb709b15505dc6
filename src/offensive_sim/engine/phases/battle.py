"""Rulebook 4.6: where enemies share a place they fight; attackers are thrown back or get a foothold.

Losses follow Lanchester's square law: each side loses in proportion to the enemy's aimed fire, defenders behind cover
less (Deitchman 1962 and Schaffer 1968 argue for a form of it in guerrilla war). Only as many men fight as the place
has room for, and only as many as their nerve brings forward, so that headcount alone decides nothing.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.camps import Several
from offensive_sim.engine.cells import cells_of, pick
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.effects import Placed
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.power import Power
from offensive_sim.engine.presence import Standing, men_needed
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Battle:
    """The day's fighting."""

    fought: Bools  # (R, P)
    beside: Longs  # (N,) cells in an array (R, U) of units that share a place with another side's ...
    power: Power  # fighting power of each side
    enemy: Several  # of the sides hostile to it, where it has men and the front has not settled
    faced: Longs  # (N,) cells of units whose side faces such enemies
    hit: Longs  # (N,) cells of units in the fighting ...
    loss: Ints  # (N,) ... and the men that each loses
    thrown_back: Longs  # (N,) cells of attackers who must leave

    def share_of(self, side: int) -> Floats:
        """A side's share of the fighting power where it fights, none elsewhere; shape (R, P)."""
        share = np.zeros(self.fought.shape)
        spot = cells_of(self.fought) if side != NOBODY else cells_of(())
        mine = np.full(len(spot), side)
        own, foe = self.power.several.at(mine, spot), self.enemy.at(mine, spot)
        share.reshape(-1)[spot] = own / np.maximum(own + foe, 1.0)
        return share


def fight(
    world: World, rates: Rates, seen: State, standing: Standing, ground: tuple[Placed, Bools], luck: tuple[Luck, Luck]
) -> Battle:
    """Resolve the day's fighting; ``luck`` of places and of units.

    ``ground`` = works in points, and at which of the spots that several sides share somebody presses (M,). Where nobody
    does, sides share the place as if the other were not there.
    """
    works, pressed = ground
    camps = standing.camps
    power = Power.of(world, rates, seen, standing, works)
    faced = _of_enemies(world, power.several)
    faced[:, 1:] *= camps.present[:, 1:] & pressed
    enemy = Several(camps, faced)
    own, against = power.several.each.take(camps.column), enemy.each.take(camps.column)
    beside = standing.number.take(camps.guests)
    met = cells_of((own > 0) & (against > 0))
    units = standing.only(camps.guests.take(met))
    fought = np.zeros(seen.control.shape, np.bool_)
    fought.reshape(-1)[units.spot] = True
    loss, leaves = np.zeros(0, np.int32), np.zeros(0, np.bool_)
    if len(met):
        side = _Side(units, own.take(met), against.take(met))
        loss = _losses(rates, seen, side, luck[1])
        leaves = _repelled(world, rates, seen, side, luck[0]) | _gives_way(world, rates, seen, side)
    return Battle(fought, beside, power, enemy, beside[against > 0], units.number, loss, units.number[leaves])


@dataclass(frozen=True)
class _Side:
    """The units in the day's fighting, one row each, with the power of their side and of its enemies there."""

    units: Standing
    own: Floats  # (N,)
    against: Floats  # (N,)

    @kept
    def share(self) -> Floats:
        """Of all the fighting power there."""
        return self.own / np.maximum(self.own + self.against, 1.0)


def _of_enemies(world: World, power: Several) -> Floats:
    """Power of the sides hostile to each, at the spots that several share, shape (B, M + 1); added side by side."""
    enemies = np.zeros(power.each.shape)
    for side, other in world.factions.wars:
        enemies[side] += power.each[other]
    return enemies


def _losses(rates: Rates, seen: State, side: _Side, luck: Luck) -> Ints:
    """Men lost by each unit in the fighting, shape (N,)."""
    row = side.units.row
    share = rates.loss_rate.take(row) * side.against / np.maximum(side.own, 1.0)
    men = side.units.of(seen.men)
    lost = rounded(np.minimum(share, rates.loss_cap.take(row)) * men, luck.at(row, side.units.unit))
    return np.minimum(lost, men)


def _repelled(world: World, rates: Rates, seen: State, side: _Side, luck: Luck) -> Bools:
    """Units thrown out of places that their side does not hold, shape (N,).

    Too small a share of the fighting power, or, for the feared side among people who fear it, too few men.
    """
    row, mine = side.units.row, side.units.side
    foothold = side.units.here(seen.contested_by) == mine
    wobble = (luck.at(row, side.units.place) - 0.5) * rates.battle_spread.take(row)
    need = np.where(foothold, rates.expel_share.take(row), rates.repulse_share.take(row))
    outnumbered = side.share < need + wobble
    newcomers = cells_of((mine == world.people.feared) & ~foothold)
    if len(newcomers):
        units = side.units.only(newcomers)
        together = np.bincount(units.spot, units.of(seen.men), seen.control.size).take(units.spot)
        outnumbered[newcomers] |= together < men_needed(world, rates, seen, units.row, units.place)
    return outnumbered & world.factions.fights(mine, side.units.here(seen.control))


def _gives_way(world: World, rates: Rates, seen: State, side: _Side) -> Bools:
    """Light units away from home whose side holds the place and is outmatched there, shape (N,): they leave.

    Not where people see an enemy of theirs as strangers: there they are taken in.
    """
    units = side.units
    outmatched = side.share < rates.yield_share.take(units.row)
    leaves = outmatched & world.units.light.take(units.unit) & (units.here(seen.control) == units.side)
    at_home = pick(world.units.home, units.unit, units.place) | pick(world.takes_in, units.side, units.place)
    return leaves & ~at_home
