"""What a day changes: whole numbers, replica axis first, one digest.

The only floats are ``outlook``, which is built from + - * / alone, in single precision, and so is the same everywhere.
"""

import hashlib
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from offensive_sim.engine.axes import Bools, Bytes, Ints, Longs, Shorts, Singles, Status
from offensive_sim.engine.crowd import Crowd

_DIGEST_DIGITS: Final = 16
_NOT_ARRAYS: Final = ("day", "in_shelter", "on_road")
_LASTING: Final = ("group_persons", "residents")


@dataclass(frozen=True)
class State:
    """One morning in every replica. Arrays are written in place by turn.py only, on a copy; crowds are replaced."""

    day: int
    control: Bytes  # (R, P) side that holds it
    contested_by: Bytes  # (R, P) side with men inside beside the holder, NOBODY
    taken_on: Shorts  # (R, P) day it last changed hands, LONG_AGO
    front_since: Shorts  # (R, P) day the present fight began or fresh attackers came, NEVER where nobody fights
    stock_left: Ints  # (R, P) vehicles and heavy weapons still stored
    kit: Ints  # (R, F) captured or delivered vehicles and heavy weapons of a side
    kit_ready: Ints  # (R, F) of these, manned and in use
    supplied: Bools  # (R, P) reached by its holder's supply this morning
    unit_place: Shorts  # (R, U) place, or the place it last left; OFF_MAP while waiting or gone
    unit_link: Shorts  # (R, U) link it is on, NO_LINK
    unit_left_m: Ints  # (R, U) metres still to go on it
    unit_from: Shorts  # (R, U) place it came from
    status: Bytes  # (R, U) Status
    men: Ints  # (R, U)
    nerve: Shorts  # (R, U) points at its last test
    days_cut: Shorts  # (R, U) days without supply
    rest_until: Shorts  # (R, U) day from which it attacks again
    rest_at: Shorts  # (R, U) place that threw it back, OFF_MAP
    broke_on: Shorts  # (R, U) last day it broke, NEVER
    broke_at: Shorts  # (R, U) place where
    broke_men: Ints  # (R, U) men it had when it broke
    rally: Shorts  # (R, U) place it falls back to, OFF_MAP
    fired_on: Shorts  # (R, T) day a trigger happened, NEVER, RULED_OUT
    group_persons: Ints  # (R, G) all persons of a group; never changes
    residents: Ints  # (R, H) persons at home on the first evening; never changes
    at_home: Ints  # (R, H) persons
    in_shelter: Crowd  # (R, G, P) displaced persons who have stopped there
    on_road: Crowd  # (R, G, P) displaced persons on the move, now there
    outlook: Singles  # (R, P, C) worth of a place as a place to be on the way
    outlook_of: Shorts  # (R, 1) day the outlook was last worked out, NEVER
    outlook_for: Bools  # (R, P) places in trouble when it was
    killed: Ints  # (R, F) men
    dispersed: Ints  # (R, F) men who went home
    joined: Ints  # (R, F) men who joined after the opening

    @property
    def replicas(self) -> int:
        """R."""
        return int(self.control.shape[0])

    def copy(self) -> "State":
        """Independent arrays; what never changes is shared."""
        same = {name: getattr(self, name) for name in _LASTING}
        return self._with({name: array.copy() for name, array in self.arrays().items() if name not in same} | same)

    def _with(self, parts: dict[str, Any]) -> "State":
        """As ``replace``, in a third of the time: a day makes three of these."""
        other = object.__new__(State)
        other.__dict__.update(self.__dict__, **parts)
        return other

    def at_nightfall(self, in_shelter: Crowd, on_road: Crowd) -> "State":
        """The next morning's: a day later, and the displaced where they are then."""
        return self._with({"day": self.day + 1, "in_shelter": in_shelter, "on_road": on_road})

    def readonly(self) -> "State":
        """Live views: they follow later writes and refuse their own."""
        views = {}
        for name, array in self.arrays().items():
            views[name] = view = array.view()
            view.flags.writeable = False
        return self._with(views)

    def arrays(self) -> dict[str, np.ndarray]:
        """Every array by name, in the order of declaration; not the crowds."""
        return {name: getattr(self, name) for name in _ARRAYS}

    def tables(self) -> dict[str, np.ndarray]:
        """Everything by name as arrays, crowds too, in the order in which it is sealed."""
        whole = {"in_shelter": "sheltered", "on_road": "moving"}
        names = [whole.get(f.name, f.name) for f in fields(self) if f.name != "day"]
        return {name: getattr(self, name) for name in names}

    def rows(self, rows: slice) -> "State":
        """Some replicas only, as views."""
        crowds = {"in_shelter": self.in_shelter.rows(rows), "on_road": self.on_road.rows(rows)}
        return self._with({name: array[rows] for name, array in self.arrays().items()} | crowds)

    def repeated(self, replicas: int) -> "State":
        """The first replica, as many times over."""
        crowds = {"in_shelter": self.in_shelter.repeated(replicas), "on_road": self.on_road.repeated(replicas)}
        arrays = {name: np.repeat(array[:1], replicas, axis=0) for name, array in self.arrays().items()}
        return self._with(arrays | crowds)

    @property
    def sheltered(self) -> Ints:
        """Displaced persons who have stopped, by group and place, shape (R, G, P), made anew."""
        return self.in_shelter.dense()

    @property
    def moving(self) -> Ints:
        """Displaced persons on the move, by group and place, shape (R, G, P), made anew."""
        return self.on_road.dense()

    def digest(self) -> str:
        """Sixteen hexadecimal digits over the day and every table, little-endian."""
        seal = hashlib.blake2b(str(self.day).encode(), digest_size=_DIGEST_DIGITS // 2)
        for name, array in self.tables().items():
            seal.update(name.encode())
            seal.update(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).data)
        return seal.hexdigest()

    @property
    def bytes_a_replica(self) -> float:
        """Size of the state, bytes a replica."""
        crowds = self.in_shelter.nbytes + self.on_road.nbytes
        return (crowds + sum(array.nbytes for array in self.arrays().values())) / self.replicas

    def displaced(self) -> Ints:
        """Persons away from home, shape (R, G)."""
        return self.in_shelter.by_group + self.on_road.by_group

    def away_at(self) -> Ints:
        """Displaced persons at every place, sheltered or on the move, shape (R, P)."""
        return self.in_shelter.by_place + self.on_road.by_place

    def persons(self) -> Longs:
        """All persons, shape (R,); the same on every day."""
        away = self.in_shelter.by_replica() + self.on_road.by_replica()
        return away + self.at_home.sum(axis=1, dtype=np.int64)

    def problems(self) -> list[str]:
        """What no state may be, in words; used by tests, the fuzzer and ``replay``."""
        on_map = (self.status != Status.WAITING.value) & (self.status != Status.GONE.value)
        found = {
            "a unit with fewer than no men": (self.men < 0).any(),
            "fewer than no persons": any(
                (n < 0).any() for n in (self.at_home, self.in_shelter.persons, self.on_road.persons)
            ),
            "a unit on the map that is nowhere": (on_map & (self.unit_place < 0)).any(),
            "a unit off the map that has a place": (~on_map & (self.unit_place >= 0)).any(),
            "a unit at a place that is also on a road": ((self.unit_link >= 0) & (self.unit_left_m <= 0)).any(),
            "a place contested by its holder": (self.control == self.contested_by).any(),
        }
        return [what for what, wrong in found.items() if wrong]


_ARRAYS: Final = tuple(field.name for field in fields(State) if field.name not in _NOT_ARRAYS)
