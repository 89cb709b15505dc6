"""Several what-ifs, each a world of its own beside the same runs of the model: a folder each, and one page over them.

The same seed gives the model the same runs in every folder, so that the questions can be laid side by side.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from offensive_sim import __version__, ensembles
from offensive_sim.campaign import folder
from offensive_sim.campaign.study import Study
from offensive_sim.ensembles import DEBRIEFS, Progress, Result
from offensive_sim.errors import ReplayMismatchError, SimError, UsageError
from offensive_sim.outfile import replaced
from offensive_sim.pages.several import Beside, several_page
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.views.comparison import Comparison

FORMAT: Final = 1
KIND: Final = "side by side"


@dataclass(frozen=True)
class Several:
    """What several comparisons found, by folder, and the files that stand over them."""

    results: Mapping[str, Result]
    manifest: dict[str, Any]
    out: Path


def run(
    studies: Mapping[str, Study],
    out: Path,
    chronicle: Chronicle,
    progress: Callable[[str], Progress] | None = None,
    processes: int | None = None,
) -> Several:
    """Play every study into a folder of its own, or go on where this was interrupted; then write what stands over them.

    ``progress`` is asked, for each name, for a function that is told how many replicas are done.

    Raises:
        SimError: if a folder is not fit for it, or cannot be written; finished blocks stay.
    """
    if (out / folder.MANIFEST).exists():
        msg = f"{out} holds a finished run; `offensive-sim rerun` plays it again into another folder"
        raise UsageError(msg)
    strangers = {path.name for path in out.iterdir()} - {*studies, *DEBRIEFS.values()} if out.is_dir() else set()
    if strangers:
        msg = f"{out} holds other files ({min(strangers)}); choose a new folder as --out"
        raise UsageError(msg)
    for name, study in studies.items():
        # Blocks stay until the page over all is there: a folder that is finished but for them is taken up as it is.
        if folder.prepared(out / name, study) == "finished" and not folder.blocks_of(out / name).is_dir():
            msg = f"{out / name} holds a finished run of its own; choose a new folder as --out"
            raise UsageError(msg)
        ensembles.played(study, out / name, progress(name) if progress else None, processes)
    results = {name: ensembles.finished(study, out / name, chronicle) for name, study in studies.items()}
    manifest = _written(studies, results, out)
    for name in studies:
        folder.tidied(out / name)
    return Several(results, manifest, out)


def _written(studies: Mapping[str, Study], results: Mapping[str, Result], out: Path) -> dict[str, Any]:
    found = [(name, result.found) for name, result in results.items()]
    beside = [Beside(name, one) for name, one in found if isinstance(one, Comparison)]
    scenario = next(iter(studies.values())).scenario
    pages = {
        name: ensembles.written(out / name, [several_page(scenario, beside, language)])
        for language, name in DEBRIEFS.items()
    }
    manifest = {
        "format": FORMAT,
        "kind": KIND,
        "sim": __version__,
        "scenario": scenario.id,
        "runs": {name: result.manifest["digest"] for name, result in results.items()},
        "files": pages,
    }
    with replaced(out / folder.MANIFEST) as text:
        text.write(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    return manifest


def folders_of(told: dict[str, Any], manifest: Path) -> list[str] | None:
    """Names of the folders below a manifest, if it is one over several runs; None if it is that of one run.

    Raises:
        SimError: if it names what is not a folder beside it.
    """
    if told.get("kind") != KIND:
        return None
    runs = told.get("runs")
    names = list(runs) if isinstance(runs, dict) else []
    if not names or any(Path(name).name != name or not (manifest.parent / name).is_dir() for name in names):
        msg = f"{manifest}: names runs that are not in folders beside it"
        raise SimError(msg)
    return names


def compare_files(told: dict[str, Any], now: dict[str, Any]) -> None:
    """Raise unless a rerun gave what the manifest tells.

    Raises:
        ReplayMismatchError: with the runs and pages that differ.
    """
    differ = [name for part in ("runs", "files") for name, seal in told[part].items() if now[part].get(name) != seal]
    if differ:
        msg = f"the rerun differs in {', '.join(differ)}; written with version {told['sim']}, played with {now['sim']}"
        raise ReplayMismatchError(msg)
