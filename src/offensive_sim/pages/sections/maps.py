"""The maps of the day, small maps of chosen evenings, and the bars above the slider."""

from typing import Any, Final

import numpy as np

from offensive_sim.pages.atlas_map import Sheet
from offensive_sim.pages.wording import Wording
from offensive_sim.views.courses import Course
from offensive_sim.views.debrief import Debrief
from offensive_sim.views.events import Happening

_STAMPS: Final = 5


def day_of(told: Debrief, words: Wording, day: int) -> str:
    """``Day 7 of 27``."""
    return words.say("maps.day", day=day, days=told.last) if day else words.say("maps.opening")


def caption(told: Debrief, words: Wording, course: Course, day: int) -> str:
    """People that evening: the model's count, or the newest published one."""
    if course.displaced is not None:
        return words.say("maps.people", number=f"{int(course.displaced[day]):,}")
    known = [count.figure for count in told.counts if count.day <= day]
    if not known:
        return words.say("maps.uncounted")
    last = known[-1]
    parts = {"value": f"{last.value:,}", "low": f"{last.low:,}", "high": f"{last.high:,}"}
    return words.say("maps.counted", **parts, date=words.short(last.date))


def maps(told: Debrief, words: Wording, sheet: Sheet) -> list[dict[str, Any]]:
    """The map of every course on the evening of most change."""
    day = told.turning
    found = []
    for course in told.courses:
        names = (words.run(course), words.say("maps.describe", date=words.day(told.evenings[day])))
        is_what = words.say(f"course.{course.key}_is")
        drawn = sheet.course(course, told.history, day, names)
        found.append({"key": course.key, "name": names[0], "is": is_what, "svg": drawn})
    return found


def stamps(told: Debrief, words: Wording, sheet: Sheet) -> list[dict[str, Any]]:
    """Evenings spread over the run, the turning day among them, each with a small map a course."""
    spread = {round(day) for day in np.linspace(0, told.last, _STAMPS)}
    nearest = min(spread - {0, told.last} or spread, key=lambda day: abs(day - told.turning))
    days = sorted(spread - {nearest} | {told.turning})
    return [
        {
            "date": words.short(told.evenings[day]),
            "maps": [
                sheet.small(course, day, f"{words.run(course)}, {words.day(told.evenings[day])}")
                for course in told.courses
            ],
        }
        for day in days
    ]


def own_rows(told: Debrief, course: Course, day: int) -> list[Happening]:
    """What happened on a day; of courses beyond the model only what the model does not tell of that day."""
    rows = course.told.get(day, ())
    if course.key in (told.history.key, told.model.key):
        return list(rows)
    model = {(row.kind, row.title) for row in told.model.told.get(day, ())}
    return [row for row in rows if (row.kind, row.title) not in model]


def newly(told: Debrief) -> list[float]:
    """People newly displaced a day, as shares of the greatest day."""
    assert told.run.displaced is not None
    newly = np.maximum(np.diff(told.run.displaced, prepend=told.run.displaced[0]), 0)
    return [float(share) for share in newly / max(int(newly.max()), 1)]
