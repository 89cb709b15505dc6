"""All roads out of all places in one row, so that a question about every one of them is one look into a table."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bytes, Floats, Longs, Shorts


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
    slot: Longs  # (W,)
    drive_steps: Floats  # (W,) share of those on the road who finish it in four hours

    @classmethod
    def of(cls, neighbour: Shorts, slot_link: Shorts, drive_steps: Floats) -> "Ways":
        """From tables by place and slot (P, S), less than 0 where there is no road, and one by link (L,)."""
        roads = (neighbour >= 0).sum(axis=1)
        many = (neighbour >= 0).sum(axis=0)
        places = np.argsort(-roads, kind="stable")
        rank = np.empty_like(places)
        rank[places] = np.arange(len(places))
        first = np.cumsum(many) - many
        slot = np.repeat(np.arange(len(many)), many)
        start = places[np.arange(len(slot)) - first[slot]]
        end = neighbour[start, slot].astype(np.int64)
        link = slot_link[start, slot].astype(np.int64)
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
            slot=slot,
            drive_steps=drive_steps[link],
        )
