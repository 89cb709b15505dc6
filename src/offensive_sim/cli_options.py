"""The options by which several commands name what-ifs, and what they come to. Imports what it needs when it runs."""

# ruff: noqa: PLC0415

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offensive_sim.scenario.model import Scenario
    from offensive_sim.scenario.whatif import WhatIf
    from offensive_sim.views.opened import Opened


def add_what_if(parser: argparse.ArgumentParser, use: str) -> None:
    """``--what-if`` and ``--opt-in``; ``use`` says what is done with the what-if."""
    parser.add_argument(
        "--what-if", action="append", default=[], metavar="ID|FILE",
        help=f"{use}, by name or path; may be repeated; A+B: both in one world",
    )  # fmt: skip
    parser.add_argument("--opt-in", action="store_true", help="allow what-ifs that an instructor must allow")


def add_recorded_what_if(parser: argparse.ArgumentParser) -> None:
    """``--what-if`` of a command that reads a record, which says itself what it was played under."""
    parser.add_argument(
        "--what-if", action="append", default=[], metavar="FILE",
        help="a what-if that the record was played under, where its file does not stand beside the scenario",
    )  # fmt: skip


def supposed(path: Path, options: argparse.Namespace) -> "Opened":
    """A scenario and the what-ifs that were asked for, with leave asked and the premise check told.

    Raises:
        ScenarioError: with every error found in them.
        UsageError: if a what-if is not there, stands twice, collides with another, or needs leave.
    """
    from offensive_sim.views.opened import opened

    found = opened(path, options.what_if)
    tell(found.what_ifs, found.scenario, opt_in=options.opt_in)
    return found


def tell(what_ifs: "Sequence[WhatIf]", scenario: "Scenario", *, opt_in: bool) -> None:
    """Ask leave where an instructor must give it; then say what to keep in mind, on standard error.

    Raises:
        UsageError: if leave is needed and not given.
    """
    from offensive_sim.scenario.premise import premise_notes
    from offensive_sim.scenario.whatif_files import ask_leave

    if not opt_in:
        ask_leave(what_ifs, "--opt-in")
    for note in premise_notes(what_ifs, scenario) if what_ifs else ():
        print(note, file=sys.stderr)
