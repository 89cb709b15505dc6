"""Where two worlds differ, on the map: a circle a place for the share of pairs that show it otherwise."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from markupsafe import Markup

from offensive_sim.engine.axes import Longs
from offensive_sim.pages.atlas_map import BOTH, CODES, MAP_BOX, Sheet, using
from offensive_sim.pages.svg import element
from offensive_sim.views.board import BOTH as BOTH_HOLD
from offensive_sim.views.comparison import Control

LEAST: Final = 1.6
MOST: Final = 11.0
"""Radius of a place that never, and of one that always is shown otherwise; area stands for the share."""
_STEPS: Final = len(CODES) - 1


def shares(control: Control) -> list[str]:
    """The share of pairs that show a place otherwise, as a letter a place, a string an evening."""
    steps = np.ceil(np.round(control.differs * _STEPS, 9)).astype(int)
    return ["".join(row) for row in np.array(list(CODES))[steps]]


def gainers(control: Control, factions: tuple[str, ...]) -> list[str]:
    """Who shows at a place more often with the change than without, as a letter a place, a string an evening."""
    codes = np.array([_code(holder, factions) for holder in control.holders])
    most: Longs = np.asarray((control.what_if - control.model).argmax(axis=2), np.int64)
    return ["".join(row) for row in codes[most]]


def _code(holder: str, factions: tuple[str, ...]) -> str:
    return BOTH if holder == BOTH_HOLD else CODES[factions.index(holder)]


def radius(step: int) -> float:
    """Of a circle; the script does the same."""
    return round(LEAST + (MOST - LEAST) * (step / _STEPS) ** 0.5, 2) if step else LEAST


def odds(sheet: Sheet, control: Control, day: int, names: tuple[str, str]) -> Markup:
    """The map of one evening; ``names`` are its title and description."""
    share, gain = shares(control)[day], gainers(control, sheet.factions)[day]
    return element(
        "svg",
        element("title", names[0]),
        element("desc", names[1]),
        using("ground"),
        element("g", *_circles(sheet, share, gain), class_="odds"),
        using("names"),
        class_="map", viewBox=MAP_BOX, role="img", data_odds="1",
    )  # fmt: skip


def _circles(sheet: Sheet, share: str, gain: str) -> Iterator[Markup]:
    for p in sheet.inside:
        step = CODES.index(share[p])
        yield element(
            "circle", element("title", sheet.board.places[p].name(sheet.language)),
            class_=f"o h{gain[p]}" if step else "o", cx=float(sheet.points[p, 0]), cy=float(sheet.points[p, 1]),
            r=radius(step),
        )  # fmt: skip
