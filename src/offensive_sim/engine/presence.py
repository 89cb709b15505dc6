"""Who is where: men and fighting power by side and place, counted the same way by every phase."""

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Floats, Ints, Status
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import People, World


def on_ground(world: World, seen: State) -> Bools:
    """Units that stand armed and in the open at a place, shape (R, U)."""
    return (seen.status == Status.ACTIVE) & (seen.unit_link < 0) & (seen.men > 0) & world.units.armed[None, :]


def by_side_and_place(world: World, seen: State, amount: Floats, chosen: Bools) -> Floats:
    """Sum of ``amount`` (R, U) over chosen units, shape (R, B, P); summed in the order of units."""
    rows, units = np.nonzero(chosen)
    n_factions, n_places = world.factions.n_sides, world.n_places
    cell = (rows * n_factions + world.units.side[units]) * n_places + seen.unit_place[rows, units]
    size = seen.replicas * n_factions * n_places
    total = np.bincount(cell, weights=amount[rows, units], minlength=size)
    return total.astype(np.float64, copy=False).reshape(seen.replicas, n_factions, n_places)


def of_enemies(world: World, totals: Floats) -> Floats:
    """For each side the sum over the sides hostile to it; (R, B, P) in and out."""
    enemies = np.zeros_like(totals)
    for side, other in np.argwhere(world.factions.hostile):
        enemies[:, side] += totals[:, other]
    return enemies


def hostile_holder(world: World, holder: Bytes) -> Bools:
    """Whether each side is hostile to the holders ``holder`` (R, P), shape (R, B, P)."""
    hostile: Bools = world.factions.hostile[: world.factions.n_sides].T[holder].transpose(0, 2, 1)
    return hostile


def enemy_held(world: World, seen: State) -> Bools:
    """Places held by somebody hostile to each side, shape (R, B, P)."""
    return hostile_holder(world, seen.control)


def by_group(people: People, at_home: Ints) -> Ints:
    """Persons at home by group, shape (R, G); ``at_home`` (R, H)."""
    total = np.zeros((len(at_home), len(people.group_ids)), np.int32)
    total[:, people.homed] = np.add.reduceat(at_home, people.group_starts, axis=1)
    return total


def men_needed(world: World, rates: Rates, seen: State) -> Floats:
    """Men the feared side needs in a place whose people fear it, for those still at home there, shape (R, P)."""
    people = np.zeros(seen.control.shape)
    homes = seen.at_home[:, world.people.homes_by_place]
    people[:, world.people.peopled] = np.add.reduceat(homes, world.people.place_starts, axis=1)
    return people * world.places.wary[None, :] * rates.men_a_resident[:, None]
