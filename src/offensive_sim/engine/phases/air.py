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

    A strike's losses fall on the hostile men at the place and, a strike being called where the enemy gathers, on those
    one road away who attack it, shared by number.
    """
    suffered = np.zeros_like(strikes)
    flown_by = np.flatnonzero(strikes.any(axis=(0, 2)))
    for side in flown_by:
        near = np.maximum(strikes[:, side], _one_road_away(world, strikes[:, side]))
        for enemy in np.flatnonzero(world.factions.hostile[side]):
            suffered[:, enemy] += near
    loss = np.zeros(seen.men.shape, np.int32)
    if len(flown_by):
        loss = _losses(world, rates, seen, suffered, u)
    return Raids(loss=loss, suffered=suffered, supported=strikes)


def _one_road_away(world: World, strikes: Ints) -> Ints:
    """The largest number of strikes at a neighbouring place, shape (R, P)."""
    neighbour = world.links.neighbour
    around = np.where(neighbour >= 0, strikes[:, np.maximum(neighbour, 0)], 0)
    return around.max(axis=2)


def _losses(world: World, rates: Rates, seen: State, suffered: Ints, u: np.ndarray) -> Ints:
    standing = on_ground(world, seen)
    row, unit = np.nonzero(standing)
    side, place = world.units.side[unit], seen.unit_place[row, unit]
    men = by_side_and_place(world, seen, seen.men.astype(np.float64), standing)
    hit = suffered[row, side, place]
    wish = hit * rates.men_lost_a_strike[row] * seen.men[row, unit] / np.maximum(men[row, side, place], 1.0)
    loss = np.zeros(seen.men.shape, np.int32)
    loss[row, unit] = np.minimum(rounded(wish, u[row, unit]), seen.men[row, unit])
    return np.where(loss > 0, loss, 0).astype(np.int32)


