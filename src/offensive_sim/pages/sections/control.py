"""Who held the places: charts by day, every documented change, and what is held otherwise at the end."""

from typing import Any, Final

import numpy as np
from markupsafe import Markup

from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import Bools
from offensive_sim.pages.atlas_map import CODES, Sheet
from offensive_sim.pages.charts import Chart, Line, drawn
from offensive_sim.pages.wording import Wording
from offensive_sim.views.courses import Course
from offensive_sim.views.debrief import Debrief
from offensive_sim.views.timeline import PARTED

_MOST_OTHERWISE: Final = 40


def differs(told: Debrief, course: Course) -> Bools:
    """Documented places held otherwise than in fact on the last evening, shape (P,)."""
    return (course.shown[-1] != told.history.shown[-1]) & told.documented


def held_chart(told: Debrief, words: Wording) -> Markup:
    """Places of the party that gains most in history, by day."""
    lines = [
        Line(course.key, words.line(course), course.holding(told.rising, told.documented).tolist())
        for course in told.courses
    ]
    text = "; ".join(f"{line.name}: {line.values[0]} to {line.values[-1]}" for line in lines)
    return drawn(Chart(words.say("control.chart", party=""), text, told.evenings, words.language, lines))


def apart_chart(told: Debrief, words: Wording) -> Markup:
    """How far each course stands from history, by day."""
    own = told.courses[1:]
    lines = [Line(course.key, words.line(course), course.parted.tolist()) for course in own]
    pins = [(c.parts_on, words.say("control.parts", run=words.line(c))) for c in own if c.parts_on is not None][-1:]
    text = "; ".join(parting(told, words, course) for course in own)
    title = words.say("control.apart")
    return drawn(Chart(title, text, told.evenings, words.language, lines, pins=pins, percent=True, least=PARTED))


def _holder(sheet: Sheet, words: Wording, course: Course, place: int) -> str:
    code = int(course.shown[-1, place])
    both = words.say("maps.both")
    return both if code == CONTESTED else sheet.word(CODES[code], both)


def changes(told: Debrief, words: Wording, sheet: Sheet) -> list[dict[str, Any]]:
    """Every documented change, in the order of days, with what the model made of it."""
    names = {place.id: place.name(sheet.language) for place in told.ground.places}
    parties = {party.id: sheet.word(code, "") for code, party in sheet.holders} | {"contested": words.say("maps.both")}
    rows = []
    for split in (told.scorecard.tuned, told.scorecard.checked):
        for score in split.changes if split else ():
            change = score.change
            unsure = " " + words.say("control.plusminus", days=change.uncertainty) if change.uncertainty else ""
            rows.append({
                "day": change.date, "date": words.short(change.date) + unsure, "place": names[change.place],
                "to": parties[change.to], "confidence": words.say(f"confidence.{change.confidence}"),
                "model": words.short(score.simulated) if score.simulated else "–",
                "verdict": words.say(f"verdict.{score.verdict}"), "key": score.verdict,
            })  # fmt: skip
    return sorted(rows, key=lambda row: (row["day"], row["place"]))


def otherwise(told: Debrief, words: Wording, sheet: Sheet) -> list[dict[str, Any]]:
    """Documented places held otherwise than in fact on the last evening, the largest first."""
    places = told.ground.places
    order = sorted(np.flatnonzero(differs(told, told.run)), key=lambda p: (-places[p].residents, p))
    return [
        {
            "name": places[p].name(sheet.language),
            "held": [_holder(sheet, words, course, int(p)) for course in told.courses],
        }
        for p in order[:_MOST_OTHERWISE]
    ]


def parting(told: Debrief, words: Wording, course: Course) -> str:
    """When a course parts from history, as a sentence."""
    if course.parts_on is None:
        return words.say("glance.never_parts")
    return words.say("glance.parts", date=words.day(told.evenings[course.parts_on]))
