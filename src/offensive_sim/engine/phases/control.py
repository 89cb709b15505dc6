"""Rulebook 4.8: who holds a place this evening.

Control is being able to make people there do as one says; men on the spot decide it, patrols from next door where
nobody stands.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Bytes, Floats, Longs
from offensive_sim.engine.cells import cells_of, pick, rows_and_columns, where
from offensive_sim.engine.contenders import Contenders, Taken, enough, strongest
from offensive_sim.engine.presence import Passing, Standing, men_needed
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World


@dataclass(frozen=True)
class Evening:
    """Control at nightfall."""

    control: Bytes  # (R, P)
    contested_by: Bytes  # (R, P)


def settle(
    world: World, rates: Rates, seen: State, standing: Standing, takes_over: Bools, come: tuple[Passing, Bools]
) -> Evening:
    """Who holds what; ``takes_over`` (R, B, B) leave to move into what another has abandoned.

    ``come``: the men who passed a place today, and the units that raid one, shape (R, U): they take nothing.
    """
    passed, raids = come
    here = enough(rates, seen, standing)
    stay = enough(rates, seen, standing.only(~standing.of(raids))) if raids.any() else here
    ground = Contenders(world, rates, seen, takes_over, standing, *here, stay)
    control = seen.control.copy()
    inside = _claimed_inside(ground)
    behind = _left_behind(ground, passed)
    row, place, side = (np.concatenate(parts) for parts in zip(behind, inside, strict=True))
    taken: Taken = (row, place, side)
    for row, place, side in (taken, _patrolled(ground, taken)):
        control[row, place] = side
    return Evening(control=control, contested_by=_unheld(ground, control, _inside(ground, control)))


def _claimed_inside(ground: Contenders) -> Taken:
    """Places that nobody holds with men, taken by the strongest of those who stand there.

    Against a side with leave to take over, men who have just broken hold nothing.
    """
    there, men = ground.stay
    abroad = cells_of(there.here(ground.seen.control) != there.side)
    there, men = there.only(abroad), men.take(abroad)
    holder = there.here(ground.seen.control)
    free = ground.world.factions.fights(there.side, holder) & ~there.here(ground.held)
    leave = cells_of(ground.leave(there.row, there.side, holder))
    if len(leave):
        free[leave] = ~ground.firm(there.row[leave], there.place[leave])
    row, place, side = there.row[free], there.place[free], there.side[free]
    may = ground.many_enough(row, place, side, men[free])
    return strongest(row[may], place[may], side[may], men[free][may])


def _left_behind(ground: Contenders, passed: Passing) -> Taken:
    """Enemies' places without a man in them that columns went through today: they take them on the way."""
    seen, row, side, place, men = ground.seen, passed.row, passed.side, passed.place, passed.men
    may = men >= np.maximum(ground.rates.hold_men, 1)[row]
    may &= ground.world.factions.fights(side, seen.control[row, place]) & ~ground.held[row, place]
    may &= ~ground.world.places.guarded[place] & ground.many_enough(row, place, side, men)
    return strongest(row[may], place[may], side[may], men[may])


def _inside(ground: Contenders, control: Bytes) -> Bytes:
    """The strongest enemy of the new holder inside each place, shape (R, P)."""
    holder = ground.there.here(control)
    abroad = cells_of(holder != ground.there.side)
    abroad = abroad[ground.world.factions.fights(ground.there.side.take(abroad), holder.take(abroad))]
    there = ground.there.only(abroad)
    row, place, side = strongest(there.row, there.place, there.side, ground.men.take(abroad))
    contested = np.full(control.shape, NOBODY, np.int8)
    contested[row, place] = side
    return contested


def _unheld(ground: Contenders, control: Bytes, contested: Bytes) -> Bytes:
    """The same, and an enemy's name at remote crossings in nobody's hands, shape (R, P).

    Where no man stands and no supply comes, nobody holds a post in the desert.
    """
    world, posts = ground.world, cells_of(ground.world.places.remote)
    manned = ground.stands[:, :, posts].any(axis=1) | ground.seen.supplied[:, posts]
    row, which = np.nonzero(~manned & (contested[:, posts] == NOBODY))
    enemies = world.factions.hostile[control[row, posts[which]], : world.factions.n_sides]
    some = enemies.any(axis=1)
    contested[row[some], posts[which[some]]] = enemies[some].argmax(axis=1)
    return contested


