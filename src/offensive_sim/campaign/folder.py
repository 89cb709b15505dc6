"""The folder of a run: new, interrupted or finished, and never another run's."""

import json
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any, Final, Literal

from offensive_sim.campaign.blocks import Job, is_kept, play_all
from offensive_sim.campaign.study import Merged, Study
from offensive_sim.errors import ReplayMismatchError, SimError, UsageError
from offensive_sim.outfile import replaced

MANIFEST: Final = "manifest.json"
"""Written last: a folder that has it is finished."""
_BLOCKS: Final = "blocks"
_RUN: Final = "run.json"
_SAID: Final = {
    "sim": "version", "numpy": "numpy", "scenario": "scenario", "scenario_sha256": "what the scenario says",
    "what_ifs": "what the what-ifs say", "world_sha256": "what the levers make of the scenario", "paired": "command",
    "seed": "--seed", "replicas": "--replicas", "split": "--split", "block": "size of the blocks", "format": "format",
}  # fmt: skip


def blocks_of(out: Path) -> Path:
    """Where a run keeps its blocks until it is finished."""
    return out / _BLOCKS


def prepared(out: Path, study: Study) -> Literal["new", "interrupted", "finished"]:
    """Make the folder ready for a run, or find the same run there.

    Raises:
        UsageError: if the folder holds a finished run of something else, or files that are not ours.
        ReplayMismatchError: if it holds an interrupted run of another version, scenario or setting.
        SimError: if it cannot be made or read.
    """
    if (out / MANIFEST).exists():
        told = _differences(read_json(out / MANIFEST), study.identity)
        if told:
            msg = f"{out} holds the finished run of something else ({told}); choose another --out"
            raise UsageError(msg)
        return "finished"
    run = blocks_of(out) / _RUN
    if run.exists():
        told = _differences(read_json(run), study.identity)
        if told:
            msg = (
                f"{out} holds an interrupted run that this one cannot go on with: {told}; nothing was changed. "
                "Finish it as it was begun, choose another --out, or delete the folder"
            )
            raise ReplayMismatchError(msg)
        return "interrupted"
    _made(out, study)
    return "new"


def _made(out: Path, study: Study) -> None:
    try:
        # A run that was stopped before it began leaves an empty folder of blocks.
        if out.exists() and {path.name for path in out.iterdir()} - {_BLOCKS}:
            msg = f"{out} holds other files; choose a new folder as --out"
            raise UsageError(msg)
        blocks_of(out).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{out}: cannot be written: {error.strerror}"
        raise SimError(msg) from None
    with replaced(blocks_of(out) / _RUN) as run:
        run.write(json.dumps(study.identity))


def read_json(path: Path) -> dict[str, Any]:
    """A manifest's plain data.

    Raises:
        SimError: if it cannot be read, or holds something else.
    """
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror}"
        raise SimError(msg) from None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        msg = f"{path}: is not the manifest of a run"
        raise SimError(msg)
    return found


def _differences(there: dict[str, Any], now: dict[str, Any]) -> str:
    """What is otherwise, in words; empty if nothing is."""
    told = []
    for key, value in now.items():
        if there.get(key) != value:
            short = key.endswith("sha256") or key in ("what_ifs", "paired")
            told.append(f"{_SAID[key]} differs" if short else f"{_SAID[key]} {there.get(key)} there, {value} here")
    return "; ".join(told)


def play(out: Path, study: Study, processes: int | None = None) -> Generator[tuple[Job, bool], None, None]:
    """Play what is not kept yet; yields each job, those that were kept before at once and marked so."""
    folder = blocks_of(out)
    kept = [job for job in study.jobs if is_kept(folder, job)]
    yield from ((job, True) for job in kept)
    left = [job for job in study.jobs if job not in kept]
    if left:
        for job in play_all(study.worlds, study.seed, left, folder, processes):
            yield job, False


def merged(out: Path, study: Study) -> Merged:
    """The finished blocks."""
    return Merged(study, blocks_of(out))


def tidied(out: Path) -> None:
    """The blocks are not needed once the tables and the manifest are there."""
    shutil.rmtree(blocks_of(out), ignore_errors=True)
