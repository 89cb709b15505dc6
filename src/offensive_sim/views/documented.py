"""What the chronicle says of every place and evening, in the numbers of the engine."""

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import Bools, Bytes
from offensive_sim.scenario.chronicle import Chronicle


def documented(game: Game) -> Bools:
    """Places whose opening holder rests on a source, shape (P,)."""
    scenario = game.scenario
    return np.array([scenario.opening[p].source != ("judgement",) for p in game.world.places.ids])


def history(game: Game, chronicle: Chronicle, n_days: int) -> Bytes:
    """The documented state of every place on every evening, shape (D+1, P), coded like ``Series.shown``."""
    world = game.world
    place = {name: i for i, name in enumerate(world.places.ids)}
    shown = np.where(world.contested_by >= 0, CONTESTED, world.control).astype(np.int8)
    days = np.repeat(shown[None, :], n_days + 1, axis=0)
    for change in sorted(chronicle.changes, key=lambda c: c.date):
        evening = (change.date - world.first_day).days + 1
        if evening <= n_days:
            days[max(evening, 0) :, place[change.place]] = code(game, change.to)
    return days


def may_hold(game: Game, chronicle: Chronicle, n_days: int, what: tuple[str, int]) -> Bools:
    """Evenings on which a place was, or may have been as its date is uncertain, a side's; ``what`` = both, (D+1,)."""
    place, side = what
    held = np.asarray(history(game, chronicle, n_days)[:, game.world.places.ids.index(place)] == side)
    for change in chronicle.changes:
        if change.place == place and code(game, change.to) == side:
            evening = (change.date - game.world.first_day).days + 1
            held[max(evening - change.uncertainty, 0) : evening] = True
    return held


def code(game: Game, holder: str) -> int:
    """A holder's number in ``Series.shown``."""
    return CONTESTED if holder == "contested" else game.world.factions.ids.index(holder)
