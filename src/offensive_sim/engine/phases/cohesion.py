"""Rulebook 4.7: each unit that is tested adds up its signed reasons; under the mark it breaks.

The reasons and their weights start from twelve cases of June to August 2014 (docs/rulebook.md lists them). A broken
unit loses the men who go home; the rest fall back to a neighbouring place of their own side, if there is one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine import rumour
from offensive_sim.engine.axes import NOBODY, OFF_MAP, Bools, Bytes, Floats, Ints, Longs, Shorts, Status
from offensive_sim.engine.cells import cells_of, pick, where
from offensive_sim.engine.dice import Luck
from offensive_sim.engine.journal import Factor, Reasons
from offensive_sim.engine.lasting import MOST_POINTS, Lasting, lasting
from offensive_sim.engine.nerve import Pressure, Scales
from offensive_sim.engine.presence import Standing, on_ground, units_at
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

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
    routed: Standing  # (N,) who broke
    is_news: Bools  # (N,) whether others hear of it
    into_town: Bools  # (N,) broke on home ground: the men stay, underground
    rally: Shorts  # (N,) where the rest fall back to, OFF_MAP = nowhere
    leave: Longs  # (M,) cells in an array (R, U) of those who broke, and of those who fell back and find no way on
    went_home: Ints  # (M,) men of these who dispersed
    reasons: Reasons


def hold_or_break(world: World, rates: Rates, seen: State, pressure: Pressure, luck: Luck) -> Nerve:
    """Test every unit in contact, in reach of bad news, cut off or leaderless; ``luck`` of the day.

    Those who break tonight are news at once to men within sight of it, who are tested again, once.
    """
    run, ground = lasting(world, rates), on_ground(world, seen)
    lately = rumour.lately(world, rates, seen, run)
    news = rumour.heard(world, rates, seen, (lately,), ground)
    shock, leaderless = np.zeros(seen.men.shape), _leaderless(world, rates, seen)
    shock.put(news.number, news.severity)
    tested = ((seen.days_cut > 0) | leaderless) & ground
    tested.reshape(-1)[news.number[news.severity >= _RUMOUR]] = True
    tested.reshape(-1)[_in_contact(world, seen, pressure, ground)] = True
    evening = _Evening(Scales(world, rates, seen, pressure, run), shock, leaderless, luck)
    tests = evening.test(units_at(world, seen, cells_of(tested)))
    broken = tests.who.only(tests.breaks)
    tonight = rumour.tonight(seen, broken.only(is_news(rates, seen, broken)), run)
    if len(tonight.row):
        ground.put(broken.number, False)
        news = rumour.heard(world, rates, seen, (lately, tonight), ground)
        worse = cells_of((news.severity >= _RUMOUR) & (news.severity > shock.take(news.number)))
        told = news.number.take(worse)
        shock.put(told, news.severity.take(worse))
        known = tested.take(told)
        evening.tell(tests, told[known])
        if not known.all():
            tests = tests.with_(evening.test(units_at(world, seen, told[~known])))
    return _outcome(world, rates, seen, run, tests)


def _in_contact(world: World, seen: State, pressure: Pressure, ground: Bools) -> Longs:
    """Cells in an array (R, U) of the units on the ``ground`` (R, U) that an enemy faces."""
    beside = units_at(world, seen, pressure.beside[ground.take(pressure.beside)])
    return beside.number[pressure.enemy.at(beside.side, beside.spot) > 0]


@dataclass(frozen=True)
class _Tests:
    """Who was tested, in the order of replicas and units, the points of each by factor, and who breaks."""

    who: Standing
    points: np.ndarray  # (factors, N)
    nerve: Longs  # (N,) their sum
    breaks: Bools  # (N,)

    def with_(self, more: "_Tests") -> "_Tests":
        """Tests of other units among these."""
        mine, theirs = self.who, more.who
        number = np.concatenate([mine.number, theirs.number])
        order = number.argsort()
        place = np.concatenate([mine.place, theirs.place]).take(order)
        who = Standing(number.take(order), place, mine.shape, mine.sides)
        points = np.concatenate([self.points, more.points], axis=1).take(order, axis=1)
        nerve, breaks = np.concatenate([self.nerve, more.nerve]), np.concatenate([self.breaks, more.breaks])
        return _Tests(who, points, nerve.take(order), breaks.take(order))


@dataclass(frozen=True)
class _Evening:
    """What decides the tests of one evening."""

    scales: Scales
    shock: Floats  # (R, U) how bad the news is that a unit has heard
    leaderless: Bools  # (R, U)
    luck: Luck

    def test(self, who: Standing) -> _Tests:
        """Units that are tested for the first time."""
        rates, points = self.scales.rates, self.scales.points_of(who)
        points[Factor.COMMAND_GONE] *= who.of(self.leaderless)
        wobble = (self.luck.at(who.row, who.unit) - 0.5) + (who.of(rates.unit_luck) - 0.5)
        points[Factor.LUCK] = (2.0 * rates.luck.take(who.row) * wobble).round()
        points[Factor.SHOCK] = self._shocks(who.row, who.number)
        nerve = points.sum(axis=0, dtype=np.int64)
        return _Tests(who, points, nerve, nerve < rates.breaks_under.take(who.row))

    def tell(self, tests: _Tests, told: Longs) -> None:
        """Test some units again, cells in an array (R, U), ``told`` of tonight's routs: all else is as before."""
        again = np.searchsorted(tests.who.number, told)
        row = tests.who.row.take(again)
        tests.points[Factor.SHOCK, again] = self._shocks(row, told)
        nerve = tests.points.take(again, axis=1).sum(axis=0, dtype=np.int64)
        tests.nerve[again], tests.breaks[again] = nerve, nerve < self.scales.rates.breaks_under.take(row)

    def _shocks(self, row: Longs, number: Longs) -> Floats:
        """Points for the news that units have heard, shape (N,)."""
        return -(self.scales.rates.shock.take(row) * self.shock.take(number)).round()


