"""Rulebook 4.8: who holds a place this evening.

Control is being able to make people there do as one says; men on the spot decide it, patrols from next door where
nobody stands.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Bytes, Floats, Longs
from offensive_sim.engine.cells import cells_of, pick, rows_and_columns, where
from offensive_sim.engine.contenders import Contenders, Garrisons, Taken, strongest
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
    men = standing.of(seen.men)
    there = stay = Garrisons(world, standing.held(men), rates.hold_men, seen.control)
    if raids.any():
        stay = Garrisons(world, standing.held(men * ~standing.of(raids)), rates.hold_men, seen.control)
    ground = Contenders(world, rates, seen, takes_over, standing, there, stay)
    inside = _claimed_inside(ground)
    behind = _left_behind(ground, passed)
    row, place, side = (np.concatenate(parts) for parts in zip(behind, inside, strict=True))
    taken: Taken = (row, place, side)
    control = seen.control
    for row, place, side in (taken, _patrolled(ground, taken)):
        if len(row):
            control = control.copy()
            control[row, place] = side
    return Evening(control=control, contested_by=_unheld(ground, control, _inside(ground, control)))


def _claimed_inside(ground: Contenders) -> Taken:
    """Places that nobody holds with men, taken by the strongest of those who stand there.

    Against a side with leave to take over, men who have just broken hold nothing.
    """
    spot, side, men = ground.stay.abroad
    row, place = rows_and_columns(spot, ground.world.n_places)
    holder = ground.seen.control.reshape(-1).take(spot)
    free = ground.world.factions.fights(side, holder) & ~ground.there.of_holders.reshape(-1).take(spot)
    leave = cells_of(ground.leave(row, side, holder))
    if len(leave):
        free[leave] = ~ground.firm(row[leave], place[leave])
    some = cells_of(free)
    row, place, side, men = row.take(some), place.take(some), side.take(some), men.take(some)
    may = cells_of(ground.many_enough(row, place, side, men))
    return strongest(row.take(may), place.take(may), side.take(may), men.take(may))


def _left_behind(ground: Contenders, passed: Passing) -> Taken:
    """Enemies' places without a man in them that columns went through today: they take them on the way."""
    seen, held = ground.seen, ground.there.of_holders
    row, side, place, men = passed.row, passed.side, passed.place, passed.men
    if not len(row):
        return row, place, side
    may = men >= np.maximum(ground.rates.hold_men, 1)[row]
    may &= ground.world.factions.fights(side, pick(seen.control, row, place)) & ~pick(held, row, place)
    may &= ~ground.world.places.guarded[place] & ground.many_enough(row, place, side, men)
    return strongest(row[may], place[may], side[may], men[may])


def _inside(ground: Contenders, control: Bytes) -> Bytes:
    """The strongest enemy of the new holder inside each place, of equals the first; shape (R, P)."""
    spot, side, men = ground.there.abroad if control is ground.seen.control else ground.there.strangers(control)
    enemy = cells_of(ground.world.factions.fights(side, control.reshape(-1).take(spot)))
    spot, side, men = spot.take(enemy), side.take(enemy), men.take(enemy)
    most = np.zeros(control.size)
    np.maximum.at(most, spot, men)
    strong = cells_of(men == most.take(spot))[::-1]
    contested = np.full(control.size, NOBODY, np.int8)
    contested[spot.take(strong)] = side.take(strong)
    return contested.reshape(control.shape)


