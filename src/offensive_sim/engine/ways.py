"""All roads out of all places in one row, so that a question about every one of them is one look into a table."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Floats, Longs, Singles
from offensive_sim.engine.effects import Effects
from offensive_sim.engine.lazy import kept

if TYPE_CHECKING:
    from offensive_sim.engine.world import Links

COLUMNS_ABREAST: Final = 480
"""Communities of replicas whose outlook is weighed together: as many as a processor's own memory holds."""


@dataclass(frozen=True)
class Ways:
    """First the first road out of every place, then every second road, and so on; places with most roads come first.

    So the places that have an s-th road are the first so many, and the number of a way is that of its slot's first way
    and the rank of its place.
    """

    places: Longs  # (P,) those with most roads first
    rank: Longs  # (P,) where each place is among them
    minus_roads: Bytes  # (P,) less how many roads a place has
    many: tuple[int, ...]  # (S,) how many places have more than s roads
    first: tuple[int, ...]  # (S,) first way of each slot
    minus_slots: Bytes  # (S,) 0, -1, -2 ...
    start: Longs  # (W,) place where it begins
    end: Longs  # (W,) place where it leads
    end_rank: Longs  # (W,) where that place is among them
    link: Longs  # (W,)
    drive_steps: Floats  # (W,) share of those on the road who finish it in four hours
    pull: Floats  # (W,) share who would go on along it, before gates
    closes: Bools  # (W,) it may be closed ...
    odd: Bools  # (W,) ... or gated, or it takes longer than four hours

    @classmethod
    def of(cls, links: "Links", pull: Floats, effects: Effects) -> "Ways":
        """Of a network; ``pull`` (S, P)."""
        roads, many = (links.neighbour >= 0).sum(axis=1), (links.neighbour >= 0).sum(axis=0)
        places = np.argsort(-roads, kind="stable")
        rank = np.empty_like(places)
        rank[places] = np.arange(len(places))
        first = np.cumsum(many) - many
        slot = np.repeat(np.arange(len(many)), many)
        start = places[np.arange(len(slot)) - first[slot]]
        end, link = (table[start, slot].astype(np.int64) for table in (links.neighbour, links.slot_link))
        steps, closes = links.drive_steps[link], np.isin(link, effects.roads.links)
        _, gated = np.nonzero(effects.gates.number)
        return cls(
            places=places,
            rank=rank,
            minus_roads=-roads.astype(np.int8),
            many=tuple(many.tolist()),
            first=tuple(first.tolist()),
            minus_slots=-np.arange(len(many), dtype=np.int8),
            start=start,
            end=end,
            end_rank=rank[end],
            link=link,
            drive_steps=steps,
            pull=pull[slot, start],
            closes=closes,
            odd=closes | np.isin(link, gated) | (steps < 1.0),
        )

    @kept
    def onward(self) -> Longs:
        """What a way adds to the number of a cell of an array (R, G, P), shape (W,)."""
        return self.end - self.start

    @kept
    def pull_abreast(self) -> Singles:
        """``pull`` in single precision, side by side for as many columns as are weighed at once, shape (W, N).

        To multiply by a table takes half as long as by a column.
        """
        return np.repeat(self.pull[:, None].astype(np.float32), COLUMNS_ABREAST, axis=1)
