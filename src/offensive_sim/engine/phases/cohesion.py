"""Rulebook 4.7: each unit that is tested adds up its signed reasons; under the mark it breaks.

The reasons and their weights start from twelve cases of June to August 2014 (docs/rulebook.md lists them). A broken
unit loses the men who go home; the rest fall back to a neighbouring place of their own side, if there is one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, OFF_MAP, Bools, Bytes, Floats, Ints, Longs, Shorts, Status
from offensive_sim.engine.cells import cells_of, leaders, pick, runs, where
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.journal import Factor, Reasons
from offensive_sim.engine.nerve import Pressure, at_rest, points_of
from offensive_sim.engine.presence import Standing
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_MOST_POINTS: Final = 120
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


def hold_or_break(
    world: World, rates: Rates, seen: State, standing: Standing, pressure: Pressure, luck: Luck
) -> Nerve:
    """Test every unit in contact, in reach of bad news, cut off or leaderless; ``luck`` of the day.

    Those who break tonight are news at once to men within sight of it, who are tested again, once.
    """
    shock, leaderless = _shocked(world, rates, seen, standing), _leaderless(world, rates, seen)
    pressed = (pressure.enemy.at(standing.side, standing.spot) > 0) | (standing.of(seen.days_cut) > 0)
    tested = standing.only(pressed | (standing.of(shock) >= _RUMOUR) | standing.of(leaderless))

    def test(who: Standing, shock: Floats) -> _Test:
        points = points_of(world, rates, seen, pressure, who)
        points[:, Factor.SHOCK] = -np.round(rates.shock[who.row] * who.of(shock))
        points[:, Factor.COMMAND_GONE] = -np.round(rates.command_gone[who.row]) * who.of(leaderless)
        wobble = (luck.at(who.row, who.unit) - 0.5) + (who.of(rates.unit_luck) - 0.5)
        points[:, Factor.LUCK] = np.round(2.0 * rates.luck[who.row] * wobble)
        return _Test(who, points, points.sum(axis=1, dtype=np.int64) < rates.breaks_under[who.row])

    evening = test(tested, shock)
    broke = np.zeros(seen.men.shape, np.bool_)
    broke.reshape(-1)[tested.number] = evening.breaks
    tonight = _routs(world.sight, seen.unit_place, seen.men, where(is_news(rates, seen, broke)))
    if len(tonight.row):
        others = standing.only(~standing.of(broke))
        word = _shocked(world, rates, seen, others, tonight)
        hears = (others.of(word) >= _RUMOUR) & (others.of(word) > others.of(shock))
        evening = evening.after(test(others.only(hears), word))
    return _outcome(world, seen, _calmer(world, rates, seen), evening)


@dataclass(frozen=True)
class _Test:
    """Who was tested, the points of each by factor, and who breaks."""

    who: Standing
    points: np.ndarray  # (N, factors)
    breaks: Bools  # (N,)

    def after(self, later: "_Test") -> "_Test":
        """The last word on each unit, in the order of replicas and units."""
        stays = ~np.isin(self.who.number, later.who.number)
        kept, told = self.who.only(stays), later.who
        number = np.concatenate([kept.number, told.number])
        order = np.argsort(number)
        place = np.concatenate([kept.place, told.place])[order]
        who = Standing(number[order], place, kept.shape, kept.sides)
        points = np.concatenate([self.points[stays], later.points])[order]
        return _Test(who, points, np.concatenate([self.breaks[stays], later.breaks])[order])


def is_news(rates: Rates, seen: State, broke: Bools) -> Bools:
    """Which routs others hear of, shape (R, U): those of units that were not still shaken."""
    row, unit = where(broke)
    before = seen.broke_on[row, unit]
    news = np.zeros(broke.shape, np.bool_)
    news[row, unit] = (before < 0) | (seen.day - before > rates.shaken_days[row])
    return news


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
            shocked |= lately[:, None] & below[None, :] & pick(world.sight, place, seat[:, None])
    return shocked


def _below(world: World, hq: int) -> Bools:
    """Units whose chain of command leads to a headquarters, itself included, shape (U,)."""
    below = np.arange(world.n_units) == hq
    above = world.units.parent.astype(np.int64)
    for _ in range(4):
        below = below | ((above >= 0) & below[above])
    return below


@dataclass(frozen=True)
class _Routs:
    """Routs that are news, in the order of replicas, and how far each kind of news reaches."""

    row: Longs  # (N,)
    unit: Longs  # (N,)
    place: Longs  # (N,) where it broke
    men: Ints  # (N,) that it had
    reach: Bools  # (P, P)

    def only(self, some: Bools) -> "_Routs":
        """Some of them."""
        return _Routs(self.row[some], self.unit[some], self.place[some], self.men[some], self.reach)


def _routs(reach: Bools, place: Shorts, men: Ints, which: tuple[Longs, Longs]) -> _Routs:
    return _Routs(*which, place[which].astype(np.int64), men[which], reach)


def _lately(world: World, rates: Rates, seen: State) -> _Routs:
    """Routs of these last days, without today's."""
    age = seen.day - seen.broke_on
    row, unit = where((age <= rates.shock_days.max()) & (seen.broke_on >= 0))
    fresh = (age[row, unit] >= 1) & (age[row, unit] <= rates.shock_days[row]) & (seen.broke_men[row, unit] > 0)
    return _routs(world.shock_near, seen.broke_at, seen.broke_men, (row[fresh], unit[fresh]))


