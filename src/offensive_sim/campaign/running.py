"""Day after day: one game, or an ensemble in fixed blocks over processes."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from offensive_sim.campaign.commanders import Commander, Script
from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.opening import opening, rates
from offensive_sim.campaign.series import Areas, Series, joined
from offensive_sim.campaign.workers import spread_over
from offensive_sim.engine.axes import Longs
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.journal import Journal
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.turn import play_day

BLOCK: Final = 256
"""Replicas played together; memory is bounded by it, results do not depend on it."""


@dataclass(frozen=True)
class Plan:
    """What to play: seed, replicas, days, and whether uncertain numbers are drawn."""

    seed: int
    days: int
    spread: bool
    tell: bool = True
    """Whether to keep a journal."""


@dataclass(frozen=True)
class Evening:
    """How a day ended, and how it came to it."""

    state: State
    journal: Journal | None
    orders: Orders | None


def play(
    game: Game,
    plan: Plan,
    replicas: Longs,
    commander: Commander | None = None,
    adjust: Callable[[Rates], Rates] | None = None,
) -> Iterator[Evening]:
    """The opening, then every evening; ``adjust`` changes the rules' numbers, for studies."""
    dice = Dice(plan.seed, replicas)
    state = opening(game, dice, spread=plan.spread)
    yield Evening(state, None, None)
    yield from carried_on(game, plan, dice, state, commander, adjust)


def carried_on(
    game: Game,
    plan: Plan,
    dice: Dice,
    state: State,
    commander: Commander | None = None,
    adjust: Callable[[Rates], Rates] | None = None,
) -> Iterator[Evening]:
    """Every evening after this one, to the last day of the plan."""
    leader = commander or Script(game.scenario, game.world)
    numbers = rates(game, dice, spread=plan.spread)
    numbers = adjust(numbers) if adjust else numbers
    persons = state.persons()
    while state.day < plan.days:
        orders = leader.decide(game.world, state.readonly(), dice)
        state, journal = play_day(game.world, numbers, state, orders, dice, tell=plan.tell)
        if plan.tell:
            _assert_sound(state, persons)
        yield Evening(state, journal, orders)


def _assert_sound(state: State, persons: Longs) -> None:
    """A defect of ours, not of the user: nobody made or lost, nobody in two places."""
    found = state.problems()
    if (state.persons() != persons).any():
        found.append("persons made or lost")
    if found:
        msg = f"evening {state.day}: {', '.join(found)}"
        raise AssertionError(msg)


def play_block(
    game: Game, plan: Plan, replicas: Longs, adjust: Callable[[Rates], Rates] | None = None
) -> Series:
    """One block, folded day by day into what an ensemble keeps."""
    areas = areas_of(game)
    evenings = play(game, replace(plan, tell=False), replicas, adjust=adjust)
    days = []
    for number, evening in enumerate(evenings):
        last = number == plan.days
        days.append(Series.of_day(areas, replicas, evening.state, evening.journal, sealed=last))
    return Series.stacked(days)


def areas_of(game: Game) -> Areas:
    """The governorates of a game's places, and who is at home in Iraq."""
    return Areas.of([game.scenario.places[p].governorate for p in game.world.places.ids], at_home_in_iraq(game))


def at_home_in_iraq(game: Game) -> Longs:
    """People groups with a home in Iraq: the counts of displaced people are of them."""
    places, groups = game.scenario.places, game.scenario.groups.values()
    return np.flatnonzero([any("(" not in places[p].governorate for p in group.shares) for group in groups])


@dataclass(frozen=True)
class _Blocks:
    """What a process needs to play any block of an ensemble."""

    game: Game
    plan: Plan

    def __call__(self, replicas: tuple[int, int]) -> Series:
        return play_block(self.game, self.plan, np.arange(*replicas))


def ensemble(game: Game, plan: Plan, replicas: int, processes: int | None = None) -> Generator[Series, None, None]:
    """Blocks as they finish; ``whole`` puts them in order of replica. A block's numbers never depend on the others.

    Close the generator to stop early: what has not begun is dropped.
    """
    blocks = [(first, min(first + BLOCK, replicas)) for first in range(0, replicas, BLOCK)]
    with closing(spread_over(_Blocks(game, plan), blocks, processes)) as running:
        for _, series in running:
            yield series


def whole(blocks: list[Series]) -> Series:
    """All blocks as one, by replica."""
    return joined(sorted(blocks, key=lambda series: int(series.replicas[0])))
