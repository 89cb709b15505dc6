"""Rulebook 4.2, second half: where a person sends aircraft, drops, camps and volunteers, and gates that are opened.

Nothing is added to what events bring: it goes elsewhere, or a gate passes everybody.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from offensive_sim.engine.effects import Effects, GateEffects, SideEffects
from offensive_sim.engine.world import World

Kind = Literal["strikes", "airlift", "camps", "recruits", "gates"]


@dataclass(frozen=True)
class Moved:
    """One effect of an event as a person wants it."""

    kind: Kind
    row: int
    """Row of the effect in its table; for gates the number of the road."""
    place: int
    """Where it goes; without meaning for gates."""


def redirected(world: World, moved: tuple[Moved, ...]) -> World:
    """The same world with some effects elsewhere; amounts and days stay what they were."""
    if not moved:
        return world
    effects = world.effects
    for one in moved:
        effects = _with(effects, one)
    return replace(world, effects=effects)


def _with(effects: Effects, moved: Moved) -> Effects:
    match moved.kind:
        case "strikes":
            return replace(effects, strikes=replace(effects.strikes, place=_at(effects.strikes.place, moved)))
        case "airlift":
            return replace(effects, airlift=replace(effects.airlift, place=_at(effects.airlift.place, moved)))
        case "camps":
            return replace(effects, camps=replace(effects.camps, place=_at(effects.camps.place, moved)))
        case "recruits":
            return replace(effects, recruits=_gathered(effects.recruits, moved))
        case "gates":
            return replace(effects, gates=_opened(effects.gates, moved.row))


def _at(place: np.ndarray, moved: Moved) -> np.ndarray:
    there = place.copy()
    there[moved.row] = moved.place
    return there


def _gathered(recruits: SideEffects, moved: Moved) -> SideEffects:
    return replace(recruits, place=_at(recruits.where, moved))


def _opened(gates: GateEffects, link: int) -> GateEffects:
    """Every rule of a road's gates lets everybody pass."""
    share = gates.share.copy()
    share[:, np.unique(gates.number[:, link])] = 1.0
    return replace(gates, share=share)
