"""Finding a place by any of its names in any script, or a day by its date."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from offensive_sim.scenario.ground import Place

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SAME: Final = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ێ": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ھ": "ه",
    "ۆ": "و", "ؤ": "و", "ئ": "ي", "ڕ": "ر", "ڵ": "ل", "ı": "i",
    "ş": "sh", "ç": "ch", "-": " ", "'": "", "’": "", "ʿ": "", "ـ": "",
})  # fmt: skip
"""Letters that one language writes otherwise than its neighbour."""
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)


@dataclass(frozen=True)
class Hit:
    """A place that was found, and by which spelling."""

    place: str
    spelling: str


def folded(text: str) -> str:
    """Without case, accents, vowel signs, or the differences between Arabic and Sorani letters."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SAME))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(kept.translate(_SAME).translate(_DIGITS).split())


class Finder:
    """Knows every spelling of every place."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._known: list[tuple[str, str, str, int]] = []
        for key, place in places.items():
            names = [place.name, place.name_ar, place.name_ku, *place.aka, key]
            size = place.people.value if place.people else 0
            self._known += [(folded(name), name, key, size) for name in names if name]

    def find(self, text: str, most: int = 8) -> list[Hit]:
        """Places by a part of a name: whole names first, then beginnings, then the larger places."""
        wanted = folded(text)
        if not wanted:
            return []
        best: dict[str, tuple[tuple[int, int], str]] = {}
        for fold, name, key, size in self._known:
            rank = _rank(fold, wanted)
            if rank is not None and (key not in best or (rank, -size) < best[key][0]):
                best[key] = ((rank, -size), name)
        ranked = sorted(best.items(), key=lambda item: (item[1][0], item[0]))
        return [Hit(key, name) for key, (_, name) in ranked[:most]]


def _rank(name: str, wanted: str) -> int | None:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if wanted in name else None


def find_day(text: str, first: date, last: date) -> date | None:
    """A day written as ``2014-06-12``, ``12 June``, ``June 12`` or ``12.6.``; None if it is none of the run's days."""
    plain = text.translate(_DIGITS).strip().casefold()
    found = _written(plain, first.year)
    return found if found and first <= found <= last else None


def _written(plain: str, year: int) -> date | None:
    numbers = [int(part) for part in re.findall(r"\d+", plain)]
    named = [at for at, month in enumerate(_MONTHS, 1) if re.search(rf"\b{month[:3]}", plain)]
    try:
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", plain):
            return date(*numbers)
        if named and numbers:
            return date(year, named[0], numbers[0])
        if re.fullmatch(r"\d{1,2}[./]\d{1,2}\.?", plain):
            return date(year, numbers[1], numbers[0])
    except ValueError:
        return None
    return None
