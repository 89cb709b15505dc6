"""What triggers have set going, read off the day each one happened.

An effect with a length is in force from its day on; nothing is stored but that day. The one-time effects
(arrivals, reinforcements, deliveries) are written down by dawn.py.
"""

from dataclasses import dataclass

import numpy as np

from offensive_sim.engine.axes import OFF_MAP, Bools, Bytes, Floats, Ints, Longs, Shorts
from offensive_sim.engine.cells import cells_of, pick, where
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.state import State


@dataclass(frozen=True)
class NerveEffects:
    trigger: Shorts  # (E,)
    units: Bools  # (E, U)
    place: Shorts  # (E,) only units that stand here; OFF_MAP = anywhere
    points: Shorts  # (E,)
    days: Shorts  # (E,)


@dataclass(frozen=True)
class PlaceEffects:
    """Air strikes, air supply and works: something at a place for a side."""

    trigger: Shorts  # (E,)
    side: Bytes  # (E,)
    place: Shorts  # (E,)
    amount: Shorts  # (E,) strikes a day, 1, or points
    days: Shorts  # (E,)

    @kept
    def sites(self) -> tuple[Longs, Longs, Longs]:
        """Side and place (K,) of every site that an effect names, in order, and the site of every effect (E,)."""
        pairs = np.stack([self.side, self.place]).astype(np.int64)
        (side, place), site = np.unique(pairs, axis=1, return_inverse=True)
        return side, place, site.reshape(-1)

    @kept
    def brings(self) -> Floats:
        """What each effect brings to each site, whole numbers, nothing to the last; shape (E, K + 1)."""
        side, _, site = self.sites
        brings = np.zeros((len(site), len(side) + 1))
        brings[np.arange(len(site)), site] = self.amount
        return brings

    def columns(self, n_sides: int, n_places: int) -> Longs:
        """The site of every side and place, shape (B, P); one more than there are where no effect names one."""
        shape = (n_sides, n_places)
        if shape not in self._columns:
            side, place, _ = self.sites
            column = self._columns[shape] = np.full(shape, len(side), np.int64)
            column[side, place] = np.arange(len(side))
        return self._columns[shape]

    @kept
    def _columns(self) -> dict[tuple[int, int], Longs]:
        return {}


@dataclass(frozen=True)
class LinkEffects:
    """Roads closed and opened."""

    trigger: Shorts  # (E,)
    links: Shorts  # (E, 2) both directions
    closes: Bools  # (E,) or opens
    days: Shorts  # (E,)


@dataclass(frozen=True)
class GateEffects:
    """Checkpoints: each trigger sets the share let through for some (community, road) pairs, the gates K."""

    trigger: Shorts  # (E,)
    gates: Bools  # (E, K + 1) which gates it sets; gate 0 stands for every road without one
    share: Floats  # (E, K + 1) who pass
    number: Shorts  # (C, L) gate of a community on a road, 0 = none

    @kept
    def alike(self) -> tuple[Longs, Longs]:
        """Gates are of a kind if every trigger sets them alike: one gate of each kind, and the kind of each."""
        both = np.concatenate([self.gates.astype(np.float64), np.where(self.gates, self.share, 0.0)])
        _, first, kind = np.unique(both, axis=1, return_index=True, return_inverse=True)
        return first, kind.reshape(-1)

    @kept
    def kinds(self) -> Longs:
        """Kind of the gate of a community on a road, shape (C, L)."""
        _, kind = self.alike
        return kind[self.number]


@dataclass(frozen=True)
class CampEffects:
    trigger: Shorts  # (E,)
    place: Shorts  # (E,)
    room: Ints  # (E,) persons


@dataclass(frozen=True)
class WarningEffects:
    """Word that the feared side is coming."""

    trigger: Shorts  # (E,)
    place: Shorts  # (E,)
    share: Floats  # (E,) of the weight of a capture
    days: Shorts  # (E,)


@dataclass(frozen=True)
class TransportEffects:
    """Displaced people carried from place to place."""

    trigger: Shorts  # (E,)
    start: Shorts  # (E,) place
    end: Shorts  # (E,) place
    persons: Ints  # (E,) a day at most
    days: Shorts  # (E,)
    carries: Bools  # (E, C) communities


@dataclass(frozen=True)
class SideEffects:
    """Recruits a day, deliveries, leave to take over."""

    trigger: Shorts  # (E,)
    side: Bytes  # (E,)
    amount: Ints  # (E,) men a day, pieces, or the other side
    days: Shorts  # (E,)
    place: Shorts | None = None  # (E,) recruits join only units here; OFF_MAP, or None for all: anywhere

    @kept
    def where(self) -> Shorts:
        """``place`` for every effect, shape (E,)."""
        return self.place if self.place is not None else np.full(len(self.trigger), OFF_MAP, np.int16)

    @kept
    def calls(self) -> dict[int, Longs]:
        """Effects by ``where``."""
        return {place: cells_of(self.where == place) for place in sorted(set(self.where.tolist()))}

    @kept
    def brings(self) -> Floats:
        """What each effect brings to each side, whole numbers, shape (E, highest side + 1)."""
        brings = np.zeros((len(self.side), int(self.side.max(initial=0)) + 1))
        brings[np.arange(len(self.side)), self.side] = self.amount
        return brings


