"""The commands about what-ifs and ensembles. Imports what a command needs when it runs, as ``cli`` does."""

# ruff: noqa: PLC0415

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from offensive_sim import arguments, cli_options
from offensive_sim.errors import ExitStatus, SimError, UsageError

if TYPE_CHECKING:
    from offensive_sim.campaign.study import Study
    from offensive_sim.ensembles import Progress
    from offensive_sim.scenario.chronicle import Chronicle
    from offensive_sim.scenario.model import Scenario
    from offensive_sim.views.opened import Opened

MOST_REPLICAS: Final = 1_000_000
DEFAULT_REPLICAS: Final = 1_000
MOST_WORLDS: Final = 10
"""What-ifs side by side; more columns cannot be read."""


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
    """Say what to keep in mind about what-ifs, or what is wrong with them; ``a+b`` are two in one world."""
    from offensive_sim.scenario.premise import premise_notes
    from offensive_sim.scenario.shipped import find
    from offensive_sim.views.opened import opened

    for world in _apart(options.what_if, opened(find(options.scenario))):
        for what_if in world.what_ifs:
            print(f"{what_if.id}: OK: {what_if.question}")
        for note in premise_notes(world.what_ifs, world.scenario):
            print(f"  {note}")
    return ExitStatus.OK


def _apart(names: list[str], found: "Opened") -> "list[Opened]":
    """Each what-if in a world of its own, in order.

    Raises:
        UsageError: if one is not there, two of one world collide, or a world stands twice.
        ScenarioError: with every error found in the first world that has any.
    """
    worlds: list[Opened] = []
    for name in names:
        world = found.under([name])
        said = {one.id for one in world.what_ifs}
        if any({one.id for one in before.what_ifs} == said for before in worlds):
            msg = f"the what-if {'+'.join(one.id for one in world.what_ifs)} is given twice"
            raise UsageError(msg)
        worlds.append(world)
    return worlds


def _ensemble(options: argparse.Namespace) -> int:
    studies, chronicle = _studies(options, paired=False)
    return _run(studies[0], chronicle, options)


def _compare(options: argparse.Namespace) -> int:
    if not options.what_if:
        msg = "compare needs --what-if ID; `offensive-sim ensemble` plays the scenario as it is"
        raise UsageError(msg)
    if len(options.what_if) > MOST_WORLDS:
        msg = f"at most {MOST_WORLDS} what-ifs stand side by side, not {len(options.what_if)}"
        raise UsageError(msg)
    studies, chronicle = _studies(options, paired=True)
    return _run(studies[0], chronicle, options) if len(studies) == 1 else _run_several(studies, chronicle, options)


def _studies(options: argparse.Namespace, *, paired: bool) -> "tuple[list[Study], Chronicle]":
    """What the options ask for, with the premise check said first; and the chronicle, for the debrief."""
    from offensive_sim.campaign.study import Study
    from offensive_sim.ensembles import usual_split
    from offensive_sim.scenario.shipped import find
    from offensive_sim.views.opened import opened

    found = opened(find(options.scenario))
    worlds = _apart(options.what_if, found) if paired else [found.under(options.what_if)]
    split = usual_split(options.replicas) if options.split is None else options.split
    if 2 * split > options.replicas:
        msg = f"--split {split} needs at least {2 * split} replicas, not {options.replicas}"
        raise UsageError(msg)
    for world in worlds:
        cli_options.tell(world.what_ifs, world.scenario, opt_in=options.opt_in)
    studies = [
        Study(world.scenario, world.what_ifs, options.seed, options.replicas, split, paired) for world in worlds
    ]
    return studies, found.chronicle


