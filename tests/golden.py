"""The digests of shipped scenarios, day by day: what ``tests/campaign/test_determinism.py`` compares with.

``python -m tests.golden`` says which scenarios still give them; ``--update`` writes new ones. Goldens move on purpose
only: the commit that moves one says ``Regression:`` and why.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from offensive_sim.campaign.compiling import compile_scenario
from offensive_sim.campaign.running import Plan, play
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.shipped import find, shipped_ids

FILE = Path(__file__).parent / "golden" / "digests.json"
SEED = 2014


def digests(name):
    """The digest of the opening and of every evening of a shipped scenario, at its central values."""
    scenario, _ = sound(find(name))
    game = compile_scenario(scenario)
    plan = Plan(seed=SEED, days=game.world.n_days, spread=False)
    return [evening.state.digest() for evening in play(game, plan, np.arange(1))]


def stored():
    """What was last written on purpose: name to digests."""
    return json.loads(FILE.read_text("utf-8"))


def differs(name, found, expected):
    """Where a scenario leaves its golden, and what to do about it; empty where it does not."""
    if found == expected:
        return ""
    days = zip(found, expected, strict=False)
    first = next((day for day, (a, b) in enumerate(days) if a != b), min(len(found), len(expected)))
    where = "the opening" if first == 0 else f"day {first - 1}"
    return (
        f"{name} (seed {SEED}) differs from its golden from {where} on. If the rules, the data or the engine were "
        "changed on purpose, run `python -m tests.golden --update` and say `Regression:` and the reason in the commit; "
        "if not, something that must not decide outcomes does."
    )


def main(arguments=None):
    """Compare, or write."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("--update", action="store_true", help="write the digests of today's engine")
    found = {name: digests(name) for name in shipped_ids()}
    if parser.parse_args(arguments).update:
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        return 0
    wrong = [said for name in found if (said := differs(name, found[name], stored().get(name, [])))]
    print("\n".join(wrong) or "all as they were")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
