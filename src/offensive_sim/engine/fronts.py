"""Rulebook 4.6: where two sides share a place, the fight is pressed for some days, then the front settles."""

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Bytes, Longs, Shorts, Status
from offensive_sim.engine.cells import cells_of, where
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.presence import Standing, on_ground
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def joined_by(seen: State, orders: Orders, before: Bytes, arrived: Bools) -> Bools:
    """Places that fresh attackers reached or rose in today, shape (R, P); ``before`` (R, U): the morning's statuses."""
    rose = (before == Status.UNDERGROUND) & (seen.status == Status.ACTIVE)
    fresh = (arrived | rose) & orders.attacks & (orders.goal == seen.unit_place)
    return _places_of(seen, fresh)


def pressed(world: World, rates: Rates, seen: State, units: Standing, orders: Orders) -> Bools:
    """Places where somebody presses the fight today, shape (R, P).

    A fight is pressed for ``assault_days`` from the day it began or fresh attackers came. After that the front has
    settled, and men inside who are ordered to attack the place assault it once in ``rest_days``.
    """
    age = seen.day - seen.front_since
    hot = (seen.front_since == NEVER) | (age < rates.assault_days[:, None])
    row, place = where(~hot)
    again = cells_of(age[row, place] % np.round(rates.rest_days[row]) == 0)
    row, place = row[again], place[again]
    if len(row):
        attack = orders.attacks & (orders.goal == seen.unit_place)
        able = ~resting(world, seen, units, orders)
        hot[row, place] = _places_of(seen, on_ground(world, seen) & attack & able)[row, place]
    return hot


def resting(world: World, seen: State, units: Standing, orders: Orders) -> Bools:
    """Units that were thrown back lately from where they are told to go, shape (R, U): they do not try again yet.

    They do once no enemy stands there any more.
    """
    kept = (seen.day < seen.rest_until) & (orders.goal == seen.rest_at)
    row, unit = where(kept)
    if len(row):
        spot = row * world.n_places + orders.goal[row, unit]
        asked = np.zeros(seen.control.shape, np.bool_)
        asked.reshape(-1)[spot] = True
        there = units.only(units.here(asked))
        present = np.zeros(asked.size, np.int32)
        np.bitwise_or.at(present, there.spot, world.factions.bit.take(there.side))
        foes = world.factions.foes.take(world.units.sides[unit])
        kept[row, unit] = (present.take(spot) & foes) != 0
    return kept


def engaged(world: World, rates: Rates, seen: State, row: Longs, unit: Longs) -> Bools:
    """Which units are in a fight that has not settled this morning, shape (N,): they leave it only to withdraw.

    Bands and light columns break off as they like.
    """
    side, place = world.units.sides[unit], np.maximum(seen.unit_place[row, unit], 0)
    began, inside = seen.front_since[row, place], seen.contested_by[row, place]
    hot = (began != NEVER) & (inside != NOBODY) & (seen.day - began < rates.assault_days[row])
    foes = world.factions.fights(side, seen.control[row, place]) | world.factions.fights(side, inside)
    return hot & foes & on_ground(world, seen)[row, unit] & ~world.units.light[unit]


def since(seen: State) -> Shorts:
    """The day each front began, at nightfall, shape (R, P): today where a place became contested, NEVER in peace."""
    began = np.where(seen.front_since == NEVER, seen.day, seen.front_since)
    return np.where(seen.contested_by == NOBODY, NEVER, began).astype(np.int16)


def _places_of(seen: State, chosen: Bools) -> Bools:
    """Places where a chosen unit is, shape (R, P)."""
    there = np.zeros(seen.control.shape, np.bool_)
    row, unit = where(chosen)
    there[row, seen.unit_place[row, unit]] = True
    return there