def _run(study: "Study", chronicle: "Chronicle", options: argparse.Namespace) -> int:
    from offensive_sim.ensembles import run
    from offensive_sim.views.comparison_text import as_text

    out = options.out or Path(f"{study.scenario.id}-{study.world_names[-1] if study.what_ifs else 'ensemble'}")
    with _shown(out, quiet=options.quiet) as progress:
        result = run(study, out, progress(""), options.processes, chronicle)
    print(as_text(result.found))
    print(f"{out}: {', '.join(sorted([*result.manifest['files'], 'manifest.json']))}")
    return ExitStatus.OK


def _run_several(studies: "list[Study]", chronicle: "Chronicle", options: argparse.Namespace) -> int:
    """Each what-if in a folder of its own, and one page over them."""
    from offensive_sim.side_by_side import run
    from offensive_sim.views.comparison_text import as_text

    named = {study.world_names[-1]: study for study in studies}
    out = options.out or Path(f"{studies[0].scenario.id}-{'-and-'.join(named)}")
    with _shown(out, quiet=options.quiet) as progress:
        several = run(named, out, chronicle, progress, options.processes)
    for name, result in several.results.items():
        print(as_text(result.found))
        print(f"{out / name}: {', '.join(sorted([*result.manifest['files'], 'manifest.json']))}\n")
    print(f"{out}: {', '.join(sorted([*several.manifest['files'], 'manifest.json']))}")
    return ExitStatus.OK


def _rerun(options: argparse.Namespace) -> int:
    from offensive_sim.ensembles import compare_files, manifest_of, run, study_of
    from offensive_sim.scenario.checking import sound
    from offensive_sim.scenario.shipped import find
    from offensive_sim.side_by_side import folders_of

    told = manifest_of(options.manifest)
    scenario, chronicle = sound(find(options.scenario or told["scenario"]))
    names = folders_of(told, options.manifest)
    if names is not None:
        return _rerun_several(told, names, (scenario, chronicle), options)
    study, told = study_of(options.manifest, scenario)
    with _shown(options.out, quiet=options.quiet) as progress:
        result = run(study, options.out, progress(""), options.processes, chronicle)
    compare_files(told, result.manifest)
    print(f"{options.out}: the same files as {options.manifest} tells of, digest {told['digest']}")
    return ExitStatus.OK


def _rerun_several(
    told: dict[str, Any], names: list[str], of: "tuple[Scenario, Chronicle]", options: argparse.Namespace
) -> int:
    from offensive_sim import ensembles, side_by_side

    scenario, chronicle = of
    below = {name: ensembles.study_of(options.manifest.parent / name / "manifest.json", scenario) for name in names}
    with _shown(options.out, quiet=options.quiet) as progress:
        studies = {name: study for name, (study, _) in below.items()}
        several = side_by_side.run(studies, options.out, chronicle, progress, options.processes)
    for name, (_, one) in below.items():
        ensembles.compare_files(one, several.results[name].manifest)
    side_by_side.compare_files(told, several.manifest)
    print(f"{options.out}: the same files as {options.manifest} tells of, in {len(names)} folders and over them")
    return ExitStatus.OK


@contextmanager
def _shown(out: Path, *, quiet: bool) -> "Iterator[Callable[[str], Progress]]":
    """A bar a run with the time left, on standard error; a stop, by hand or by a full disk, says what is kept."""
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TimeRemainingColumn

    columns = (*Bar.get_default_columns()[:3], TimeRemainingColumn())
    reached: dict[str, tuple[int, int]] = {}
    try:
        with Bar(*columns, console=Console(stderr=True), disable=quiet) as bar:

            def begin(name: str) -> "Progress":
                task = bar.add_task(name or "replicas", total=None)

                def progress(done: int, total: int) -> None:
                    reached[name] = done, total
                    bar.update(task, completed=done, total=total)

                return progress

            yield begin
    except (KeyboardInterrupt, SimError):
        for name, (done, total) in reached.items():
            kept = f"{done} of {total} replicas are kept in {out / name}; the same command goes on from there"
            print(f"\noffensive-sim: {kept}", file=sys.stderr)
        raise
