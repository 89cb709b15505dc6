"""The blocks of an ensemble on the disk: played over processes, kept when finished, taken up again after a stop.

A block's numbers depend on its replicas alone, so it does not matter who plays it, when, or beside what. Workers write
their own files and hand back only a receipt: memory does not grow with the count.
"""

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from offensive_sim.campaign.pairs import Block, Worlds, play_worlds
from offensive_sim.campaign.running import BLOCK
from offensive_sim.campaign.sources import PURPOSES, MixedDice, Source
from offensive_sim.campaign.workers import spread_over
from offensive_sim.engine.axes import Ints, Shorts
from offensive_sim.engine.dice import Dice
from offensive_sim.outfile import replaced_bytes

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


@dataclass(frozen=True)
class _Kept:
    """What a process needs to play any block and keep it; it hands back nothing but that it is done."""

    worlds: Worlds
    seed: int
    folder: Path

    def __call__(self, job: Job) -> None:
        # A worker may have been ended between keeping a block and saying so.
        if not is_kept(self.folder, job):
            keep(self.folder, job, play_job(self.worlds, self.seed, job))


def play_all(
    worlds: Worlds, seed: int, todo: Sequence[Job], folder: Path, processes: int | None = None
) -> Generator[Job, None, None]:
    """Play jobs and keep their blocks; yields each as it is kept.

    Close the generator to stop: what is being played is finished and kept, what has not begun is dropped.

    Raises:
        SimError: if a block cannot be written, or workers are ended from outside again and again.
    """
    with closing(spread_over(_Kept(worlds, seed, folder), todo, processes)) as running:
        for job, _ in running:
            yield job
