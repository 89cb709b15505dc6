"""The blocks of an ensemble on the disk: played over processes, kept when finished, taken up again after a stop.

A block's numbers depend on its replicas alone, so it does not matter who plays it, when, or beside what. Workers write
their own files and hand back only a receipt: memory does not grow with the count.
"""

import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from offensive_sim.campaign.pairs import Block, Worlds, play_worlds
from offensive_sim.campaign.running import BLOCK, keep_memory
from offensive_sim.campaign.sources import PURPOSES, MixedDice, Source
from offensive_sim.engine.axes import Ints, Shorts
from offensive_sim.engine.dice import Dice
from offensive_sim.errors import SimError
from offensive_sim.outfile import replaced_bytes

_TRIES: Final = 3
"""Times a pool of processes is set up anew after a worker was ended from outside."""
_AHEAD: Final = 4
"""Blocks handed out beyond those being played, for each process."""
MAIN: Final = "main"
"""The name of a job that draws everything from its own replicas."""


@dataclass(frozen=True, order=True)
class Job:
    """Some replicas to play; for a source of spread, with that source drawn from replicas ``shift`` further on."""

    name: str
    first: int
    count: int
    shift: int = 0

    @property
    def stem(self) -> str:
        """The name of its files."""
        return f"{self.name}-{self.first:07d}"


def jobs(replicas: int, split: int) -> list[Job]:
    """Blocks of the ensemble; then, for each source of spread, ``split`` replicas with it drawn anew."""
    found = [Job(MAIN, first, min(BLOCK, replicas - first)) for first in range(0, replicas, BLOCK)]
    for source in PURPOSES if split else ():
        found += [Job(source, first, min(BLOCK, split - first), split) for first in range(0, split, BLOCK)]
    return found


def play_job(worlds: Worlds, seed: int, job: Job) -> Block:
    """The block of one job."""
    replicas = np.arange(job.first, job.first + job.count)
    source = next((one for one in PURPOSES if one == job.name), None)
    return play_worlds(worlds, _dice(seed, replicas, source, job.shift))


def _dice(seed: int, replicas: np.ndarray, source: Source | None, shift: int) -> Dice:
    return Dice(seed, replicas) if source is None else MixedDice(seed, replicas, replicas + shift, source)


# Files


def keep(folder: Path, job: Job, block: Block) -> None:
    """Write a block; the second file says that both are whole."""
    with replaced_bytes(folder / f"{job.stem}.npy") as out:
        np.save(out, block.values)
    with replaced_bytes(folder / f"{job.stem}.npz") as out:
        np.savez(
            out,
            held=block.held,
            differs=block.differs,
            ever=block.ever,
            parted=block.parted,
            digests=np.array(block.digests),
        )


def is_kept(folder: Path, job: Job) -> bool:
    """Whether a block was finished and can be read; one that a failing disk has spoiled is played again."""
    try:
        return values(folder, job).shape[-1] == job.count == len(counts(folder, job).parted)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return False


def values(folder: Path, job: Job) -> Ints:
    """A block's measures, read from the disk only where they are looked at; shape (W, M, D+1, R)."""
    found: Ints = np.load(folder / f"{job.stem}.npy", mmap_mode="r")
    return found


@dataclass(frozen=True)
class Counts:
    """The rest of a block."""

    held: Ints
    differs: Ints
    ever: Ints
    parted: Shorts
    digests: tuple[str, ...]


def counts(folder: Path, job: Job) -> Counts:
    """A block's counts."""
    with np.load(folder / f"{job.stem}.npz") as found:
        digests = tuple(str(one) for one in found["digests"])
        return Counts(found["held"], found["differs"], found["ever"], found["parted"], digests)


# Playing


def play_all(
    worlds: Worlds, seed: int, todo: Sequence[Job], folder: Path, processes: int | None = None
) -> Generator[Job, None, None]:
    """Play jobs and keep their blocks; yields each as it is kept.

    Close the generator to stop: what is being played is finished and kept, what has not begun is dropped.

    Raises:
        SimError: if a block cannot be written, or workers are ended from outside again and again.
    """
    left = list(todo)
    workers = min(processes or os.cpu_count() or 1, len(left))
    if workers <= 1:
        keep_memory()
        for job in left:
            keep(folder, job, play_job(worlds, seed, job))
            yield job
        return
    for _ in range(_TRIES):
        try:
            yield from _pooled(worlds, seed, left, folder, workers)
        except BrokenProcessPool:
            left = [job for job in left if not is_kept(folder, job)]
        else:
            return
    msg = "worker processes were ended from outside, perhaps for want of memory; finished blocks are kept"
    raise SimError(msg)


def _pooled(worlds: Worlds, seed: int, todo: list[Job], folder: Path, workers: int) -> Iterator[Job]:
    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(worlds, seed, folder)) as pool:
        waiting: set[Future[Job]] = set()
        queue = iter(todo)
        try:
            while True:
                _fill(pool.submit, queue, waiting, workers * _AHEAD)
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from sorted(one.result() for one in done)
        finally:
            for future in waiting:
                future.cancel()


def _fill(
    submit: Callable[..., "Future[Job]"], queue: Iterator[Job], waiting: "set[Future[Job]]", most: int
) -> None:
    while len(waiting) < most and (job := next(queue, None)) is not None:
        waiting.add(submit(_work, job))


_task: list[tuple[Worlds, int, Path]] = []
"""In a worker process: what it was started with, so that the worlds travel once and not with every block."""


def _start_worker(worlds: Worlds, seed: int, folder: Path) -> None:
    """Leave Ctrl-C to the parent, which stops everybody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_memory()
    _task.append((worlds, seed, folder))


def _work(job: Job) -> Job:
    worlds, seed, folder = _task[-1]
    keep(folder, job, play_job(worlds, seed, job))
    return job
