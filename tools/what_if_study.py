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

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.opening import rates
from offensive_sim.campaign.pairs import play_worlds
from offensive_sim.campaign.running import BLOCK
from offensive_sim.campaign.study import Study
from offensive_sim.campaign.workers import keep_memory
from offensive_sim.engine.axes import Floats, Longs
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.rates import names
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
FOLDS: Final = 10
"""Parts of the pairs, each told from the others."""
PENALTIES: Final = (10.0, 30.0, 100.0, 300.0, 1000.0)
"""Of the ridge regression; the best is taken, which flatters it."""
SETS, A_SET = 10, 64
"""Sets of seeds for levers that should move their outcome one way, and pairs in each."""
INTERVALS: Final = f"""Half of the 95 per cent interval of the mean difference on the day of judgement, seed {SEED}:
from {PAIRED} pairs on the same luck, and from {UNPAIRED} runs in each world on luck of their own; both variances are
taken from {UNPAIRED} pairs, since {PAIRED} would give them roughly. That is {2 * PAIRED} runs against {2 * UNPAIRED},
which is hard on the pairs. With v and w the variances in the two worlds and d that of the difference, a pair says as
much about the mean as (v + w) / d runs apart in each world: the column "a pair is worth". Above 1 pairing is worth
having; above {UNPAIRED // PAIRED}, {PAIRED} pairs are narrower than {UNPAIRED} runs apart."""
WHY: Final = """What no pairing can win, and why. A pair cancels what both worlds have in common. Where both vary as
much it is worth 1 / (1 - r) runs apart, with r their correlation, so 4 asks for r above 3/4. Three things stand against
it. Where one world gives the same number in nearly every run (Mosul is lost in all but a few; with the men on paper it
is held in all but a few), nothing is in common: d is the variance of the other world alone. Where the change is larger
than all else that varies (no attack in August; volunteers who do not come), the two worlds lose different things for
different reasons. Where a few places are counted on one evening, it turns on which side of an edge each falls, and that
both worlds are near the edge does not show. The worlds do not fall out of step: every draw is addressed by purpose,
replica, day and the place, unit, event or party it is for, and what is drawn once for a run is the same in both. No
outcome was exchanged for one that would pass: the question comes first, then its number. Take more pairs."""
DRAWN: Final = f"""Could more be cancelled? What is drawn once for a run has a known mean, so a regression of the
difference on it could take its share of the variance away (control variates, Owen 2013, section 8.9). The last column
is the share that the numbers of the rules and the vulnerability of communities explain of pairs not seen, by ridge
regression in {FOLDS} parts over {UNPAIRED} pairs. Near nought the difference hangs on how things fall together, and an
adjusted mean would be no narrower; a quarter would make an interval an eighth narrower. So none is used."""
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
    drawn: Floats  # (N, K) what is drawn once a run: numbers of the rules, vulnerability of communities
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
    drawn = _drawn(Study(scenario, (what_if,), SEED, UNPAIRED).changed)
    return Row(name, what_if, measures, model, changed, drawn, _right(scenario, what_if))


def _drawn(game: Game) -> Floats:
    numbers = rates(game, Dice(SEED, np.arange(UNPAIRED)), spread=True)
    columns = np.column_stack([*(getattr(numbers, name) for name in names()), numbers.vulnerability])
    return np.asarray(columns[:, columns.std(axis=0) > 0], np.float64)


def explained(drawn: Floats, difference: Longs) -> float:
    """Share of the variance that a ridge regression explains of pairs it has not seen; not below nought."""
    gaps = difference.astype(np.float64)
    given = (drawn - drawn.mean(axis=0)) / drawn.std(axis=0)
    part = np.arange(len(gaps)) % FOLDS
    best = 0.0
    for penalty in PENALTIES:
        missed = 0.0
        for one in range(FOLDS):
            seen, here = part != one, part == one
            middle = gaps[seen].mean()
            weights = np.linalg.solve(
                given[seen].T @ given[seen] + penalty * np.eye(given.shape[1]), given[seen].T @ (gaps[seen] - middle)
            )
            missed += float(((gaps[here] - middle - given[here] @ weights) ** 2).sum())
        best = max(best, 1.0 - missed / float(((gaps - gaps.mean()) ** 2).sum()))
    return best


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
    yield f"| what-if | number | mean difference | {widths} | r | a pair is worth | more, fewer | explained |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        for number, measure in enumerate(row.measures):
            model, changed = row.model[number], row.changed[number]
            result = paired(model, changed)
            together, apart = _widths(row, number)
            verdict = "yes" if together < apart else "same" if together == apart else "no"
            share = f"{explained(row.drawn, changed - model):.0%}" if together else ""
            yield (
                f"| `{row.what_if.id}` | `{measure.id}`{' (outcome)' if number == 0 else ''} | {result.mean:,.2f} | "
                f"{together:,.2f} | {apart:,.2f} | {verdict} | {_common(model, changed)} | {_worth(row, number)} | "
                f"{result.more}, {result.fewer} | {share} |"
            )
    yield ""
    for text in (WHY, DRAWN):
        yield from textwrap.wrap(text, 118)
        yield ""


def _common(model: Longs, changed: Longs) -> str:
    """The correlation of the two worlds; empty where one does not vary."""
    return f"{np.corrcoef(model, changed)[0, 1]:.2f}" if model.std() and changed.std() else ""


def _variances(row: Row, number: int) -> tuple[float, float]:
    """Of the difference pair by pair, and of both worlds together."""
    model, changed = row.model[number], row.changed[number]
    return float((changed - model).var(ddof=1)), float(model.var(ddof=1) + changed.var(ddof=1))


def _worth(row: Row, number: int) -> str:
    """Runs apart in each world that say as much about the mean difference as one pair."""
    difference, every = _variances(row, number)
    if not difference:
        return "any number" if every else ""
    worth = every / difference
    return f"{worth:,.0f}" if worth >= 10 else f"{worth:.1f}"


def _widths(row: Row, number: int) -> tuple[float, float]:
    """Half of the interval from pairs, and from runs apart."""
    difference, every = _variances(row, number)
    return half_width(difference, PAIRED), half_width(every, UNPAIRED)


def _tally(rows: list[Row]) -> Iterator[str]:
    """How often pairs win, by what they are held against."""
    against = (UNPAIRED, UNPAIRED // 2, PAIRED)
    yield f"In how many what-ifs {PAIRED} pairs are narrower than so many runs apart in each world:"
    yield ""
    yield "| number | of | " + " | ".join(f"{runs} ({2 * runs} in all)" for runs in against) + " |"
    yield "|---|---|" + "---|" * len(against)
    for what, chosen in (
        ("its own outcome", [(row, 0) for row in rows]),
        ("people away from home", [(row, [one.id for one in row.measures].index(DISPLACED)) for row in rows]),
        ("every number that is asked for", [(row, number) for row in rows for number in range(len(row.measures))]),
    ):
        variances = [_variances(*one) for one in chosen]
        counts = [sum(half_width(d, PAIRED) < half_width(every, n) for d, every in variances) for n in against]
        yield f"| {what} | {len(chosen)} | " + " | ".join(str(count) for count in counts) + " |"
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
