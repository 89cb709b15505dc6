"""Sources numbered in the order in which a page first names them."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from offensive_sim.pages.svg import element, joined
from offensive_sim.views.events import SourceLine

_SAFE: Final = ("http", "https")
"""Only these become links: an address of a scenario is text that somebody wrote."""


@dataclass
class Citing:
    """Grows as the page is written."""

    found: dict[SourceLine, int] = field(default_factory=dict)

    def cite(self, lines: tuple[SourceLine, ...]) -> Markup:
        """Numbers that lead to the list at the end."""
        numbers = [self.found.setdefault(line, len(self.found) + 1) for line in lines]
        links = [element("a", str(number), href=f"#s{number}") for number in sorted(set(numbers))]
        if not links:
            return Markup()
        return element("sup", joined([links[0], *(Markup(", ") + link for link in links[1:])]), class_="cite")

    @property
    def listed(self) -> list[tuple[int, str, str | None]]:
        """Number, text, and address if it is one that a browser may open."""
        return [(number, line.text, _address(line.url)) for line, number in self.found.items()]


def _address(url: str | None) -> str | None:
    try:
        return url if url and urlsplit(url.strip()).scheme.lower() in _SAFE else None
    except ValueError:
        return None
