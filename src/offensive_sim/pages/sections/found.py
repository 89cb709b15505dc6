"""What many pairs of runs found: the differences with their intervals, when and where two worlds part, and why."""

from typing import Any, Final

from offensive_sim.pages.atlas_map import Sheet
from offensive_sim.pages.charts import Band, Chart, Line, drawn
from offensive_sim.pages.intervals import bars, interval, shares
from offensive_sim.pages.odds_map import odds
from offensive_sim.pages.wording import Wording
from offensive_sim.views.comparison import QUANTILES, Comparison, Followed, Spread, plain
from offensive_sim.views.debrief import Debrief

_LOW, _LESS, _MIDDLE, _MORE, _HIGH = range(len(QUANTILES))
_MOST_PLACES: Final = 12
_STORY_DAYS: Final = 3
"""Days of the telling pair that stand open; the rest can be unfolded."""


def found(told: Debrief, words: Wording, sheet: Sheet) -> dict[str, Any]:
    """All of it; empty where nothing was compared."""
    comparison = told.comparison
    if comparison is None:
        return {"found": None}
    outcome = comparison.outcome
    split = outcome.spread
    names = {place.id: place.name(sheet.language) for place in told.ground.places}
    day = comparison.judged
    described = words.say("maps.describe", date=words.day(comparison.days[told.turning]))
    return {
        "found": comparison,
        "followed": [_followed(one, comparison, words, outcome=one is outcome) for one in comparison.followed],
        "odds_svg": odds(sheet, comparison.control, told.turning, (words.say("found.odds"), described)),
        "parting_bars": bars(comparison.parting.days, comparison.days, words.say("found.parting_days"), words.language),
        "parting_places": [
            {"name": names[one.place], "share": f"{one.share:.0%}", "day": words.short(one.day) if one.day else ""}
            for one in comparison.parting.places[:_MOST_PLACES]
        ],
        "spread": _spread(split, words) if split else None,
        "story_open": _STORY_DAYS,
        "story_difference": words.signed(f"{comparison.story.difference:+,}") if comparison.story else "",
        "judged_on": words.day(comparison.days[day]),
        "warnings": sum(note.severity == "warning" for note in comparison.notes),
    }


def _spread(split: Spread, words: Wording) -> dict[str, Any]:
    rows = [(one.title, one.first, one.first_error) for one in split.sources]
    return {"words": split.words, "svg": shares(rows, words.say("found.spread"))}


def _followed(one: Followed, comparison: Comparison, words: Wording, *, outcome: bool) -> dict[str, Any]:
    judged = one.judged
    mean, low, high = (words.signed(plain(value, judged)) for value in (judged.mean, judged.low, judged.high))
    said = words.say("found.interval", mean=mean, low=low, high=high)
    still = not one.difference.any()
    return {
        "title": one.asked.title,
        "about": one.asked.about,
        "asked": one.asked.outcome,
        "words": one.words,
        "still": still,
        "interval": None if still else interval(judged, f"{one.asked.title}: {said}"),
        "said": said,
        "apart": judged.told_apart,
        "fan": None if still else _fan(one, comparison, words),
        "both": _both(one, comparison, words) if outcome else None,
    }


def _fan(one: Followed, comparison: Comparison, words: Wording) -> Any:  # noqa: ANN401 - markup
    rows = one.difference.tolist()
    bands = [Band("wide", rows[_LOW], rows[_HIGH]), Band("near", rows[_LESS], rows[_MORE])]
    lines = [Line("what_if", words.say("found.difference"), rows[_MIDDLE])]
    pins = [(comparison.judged, words.say("found.judged"))]
    title = f"{one.asked.title}: {words.say('found.fan')}"
    return drawn(Chart(title, one.words, comparison.days, words.language, lines, bands, pins=pins))


def _both(one: Followed, comparison: Comparison, words: Wording) -> Any:  # noqa: ANN401 - markup
    bands, lines = [], []
    for style, rows in (("model", one.model.tolist()), ("what_if", one.what_if.tolist())):
        name = words.say(f"line.{style}")
        bands.append(Band(style, rows[_LOW], rows[_HIGH]))
        lines.append(Line(style, name, rows[_MIDDLE]))
    title = f"{one.asked.title}: {words.say('found.both')}"
    return drawn(Chart(title, one.words, comparison.days, words.language, lines, bands))


def glance(told: Debrief, words: Wording, trust: dict[str, int]) -> list[tuple[str, Any]]:
    """The first answer on people, on control and on forces, in the comparison's own words; then trust."""
    comparison = told.comparison
    assert comparison is not None
    rows: list[tuple[str, Any]] = []
    for about in ("people", "control", "forces"):
        first = next((one for one in comparison.followed if one.asked.about == about), None)
        if first is not None:
            rows.append((words.say(f"found.{about}"), words.english(first.words)))
    warnings = sum(note.severity == "warning" for note in comparison.notes)
    rows.append((words.say("glance.trust"), words.say("glance.pairs_trust", warnings=warnings, **trust)))
    return rows

