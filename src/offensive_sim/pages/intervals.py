"""Small charts of a comparison: a mean difference with its interval, bars a day, shares with their error."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from markupsafe import Markup

from offensive_sim.atlas.words import date_words
from offensive_sim.pages.svg import element, joined, number
from offensive_sim.views.paired import Paired

_WIDE: Final = 300.0
_MIDDLE: Final = _WIDE / 2
_REACH: Final = 132.0
_BARS_WIDE, _BARS_HIGH = 720.0, 150.0
_ROW: Final = 26.0


def farthest(judged: Paired) -> float:
    """How far from zero an interval reaches."""
    return max(abs(judged.low), abs(judged.high), 1e-9)


def interval(judged: Paired, said: str, most: float | None = None) -> Markup:
    """Zero in the middle, the interval of the mean as a line, the mean as a dot; a scale of its own, or to ``most``."""
    most = most or farthest(judged)
    low, mean, high = (_MIDDLE + value / most * _REACH for value in (judged.low, judged.mean, judged.high))
    return element(
        "svg",
        element("title", said),
        element("path", class_="zero", d=f"M{_MIDDLE:g} 2V26"),
        element("path", class_="span", d=f"M{number(low)} 14H{number(high)}M{number(low)} 9v10M{number(high)} 9v10"),
        element("circle", class_="mean", cx=mean, cy=14, r=4.5),
        element("text", "0", class_="tick", x=_MIDDLE, y=38, text_anchor="middle"),
        class_=f"interval {'apart' if judged.told_apart else 'torn'}", viewBox=f"0 0 {_WIDE:g} 42", role="img",
    )  # fmt: skip


def bars(days: Sequence[tuple[date, int]], evenings: Sequence[date], title: str, language: str) -> Markup:
    """Counts by evening; each bar says its count."""
    most = max((count for _, count in days), default=1)
    wide = (_BARS_WIDE - 20) / len(evenings)
    drawn = []
    for day, count in days:
        x, high = 10 + evenings.index(day) * wide, count / most * (_BARS_HIGH - 46)
        y = _BARS_HIGH - 24 - high
        said = element("title", f"{date_words(day, language)}: {count:,}")
        drawn.append(element("rect", said, x=x + wide * 0.12, y=y, width=wide * 0.76, height=high))
        label = {"class_": "tick", "x": x + wide / 2, "y": y - 4, "text_anchor": "middle"}
        drawn.append(element("text", f"{count:,}", **label) if count > most / 12 else Markup())
    for at in range(0, len(evenings), max(len(evenings) // 6, 1)):
        words = date_words(evenings[at], language).rsplit(" ", 1)[0]
        place = {"class_": "tick", "x": 10 + (at + 0.5) * wide, "y": _BARS_HIGH - 6, "text_anchor": "middle"}
        drawn.append(element("text", words, **place))
    axis = element("path", class_="axis", d=f"M10 {_BARS_HIGH - 24:g}H{_BARS_WIDE - 10:g}")
    return element(
        "svg", element("title", title), joined(drawn), axis,
        class_="chart daybars", viewBox=f"0 0 {_BARS_WIDE:g} {_BARS_HIGH:g}", role="img",
    )  # fmt: skip


def shares(rows: Sequence[tuple[str, float, float]], title: str) -> Markup:
    """Shares of a whole with one standard error, a row each; nought to one."""
    left, wide = 210.0, 320.0
    drawn = []
    for row, (name, share, error) in enumerate(rows):
        y = row * _ROW
        start, end = (left + min(max(value, 0.0), 1.0) * wide for value in (share - error, share + error))
        drawn += [
            element("text", name, class_="reason", x=left - 10, y=y + 17, text_anchor="end"),
            element("rect", class_="bar share", x=left, y=y + 5, width=min(max(share, 0.0), 1.0) * wide, height=15),
            element("path", class_="span", d=f"M{number(start)} {number(y + 12.5)}H{number(end)}"),
            element("text", f"{share * 100:.0f} %", class_="points", x=left + wide + 10, y=y + 17),
        ]
    axis = element("path", class_="axis", d=f"M{left:g} 0V{len(rows) * _ROW:g}")
    return element(
        "svg", element("title", title), joined(drawn), axis,
        class_="reasons shares", viewBox=f"0 0 600 {len(rows) * _ROW + 4:g}", role="img",
    )  # fmt: skip