def _shocked(
    world: World, rates: Rates, seen: State, standing: Standing, tonight: _Routs | None = None
) -> Floats:
    """How bad the news is that each unit has of its own command's routs these last days, 0 to 1, shape (R, U).

    Full where ``shock_share`` of the command's men within reach have broken. With ``tonight``, of routs of today as
    well, and to those only who see or hear these. Those who broke today count nowhere.
    """
    severity = np.zeros(seen.men.shape)
    lately = _lately(world, rates, seen)
    listens = np.zeros(seen.men.shape, np.bool_)
    listens.reshape(-1)[standing.number] = True
    routs = (lately,) if tonight is None else (lately, tonight)
    if not len(routs[-1].row):
        return severity
    commands = world.units.command
    for command in np.unique(commands[routs[-1].unit]):
        told = tuple(rout.only(commands[rout.unit] == command) for rout in routs)
        _spread_news(world, rates, seen, (int(command), told, listens), severity)
    severity[seen.broke_on == seen.day] = 0.0
    return severity


def _spread_news(
    world: World, rates: Rates, seen: State, news: tuple[int, tuple[_Routs, ...], Bools], severity: Floats
) -> None:
    """What the routs of one command tell its other units; ``severity`` (R, U) is written.

    ``news``: the command, its routs, of which the last decide who hears, and who listens (R, U). Against them stand
    the command's other men under arms on the map.
    """
    command, routs, listens = news
    members = cells_of(world.units.command == command)
    on_map = (seen.unit_place[:, members] >= 0) & world.units.armed[members]
    place = np.maximum(seen.unit_place[:, members], 0).astype(np.int64)
    men = np.where(on_map, seen.men[:, members], 0)
    lost = np.zeros(men.shape)
    hears = np.zeros(men.shape, np.bool_)
    for rout in routs:
        men[rout.row, np.searchsorted(members, rout.unit)] = 0
        near = pick(rout.reach, rout.place[:, None], place.take(rout.row, axis=0))
        first = runs(rout.row)
        told = np.zeros(men.shape)
        if len(first):
            told[rout.row[first]] = np.add.reduceat(near * rout.men[:, None], first, axis=0)
        lost, hears = lost + told, told > 0
    row, hearer = where(hears & listens[:, members])
    stand = _men_near(world, men, place, (row, place[row, hearer]))
    share = lost[row, hearer] / np.maximum(lost[row, hearer] + stand, 1)
    severity[row, members[hearer]] = np.minimum(share / rates.shock_share[row], 1.0)


