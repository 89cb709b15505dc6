"""Colours, patterns and sizes of everything that is drawn; nothing is drawn here.

The colours themselves are in atlas/palette.py.
"""

from dataclasses import dataclass
from typing import Final

from offensive_sim.atlas import palette
from offensive_sim.atlas.palette import rgb

Colour = palette.Colour

DESIGN_HEIGHT: Final = 1080
"""Sizes below are pixels at this height of a picture and text of 100 per cent."""
SMALLEST: Final = 0.74
"""Lines and distances do not shrink further on smaller screens."""
SMALLEST_TEXT: Final = 0.87
"""Nor do letters and marks."""

PAPER: Final = rgb(palette.PAPER)
PANEL: Final = rgb(palette.PANEL)
TEXT: Final = rgb(palette.TEXT)
SOFT_TEXT: Final = rgb(palette.SOFT_TEXT)
MINOR_TEXT: Final = rgb(palette.MINOR_TEXT)
RULE: Final = rgb(palette.RULE)
NEATLINE: Final = rgb(palette.NEATLINE)
OUTLINE: Final = rgb(palette.OUTLINE)
HALO: Final = rgb(palette.HALO)
WATER: Final = rgb(palette.WATER)
WATER_LINE: Final = rgb(palette.WATER_LINE)
WATER_TEXT: Final = rgb(palette.WATER_TEXT)
AREA_TEXT: Final = rgb(palette.AREA_TEXT)
LAND_TEXT: Final = rgb(palette.LAND_TEXT)
NEIGHBOUR: Final = (236, 231, 220, 128)
BORDER: Final = rgb(palette.BORDER)
BORDER_BAND: Final = (176, 96, 96, 46)
GOVERNORATE: Final = rgb(palette.GOVERNORATE)
PEOPLE: Final = rgb(palette.PEOPLE)
SUPPOSED: Final = (92, 44, 122)
"""Whatever is supposed: no side's colour, and never without a shape or a word."""
SUPPOSED_PALE: Final = (238, 229, 243)


@dataclass(frozen=True)
class RoadInk:
    """A class of road: edge and middle, in pixels at design height."""

    casing: Colour
    middle: Colour
    casing_px: float
    middle_px: float
    dashed: bool = False


ROADS: Final = {
    "track": RoadInk(PAPER, rgb(palette.TRACK), 0.0, 1.1, dashed=True),
    "secondary": RoadInk(PAPER, rgb(palette.SECONDARY), 0.0, 1.3),
    "main": RoadInk(rgb(palette.MAIN_EDGE), rgb(palette.MAIN_ROAD), 3.4, 2.0),
    "highway": RoadInk(rgb(palette.HIGHWAY_EDGE), rgb(palette.HIGHWAY), 4.8, 3.0),
}
"""Lowest class first: the order of drawing."""

LABEL_PX: Final = {
    "capital": 18.0, "city": 15.0, "town": 12.5, "minor": 11.0, "water": 12.5, "area": 13.0, "land": 15.0,
}  # fmt: skip
MARK_PX: Final = {"capital": 11.5, "city": 9.5, "town": 7.5, "minor": 6.0}
"""Radius of a place's disc."""


@dataclass(frozen=True)
class Look:
    """How to draw: language, size of text, and whether for a printer without colour."""

    language: str = "en"
    scale: float = 1.0
    black_and_white: bool = False
    height: int = DESIGN_HEIGHT
    counters: str = "app6"
    """How formations are drawn: ``app6`` or ``plain``."""

    @property
    def base(self) -> float:
        """Pixels for one pixel of the design."""
        return max(self.height / DESIGN_HEIGHT, SMALLEST)

    @property
    def text(self) -> float:
        """The same for letters."""
        return max(self.base, SMALLEST_TEXT) * self.scale

    @property
    def marks(self) -> float:
        """The same for marks, which grow less than letters."""
        return max(self.base, SMALLEST_TEXT) * self.scale**0.5

    @property
    def rtl(self) -> bool:
        """Whether the reader reads from right to left."""
        return self.language in ("ar", "ckb")
