"""The scorecard and the tables as text, JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.series import CONTESTED, Series
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.views.documented import history
from offensive_sim.views.scorecard import FigureScore, Scorecard, SplitScore

_CONFIDENCES = ("high", "medium", "low", "all")


def as_json(scorecard: Scorecard, manifest: dict[str, Any]) -> str:
    """One object: what was run, whether the bar was met, and each split."""
    splits = {"tuned": _split_json(scorecard.tuned), "checked": _split_json(scorecard.checked)}
    return json.dumps({**manifest, "bar_met": scorecard.bar_met, "splits": splits}, indent=1)


def _split_json(split: SplitScore | None) -> dict[str, Any] | None:
    if split is None:
        return None
    return {
        "first_day": split.first_day.isoformat(),
        "last_day": split.last_day.isoformat(),
        "forced": split.forced,
        "changes": {confidence: split.counted(confidence) for confidence in _CONFIDENCES},
        "failed_attacks": {"held": split.held, "total": len(split.attacks)},
        "invented_places": len(split.invented),
        "places": split.places,
        "skill": round(split.skill, 4),
        "skill_since_start": round(split.skill_since_start, 4),
        "brier": None if split.brier is None else round(split.brier, 4),
        "displaced": [_figure_json(figure) for figure in split.displaced],
    }


def _figure_json(score: FigureScore) -> dict[str, Any]:
    figure = score.figure
    return {
        "date": figure.date.isoformat(),
        "observed": figure.value,
        "low": figure.low,
        "high": figure.high,
        "simulated": score.simulated,
        "within": score.within,
    }


def as_csv(scorecard: Scorecard) -> str:
    """One row a documented change."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["split", "place", "date", "uncertainty", "from", "to", "confidence", "verdict", "simulated", "share"])
    for name, split in (("tuned", scorecard.tuned), ("checked", scorecard.checked)):
        for score in split.changes if split else ():
            change = score.change
            share = "" if score.share is None else f"{score.share:.3f}"
            row = (change.place, change.date, change.uncertainty, change.from_, change.to, change.confidence)
            out.writerow((name, *row, score.verdict, score.simulated or "", share))
    return text.getvalue()


def place_days(game: Game, chronicle: Chronicle, series: Series) -> Iterator[list[str]]:
    """Control by day and place beside the chronicle's, heading first; with replicas, the share that agrees."""
    many = len(series.replicas) > 1
    yield ["date", "place", "chronicle", "simulated", *(["agree"] if many else [])]
    truth = history(game, chronicle, series.shown.shape[1] - 1)
    for evening in range(1, series.shown.shape[1]):
        day = (game.world.first_day + timedelta(days=evening - 1)).isoformat()
        for place, name in enumerate(game.world.places.ids):
            documented = int(truth[evening, place])
            agree = [f"{np.mean(series.shown[:, evening, place] == documented):.3f}"] if many else []
            simulated = _holder(game, int(series.shown[0, evening, place]))
            yield [day, name, _holder(game, documented), simulated, *agree]


def _holder(game: Game, code: int) -> str:
    return "contested" if code == CONTESTED else game.world.factions.ids[code]


def as_text(scorecard: Scorecard, width: int = 100) -> str:
    """The scorecard as tables."""
    console = Console(file=io.StringIO(), width=width, force_terminal=False, record=False)
    for title, split in (("tuned", scorecard.tuned), ("checked", scorecard.checked)):
        if split is not None:
            _split_text(console, title, split)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _split_text(console: Console, title: str, split: SplitScore) -> None:
    console.print(f"\nScorecard, {title}: {split.first_day} to {split.last_day}")
    table = Table(box=None, pad_edge=False)
    for heading in ("changes of control", "on time", "early", "late", "missed", "total"):
        table.add_column(heading, justify="left" if heading.startswith("changes") else "right")
    for confidence in _CONFIDENCES:
        counts = split.counted(confidence)
        share = f" ({counts['on_time'] / counts['total']:.0%})" if counts["total"] else ""
        cells = [str(counts[key]) for key in ("early", "late", "missed", "total")]
        table.add_row(confidence, f"{counts['on_time']}{share}", *cells)
    console.print(table)
    console.print(f"forced by script: {split.forced}")
    console.print(f"failed attacks that stay failed: {split.held} of {len(split.attacks)}")
    named = f": {', '.join(split.invented)}" if split.invented else ""
    part = len(split.invented) / max(split.places, 1)
    count = f"{len(split.invented)} of {split.places} ({part:.0%})"
    console.print(f"places that change hands and never did: {count}{named}")
    console.print(
        f"skill over nothing changes since 3 June: {split.skill:.2f}; "
        f"since the eve of this stretch: {split.skill_since_start:.2f}"
    )
    if split.brier is not None:
        console.print(f"Brier score over places that ever changed: {split.brier:.3f} (0 is perfect)")
        console.print(f"changes on time, mean share of replicas: {np.mean([s.share for s in split.changes]):.0%}")
    _figures(console, split)
    off = [s for s in split.changes if s.verdict != "on_time"]
    for score in off:
        change = score.change
        when = f" on {score.simulated}" if score.simulated else ""
        span = f" +-{change.uncertainty}" if change.uncertainty else ""
        console.print(
            f"  {score.verdict:6} {change.date}{span} {change.place}: {change.from_} to {change.to}"
            f" ({change.confidence}){when}{_in_replicas(score.share)}"
        )
    for attack in split.attacks:
        if not attack.held:
            console.print(f"  lost   {attack.attack.first_day} {attack.attack.place}: the attack should have failed")
    if split.bars:
        console.print(f"bar of the scenario: {'reached' if split.bar_met() else 'NOT reached'}")


def _in_replicas(share: float | None) -> str:
    return "" if share is None else f", on time in {share:.0%} of replicas"


def _figures(console: Console, split: SplitScore) -> None:
    rows = [*split.displaced, *split.areas]
    if not rows:
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("displaced people", "reported", "model", "", "no movement", "equal shares"):
        table.add_column(heading, justify="left" if heading.startswith("displaced") else "right")
    for score in rows:
        figure = score.figure
        area = "" if figure.area == "national" else f" {figure.area.removeprefix('gov-')}"
        table.add_row(
            f"{figure.date}{area}",
            f"{figure.low:,}-{figure.high:,}",
            f"{score.simulated:,}",
            "within" if score.within else "outside",
            f"{score.unmoved:,}",
            "" if score.equal is None else f"{score.equal:,}",
        )
    console.print(table)
