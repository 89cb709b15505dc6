"""The commands about what-ifs. Imports what a command needs when it runs, as ``cli`` does."""

# ruff: noqa: PLC0415

import argparse

from offensive_sim.errors import ExitStatus


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
