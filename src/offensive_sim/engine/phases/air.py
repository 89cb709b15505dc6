"""Rulebook 4.5: air strikes fall where triggers and orders send them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Floats, Ints, Longs
from offensive_sim.engine.presence import standing_units
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


def strike(world: World, rates: Rates, seen: State, strikes: Ints, u: Floats) -> Raids:
    """Losses from strikes; ``strikes`` (R, B, P) flown for each side, ``u`` (R, U).

    A strike is called where the enemy gathers, so its losses are shared by number over the hostile men at the place and
    one road away; its noise is heard in full by both.
    """
    suffered = np.zeros_like(strikes)
    loss = np.zeros(seen.men.shape, np.int32)
    cell = np.flatnonzero(strikes != 0)
    if len(cell):
        row, side, place = np.unravel_index(cell, strikes.shape)
        flown = _Flown(row, side, place, strikes.reshape(-1)[cell])
        heard = _heard(world, strikes, flown)
        for by, enemy in _pairs(world, flown):
            suffered[:, enemy] += heard[:, by]
        _add_losses(world, rates, seen, (flown, u), loss)
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


def _heard(world: World, strikes: Ints, flown: _Flown) -> Ints:
    """The largest number of strikes at a place or one road away, shape (R, B, P)."""
    heard = strikes.copy()
    neighbour = world.links.neighbour[flown.place]
    which, slot = np.nonzero(neighbour >= 0)
    at = (flown.row[which], flown.side[which], neighbour[which, slot])
    np.maximum.at(heard, at, flown.number[which])
    return heard


def _add_losses(world: World, rates: Rates, seen: State, strikes: tuple[_Flown, Floats], loss: Ints) -> None:
    """Men lost: each strike's, shared over the hostile men at the place and one road away."""
    flown, u = strikes
    standing = standing_units(world, seen)
    men = standing.of(seen.men)
    there = standing.summed(men)
    wish = np.zeros(len(men))
    for side, enemy in _pairs(world, flown):
        (mine,) = np.nonzero(flown.side == side)
        row, place = flown.row[mine], flown.place[mine]
        near = _with_neighbours(world, there[:, enemy], row, place)
        a_man = np.zeros(seen.control.shape)
        a_man[row, place] = flown.number[mine] * rates.men_lost_a_strike[row] / np.maximum(near, 1.0)
        (hit,) = np.nonzero(standing.side == enemy)
        wish[hit] += _with_neighbours(world, a_man, standing.row[hit], standing.place[hit])
    loss[standing.row, standing.unit] = np.minimum(rounded(wish * men, standing.of(u)), men)


def _with_neighbours(world: World, amount: Floats, row: Longs, place: Longs) -> Floats:
    """The amount (R, P) at some places and one road away, summed slot by slot, shape (N,)."""
    flat, base = np.ascontiguousarray(amount).reshape(-1), row * world.n_places
    total = flat[base + place]
    for slot in range(len(world.links.degree)):
        some = np.flatnonzero(world.links.minus_roads[place] < -slot)
        total[some] += flat[base[some] + world.links.ahead[slot, place[some]]]
    return total
