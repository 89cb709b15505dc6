"""The model without one of its parts: what does the part carry?"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import FEARED, SHOCK_KM, Game
from offensive_sim.campaign.network import HOME_HOURS, THREAT_HOURS, felt, near
from offensive_sim.engine.axes import NEVER, Bools
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.world import World

VOLUNTEERS: Final = "militia"
_EARTH_M: Final = 6_371_000
_FOR_EVER: Final = 10_000
"""Days."""


def _zero(*names: str) -> Callable[[Rates], Rates]:
    def change(rates: Rates) -> Rates:
        return replace(rates, **{name: np.zeros_like(getattr(rates, name)) for name in names})

    return change


RATES_WITHOUT: Final[dict[str, Callable[[Rates], Rates]]] = {
    "contagion of routs": _zero("shock"),
    "captured stocks": _zero("kit_worth", "outgunned"),
    "air strikes": _zero("men_lost_a_strike", "air_nerve", "air_cover_nerve"),
    "isolation": _zero("isolation_a_day"),
    "home and shrine": _zero("home", "shrine"),
    "ghost soldiers": _zero("ghosts"),
    "estranged towns": _zero("estranged"),
    "commanders seen to leave": _zero("command_gone"),
    "men needed in wary towns": _zero("men_a_resident"),
    "bands that give ground": _zero("yield_share"),
    "fronts that settle": lambda rates: replace(rates, assault_days=np.full_like(rates.assault_days, _FOR_EVER)),
    "people who go home": _zero("go_home"),
}
"""Parts that are numbers."""

WORLD_WITHOUT: Final = (
    "volunteers and advisers", "patrols", "news only within 150 km", "news the same evening",
    "crossings in nobody's hands", "roads: nearness by straight line",
)  # fmt: skip
"""Parts that are of the world."""


def without(game: Game, part: str) -> Game:
    """The game without a part of its world.

    Raises:
        KeyError: if no part of the world is called so.
    """
    world = game.world
    changes: dict[str, Callable[[World], World]] = {
        "volunteers and advisers": _no_volunteers,
        "patrols": lambda w: replace(w, units=replace(w.units, patrol_m=np.zeros_like(w.units.patrol_m))),
        "news only within 150 km": _news_everywhere,
        "news the same evening": lambda w: replace(w, sight=np.zeros_like(w.sight)),
        "crossings in nobody's hands": _no_remote,
        "roads: nearness by straight line": lambda w: _by_straight_line(game, w),
    }
    return replace(game, world=changes[part](world))


def _no_volunteers(world: World) -> World:
    """No volunteers, militias or advisers come, and nothing that concerns them heartens anybody."""
    faction = world.factions.ids.index(VOLUNTEERS)
    theirs = world.units.faction == faction
    nerve = world.effects.nerve
    concerns = nerve.units[:, theirs].any(axis=1)
    quiet = replace(nerve, points=np.where(concerns, 0, nerve.points).astype(np.int16))
    units = replace(
        world.units,
        held_back=world.units.held_back | theirs,
        appears=np.where(theirs, NEVER, world.units.appears).astype(np.int16),
    )
    return replace(world, units=units, effects=replace(world.effects, nerve=quiet))


def _no_remote(world: World) -> World:
    return replace(world, places=replace(world.places, remote=np.zeros_like(world.places.remote)))


def _news_everywhere(world: World) -> World:
    everywhere = near(world.links.way_m, 2_000_000_000)
    return replace(world, shock_near=everywhere)


def _by_straight_line(game: Game, world: World) -> World:
    """News, threat and the wish to go home reach as far as the crow flies; columns and families still need roads."""
    where = [game.scenario.places[p] for p in world.places.ids]
    lat, lon = (np.radians([getattr(place, name) for place in where]) for name in ("lat", "lon"))
    half = np.sin((lat[:, None] - lat) / 2) ** 2
    half = half + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    metres = np.round(2 * _EARTH_M * np.arcsin(np.sqrt(half))).astype(np.int32)
    heard = near(metres, SHOCK_KM * 1000)
    people = replace(world.people, threat_weight=felt(metres, THREAT_HOURS), home_near=felt(metres, HOME_HOURS))
    people = replace(people, threat_before=people.threat_weight[_feared(game)].sum(axis=0) / 1000.0)
    return replace(world, shock_near=heard, people=people)


def _feared(game: Game) -> Bools:
    """Places that the feared side holds or has entered on the first evening, shape (P,)."""
    opening = [game.scenario.opening[p] for p in game.world.places.ids]
    return np.array([FEARED in (place.holder, place.contested_by) for place in opening])
