"""Rulebook 4.8: who holds a place this evening.

Control is being able to make people there do as one says; men on the spot decide it, patrols from next door where
nobody stands.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Bytes, Floats, Ints, Longs
from offensive_sim.engine.cells import where
from offensive_sim.engine.presence import Standing, men_needed, standing_units
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Evening:
    """Control at nightfall."""

    control: Bytes  # (R, P)
    contested_by: Bytes  # (R, P)


def settle(world: World, rates: Rates, seen: State, takes_over: Bools, passed: Ints) -> Evening:
    """Who holds what; ``takes_over`` (R, B, B) leave to move into what another has abandoned.

    ``passed`` (R, B, P): men who went through a place on their way to attack another.
    """
    standing = standing_units(world, seen)
    men = standing.own(standing.summed(standing.of(seen.men)))
    enough = men >= rates.hold_men[standing.row]
    firm = _firmly_held(rates, seen, standing)
    ground = _Ground(world, rates, seen, takes_over, standing.only(enough), men[enough], firm)
    control = seen.control.copy()
    inside = _claimed_inside(ground)
    behind = _left_behind(ground, passed)
    row, place, side = (np.concatenate(parts) for parts in zip(behind, inside, strict=True))
    taken: _Taken = (row, place, side)
    for row, place, side in (taken, _patrolled(ground, standing, taken)):
        control[row, place] = side
    return Evening(control=control, contested_by=_inside(ground, control))


def _firmly_held(rates: Rates, seen: State, standing: Standing) -> Bools:
    """Places whose holder has men there who have not broken these last days, shape (R, P)."""
    broke_on = standing.of(seen.broke_on)
    shaken = (broke_on >= 0) & (seen.day - broke_on <= rates.shaken_days[standing.row])
    own = standing.only((standing.here(seen.control) == standing.side) & ~shaken)
    men = np.bincount(own.spot, own.of(seen.men), seen.control.size).reshape(seen.control.shape)
    return np.asarray(men >= rates.hold_men[:, None])


@dataclass(frozen=True)
class _Ground:
    """The places, and who stands there with men enough to hold one."""

    world: World
    rates: Rates
    seen: State
    takes_over: Bools  # (R, B, B)
    there: Standing
    men: Floats  # (N,) of the side there
    firm: Bools  # (R, P) held by men of the holder who have not broken these last days

    @cached_property
    def held(self) -> Bools:
        """Places whose holder's men stand there, shape (R, P)."""
        held = np.zeros(self.seen.control.shape, np.bool_)
        held.reshape(-1)[self.there.spot[self.there.here(self.seen.control) == self.there.side]] = True
        return held

    @cached_property
    def by_side(self) -> Floats:
        """Men, shape (R, B, P)."""
        men = np.zeros(self.there.shape)
        men.reshape(-1)[self.there.cell] = self.men
        return men

    @cached_property
    def needed(self) -> Floats:
        """Men the feared side needs to hold a place, shape (R, P)."""
        return men_needed(self.world, self.rates, self.seen)

    @cached_property
    def broken(self) -> Bools:
        """Places where men of the holder broke, shape (R, P)."""
        broken = np.zeros(self.seen.control.shape, np.bool_)
        row, unit = where(self.seen.broke_on >= 0)
        place = self.seen.broke_at[row, unit]
        own = self.seen.control[row, place] == self.world.units.side[unit]
        broken[row[own], place[own]] = True
        return broken

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
        near = self.by_side[row[:, None], holder[:, None], np.maximum(neighbour, 0)] > 0
        return self.broken[row, place] | ~(near & (neighbour >= 0)).any(axis=1)


_Taken = tuple[Longs, Longs, Longs]
"""Replicas, places, and the sides that hold them now."""


def _claimed_inside(ground: _Ground) -> _Taken:
    """Places that nobody holds with men, taken by the strongest of those who stand there.

    Against a side with leave to take over, men who have just broken hold nothing.
    """
    there, holder = ground.there, ground.there.here(ground.seen.control)
    leave = ground.takes_over[there.row, there.side, holder]
    hostile = ground.world.factions.hostile[there.side, holder]
    some = np.flatnonzero(np.where(leave, ~there.here(ground.firm), ~there.here(ground.held) & hostile))
    row, place, side, men = there.row[some], there.place[some], there.side[some], ground.men[some]
    may = (side != ground.world.people.feared) | (men >= ground.needed[row, place])
    return _strongest(row[may], place[may], side[may], men[may])


