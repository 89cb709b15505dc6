"""Rulebook 4.6: where enemies share a place they fight; attackers are thrown back or get a foothold.

Losses follow Lanchester's square law: each side loses in proportion to the enemy's aimed fire, defenders behind cover
less (Deitchman 1962 and Schaffer 1968 argue for a form of it in guerrilla war). Only as many men fight as the place
has room for, and only as many as their nerve brings forward, so that headcount alone decides nothing.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bools, Floats, Ints
from offensive_sim.engine.presence import Standing, faced_by, men_needed, standing_units
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Battle:
    """The day's fighting."""

    fought: Bools  # (R, P)
    power: Floats  # (R, B, P) fighting power of each side, men in the open equivalents
    enemy: Floats  # (R, B, P) of the sides hostile to it, where it has men and the front has not settled
    loss: Ints  # (R, U) men
    thrown_back: Bools  # (R, U) attackers who must leave


def fight(
    world: World, rates: Rates, seen: State, ground: tuple[Ints, Bools], u: tuple[Floats, Floats]
) -> Battle:
    """Resolve the day's fighting; ``ground`` = works (R, B, P) points and where somebody presses (R, P).

    ``u`` = uniforms (R, P) and (R, U). Where nobody presses, sides share the place as if the other were not there.
    """
    works, pressed = ground
    standing = standing_units(world, seen)
    power = _power(world, rates, seen, standing, works)
    against = np.where(standing.here(pressed), faced_by(world, standing, power), 0.0)
    enemy = np.zeros(power.shape)
    enemy.reshape(-1)[standing.cell] = against
    own = standing.own(power)
    met = np.flatnonzero((own > 0) & (against > 0))
    fought = np.zeros(seen.control.shape, np.bool_)
    loss = np.zeros(seen.men.shape, np.int32)
    thrown_back = np.zeros(seen.men.shape, np.bool_)
    if len(met):
        side = _Side(standing.only(met), own[met], against[met])
        row, unit, place = side.units.row, side.units.unit, side.units.place
        fought[row, place] = True
        loss[row, unit] = _losses(rates, seen, side, u[1])
        gives_way = world.units.light[unit] & ~world.units.home[unit, place]
        repelled = _repelled(world, rates, seen, side, u[0])
        thrown_back[row, unit] = repelled | (_yielding(rates, seen, side) & gives_way)
    return Battle(fought=fought, power=power, enemy=enemy, loss=loss, thrown_back=thrown_back)


@dataclass(frozen=True)
class _Side:
    """The units in the day's fighting, one row each, with the power of their side and of its enemies there."""

    units: Standing
    own: Floats  # (N,)
    against: Floats  # (N,)

    @property
    def share(self) -> Floats:
        """Of all the fighting power there."""
        return self.own / np.maximum(self.own + self.against, 1.0)


def _power(world: World, rates: Rates, seen: State, standing: Standing, works: Ints) -> Floats:
    """Men x quality x nerve x weapons, as far as there is room, x cover; by side and place, shape (R, B, P)."""
    row, unit, place = standing.row, standing.unit, standing.place
    nerve = np.clip(standing.of(seen.nerve) / 100.0, rates.nerve_floor[row], 1.0)
    ready = seen.kit_ready.astype(np.float64)
    armed = 1.0 + rates.kit_worth[:, None] * ready / (ready + rates.kit_half[:, None])
    single = standing.of(seen.men) * world.units.quality[unit] * nerve * armed[row, standing.side]
    power = standing.summed(single)
    at_cell = standing.own(power)
    room = world.places.frontage[place]
    fits = at_cell * room / (at_cell + room)
    cover = world.places.cover[place] + standing.own(works) / 20.0
    power.reshape(-1)[standing.cell] = np.where(standing.here(seen.control) == standing.side, fits * cover, fits)
    return power


def _losses(rates: Rates, seen: State, side: _Side, u: Floats) -> Ints:
    """Men lost by each unit in the fighting, shape (N,)."""
    row, unit = side.units.row, side.units.unit
    share = np.minimum(rates.loss_rate[row] * side.against / np.maximum(side.own, 1.0), rates.loss_cap[row])
    men = seen.men[row, unit]
    return np.minimum(rounded(share * men, u[row, unit]), men)


def _repelled(world: World, rates: Rates, seen: State, side: _Side, u: Floats) -> Bools:
    """Units thrown out of places that their side does not hold, shape (N,).

    Too small a share of the fighting power, or, for the feared side among people who fear it, too few men.
    """
    row, place, mine = side.units.row, side.units.place, side.units.side
    foothold = seen.contested_by[row, place] == mine
    luck = (u[row, place] - 0.5) * rates.battle_spread[row]
    need = np.where(foothold, rates.expel_share[row], rates.repulse_share[row])
    outnumbered = side.share < need + luck
    feared = mine == world.people.feared
    if feared.any():
        men = side.units.summed(seen.men[row, side.units.unit]).reshape(-1)[side.units.cell]
        needed = men_needed(world, rates, seen, row, place)
        outnumbered |= feared & ~foothold & (men < needed)
    return outnumbered & world.factions.hostile[mine, seen.control[row, place]]


def _yielding(rates: Rates, seen: State, side: _Side) -> Bools:
    """Units whose side holds the place and is outmatched there, shape (N,): the light ones leave."""
    row, place = side.units.row, side.units.place
    return (seen.control[row, place] == side.units.side) & (side.share < rates.yield_share[row])
