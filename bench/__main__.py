"""``python -m bench``: the speed table of docs/performance.md, printed as Markdown.

Times are the best of a few repeats of CPU time, or of wall time where processes or start-up are measured.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

from bench.doubling import doubled
from offensive_sim.campaign.compiling import Game, compile_scenario
from offensive_sim.campaign.running import BLOCK, Plan, ensemble, play, play_block
from offensive_sim.campaign.workers import keep_memory
from offensive_sim.engine.state import State
from offensive_sim.scenario.load import load
from offensive_sim.scenario.shipped import find

DAYS = 89


def best(run: Callable[[], object], repeats: int, clock: Callable[[], float] = time.process_time) -> float:
    """Least time of a few repeats, seconds."""
    times = []
    for _ in range(repeats):
        start = clock()
        run()
        times.append(clock() - start)
    return min(times)


def used() -> float:
    """CPU time of this process and of those it has ended, seconds."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def on_clock_and_processor(game: Game, plan: Plan, processes: int) -> tuple[float, float]:
    """Seconds for four blocks by some processes, on the clock and on all their processors."""
    wall, start = time.perf_counter(), used()
    list(ensemble(game, plan, 4 * BLOCK, processes=processes))
    return time.perf_counter() - wall, used() - start


def whole_game(game: Game, replicas: int) -> State:
    """Play the summer and return the last evening."""
    plan = Plan(2014, DAYS, spread=replicas > 1, tell=replicas == 1)
    # One evening at a time: keeping them all would measure a list, not the engine.
    for evening in play(game, plan, np.arange(replicas)):
        last = evening.state
    return last


def main() -> int:
    keep_memory()
    scenario, _ = load(find("summer-2014"))
    game = compile_scenario(scenario)
    plan = Plan(2014, DAYS, spread=True)
    state = whole_game(game, BLOCK)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    whole_game(game, 4 * BLOCK)
    live_kib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / (3 * BLOCK)
    block = best(lambda: whole_game(game, BLOCK), 5)
    single = best(lambda: whole_game(game, 1), 3)
    copy = best(lambda: [state.copy() for _ in range(100)], 3) / 100
    alone = best(lambda: play_block(game, plan, np.arange(4 * BLOCK)), 3)
    half = best(lambda: list(ensemble(game, plan, 2 * BLOCK, processes=1)), 3)
    runs = [(on_clock_and_processor(game, plan, 1), on_clock_and_processor(game, plan, 2)) for _ in range(3)]
    (four, one_cpu), (two, two_cpu) = (np.min(times, axis=0) for times in zip(*runs, strict=True))
    twice = compile_scenario(doubled(scenario))
    both = best(lambda: whole_game(twice, BLOCK), 3)
    command = [sys.executable, "-m", "offensive_sim"]
    helps = best(lambda: subprocess.run([*command, "--help"], capture_output=True, check=True), 3, time.perf_counter)
    replay = best(
        lambda: subprocess.run([*command, "replay", "june-2014", "--quiet"], capture_output=True, check=False),
        3,
        time.perf_counter,
    )
    rows = [
        (f"replica-days a second, one core, blocks of {BLOCK}", f"{BLOCK * DAYS / block:,.0f}", "10,000"),
        ("two processes against one", f"{four / two:.2f} x", "1.9 x"),
        ("the same on two free cores, by CPU time", f"{2 * one_cpu / two_cpu:.2f} x", ""),
        ("one played day, one replica", f"{single / DAYS * 1000:.1f} ms", "5 ms"),
        (f"{4 * BLOCK:,} replicas against {2 * BLOCK:,}, in blocks", f"{one_cpu / half:.2f} x", "2.0 x, within 20 %"),
        (f"{4 * BLOCK:,} replicas in one block against four blocks", f"{alone / one_cpu:.2f} x", ""),
        ("places, roads, units and triggers doubled", f"{both / block:.2f} x", "2.5 x"),
        ("state a replica", f"{state.bytes_a_replica / 1024:.0f} KiB", "60 KiB"),
        ("live memory a replica, beyond the first block", f"{live_kib:.0f} KiB", "200 KiB"),
        ("a day against a plain copy of the state", f"{block / DAYS / copy:.0f} x", "100 x"),
        ("offensive-sim --help", f"{helps:.2f} s", "0.3 s"),
        ("offensive-sim replay june-2014", f"{replay:.2f} s", "3 s"),
    ]
    print(f"numpy {np.__version__}, Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    print("| what | measured | bar |\n|---|---|---|")
    for what, measured, bar in rows:
        print(f"| {what} | {measured} | {bar} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
