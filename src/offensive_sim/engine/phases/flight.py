"""Rulebook 4.9, first half: who leaves home or shelter today.

A hazard a day from what threatens a place: enemies within reach by road (anticipation), a capture in the last days,
fighting, and neighbours who have gone. Communities differ in how much of it they feel. Nobody here is an agent;
nobody is made or lost.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, Bools, Floats, Ints, Longs
from offensive_sim.engine.effects import warned
from offensive_sim.engine.presence import by_group
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.split import in_parties
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World

_ASKED_EVERY: Final = 7
_COLUMN: Final = 600
"""Displaced persons who set out again together, at most."""
_CALM: Final = 1e-4
"""Hazard a day for the reference community below which nobody in shelter stirs."""


@dataclass(frozen=True)
class Departures:
    """Who sets out."""

    from_home: Ints  # (R, H) persons
    again: Longs  # (N,) cells of ``State.sheltered`` some of whose people move on ...
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

    A matrix product, but of whole numbers far below 2^53: exact in any order of addition.
    """
    near: Floats = hostile.astype(np.float64) @ world.people.threat_weight
    return near / 1000.0


def leave(
    world: World, rates: Rates, seen: State, dangers: Danger, luck: tuple[Floats, Floats, Floats]
) -> Departures:
    """Persons who set out; ``luck`` = lasting factor (R, G), uniforms (R, H) and (R, P)."""
    people = world.people
    hazard = _hazard(rates, dangers)
    community = people.group_community[people.home_group]
    there = people.home_place
    felt = _felt(hazard.capture[:, there], hazard.contact[:, there], rates.vulnerability[:, community])
    gone = _share_gone(world, seen)[:, people.home_group]
    felt = felt * (1.0 + rates.flight_contagion[:, None] * gone)
    share = _chance(felt * luck[0][:, people.home_group])
    start = people.persons[None, :].astype(np.float64)
    movable = np.maximum(seen.at_home - np.floor(start * (1.0 - people.mobile[community])[None, :]), 0.0)
    from_home = np.minimum(in_parties(movable * share, luck[1]), seen.at_home)
    return Departures(from_home, *_again(world, rates, seen, hazard, luck[2]))


@dataclass(frozen=True)
class Hazard:
    """Hazard a day for the reference community, (R, P) each."""

    capture: Floats  # from what ISIS does or may do: felt in full proportion to vulnerability
    contact: Floats  # from the fighting itself: felt with its square root


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


def _again(world: World, rates: Rates, seen: State, hazard: Hazard, u: Floats) -> tuple[Longs, Ints]:
    """Displaced people who must move on, or find somewhere better: cells of ``State.sheltered`` (N,) and persons (N,).

    Danger is weighed every day; for other reasons each place is asked once in ``_ASKED_EVERY`` days.
    """
    asked = np.arange(world.n_places) % _ASKED_EVERY == seen.day % _ASKED_EVERY
    stirs = ((hazard.capture + hazard.contact) > _CALM) | asked
    cell = np.flatnonzero((seen.sheltered > 0) & stirs[:, None, :])
    among, place = np.divmod(cell, world.n_places)
    row, group = np.divmod(among, seen.sheltered.shape[1])
    spot, number = row * world.n_places + place, seen.sheltered.reshape(-1)[cell]
    vulnerable = rates.vulnerability[row, world.people.group_community[group]]
    felt = _felt(hazard.capture.reshape(-1)[spot], hazard.contact.reshape(-1)[spot], vulnerable)
    felt = felt * rates.flight_again[row] + (rates.onward * _ASKED_EVERY)[row] * asked[place]
    party = np.clip(number, 1, _COLUMN)
    leaves = np.minimum(in_parties(number * _chance(felt), u.reshape(-1)[spot], party), number)
    some = np.flatnonzero(leaves != 0)
    return cell[some], leaves[some]
