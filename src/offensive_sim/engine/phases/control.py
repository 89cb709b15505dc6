"""Rulebook 4.8: who holds a place this evening.

Control is being able to make people there do as one says; men on the spot decide it, patrols from next door where
nobody stands.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Bytes, Floats
from offensive_sim.engine.presence import (
    by_side_and_place,
    enemy_held,
    hostile_holder,
    men_needed,
    of_enemies,
    on_ground,
)
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Evening:
    """Control at nightfall."""

    control: Bytes  # (R, P)
    contested_by: Bytes  # (R, P)


def settle(world: World, rates: Rates, seen: State, takes_over: Bools) -> Evening:
    """Who holds what; ``takes_over`` (R, B, B) leave to move into what another has abandoned."""
    standing = on_ground(world, seen)
    men = by_side_and_place(world, seen, seen.men.astype(np.float64), standing)
    there = np.where(men >= rates.hold_men[:, None, None], men, 0.0)
    rows, place = np.arange(seen.replicas)[:, None], np.arange(world.n_places)[None, :]
    holder = seen.control.astype(np.int64)
    may = _may_take(world, seen, takes_over, there)
    claim = np.where(may, there, 0.0)
    feared = world.people.feared
    if feared != NOBODY:
        claim[:, feared] = np.where(there[:, feared] >= men_needed(world, rates, seen), claim[:, feared], 0.0)
    held = there[rows, holder, place] > 0
    empty = ~held & (claim.max(axis=1) <= 0)
    claim = np.where(empty[:, None, :], _patrols(world, rates, seen, (standing, there), may), claim)
    strongest = claim.argmax(axis=1)
    falls = ~held & (claim.max(axis=1) > 0)
    control = np.where(falls, strongest, holder)
    foes = np.where(hostile_holder(world, control), there, 0.0)
    inside = foes.max(axis=1) > 0
    contested = np.where(inside, foes.argmax(axis=1), NOBODY)
    return Evening(control=control.astype(np.int8), contested_by=contested.astype(np.int8))


def _may_take(world: World, seen: State, takes_over: Bools, men: Floats) -> Bools:
    """Which sides could take each place from its holder, shape (R, B, P).

    Enemies may; so may those with leave, once the holder has abandoned the place: its men broke there, or it has
    none one road away.
    """
    rows = np.arange(seen.replicas)[:, None]
    holder = seen.control.astype(np.int64)
    neighbour = world.links.neighbour
    around = np.zeros(holder.shape)
    for slot in range(neighbour.shape[1]):
        there = neighbour[:, slot]
        around += np.where(there >= 0, men[rows, holder, np.maximum(there, 0)[None, :]], 0.0)
    broken = np.zeros(seen.control.shape, np.bool_)
    row, unit = np.nonzero(seen.broke_on >= 0)
    there = seen.broke_at[row, unit]
    broken[row, there] |= seen.control[row, there] == world.units.side[unit]
    abandoned = broken | (around <= 0)
    may = enemy_held(world, seen)
    for side, other in np.argwhere(takes_over.any(axis=0)):
        may[:, side] |= takes_over[:, side, other, None] & (holder == other) & abandoned
    return may


def _patrols(world: World, rates: Rates, seen: State, men: tuple[Bools, Floats], may: Bools) -> Floats:
    """Men of each side within patrol reach of a place, less those who would keep them out; shape (R, B, P).

    Into an enemy's place only light columns and bands roam; regular men guard their own and move into what friends
    have abandoned. Bands do not roam from a place taken in the last ``settle_days``.
    """
    standing, there = men
    rows = np.arange(seen.replicas)[:, None]
    settled = seen.day - seen.taken_on >= rates.settle_days[:, None]
    settled = settled[rows, np.maximum(seen.unit_place, 0)]
    everyone = _felt(world, seen, standing)
    bands = _felt(world, seen, standing & settled & world.units.light[None, :])
    felt = np.where(enemy_held(world, seen), bands, everyone)
    against = of_enemies(world, everyone)
    watched = of_enemies(world, there) > 0
    feared = world.people.feared
    if feared != NOBODY:
        enough = felt[:, feared] >= men_needed(world, rates, seen) * rates.patrol_need[:, None]
        felt[:, feared] = np.where(enough, felt[:, feared], 0.0)
    return np.where(may & (felt > against) & ~watched, felt, 0.0)


def _felt(world: World, seen: State, chosen: Bools) -> Floats:
    """Men whose patrols reach a place from one road away, by side, shape (R, B, P)."""
    row, unit = np.nonzero(chosen & (world.units.patrol_m > 0)[None, :])
    here = seen.unit_place[row, unit]
    neighbour = world.links.neighbour[here]
    metres = world.links.metres[world.links.slot_link[here]]
    which, slot = np.nonzero((neighbour >= 0) & (metres <= world.units.patrol_m[unit][:, None]))
    shape = (seen.replicas, world.factions.n_sides, world.n_places)
    cell = (row[which] * shape[1] + world.units.side[unit[which]]) * shape[2] + neighbour[which, slot]
    summed = np.bincount(cell, seen.men[row[which], unit[which]], shape[0] * shape[1] * shape[2])
    felt: Floats = summed.astype(np.float64, copy=False).reshape(shape)
    return felt
