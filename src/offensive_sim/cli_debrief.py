"""The command ``debrief``. Imports what it needs when it runs, as ``cli`` does."""

# ruff: noqa: PLC0415

import argparse
from pathlib import Path

from offensive_sim import arguments, cli_options
from offensive_sim.errors import ExitStatus, UsageError
from offensive_sim.outfile import replaced

_LANGUAGES = ("en", "ar", "ckb")
_SCENARIO_FILES = (".yaml", ".yml")


def add_options(parser: argparse.ArgumentParser, scenario: str, seed: int) -> None:
    """Say what may be typed; ``scenario`` and ``seed`` are what is meant when nothing is."""
    parser.add_argument(
        "subject", nargs="?", default=scenario, metavar="RECORD|SCENARIO",
        help="a file written by --record, a save, a path or a shipped name (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=arguments.whole(0, 2**63 - 1), help=f"of a scenario's run ({seed}); a record has its own"
    )
    parser.add_argument("--scenario", metavar="PATH", help="of a record, if its scenario does not ship")
    cli_options.add_what_if(parser, "a what-if of the scenario; or the file of one that a record was played under")
    parser.add_argument("--lang", choices=_LANGUAGES, default="en", help="%(default)s")
    parser.add_argument(
        "-o", "--out", type=Path, default=Path("debrief.html"), metavar="FILE.html", help="%(default)s"
    )
    parser.set_defaults(run=debrief, default_seed=seed)


def debrief(options: argparse.Namespace) -> int:
    """Write a run or a game that was played beside history as one page."""
    from offensive_sim.pages.debrief import page_of
    from offensive_sim.scenario.shipped import find
    from offensive_sim.views.debrief import debrief_of, debrief_of_record

    path = Path(options.subject)
    if (path / "debrief.html").is_file():
        msg = f"{path} holds a comparison, and its debrief already: {path / 'debrief.html'}"
        raise UsageError(msg)
    if path.is_file() and path.suffix not in _SCENARIO_FILES:
        if options.seed is not None:
            msg = f"--seed is for a scenario; the record {path} has its own"
            raise UsageError(msg)
        told = debrief_of_record(path, options.scenario, options.what_if)
    else:
        if options.scenario is not None:
            msg = f"--scenario is for a record; {options.subject} is a scenario itself"
            raise UsageError(msg)
        seed = options.default_seed if options.seed is None else options.seed
        told = debrief_of(cli_options.supposed(find(options.subject), options), seed)
    with replaced(options.out) as file:
        file.write(page_of(told, options.lang))
    print(f"{options.out}: {told.title}, {told.evenings[1]} to {told.evenings[-1]}")
    return ExitStatus.OK
