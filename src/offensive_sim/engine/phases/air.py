"""Rulebook 4.5: air strikes fall where triggers and orders send them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Floats, Ints, Longs
from offensive_sim.engine.cells import where
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.effects import Placed
from offensive_sim.engine.presence import Standing, standing_units
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import rounded
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Raids:
    """What the day's strikes did."""

    loss: Ints  # (R, U) men
    suffered: Ints  # (R, B, P) strikes that a side suffered at a place and on the roads that leave it
    supported: Placed  # strikes flown for a side there


def strike(world: World, rates: Rates, seen: State, strikes: Placed, luck: Luck) -> Raids:
    """Losses from strikes, flown for each side.

    A strike is called where the enemy gathers, so its losses are shared by number over the hostile men at the place and
    one road away; its noise is heard in full by both.
    """
    suffered = np.zeros((seen.replicas, world.factions.n_sides, world.n_places), np.int32)
    loss = np.zeros(seen.men.shape, np.int32)
    flown = _Flown(*strikes.cells())
    if len(flown.row):
        heard = _heard(world, suffered.shape, flown)
        for by, enemy in _pairs(world, flown):
            suffered[:, enemy] += heard[:, by]
        units = standing_units(world, seen)
        _add_losses(world, rates, seen, (flown, units.only(units.own(suffered) > 0), luck), loss)
    return Raids(loss=loss, suffered=suffered, supported=strikes)


@dataclass(frozen=True)
class _Flown:
    """The day's strikes, one row for each side and place."""

    row: Longs
    side: Longs
    place: Longs
    number: Ints


def _pairs(world: World, flown: _Flown) -> Iterator[tuple[int, int]]:
    """Each side for which strikes are flown with each of its enemies."""
    for side in np.unique(flown.side):
        for enemy in np.flatnonzero(world.factions.hostile[side]):
            yield int(side), int(enemy)


def _heard(world: World, shape: tuple[int, int, int], flown: _Flown) -> Ints:
    """The largest number of strikes at a place or one road away, shape (R, B, P)."""
    heard = np.zeros(shape, np.int32)
    heard[flown.row, flown.side, flown.place] = flown.number
    neighbour = world.links.neighbour[flown.place]
    which, slot = where(neighbour >= 0)
    at = (flown.row[which], flown.side[which], neighbour[which, slot])
    np.maximum.at(heard, at, flown.number[which])
    return heard


def _add_losses(
    world: World, rates: Rates, seen: State, strikes: tuple[_Flown, Standing, Luck], loss: Ints
) -> None:
    """Men lost by the units that hear strikes: each one's, shared over the hostile men at the place and next to it."""
    flown, units, luck = strikes
    men = units.of(seen.men)
    there = units.summed(men)
    wish = np.zeros(len(men))
    for side, enemy in _pairs(world, flown):
        mine = np.flatnonzero(flown.side == side)
        row, place = flown.row[mine], flown.place[mine]
        near = _with_neighbours(world, there[:, enemy], row, place)
        a_man = np.zeros(seen.control.shape)
        a_man[row, place] = flown.number[mine] * rates.men_lost_a_strike[row] / np.maximum(near, 1.0)
        hit = np.flatnonzero(units.side == enemy)
        wish[hit] += _with_neighbours(world, a_man, units.row[hit], units.place[hit])
    loss.reshape(-1)[units.number] = np.minimum(rounded(wish * men, luck.at(units.row, units.unit)), men)


def _with_neighbours(world: World, amount: Floats, row: Longs, place: Longs) -> Floats:
    """The amount (R, P) at some places and one road away, summed slot by slot, shape (N,)."""
    flat, base = np.ascontiguousarray(amount).reshape(-1), row * world.n_places
    total = flat[base + place]
    for slot in range(len(world.links.degree)):
        some = np.flatnonzero(world.links.minus_roads[place] < -slot)
        total[some] += flat[base[some] + world.links.ahead[slot, place[some]]]
    return total
