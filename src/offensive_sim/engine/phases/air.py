"""Rulebook 4.5: air strikes fall where triggers and orders send them."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Ints
from offensive_sim.engine.presence import by_side_and_place, on_ground
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Raids:
    """What the day's strikes did."""

    loss: Ints  # (R, U) men
    suffered: Ints  # (R, B, P) strikes that a side suffered at a place and on the roads that leave it
    supported: Ints  # (R, B, P) strikes flown for a side there


def strike(world: World, rates: Rates, seen: State, strikes: Ints, u: np.ndarray) -> Raids:
    """Losses from strikes; ``strikes`` (R, B, P) flown for each side, ``u`` (R, U).

    A strike is called where the enemy gathers, so its losses are shared by number over the hostile men at the place and
    one road away; its noise is heard in full by both.
    """
    suffered = np.zeros_like(strikes)
    flown_by = np.flatnonzero(strikes.any(axis=(0, 2)))
    for side in flown_by:
        near = np.maximum(strikes[:, side], _one_road_away(world, strikes[:, side]))
        for enemy in np.flatnonzero(world.factions.hostile[side]):
            suffered[:, enemy] += near
    loss = np.zeros(seen.men.shape, np.int32)
    if len(flown_by):
        loss = _losses(world, rates, seen, strikes, u)
    return Raids(loss=loss, suffered=suffered, supported=strikes)


def _one_road_away(world: World, strikes: Ints) -> Ints:
    """The largest number of strikes at a neighbouring place, shape (R, P)."""
    neighbour = world.links.neighbour
    around = np.where(neighbour >= 0, strikes[:, np.maximum(neighbour, 0)], 0)
    return around.max(axis=2)


def _losses(world: World, rates: Rates, seen: State, strikes: Ints, u: np.ndarray) -> Ints:
    """Men lost, shape (R, U): each strike's, shared over the hostile men at the place and one road away."""
    standing = on_ground(world, seen)
    men = by_side_and_place(world, seen, seen.men.astype(np.float64), standing)
    wish = np.zeros(men.shape)
    for side in np.flatnonzero(strikes.any(axis=(0, 2))):
        for enemy in np.flatnonzero(world.factions.hostile[side]):
            near = _with_neighbours(world, men[:, enemy])
            a_man = strikes[:, side] * rates.men_lost_a_strike[:, None] / np.maximum(near, 1.0)
            wish[:, enemy] += _with_neighbours(world, a_man)
    row, unit = np.nonzero(standing)
    share = wish[row, world.units.side[unit], seen.unit_place[row, unit]]
    loss = np.zeros(seen.men.shape, np.int32)
    loss[row, unit] = np.minimum(rounded(share * seen.men[row, unit], u[row, unit]), seen.men[row, unit])
    return loss


def _with_neighbours(world: World, amount: np.ndarray) -> np.ndarray:
    """The amount at each place and one road away, summed slot by slot, shape (R, P)."""
    total = amount.astype(np.float64)
    for slot in range(world.links.neighbour.shape[1]):
        there = world.links.neighbour[:, slot]
        total = total + np.where(there >= 0, amount[:, np.maximum(there, 0)], 0.0)
    return total
