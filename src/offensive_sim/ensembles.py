"""From a question to a folder: play, merge, write the tables and the manifest; and the same again from a manifest."""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from offensive_sim.campaign import folder
from offensive_sim.campaign.study import Study
from offensive_sim.errors import ReplayMismatchError, SimError, UsageError
from offensive_sim.outfile import replaced
from offensive_sim.pages.debrief import page_of
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.views.comparing import compared, outlook
from offensive_sim.views.comparison import Comparison, Outlook
from offensive_sim.views.debrief import debrief_of_comparison
from offensive_sim.views.tables import TABLES

Progress = Callable[[int, int], None]
"""Told how many replicas are done, of how many, each time a block is kept."""
DEBRIEFS: Final = {"en": "debrief.html", "ar": "debrief.ar.html", "ckb": "debrief.ckb.html"}
"""The page of a comparison, by language."""
_LEAST_FOR_SPLIT: Final = 64
"""Pairs a source of spread needs before its share says anything."""
MOST_SPLIT: Final = 128


@dataclass(frozen=True)
class Result:
    """What a run found, and the files it left."""

    found: Comparison | Outlook
    manifest: dict[str, Any]
    out: Path


def usual_split(replicas: int) -> int:
    """Replicas played again for each source of spread, unless told otherwise: none where it would say nothing."""
    most = min(MOST_SPLIT, replicas // 2)
    return most if most >= _LEAST_FOR_SPLIT else 0


def run(
    study: Study,
    out: Path,
    progress: Progress | None = None,
    processes: int | None = None,
    chronicle: Chronicle | None = None,
) -> Result:
    """Play a study into a folder, or go on where it was interrupted; with the chronicle a comparison has its debrief.

    Raises:
        SimError: if the folder is not fit for it, or cannot be written; finished blocks stay.
    """
    if folder.prepared(out, study) == "finished":
        msg = f"{out} holds this run already, finished; `offensive-sim rerun` plays it again into another folder"
        raise UsageError(msg)
    played(study, out, progress, processes)
    result = finished(study, out, chronicle)
    folder.tidied(out)
    return result


def played(study: Study, out: Path, progress: Progress | None, processes: int | None) -> None:
    """Every block is kept."""
    total = sum(job.count for job in study.jobs)
    done = 0
    with closing(folder.play(out, study, processes)) as running:
        for job, _ in running:
            done += job.count
            if progress:
                progress(done, total)


def finished(study: Study, out: Path, chronicle: Chronicle | None) -> Result:
    """Tables, pages and manifest of a run whose blocks are all there; the blocks stay."""
    merged = folder.merged(out, study)
    found = compared(merged) if study.paired else outlook(merged)
    files = {name: written(out / name, lines(merged)) for name, lines in TABLES.items()}
    if isinstance(found, Comparison) and chronicle is not None:
        told = debrief_of_comparison(study, chronicle, found)
        files |= {name: written(out / name, [page_of(told, language)]) for language, name in DEBRIEFS.items()}
    manifest = study.identity | {
        "worlds": list(study.world_names),
        "digest": merged.digest,
        "files": files,
    }
    with replaced(out / folder.MANIFEST) as text:
        text.write(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    return Result(found, manifest, out)


def written(path: Path, lines: Iterable[str]) -> str:
    """Write a file; returns its SHA-256."""
    seal = hashlib.sha256()
    with replaced(path) as out:
        for line in lines:
            out.write(line)
            seal.update(line.encode())
    return seal.hexdigest()


# The same again


def study_of(manifest: Path, scenario: Scenario) -> tuple[Study, dict[str, Any]]:
    """The study that a manifest tells of, and the manifest.

    Raises:
        SimError: if it is no manifest.
        ReplayMismatchError: if the scenario has changed since.
    """
    told = manifest_of(manifest)
    try:
        what_ifs = tuple(WhatIf.model_validate(one) for one in told["what_ifs"])
        study = Study(scenario, what_ifs, told["seed"], told["replicas"], told["split"], told["paired"])
        hashes = [told["scenario_sha256"], told["world_sha256"]]
    except (KeyError, TypeError, ValidationError):
        msg = f"{manifest}: is not the manifest of a run of this program"
        raise SimError(msg) from None
    if hashes != [study.identity["scenario_sha256"], study.identity["world_sha256"]]:
        msg = f"the scenario {scenario.id} has changed since {manifest} was written"
        raise ReplayMismatchError(msg)
    return study, told


def manifest_of(path: Path) -> dict[str, Any]:
    """A manifest as it stands.

    Raises:
        SimError: if it cannot be read or is none.
    """
    told = folder.read_json(path)
    if not isinstance(told.get("scenario"), str) or "files" not in told:
        msg = f"{path}: is not the manifest of a run of this program"
        raise SimError(msg)
    return told


def compare_files(told: dict[str, Any], now: dict[str, Any]) -> None:
    """Raise unless a rerun gave what the manifest tells.

    Raises:
        ReplayMismatchError: with the files that differ, and the versions of both.
    """
    differ = [name for name, seal in told["files"].items() if now["files"].get(name) != seal]
    if told["digest"] != now["digest"] or differ:
        written, played = (f"version {one['sim']} and numpy {one['numpy']}" for one in (told, now))
        what = ", ".join(differ) or "its digest"
        msg = f"the rerun differs in {what}; written with {written}, played with {played}"
        raise ReplayMismatchError(msg)
