"""What an ensemble keeps of each day; index 0 is the opening."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from offensive_sim.engine.axes import Bytes, Floats, Ints, Longs
from offensive_sim.engine.journal import Journal
from offensive_sim.engine.state import State

CONTESTED: Final = 100
"""In ``shown``: two sides are inside. Below it, the number of the holding faction."""


@dataclass(frozen=True)
class Areas:
    """Governorates, and the people groups that counts of displaced people are of."""

    names: tuple[str, ...]  # M of them
    places: Floats  # (P, M) 1 where a place is of a governorate
    homes: Longs  # numbers of the groups at home in Iraq

    @classmethod
    def of(cls, governorates: list[str], homes: Longs) -> "Areas":
        """From the governorate of every place, and the groups at home in Iraq."""
        names, number = np.unique(np.array(governorates), return_inverse=True)
        return cls(tuple(str(name) for name in names), np.eye(len(names))[number], homes)

    def summed(self, there: Ints) -> Ints:
        """Persons in each governorate, shape (R, M), of those in each place (R, P).

        A matrix product, but of whole numbers: exact in any order of addition.
        """
        return (there.astype(np.float64) @ self.places).astype(np.int32)


@dataclass(frozen=True)
class Series:
    """Days of some replicas."""

    replicas: Longs  # (R,)
    shown: Bytes  # (R, D+1, P) holder, or CONTESTED
    holder: Bytes  # (R, D+1, P) holder, contested or not
    displaced: Ints  # (R, D+1) persons away from a home in Iraq
    by_governorate: Ints  # (R, D+1, M) displaced persons there, in the order of ``governorates``
    governorates: tuple[str, ...]
    forced: Ints  # (R, D+1) control changes not made by the control phase
    digest: tuple[str, ...]  # of every evening of one replica, or of the last one of each block

    @classmethod
    def of_day(
        cls, areas: "Areas", replicas: Longs, state: State, journal: Journal | None, *, sealed: bool = True
    ) -> "Series":
        """One evening; its digest is left out unless it is ``sealed``, since that takes as long as a third of a day."""
        shown = np.where(state.contested_by >= 0, CONTESTED, state.control).astype(np.int8)
        forced = journal.forced if journal else np.zeros(state.replicas, np.int32)
        return cls(
            replicas=replicas,
            shown=shown[:, None],
            holder=state.control[:, None],
            displaced=state.displaced()[:, areas.homes].sum(axis=1, dtype=np.int32)[:, None],
            by_governorate=areas.summed(state.away_at())[:, None],
            governorates=areas.names,
            forced=forced[:, None],
            digest=(state.digest(),) if sealed else (),
        )

    @classmethod
    def stacked(cls, days: list["Series"]) -> "Series":
        """Days of the same replicas after one another."""
        return cls(
            replicas=days[0].replicas,
            shown=np.concatenate([d.shown for d in days], axis=1),
            holder=np.concatenate([d.holder for d in days], axis=1),
            displaced=np.concatenate([d.displaced for d in days], axis=1),
            by_governorate=np.concatenate([d.by_governorate for d in days], axis=1),
            governorates=days[0].governorates,
            forced=np.concatenate([d.forced for d in days], axis=1),
            digest=tuple(digest for d in days for digest in d.digest),
        )


def joined(blocks: list[Series]) -> Series:
    """Blocks of replicas beside one another."""
    return Series(
        replicas=np.concatenate([b.replicas for b in blocks]),
        shown=np.concatenate([b.shown for b in blocks]),
        holder=np.concatenate([b.holder for b in blocks]),
        displaced=np.concatenate([b.displaced for b in blocks]),
        by_governorate=np.concatenate([b.by_governorate for b in blocks]),
        governorates=blocks[0].governorates,
        forced=np.concatenate([b.forced for b in blocks]),
        digest=tuple(digest for b in blocks for digest in b.digest),
    )
