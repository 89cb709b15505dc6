"""What every page is made with: the templates, and the style sheet in the parties' colours."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from offensive_sim.atlas import palette
from offensive_sim.atlas.palette import hexed, letter_colour, print_grey, rgb
from offensive_sim.views.board import Party


@cache
def environment() -> Environment:
    """The templates; what is put into them is escaped."""
    made = Environment(
        loader=PackageLoader("offensive_sim.pages"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["count"] = lambda value: f"{value:,}"
    return made


def style(holders: Sequence[tuple[str, Party]]) -> Markup:
    """The style sheet with the colours of these parties, in colour and for a printer without."""
    greys = {code: print_grey(party.letter, party.pattern) for code, party in holders}
    sheet = environment().get_template("debrief.css").render(
        holders=holders,
        ink=palette,
        dark={code: hexed(letter_colour(rgb(party.colour))) for code, party in holders},
        greys={code: hexed(grey) for code, grey in greys.items()},
        grey_letters={code: hexed(letter_colour(grey)) for code, grey in greys.items()},
    )
    return Markup(sheet)


def text(name: str) -> Markup:
    """A file beside the templates, as it stands."""
    loader = environment().loader
    assert loader is not None
    return Markup(loader.get_source(environment(), name)[0])
