"""Rulebook 4.9, first half: who leaves home or shelter today.

A hazard a day from what threatens a place: enemies within reach by road (anticipation), a capture in the last days,
fighting, and neighbours who have gone. Communities differ in how much of it they feel. Nobody here is an agent;
nobody is made or lost.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.cells import where
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.engine.effects import warned
from offensive_sim.engine.presence import by_group
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


@dataclass(frozen=True)
class Departures:
    """Who sets out."""

    from_home: Ints  # (R, H) persons
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
    held = (seen.control == feared) & (feared != NOBODY)
    inside = ((seen.contested_by == feared) & (feared != NOBODY)) | (held & (seen.contested_by != NOBODY))
    age = (seen.day - seen.taken_on).astype(np.float64) / rates.flight_capture_days[:, None]
    fading = 1.0 / (1.0 + age * age)
    captured = np.where(held & (seen.taken_on >= 0), fading * fading, 0.0)
    captured = np.maximum(captured, warned(seen, world.effects.warnings))
    near = np.maximum(_near(world, held | inside) - world.people.threat_before[None, :], 0.0)
    return Danger(threat=near, captured=captured, contact=contact)


def _near(world: World, hostile: Bools) -> Floats:
    """Sum over hostile places of a weight that falls with hours of road, shape (R, P).

    A matrix product, but of whole numbers far below 2^24: exact in single precision in any order of addition.
    """
    near = hostile.astype(np.float32) @ world.people.threat_weight.astype(np.float32)
    return near.astype(np.float64) / 1000.0


def leave(world: World, rates: Rates, seen: State, dangers: Danger, dice: Dice) -> Departures:
    """Persons who set out."""
    hazard = _hazard(rates, dangers)
    return Departures(_from_home(world, rates, seen, hazard, dice), *_again(world, rates, seen, hazard, dice))


def _from_home(world: World, rates: Rates, seen: State, hazard: "Hazard", dice: Dice) -> Ints:
    """Persons who leave each home, shape (R, H).

    Great danger is weighed every day, less of it by each home once in ``_ASKED_EVERY`` days for all of them.
    """
    people = world.people
    stay = np.floor(people.persons * (1.0 - people.mobile[people.group_community[people.home_group]]))
    asked = np.arange(len(people.home_place)) % _ASKED_EVERY == seen.day % _ASKED_EVERY
    urgent = hazard.total > _URGENT
    row, home = where((urgent[:, people.home_place] | asked) & (seen.at_home > stay))
    group, spot = people.home_group[home], row * world.n_places + people.home_place[home]
    lasting = row * len(people.group_ids) + group
    vulnerable = rates.vulnerability.reshape(-1)[row * rates.vulnerability.shape[1] + people.group_community[group]]
    felt = _felt(hazard.capture.reshape(-1)[spot], hazard.contact.reshape(-1)[spot], vulnerable)
    felt *= 1.0 + rates.flight_contagion[row] * _share_gone(world, seen).reshape(-1)[lasting]
    felt *= np.where(urgent.reshape(-1)[spot], 1.0, _ASKED_EVERY)
    share = _chance(felt * rates.flight_luck.reshape(-1)[lasting])
    there = seen.at_home[row, home]
    movable = there - stay[home]
    u = dice.at(Draw.FLIGHT, seen.day, row, home)
    left = in_parties(movable * share, u, np.minimum(movable, PARTY).astype(np.int32))
    from_home = np.zeros(seen.at_home.shape, np.int32)
    from_home[row, home] = np.minimum(left, there)
    return from_home


@dataclass(frozen=True)
class Hazard:
    """Hazard a day for the reference community, (R, P) each."""

    capture: Floats  # from what ISIS does or may do: felt in full proportion to vulnerability
    contact: Floats  # from the fighting itself: felt with its square root

    @property
    def total(self) -> Floats:
        """As the reference community feels it."""
        return self.capture + self.contact


def _hazard(rates: Rates, dangers: Danger) -> Hazard:
    over = np.maximum(dangers.threat - rates.flight_threshold[:, None], 0.0)
    capture = rates.flight_threat[:, None] * over + rates.flight_capture[:, None] * dangers.captured
    return Hazard(capture=capture, contact=rates.flight_contact[:, None] * dangers.contact)


def _felt(capture: Floats, contact: Floats, vulnerable: Floats) -> Floats:
    """The hazard as communities feel it; all of one shape."""
    felt: Floats = capture * vulnerable + contact * np.sqrt(vulnerable)
    return felt


def _chance(hazard: Floats) -> Floats:
    """1 - exp(-hazard) to within 0.03, by + * / alone: 1 - 1/(1 + x + x^2/2 + x^3/6)."""
    return 1.0 - 1.0 / (1.0 + hazard * (1.0 + hazard * (0.5 + hazard / 6.0)))


def _share_gone(world: World, seen: State) -> Floats:
    """Share of each group that is no longer at home, shape (R, G)."""
    home = by_group(world.people, seen.at_home)
    return 1.0 - home / np.maximum(seen.group_persons, 1)


def _again(world: World, rates: Rates, seen: State, hazard: Hazard, dice: Dice) -> tuple[Longs, Ints]:
    """Displaced people who must move on, or find somewhere better: entries of ``State.in_shelter`` and persons, (N,).

    Danger is weighed every day; for other reasons each place is asked once in ``_ASKED_EVERY`` days.
    """
    asked = np.arange(world.n_places) % _ASKED_EVERY == seen.day % _ASKED_EVERY
    crowd, u = seen.in_shelter, dice.uniforms(Draw.ONWARD, seen.day, world.n_places)
    entry = _stirred(crowd, _felt_most(rates, hazard, asked), u)
    who, number = crowd.whereabouts(entry), crowd.persons[entry]
    spot = crowd.spots[entry]
    community = who.row * rates.vulnerability.shape[1] + world.people.group_community[who.group]
    vulnerable = rates.vulnerability.reshape(-1)[community]
    felt = _felt(hazard.capture.reshape(-1)[spot], hazard.contact.reshape(-1)[spot], vulnerable)
    felt = felt * rates.flight_again[who.row] + (rates.onward * _ASKED_EVERY)[who.row] * asked[who.place]
    party = np.clip(number, 1, _COLUMN)
    leaves = np.minimum(in_parties(number * _chance(felt), u.reshape(-1)[spot], party), number)
    some = np.flatnonzero(leaves)
    return entry[some], leaves[some]


def _felt_most(rates: Rates, hazard: Hazard, asked: Bools) -> Floats:
    """The hazard as the most vulnerable community would feel it at each place, shape (R, P)."""
    felt = _felt(hazard.capture, hazard.contact, rates.vulnerability.max(axis=1, keepdims=True))
    felt *= (hazard.total > _CALM) | asked
    felt *= rates.flight_again[:, None]
    felt += (rates.onward * _ASKED_EVERY)[:, None] * asked
    return felt


def _stirred(crowd: Crowd, felt: Floats, u: Floats) -> Longs:
    """Entries of the crowd from which a column could leave at a hazard ``felt``, luck ``u``; both (R, P)."""
    chance = _chance(felt) * (1.0 + _ALLOWANCE)
    columns = np.where(chance > 0, (1.0 - u) / np.maximum(chance, _ALLOWANCE), np.inf).reshape(-1)
    return np.flatnonzero(np.maximum(crowd.persons, _COLUMN) >= columns.take(crowd.spots) * _COLUMN)
