"""What-ifs kept beside saves as they were when a game began, so that a file that is changed or gone loses no game."""

from pathlib import Path
from typing import Final

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.record import Supposed, what_if_hash
from offensive_sim.errors import SimError
from offensive_sim.outfile import replaced

FOLDER: Final = "what-if"
_DIGITS: Final = 12
"""Digits of the hash that name a copy's folder: enough to tell versions apart."""


def kept_what_if(saves: Path, one: Supposed) -> Path:
    """Where the copy of a what-if is, if there is one."""
    return saves / FOLDER / one.sha256[:_DIGITS] / f"{one.id}.yaml"


def keep_what_ifs(game: Game, saves: Path) -> None:
    """Write down what a game is played under, once.

    Raises:
        SimError: if it cannot be written.
    """
    for what_if in game.what_ifs:
        path = kept_what_if(saves, Supposed(what_if.id, what_if_hash(what_if)))
        if path.exists():
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"{path}: cannot be written: {error.strerror or error}"
            raise SimError(msg) from None
        with replaced(path) as file:
            # JSON is YAML, and needs no care for what stands in the texts.
            file.write(what_if.model_dump_json(by_alias=True, exclude_defaults=True, indent=2) + "\n")