@dataclass(frozen=True)
class UnitEffects:
    """Arrivals, reinforcements, pay, commanders who leave."""

    trigger: Shorts  # (E,)
    unit: Shorts  # (E,)
    low: Ints  # (E,)
    value: Ints  # (E,)
    high: Ints  # (E,)

    @kept
    def triggers(self) -> Longs:
        """The triggers that have any of these effects, each once."""
        return np.unique(self.trigger).astype(np.int64)


@dataclass(frozen=True)
class Effects:
    """Everything that triggers can do, by kind."""

    nerve: NerveEffects
    strikes: PlaceEffects
    airlift: PlaceEffects
    works: PlaceEffects
    roads: LinkEffects
    gates: GateEffects
    camps: CampEffects
    warnings: WarningEffects
    transports: TransportEffects
    recruits: SideEffects
    equip: SideEffects
    takeover: SideEffects
    arrive: UnitEffects
    reinforce: UnitEffects
    paid: UnitEffects  # value 1 = paid, 0 = not
    command_leaves: UnitEffects

    @kept
    def on_the_way(self) -> Longs:
        """Triggers that are news to people on the way: of roads, gates and camps."""
        triggers = (self.roads.trigger, self.gates.trigger, self.camps.trigger)
        return np.concatenate(triggers).astype(np.int64)


def in_force(seen: State, trigger: Shorts, days: Shorts) -> Bools:
    """Which effects are in force today, shape (R, E)."""
    since = seen.fired_on.take(trigger, axis=1)
    return (since >= 0) & (since > seen.day - days)


@dataclass(frozen=True)
class Placed:
    """Amounts in force today for sides at places, a column for each site that an effect names."""

    side: Longs  # (K,)
    place: Longs  # (K,)
    amount: Ints  # (R, K + 1), nothing in the last
    column: Longs  # (B, P)
    anywhere: bool
    """Whether anything is in force."""

    def at(self, row: Longs, side: Longs, place: Longs) -> Ints:
        """Amount of each side at each place, shape (N,)."""
        if not self.anywhere or not len(row):
            return np.zeros(len(row), np.int32)
        return pick(self.amount, row, pick(self.column, side, place))

    def cells(self) -> tuple[Longs, Longs, Longs, Ints]:
        """Row, side, place and amount, wherever there is any, in this order."""
        row, site = where(self.amount != 0) if self.anywhere else (cells_of(()), cells_of(()))
        return row, self.side.take(site), self.place.take(site), pick(self.amount, row, site)


def at_places(seen: State, effects: PlaceEffects, n_sides: int) -> Placed:
    """Amounts in force for each side at each place, summed."""
    side, place, _ = effects.sites
    amount = summed(in_force(seen, effects.trigger, effects.days), effects.brings)
    anywhere = bool(amount.any())
    return Placed(side, place, amount, effects.columns(n_sides, seen.control.shape[1]), anywhere)


def summed(active: Bools, brings: Floats) -> Ints:
    """What effects that are ``active`` (R, E) bring to each column, (R, K); ``brings`` (E, K) in whole numbers."""
    return (active.astype(np.float64) @ brings).astype(np.int32)  # a matrix product, but of whole numbers: exact


def warned(seen: State, warnings: WarningEffects) -> Floats:
    """Weight of the strongest warning in force at each place, against that of a capture; shape (R, P)."""
    weight = np.zeros(seen.control.shape)
    row, effect = np.nonzero(in_force(seen, warnings.trigger, warnings.days))
    np.maximum.at(weight, (row, warnings.place[effect]), warnings.share[effect])
    return weight


def turns_today(seen: State, roads: LinkEffects) -> Bools:
    """Replicas in which a road closes or opens today, by an event or because its time is up, shape (R,)."""
    since = seen.fired_on.take(roads.trigger, axis=1)
    ends = roads.closes & (since >= 0) & (since == seen.day - roads.days)
    return np.asarray(((since == seen.day) | ends).any(axis=1))


def shut_links(seen: State, roads: LinkEffects, n_links: int) -> Bools:
    """Roads closed today, shape (R, L): closed, and not opened since."""
    shut = np.zeros((seen.replicas, n_links), np.bool_)
    active = in_force(seen, roads.trigger, roads.days)
    for effect in cells_of(active.any(axis=0) & roads.closes):
        closed, since = active[:, effect], seen.fired_on[:, roads.trigger[effect]]
        pair = roads.links.min(axis=1)
        for other in cells_of(~roads.closes & (pair == pair[effect])):
            closed = closed & (seen.fired_on[:, roads.trigger[other]] < since)
        shut[:, roads.links[effect]] |= closed[:, None]
    return shut


def gate_shares(seen: State, gates: GateEffects) -> Floats:
    """Share let through each gate today, shape (R, K + 1), 1 where none is set; the newest rule counts."""
    _, kind = gates.alike
    return kind_shares(seen, gates).take(kind, axis=1)


def kind_shares(seen: State, gates: GateEffects) -> Floats:
    """The same for every kind of gate that ``GateEffects.kinds`` counts, which are few; shape (R, kinds)."""
    first, _ = gates.alike
    sets, n = gates.gates[:, first], len(gates.trigger) + 1
    shares = np.concatenate([gates.share[:, first], np.ones((1, len(first)))])
    since = np.ascontiguousarray(seen.fired_on.take(gates.trigger, axis=1).T)[:, None, :].astype(np.int32)
    age = since * n + np.arange(n - 1, dtype=np.int32)[:, None, None]
    newest = np.where((since >= 0) & sets[:, :, None], age, -1).max(axis=0, initial=-1)
    return np.ascontiguousarray(pick(shares, newest % n, np.arange(len(first))[:, None]).T)  # of no rule: the last
