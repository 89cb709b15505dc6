"""The lines of a save: a record's, with what a person said beside them. No folders, no play.

The first line is a record's manifest with one more key, ``session``; each day's line has one more, ``given``.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from offensive_sim.campaign import levers, record
from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.levers import is_lever, moved
from offensive_sim.campaign.record import FORMAT, Manifest
from offensive_sim.campaign.seats import WORDS
from offensive_sim.campaign.session import Session
from offensive_sim.engine.orders import Order
from offensive_sim.errors import SimError

_SESSION: Final = {"title": str, "seat": str, "branch": str, "left_on": int, "first_day": str}
_DAY: Final[dict[str, Any]] = {"orders": {}, "digest": ""}


@dataclass(frozen=True)
class SaveLines:
    """A save's lines, as far as they are whole."""

    manifest: Manifest
    session: Mapping[str, Any]
    days: tuple[Mapping[str, Any], ...]
    broken: int | None
    """Number of the first line that is not whole."""


def header(session: Session, title: str, *, today: bool = True) -> str:
    """The manifest, and what a game needs beyond it."""
    said = _words(session.today) if today else {}
    own = {
        "title": title,
        "seat": session.seat.id,
        "branch": session.name,
        "left_on": session.left_on,
        "first_day": session.date_of(0).isoformat(),
        "today": said,
    }
    head = asdict(record.manifest(session.game, session.plan))
    return json.dumps({**head, "parent": session.parent, "session": own})


def day_lines(session: Session, start: int) -> list[str]:
    """The lines of the days from ``start`` on."""
    lines = list(record.lines(session.game, session.plan, session.played[start:]))[1 + (start > 0) :]
    return [
        json.dumps({**json.loads(line), "given": _words(given)})
        for line, given in zip(lines, session.given[start:], strict=True)
    ]


def _words(given: Mapping[str, Order | None]) -> dict[str, list[str] | None]:
    return {
        unit: None if order is None else [order.stance, *([order.goal] if order.goal else [])]
        for unit, order in given.items()
    }


def orders_of(game: Game, said: Mapping[str, list[str] | None]) -> dict[str, Order | None]:
    """What a person said.

    Raises:
        SimError: if a unit, an order or a place is not known.
    """
    units, places = game.world.units.ids, game.world.places.ids
    given: dict[str, Order | None] = {}
    for unit, words in said.items():
        stance, goal = (words[0], words[1] if len(words) > 1 else None) if words else ("hold", None)
        known = _is_lever_of(game, unit, stance) if is_lever(unit) else unit in units and stance in WORDS
        if not known or (goal is not None and goal not in places):
            msg = f"{unit} {' '.join(words or ())}".rstrip()
            raise SimError(msg)
        given[unit] = Order(unit, stance, goal) if words else None
    return given


def _is_lever_of(game: Game, key: str, stance: str) -> bool:
    """Whether a save's key and word stand for something that can be directed."""
    try:
        (one,) = moved(game.world, {key: Order(key, stance)})
    except ValueError:
        return False
    return stance in (levers.WORDS[one.kind], "hold")


def read(path: Path) -> SaveLines:
    """A save's lines up to the first that is not whole."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise SimError(cannot(path, "read", error)) from None
    head = _json(lines[0])
    if "format" in head and head["format"] != FORMAT:
        msg = f"{path.name}: is in format {head['format']}; this version reads format {FORMAT}"
        raise SimError(msg)
    try:
        manifest = Manifest.of(head)
        own = head.get("session", {})
        date.fromisoformat(own.get("first_day", "2014-06-04"))
        whole = isinstance(manifest.scenario, str) and isinstance(manifest.seed, int)
        whole = whole and _is_day({**_DAY, **own}, "today")
        whole = whole and all(isinstance(own.get(key, kind()), kind) for key, kind in _SESSION.items())
    except (TypeError, ValueError, AttributeError):
        whole = False
    if not whole:
        msg = f"{path.name}: is not a save of this program"
        raise SimError(msg)
    days: list[Mapping[str, Any]] = []
    rows = lines[1:-1] if lines[-1] == b"" else lines[1:]
    for line in rows:
        row = _json(line)
        if row.get("day") != len(days) or not _is_day(row):
            return SaveLines(manifest, own, tuple(days), len(days) + 2)
        days.append(row)
    return SaveLines(manifest, own, tuple(days), None)


def _json(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        return {}
    return row if isinstance(row, dict) else {}


def _is_day(row: Mapping[str, Any], said_under: str = "given") -> bool:
    said, given = row.get("orders"), row.get(said_under, {})
    if not (isinstance(said, dict) and isinstance(given, dict) and isinstance(row.get("digest"), str)):
        return False
    words = [*said.values(), *(words for words in given.values() if words is not None)]
    return all(isinstance(one, list) and one and all(isinstance(word, str) for word in one) for one in words)


def cut_short(found: SaveLines, path: Path) -> str:
    """What of a save could not be read, in a sentence."""
    if found.broken is None:
        return ""
    count = len(found.days)
    return f"{path.name}: line {found.broken} is not whole; days kept: the {count} before it"


def cannot(path: Path, what: str, error: OSError) -> str:
    """Why a file could not be read or written, in a sentence."""
    if isinstance(error, FileNotFoundError) and what == "read":
        return f"{path.name}: there is no such save; it may have been deleted or moved"
    return f"{path.name}: cannot be {what}: {error.strerror or error}"
