"""The command line. Imports what a command needs when the command runs, so that help comes at once."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from offensive_sim import __version__, arguments, cli_debrief, cli_options, cli_pictures, cli_what_if
from offensive_sim.errors import ExitStatus, SimError, UsageError
from offensive_sim.outfile import replaced

if TYPE_CHECKING:
    from offensive_sim.campaign.compiling import Game
    from offensive_sim.campaign.running import Plan
    from offensive_sim.campaign.series import Series
    from offensive_sim.scenario.chronicle import Chronicle

DEFAULT_SCENARIO = "june-2014"
DEFAULT_SEED = 2014
MOST_REPLICAS = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    # A thread pool of the linear algebra library would only spin beside our processes; set before numpy loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = options.run
        status = run(options)
        sys.stdout.flush()
    except SimError as error:
        print(f"offensive-sim: {error}", file=sys.stderr)
        return error.status
    except KeyboardInterrupt:
        print("\noffensive-sim: interrupted", file=sys.stderr)
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone; keep Python from complaining again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.CLOSED_PIPE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="offensive-sim",
        description="The Northern Iraq offensive of June-August 2014: watch it, replay it and check it.",
        epilog="Exit status: 0 fine, 1 problems in a file, 2 usage, 3 a record differs, 4 below the scenario's bar, "
        "130 interrupted, 141 reader gone.",
    )
    parser.add_argument("--version", action="version", version=f"offensive-sim {__version__}")
    parser.set_defaults(run=_play, scenario=None, seed=DEFAULT_SEED, seat="watch", what_if=[], opt_in=False)
    commands = parser.add_subparsers(metavar="COMMAND")
    playing = commands.add_parser("play", help="open the window; the same without a command")
    playing.add_argument("scenario", nargs="?", help="a path or a shipped name; the last one opened if left out")
    playing.add_argument("--seed", type=arguments.whole(0, 2**63 - 1), default=DEFAULT_SEED, help="%(default)s")
    playing.add_argument("--seat", default="watch", help="baghdad, erbil, coalition, or baghdad+erbil (%(default)s)")
    cli_options.add_what_if(playing, "watch or play under a what-if")
    playing.set_defaults(run=_play)
    _replay_options(commands.add_parser("replay", help="play the documented orders and score against the chronicle"))
    check = commands.add_parser("check", help="say everything that is wrong in a scenario, or OK")
    check.add_argument("scenario", help="a path or a shipped name")
    check.add_argument(
        "--what-if", action="append", default=[], metavar="ID", help="check the premise of a what-if; may be repeated"
    )
    check.set_defaults(run=_check)
    verify = commands.add_parser("verify", help="play a record again and compare every day")
    verify.add_argument("record", type=Path, help="a file written by --record, or a save")
    verify.add_argument("--scenario", metavar="PATH", help="the scenario's file, if it does not ship with the program")
    cli_options.add_recorded_what_if(verify)
    verify.set_defaults(run=_verify)
    shot = commands.add_parser("shot", help="draw the map of an evening to a PNG file, without a window")
    cli_pictures.shot_options(shot, DEFAULT_SCENARIO, DEFAULT_SEED)
    film = commands.add_parser("film", help="draw days in a row as a moving picture, without a window")
    cli_pictures.film_options(film, DEFAULT_SCENARIO, DEFAULT_SEED)
    cli_what_if.add_commands(commands, DEFAULT_SEED)
    debriefing = commands.add_parser("debrief", help="write a run or a played game as a page to hand out")
    cli_debrief.add_options(debriefing, DEFAULT_SCENARIO, DEFAULT_SEED)
    listing = commands.add_parser("scenarios", help="list the scenarios that ship with the program")
    listing.set_defaults(run=_scenarios)
    return parser


def _replay_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="?", default=DEFAULT_SCENARIO, help="a path or a shipped name (%(default)s)")
    parser.add_argument("--until", type=arguments.day, metavar="DATE", help="last day to play, as 2014-06-12")
    parser.add_argument("--seed", type=arguments.whole(0, 2**63 - 1), default=DEFAULT_SEED, help="%(default)s")
    parser.add_argument(
        "--replicas", type=arguments.whole(1, MOST_REPLICAS), default=1, metavar="N",
        help="beside the central run, play N replicas with uncertain numbers drawn",
    )  # fmt: skip
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="%(default)s")
    parser.add_argument("--record", type=Path, metavar="FILE", help="write the game as a record (one replica)")
    parser.add_argument("--table", type=Path, metavar="FILE.csv", help="write control by day and place as CSV")
    parser.add_argument("--quiet", action="store_true", help="no progress and no log, only the scorecard")
    cli_options.add_what_if(parser, "play under a what-if, which is not scored")
    parser.set_defaults(run=_replay)


def _play(options: argparse.Namespace) -> int:
    from offensive_sim.ui.app import run  # noqa: PLC0415 - the window loads only when it opens
    from offensive_sim.ui.supposing import Supposing  # noqa: PLC0415

    return run(options.scenario, options.seed, options.seat, Supposing(tuple(options.what_if), options.opt_in))


def _scenarios(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes the options
    from offensive_sim.scenario.load import load  # noqa: PLC0415 - imported when needed
    from offensive_sim.scenario.shipped import find, shipped_ids  # noqa: PLC0415

    for name in shipped_ids():
        scenario, _ = load(find(name))
        print(f"{name:14} {scenario.first_day} to {scenario.last_day}  {scenario.title}")
    return ExitStatus.OK


def _check(options: argparse.Namespace) -> int:
    from offensive_sim.scenario.checking import checked  # noqa: PLC0415
    from offensive_sim.scenario.shipped import find  # noqa: PLC0415

    if options.what_if:
        return cli_what_if.check_premise(options)
    result = checked(find(options.scenario))
    for problem in result.problems:
        print(problem)
    errors = sum(problem.severity == "error" for problem in result.problems)
    if errors:
        print(f"{errors} problem{'s' if errors > 1 else ''}", file=sys.stderr)
        return ExitStatus.PROBLEMS
    print(result.summary)
    return ExitStatus.OK


def _replay(options: argparse.Namespace) -> int:
    from offensive_sim.views import report  # noqa: PLC0415

    _refuse(options)
    game, chronicle, plan = _prepared(options)
    with _asked(options.record) as record, _asked(options.table) as table:
        series = _one(game, plan, options, record)
        ensemble = _many(game, plan, options) if options.replicas > 1 else None
        if table is not None:
            import csv  # noqa: PLC0415

            csv.writer(table, lineterminator="\n").writerows(report.place_days(game, chronicle, ensemble or series))
    digest = _digest(ensemble or series)
    if game.what_ifs:
        under = " and ".join(one.id for one in game.what_ifs)
        print(f"Played under the what-if {under}. It is not history, so it is not scored against history;")
        print("`offensive-sim compare` says how far it differs from the model as it happened.")
        print(f"seed {plan.seed}, digest {digest}")
        return ExitStatus.OK
    return _scored((game, chronicle, plan), options, (series, ensemble), digest)


def _refuse(options: argparse.Namespace) -> None:
    """Options that do not go together."""
    if options.record and options.replicas > 1:
        msg = "--record keeps one game; leave out --replicas"
        raise UsageError(msg)
    if options.what_if and (options.replicas > 1 or options.format != "text"):
        msg = "under a what-if there is no scorecard; `offensive-sim compare` plays many runs and writes tables"
        raise UsageError(msg)


def _scored(
    played: "tuple[Game, Chronicle, Plan]",
    options: argparse.Namespace,
    runs: "tuple[Series, Series | None]",
    digest: str,
) -> int:
    """Print the scorecard, and say whether it meets the bar."""
    from dataclasses import asdict  # noqa: PLC0415

    from offensive_sim.campaign.record import manifest  # noqa: PLC0415
    from offensive_sim.views import report  # noqa: PLC0415
    from offensive_sim.views.scorecard import score  # noqa: PLC0415

    game, chronicle, plan = played
    card = score(game, chronicle, *runs)
    if options.format == "json":
        head = asdict(manifest(game, plan))
        run = {"scenario": head["scenario"], "seed": plan.seed, "replicas": options.replicas}
        print(report.as_json(card, {**run, "digest": digest, "manifest": head}))
    elif options.format == "csv":
        sys.stdout.write(report.as_csv(card))
    else:
        sys.stdout.write(report.as_text(card))
        print(f"seed {plan.seed}, replicas {options.replicas}, digest {digest}")
    return ExitStatus.OK if card.bar_met else ExitStatus.BELOW_BAR


def _asked(path: Path | None) -> AbstractContextManager[TextIO | None]:
    return replaced(path) if path else nullcontext()


def _prepared(options: argparse.Namespace) -> "tuple[Game, Chronicle, Plan]":
    from offensive_sim.campaign.running import Plan  # noqa: PLC0415
    from offensive_sim.scenario.shipped import find  # noqa: PLC0415

    found = cli_options.supposed(find(options.scenario), options)
    scenario = found.scenario
    last = options.until or scenario.last_day
    if not scenario.first_day <= last <= scenario.last_day:
        msg = f"--until {last} is outside the scenario: {scenario.first_day} to {scenario.last_day}"
        raise UsageError(msg)
    game = found.game
    days = (last - scenario.first_day).days + 1
    return game, found.chronicle, Plan(seed=options.seed, days=days, spread=False)


def _one(game: "Game", plan: "Plan", options: argparse.Namespace, record: TextIO | None) -> "Series":
    """One game, with its log as it is played and its record as it goes."""
    import numpy as np  # noqa: PLC0415

    from offensive_sim.campaign.record import lines  # noqa: PLC0415
    from offensive_sim.campaign.running import Evening, areas_of, play  # noqa: PLC0415
    from offensive_sim.campaign.series import Series  # noqa: PLC0415
    from offensive_sim.views.prose import day_log, heading  # noqa: PLC0415

    replicas = np.arange(1)
    days: list[Series] = []

    quiet = options.quiet or options.format != "text" or options.replicas > 1

    def played() -> Iterator[Evening]:
        for evening in play(game, plan, replicas):
            days.append(Series.of_day(areas_of(game), replicas, evening.state, evening.journal))
            if evening.journal and not quiet:
                print(heading(game, evening.state.day - 1))
                print("".join(f"  {line}\n" for line in day_log(game, evening.journal)), end="")
            yield evening

    for line in lines(game, plan, played()):
        if record is not None:
            record.write(line + "\n")
    return Series.stacked(days)


def _many(game: "Game", plan: "Plan", options: argparse.Namespace) -> "Series":
    """An ensemble with a progress bar on standard error."""
    from dataclasses import replace  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress, TimeRemainingColumn  # noqa: PLC0415

    from offensive_sim.campaign.running import BLOCK, ensemble, whole  # noqa: PLC0415

    blocks = []
    columns = (*Progress.get_default_columns()[:3], TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=options.quiet) as progress:
        task = progress.add_task("replicas", total=options.replicas)
        with closing(ensemble(game, replace(plan, spread=True), options.replicas)) as running:
            for block in running:
                blocks.append(block)
                progress.advance(task, min(BLOCK, len(block.replicas)))
    return whole(blocks)


def _digest(series: "Series") -> str:
    import hashlib  # noqa: PLC0415

    return hashlib.blake2b("".join(series.digest).encode(), digest_size=8).hexdigest()


def _verify(options: argparse.Namespace) -> int:
    from offensive_sim.campaign.record import read, verify  # noqa: PLC0415
    from offensive_sim.views.opened import opened_for  # noqa: PLC0415

    record = read(options.record)
    game = opened_for(record.manifest, options.record, options.what_if, options.scenario).game
    days = sum(1 for _ in verify(record, game))
    under = " and ".join(f"{one.id} ({one.title})" for one in game.what_ifs)
    print(f"{options.record}: {days} days agree" + (f", played under the what-if {under}" if under else ""))
    return ExitStatus.OK
