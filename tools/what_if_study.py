"""``python tools/what_if_study.py``: play every shipped what-if and write docs/what-if-results.md from the runs."""

import argparse
import os
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from rich.console import Console
from rich.progress import track

from offensive_sim.campaign.pairs import play_worlds
from offensive_sim.campaign.running import BLOCK
from offensive_sim.campaign.study import Study
from offensive_sim.campaign.workers import keep_memory
from offensive_sim.engine.axes import Longs
from offensive_sim.engine.dice import Dice
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.shipped import find, shipped_ids
from offensive_sim.scenario.triggers import Nerve
from offensive_sim.scenario.whatif import EventAdded, EventMoved, Measure, OrdersGiven, Strength, WhatIf
from offensive_sim.scenario.whatif_files import sound_what_ifs, what_if_ids
from offensive_sim.views.paired import half_width, paired

PAGE: Final = Path(__file__).parents[1] / "docs" / "what-if-results.md"
SEED: Final = 2014
DISPLACED: Final = "displaced"
PAIRED, UNPAIRED = 50, 200
SETS, A_SET = 10, 64
"""Sets of seeds for levers that should move their outcome one way, and pairs in each."""
INTERVALS: Final = f"""Half of the 95 per cent interval of the mean difference on the day of judgement, seed {SEED}:
from {PAIRED} pairs on the same luck, and from {UNPAIRED} runs in each world on luck of their own; both variances are
taken from {UNPAIRED} pairs, since {PAIRED} would give them roughly. Pairing is worth having where the first is the
smaller. It cancels what both worlds have in common. Where the model gives the same
number in nearly every run (Mosul is lost in all of them), or where the change is larger than all else that varies,
there is little in common to cancel, and {UNPAIRED} runs apart say more than {PAIRED} pairs: take more pairs."""
WAYS: Final = f"""More men, help from outside, or help earlier: in how many of {SETS} sets of {A_SET} pairs the outcome
moves as expected."""


@dataclass(frozen=True)
class Row:
    """What was found about one what-if."""

    scenario: str
    what_if: WhatIf
    measures: tuple[Measure, ...]
    model: Longs  # (M, N) each measure on the day of judgement
    changed: Longs  # (M, N)
    right: int | None
    """Sets of seeds in which the outcome moved as expected; None where the lever has no expected way."""