def _left_behind(ground: _Ground, passed: Ints) -> _Taken:
    """Enemies' places without a man in them that columns went through today: they take them on the way."""
    row, side, place = np.nonzero(passed >= np.maximum(ground.rates.hold_men, 1)[:, None, None])
    seen, men = ground.seen, passed[row, side, place].astype(np.float64)
    may = ground.world.factions.hostile[side, seen.control[row, place]] & ~ground.held[row, place]
    may &= ~ground.world.places.guarded[place]
    may &= (side != ground.world.people.feared) | (men >= ground.needed[row, place])
    return _strongest(row[may], place[may], side[may], men[may])


def _strongest(row: Longs, place: Longs, side: Longs, men: Floats) -> _Taken:
    """Of several sides in a place the one with most men, of equals the first: it comes last, so that it is kept."""
    order = np.lexsort((-side, men))
    return row[order], place[order], side[order]


def _inside(ground: _Ground, control: Bytes) -> Bytes:
    """The strongest enemy of the new holder inside each place, shape (R, P)."""
    there = ground.there
    hostile = ground.world.factions.hostile[there.side, there.here(control)]
    row, place, side = _strongest(there.row[hostile], there.place[hostile], there.side[hostile], ground.men[hostile])
    contested = np.full(control.shape, NOBODY, np.int8)
    contested[row, place] = side
    return contested


def _patrolled(ground: _Ground, standing: Standing, inside: _Taken) -> _Taken:
    """Places without men that patrols from one road away take, less those whose enemies' patrols keep them out.

    Into an enemy's place only light columns and bands roam; regular men guard their own and move into what friends
    have abandoned. Bands roam from places of their own, not from those taken in the last ``settle_days``. What the
    feared side holds it leaves to recruits and local men, who keep patrols out; and no patrols take a city or an
    installation.
    """
    world, rates, seen = ground.world, ground.rates, ground.seen
    patrols, place = _patrols(ground, standing, inside)
    row, n_sides = patrols.row, world.factions.n_sides
    settled = seen.day - patrols.here(seen.taken_on) >= rates.settle_days[row]
    foothold = world.factions.hostile[patrols.side, patrols.here(seen.control)]
    bands = settled & ~foothold & world.units.light[patrols.unit]
    spot, number = np.unique(row * world.n_places + place, return_inverse=True)
    men = patrols.of(seen.men).astype(np.float64)
    cell, size = number * n_sides + patrols.side, len(spot) * n_sides
    everyone, roaming = (
        np.bincount(cell, some, size).astype(np.float64, copy=False).reshape(-1, n_sides) for some in (men, men * bands)
    )
    row, place = np.divmod(spot, world.n_places)
    hostile = world.factions.hostile[:n_sides, :n_sides]
    felt = np.where(hostile.T[seen.control[row, place]], roaming, everyone)
    against = _of_enemies(hostile, everyone)
    watched = _of_enemies(hostile, ground.by_side[row, :, place]) > 0
    feared = world.people.feared
    if feared != NOBODY:
        need = ground.needed[row, place] * rates.patrol_need[row]
        felt[:, feared] = np.where(felt[:, feared] >= need, felt[:, feared], 0.0)
    roamed = ~(world.places.guarded[place] | (seen.control[row, place] == world.people.feared))[:, None]
    takes = np.where(ground.may_take(row, place) & (felt > against) & ~watched & roamed, felt, 0.0)
    falls = np.flatnonzero(takes.any(axis=1))
    return row[falls], place[falls], takes[falls].argmax(axis=1)


def _patrols(ground: _Ground, standing: Standing, inside: _Taken) -> tuple[Standing, Longs]:
    """Units and a place one road away that their patrols reach, one row each.

    Only places where neither the holder's men stand nor others have taken over, and that one of them might take.
    """
    world, seen = ground.world, ground.seen
    links, units = world.links, standing.only(world.units.patrol_m[standing.unit] > 0)
    reach = world.units.patrol_m[units.unit][:, None]
    neighbour = links.neighbour[units.place]
    which, slot = where((neighbour >= 0) & (links.metres[links.slot_link[units.place]] <= reach))
    place = neighbour[which, slot].astype(np.int64)
    row, side = units.row[which], units.side[which]
    spot = row * world.n_places + place
    manned = ground.held.copy()
    manned[inside[0], inside[1]] = True
    holder = seen.control.reshape(-1)[spot]
    leave = world.factions.hostile[side, holder] | ground.takes_over[row, side, holder]
    front = np.zeros(seen.control.size, np.bool_)
    front[spot[leave & ~manned.reshape(-1)[spot]]] = True
    told = np.flatnonzero(front[spot])
    return units.only(which[told]), place[told]


def _of_enemies(hostile: Bools, men: Floats) -> Floats:
    """For each side the men of the sides hostile to it, (N, B) in and out.

    A matrix product, but of whole numbers far below 2^53: exact in any order of addition.
    """
    enemies: Floats = men @ hostile.T.astype(np.float64)
    return enemies
