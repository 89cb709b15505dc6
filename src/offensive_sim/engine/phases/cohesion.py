"""Rulebook 4.7: each unit that is tested adds up its signed reasons; under the mark it breaks.

The reasons and their weights start from twelve cases of June to August 2014 (docs/rulebook.md lists them). A broken
unit loses the men who go home; the rest fall back to a neighbouring place of their own side, if there is one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, OFF_MAP, Bools, Bytes, Floats, Ints, Longs, Shorts, Status
from offensive_sim.engine.journal import Factor, Reasons
from offensive_sim.engine.nerve import Pressure, at_rest, points_of
from offensive_sim.engine.presence import Standing, standing_units
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_MOST_POINTS: Final = 120
_NEWS_MEN: Final = 200
"""A rout of fewer men than this is not news."""
_RUMOUR: Final = 0.2
"""News milder than this tests nobody."""
_TO_THE_REAR_M: Final = 30_000
"""Metres that broken men go further for a place that no enemy faces."""
_REMNANT: Final = 60
"""Fewer men than this do not stay together after a rout."""


@dataclass(frozen=True)
class Nerve:
    """Who stood and who broke."""

    nerve: Shorts  # (R, U) points
    broke: Bools  # (R, U)
    into_town: Bools  # (R, U) of these, broke on home ground: the men stay, underground
    went_home: Ints  # (R, U) men who dispersed
    rally: Shorts  # (R, U) where the rest fall back to, OFF_MAP = nowhere
    reasons: Reasons


def hold_or_break(world: World, rates: Rates, seen: State, pressure: Pressure, u: tuple[Floats, Floats]) -> Nerve:
    """Test every unit in contact, in reach of bad news, cut off or leaderless; ``u``: daily and lasting luck (R, U)."""
    standing = standing_units(world, seen)
    shock = _shocked(world, rates, seen)
    leaderless = _leaderless(world, rates, seen)
    pressed = (standing.own(pressure.enemy) > 0) | (standing.of(seen.days_cut) > 0)
    tested = standing.only(pressed | (standing.of(shock) >= _RUMOUR) | standing.of(leaderless))
    row = tested.row
    points = points_of(world, rates, seen, pressure, tested)
    points[:, Factor.SHOCK] = -np.round(rates.shock[row] * tested.of(shock))
    points[:, Factor.COMMAND_GONE] = -np.round(rates.command_gone[row]) * tested.of(leaderless)
    wobble = (tested.of(u[0]) - 0.5) + (tested.of(u[1]) - 0.5)
    points[:, Factor.LUCK] = np.round(2.0 * rates.luck[row] * wobble)
    score = points.sum(axis=1, dtype=np.int64)
    breaks = score < rates.breaks_under[row]
    return _outcome(world, seen, _calmer(world, rates, seen), tested, (points, score, breaks))


def is_news(rates: Rates, seen: State, broke: Bools) -> Bools:
    """Which routs others hear of, shape (R, U): those of enough men, and not of a unit that was still shaken."""
    shaken = (seen.broke_on >= 0) & (seen.day - seen.broke_on <= rates.shaken_days[:, None])
    return broke & ~shaken & (seen.men >= _NEWS_MEN)


def _leaderless(world: World, rates: Rates, seen: State) -> Bools:
    """Units that have seen the commanders above them go in the last days, shape (R, U)."""
    leaves = world.effects.command_leaves
    shocked = np.zeros(seen.men.shape, np.bool_)
    for effect, hq in enumerate(leaves.unit):
        since = seen.fired_on[:, leaves.trigger[effect]]
        lately = (since >= 0) & (seen.day - since < rates.command_days)
        if lately.any():
            below = _below(world, int(hq))
            place, seat = np.maximum(seen.unit_place, 0), np.maximum(seen.unit_place[:, hq], 0)
            near = world.shock_near[place, seat[:, None]] & (world.links.way_m[place, seat[:, None]] <= _SEEN_M)
            shocked |= lately[:, None] & below[None, :] & near
    return shocked


_SEEN_M: Final = 30_000
"""Metres within which men see or hear the same day that their commanders have gone."""


def _below(world: World, hq: int) -> Bools:
    """Units whose chain of command leads to a headquarters, itself included, shape (U,)."""
    below = np.arange(world.n_units) == hq
    above = world.units.parent.astype(np.int64)
    for _ in range(4):
        below = below | ((above >= 0) & below[above])
    return below


def _shocked(world: World, rates: Rates, seen: State) -> Floats:
    """How bad the news is that a unit has of its own command's routs these last days, 0 to 1, shape (R, U).

    Full where ``shock_share`` of the command's men within reach have broken.
    """
    age = seen.day - seen.broke_on
    news = (seen.broke_on >= 0) & (age >= 1) & (age <= rates.shock_days[:, None]) & (seen.broke_men > 0)
    severity = np.zeros(seen.men.shape)
    place = np.maximum(seen.unit_place, 0)
    for command in np.unique(world.units.command[news.any(axis=0)]):
        members = np.flatnonzero(world.units.command == command)
        rows = np.flatnonzero(news[:, members].any(axis=1))
        cell = np.ix_(rows, members)
        lost = _within_reach(world, seen.broke_at[cell], np.where(news[cell], seen.broke_men[cell], 0))
        stand = _within_reach(world, place[cell], np.where(news[cell], 0, seen.men[cell]))
        share = lost / np.maximum(lost + stand, 1)
        felt = np.take_along_axis(share, place[cell].astype(np.int64), axis=1)
        severity[cell] = np.minimum(felt / rates.shock_share[rows, None], 1.0)
    return np.where(age == 0, 0.0, severity)


def _within_reach(world: World, place: Shorts, men: Ints) -> Floats:
    """Men within the reach of news of each place, shape (rows, P).

    A matrix product, but of whole numbers far below 2^53: exact in any order of addition.
    """
    cell = np.arange(len(place))[:, None] * world.n_places + place
    at = np.bincount(cell.ravel(), men.ravel(), len(place) * world.n_places).reshape(len(place), -1)
    reached: Floats = at @ world.news_reach
    return reached


def _calmer(world: World, rates: Rates, seen: State) -> Shorts:
    """Nerve of units that nothing tests: each day a step back to rest, ``base`` points in ``shaken_days``."""
    rest = np.clip(np.round(at_rest(world, rates, seen)), -_MOST_POINTS, _MOST_POINTS)
    step = np.ceil(rates.base / rates.shaken_days)[:, None]
    return (seen.nerve + np.clip(rest - seen.nerve, -step, step)).astype(np.int16)


def _outcome(
    world: World, seen: State, calm: Shorts, who: Standing, result: tuple[np.ndarray, Longs, Bools]
) -> Nerve:
    row, unit, place = who.row, who.unit, who.place
    points, score, breaks = result
    shape = seen.men.shape
    nerve, broke = calm.copy(), np.zeros(shape, np.bool_)
    nerve[row, unit] = np.clip(score, -_MOST_POINTS, _MOST_POINTS)
    broke[row, unit] = breaks
    hides = breaks & world.units.home[unit, place] & ~world.places.wary[place]
    into_town = np.zeros(shape, np.bool_)
    into_town[row, unit] = hides
    rally = np.full(shape, OFF_MAP, np.int16)
    driven = who.only(breaks & ~hides)
    rally[driven.row, driven.unit] = _way_back(world, seen, driven)
    stays = np.where((rally >= 0) | into_town, 1.0 - world.factions.disperses[world.units.faction][None, :], 0.0)
    left = np.floor(seen.men * stays)
    left = np.where(left < _REMNANT, 0.0, left)
    rally = np.where(left > 0, rally, OFF_MAP).astype(np.int16)
    stranded = (seen.status == Status.FALLING_BACK) & (seen.unit_link < 0) & (seen.unit_place != seen.rally)
    went_home = np.where(broke, seen.men - left, np.where(stranded, seen.men, 0)).astype(np.int32)
    small: Bytes = np.clip(points, -_MOST_POINTS, _MOST_POINTS).astype(np.int8)
    reasons = Reasons(row=row, unit=unit, place=place, points=small, broke=breaks)
    return Nerve(nerve, broke, into_town & (left > 0), went_home, rally, reasons)


def _way_back(world: World, seen: State, driven: Standing) -> Shorts:
    """The neighbouring place of one's own side, quiet, by the shortest road; OFF_MAP if none.

    Men who run, run to the rear: a place next door to an enemy's counts as ``_TO_THE_REAR_M`` further away.
    """
    row, place, side = driven.row, driven.place, driven.side
    neighbour = world.links.neighbour[place].astype(np.int64)
    ahead = np.maximum(neighbour, 0)
    wide = np.broadcast_to(row[:, None], neighbour.shape)
    own = (neighbour >= 0) & (seen.control[wide, ahead] == side[:, None])
    quiet = own & (seen.contested_by[wide, ahead] == NOBODY)
    beyond = world.links.neighbour[ahead].astype(np.int64)
    faces = world.factions.hostile[side[:, None, None], seen.control[row[:, None, None], np.maximum(beyond, 0)]]
    exposed = (faces & (beyond >= 0)).any(axis=2)
    order = world.links.metres[world.links.slot_link[place]] + exposed * _TO_THE_REAR_M
    far = np.where(quiet, order, np.iinfo(np.int32).max)
    best = far.argmin(axis=1)
    pick = np.arange(len(row))
    return np.where(quiet[pick, best], ahead[pick, best], OFF_MAP).astype(np.int16)
