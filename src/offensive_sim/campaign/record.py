"""The record of a game: a manifest, then a day's new orders and digest a line. Save game and bug report in one."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from offensive_sim import __version__
from offensive_sim.campaign import levers
from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.running import Evening, Plan, play
from offensive_sim.engine.axes import OFF_MAP, Stance
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.orders import Order, Orders
from offensive_sim.engine.state import State
from offensive_sim.engine.world import World
from offensive_sim.errors import ReplayMismatchError, SimError
from offensive_sim.scenario.whatif import WhatIf

FORMAT: Final = 1
_ID: Final = re.compile("[a-z0-9-]+")
_HEX: Final = re.compile("[0-9a-f]{64}")
AS_DOCUMENTED: Final = "as_documented"
"""Said of what a person directs no more."""


@dataclass(frozen=True)
class Supposed:
    """A what-if that a game was played under."""

    id: str
    sha256: str
    """Over what the file says."""


@dataclass(frozen=True)
class Manifest:
    """What a record needs to be played again."""

    format: int
    sim: str
    numpy: str
    scenario: str
    scenario_sha256: str
    seed: int
    spread: bool
    days: int
    parent: str | None = None
    what_ifs: tuple[Supposed, ...] = ()

    @classmethod
    def of(cls, head: Mapping[str, Any]) -> "Manifest":
        """From a record's first line; keys of later versions are passed over.

        Raises:
            TypeError: if it is none.
        """
        known = {key: value for key, value in head.items() if key in cls.__dataclass_fields__}
        supposed = tuple(Supposed(**one) for one in known.pop("what_ifs", ()))
        if not all(_ID.fullmatch(one.id) and _HEX.fullmatch(one.sha256) for one in supposed):
            msg = "what_ifs"
            raise TypeError(msg)
        return cls(**known, what_ifs=supposed)


def manifest(game: Game, plan: Plan) -> Manifest:
    """The manifest of a game about to be played."""
    return Manifest(
        format=FORMAT,
        sim=__version__,
        numpy=np.__version__,
        scenario=game.scenario.id,
        scenario_sha256=scenario_hash(game),
        seed=plan.seed,
        spread=plan.spread,
        days=plan.days,
        what_ifs=tuple(Supposed(one.id, what_if_hash(one)) for one in game.what_ifs),
    )


def scenario_hash(game: Game) -> str:
    """SHA-256 over what the scenario says, however its files are laid out."""
    said = game.scenario.model_dump(mode="json", exclude={"include", "chronicle", "splits", "sources", "prompts"})
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def what_if_hash(what_if: WhatIf) -> str:
    """SHA-256 over what a what-if says, however its file is laid out."""
    said = what_if.model_dump(mode="json", by_alias=True)
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def lines(game: Game, plan: Plan, days: Iterable[Evening]) -> Iterator[str]:
    """The record's lines as the game is played."""
    yield json.dumps(asdict(manifest(game, plan)))
    before: dict[str, list[str]] = {}
    for evening in days:
        if evening.orders is None:
            continue
        now = _said(game.world, evening.orders)
        new = {unit: said for unit, said in now.items() if before.get(unit) != said}
        new.update({key: [AS_DOCUMENTED] for key in before if key not in now})
        before = now
        yield json.dumps({"day": evening.state.day - 1, "orders": new, "digest": evening.state.digest()})


def _said(world: World, orders: Orders) -> dict[str, list[str]]:
    """Every unit's order as words: stance, and the goal if it has one."""
    said = {}
    for number, unit in enumerate(world.units.ids):
        goal = int(orders.goal[0, number])
        stance = Stance(int(orders.stance[0, number])).name.lower()
        said[unit] = [stance] if goal == OFF_MAP else [stance, world.places.ids[goal]]
    for one in orders.moved:
        goes = [world.places.ids[one.place]] if one.place != OFF_MAP else []
        said[levers.key_of(world, one)] = [levers.WORDS[one.kind], *goes]
    return said


@dataclass(frozen=True)
class Record:
    """A record read back."""

    manifest: Manifest
    orders: list[dict[str, list[str]]]
    digests: list[str]


