"""Saved games: where they are, writing them as the game goes, and playing them again to take one up.

A save is text (save_lines.py says what stands in it). Its days are replayed from the recorded orders, so that it
outlives changes to whoever gave them, and every digest is compared.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from offensive_sim import __version__
from offensive_sim.campaign import record
from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.kept import keep_what_ifs
from offensive_sim.campaign.record import Record, Recorded
from offensive_sim.campaign.save_lines import cannot, cut_short, day_lines, header, orders_of, read
from offensive_sim.campaign.seats import WATCH
from offensive_sim.campaign.session import FIRST_NAME, Session
from offensive_sim.errors import ReplayMismatchError, SimError
from offensive_sim.folders import data_folder
from offensive_sim.outfile import replaced

ENDING: Final = ".jsonl"
AUTO: Final = "auto-"
MOST_AUTOSAVES: Final = 30
"""Autosaves kept; older ones are removed when a new one begins."""
_MOST_LETTERS: Final = 60
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True)
class SaveInfo:
    """A save as a list shows it, read without playing it."""

    path: Path
    name: str
    scenario: str
    seat: str
    day: int
    """Days played."""
    evening: date | None
    """The last evening played, or None before the first and for records that do not say when they begin."""
    branch: str
    parent: str | None
    left_on: int
    saved: datetime
    auto: bool
    what_ifs: tuple[str, ...] = ()
    """Ids of those it was played under."""
    problem: str = ""
    """Why it cannot be loaded, or what of it cannot; empty if all is well."""


@dataclass(frozen=True)
class Loaded:
    """A game taken up again."""

    session: Session
    note: str
    """What could not be read, in a sentence; empty if all of it was."""


# Where saves are


def saves_folder() -> Path:
    """Where this person's saves are: under ``OFFENSIVE_SIM_HOME`` if set, else where the platform keeps user data."""
    return data_folder() / "saves"


def list_saves(folder: Path | None = None) -> list[SaveInfo]:
    """Every save of a folder, newest first; what is broken is listed with its problem."""
    try:
        paths = sorted((folder or saves_folder()).glob(f"*{ENDING}"))
    except OSError:
        return []
    return sorted((about(path) for path in paths), key=lambda info: (info.saved, info.path.name), reverse=True)


def newest(folder: Path | None = None) -> SaveInfo | None:
    """The save that was written last, whatever its state; None if there is none. Reads that one alone."""
    written = []
    with suppress(OSError):
        written = [(path.stat().st_mtime, path.name, path) for path in (folder or saves_folder()).glob(f"*{ENDING}")]
    return about(max(written)[2]) if written else None


def about(path: Path) -> SaveInfo:
    """What a save says of itself, without playing it."""
    auto = path.name.startswith(AUTO)
    try:
        saved = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        found = read(path)
    except (SimError, OSError) as error:
        when = datetime.fromtimestamp(0, UTC) if isinstance(error, OSError) else saved
        said = cannot(path, "read", error) if isinstance(error, OSError) else str(error)
        return SaveInfo(path, path.stem, "", "", 0, None, "", None, 0, when, auto, problem=said)
    head, day = found.session, len(found.days)
    first = head.get("first_day")
    evening = date.fromordinal(date.fromisoformat(first).toordinal() + day - 1) if first and day else None
    return SaveInfo(
        path=path,
        name=str(head.get("title", path.stem)),
        scenario=found.manifest.scenario,
        seat=str(head.get("seat", WATCH)),
        day=day,
        evening=evening,
        branch=str(head.get("branch", FIRST_NAME)),
        parent=found.manifest.parent,
        left_on=int(head.get("left_on", 0)),
        saved=saved,
        auto=auto,
        what_ifs=tuple(one.id for one in found.manifest.what_ifs),
        problem=cut_short(found, path),
    )


# Writing


def save(session: Session, title: str, folder: Path | None = None, *, replace: bool = False) -> Path:
    """Save a game, with what was said today, under a title.

    Raises:
        SimError: if the title has nothing to make a name of, is taken, or the file cannot be written.
    """
    path = (folder or saves_folder()) / (_slug(title) + ENDING)
    if path.exists() and not replace:
        msg = f"there is already a save called {path.stem}"
        raise SimError(msg)
    keep_what_ifs(session.game, path.parent)
    _write(path, [header(session, title), *day_lines(session, 0)])
    return path


