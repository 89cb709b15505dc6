"""Colours of the map and its parties, as ``#RRGGBB``: one place for the window and the pages.

Hue alone is never enough: each party has a pattern and a letter as well (tests/ui/test_map.py measures it).
"""

from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]


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

PAPER: Final = "#F3ECDB"
PANEL: Final = "#F7F2E5"
TEXT: Final = "#2B241E"
SOFT_TEXT: Final = "#685C4E"
MINOR_TEXT: Final = "#463C32"
RULE: Final = "#968670"
NEATLINE: Final = "#3A2E26"
OUTLINE: Final = "#1C1816"
HALO: Final = "#F8F3E5"
WATER: Final = "#92B6CB"
WATER_LINE: Final = "#467A9C"
WATER_TEXT: Final = "#2C5C80"
AREA_TEXT: Final = "#625062"
LAND_TEXT: Final = "#806442"
BORDER: Final = "#4A3030"
GOVERNORATE: Final = "#86748A"
PEOPLE: Final = "#803E94"
"""Displaced people: their own hue, no party's."""
TRACK: Final = "#7A6854"
SECONDARY: Final = "#7E6248"
MAIN_EDGE: Final = "#744E32"
MAIN_ROAD: Final = "#CE9864"
HIGHWAY_EDGE: Final = "#5C241C"
HIGHWAY: Final = "#BC4C3A"


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


def hexed(colour: Colour) -> str:
    """Three numbers as ``#RRGGBB``."""
    return "#{:02X}{:02X}{:02X}".format(*colour)
