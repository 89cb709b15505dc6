"""Colours, patterns and sizes of everything that is drawn; nothing is drawn here.

Hue alone is never enough: each party has a pattern and a letter as well (tests/ui/test_map.py measures it).
"""

from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]

DESIGN_HEIGHT: Final = 1080
"""Sizes below are pixels at this height of a picture and text of 100 per cent."""
SMALLEST: Final = 0.74
"""Lines and distances do not shrink further on smaller screens."""
SMALLEST_TEXT: Final = 0.87
"""Nor do letters and marks."""


@dataclass(frozen=True)
class Ink:
    """How a party is told from the others."""

    colour: str
    pattern: str
    letter: str


PARTIES: Final = {
    "federal": Ink("#0072B2", "solid", "F"),
    "kurdistan": Ink("#E69F00", "solid", "K"),
    "isis": Ink("#1F1F1F", "solid", "I"),
    "volunteers": Ink("#56B4E9", "vertical", "V"),
    "ypg": Ink("#F0E442", "dots", "Y"),
    "other-armed": Ink("#CC79A7", "diagonal", "O"),
    "local": Ink("#009E73", "horizontal", "L"),
    "no-data": Ink("#BBBBBB", "cross", "?"),
}
"""The palette by Okabe and Ito as the design notes share it out; scenarios name their own parties with these inks."""

PRINT_GREYS: Final = {"F": 255, "K": 190, "I": 25}
"""Grey of the parties that are solid in colour, by letter; a pattern is black on white in print."""

PAPER: Final[Colour] = (243, 236, 219)
PANEL: Final[Colour] = (247, 242, 229)
TEXT: Final[Colour] = (43, 36, 30)
SOFT_TEXT: Final[Colour] = (104, 92, 78)
MINOR_TEXT: Final[Colour] = (70, 60, 50)
RULE: Final[Colour] = (150, 134, 112)
NEATLINE: Final[Colour] = (58, 46, 38)
OUTLINE: Final[Colour] = (28, 24, 22)
HALO: Final[Colour] = (248, 243, 229)
WATER: Final[Colour] = (146, 182, 203)
WATER_LINE: Final[Colour] = (70, 122, 156)
WATER_TEXT: Final[Colour] = (44, 92, 128)
AREA_TEXT: Final[Colour] = (98, 80, 98)
LAND_TEXT: Final[Colour] = (128, 100, 66)
NEIGHBOUR: Final = (236, 231, 220, 128)
BORDER: Final[Colour] = (74, 48, 48)
BORDER_BAND: Final = (176, 96, 96, 46)
GOVERNORATE: Final[Colour] = (134, 116, 138)
PEOPLE: Final[Colour] = (128, 62, 148)
"""Displaced people: their own hue, no party's."""


@dataclass(frozen=True)
class RoadInk:
    """A class of road: edge and middle, in pixels at design height."""

    casing: Colour
    middle: Colour
    casing_px: float
    middle_px: float
    dashed: bool = False


ROADS: Final = {
    "track": RoadInk(PAPER, (122, 104, 84), 0.0, 1.1, dashed=True),
    "secondary": RoadInk(PAPER, (126, 98, 72), 0.0, 1.3),
    "main": RoadInk((116, 78, 50), (206, 152, 100), 3.4, 2.0),
    "highway": RoadInk((92, 36, 28), (188, 76, 58), 4.8, 3.0),
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


def rgb(code: str) -> Colour:
    """``#RRGGBB`` as three numbers."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def lightness(colour: Colour) -> float:
    """Relative luminance, 0 to 1."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def letter_colour(colour: Colour) -> Colour:
    """Black or white, whichever reads better on a colour."""
    return (0, 0, 0) if lightness(colour) > 0.18 else (255, 255, 255)  # noqa: PLR2004


def print_grey(letter: str, pattern: str) -> Colour:
    """Ground of a party's marks without colour."""
    grey = PRINT_GREYS.get(letter, 255) if pattern == "solid" else 255
    return grey, grey, grey
