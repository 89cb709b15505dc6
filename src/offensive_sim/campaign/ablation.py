"""The model without one of its parts: what does the part carry?"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.network import near
from offensive_sim.engine.axes import NEVER
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.world import World

VOLUNTEERS: Final = "militia"


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
}
"""Parts that are numbers."""

WORLD_WITHOUT: Final = ("volunteers and advisers", "patrols", "news only within 150 km")
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


def _news_everywhere(world: World) -> World:
    everywhere = near(world.links.way_m, 2_000_000_000)
    return replace(world, shock_near=everywhere, news_reach=everywhere.astype(np.float64))