def read(path: Path) -> Record:
    """Read a record.

    Raises:
        SimError: if it cannot be read or is no record; names the line.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeError) as error:
        msg = f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}"
        raise SimError(msg) from None
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            rows.append(json.loads(line))
        except ValueError:
            msg = f"{path}:{number}: not a line of a record"
            raise SimError(msg) from None
    try:
        head = Manifest.of(rows[0])
        if head.format != FORMAT:
            msg = f"{path}: a record of format {head.format}; this program reads format {FORMAT}"
            raise SimError(msg)
        return Record(head, [row["orders"] for row in rows[1:]], [str(row["digest"]) for row in rows[1:]])
    except (IndexError, KeyError, TypeError, AttributeError):
        msg = f"{path}: not a record of this program"
        raise SimError(msg) from None


def same_what_ifs(head: Manifest, game: Game, what: str) -> None:
    """See that a game is played under what it was recorded under.

    Raises:
        ReplayMismatchError: if it is not.
    """
    under = tuple(Supposed(one.id, what_if_hash(one)) for one in game.what_ifs)
    if under != head.what_ifs:
        was, now = (", ".join(one.id for one in some) or "no what-if" for some in (head.what_ifs, under))
        msg = f"{what}: was played under {was}, not under {now}, or what it says has changed since"
        raise ReplayMismatchError(msg)


class Recorded:
    """A commander that repeats a record's orders."""

    def __init__(self, record: Record, world: World) -> None:
        self.record, self.world = record, world
        self.goal = np.full(world.n_units, OFF_MAP, np.int16)
        self.stance = np.full(world.n_units, Stance.HOLD, np.int8)
        self.directed: dict[str, Order] = {}

    def decide(self, world: World, seen: State, dice: Dice) -> Orders:  # noqa: ARG002 - part of the interface
        """The day's orders as recorded."""
        for name, said in self.record.orders[seen.day].items():
            try:
                if levers.is_lever(name):
                    self._direct(name, said)
                    continue
                unit = world.units.ids.index(name)
                self.stance[unit] = Stance[said[0].upper()]
                self.goal[unit] = world.places.ids.index(said[1]) if len(said) > 1 else OFF_MAP
            except (ValueError, KeyError, IndexError, AttributeError):
                msg = f"day {seen.day}: the record orders {name} to {said}, which means nothing here"
                raise SimError(msg) from None
        shape = seen.men.shape
        moved = levers.moved(world, self.directed)
        return Orders(np.broadcast_to(self.goal.copy(), shape), np.broadcast_to(self.stance.copy(), shape), moved)

    def _direct(self, key: str, said: list[str]) -> None:
        """Remember what a person directs, or that it follows its event again."""
        self.directed.pop(key, None)
        if said[0] != AS_DOCUMENTED:
            self.directed[key] = Order(key, said[0], said[1] if len(said) > 1 else None)
            levers.moved(self.world, self.directed)


def verify(record: Record, game: Game) -> Iterator[int]:
    """Play a record again, comparing every evening; yields the days that agree.

    Raises:
        ReplayMismatchError: at the first evening that differs, or if the scenario is another.
    """
    for evening in again(record, game):
        if evening.journal is not None:
            yield evening.state.day - 1


def again(record: Record, game: Game) -> Iterator[Evening]:
    """The evenings of a record played again, the opening first, each compared with what was recorded.

    Raises:
        ReplayMismatchError: at the first evening that differs, or if the scenario is another.
    """
    head = record.manifest
    same_what_ifs(head, game, "the record")
    if head.scenario_sha256 != scenario_hash(game):
        msg = f"the scenario {head.scenario} has changed since the record was made"
        raise ReplayMismatchError(msg)
    plan = Plan(seed=head.seed, days=len(record.digests), spread=head.spread)
    evenings = play(game, plan, np.arange(1), Recorded(record, game.world))
    yield next(evenings)
    for day, (evening, digest) in enumerate(zip(evenings, record.digests, strict=True)):
        found = evening.state.digest()
        if found != digest:
            msg = (
                f"day {day}: this run gives {found}, the record says {digest}; recorded with "
                f"version {head.sim} and numpy {head.numpy}, played with {__version__} and {np.__version__}"
            )
            raise ReplayMismatchError(msg)
        yield evening