class Autosave:
    """A file that grows by a line a day; a crash loses the day being played at most."""

    def __init__(self, session: Session, folder: Path | None = None) -> None:
        folder = folder or saves_folder()
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        title = f"{session.game.scenario.title}, {session.seat.name}, {session.name}"
        self.session, self._title = session, title
        self._written, self._torn = 0, False
        self.path = folder / f"{AUTO}{stamp}-{_slug(session.game.scenario.id + '-' + session.name)}{ENDING}"
        self._rewrite()
        for old in sorted(folder.glob(f"{AUTO}*{ENDING}"))[:-MOST_AUTOSAVES]:
            old.unlink(missing_ok=True)

    def update(self) -> None:
        """Write the days played since the last time, and have them on the disk.

        Raises:
            SimError: if the file cannot be written.
        """
        if self._torn or not self.path.exists():
            self._rewrite()
            return
        lines = day_lines(self.session, self._written)
        try:
            with self.path.open("r+b") as file:
                file.seek(0, os.SEEK_END)
                file.write("".join(line + "\n" for line in lines).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self._torn = True
            raise SimError(cannot(self.path, "written", error)) from None
        self._written, self._torn = self.session.day, False

    def _rewrite(self) -> None:
        keep_what_ifs(self.session.game, self.path.parent)
        _write(self.path, [header(self.session, self._title, today=False), *day_lines(self.session, 0)])
        self._written, self._torn = self.session.day, False


def _slug(title: str) -> str:
    name = re.sub(r"[^\w-]+", "-", title).strip("-_")[:_MOST_LETTERS].lower()
    if not name:
        msg = f"a save cannot be called {title!r}: it needs a letter or a number"
        raise SimError(msg)
    return f"{name}-save" if _RESERVED.fullmatch(name) else name


def _write(path: Path, lines: Iterable[str]) -> None:
    """The whole of a save, in a folder that is made if need be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SimError(cannot(path, "written", error)) from None
    with replaced(path) as file:
        file.writelines(line + "\n" for line in lines)


# Reading


def load(path: Path, game: Game) -> Loaded:
    """Play a save again up to its last whole line; ``about`` says which scenario to compile for it.

    Raises:
        SimError: if it is deleted, foreign, of another scenario, or names what is not there.
        ReplayMismatchError: if the scenario has changed, or an evening differs from what was recorded.
    """
    found = read(path)
    head, own = found.manifest, found.session
    if head.scenario != game.scenario.id:
        msg = f"{path.name}: is a game of {head.scenario}, not of {game.scenario.id}"
        raise SimError(msg)
    record.same_what_ifs(head, game, path.name)
    if head.scenario_sha256 != record.scenario_hash(game):
        msg = f"{path.name}: the scenario {head.scenario} has changed since the game was saved (version {head.sim})"
        raise ReplayMismatchError(msg)
    if head.spread or len(found.days) > game.world.n_days:
        msg = f"{path.name}: is no game that can be taken up: uncertain numbers drawn, or more days than the scenario"
        raise SimError(msg)
    session = Session(game, own.get("seat", WATCH), head.seed, own.get("branch", FIRST_NAME))
    session.descend(head.parent, own.get("left_on", 0))
    orders = Recorded(Record(head, [row["orders"] for row in found.days], []), game.world)
    for number, row in enumerate(found.days, start=2):
        try:
            session.restore(orders_of(game, row.get("given", {})))
            evening = session.play(orders.decide(game.world, session.state, session.dice))
        except (SimError, ValueError, KeyError, IndexError) as error:
            msg = f"{path.name}:{number}: names what the scenario has not: {error}"
            raise SimError(msg) from None
        if evening.state.digest() != row["digest"]:
            played = f"day {row['day']} is played otherwise than by version {head.sim} (now {__version__})"
            msg = f"{path.name}:{number}: {played}"
            raise ReplayMismatchError(msg)
    if found.broken is None:
        session.restore(orders_of(game, own.get("today", {})))
    return Loaded(session, cut_short(found, path))
