"""Several what-ifs side by side on one page: the questions, people by day, every shared number, what each asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, Final

from markupsafe import Markup

from offensive_sim import __version__
from offensive_sim.atlas.words import LICENCE
from offensive_sim.pages.charts import Band, Chart, Line, drawn
from offensive_sim.pages.frame import environment, style
from offensive_sim.pages.intervals import farthest, interval
from offensive_sim.pages.wording import Wording
from offensive_sim.scenario.model import Scenario
from offensive_sim.views.comparison import QUANTILES, Comparison, Followed, plain

_MIDDLE: Final = QUANTILES.index(0.5)
_STYLES: Final = 4
"""Lines that can be told apart; after them they come again, with a letter at each end."""


@dataclass(frozen=True)
class Beside:
    """One comparison, and the folder below the page that holds it."""

    folder: str
    found: Comparison


def several_page(scenario: Scenario, several: Sequence[Beside], language: str = "en") -> str:
    """The whole page in a language: en, ar or ckb; the same bytes for the same runs."""
    words = Wording(language)
    named = list(zip(ascii_uppercase, several, strict=False))
    first = several[0].found
    context: dict[str, Any] = {
        "w": words,
        "t": words.say,
        "css": style(()),
        "scenario": scenario.id,
        "title": scenario.title,
        "first": first,
        "content_note": scenario.content_note or "",
        "asked": [_asked(letter, one, words) for letter, one in named],
        "charts": [(one.title, _chart(one, named, words)) for one in _shared(several) if one.about == "people"],
        "table": [_row(number.id, named, words) for number in _shared(several)],
        "licence": LICENCE,
        "version": __version__,
    }
    return environment().get_template("several.html").render(context)


@dataclass(frozen=True)
class _Number:
    """A number that all of them follow under one id."""

    id: str
    title: str
    about: str


def _shared(several: Sequence[Beside]) -> list[_Number]:
    """Numbers that stand in every comparison with the same words, in the order of the first."""
    every = [{(one.asked.id, one.asked.title) for one in beside.found.followed} for beside in several]
    both = set.intersection(*every)
    rows = [one.asked for one in several[0].found.followed if (one.asked.id, one.asked.title) in both]
    return [_Number(row.id, row.title, row.about) for row in rows]


def _of(number: str, found: Comparison) -> Followed:
    return next(one for one in found.followed if one.asked.id == number)


def _asked(letter: str, one: Beside, words: Wording) -> dict[str, Any]:
    """A question, what was found, and the way to all of it."""
    found = one.found
    page = "debrief.html" if words.language == "en" else f"debrief.{words.language}.html"
    return {
        "letter": letter,
        "title": " + ".join(what_if.title for what_if in found.what_ifs),
        "questions": [what_if.question for what_if in found.what_ifs],
        "miracle": any(what_if.kind == "miracle" for what_if in found.what_ifs),
        "from": words.day(min(what_if.date for what_if in found.what_ifs)),
        "judged": words.day(found.judged_on),
        "words": found.outcome.words,
        "warnings": sum(note.severity == "warning" for note in found.notes),
        "cautions": [what_if.caution for what_if in found.what_ifs],
        "page": f"{one.folder}/{page}",
    }


def _chart(number: _Number, named: Sequence[tuple[str, Beside]], words: Wording) -> Markup:
    lines, bands, pins = [], [], []
    for row, (letter, one) in enumerate(named):
        rows = _of(number.id, one.found).difference.tolist()
        name = f"w{row % _STYLES}"
        bands.append(Band(f"near {name}", rows[_MIDDLE - 1], rows[_MIDDLE + 1]))
        lines.append(Line(name, letter, rows[_MIDDLE]))
        pins.append((one.found.judged, letter))
    title = f"{number.title}: {words.say('several.by_day')}"
    days = named[0][1].found.days
    return drawn(Chart(title, words.say("several.by_day_is"), days, words.language, lines, bands, pins=_merged(pins)))


def _merged(pins: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """One word a day."""
    days = sorted({day for day, _ in pins})
    return [(day, ", ".join(letter for other, letter in pins if other == day)) for day in days]


def _row(number: str, named: Sequence[tuple[str, Beside]], words: Wording) -> dict[str, Any]:
    cells = []
    every = [_of(number, one.found) for _, one in named]
    most = max(farthest(followed.judged) for followed in every)
    for followed in every:
        judged = followed.judged
        mean, low, high = (words.signed(plain(value, judged)) for value in (judged.mean, judged.low, judged.high))
        said = words.say("found.interval", mean=mean, low=low, high=high)
        still = not followed.difference.any()
        cells.append(
            {
                "still": still, "apart": judged.told_apart, "mean": mean, "low": low, "high": high,
                "svg": None if still else interval(judged, f"{followed.asked.title}: {said}", most),
            }
        )  # fmt: skip
    return {"title": every[0].asked.title, "about": every[0].asked.about, "cells": cells}
