"""Which formations a seat knows of: its friends', and others near a place that its friends hold or stand at. Pure."""

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.seats import WATCH, Seat
from offensive_sim.engine.axes import Bools
from offensive_sim.engine.presence import on_ground
from offensive_sim.engine.state import State


def friends_of(game: Game, seat: Seat) -> Bools:
    """Sides that a seat hears from, shape (B,): its own and those it does not fight; if it has none, the players'."""
    scenario, factions = game.scenario, game.world.factions
    own = seat.factions or [key for key, faction in scenario.factions.items() if faction.playable]
    mine = {int(factions.side[factions.ids.index(key)]) for key in own}
    hostile: Bools = np.asarray(factions.hostile[sorted(mine)].any(axis=0))[: factions.n_sides]
    taking_part: Bools = np.asarray(factions.hostile.any(axis=1))[: factions.n_sides]
    return ~hostile & taking_part


def sighted(game: Game, state: State, seat: Seat) -> Bools:
    """Formations that a seat knows of on an evening, shape (U,); who watches knows all.

    A hostile formation is seen where it is, or was last, at a place that a friend holds or stands at, or one road away.
    """
    world = game.world
    if seat.id == WATCH:
        return np.ones(world.n_units, np.bool_)
    friendly = friends_of(game, seat)
    near = friendly[state.control[0]].copy()
    standing = on_ground(world, state)[0] & friendly[world.units.side]
    near[state.unit_place[0, standing]] = True
    around = (world.links.neighbour >= 0) & near[np.maximum(world.links.neighbour, 0)]
    seen = near | around.any(axis=1)
    place = state.unit_place[0]
    found: Bools = friendly[world.units.side] | ((place >= 0) & seen[np.maximum(place, 0)])
    return found
