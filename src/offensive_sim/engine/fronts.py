"""Rulebook 4.6: where two sides share a place, the fight is pressed for some days, then the front settles."""

import numpy as np

from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Longs, Shorts, Status
from offensive_sim.engine.camps import Camps
from offensive_sim.engine.cells import cells_of, pick, rows_and_columns, where
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def joined_by(seen: State, orders: Orders, come: Longs) -> Longs:
    """Spots that fresh attackers reached or rose in today, of all who ``come``, cells in an array (R, U); (N,)."""
    row, unit = rows_and_columns(come, seen.men.shape[1])
    place = seen.unit_place.take(come).astype(np.int64)
    fresh = orders.attacks[row, unit] & (orders.goal[row, unit] == place)
    return np.asarray(row * seen.control.shape[1] + place)[fresh]


def pressed(world: World, rates: Rates, seen: State, units: Standing, orders: Orders) -> Bools:
    """Where somebody presses the fight today, of the spots that several sides share, shape (M,).

    A fight is pressed for ``assault_days`` from the day it began or fresh attackers came. After that the front has
    settled, and men inside who are ordered to attack the place assault it once in ``rest_days``.
    """
    camps = units.camps
    row, began = camps.shared // world.n_places, seen.front_since.reshape(-1).take(camps.shared)
    age = seen.day - began
    hot = (began == NEVER) | (age < rates.assault_days.take(row))
    settled = cells_of(~hot)
    again = settled[age.take(settled) % np.round(rates.rest_days.take(row.take(settled))) == 0]
    if len(again):
        inside = units.only(camps.guests_at(camps.shared.take(again)))
        attacks = orders.attacks[inside.row, inside.unit] & (orders.goal[inside.row, inside.unit] == inside.place)
        able = inside.only(attacks & ~inside.of(resting(world, seen, camps, orders)))
        hot[camps.number.take(able.spot) - 1] = True
    return hot


def resting(world: World, seen: State, there: Standing | Camps, orders: Orders) -> Bools:
    """Units that were thrown back lately from where they are told to go, shape (R, U): they do not try again yet.

    They do once no enemy is ``there`` any more.
    """
    kept = (seen.day < seen.rest_until) & (orders.goal == seen.rest_at)
    row, unit = where(kept)
    if len(row):
        spot = row * world.n_places + orders.goal[row, unit]
        kept[row, unit] = there.enemies_at(world.factions, world.units.sides.take(unit), spot)
    return kept


def engaged(world: World, rates: Rates, seen: State, row: Longs, unit: Longs) -> Bools:
    """Which units are in a fight that has not settled this morning, shape (N,): they leave it only to withdraw.

    Bands and light columns break off as they like.
    """
    found = np.zeros(len(row), np.bool_)
    stands = (pick(seen.status, row, unit) == Status.ACTIVE.value) & (pick(seen.unit_link, row, unit) < 0)
    stands &= (pick(seen.men, row, unit) > 0) & world.units.armed.take(unit)
    asked = cells_of(stands & ~world.units.light.take(unit))
    if not len(asked):
        return found
    row, unit = row.take(asked), unit.take(asked)
    side, place = world.units.sides.take(unit), pick(seen.unit_place, row, unit).astype(np.int64)
    began, inside = pick(seen.front_since, row, place), pick(seen.contested_by, row, place)
    hot = (began != NEVER) & (inside != NOBODY) & (seen.day - began < rates.assault_days.take(row))
    foes = world.factions.fights(side, pick(seen.control, row, place)) | world.factions.fights(side, inside)
    found[asked] = hot & foes
    return found


def since(seen: State) -> Shorts:
    """The day each front began, at nightfall, shape (R, P): today where a place became contested, NEVER in peace."""
    began = np.full(seen.control.shape, NEVER, np.int16)
    contested = cells_of(seen.contested_by != NOBODY)
    before = seen.front_since.reshape(-1).take(contested)
    began.reshape(-1)[contested] = np.where(before == NEVER, seen.day, before)
    return began