def _men_near(world: World, men: Ints, place: Longs, spots: tuple[Longs, Longs]) -> Longs:
    """Men of a command (R, M), at ``place`` (R, M), who hear what happens at some spots, rows and places (N,); (N,)."""
    row, here = spots
    first = leaders(row * world.n_places + here, len(men) * world.n_places)
    each = cells_of(first == np.arange(len(first)))
    near = pick(world.shock_near, place.take(row[each], axis=0), here[each, None])
    total = np.zeros(len(row), np.int64)
    total[each] = (near * men.take(row[each], axis=0)).sum(axis=1)
    return total[first]


def _calmer(world: World, rates: Rates, seen: State) -> Shorts:
    """Nerve of units that nothing tests: each day a step back to rest, ``base`` points in ``shaken_days``."""
    rest = np.clip(np.round(at_rest(world, rates, seen)), -_MOST_POINTS, _MOST_POINTS).astype(np.int16)
    step = np.ceil(rates.base / rates.shaken_days).astype(np.int16)[:, None]
    return seen.nerve + np.clip(rest - seen.nerve, -step, step)


def _outcome(world: World, seen: State, calm: Shorts, test: _Test) -> Nerve:
    who, points, breaks = test.who, test.points, test.breaks
    shape = seen.men.shape
    nerve = calm.copy()
    nerve.reshape(-1)[who.number] = np.clip(points.sum(axis=1, dtype=np.int64), -_MOST_POINTS, _MOST_POINTS)
    broke, into_town = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    rally, went_home = np.full(shape, OFF_MAP, np.int16), np.zeros(shape, np.int32)
    stranded = (seen.status == Status.FALLING_BACK) & (seen.unit_link < 0) & (seen.unit_place != seen.rally)
    went_home[stranded] = seen.men[stranded]
    routed = who.only(breaks)
    men = routed.of(seen.men)
    hides = pick(world.units.home, routed.unit, routed.place) & ~world.places.wary[routed.place]
    back = np.where(hides, OFF_MAP, _way_back(world, seen, routed))
    stay = np.where((back >= 0) | hides, 1.0 - world.factions.disperses[world.units.faction[routed.unit]], 0.0)
    left = np.floor(men * stay)
    left[left < _REMNANT] = 0.0
    broke.reshape(-1)[routed.number] = True
    into_town.reshape(-1)[routed.number] = hides & (left > 0)
    rally.reshape(-1)[routed.number] = np.where(left > 0, back, OFF_MAP)
    went_home.reshape(-1)[routed.number] = men - left
    small: Bytes = np.clip(points, -_MOST_POINTS, _MOST_POINTS).astype(np.int8)
    reasons = Reasons(row=who.row, unit=who.unit, place=who.place, points=small, broke=breaks)
    return Nerve(nerve, broke, into_town, went_home, rally, reasons)


def _way_back(world: World, seen: State, driven: Standing) -> Shorts:
    """The neighbouring place of one's own side, quiet, by the shortest road; OFF_MAP if none.

    Men who run, run to the rear: a place next door to an enemy's counts as ``_TO_THE_REAR_M`` further away.
    """
    row, place, side = driven.row, driven.place, driven.side
    neighbour = world.links.neighbour[place].astype(np.int64)
    ahead = np.maximum(neighbour, 0)
    own = (neighbour >= 0) & (pick(seen.control, row[:, None], ahead) == side[:, None])
    quiet = own & (pick(seen.contested_by, row[:, None], ahead) == NOBODY)
    which, slot = where(quiet)
    beyond = world.links.neighbour.take(ahead[which, slot], axis=0)
    faces = world.factions.fights(side[which, None], pick(seen.control, row[which, None], np.maximum(beyond, 0)))
    exposed = (faces & (beyond >= 0)).any(axis=1)
    far = np.full(neighbour.shape, np.iinfo(np.int32).max)
    far[which, slot] = world.links.slot_m[place[which], slot] + exposed * _TO_THE_REAR_M
    best, every = far.argmin(axis=1), np.arange(len(row))
    return np.where(quiet[every, best], ahead[every, best], OFF_MAP).astype(np.int16)
