"""Rulebook 4.6: where enemies share a place they fight; attackers are thrown back or get a foothold.

Losses follow Lanchester's square law: each side loses in proportion to the enemy's aimed fire, defenders behind cover
less (Deitchman 1962 and Schaffer 1968 argue for a form of it in guerrilla war). Only as many men fight as the place
has room for, and only as many as their nerve brings forward, so that headcount alone decides nothing.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Bytes, Floats, Ints
from offensive_sim.engine.presence import by_side_and_place, enemy_held, men_needed, of_enemies, on_ground
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Battle:
    """The day's fighting."""

    fought: Bools  # (R, P)
    power: Floats  # (R, B, P) fighting power of each side, men in the open equivalents
    enemy: Floats  # (R, B, P) of the sides hostile to it
    loss: Ints  # (R, U) men
    thrown_back: Bools  # (R, U) attackers who must leave


def fight(world: World, rates: Rates, seen: State, works: Ints, u: tuple[Floats, Floats]) -> Battle:
    """Resolve the day's fighting; ``works`` (R, B, P) points, ``u`` = uniforms (R, P) and (R, U)."""
    standing = on_ground(world, seen)
    power = _power(world, rates, seen, standing, works)
    enemy = of_enemies(world, power)
    meets = (power > 0) & (enemy > 0)
    fought = np.asarray(meets.any(axis=1))
    loss = np.zeros(seen.men.shape, np.int32)
    thrown_back = np.zeros(seen.men.shape, np.bool_)
    if fought.any():
        loss = _losses(world, rates, seen, (standing, power, enemy), u[1])
        repelled = _repelled(world, rates, seen, (power, enemy), u[0])
        yields = _yielding(world, rates, seen, (power, enemy))
        row, unit = np.nonzero(standing)
        cell = (row, world.units.side[unit], seen.unit_place[row, unit])
        gives_way = world.units.light[unit] & ~world.units.home[unit, cell[2]]
        thrown_back[row, unit] = repelled[cell] | (yields[cell] & gives_way)
    return Battle(fought=fought, power=power, enemy=enemy, loss=loss, thrown_back=thrown_back)


def _power(world: World, rates: Rates, seen: State, standing: Bools, works: Ints) -> Floats:
    """Fighting power by side and place: men x quality x nerve x weapons, as far as there is room, x cover."""
    nerve = np.clip(seen.nerve / 100.0, rates.nerve_floor[:, None], 1.0)
    kit = seen.kit_ready[:, world.units.side].astype(np.float64)
    armed = 1.0 + rates.kit_worth[:, None] * kit / (kit + rates.kit_half[:, None])
    single = seen.men * world.units.quality[None, :] * nerve * armed
    raw = by_side_and_place(world, seen, single, standing)
    room = world.places.frontage[None, None, :]
    fits = raw * room / (raw + room)
    rows = np.arange(seen.replicas)[:, None]
    holder = seen.control.astype(np.int64)
    place = np.arange(world.n_places)[None, :]
    cover = world.places.cover[None, :] + works[rows, holder, place] / 20.0
    fits[rows, holder, place] *= cover
    return fits


def _losses(
    world: World, rates: Rates, seen: State, sides: tuple[Bools, Floats, Floats], u: Floats
) -> Ints:
    standing, power, enemy = sides
    row, unit = np.nonzero(standing)
    cell = (row, world.units.side[unit], seen.unit_place[row, unit])
    against, own = enemy[cell], power[cell]
    hit = against > 0
    row, unit, against, own = row[hit], unit[hit], against[hit], own[hit]
    share = np.minimum(rates.loss_rate[row] * against / np.maximum(own, 1.0), rates.loss_cap[row])
    loss = np.zeros(seen.men.shape, np.int32)
    loss[row, unit] = np.minimum(rounded(share * seen.men[row, unit], u[row, unit]), seen.men[row, unit])
    return loss


def _repelled(
    world: World, rates: Rates, seen: State, sides: tuple[Floats, Floats], u: Floats
) -> Bools:
    """Sides thrown out of places they do not hold, shape (R, B, P).

    Too small a share of the fighting power, or, for the feared side among people who fear it, too few men.
    """
    power, enemy = sides
    share = power / np.maximum(power + enemy, 1.0)
    foothold = _has_foothold(world, seen.contested_by)
    luck = (u - 0.5) * rates.battle_spread[:, None]
    need = np.where(foothold, rates.expel_share[:, None, None], rates.repulse_share[:, None, None])
    outnumbered = share < need + luck[:, None, :]
    feared = world.people.feared
    if feared != NOBODY:
        men = by_side_and_place(world, seen, seen.men.astype(np.float64), on_ground(world, seen))[:, feared]
        outnumbered[:, feared] |= ~foothold[:, feared] & (men < men_needed(world, rates, seen))
    return enemy_held(world, seen) & (power > 0) & (enemy > 0) & outnumbered


def _yielding(world: World, rates: Rates, seen: State, sides: tuple[Floats, Floats]) -> Bools:
    """Holders so outmatched that their light units leave, shape (R, B, P)."""
    power, enemy = sides
    share = power / np.maximum(power + enemy, 1.0)
    holds = seen.control[:, None, :] == np.arange(world.factions.n_sides)[None, :, None]
    return holds & (enemy > 0) & (power > 0) & (share < rates.yield_share[:, None, None])


def _has_foothold(world: World, contested_by: Bytes) -> Bools:
    """Which side was already inside a place it does not hold, shape (R, B, P)."""
    sides = np.arange(world.factions.n_sides)[None, :, None]
    return (contested_by[:, None, :] == sides) & (contested_by[:, None, :] != NOBODY)
