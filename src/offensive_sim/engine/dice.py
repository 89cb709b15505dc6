"""Chance, addressed and not consumed: a number depends on seed, purpose, replica, day and cell, on nothing else.

The generator is SplitMix64 (Steele, Lea and Flood 2014) used as a counter hash: integer multiply, shift and xor
only, so it is the same on every machine and numpy version, and any cell can be drawn without the others.
"""

import enum
import hashlib
from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import Floats, Longs, Words
from offensive_sim.engine.lazy import kept


class Draw(enum.StrEnum):
    """One member a purpose; a new one never disturbs the others."""

    OPENING = "opening"
    RATES = "rates"
    ACCOUNTS = "accounts"
    TRIGGERS = "triggers"
    BATTLE = "battle"
    LOSSES = "losses"
    COHESION = "cohesion"
    UNIT_LUCK = "unit-luck"
    FLIGHT = "flight"
    FLIGHT_LUCK = "flight-luck"
    STEPS = "steps"
    ONWARD = "onward"
    REINFORCE = "reinforce"
    VULNERABILITY = "vulnerability"
    HOMEWARD = "homeward"


_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_DAY_STRIDE = np.uint64(1 << 40)
_UNIT = 2.0**-53


def _mixed(words: Words) -> Words:
    """SplitMix64's finaliser, in place on a fresh array."""
    words ^= words >> _S30
    words *= _FIRST
    words ^= words >> _S27
    words *= _SECOND
    words ^= words >> _S31
    return words


def _uniform(words: Words) -> Floats:
    """In [0, 1); spoils ``words``."""
    words >>= _S11
    uniform: Floats = words.astype(np.float64)
    uniform *= _UNIT
    return uniform


@dataclass(frozen=True)
class Dice:
    """The chance of some replicas of one seed."""

    seed: int
    replicas: Longs  # (R,) which replicas of the seed these are

    @kept
    def _known(self) -> dict[Draw, Words]:
        """Keys of the purposes drawn for before."""
        return {}

    def _keys(self, purpose: Draw) -> Words:
        """Shape (R,): one key a replica."""
        if purpose not in self._known:
            digest = hashlib.sha256(f"{self.seed}/{purpose}".encode()).digest()
            base = np.uint64(int.from_bytes(digest[:8], "little"))
            self._known[purpose] = _mixed((self.replicas.astype(np.uint64) + np.uint64(1)) * _GOLDEN + base)
        return self._known[purpose]

    def uniforms(self, purpose: Draw, day: int, n: int) -> Floats:
        """Shape (R, n), each in [0, 1)."""
        start = np.uint64(day + 1) * _DAY_STRIDE
        counter = (np.arange(1, n + 1, dtype=np.uint64) + start) * _GOLDEN
        return _uniform(_mixed(self._keys(purpose)[:, None] + counter[None, :]))

    def at(self, purpose: Draw, day: int, rows: Longs, cells: Longs) -> Floats:
        """Shape of ``rows``: the same numbers as ``uniforms``, only for these rows and cells."""
        words = cells.astype(np.uint64)
        words += np.uint64(day + 1) * _DAY_STRIDE + np.uint64(1)
        words *= _GOLDEN
        words += self._keys(purpose).take(rows)
        return _uniform(_mixed(words))


@dataclass(frozen=True)
class Luck:
    """The chance of one purpose on one day, drawn only where it is asked for."""

    dice: Dice
    purpose: Draw
    day: int
    first: int = 0
    """Cells before this one belong to something else."""

    def at(self, rows: Longs, cells: Longs) -> Floats:
        """Shape of ``rows``, each in [0, 1)."""
        return self.dice.at(self.purpose, self.day, rows, cells + self.first)


def triangular(u: Floats, low: Floats | float, mode: Floats | float, high: Floats | float) -> Floats:
    """The value at quantile ``u`` of a triangular distribution; low, mode, high broadcast against ``u``.

    Only + - * / and sqrt, which IEEE 754 rounds the same everywhere.
    """
    width = np.maximum(high - low, 1e-300)
    cut = (mode - low) / width
    left = low + np.sqrt(u * width * (mode - low))
    right = high - np.sqrt((1.0 - u) * width * (high - mode))
    drawn = np.where(u < cut, left, right)
    return np.where(high > low, drawn, mode)
