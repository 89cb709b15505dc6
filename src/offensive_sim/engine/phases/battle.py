"""Rulebook 4.6: where enemies share a place they fight; attackers are thrown back or get a foothold.

Losses follow Lanchester's square law: each side loses in proportion to the enemy's aimed fire, defenders behind cover
less (Deitchman 1962 and Schaffer 1968 argue for a form of it in guerrilla war). Only as many men fight as the place
has room for, and only as many as their nerve brings forward, so that headcount alone decides nothing.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bools, Floats, Ints
from offensive_sim.engine.cells import cells_of, pick
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.effects import Placed
from offensive_sim.engine.presence import Standing, beside_others, faced_by, men_needed
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
    world: World, rates: Rates, seen: State, standing: Standing, ground: tuple[Placed, Bools], luck: tuple[Luck, Luck]
) -> Battle:
    """Resolve the day's fighting; ``ground`` = works in points and where somebody presses (R, P).

    ``luck`` of places and of units. Where nobody presses, sides share the place as if the other were not there.
    """
    works, pressed = ground
    power = _power(world, rates, seen, standing, works)
    beside = standing.only(beside_others(standing))
    against, own = np.where(beside.here(pressed), faced_by(world, beside, power), 0.0), beside.own(power)
    enemy = np.zeros(power.shape)
    enemy.reshape(-1)[beside.cell] = against
    met = cells_of((own > 0) & (against > 0))
    fought = np.zeros(seen.control.shape, np.bool_)
    loss = np.zeros(seen.men.shape, np.int32)
    thrown_back = np.zeros(seen.men.shape, np.bool_)
    if len(met):
        side = _Side(beside.only(met), own[met], against[met])
        row, unit, place = side.units.row, side.units.unit, side.units.place
        fought[row, place] = True
        loss[row, unit] = _losses(rates, seen, side, luck[1])
        gives_way = world.units.light[unit] & ~world.units.home[unit, place] & ~_among_friends(world, side.units)
        repelled = _repelled(world, rates, seen, side, luck[0])
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


def _power(world: World, rates: Rates, seen: State, standing: Standing, works: Placed) -> Floats:
    """Men x quality x nerve x weapons, as far as there is room, x cover; by side and place, shape (R, B, P)."""
    row, unit, place, side = standing.row, standing.unit, standing.place, standing.side
    nerve = np.clip(standing.of(seen.nerve) / 100.0, rates.nerve_floor.take(row), 1.0)
    ready = seen.kit_ready.astype(np.float64)
    armed = 1.0 + rates.kit_worth[:, None] * ready / (ready + rates.kit_half[:, None])
    single = standing.of(seen.men) * world.units.quality.take(unit) * nerve * pick(armed, row, side)
    power = standing.summed(single)
    at_cell = standing.own(power)
    room = world.places.frontage.take(place)
    fits = at_cell * room / (at_cell + room)
    cover = world.places.cover.take(place) + works.at(row, side, place) / 20.0
    power.reshape(-1)[standing.cell] = np.where(standing.here(seen.control) == side, fits * cover, fits)
    return power


def _losses(rates: Rates, seen: State, side: _Side, luck: Luck) -> Ints:
    """Men lost by each unit in the fighting, shape (N,)."""
    row, unit = side.units.row, side.units.unit
    share = np.minimum(rates.loss_rate[row] * side.against / np.maximum(side.own, 1.0), rates.loss_cap[row])
    men = seen.men[row, unit]
    return np.minimum(rounded(share * men, luck.at(row, unit)), men)


def _repelled(world: World, rates: Rates, seen: State, side: _Side, luck: Luck) -> Bools:
    """Units thrown out of places that their side does not hold, shape (N,).

    Too small a share of the fighting power, or, for the feared side among people who fear it, too few men.
    """
    row, place, mine = side.units.row, side.units.place, side.units.side
    foothold = seen.contested_by[row, place] == mine
    wobble = (luck.at(row, place) - 0.5) * rates.battle_spread[row]
    need = np.where(foothold, rates.expel_share[row], rates.repulse_share[row])
    outnumbered = side.share < need + wobble
    newcomers = cells_of((mine == world.people.feared) & ~foothold)
    if len(newcomers):
        units = side.units.only(newcomers)
        needed = men_needed(world, rates, seen, units.row, units.place)
        outnumbered[newcomers] |= units.together(units.of(seen.men)) < needed
    return outnumbered & world.factions.hostile[mine, seen.control[row, place]]


def _among_friends(world: World, who: Standing) -> Bools:
    """Units in towns that see an enemy of theirs as strangers, shape (N,): people there take them in."""
    enemies = world.factions.hostile[who.side]
    return np.asarray((enemies & world.places.estranged[:, who.place].T).any(axis=1))


def _yielding(rates: Rates, seen: State, side: _Side) -> Bools:
    """Units whose side holds the place and is outmatched there, shape (N,): the light ones leave."""
    row, place = side.units.row, side.units.place
    return (seen.control[row, place] == side.units.side) & (side.share < rates.yield_share[row])