def _patrolled(ground: Contenders, inside: Taken) -> Taken:
    """Places without men that patrols from one road away take, less those whose enemies' patrols keep them out.

    Into an enemy's place only light columns and bands roam; regular men guard their own and move into what friends
    have abandoned. Bands roam from places of their own, not from those taken in the last ``settle_days``. What the
    feared side holds it leaves to recruits and local men, who keep patrols out; and no patrols take a city or an
    installation.
    """
    world, rates, seen = ground.world, ground.rates, ground.seen
    spot, patrols, number = _patrols(ground, inside)
    if not len(spot):
        return spot, spot, spot
    settled = seen.day - patrols.here(seen.taken_on) >= rates.settle_days[patrols.row]
    foothold = world.factions.fights(patrols.side, patrols.here(seen.control))
    bands = settled & ~foothold & world.units.light[patrols.unit]
    men = patrols.of(seen.men).astype(np.float64)
    everyone = _by_side(world, len(spot), number, patrols.side, men)
    roaming = _by_side(world, len(spot), number, patrols.side, men * bands)
    row, place = rows_and_columns(spot, world.n_places)
    n_sides = world.factions.n_sides
    hostile = world.factions.hostile[:n_sides, :n_sides]
    felt = np.where(hostile.T[seen.control[row, place]], roaming, everyone)
    against = _of_enemies(hostile, everyone)
    feared = world.people.feared
    if feared != NOBODY:
        comes = cells_of(felt[:, feared])
        need = men_needed(world, rates, seen, row[comes], place[comes]) * rates.patrol_need[row[comes]]
        felt[comes[felt[comes, feared] < need], feared] = 0.0
    takes = np.where(ground.may_take(row, place) & (felt > against) & ~_watched(ground, spot, hostile), felt, 0.0)
    falls = cells_of(takes.any(axis=1))
    return row[falls], place[falls], takes[falls].argmax(axis=1)


def _watched(ground: Contenders, spot: Longs, hostile: Bools) -> Bools:
    """Sides whose enemies stand at places ``spot`` (N,), shape (N, B)."""
    n_sides = len(hostile)
    row, place = rows_and_columns(spot, ground.world.n_places)
    stands = ground.stands[row[:, None], np.arange(n_sides), place[:, None]]
    return _of_enemies(hostile, stands.astype(np.float64)) > 0


def _patrols(ground: Contenders, inside: Taken) -> tuple[Longs, Standing, Longs]:
    """Places one road away that patrols might take, and the units whose patrols reach them.

    Only places where neither the holder's men stand nor others have taken over, and that one of them might take: their
    cells (M,) in an array (R, P), in order; then a row for each unit and place, and which of the places it is (N,).
    """
    world, seen = ground.world, ground.seen
    open_ = ~ground.held
    open_[inside[0], inside[1]] = False
    open_ &= ~world.places.guarded & (seen.control != world.people.feared)
    patrol = ground.everyone.only(world.units.patrol_m.take(ground.everyone.unit) > 0)
    near, place = _one_road_away(world, patrol.only(_at_the_edge(ground, open_, patrol)))
    spot = near.row * world.n_places + place
    holder = seen.control.reshape(-1).take(spot)
    may = world.factions.fights(near.side, holder) | ground.leave(near.row, near.side, holder)
    front = np.zeros(open_.shape, np.bool_)
    front.reshape(-1)[spot[may & open_.reshape(-1).take(spot)]] = True
    beside = world.links.near(np.ascontiguousarray(front.T)).reshape(-1)
    near, place = _one_road_away(world, patrol.only(beside.take(patrol.place * seen.replicas + patrol.row)))
    spot = near.row * world.n_places + place
    told = cells_of(front.reshape(-1).take(spot))
    spots = cells_of(front)
    number = np.empty(front.size, np.int64)
    number[spots] = np.arange(len(spots))
    return spots, near.only(told), number.take(spot.take(told))


def _at_the_edge(ground: Contenders, open_: Bools, patrol: Standing) -> Bools:
    """Units one road away from an ``open_`` place (R, P) of another side that theirs might take, shape (N,)."""
    factions, control = ground.world.factions, np.ascontiguousarray(ground.seen.control.T)
    able = factions.foes.take(control) * np.ascontiguousarray(open_.T)
    for side, other in np.argwhere(ground.takes_over.any(axis=0)):
        leave = ground.takes_over[:, side, other]
        able |= np.where(open_.T & leave & (control == other), factions.bit[side], 0)
    near = ground.world.links.near(able).reshape(-1).take(patrol.place * ground.seen.replicas + patrol.row)
    return (near & factions.bit.take(patrol.side)) != 0


def _one_road_away(world: World, units: Standing) -> tuple[Standing, Longs]:
    """Units and the places that their patrols reach, one row each."""
    in_reach = world.links.slot_m.take(units.place, axis=0) <= world.units.patrol_m.take(units.unit)[:, None]
    which, slot = where(in_reach)
    return units.only(which), pick(world.links.neighbour, units.place.take(which), slot).astype(np.int64)


def _by_side(world: World, n_spots: int, spot: Longs, side: Longs, men: Floats) -> Floats:
    """Men at each of some places by side, shape (n_spots, B)."""
    n_sides = world.factions.n_sides
    total = np.bincount(spot * n_sides + side, men, n_spots * n_sides)
    return total.astype(np.float64, copy=False).reshape(n_spots, n_sides)


def _of_enemies(hostile: Bools, men: Floats) -> Floats:
    """For each side the men of the sides hostile to it, (N, B) in and out.

    A matrix product, but of whole numbers far below 2^53: exact in any order of addition.
    """
    enemies: Floats = men @ hostile.T.astype(np.float64)
    return enemies