def _unheld(ground: Contenders, control: Bytes, contested: Bytes) -> Bytes:
    """The same, and an enemy's name at remote crossings in nobody's hands, shape (R, P).

    Where no man stands and no supply comes, nobody holds a post in the desert.
    """
    world, posts = ground.world, cells_of(ground.world.places.remote)
    row, which = where(~(ground.seen.supplied.take(posts, axis=1) | (contested.take(posts, axis=1) != NOBODY)))
    place = posts.take(which)
    empty = cells_of(ground.there.bits_at(row * world.n_places + place) == 0)
    row, place = row.take(empty), place.take(empty)
    enemies = world.factions.hostile[control[row, place], : world.factions.n_sides]
    some = enemies.any(axis=1)
    contested[row[some], place[some]] = enemies[some].argmax(axis=1)
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
    row, place = rows_and_columns(spot, world.n_places)
    if not len(spot):
        return row, place, spot
    settled = seen.day - patrols.here(seen.taken_on) >= rates.settle_days.take(patrols.row)
    foothold = world.factions.fights(patrols.side, patrols.here(seen.control))
    bands = settled & ~foothold & world.units.light.take(patrols.unit)
    men = patrols.of(seen.men).astype(np.float64)
    everyone = _by_side(world, len(spot), number, patrols.side, men)
    roaming = _by_side(world, len(spot), number, patrols.side, men * bands)
    n_sides = world.factions.n_sides
    hostile = world.factions.hostile[:n_sides, :n_sides]
    felt = np.where(hostile.T.take(pick(seen.control, row, place), axis=0), roaming, everyone)
    against = _of_enemies(hostile, everyone)
    feared = world.people.feared
    if feared != NOBODY:
        comes = cells_of(felt[:, feared])
        need = men_needed(world, rates, seen, row[comes], place[comes]) * rates.patrol_need[row[comes]]
        felt[comes[felt[comes, feared] < need], feared] = 0.0
    strong = cells_of((felt > against).any(axis=1))
    spot, felt, against = spot.take(strong), felt.take(strong, axis=0), against.take(strong, axis=0)
    watched = (ground.there.bits_at(spot)[:, None] & world.factions.foes[:-1]) != 0
    takes = np.where(ground.may_take(spot, (felt > against) & ~watched), felt, 0.0)
    falls = cells_of(takes.any(axis=1))
    row, place = rows_and_columns(spot.take(falls), world.n_places)
    return row, place, takes.take(falls, axis=0).argmax(axis=1)


def _patrols(ground: Contenders, inside: Taken) -> tuple[Longs, Standing, Longs]:
    """Places one road away that patrols might take, and the units whose patrols reach them.

    Only places where neither the holder's men stand nor others have taken over, and that one of them might take: their
    cells (M,) in an array (R, P), in order; then a row for each unit and place, and which of the places it is (N,).
    """
    world, seen = ground.world, ground.seen
    open_ = ~ground.there.of_holders
    open_[inside[0], inside[1]] = False
    open_ &= ~world.places.guarded & (seen.control != world.people.feared)
    spots = _beside_who_might(ground, open_)
    place = spots % world.n_places
    ahead = world.patrolled.neighbour.take(place, axis=0)
    wanted, beside = np.zeros(open_.size, np.bool_), np.zeros(open_.size, np.bool_)
    wanted[spots] = True
    beside[((spots - place)[:, None] + ahead)[ahead >= 0]] = True
    near, place = _one_road_away(world, ground.everyone.only(ground.everyone.here(beside)))
    spot = near.row * world.n_places + place
    told = cells_of(wanted.take(spot))
    near, spot = near.only(told), spot.take(told)
    holder = seen.control.reshape(-1).take(spot)
    may = world.factions.fights(near.side, holder) | ground.leave(near.row, near.side, holder)
    front = np.zeros(open_.size, np.bool_)
    front[spot[may]] = True
    told, spots = cells_of(front.take(spot)), cells_of(front)
    number = np.empty(front.size, np.int64)
    number[spots] = np.arange(len(spots))
    return spots, near.only(told), number.take(spot.take(told))


def _beside_who_might(ground: Contenders, open_: Bools) -> Longs:
    """The ``open_`` places (R, P) one road away from a side that might take them, as spots (N,).

    Enemies come from places where they may roam, those with leave from everywhere.
    """
    seen, factions, links = ground.seen, ground.world.factions, ground.world.patrolled
    there, foes = ground.everyone.camps.bits(factions).reshape(open_.shape), factions.foes.take(seen.control)
    settled = seen.taken_on <= np.floor(seen.day - ground.rates.settle_days).astype(np.int16)[:, None]
    roam = (there & ~foes) * settled
    leave = np.zeros(foes.shape, foes.dtype)
    for side, other in zip(*np.nonzero(ground.takes_over.any(axis=0)), strict=True):
        leave |= (ground.takes_over[:, side, other, None] & (seen.control == other)) * factions.bit[side]
    near = links.near(np.ascontiguousarray(np.concatenate([roam, there]).T))
    near &= np.concatenate([foes * open_, leave * open_]).T
    place, row = where((near[:, : seen.replicas] | near[:, seen.replicas :]) != 0)
    return row * len(near) + place


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