def is_news(rates: Rates, seen: State, routed: Standing) -> Bools:
    """Which routs others hear of, shape (N,): those of units that were not still shaken."""
    before = routed.of(seen.broke_on)
    return (before < 0) | (seen.day - before > rates.shaken_days.take(routed.row))


def _leaderless(world: World, rates: Rates, seen: State) -> Bools:
    """Units that have seen the commanders above them go in the last days, shape (R, U)."""
    leaves = world.effects.command_leaves
    shocked = np.zeros(seen.men.shape, np.bool_)
    for effect, hq in enumerate(leaves.unit):
        since = seen.fired_on[:, leaves.trigger[effect]]
        lately = (since >= 0) & (since > seen.day - rates.command_days)
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


def _outcome(world: World, rates: Rates, seen: State, run: Lasting, tests: _Tests) -> Nerve:
    who, breaks, routed = tests.who, tests.breaks, tests.who.only(tests.breaks)
    nerve = run.calm.tonight(seen)
    nerve.reshape(-1)[who.number] = _told(tests.nerve)
    into_town, rally, left = _stay_together(world, seen, routed)
    stranded = _stranded(seen)
    small: Bytes = _told(tests.points).astype(np.int8).T
    return Nerve(
        nerve=nerve,
        routed=routed,
        is_news=is_news(rates, seen, routed),
        into_town=into_town,
        rally=rally,
        leave=np.concatenate([routed.number, stranded]),
        went_home=np.concatenate([routed.of(seen.men) - left, seen.men.take(stranded)]),
        reasons=Reasons(row=who.row, unit=who.unit, place=who.place, points=small, broke=breaks),
    )


def _stranded(seen: State) -> Longs:
    """Cells in an array (R, U) of units that have fallen back and find no way on, shape (N,)."""
    falling = cells_of(seen.status == Status.FALLING_BACK.value)
    stays = (seen.unit_link.take(falling) < 0) & (seen.unit_place.take(falling) != seen.rally.take(falling))
    return falling[stays]


def _stay_together(world: World, seen: State, routed: Standing) -> tuple[Bools, Shorts, Ints]:
    """Of broken units who hide in town, where others rally, and how many men stay; shape (N,) each."""
    if not len(routed.number):
        return np.zeros(0, np.bool_), np.zeros(0, np.int16), np.zeros(0, np.int32)
    hides = pick(world.units.home, routed.unit, routed.place) & ~world.places.wary.take(routed.place)
    back = np.where(hides, OFF_MAP, _way_back(world, seen, routed))
    stay = np.where((back >= 0) | hides, 1.0 - world.factions.disperses[world.units.faction[routed.unit]], 0.0)
    left = np.floor(routed.of(seen.men) * stay).astype(np.int32)
    left[left < _REMNANT] = 0
    return hides & (left > 0), np.where(left > 0, back, OFF_MAP), left


def _told(points: np.ndarray) -> np.ndarray:
    """Points as far as they are told."""
    return np.minimum(np.maximum(points, -MOST_POINTS), MOST_POINTS)


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
