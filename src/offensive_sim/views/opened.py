"""Scenarios and what-ifs from their files to games ready to be played: those asked for, or those of a record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from offensive_sim.campaign.compiling import Game, compile_scenario, compile_under
from offensive_sim.campaign.kept import kept_what_if
from offensive_sim.campaign.record import Manifest, Supposed, what_if_hash
from offensive_sim.errors import ReplayMismatchError, ScenarioError, SimError
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.shipped import find
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.scenario.whatif_files import FOLDER, find_what_if, read_what_if, sound_what_ifs

_ENDING: Final = ".yaml"


@dataclass(frozen=True)
class Opened:
    """A scenario as it is played, and its documented history."""

    path: Path
    scenario: Scenario
    """As it stands in its files, whatever is supposed."""
    chronicle: Chronicle
    what_ifs: tuple[WhatIf, ...] = ()
    note: str = ""
    """What a person should know about what was opened; empty if all is as it was."""

    @cached_property
    def game(self) -> Game:
        """Ready to be played under the what-ifs, if there are any."""
        return compile_under(self.scenario, self.what_ifs) if self.what_ifs else self.as_it_happened

    @cached_property
    def as_it_happened(self) -> Game:
        """Ready to be played without any what-if."""
        return compile_scenario(self.scenario)

    def under(self, names: Sequence[str]) -> "Opened":
        """The same under what-ifs by name or path.

        Raises:
            ScenarioError: with every error found in them.
            UsageError: if one is not there, stands twice, or two change the same thing.
        """
        return replace(self, what_ifs=sound_what_ifs(names, self.path, self.scenario, self.chronicle))


def opened(path: Path, what_ifs: Sequence[str] = ()) -> Opened:
    """A scenario, and what-ifs by name or path.

    Raises:
        ScenarioError: with every error found in the scenario or a what-if.
        UsageError: if a what-if is not there, stands twice, or two change the same thing.
    """
    found = Opened(path, *sound(path))
    return found.under(what_ifs) if what_ifs else found


def opened_for(manifest: Manifest, record: Path, named: Sequence[str] = (), of: str | None = None) -> Opened:
    """What a record or a save was played in: its scenario, and its what-ifs as they were then.

    A what-if is looked for among the files that are ``named``, then in the copy that saves keep, then beside the
    scenario. ``of`` is the path of the scenario, if that is not one that ships.

    Raises:
        SimError: if a what-if is nowhere, or one is named that the game was not played under.
        ReplayMismatchError: if a what-if has changed since.
    """
    found = opened(find(of or manifest.scenario))
    given = {Path(name).stem: find_what_if(name, found.path) for name in named}
    if strange := sorted(given.keys() - {one.id for one in manifest.what_ifs}):
        under = ", ".join(one.id for one in manifest.what_ifs) or "none"
        msg = f"{record}: was not played under the what-if {strange[0]}; it was played under: {under}"
        raise SimError(msg)
    files, notes = [], []
    for one in manifest.what_ifs:
        beside = found.path.parent / FOLDER / (one.id + _ENDING)
        places = [given[one.id]] if one.id in given else [kept_what_if(record.parent, one), beside]
        file = _found(one, places, record)
        if file != beside and one.id not in given and _differs(beside, one):
            notes.append(f"{one.id} is another what-if now; this game goes on under it as it was when the game began")
        files.append(str(file))
    return replace(found.under(files), note="; ".join(notes)) if files else found


def _found(one: Supposed, places: Sequence[Path], record: Path) -> Path:
    """The first of the files that says what was said when the game was played."""
    there = [file for file in places if file.is_file()]
    if not there:
        msg = (
            f"{record}: was played under the what-if {one.id}, and {places[-1]} is not there; "
            f"put {one.id}{_ENDING} back, or name its file with --what-if"
        )
        raise SimError(msg)
    same = [file for file in there if not _differs(file, one)]
    if not same:
        msg = (
            f"{record}: the what-if {one.id} has changed since the game was played ({there[-1]}); "
            "put back the file as it was, or name such a file with --what-if"
        )
        raise ReplayMismatchError(msg)
    return same[0]


def _differs(file: Path, one: Supposed) -> bool:
    """Whether a file that is there says something else, or cannot be understood."""
    try:
        return file.is_file() and what_if_hash(read_what_if(file)[0]) != one.sha256
    except ScenarioError:
        return True
