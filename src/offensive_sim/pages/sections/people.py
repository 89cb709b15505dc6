"""Displaced people beside published counts, by community, and where they are."""

from typing import Any, Final

from markupsafe import Markup

from offensive_sim.pages.atlas_map import Sheet
from offensive_sim.pages.charts import Chart, Line, Whisker, drawn
from offensive_sim.pages.wording import Wording
from offensive_sim.views.debrief import Debrief

_MOST_PLACES: Final = 8


def people_chart(told: Debrief, words: Wording) -> Markup:
    """Displaced people by day, with published counts."""
    lines = [
        Line(course.key, words.line(course), [float(v) for v in course.displaced])
        for course in told.courses
        if course.displaced is not None
    ]
    whiskers = [
        Whisker(c.day, c.figure.low, c.figure.value, c.figure.high, f"{words.day(c.figure.date)}: {c.figure.measure}")
        for c in told.counts
    ]
    text = "; ".join(f"{line.name}: {line.values[0]:,.0f} to {line.values[-1]:,.0f}" for line in lines)
    return drawn(Chart(words.say("people.chart"), text, told.evenings, words.language, lines, whiskers=whiskers))


def figures(told: Debrief, words: Wording) -> list[dict[str, Any]]:
    """Published counts beside the model."""
    assert told.model.displaced is not None
    rows = []
    for count in told.counts:
        figure, mine = count.figure, int(told.model.displaced[count.day])
        within = figure.low <= mine <= figure.high
        rows.append({
            "date": words.short(figure.date), "value": figure.value, "low": figure.low, "high": figure.high,
            "measure": figure.measure, "sources": count.sources, "model": mine,
            "verdict": words.say("people.within" if within else "people.outside"),
        })  # fmt: skip
    return rows


def communities(told: Debrief) -> list[dict[str, Any]]:
    """By community, most first; the first evening and the last of every course that counts them."""
    counted = [course.by_group for course in told.courses if course.by_group is not None]
    sums: dict[str, list[int]] = {}
    for g, group in enumerate(told.groups):
        row = sums.setdefault(group.community, [0] * (1 + len(counted)))
        row[0] += int(counted[0][0, g])
        for column, by_group in enumerate(counted, 1):
            row[column] += int(by_group[1, g])
    most = max((row[-1] for row in sums.values()), default=1)
    rows = [
        {"name": name, "start": start, "ends": ends, "share": ends[-1] / max(most, 1)}
        for name, (start, *ends) in sums.items()
        if start or any(ends)
    ]
    return sorted(rows, key=lambda row: (-row["share"], row["name"]))


def where(told: Debrief, sheet: Sheet) -> list[dict[str, Any]]:
    """Places with most displaced people on the last evening."""
    counted = [course.there[-1] for course in told.courses if course.there is not None]
    order = sorted(range(len(counted[-1])), key=lambda p: (-int(counted[-1][p]), p))[:_MOST_PLACES]
    return [
        {"name": told.ground.places[p].name(sheet.language), "counts": [int(there[p]) for there in counted]}
        for p in order
        if counted[-1][p]
    ]