def main() -> int:
    """Play everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="one what-if; print its rows and write nothing")
    options = parser.parse_args()
    asked = [(name, one) for name in shipped_ids() for one in what_if_ids(find(name)) if options.only in (None, one)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(studied, *zip(*asked, strict=True))
        rows = list(track(found, "what-ifs", total=len(asked), console=Console(stderr=True)))
        same = [] if options.only else list(pool.map(unchanged, shipped_ids()))
    text = "\n".join([*_head(), *_intervals(rows), *_tally(rows), *_ways(rows), *_unchanged(same)]) + "\n"
    if options.only:
        print(text)
    else:
        PAGE.write_text(text, "utf-8")
        print(f"{PAGE.name}: written")
    return 0


def studied(name: str, what_if_id: str) -> Row:
    """Both worlds of one what-if, up to the day of judgement."""
    keep_memory()
    path = find(name)
    scenario, chronicle = sound(path)
    (what_if,) = sound_what_ifs([what_if_id], path, scenario, chronicle)
    measures = _asked(scenario, what_if)
    model, changed = _played(scenario, what_if, SEED, UNPAIRED)
    return Row(name, what_if, measures, model, changed, _right(scenario, what_if))


def _asked(scenario: Scenario, what_if: WhatIf) -> tuple[Measure, ...]:
    """What the what-if asks, and the people away from home, who are asked after everywhere."""
    every = Study(scenario, (what_if,), SEED, 2).measures
    number = len(what_if.measures)
    return (*every[:number], *(one for one in every[number:] if one.id == DISPLACED))


def _played(scenario: Scenario, what_if: WhatIf, seed: int, pairs: int) -> tuple[Longs, Longs]:
    """Each measure on the day of judgement, shape (M, pairs) in each world."""
    study = Study(scenario, (what_if,), seed, pairs)
    day = (what_if.judged_on - scenario.first_day).days + 1
    worlds = replace(study.worlds, days=day, measures=_asked(scenario, what_if))
    ends = range(0, pairs, BLOCK)
    parts = [play_worlds(worlds, Dice(seed, np.arange(at, min(at + BLOCK, pairs)))).values[:, :, -1] for at in ends]
    model, changed = np.concatenate(parts, axis=2).astype(np.int64)
    return model, changed


def _one_way(what_if: WhatIf) -> bool:
    """Whether the lever gives one side more men or earlier help, so that its outcome has a way to go."""
    lever = what_if.lever
    more = isinstance(lever, Strength) and (lever.on_paper or (lever.times or 1.0) > 1.0)
    sent = isinstance(lever, OrdersGiven) and lever.order == "reinforce"
    helped = isinstance(lever, EventAdded) and not all(isinstance(one, Nerve) for one in lever.then)
    earlier = isinstance(lever, EventMoved) and lever.days < 0
    return (more or sent or helped or earlier) and what_if.measures[0].expect != "unsure"


def _right(scenario: Scenario, what_if: WhatIf) -> int | None:
    if not _one_way(what_if):
        return None
    sign = 1 if what_if.measures[0].expect == "more" else -1
    gaps = []
    for number in range(SETS):
        model, changed = _played(scenario, what_if, SEED + 1 + number, A_SET)
        gaps.append(sign * float((changed[0] - model[0]).mean()))
    return sum(gap > 0 for gap in gaps)


def unchanged(name: str) -> tuple[str, int, bool]:
    """A what-if that changes nothing: how many pairs were played, and whether any number or place differs."""
    scenario, _ = sound(find(name))
    path = find(name)
    model = sound_what_ifs(["commanders-stay"], find("june-2014"), *sound(find("june-2014")))[0]
    nothing = EventAdded(
        kind="event_added",
        title="News that moves nobody",
        then=(Nerve(kind="nerve", points=0, days=5, faction=next(iter(scenario.factions))),),
    )
    day = scenario.first_day + timedelta(days=3)
    changed = model.model_copy(update={"scenario": name, "lever": nothing, "date": day})
    study = Study(scenario, (changed,), SEED, BLOCK)
    block = play_worlds(study.worlds, Dice(SEED, np.arange(BLOCK)))
    differs = bool((block.values[0] != block.values[1]).any() or block.differs.any())
    return path.parent.name, BLOCK, differs


# The page


def _head() -> Iterator[str]:
    yield "# What the shipped what-ifs do, and what pairing is worth"
    yield ""
    yield "Generated by `python tools/what_if_study.py` from the runs themselves; part of `make study`."
    yield ""
    yield "## Fifty pairs against two hundred runs apart"
    yield ""
    yield from textwrap.wrap(INTERVALS, 118)
    yield ""


def _intervals(rows: list[Row]) -> Iterator[str]:
    widths = f"{PAIRED} pairs | {UNPAIRED} runs apart | narrower"
    yield f"| what-if | number | mean difference | {widths} | pairs with more, fewer |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        for number, measure in enumerate(row.measures):
            result = paired(row.model[number], row.changed[number])
            together, apart = _widths(row, number)
            verdict = "yes" if together < apart else "same" if together == apart else "no"
            yield (
                f"| `{row.what_if.id}` | `{measure.id}`{' (outcome)' if number == 0 else ''} | {result.mean:,.2f} | "
                f"{together:,.2f} | {apart:,.2f} | {verdict} | {result.more}, {result.fewer} |"
            )
    yield ""


def _widths(row: Row, number: int) -> tuple[float, float]:
    """Half of the interval from pairs, and from runs apart."""
    model, changed = row.model[number], row.changed[number]
    together = half_width(float((changed - model).var(ddof=1)), PAIRED)
    return together, half_width(float(model.var(ddof=1) + changed.var(ddof=1)), UNPAIRED)


def _tally(rows: list[Row]) -> Iterator[str]:
    for what, numbers in (
        ("people away from home", [[one.id for one in row.measures].index(DISPLACED) for row in rows]),
        ("its own outcome", [0] * len(rows)),
    ):
        widths = [_widths(row, number) for row, number in zip(rows, numbers, strict=True)]
        narrower = sum(together < apart for together, apart in widths)
        same = sum(together == apart for together, apart in widths)
        yield f"- {what}: narrower in {narrower} of {len(rows)} what-ifs, the same in {same}"
    yield ""


def _ways(rows: list[Row]) -> Iterator[str]:
    yield "## Levers that have a way to go"
    yield ""
    yield from textwrap.wrap(WAYS, 118)
    yield ""
    yield "| what-if | outcome | expected | sets |"
    yield "|---|---|---|---|"
    for row in rows:
        if row.right is not None:
            outcome = row.what_if.measures[0]
            yield f"| `{row.what_if.id}` | `{outcome.id}` | {outcome.expect} | {row.right} of {SETS} |"
    yield ""


def _unchanged(same: list[tuple[str, int, bool]]) -> Iterator[str]:
    yield "## A what-if that changes nothing"
    yield ""
    for name, pairs, differs in same:
        yield f"- `{name}`: {'differs' if differs else 'nothing differs, on any day, in any'} of {pairs} pairs."


if __name__ == "__main__":
    sys.exit(main())
