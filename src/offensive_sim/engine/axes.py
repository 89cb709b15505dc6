"""The axes of every array, and the few values with a meaning of their own.

R replicas (first, always) · P places · L directed links · S slots (roads out of a place) · U units ·
F factions · B sides, those factions that hold places: they come first · C communities · G people groups ·
H homes (a group in a place) · T triggers · E effects of one kind

Arrays are compared with the ``value`` of an enumeration's member: with the member itself numpy takes ten times as long,
as it turns the whole array into 64-bit numbers first.
"""

from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Bytes = NDArray[np.int8]
Shorts = NDArray[np.int16]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Words = NDArray[np.uint64]
Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

NOBODY: Final = -1
"""No faction."""
OFF_MAP: Final = -1
"""No place: the unit is not in play."""
NO_LINK: Final = -1
NEVER: Final = -1
"""A day on which something has not happened yet."""
RULED_OUT: Final = -2
"""A trigger whose account was not drawn in this replica."""
LONG_AGO: Final = -99
"""A day before the campaign: a town held since then was not just captured."""


class Status(IntEnum):
    """What has become of a unit."""

    WAITING = 0
    """Not yet on the map."""
    ACTIVE = 1
    UNDERGROUND = 2
    """Among the people of the place; neither holds nor fights until ordered to attack."""
    FALLING_BACK = 3
    """Broken, on its way to a place of its own side."""
    GONE = 4
    """Dissolved: its men went home or were killed."""


class Stance(IntEnum):
    """What a unit was told to do about its goal."""

    HOLD = 0
    MARCH = 1
    ATTACK = 2
    WITHDRAW = 3
    LIE_LOW = 4
    RAID = 5
