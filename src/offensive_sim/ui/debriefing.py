"""The debrief as the window writes it: a page beside the saves, under a name that is free."""

from collections.abc import Callable
from pathlib import Path

from offensive_sim.errors import SimError
from offensive_sim.folders import data_folder
from offensive_sim.outfile import replaced
from offensive_sim.ui.speech import say
from offensive_sim.views.debrief import Debrief


def debriefs_folder() -> Path:
    """Where pages that the window writes lie: beside the saves."""
    return data_folder() / "debriefs"


def write_debrief(make: Callable[[], Debrief], stem: str, language: str) -> str:
    """Write a page under a name that is free; says where it is, or why it is not."""
    from offensive_sim.pages.debrief import page_of  # noqa: PLC0415 - loads its templates only when one is written

    try:
        page = page_of(make(), language)
        folder = debriefs_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, stem)
        with replaced(path) as file:
            file.write(page)
    except (SimError, OSError) as error:
        return say("compare.not_written", language, why=getattr(error, "strerror", None) or error)
    return say("compare.written", language, path=path)


def _free(folder: Path, stem: str) -> Path:
    numbers = iter(range(2, 10_000))
    path = folder / f"{stem}.html"
    while path.exists():
        path = folder / f"{stem}-{next(numbers)}.html"
    return path
