"""``python -m bench.pairs``: what a comparison costs, and which share of it is the engine's, printed as Markdown."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import numpy as np

from offensive_sim.campaign import running
from offensive_sim.campaign.study import Study
from offensive_sim.engine.turn import play_day
from offensive_sim.ensembles import MOST_SPLIT, run
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.shipped import find
from offensive_sim.scenario.whatif_files import sound_what_ifs

PAIRS = 1_000
WHAT_IF = "peshmerga-in-mosul"
MOST_SECONDS = 20


def study(replicas: int, split: int = 0) -> tuple[Study, Chronicle]:
    """June 2014 with and without a what-if, and the chronicle that its debrief needs."""
    path = find("june-2014")
    scenario, chronicle = sound(path)
    return Study(scenario, sound_what_ifs([WHAT_IF], path, scenario, chronicle), 2014, replicas, split), chronicle


def spent() -> float:
    """CPU time of this process and of those it has ended, seconds."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(asked: tuple[Study, Chronicle], processes: int) -> tuple[float, float]:
    """Wall time and CPU time of a comparison from asking to tables and debriefs, seconds."""
    with TemporaryDirectory() as folder:
        start, used = time.perf_counter(), spent()
        run(asked[0], Path(folder) / "run", processes=processes, chronicle=asked[1])
        return time.perf_counter() - start, spent() - used


def share_of_engine(asked: tuple[Study, Chronicle]) -> float:
    """CPU time inside a played day over that of the whole comparison, in one process."""
    inside = [0.0]

    def watched(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        result = play_day(*given, **named)
        inside[0] += time.process_time() - start
        return result

    with mock.patch.object(running, "play_day", watched):
        _, whole = timed(asked, 1)
    return inside[0] / whole


def main() -> int:
    """Print the table."""
    share = share_of_engine(study(PAIRS))
    wall, used = timed(study(PAIRS), 2)
    split_wall, split_used = timed(study(PAIRS, MOST_SPLIT), 2)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        (f"{PAIRS:,} pairs of june-2014, two processes", f"{wall:.0f} s; CPU {used:.0f} s", f"{MOST_SECONDS} s"),
        (f"the same, {MOST_SPLIT} for each source of spread", f"{split_wall:.0f} s; CPU {split_used:.0f} s", ""),
        (f"share of the engine, {PAIRS:,} pairs", f"{share:.0%}", "85 %"),
        ("most memory of the parent process", f"{memory:.0f} MiB", ""),
    ]
    print(f"numpy {np.__version__}, Python {sys.version.split()[0]}, {os.cpu_count()} cores\n")
    print("| what | measured | bar |\n|---|---|---|")
    for what, measured, bar in rows:
        print(f"| {what} | {measured} | {bar} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
