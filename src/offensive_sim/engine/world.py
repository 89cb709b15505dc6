"""What no day changes, as frozen arrays; campaign/compiling.py fills it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from offensive_sim.engine.axes import NOBODY, OFF_MAP, Bools, Bytes, Floats, Ints, Longs, Shorts, Singles
from offensive_sim.engine.cells import Lists
from offensive_sim.engine.conditions import TriggerTable
from offensive_sim.engine.effects import Effects
from offensive_sim.engine.factions import Factions
from offensive_sim.engine.lazy import kept
from offensive_sim.engine.ways import COLUMNS_ABREAST, Ways

NO_ROAD_M: Final = 10**9
"""Metres, more than any road has."""


@dataclass(frozen=True)
class Places:
    """Places and what the ground means to a defender."""

    ids: tuple[str, ...]
    works: Shorts  # (P,) points
    river_bend: Bools  # (P,)
    shrine: Bools  # (P,)
    estranged: Bools  # (F, P) the town saw this faction's garrison as strangers
    stock: Ints  # (P,) vehicles and heavy weapons, best estimate
    stock_low: Ints  # (P,)
    stock_high: Ints  # (P,)
    cover: Floats  # (P,) what a man in position there is worth against one in the open
    guarded: Bools  # (P,) a city or an installation: taken by those inside it, never by patrols
    remote: Bools  # (P,) a border crossing far from any town: nobody's without men or supply
    wary: Bools  # (P,) most people there fear the side they would flee from: it cannot hold them by patrols alone
    frontage: Floats  # (P,) fighting power that finds room there


@dataclass(frozen=True)
class Links:
    """Roads; both directions present."""

    start: Shorts  # (L,) place
    end: Shorts  # (L,) place
    metres: Ints  # (L,) metres of road
    march_m: Ints  # (L,) metres as a column counts them: longer on worse roads
    reverse: Shorts  # (L,) the same road the other way
    neighbour: Shorts  # (P, S) place at the far end, OFF_MAP where there is no road
    slot_link: Shorts  # (P, S) link, NO_LINK where there is none
    next_slot: Bytes  # (P, P) slot of the first road of the quickest way
    way_m: Ints  # (P, P) metres of the quickest way as a column counts them
    by_degree: Longs  # (P,) places, those with most roads first
    degree: Longs  # (S,) how many places have more than s roads
    minus_roads: Bytes  # (P,) less how many roads a place has
    ahead: Longs  # (S, P) as neighbour, 0 where there is no road
    road: Longs  # (S, P) as slot_link, 0 where there is no road
    drive_steps: Floats  # (L,) share of those on the road who finish it in four hours

    @kept
    def slot_m(self) -> Ints:
        """Metres of road in each slot, shape (P, S); ``NO_ROAD_M`` where there is none."""
        return np.where(self.slot_link >= 0, self.metres[self.slot_link], NO_ROAD_M).astype(np.int32)

    @kept
    def rank(self) -> Longs:
        """Where each place is in ``by_degree``, shape (P,)."""
        return np.argsort(self.by_degree, kind="stable")

    @kept
    def by_slot(self) -> tuple[Longs, Longs]:
        """Roads slot by slot, in each by start as ``by_degree``: where in that they end, and the link; (L,) both."""
        here = np.concatenate([self.by_degree[:0], *(self.by_degree[:many] for many in self.degree)])
        slot = np.repeat(np.arange(len(self.degree)), self.degree)
        return self.rank.take(self.ahead[slot, here]), self.road[slot, here]

    @kept
    def out_of(self) -> Lists:
        """The links that leave every place."""
        return Lists.by_key(self.start, len(self.neighbour))

    @kept
    def _ahead(self) -> tuple[Longs, ...]:
        """As ``neighbour``, one slot after another, each (P,)."""
        return tuple(self.neighbour[:, slot].astype(np.int64) for slot in range(self.neighbour.shape[1]))

    @kept
    def next_place(self) -> Longs:
        """The next place on the quickest way from one place to another, the goal once it is reached; shape (P, P)."""
        ahead = np.take_along_axis(self.neighbour, self.next_slot.astype(np.int64), axis=1).astype(np.int64)
        np.fill_diagonal(ahead, np.arange(len(ahead)))
        return ahead

    def near(self, bits: np.ndarray) -> np.ndarray:
        """The bits of all places one road away, taken together, (P, N) in and out: whole rows are quick to copy."""
        without = np.zeros((len(bits) + 1, bits.shape[1]), bits.dtype)
        without[:-1] = bits
        found = np.zeros(bits.shape, bits.dtype)
        for ahead in self._ahead:
            found |= without.take(ahead, axis=0, mode="wrap")
        return found


@dataclass(frozen=True)
class Units:
    """Formations."""

    ids: tuple[str, ...]
    faction: Bytes  # (U,)
    side: Bytes  # (U,)
    command: Shorts  # (U,) top command
    parent: Shorts  # (U,) headquarters above, NOBODY
    hq: Bools  # (U,)
    armed: Bools  # (U,)
    light: Bools  # (U,) slips past places it is not ordered to take
    quality: Floats  # (U,) 0 to 1
    fixed_points: Shorts  # (U, 4) cadre, leadership, ghosts, unpaid: see lasting.py
    home: Bools  # (U, P)
    patrol_m: Ints  # (U,) metres
    march_m: Ints  # (U,) metres a day
    start: Shorts  # (U,) place
    appears: Shorts  # (U,) day number, NEVER = there from the start or on a trigger
    held_back: Bools  # (U,) waits for a trigger or its day
    underground: Bools  # (U,) starts so
    men: Ints  # (U,) best estimate
    men_low: Ints  # (U,)
    men_high: Ints  # (U,)

    @kept
    def sides(self) -> Longs:
        """``side`` as an index, shape (U,)."""
        return self.side.astype(np.int64)

    @kept
    def of_faction(self) -> Singles:
        """1 where a unit is of a faction, shape (U, highest faction + 1)."""
        return np.eye(int(self.faction.max(initial=0)) + 1, dtype=np.float32)[self.faction]

    @kept
    def of_command(self) -> Lists:
        """The units of every top command."""
        return Lists.by_key(self.command, int(self.command.max(initial=0)) + 1)


@dataclass(frozen=True)
class People:
    """Groups, homes and what draws people where."""

    group_ids: tuple[str, ...]
    community_ids: tuple[str, ...]
    group_community: Bytes  # (G,)
    home_group: Shorts  # (H,) group
    home_place: Shorts  # (H,) place; homes are sorted by group
    group_starts: Longs  # first home of each group that has one ...
    homed: Longs  # ... and those groups
    persons: Ints  # (H,) best estimate
    persons_low: Ints  # (H,)
    persons_high: Ints  # (H,)
    displaced: Ints  # (G, P) away from home on the first evening, best estimate
    displaced_low: Ints  # (G, P)
    displaced_high: Ints  # (G, P)
    vulnerability: Floats  # (C, 3) low, best, high
    mobile: Floats  # (C,) share
    draw: Floats  # (C, P) attraction of a place before safety and room
    road_pull: Floats  # (S, P) share who would go on along each road out of a place, before gates
    feared: int  # side whose advance people flee
    capacity: Longs  # (P,) displaced persons a place can shelter before it is full
    home_near: Floats  # (P, P) how near a home in the first is to a shelter in the second, whole per mille
    threat_weight: Floats  # (P, P) what the holder of one place is to people in another, whole per mille
    threat_before: Floats  # (P,) threat on the first evening, which people lived with

    @kept
    def groups(self) -> Longs:
        """``home_group`` as an index, shape (H,)."""
        return self.home_group.astype(np.int64)

    @kept
    def sites(self) -> Longs:
        """``home_place`` as an index, shape (H,)."""
        return self.home_place.astype(np.int64)

    @kept
    def communities(self) -> Longs:
        """Community of each home, shape (H,)."""
        return self.group_community.astype(np.int64)[self.groups]

    @kept
    def settled(self) -> Ints:
        """Persons of each home who would never leave, shape (H,)."""
        return np.floor(self.persons * (1.0 - self.mobile[self.communities])).astype(np.int32)

    @kept
    def nearness(self) -> Longs:
        """``home_near`` as whole numbers, which are summed up much faster; shape (P, P)."""
        return self.home_near.astype(np.int64)

    @kept
    def threat_singles(self) -> Singles:
        """``threat_weight`` in single precision, which holds whole numbers of its size exactly; shape (P, P)."""
        return self.threat_weight.astype(np.float32)

    @kept
    def roomy_until(self) -> Ints:
        """Displaced persons up to whom a place certainly has room for all who come, shape (P,)."""
        return np.floor(0.85 * self.capacity - 1.0).astype(np.int32)

    @kept
    def draw_there(self) -> Floats:
        """``draw`` by place, shape (P, C)."""
        return np.ascontiguousarray(self.draw.T)

    @kept
    def group_communities(self) -> Longs:
        """``group_community`` as an index, shape (G,)."""
        return self.group_community.astype(np.int64)

    @kept
    def homes_at(self) -> Longs:
        """Homes in each place, shape (K, P) for the most homes a place has; ``NOBODY`` where it has fewer."""
        order = np.argsort(self.home_place, kind="stable")
        place = self.home_place[order]
        nth = np.arange(len(order)) - np.searchsorted(place, place)
        homes = np.full((nth.max(initial=-1) + 1, len(self.capacity)), NOBODY, np.int64)
        homes[nth, place] = order
        return homes


@dataclass(frozen=True)
class World:
    """Everything fixed."""

    first_day: date
    n_days: int
    places: Places
    links: Links
    factions: Factions
    units: Units
    people: People
    triggers: TriggerTable
    effects: Effects
    control: Bytes  # (P,) opening holder
    contested_by: Bytes  # (P,) opening, NOBODY
    shock_near: Bools  # (P, P) within the reach of bad news
    sight: Bools  # (P, P) where men see or hear the same day what happened

    @kept
    def takes_in(self) -> Bools:
        """Places whose people see an enemy of a side as strangers, and take its men in; shape (F, P)."""
        return np.stack([self.places.estranged[enemies].any(axis=0) for enemies in self.factions.hostile])

    @kept
    def patrolled(self) -> Links:
        """For ``Links.near``: the places beside each, without those too far for anybody's patrols."""
        near = self.links.slot_m <= self.units.patrol_m.max(initial=0)
        ahead = -np.sort(-np.where(near, self.links.neighbour, OFF_MAP), axis=1)
        return replace(self.links, neighbour=ahead[:, : near.sum(axis=1).max()])

    @kept
    def ways(self) -> Ways:
        """All roads out of all places in one row."""
        return Ways.of(self.links, self.people.road_pull, self.effects)

    @kept
    def draw_abreast(self) -> Singles:
        """Draw of every place, those with most roads first, side by side for some replicas; shape (P, rows * C)."""
        draw = self.people.draw_there[self.ways.places].astype(np.float32)
        return np.tile(draw, (1, max(COLUMNS_ABREAST // draw.shape[1], 1)))

    @property
    def n_places(self) -> int:
        """P."""
        return len(self.places.ids)

    @property
    def n_units(self) -> int:
        """U."""
        return len(self.units.ids)


def frozen(array: np.ndarray) -> np.ndarray:
    """The same array, refusing writes."""
    array.setflags(write=False)
    return array
