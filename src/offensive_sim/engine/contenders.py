"""Who stands where this evening, with men enough to hold a place, and who may take it: what control is settled on."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Floats, Longs
from offensive_sim.engine.cells import pick, where
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.presence import Standing, men_needed
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


def enough(rates: Rates, seen: State, standing: Standing) -> tuple[Standing, Floats]:
    """Those with men enough of their side beside them to hold the place, and how many these are, (N,)."""
    men = standing.held(standing.of(seen.men)).at(standing.side, standing.spot)
    enough = np.flatnonzero(men >= rates.hold_men.take(standing.row))
    return standing.only(enough), men.take(enough)


@dataclass(frozen=True)
class Contenders:
    """The places, and who stands there."""

    world: World
    rates: Rates
    seen: State
    takes_over: Bools  # (R, B, B)
    everyone: Standing
    there: Standing  # those with men enough of their side to hold the place
    men: Floats  # (N,) of the side there
    stay: tuple[Standing, Floats]  # the same of those who came to stay

    @kept
    def holder(self) -> Bytes:
        """Who holds the places of ``there``, shape (N,)."""
        return self.there.here(self.seen.control)

    @kept
    def held(self) -> Bools:
        """Places whose holder's men stand there, shape (R, P)."""
        held = np.zeros(self.seen.control.shape, np.bool_)
        held.reshape(-1)[self.there.spot[self.holder == self.there.side]] = True
        return held

    @kept
    def stands(self) -> Bools:
        """Where sides stand with men enough, shape (R, B, P)."""
        stands = np.zeros(self.there.shape, np.bool_)
        stands.reshape(-1)[self.there.cell] = True
        return stands

    @kept
    def broken(self) -> Bools:
        """Places where men of the holder broke, shape (R, P)."""
        broken = np.zeros(self.seen.control.shape, np.bool_)
        row, unit = where(self.seen.broke_on >= 0)
        place = self.seen.broke_at[row, unit]
        own = self.seen.control[row, place] == self.world.units.side[unit]
        broken[row[own], place[own]] = True
        return broken

    def firm(self, row: Longs, place: Longs) -> Bools:
        """Whether men of the holder who have not broken these last days hold a place, shape (N,)."""
        asked = np.zeros(self.seen.control.shape, np.bool_)
        asked[row, place] = True
        units = self.everyone.only(self.everyone.here(asked))
        broke_on = units.of(self.seen.broke_on)
        shaken = (broke_on >= 0) & (self.seen.day - broke_on <= self.rates.shaken_days[units.row])
        own = units.only((units.here(self.seen.control) == units.side) & ~shaken)
        men = np.bincount(own.spot, own.of(self.seen.men), asked.size).reshape(asked.shape)
        return np.asarray(men[row, place] >= self.rates.hold_men[row])

    def leave(self, row: Longs, side: Longs, holder: Bytes) -> Bools:
        """Whether a side has leave to move into what the holder has abandoned, shape (N,)."""
        n_sides = self.takes_over.shape[1]
        may: Bools = pick(self.takes_over.reshape(-1, n_sides), row * n_sides + side, holder)
        return may

    def many_enough(self, row: Longs, place: Longs, side: Longs, men: Floats) -> Bools:
        """Whether men suffice to hold a place: the feared side needs more where people fear it; shape (N,)."""
        suffice = np.ones(len(men), np.bool_)
        feared = np.flatnonzero(side == self.world.people.feared)
        if not len(feared):
            return suffice
        suffice[feared] = men[feared] >= men_needed(self.world, self.rates, self.seen, row[feared], place[feared])
        return suffice

    def may_take(self, row: Longs, place: Longs) -> Bools:
        """Which sides could take places from their holders, shape (N, B).

        Enemies may; so may those with leave, once the holder has abandoned the place: its men broke there, or it has
        none one road away.
        """
        n_sides = self.world.factions.n_sides
        holder = self.seen.control[row, place].astype(np.int64)
        may = self.world.factions.hostile[:n_sides].T[holder]
        leave = self.takes_over.transpose(0, 2, 1)[row, holder]
        asks = np.flatnonzero((leave & ~may).any(axis=1))
        gone = asks[self._abandoned(row[asks], place[asks], holder[asks])]
        may[gone] |= leave[gone]
        return may

    def _abandoned(self, row: Longs, place: Longs, holder: Longs) -> Bools:
        neighbour = self.world.links.neighbour[place].astype(np.int64)
        near = self.stands[row[:, None], holder[:, None], np.maximum(neighbour, 0)]
        return self.broken[row, place] | ~(near & (neighbour >= 0)).any(axis=1)


Taken = tuple[Longs, Longs, Longs]
"""Replicas, places, and the sides that hold them now."""


def strongest(row: Longs, place: Longs, side: Longs, men: Floats) -> Taken:
    """Of several sides in a place the one with most men, of equals the first: it comes last, so that it is kept."""
    order = np.lexsort((-side, men))
    return row[order], place[order], side[order]
