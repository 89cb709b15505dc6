"""The scorecard as rows and sentences."""

from typing import Any, Final

from offensive_sim.pages.wording import Wording
from offensive_sim.views.debrief import Debrief
from offensive_sim.views.scorecard import SplitScore

_VERDICTS: Final = ("on_time", "early", "late", "missed")


def splits(told: Debrief, words: Wording) -> list[dict[str, Any]]:
    """Tuned days and checked days."""
    found = []
    for key, split in (("tuned", told.scorecard.tuned), ("checked", told.scorecard.checked)):
        if split:
            found.append(_split(key, split, words))
    return found


def _split(key: str, split: SplitScore, words: Wording) -> dict[str, Any]:
    rows = []
    for confidence in ("high", "medium", "low", "all"):
        counts = split.counted(confidence)
        name = words.say("trust.all" if confidence == "all" else f"confidence.{confidence}")
        shares = [(verdict, counts[verdict], counts[verdict] / max(counts["total"], 1)) for verdict in _VERDICTS]
        rows.append({"name": name, "shares": shares, "total": counts["total"]})
    figures = (*split.displaced, *split.areas)
    return {
        "title": words.say(f"trust.{key}", first=words.day(split.first_day), last=words.day(split.last_day)),
        "rows": rows,
        "lines": [
            words.say("trust.attacks", held=split.held, total=len(split.attacks)),
            words.say("trust.invented", count=len(split.invented), total=split.places),
            words.say("trust.skill", skill=f"{split.skill_since_start:.2f}"),
            words.say("trust.figures", within=sum(one.within for one in figures), total=len(figures)),
            words.say("trust.bar", verdict=words.say("trust.reached" if split.bar_met() else "trust.missed_bar")),
        ],
    }
