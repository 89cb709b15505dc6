"""The commands about what-ifs and ensembles. Imports what a command needs when it runs, as ``cli`` does."""

# ruff: noqa: PLC0415

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from offensive_sim import arguments, cli_options
from offensive_sim.errors import ExitStatus, SimError, UsageError

if TYPE_CHECKING:
    from offensive_sim.campaign.study import Study
    from offensive_sim.ensembles import Progress
    from offensive_sim.scenario.chronicle import Chronicle

MOST_REPLICAS: Final = 1_000_000
DEFAULT_REPLICAS: Final = 1_000


def add_commands(commands: Any, seed: int) -> None:  # noqa: ANN401 - argparse names no type for it
    """``ensemble``, ``compare`` and ``rerun``."""
    ensemble = commands.add_parser("ensemble", help="play many runs and write what they add up to")
    _run_options(ensemble, seed)
    ensemble.set_defaults(run=_ensemble)
    compare = commands.add_parser("compare", help="play a scenario with and without a what-if, on the same luck")
    _run_options(compare, seed)
    compare.set_defaults(run=_compare)
    rerun = commands.add_parser("rerun", help="play a finished run again from its manifest; the files must be the same")
    rerun.add_argument("manifest", type=Path, help="the manifest.json of a finished run")
    rerun.add_argument("--scenario", metavar="PATH", help="the scenario's file, if it does not ship with the program")
    rerun.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    _work_options(rerun)
    rerun.set_defaults(run=_rerun)


def _run_options(parser: argparse.ArgumentParser, seed: int) -> None:
    parser.add_argument("scenario", help="a path or a shipped name")
    cli_options.add_what_if(parser, "a what-if of the scenario")
    parser.add_argument(
        "--replicas", type=arguments.whole(2, MOST_REPLICAS), default=DEFAULT_REPLICAS, metavar="N",
        help="runs, or pairs of runs (%(default)s)",
    )  # fmt: skip
    parser.add_argument("--seed", type=arguments.whole(0, 2**63 - 1), default=seed, help="%(default)s")
    parser.add_argument(
        "--split", type=arguments.whole(0, MOST_REPLICAS // 2), metavar="N",
        help="runs played again to split the spread by source; 128, or none where there are few replicas",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="DIR", help="a new folder, or that of an interrupted run")
    _work_options(parser)


def _work_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--processes", type=arguments.whole(1, 1024), metavar="N", help="at a time; one a processor if left out"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress")


def check_premise(options: argparse.Namespace) -> int:
    """Say what to keep in mind about what-ifs, or what is wrong with them."""
    from offensive_sim.scenario.checking import sound
    from offensive_sim.scenario.premise import premise_notes
    from offensive_sim.scenario.shipped import find
    from offensive_sim.scenario.whatif_files import sound_what_ifs

    path = find(options.scenario)
    scenario, chronicle = sound(path)
    what_ifs = sound_what_ifs(options.what_if, path, scenario, chronicle)
    for what_if in what_ifs:
        print(f"{what_if.id}: OK: {what_if.question}")
    for note in premise_notes(what_ifs, scenario):
        print(f"  {note}")
    return ExitStatus.OK


def _ensemble(options: argparse.Namespace) -> int:
    return _run(*_study(options, paired=False), options)


def _compare(options: argparse.Namespace) -> int:
    if not options.what_if:
        msg = "compare needs --what-if ID; `offensive-sim ensemble` plays the scenario as it is"
        raise UsageError(msg)
    return _run(*_study(options, paired=True), options)


def _study(options: argparse.Namespace, *, paired: bool) -> "tuple[Study, Chronicle]":
    """What the options ask for, with the premise check said first; and the chronicle, for the debrief."""
    from offensive_sim.campaign.study import Study
    from offensive_sim.ensembles import usual_split
    from offensive_sim.scenario.shipped import find
    from offensive_sim.views.opened import opened

    found = opened(find(options.scenario), options.what_if)
    split = usual_split(options.replicas) if options.split is None else options.split
    if 2 * split > options.replicas:
        msg = f"--split {split} needs at least {2 * split} replicas, not {options.replicas}"
        raise UsageError(msg)
    cli_options.tell(found.what_ifs, found.scenario, opt_in=options.opt_in)
    return Study(found.scenario, found.what_ifs, options.seed, options.replicas, split, paired), found.chronicle


def _run(study: "Study", chronicle: "Chronicle", options: argparse.Namespace) -> int:
    from offensive_sim.ensembles import run
    from offensive_sim.views.comparison_text import as_text

    out = options.out or Path(f"{study.scenario.id}-{study.world_names[-1] if study.what_ifs else 'ensemble'}")
    with _shown(out, quiet=options.quiet) as progress:
        result = run(study, out, progress, options.processes, chronicle)
    print(as_text(result.found))
    print(f"{out}: {', '.join(sorted([*result.manifest['files'], 'manifest.json']))}")
    return ExitStatus.OK


def _rerun(options: argparse.Namespace) -> int:
    from offensive_sim.ensembles import compare_files, manifest_of, run, study_of
    from offensive_sim.scenario.checking import sound
    from offensive_sim.scenario.shipped import find

    told = manifest_of(options.manifest)
    scenario, chronicle = sound(find(options.scenario or told["scenario"]))
    study, told = study_of(options.manifest, scenario)
    with _shown(options.out, quiet=options.quiet) as progress:
        result = run(study, options.out, progress, options.processes, chronicle)
    compare_files(told, result.manifest)
    print(f"{options.out}: the same files as {options.manifest} tells of, digest {told['digest']}")
    return ExitStatus.OK


@contextmanager
def _shown(out: Path, *, quiet: bool) -> "Iterator[Progress]":
    """A bar with the time left on standard error; a stop says what is kept, whether by hand or by a full disk."""
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TimeRemainingColumn

    columns = (*Bar.get_default_columns()[:3], TimeRemainingColumn())
    reached = [0, 0]
    try:
        with Bar(*columns, console=Console(stderr=True), disable=quiet) as bar:
            task = bar.add_task("replicas", total=None)

            def progress(done: int, total: int) -> None:
                reached[:] = done, total
                bar.update(task, completed=done, total=total)

            yield progress
    except (KeyboardInterrupt, SimError):
        if reached[1]:
            kept = f"{reached[0]} of {reached[1]} replicas are kept in {out}; the same command goes on from there"
            print(f"\noffensive-sim: {kept}", file=sys.stderr)
        raise
