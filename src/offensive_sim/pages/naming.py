"""Where the names of places go on a page's map: four positions around a disc, the larger places first."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from offensive_sim.pages.ground import HEIGHT, WIDTH
from offensive_sim.pages.svg import element

if TYPE_CHECKING:
    from offensive_sim.pages.atlas_map import Sheet

SIZES: Final = {"capital": 12.5, "city": 11.0, "town": 9.0}
"""Height of letters in map units; minor places are not named."""
_WIDE: Final = 0.56
"""Mean width of a letter for its height."""
_TWIN: Final = 25.0
"""Two places with one name and no farther apart are named once."""

Box = tuple[float, float, float, float]


def written_names(sheet: "Sheet") -> Iterator[Markup]:
    """Names of cities and towns that find room."""
    taken: list[Box] = [_around(sheet, p) for p in sheet.inside if sheet.board.places[p].tier != "minor"]
    named: dict[str, list[int]] = {}
    order = sorted(sheet.inside, key=lambda p: (-SIZES.get(_tier(sheet, p), 0), -sheet.board.places[p].residents))
    for p in order:
        tier = _tier(sheet, p)
        name = sheet.board.places[p].name(sheet.language).split(" (")[0]
        if tier not in SIZES or any(_apart(sheet, p, other) < _TWIN for other in named.get(name, ())):
            continue
        for x, y, anchor, box in _positions(sheet, p, name, SIZES[tier]):
            if not any(_overlap(box, other) for other in taken if other != _around(sheet, p)) and _whole(box):
                taken.append(box)
                named.setdefault(name, []).append(p)
                yield element("text", name, class_=f"name {tier}", x=x, y=y, text_anchor=anchor)
                break


def _tier(sheet: "Sheet", place: int) -> str:
    return sheet.board.places[place].tier


def _apart(sheet: "Sheet", one: int, other: int) -> float:
    return float(abs(sheet.points[one] - sheet.points[other]).max())


def _around(sheet: "Sheet", place: int) -> Box:
    (x, y), r = sheet.points[place], sheet.radius(place)
    return float(x - r), float(y - r), float(x + r), float(y + r)


def _positions(sheet: "Sheet", place: int, name: str, size: float) -> Iterator[tuple[float, float, str, Box]]:
    """Right, left, above, below; each with its anchor and the room it takes."""
    (x, y), r = sheet.points[place].tolist(), sheet.radius(place) + 1.8
    wide, high = len(name) * size * _WIDE, size * 0.8
    mid = y + high * 0.4
    yield x + r, mid, "start", (x + r, mid - high, x + r + wide, mid + high * 0.3)
    yield x - r, mid, "end", (x - r - wide, mid - high, x - r, mid + high * 0.3)
    for rise in (-r - high * 0.25, r + high * 0.9):
        yield x, y + rise, "middle", (x - wide / 2, y + rise - high, x + wide / 2, y + rise + high * 0.3)
    for sign in (-1, 1):
        down = y + sign * (r + high * 0.4) + high * 0.4
        yield x + r * 0.5, down, "start", (x + r * 0.5, down - high, x + r * 0.5 + wide, down + high * 0.3)
        yield x - r * 0.5, down, "end", (x - r * 0.5 - wide, down - high, x - r * 0.5, down + high * 0.3)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _whole(box: Box) -> bool:
    return box[0] > 2 and box[1] > 2 and box[2] < WIDTH - 2 and box[3] < HEIGHT - 2  # noqa: PLR2004 - the neat line
