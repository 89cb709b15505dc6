"""The commands that draw without a window: ``shot`` and ``film``. Imports what a command needs when it runs."""

# ruff: noqa: PLC0415

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from offensive_sim import arguments, cli_options
from offensive_sim.errors import ExitStatus, SimError, UsageError

if TYPE_CHECKING:
    from offensive_sim.ui.shot import Drawn
    from offensive_sim.views.board import Board
    from offensive_sim.views.replay import Replay

_LEAST_SECONDS, _MOST_SECONDS = 0.05, 10.0


def shot_options(parser: argparse.ArgumentParser, scenario: str, seed: int) -> None:
    """What ``shot`` understands."""
    parser.add_argument("--date", type=arguments.day, help="the evening to draw; the last day if left out")
    _shared(parser, scenario, seed)
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE.png")
    parser.set_defaults(run=_shot)


def film_options(parser: argparse.ArgumentParser, scenario: str, seed: int) -> None:
    """What ``film`` understands."""
    parser.add_argument("--from", dest="first", type=arguments.day, metavar="DATE", help="first evening; the eve")
    parser.add_argument("--until", type=arguments.day, metavar="DATE", help="last evening; the last day")
    parser.add_argument("--seconds", type=_seconds, default=0.6, help="how long a day is shown (%(default)s)")
    _shared(parser, scenario, seed, (1280, 720))
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="FILE.gif or FILE.webp")
    parser.set_defaults(run=_film)


def _shared(parser: argparse.ArgumentParser, scenario: str, seed: int, size: tuple[int, int] = (1920, 1080)) -> None:
    parser.add_argument("scenario", nargs="?", help=f"a path or a shipped name ({scenario})")
    parser.add_argument("--record", type=Path, metavar="FILE", help="draw the game of a record or of a save")
    cli_options.add_what_if(parser, "draw the days under a what-if; or the file of one that a record was played under")
    parser.add_argument("--mode", choices=("model", "history"), default="model", help="who holds the places in it")
    parser.add_argument("--seat", metavar="SEAT", help="only what this seat knew by then; public for the public")
    parser.add_argument("--layers", type=_layers, metavar="LAYERS", help="names with commas, or a set of them")
    parser.add_argument("--seed", type=arguments.whole(0, 2**63 - 1), default=seed, help="%(default)s")
    parser.add_argument(
        "--size", type=arguments.size, default=size, metavar="WxH", help=f"pixels ({size[0]}x{size[1]})"
    )
    parser.add_argument("--lang", choices=("en", "ar", "ckb"), default="en", help="%(default)s")
    percent = arguments.whole(100, 250)
    parser.add_argument("--scale", type=percent, default=100, help="text size in per cent (%(default)s)")
    parser.add_argument("--bw", action="store_true", help="black and white, for printing")
    parser.set_defaults(usual=scenario)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not _LEAST_SECONDS <= seconds <= _MOST_SECONDS:
        msg = f"{text!r} is not between {_LEAST_SECONDS} and {_MOST_SECONDS:g} seconds"
        raise argparse.ArgumentTypeError(msg)
    return seconds


def _layers(text: str) -> frozenset[str]:
    """A set by its name, or layers one by one; ``none`` is the bare map."""
    from offensive_sim.scenario.suggest import did_you_mean
    from offensive_sim.ui.watching import LAYERS, PRESETS

    if text in PRESETS:
        return PRESETS[text]
    named = [] if text == "none" else [one.strip() for one in text.split(",")]
    for name in named:
        if name not in LAYERS:
            known = (*PRESETS, *LAYERS, "none")
            msg = f"no layer is called {name!r}{did_you_mean(name, known)}; there are: {', '.join(known)}"
            raise argparse.ArgumentTypeError(msg)
    return frozenset(named)


def _shot(options: argparse.Namespace) -> int:
    from offensive_sim.ui.shot import save_picture

    if options.out.suffix.lower() != ".png":
        msg = f"{options.out}: a picture ends in .png"
        raise UsageError(msg)
    replay = _replay(options, options.date)
    day = _day(replay, options.date, "--date", replay.days)
    board = _board(replay, options, day)
    part = options.out.with_name(options.out.stem + ".part.png")
    try:
        part.touch()
        save_picture(part, board, _drawn(options))
        part.replace(options.out)
    except OSError as error:
        msg = f"{options.out}: cannot be written: {error.strerror or error}"
        raise SimError(msg) from None
    finally:
        part.unlink(missing_ok=True)
    print(f"{options.out}: {board.evening}")
    return ExitStatus.OK


def _film(options: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import Progress, TimeRemainingColumn

    from offensive_sim.ui.film import Pace, saver, write_film
    from offensive_sim.ui.shot import Painter

    if options.first and options.until and options.until < options.first:
        msg = f"--from {options.first} is after --until {options.until}"
        raise UsageError(msg)
    saver(options.out)  # before anything is played, so that it need not be played again
    replay = _replay(options, options.until)
    first = _day(replay, options.first, "--from", 0)
    last = _day(replay, options.until, "--until", replay.days)
    painter = Painter(_drawn(options))
    columns = (*Progress.get_default_columns()[:3], TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("days", total=last - first + 1)

        def boards() -> "Iterator[Board]":
            for day in range(first, last + 1):
                yield _board(replay, options, day)
                progress.advance(task)

        write_film(options.out, painter, boards(), Pace(options.seconds, last - first + 1))
    days = replay.timeline.days
    print(f"{options.out}: {days[first].evening} to {days[last].evening}")
    return ExitStatus.OK


def _replay(options: argparse.Namespace, until: date | None) -> "Replay":
    """The run: of a scenario as far as it is needed, or of a record."""
    from offensive_sim.scenario.shipped import find
    from offensive_sim.views.replay import of_opened, recalled

    if options.record is None:
        found = cli_options.supposed(find(options.scenario or options.usual), options)
        return of_opened(found, options.seed, until=until)
    if options.scenario is not None:
        msg = "--record says itself which scenario was played; leave the scenario out"
        raise UsageError(msg)
    return recalled(options.record, options.what_if)


def _day(replay: "Replay", asked: date | None, option: str, usual: int) -> int:
    """Number of the evening asked for."""
    if asked is None:
        return usual
    scenario = replay.game.scenario
    eve = scenario.first_day - timedelta(days=1)
    last = eve + timedelta(days=replay.days)
    if not eve <= asked <= last:
        whose = "game" if asked <= scenario.last_day else "scenario"
        msg = f"{option} {asked} is outside the {whose}: {eve} to {last if whose == 'game' else scenario.last_day}"
        raise UsageError(msg)
    return (asked - eve).days


def _board(replay: "Replay", options: argparse.Namespace, day: int) -> "Board":
    from offensive_sim.scenario.suggest import did_you_mean
    from offensive_sim.views.replay import KNOWN

    if options.seat is None:
        return replay.board(day, options.mode)
    if options.seat not in replay.readers:
        readers = ", ".join(replay.readers)
        msg = f"nobody's knowledge is kept for {options.seat}{did_you_mean(options.seat, replay.readers)}: {readers}"
        raise UsageError(msg)
    return replay.board(day, KNOWN + options.seat)


def _drawn(options: argparse.Namespace) -> "Drawn":
    from offensive_sim.ui.shot import Drawn

    return Drawn(
        size=options.size, language=options.lang, scale=options.scale / 100, black_and_white=options.bw,
        layers=options.layers,
    )  # fmt: skip
