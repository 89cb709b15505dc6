"""Parties, how they stand to each other, and sides as bits: those at or near a place fit in a number."""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Floats, Longs
from offensive_sim.engine.cells import pick
from offensive_sim.engine.lazy import kept


@dataclass(frozen=True)
class Factions:
    """Parties, and how they stand to each other."""

    ids: tuple[str, ...]
    n_sides: int  # S: factions that hold places; they come first
    side: Bytes  # (F,) in whose name it holds places
    hostile: Bools  # (F, F) between sides
    takes_over: Bools  # (B, B) side moves into what the other has abandoned, from the start
    lives_off_land: Bools  # (B,)
    sources: Bools  # (B, P) where a side's supply starts
    disperses: Floats  # (F,) share of a broken unit that goes home

    @kept
    def _hostile(self) -> Bools:
        """The table of ``fights``, with a last column for nobody; shape (F, F + 1)."""
        return np.pad(self.hostile, ((0, 0), (0, 1)))

    def fights(self, side: Longs, other: Longs | Bytes) -> Bools:
        """Whether sides are hostile to others, shape (N,); nobody is nobody's enemy."""
        return pick(self._hostile, side, other)

    @kept
    def wars(self) -> list[tuple[int, int]]:
        """Each side and one that it fights, by the latter."""
        return [(int(side), int(other)) for other, side in np.argwhere(self.hostile[: self.n_sides, : self.n_sides].T)]

    @kept
    def source_sites(self) -> tuple[Longs, Longs]:
        """Side and place of every source of supply, by place, shape (K,) both."""
        place, side = np.nonzero(self.sources.T)
        return side, place

    @kept
    def bit(self) -> np.ndarray:
        """A bit for each side, shape (B + 1,); none for nobody, who comes last. In as few bytes as hold them all."""
        return np.append(1 << np.arange(self.n_sides), 0).astype(np.min_scalar_type((1 << self.n_sides) - 1))

    @kept
    def feeds(self) -> np.ndarray:
        """Bits of the sides that each feeds where it is supplied, shape (B + 1,): those it does not fight."""
        feeds = ~self.foes & np.bitwise_or.reduce(self.bit)
        feeds[np.append(self.lives_off_land, True)] = 0
        return feeds

    @kept
    def frugal(self) -> np.ndarray:
        """Bits of the sides that live off the land, shape ()."""
        return np.bitwise_or.reduce(self.bit[:-1][self.lives_off_land], initial=self.bit[-1])

    @kept
    def foes(self) -> np.ndarray:
        """Bits of the sides hostile to each, shape (B + 1,); none for nobody."""
        return np.append(self.hostile[: self.n_sides, : self.n_sides] @ self.bit[:-1], 0).astype(self.bit.dtype)
