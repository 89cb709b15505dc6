"""An ensemble or a comparison as it is asked for: what it plays, what it is known by, and what its blocks add up to."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

from offensive_sim import __version__
from offensive_sim.campaign.blocks import MAIN, Job, counts, jobs, values
from offensive_sim.campaign.compiling import Game, compile_scenario, compile_under
from offensive_sim.campaign.measuring import followed
from offensive_sim.campaign.pairs import TOGETHER, Worlds
from offensive_sim.campaign.record import scenario_hash
from offensive_sim.campaign.running import BLOCK
from offensive_sim.engine.axes import Ints, Longs, Shorts
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.whatif import Measure, WhatIf

FORMAT: Final = 1
MODEL: Final = "model"
"""The name of the world without a what-if, in tables."""
_MOST_AT_ONCE: Final = 4_000_000
"""Numbers of a table held in memory at a time, whatever the count of replicas."""


@dataclass(frozen=True)
class Study:
    """What is asked for."""

    scenario: Scenario
    what_ifs: tuple[WhatIf, ...]
    seed: int
    replicas: int
    split: int = 0
    """Replicas played again for each source of spread."""
    paired: bool = True
    """Whether the model is played beside the what-ifs; else only the world they make."""

    @property
    def days(self) -> int:
        """Days played."""
        return (self.scenario.last_day - self.scenario.first_day).days + 1

    @property
    def evenings(self) -> tuple[date, ...]:
        """The evening before the first day, then that of each day."""
        eve = self.scenario.first_day - timedelta(days=1)
        return tuple(eve + timedelta(days=number) for number in range(self.days + 1))

    @property
    def world_names(self) -> tuple[str, ...]:
        """The model, if it is played, and the what-ifs joined by ``+``."""
        changed = "+".join(what_if.id for what_if in self.what_ifs)
        return (MODEL, changed) if self.paired else (changed or MODEL,)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What is followed; where two what-ifs ask under one id, the first one's question."""
        asked: dict[str, Measure] = {}
        for what_if in self.what_ifs:
            for measure in what_if.measures:
                asked.setdefault(measure.id, measure)
        return followed(self.scenario, tuple(asked.values()))

    @cached_property
    def changed(self) -> Game:
        """The world with the levers pulled."""
        return compile_under(self.scenario, self.what_ifs)

    @cached_property
    def worlds(self) -> Worlds:
        """What is played."""
        if not self.paired:
            return Worlds(self.changed, None, -1, self.measures, self.days)
        first = min(what_if.date for what_if in self.what_ifs)
        shared = (first - self.scenario.first_day).days
        # Opening strength is drawn before the first evening, so a lever on the first day shares nothing.
        return Worlds(compile_scenario(self.scenario), self.changed, shared or -1, self.measures, self.days)

    @property
    def jobs(self) -> list[Job]:
        """Every block to play."""
        return jobs(self.replicas, self.split)

    @cached_property
    def identity(self) -> dict[str, Any]:
        """What a run is known by: another value anywhere and its numbers may be others."""
        return {
            "format": FORMAT,
            "sim": __version__,
            "numpy": np.__version__,
            "scenario": self.scenario.id,
            "scenario_sha256": scenario_hash(Game(self.scenario, self.changed.world)),
            "what_ifs": [what_if.model_dump(mode="json", by_alias=True) for what_if in self.what_ifs],
            "world_sha256": scenario_hash(self.changed),
            "paired": self.paired,
            "seed": self.seed,
            "replicas": self.replicas,
            "split": self.split,
            "block": BLOCK,
        }


@dataclass(frozen=True)
class Merged:
    """All blocks of a finished run, in order of replica, read from the disk piece by piece."""

    study: Study
    folder: Path

    @property
    def main(self) -> list[Job]:
        """The blocks of the ensemble."""
        return [job for job in self.study.jobs if job.name == MAIN]

    def of_source(self, source: str) -> list[Job]:
        """The blocks in which a source was drawn anew."""
        return [job for job in self.study.jobs if job.name == source]

    def pieces(self) -> Iterator[tuple[slice, Ints]]:
        """Columns of measure and day, flat as ``measure * (D+1) + day``: which, and (W, columns, N)."""
        width = len(self.study.measures) * (self.study.days + 1)
        worlds = len(self.study.world_names)
        step = max(1, _MOST_AT_ONCE // (worlds * self.study.replicas))
        for first in range(0, width, step):
            which = slice(first, min(first + step, width))
            yield which, self._read(self.main, which)

    def _read(self, some: Sequence[Job], which: slice | Longs) -> Ints:
        parts = []
        for job in some:
            block = values(self.folder, job)
            parts.append(block.reshape(block.shape[0], -1, block.shape[-1])[:, which])
        return np.concatenate(parts, axis=2)

    def evening(self, day: int, source: str = MAIN) -> Ints:
        """Every measure on one evening, shape (W, M, N)."""
        columns = np.arange(len(self.study.measures), dtype=np.int64) * (self.study.days + 1) + day
        return self._read(self.main if source == MAIN else self.of_source(source), columns)

    @cached_property
    def held(self) -> Longs:
        """Replicas that show a holder, shape (W, D+1, P, H)."""
        return _summed(counts(self.folder, job).held for job in self.main)

    @cached_property
    def differs(self) -> Longs:
        """Pairs that show a place otherwise, shape (D+1, P)."""
        return _summed(counts(self.folder, job).differs for job in self.main)

    @cached_property
    def ever(self) -> Longs:
        """Pairs that have shown a place otherwise by that evening, shape (D+1, P)."""
        return _summed(counts(self.folder, job).ever for job in self.main)

    @cached_property
    def parted(self) -> Shorts:
        """First evening on which a pair differs, or TOGETHER; shape (N,)."""
        return np.concatenate([counts(self.folder, job).parted for job in self.main])

    @cached_property
    def digest(self) -> str:
        """Sixteen hexadecimal digits over the last evening of every block and world, and over all that was kept."""
        seal = hashlib.blake2b(digest_size=8)
        for job in self.study.jobs:
            seal.update(json.dumps([job.stem, counts(self.folder, job).digests]).encode())
            seal.update(np.ascontiguousarray(values(self.folder, job), "<i4").tobytes())
        return seal.hexdigest()

    @property
    def together(self) -> int:
        """Pairs that never part."""
        return int((self.parted == TOGETHER).sum())


def _summed(parts: Iterator[Ints]) -> Longs:
    total: Longs | None = None
    for part in parts:
        total = part.astype(np.int64) if total is None else total + part
    assert total is not None, "a study has at least one block"
    return total
