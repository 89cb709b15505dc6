"""What happened, as rows of numbers; every word about it is in views/prose.py."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from offensive_sim.engine.axes import Bools, Bytes, Ints, Longs


class Kind(IntEnum):
    """What a row tells."""

    TRIGGERED = 1
    """faction: -; unit: trigger index."""
    APPEARED = 2
    ARRIVED = 3
    STRUCK = 4
    """Air strikes; amount: strikes."""
    REPULSED = 5
    """unit: attacker thrown back from place."""
    BROKE = 6
    """amount: men who dispersed."""
    CONTESTED = 8
    """faction: who is inside beside the holder."""
    CHANGED = 9
    """faction: the new holder."""
    CAPTURED_STOCK = 10
    """amount: vehicles and heavy weapons."""
    FLED = 11
    """amount: persons who left home today."""
    REACHED = 12
    """amount: displaced persons who found shelter today."""
    RETURNED = 14
    """amount: displaced persons who went home today."""
    MET = 13
    """unit: turned back on the road towards place."""


ENTRY: Final = np.dtype(
    [
        ("replica", "i4"),
        ("day", "i2"),
        ("kind", "i2"),
        ("place", "i2"),
        ("unit", "i2"),
        ("faction", "i2"),
        ("amount", "i4"),
    ]
)


class Factor(IntEnum):
    """The signed reasons for which a unit stands or breaks; rulebook 4.7 explains each."""

    BASE = 0
    HOME = 1
    CADRE = 2
    LEADERSHIP = 3
    HEADQUARTERS = 4
    NO_WAY_OUT = 5
    GROUND = 6
    RELIEF = 7
    AIR = 8
    NEWS = 9
    ODDS = 10
    OUTGUNNED = 11
    GHOSTS = 12
    UNPAID = 13
    ESTRANGED = 14
    SHOCK = 15
    COMMAND_GONE = 16
    ISOLATION = 17
    SHAKEN = 18
    LUCK = 19


@dataclass(frozen=True)
class Reasons:
    """Why units stood or broke today, one row a tested unit."""

    row: Longs  # (N,) row of the replica axis
    unit: Longs  # (N,) unit
    place: Longs  # (N,) place
    points: Bytes  # (N, factors) points, their sum is the nerve
    broke: NDArray[np.bool_]  # (N,)


@dataclass
class Journal:
    """One day's rows, in the order of the sequence of play."""

    day: int
    replicas: Longs  # (R,)
    wanted: bool = True
    """Whether anybody will read the rows; an ensemble keeps none."""
    reasons: Reasons | None = None
    forced: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    """(R,) places that changed hands today other than by the control phase; the aim is none."""
    _rows: list[NDArray[np.void]] = field(default_factory=list)

    def note(self, kind: Kind, where: Bools | Ints, **columns: ArrayLike) -> None:
        """Add one entry for each cell of ``where`` (R, N) or (R, B, N) that is not zero.

        Columns are arrays of the shape of ``where``, or of its last axis, or one value: place, unit, faction, amount.
        """
        if not self.wanted or not where.any():
            return
        cells = where.nonzero()
        listed = {name: np.broadcast_to(column, where.shape)[cells] for name, column in columns.items()}
        self.each(kind, cells[0], **listed)

    def each(self, kind: Kind, row: Longs, **columns: ArrayLike) -> None:
        """Add one entry for each of ``row`` (N,), in their order; columns (N,) or one value, as for ``note``."""
        if not self.wanted or not len(row):
            return
        entries = np.zeros(len(row), ENTRY)
        entries["replica"] = self.replicas[row]
        entries["day"], entries["kind"] = self.day, kind
        for name, absent in (("place", -1), ("unit", -1), ("faction", -1), ("amount", 0)):
            entries[name] = columns.get(name, absent)
        self._rows.append(entries)

    def entries(self) -> NDArray[np.void]:
        """All rows as one structured array."""
        return np.concatenate(self._rows) if self._rows else np.zeros(0, ENTRY)
