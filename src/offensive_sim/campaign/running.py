"""Day after day: one game, or an ensemble in fixed blocks over processes."""

import ctypes
import os
import signal
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from offensive_sim.campaign.commanders import Commander, Script
from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.opening import opening, rates
from offensive_sim.campaign.series import Areas, Series, joined
from offensive_sim.engine.axes import Longs
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.journal import Journal
from offensive_sim.engine.orders import Orders
from offensive_sim.engine.rates import Rates
from offensive_sim.engine.state import State
from offensive_sim.engine.turn import play_day

BLOCK: Final = 128
"""Replicas played together; memory is bounded by it, results do not depend on it."""


_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
"""Numbers of glibc's malloc.h."""


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
    leader = commander or Script(game.scenario, game.world)
    numbers = rates(game, dice, spread=plan.spread)
    numbers = adjust(numbers) if adjust else numbers
    state = opening(game, dice, spread=plan.spread)
    persons = state.persons()
    yield Evening(state, None, None)
    for _ in range(plan.days):
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


def keep_memory() -> None:
    """Ask glibc not to hand freed arrays back to the system: a third faster; elsewhere nothing happens."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for parameter in (_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD):
            libc.mallopt(parameter, 2**30)


def play_block(
    game: Game, plan: Plan, replicas: Longs, adjust: Callable[[Rates], Rates] | None = None
) -> Series:
    """One block, folded day by day into what an ensemble keeps."""
    keep_memory()
    areas = areas_of(game)
    evenings = play(game, replace(plan, tell=False), replicas, adjust=adjust)
    days = []
    for number, evening in enumerate(evenings):
        last = number == plan.days
        days.append(Series.of_day(areas, replicas, evening.state, evening.journal, sealed=last))
    return Series.stacked(days)


def areas_of(game: Game) -> Areas:
    """The governorates of a game's places."""
    return Areas.of([game.scenario.places[p].governorate for p in game.world.places.ids])


def ensemble(game: Game, plan: Plan, replicas: int, processes: int | None = None) -> Generator[Series, None, None]:
    """Blocks as they finish; ``whole`` puts them in order of replica. A block's numbers never depend on the others.

    Close the generator to stop early: what has not begun is dropped.
    """
    blocks = [np.arange(first, min(first + BLOCK, replicas)) for first in range(0, replicas, BLOCK)]
    workers = min(processes or os.cpu_count() or 1, len(blocks))
    if workers <= 1:
        for block in blocks:
            yield play_block(game, plan, block)
        return
    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(game,)) as pool:
        waiting = [pool.submit(_work, plan, block) for block in blocks]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            for future in waiting:
                future.cancel()


_games: list[Game] = []
"""In a worker process: the game it was started with, so that it travels once and not with every block."""


def _start_worker(game: Game) -> None:
    """Leave Ctrl-C to the parent, which stops everybody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _games.append(game)


def _work(plan: Plan, replicas: Longs) -> Series:
    return play_block(_games[-1], plan, replicas)


def whole(blocks: list[Series]) -> Series:
    """All blocks as one, by replica."""
    return joined(sorted(blocks, key=lambda series: int(series.replicas[0])))
