"""A block of replicas in one world, or in two: the same luck, played to the last day, folded evening by evening.

Nothing differs before the date of a what-if, so the second world takes over from the first one's evening before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.measuring import Evening, Meter, meters
from offensive_sim.campaign.opening import opening
from offensive_sim.campaign.running import Plan, carried_on
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import NEVER, NOBODY, Bools, Bytes, Ints, Shorts
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.state import State
from offensive_sim.scenario.whatif import Measure

TOGETHER: Final = -1
"""In ``Block.parted``: this pair never parts."""


@dataclass(frozen=True)
class Worlds:
    """What is played: the model, and beside it the what-if from an evening on."""

    model: Game
    what_if: Game | None
    parts_after: int
    """Number of the last evening that both share; 0: the opening; -1: not even that."""
    measures: tuple[Measure, ...]
    days: int

    @property
    def count(self) -> int:
        """How many worlds."""
        return 1 if self.what_if is None else 2


@dataclass(frozen=True)
class Block:
    """What is kept of some replicas; index 0 of D is the opening, of W the model."""

    values: Ints  # (W, M, D+1, R) measures
    held: Ints  # (W, D+1, P, H) replicas that show a holder; the last H is contested
    differs: Ints  # (D+1, P) replicas in which the worlds show a place otherwise
    ever: Ints  # (D+1, P) the same, on this or an earlier evening
    parted: Shorts  # (R,) first evening on which anything differs, or TOGETHER
    digests: tuple[str, ...]  # of the last evening, one a world


def play_worlds(worlds: Worlds, dice: Dice) -> Block:
    """Play some replicas in every world."""
    model = _Fold(worlds, worlds.model)
    plan = Plan(dice.seed, worlds.days, spread=True, tell=False)
    start = opening(worlds.model, dice, spread=True)
    shared: State | None = None
    for evening, state in enumerate(_from(worlds.model, plan, dice, start)):
        model.add(state)
        if worlds.what_if is not None and evening == worlds.parts_after:
            shared = state.copy()
    if worlds.what_if is None:
        return _one(model)
    changed = _Fold(worlds, worlds.what_if, like=model, evenings=worlds.parts_after + 1)
    if shared is None:
        evenings = _from(worlds.what_if, plan, dice, opening(worlds.what_if, dice, spread=True))
    else:
        evenings = _after(worlds.what_if, plan, dice, _taken_over(worlds.what_if, shared))
    for state in evenings:
        changed.add(state)
    return _two(model, changed)


def _from(game: Game, plan: Plan, dice: Dice, start: State) -> Iterator[State]:
    """An evening and all after it."""
    yield start
    yield from _after(game, plan, dice, start)


def _after(game: Game, plan: Plan, dice: Dice, start: State) -> Iterator[State]:
    return (evening.state for evening in carried_on(game, plan, dice, start))


def _taken_over(game: Game, state: State) -> State:
    """The model's evening as the what-if's world counts it: triggers that a lever added have not happened."""
    new = len(game.world.triggers.ids) - state.fired_on.shape[1]
    waiting = np.full((state.replicas, new), NEVER, np.int16)
    return replace(state, fired_on=np.concatenate([state.fired_on, waiting], axis=1))


class _Fold:
    """One world's evenings, as they come."""

    def __init__(self, worlds: Worlds, game: Game, like: "_Fold | None" = None, evenings: int = 0) -> None:
        self.world = game.world
        self.meters: tuple[Meter, ...] = meters(game, worlds.measures)
        self.values: list[Ints] = like.values[:evenings] if like else []
        self.shown: list[Bytes] = like.shown[:evenings] if like else []
        self.last: State | None = None

    def add(self, state: State) -> None:
        evening = Evening(self.world, state)
        self.values.append(np.array([meter.read(evening) for meter in self.meters], np.int32))
        self.shown.append(np.where(state.contested_by != NOBODY, CONTESTED, state.control).astype(np.int8))
        self.last = state

    @property
    def digest(self) -> str:
        return self.last.digest() if self.last else ""

    def stacked(self) -> Ints:
        """Shape (M, D+1, R)."""
        return np.stack(self.values, axis=1)

    def held(self) -> Ints:
        """Shape (D+1, P, H)."""
        sides = self.world.factions.n_sides
        return np.stack([_counted(shown, sides) for shown in self.shown])


def _counted(shown: Bytes, sides: int) -> Ints:
    """Replicas that show each holder, shape (P, H)."""
    holders = [*range(sides), CONTESTED]
    return np.stack([(shown == holder).sum(axis=0, dtype=np.int32) for holder in holders], axis=1)


def _one(model: _Fold) -> Block:
    replicas, places = model.shown[0].shape
    none = np.zeros((len(model.shown), places), np.int32)
    parted = np.full(replicas, TOGETHER, np.int16)
    return Block(model.stacked()[None], model.held()[None], none, none, parted, (model.digest,))


def _two(model: _Fold, what_if: _Fold) -> Block:
    values = np.stack([model.stacked(), what_if.stacked()])
    otherwise: Bools = np.stack([one != other for one, other in zip(model.shown, what_if.shown, strict=True)])
    ever = np.logical_or.accumulate(otherwise, axis=0)
    apart = otherwise.any(axis=2) | (values[0] != values[1]).any(axis=0)  # (D+1, R)
    parted = np.where(apart.any(axis=0), apart.argmax(axis=0), TOGETHER).astype(np.int16)
    return Block(
        values=values,
        held=np.stack([model.held(), what_if.held()]),
        differs=otherwise.sum(axis=1, dtype=np.int32),
        ever=ever.sum(axis=1, dtype=np.int32),
        parted=parted,
        digests=(model.digest, what_if.digest),
    )
