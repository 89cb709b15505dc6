"""Charts as SVG: lines by day with bands, counts with their ranges, bars of signed reasons; also without colour."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
from markupsafe import Markup

from offensive_sim.atlas.words import date_words
from offensive_sim.pages.svg import element, joined, number

WIDE: Final = 720.0
HIGH: Final = 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 132.0, 14.0, 30.0
_TICKS: Final = 5
_LEAST_GAP: Final = 15.0
"""Between two names at the ends of lines."""
_DATES: Final = 6


@dataclass(frozen=True)
class Line:
    """A line by day; its ``style`` is a class of the style sheet, with a stroke and a dash."""

    style: str
    name: str
    values: Sequence[float]


@dataclass(frozen=True)
class Band:
    """What lies between two lines, for instance quantiles of replicas."""

    style: str
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True)
class Whisker:
    """A documented count with its range."""

    day: int
    low: float
    value: float
    high: float
    name: str


@dataclass(frozen=True)
class Chart:
    """All that one chart shows."""

    title: str
    description: str
    evenings: Sequence[date]
    language: str
    lines: Sequence[Line]
    bands: Sequence[Band] = ()
    whiskers: Sequence[Whisker] = ()
    pins: Sequence[tuple[int, str]] = field(default=())
    """Days marked with a word."""
    percent: bool = False
    least: float = 0.0
    """The top of the scale is at least this."""


def drawn(chart: Chart) -> Markup:
    """The chart; a script may move its line of today (class ``now``)."""
    scale = _Scale(chart)
    return element(
        "svg",
        element("title", chart.title),
        element("desc", chart.description),
        *_grid(chart, scale),
        *(_band(band, scale) for band in chart.bands),
        *(part for day, word in chart.pins for part in _pin(day, word, scale)),
        *(_whisker(one, scale) for one in chart.whiskers),
        *(element("path", class_=f"line {line.style}", d=_way(line.values, scale)) for line in chart.lines),
        *_ends(chart, scale),
        element("path", class_="now", d=f"M0 {_TOP:g}V{HIGH - _BOTTOM:g}", data_left=_LEFT, data_day=scale.a_day),
        class_="chart", viewBox=f"0 0 {WIDE:g} {HIGH:g}", role="img",
    )  # fmt: skip


class _Scale:
    """Where days and values lie."""

    def __init__(self, chart: Chart) -> None:
        highest = [max(line.values, default=0) for line in chart.lines]
        highest += [max(band.high, default=0) for band in chart.bands] + [one.high for one in chart.whiskers]
        lowest = [0.0, *(min(line.values, default=0) for line in chart.lines)]
        lowest += [min(band.low, default=0) for band in chart.bands]
        low, high = min(lowest), max([*highest, chart.least])
        self.ticks = _ticks(low, high if high > low else low + 1)
        self.low, self.high = self.ticks[0], self.ticks[-1]
        self.a_day = (WIDE - _LEFT - _RIGHT) / max(len(chart.evenings) - 1, 1)

    def x(self, day: float) -> float:
        return _LEFT + day * self.a_day

    def y(self, value: float) -> float:
        return _TOP + (self.high - value) / (self.high - self.low) * (HIGH - _TOP - _BOTTOM)


def _ticks(low: float, high: float) -> list[float]:
    """Round values from at or below the lowest to at or above the highest."""
    rough = (high - low) / _TICKS
    unit = 10.0 ** np.floor(np.log10(rough))
    step = next(unit * times for times in (1, 2, 2.5, 5, 10) if unit * times >= rough * (1 - 1e-9))
    first, last = int(np.floor(low / step + 1e-9)), int(np.ceil(high / step - 1e-9))
    return [round(n * float(step), 9) for n in range(first, max(last, first + 1) + 1)]


def _told(value: float, chart: Chart) -> str:
    if chart.percent:
        return f"{value * 100:.3g} %"
    return (f"{value:,.0f}" if value == round(value) else f"{value:g}").replace("-", "−")


def _grid(chart: Chart, scale: _Scale) -> list[Markup]:
    found = []
    for value in scale.ticks:
        y = scale.y(value)
        found.append(element("path", class_="grid" if value else "axis", d=f"M{_LEFT:g} {number(y)}H{WIDE - _RIGHT:g}"))
        text = _told(value, chart)
        found.append(element("text", text, class_="tick", x=_LEFT - 8, y=y + 4, text_anchor="end"))
    last = len(chart.evenings) - 1
    every = max(round(last / _DATES), 1)
    for day in range(0, last + 1, every):
        x = scale.x(day)
        found.append(element("path", class_="axis", d=f"M{number(x)} {HIGH - _BOTTOM:g}v5"))
        words = date_words(chart.evenings[day], chart.language).rsplit(" ", 1)[0]
        found.append(element("text", words, class_="tick", x=x, y=HIGH - _BOTTOM + 20, text_anchor="middle"))
    return found


def _way(values: Sequence[float], scale: _Scale) -> str:
    return "M" + "L".join(f"{number(scale.x(day))} {number(scale.y(value))}" for day, value in enumerate(values))


def _band(band: Band, scale: _Scale) -> Markup:
    there = [f"{number(scale.x(day))} {number(scale.y(value))}" for day, value in enumerate(band.high)]
    back = [f"{number(scale.x(day))} {number(scale.y(value))}" for day, value in enumerate(band.low)][::-1]
    return element("path", class_=f"fan {band.style}", d="M" + "L".join([*there, *back]) + "z")


def _whisker(one: Whisker, scale: _Scale) -> Markup:
    x, low, high = scale.x(one.day), scale.y(one.low), scale.y(one.high)
    return element(
        "g",
        element("title", one.name),
        element("path", d=f"M{number(x)} {number(low)}V{number(high)}m-4 0h8M{number(x - 4)} {number(low)}h8"),
        element("circle", cx=x, cy=scale.y(one.value), r=3.2),
        class_="whisker",
    )


def _pin(day: int, word: str, scale: _Scale) -> list[Markup]:
    x = scale.x(day)
    right = x < (WIDE - _RIGHT) * 0.72
    return [
        element("path", class_="pin", d=f"M{number(x)} {_TOP:g}V{HIGH - _BOTTOM:g}"),
        element(
            "text", word, class_="pinned", x=x + (6 if right else -6), y=_TOP + 10,
            text_anchor="start" if right else "end",
        ),
    ]  # fmt: skip


def _ends(chart: Chart, scale: _Scale) -> list[Markup]:
    """Names at the ends of lines, pushed apart where they would touch."""
    found, before = [], -_LEAST_GAP
    for line in sorted(chart.lines, key=lambda one: scale.y(one.values[-1])):
        y = max(scale.y(line.values[-1]), before + _LEAST_GAP)
        before = y
        x = scale.x(len(line.values) - 1)
        found.append(element("circle", class_=f"end {line.style}", cx=x, cy=scale.y(line.values[-1]), r=3))
        found.append(element("text", line.name, class_="named", x=x + 9, y=y + 4))
    return found


def signed(points: int) -> str:
    """``+5`` or ``−5``."""
    return f"{points:+d}".replace("-", "−")


def reasons(points: Sequence[tuple[str, int]], most: int) -> Markup:
    """Signed bars, one a reason, around a common middle; ``most`` is the longest bar's points."""
    rows: list[Markup] = []
    high, middle, reach = 19.0, 324.0, 112.0
    for row, (word, value) in enumerate(points):
        y, length = row * high, abs(value) / max(most, 1) * reach
        left = middle if value > 0 else middle - length
        sign = "for" if value > 0 else "against"
        rows += [
            element("text", word, class_="reason", x=middle - reach - 36, y=y + 13, text_anchor="end"),
            element("rect", class_=f"bar {sign}", x=float(left), y=float(y + 3), width=float(length), height=12),
            element(
                "text", signed(value), class_="points", y=y + 13,
                x=float(middle + length + 6 if value > 0 else middle - length - 6),
                text_anchor="start" if value > 0 else "end",
            ),
        ]  # fmt: skip
    axis = element("path", class_="axis", d=f"M{middle:g} 0V{len(points) * high:g}")
    said = ", ".join(f"{word} {signed(value)}" for word, value in points)
    return element(
        "svg", element("title", said), joined(rows), axis,
        class_="reasons", viewBox=f"0 0 482 {number(len(points) * high + 4)}", role="img",
    )  # fmt: skip
