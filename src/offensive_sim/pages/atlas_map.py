"""A course of events on the map: one evening drawn, and every evening as letters for the page's script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from markupsafe import Markup

from offensive_sim.atlas.palette import letter_colour, rgb
from offensive_sim.atlas.words import party_word
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import Bools, Bytes, Floats, Longs
from offensive_sim.pages.ground import HEIGHT, WIDTH, border, ground, on_sheet, outline, plate, road_paths
from offensive_sim.pages.naming import written_names
from offensive_sim.pages.svg import element, joined, number
from offensive_sim.views.board import Board, Party
from offensive_sim.views.courses import Course

RADIUS: Final = {"capital": 6.6, "city": 5.6, "town": 4.3, "minor": 2.7}
"""Of a place's disc, km."""
LETTERED: Final = ("capital", "city", "town")
_GHOST: Final = 2.6
"""How far the ring of history lies outside a disc."""
JOINED_KM: Final = 60.0
"""Between two places of one party no farther apart, the road is coloured."""
STEP: Final = 25.0
"""People are drawn in steps of the square root of their number."""
PX_ROOT: Final = 0.055
"""Radius for the square root of one person: area stands for number."""
CODES: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Letter of a party by its number, and of a step in the number of people."""
MAP_BOX: Final = f"0 0 {WIDTH:g} {HEIGHT:g}"
"""View box of every map."""
BOTH: Final = "x"
"""Letter of a contested place."""


def letters(shown: Bytes) -> list[str]:
    """Holders as a letter a place, a string an evening."""
    table = np.array(list(CODES))
    return ["".join(row) for row in np.where(shown == CONTESTED, BOTH, table[np.minimum(shown, len(CODES) - 1)])]


def levels(there: Longs) -> list[str]:
    """Displaced people as a letter a place, a string an evening: the square root in steps of ``STEP``."""
    steps = np.minimum(np.round(np.sqrt(there) / STEP), len(CODES) - 1).astype(int)
    return ["".join(row) for row in np.array(list(CODES))[steps]]


def turns(rows: list[str]) -> list[str]:
    """The first evening's letters, then for every evening what turned: two digits of base 36 for the place, a letter.

    A place keeps its letter for weeks, so that this is a tenth as long as the rows.
    """
    told = rows[:1]
    for before, now in pairwise(rows):
        pairs = enumerate(zip(before, now, strict=True))
        told.append("".join(CODES[p // 36] + CODES[p % 36] + new for p, (old, new) in pairs if old != new))
    return told


@dataclass(frozen=True)
class Sheet:
    """What all maps of a page share."""

    board: Board
    factions: tuple[str, ...]
    documented: Bools
    language: str

    @cached_property
    def points(self) -> Floats:
        """Places in map units, shape (P, 2)."""
        return on_sheet([(place.lon, place.lat) for place in self.board.places])

    @cached_property
    def inside(self) -> list[int]:
        """Numbers of the places on the map, larger ones last so that they lie on top."""
        on = ((self.points > 0) & (self.points < (WIDTH, HEIGHT))).all(axis=1)
        return sorted(np.flatnonzero(on).tolist(), key=lambda p: (self.radius(p), self.board.places[p].residents))

    @cached_property
    def roads(self) -> list[tuple[int, str]]:
        """Numbers and path data of the roads on the map."""
        return [(number, d) for number, d in enumerate(road_paths(self.board)) if d]

    @cached_property
    def joining(self) -> list[tuple[int, int, int]]:
        """Short roads with their two places: coloured where both are one party's."""
        roads = self.board.roads
        return [(n, roads[n].start, roads[n].end) for n, _ in self.roads if roads[n].km <= JOINED_KM]

    def radius(self, place: int) -> float:
        """Of a place's disc."""
        return RADIUS[self.board.places[place].tier]

    def shared(self) -> Markup:
        """Ground, roads and names, to be shown by every map of the page."""
        paths = [element("path", id=f"r{number}", d=d) for number, d in self.roads]
        classes = [
            joined(element("use", href=f"#r{n}") for n, _ in self.roads if self.board.roads[n].road == road)
            for road in ("track", "secondary", "main", "highway")
        ]
        drawn = joined(
            element("g", part, class_=f"road {road}")
            for road, part in zip(("track", "secondary", "main", "highway"), classes, strict=True)
        )
        return joined([
            element("defs", border(), *paths),
            element("symbol", ground(), drawn, plate(self.language), id="ground", viewBox=MAP_BOX),
            element("symbol", outline(), id="outline", viewBox=MAP_BOX),
            element("symbol", *written_names(self), id="names", viewBox=MAP_BOX),
        ])  # fmt: skip

    def course(self, course: Course, history: Course, day: int, names: tuple[str, str]) -> Markup:
        """The map of one evening; ``names`` are its title and description for those who do not see it."""
        held, truth = letters(course.shown)[day], letters(history.shown)[day]
        there = levels(course.there)[day] if course.there is not None else None
        own = course.key != history.key
        return element(
            "svg",
            element("title", names[0]),
            element("desc", names[1]),
            using("ground"),
            element("g", *self._veils(held), class_="veils"),
            element("g", *self._people(there), class_="people") if there else "",
            element("g", *self._ghosts(held, truth), class_="ghosts") if own else "",
            element("g", *self._marks(held), class_="marks"),
            using("names"),
            class_="map", viewBox=MAP_BOX, role="img", data_course=course.key,
        )  # fmt: skip

    def small(self, course: Course, day: int, title: str) -> Markup:
        """A map of one evening the size of a stamp: dots joined to one line a party."""
        held = letters(course.shown)[day]
        drawn = []
        for size, wide in (("minor", 8), ("large", 15)):
            for code in sorted(set(held)):
                mine = [p for p in self._sized(minor=size == "minor") if held[p] == code]
                d = "".join(f"M{number(self.points[p, 0])} {number(self.points[p, 1])}h0" for p in mine)
                if d:
                    name = f"{course.key[0]}{day}{code}{size[0]}"
                    drawn.append(element("g", element("path", id=name, d=d), class_="rim", stroke_width=wide + 3))
                    drawn.append(element("use", href=f"#{name}", class_=f"s{code}", stroke_width=wide))
        return element(
            "svg", element("title", title), using("outline"), element("g", *drawn, class_="dots"),
            class_="stamp", viewBox=MAP_BOX, role="img",
        )  # fmt: skip

    def _sized(self, *, minor: bool) -> list[int]:
        return [p for p in self.inside if (self.board.places[p].tier == "minor") == minor]

    def _veils(self, held: str) -> Iterator[Markup]:
        for road, start, end in self.joining:
            colour = f"v{held[start]}" if held[start] == held[end] != BOTH else "v"
            yield element("use", href=f"#r{road}", class_=colour)

    def _people(self, there: str) -> Iterator[Markup]:
        for p in self.inside:
            radius = float(CODES.index(there[p]) * STEP * PX_ROOT)
            yield element("circle", cx=float(self.points[p, 0]), cy=float(self.points[p, 1]), r=radius)

    def _ghosts(self, held: str, truth: str) -> Iterator[Markup]:
        for p in self.inside:
            differs = self.documented[p] and held[p] != truth[p]
            yield element(
                "circle", class_=f"g{truth[p]}" if differs else "g",
                cx=float(self.points[p, 0]), cy=float(self.points[p, 1]), r=self.radius(p) + _GHOST,
            )  # fmt: skip

    def _marks(self, held: str) -> Iterator[Markup]:
        for p in self.inside:
            place, (x, y) = self.board.places[p], self.points[p]
            kept = "m" if self.documented[p] else "m u"
            inside: list[Markup] = [element("title", place.name(self.language))]
            disc = element("circle", *inside, class_=f"{kept} h{held[p]}", cx=float(x), cy=float(y), r=self.radius(p))
            yield disc
            if place.tier in LETTERED:
                size = self.radius(p) * 1.45
                yield element(
                    "text", self.letter(held[p]), class_=f"l k{held[p]}", x=float(x), y=float(y + size * 0.35),
                    font_size=size, aria_hidden="true",
                )  # fmt: skip

    def party(self, letter: str) -> Party:
        """A party by its letter of the map's code."""
        return self.board.parties[self.factions[CODES.index(letter)]]

    def letter(self, code: str) -> str:
        """What stands on a disc."""
        return "" if code == BOTH else self.party(code).letter

    @property
    def holders(self) -> Sequence[tuple[str, Party]]:
        """Every party with its letter of the code."""
        return [(CODES[f], self.board.parties[key]) for f, key in enumerate(self.factions)]

    def word(self, code: str, both: str) -> str:
        """A party's name in the page's language; ``both`` for a contested place."""
        if code == BOTH:
            return both
        party = self.party(code)
        return party_word(party.id, party.name.split(" (")[0], self.language)

    def patterns(self) -> Markup:
        """Fills of the parties that are not solid, and of all parties for a printer without colour."""
        found = []
        for code, party in self.holders:
            light = letter_colour(rgb(party.colour)) == (0, 0, 0)
            lines = "#1c1816" if light else "#fff"
            found.append(_pattern(f"f{code}", party.pattern, party.colour, lines))
            found.append(_pattern(f"b{code}", party.pattern, "#fff", "#000"))
        return element("defs", *found)


def using(name: str) -> Markup:
    """A shared drawing, laid over the whole map."""
    return element("use", href=f"#{name}", width=WIDTH, height=HEIGHT)


_STROKES: Final = {
    "vertical": "M1 0v4M3 0v4",
    "horizontal": "M0 1h4M0 3h4",
    "diagonal": "M-1 1l2-2M0 4l4-4M3 5l2-2",
    "cross": "M0 4l4-4M0 0l4 4",
    "dots": "M1 1h.01M3 3h.01",
}


def _pattern(name: str, pattern: str, ground_colour: str, lines: str) -> Markup:
    stroke = _STROKES.get(pattern)
    return element(
        "pattern",
        element("rect", width=4, height=4, fill=ground_colour),
        element("path", d=stroke, stroke=lines, class_=f"pt {pattern}") if stroke else "",
        id=name, width=4, height=4, patternUnits="userSpaceOnUse",
    )  # fmt: skip
