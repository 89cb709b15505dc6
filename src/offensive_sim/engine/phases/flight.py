"""Rulebook 4.9, first half: who leaves home or shelter today.

A hazard a day from what threatens a place: enemies within reach by road (anticipation), a capture in the last days,
fighting, and neighbours who have gone. Communities differ in how much of it they feel. Nobody here is an agent;
nobody is made or lost.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.cells import cells_of, pick, rows_and_columns, where
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import warned
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import PARTY, in_parties
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_ASKED_EVERY: Final = 7
_COLUMN: Final = 600
"""Displaced persons who set out again together, at most."""
_CALM: Final = 1e-4
"""Hazard a day for the reference community below which nobody in shelter stirs."""

_URGENT: Final = 3e-3
"""Hazard a day for the reference community from which people at home weigh it every day."""
_ALLOWANCE: Final = 1e-9
"""Far more than rounding can make of a chance."""
_EVERYBODY: Final = 2**31 - 1
"""More persons than there are anywhere."""


@dataclass(frozen=True)
class Departures:
    """Who sets out."""

    row: Longs  # (M,) replicas and ...
    home: Longs  # (M,) ... homes that some leave ...
    from_home: Ints  # (M,) ... persons
    again: Longs  # (N,) entries of ``State.in_shelter`` some of whose people move on ...
    from_shelter: Ints  # (N,) ... persons


@dataclass(frozen=True)
class Danger:
    """What people can see of the war from where they are, all (R, P)."""

    threat: Floats  # enemies within reach beyond what people lived with, 0 to about 1
    captured: Floats  # 1 on the day the place was taken by ISIS, falling after; or the weight of a warning
    contact: Floats  # share of the feared side in the fighting there, 0 to 1


def danger(world: World, rates: Rates, seen: State, contact: Floats, feared: int) -> Danger:
    """The danger at every place from the side ``feared``; ``contact`` (R, P)."""
    if feared == NOBODY:
        held = inside = np.zeros(seen.control.shape, np.bool_)
    else:
        held, inside = seen.control == feared, seen.contested_by == feared
    captured = _captured(rates, seen, held)
    if len(world.effects.warnings.trigger):
        captured = np.maximum(captured, warned(seen, world.effects.warnings))
    threat = _near(world, held | inside)
    threat -= world.people.threat_before
    return Danger(np.maximum(threat, 0.0, out=threat), captured, contact)


def _captured(rates: Rates, seen: State, held: Bools) -> Floats:
    """What is left of the alarm of a capture in places that the feared side holds, shape (R, P)."""
    alarm = np.zeros(held.shape)
    cell = cells_of(held & (seen.taken_on >= 0))
    age = (seen.day - seen.taken_on.reshape(-1).take(cell)) / rates.flight_capture_days.take(cell // held.shape[1])
    fading = 1.0 / (1.0 + age * age)
    alarm.reshape(-1)[cell] = fading * fading
    return alarm


def _near(world: World, hostile: Bools) -> Floats:
    """Sum over hostile places of a weight that falls with hours of road, shape (R, P).

    A matrix product, but of whole numbers far below 2^24: exact in single precision in any order of addition. So what
    is hostile in every replica, most of it, is added up once for all of them.
    """
    weight, everywhere = world.people.threat_singles, hostile.all(axis=0)
    some = cells_of(hostile.any(axis=0) & ~everywhere)
    near = hostile.take(some, axis=1).astype(np.float32) @ weight.take(some, axis=0)
    near += weight.take(cells_of(everywhere), axis=0).sum(axis=0)
    return near.astype(np.float64) / 1000.0


def leave(world: World, rates: Rates, seen: State, dangers: Danger, dice: Dice) -> Departures:
    """Persons who set out."""
    hazard = _hazard(rates, dangers)
    return Departures(*_from_home(world, rates, seen, hazard, dice), *_again(world, rates, seen, hazard, dice))


@dataclass(frozen=True)
class Hazard:
    """Hazard a day for the reference community, (R, P) each."""

    capture: Floats  # from what ISIS does or may do: felt in full proportion to vulnerability
    contact: Floats  # from the fighting itself: felt with its square root

    @kept
    def total(self) -> Floats:
        """As the reference community feels it."""
        return self.capture + self.contact

    def felt(self, spot: Longs, vulnerable: Floats) -> Floats:
        """The hazard at some cells of an array (R, P) as communities of such vulnerability feel it; (N,) all."""
        felt = self.capture.reshape(-1).take(spot) * vulnerable
        felt += self.contact.reshape(-1).take(spot) * np.sqrt(vulnerable)
        return felt


def _hazard(rates: Rates, dangers: Danger) -> Hazard:
    over = dangers.threat - rates.flight_threshold[:, None]
    capture = np.maximum(over, 0.0, out=over)
    capture *= rates.flight_threat[:, None]
    capture += rates.flight_capture[:, None] * dangers.captured
    return Hazard(capture=capture, contact=rates.flight_contact[:, None] * dangers.contact)


def _from_home(world: World, rates: Rates, seen: State, hazard: Hazard, dice: Dice) -> tuple[Longs, Longs, Ints]:
    """Persons who leave home: replicas, homes and persons, (N,) each."""
    people = world.people
    row, home = _weighing(world, seen, hazard)
    spot = row * world.n_places + people.sites.take(home)
    lasting = row * len(people.group_ids) + people.groups.take(home)
    felt = hazard.felt(spot, pick(rates.vulnerability, row, people.communities.take(home)))
    felt *= 1.0 + rates.flight_contagion.take(row) * _share_gone(seen).reshape(-1).take(lasting)
    felt *= np.where(hazard.total.reshape(-1).take(spot) > _URGENT, 1.0, _ASKED_EVERY)
    share = _chance(felt * rates.flight_luck.reshape(-1).take(lasting))
    there = pick(seen.at_home, row, home)
    movable = there - people.settled.take(home)
    u = dice.at(Draw.FLIGHT, seen.day, row, home)
    left = np.minimum(in_parties(movable * share, u, np.minimum(movable, PARTY)), there)
    some = cells_of(left)
    return row.take(some), home.take(some), left.take(some)


def _weighing(world: World, seen: State, hazard: Hazard) -> tuple[Longs, Longs]:
    """Replicas and homes (N,) that weigh leaving today, of those from which anybody would.

    In great danger all do every day, in less of it each home once in ``_ASKED_EVERY`` days for all of them.
    """
    home_place, asked = world.people.home_place, slice(seen.day % _ASKED_EVERY, None, _ASKED_EVERY)
    weighs = (hazard.total > _URGENT)[:, home_place]
    weighs[:, asked] = hazard.total[:, home_place[asked]] > 0
    return where(weighs & (seen.at_home > world.people.settled))


def _chance(hazard: Floats) -> Floats:
    """1 - exp(-hazard) to within 0.03, by + * / alone: 1 - 1/(1 + x + x^2/2 + x^3/6)."""
    return 1.0 - 1.0 / (1.0 + hazard * (1.0 + hazard * (0.5 + hazard / 6.0)))


def _share_gone(seen: State) -> Floats:
    """Share of each group that is no longer at home, shape (R, G)."""
    home = seen.group_persons - seen.displaced()
    return 1.0 - home / np.maximum(seen.group_persons, 1)


def _again(world: World, rates: Rates, seen: State, hazard: Hazard, dice: Dice) -> tuple[Longs, Ints]:
    """Displaced people who must move on, or find somewhere better: entries of ``State.in_shelter`` and persons, (N,).

    Danger is weighed every day; for other reasons each place is asked once in ``_ASKED_EVERY`` days.
    """
    first, better = seen.day % _ASKED_EVERY, rates.onward * _ASKED_EVERY
    weighs = hazard.total > _CALM
    weighs[:, first::_ASKED_EVERY] = True
    weighs &= seen.in_shelter.by_place > 0
    most = hazard.total * (np.maximum(rates.vulnerability.max(axis=1), 1.0) * rates.flight_again)[:, None]
    most[:, first::_ASKED_EVERY] += better[:, None]
    spot = cells_of(weighs)
    u = dice.at(Draw.ONWARD, seen.day, *rows_and_columns(spot, world.n_places))
    entry, luck = _stirred(seen.in_shelter, spot, most.reshape(-1).take(spot), u)
    who, number = seen.in_shelter.whereabouts(entry), seen.in_shelter.persons.take(entry)
    vulnerable = pick(rates.vulnerability, who.row, world.people.group_community.take(who.group))
    felt = hazard.felt(who.row * world.n_places + who.place, vulnerable) * rates.flight_again.take(who.row)
    felt += better.take(who.row) * (who.place % _ASKED_EVERY == first)
    leaves = np.minimum(in_parties(number * _chance(felt), luck, np.minimum(number, _COLUMN)), number)
    some = cells_of(leaves)
    return entry.take(some), leaves.take(some)


def _stirred(crowd: Crowd, spot: Longs, felt: Floats, u: Floats) -> tuple[Longs, Floats]:
    """Entries of the crowd from which a column could leave, and their luck, (N,) both.

    ``spot`` (M,) are the cells of an array (R, P) that are asked, ``felt`` the most that anybody feels there, ``u``
    the luck. A chance of 1 - exp(-x) is never above x / (1 + x/2).
    """
    columns = (1.0 - _ALLOWANCE - u) * (0.5 + 1.0 / np.maximum(felt, _ALLOWANCE))
    columns *= columns > 1.0  # fewer than one go as one
    enough = np.full(crowd.shape[0] * crowd.shape[2], _EVERYBODY, np.int32)
    enough[spot] = np.minimum(columns * _COLUMN, _EVERYBODY)
    luck = np.empty(len(enough))
    luck[spot] = u
    entry = cells_of(crowd.persons >= enough.take(crowd.spots))
    return entry, luck.take(crowd.spots.take(entry))
