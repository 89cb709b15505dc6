"""One evening as a map shows it: places, roads, units, people away from home. No pygame, no numbers of the engine."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import LONG_AGO, NO_LINK, Bytes, Status
from offensive_sim.engine.state import State
from offensive_sim.scenario.forces import Faction
from offensive_sim.scenario.ground import Place
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.views.passage import Camp, Gate, camps, gates

BOTH: Final = "contested"
"""Stands for the holder of a place in which history knows two."""
_JUDGED: Final = ("judgement",)
_CAPITAL_FROM: Final = 400_000
_TOWN_FROM: Final = 25_000
"""Residents from which a city is drawn as a capital, and a town as more than a dot."""


@dataclass(frozen=True)
class Party:
    """A faction as the map draws it."""

    id: str
    name: str
    colour: str
    pattern: str
    letter: str


@dataclass(frozen=True)
class PlaceMark:
    """A place on one evening."""

    id: str
    names: tuple[str, str | None, str | None]
    """English, Arabic, Sorani."""
    kind: str
    lon: float
    lat: float
    residents: int
    holder: str
    contested_by: str | None
    documented: bool
    """Whether its holder rests on a source or on what was played, not only on its neighbours."""
    unclear: bool
    """Whether its source is weak."""
    history: str | None
    """Who held it in fact that evening, ``contested``, or None if not asked for."""
    sheltered: int
    """Displaced people who have stopped there."""
    moving: int
    """Displaced people on the move, now there."""
    other: str | None = None
    """Who holds it in the world beside this one, or ``contested``; None where both have it alike, or there is one."""

    def name(self, language: str) -> str:
        """In a language, or in English."""
        return self.names[{"ar": 1, "ckb": 2}.get(language, 0)] or self.names[0]

    @property
    def differs(self) -> bool:
        """Whether history had it otherwise."""
        held = BOTH if self.contested_by else self.holder
        return self.history is not None and self.history != held

    @property
    def tier(self) -> str:
        """capital, city, town or minor: how large it is drawn."""
        if self.kind == "city":
            return "capital" if self.residents >= _CAPITAL_FROM else "city"
        return "town" if self.kind == "town" and self.residents >= _TOWN_FROM else "minor"

    @property
    def displaced(self) -> int:
        """All displaced people there."""
        return self.sheltered + self.moving


@dataclass(frozen=True)
class Road:
    """A road between two places, by their numbers in ``Board.places``."""

    start: int
    end: int
    km: float
    road: str
    via: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class UnitMark:
    """A formation on the map."""

    id: str
    name: str
    faction: str
    kind: str
    echelon: str
    men: int
    hq: bool
    lon: float
    lat: float
    place: int
    """Number of the place where it is, or which it last left."""
    on_road: bool


@dataclass(frozen=True)
class Flow:
    """People away from home since the first day, from their home area to where they are."""

    start: int
    end: int
    people: int


@dataclass(frozen=True)
class Board:
    """One evening."""

    title: str
    evening: date
    day: int
    n_days: int
    parties: dict[str, Party]
    places: tuple[PlaceMark, ...]
    roads: tuple[Road, ...]
    units: tuple[UnitMark, ...]
    flows: tuple[Flow, ...]
    displaced: int
    """Displaced people in all."""
    displaced_before: int
    """Displaced people on the first evening."""
    seen_as: str = "model"
    """Whose map it is, as ``Replay.board`` calls it."""
    camps: tuple[Camp, ...] = ()
    gates: tuple[Gate, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()
    """What is supposed in this world; none: as it happened."""

    @property
    def supposed(self) -> bool:
        """Whether a what-if reaches this evening; before its date the days are as they happened in the model.

        One that begins on the first day reaches the opening: it may be about how many men there are.
        """
        last = self.evening if self.day else self.evening + timedelta(days=1)
        return any(what_if.date <= last for what_if in self.what_ifs)

    def held(self) -> dict[str, int]:
        """Places by holder, most first; contested ones count for who holds them."""
        count: dict[str, int] = defaultdict(int)
        for place in self.places:
            count[place.holder] += 1
        return dict(sorted(count.items(), key=lambda item: (-item[1], item[0])))


def board(
    game: Game, state: State, row: int = 0, history_codes: Bytes | None = None, beside: Bytes | None = None
) -> Board:
    """One replica's evening.

    ``history_codes`` are that evening's row of ``scorecard.history``, ``beside`` who holds the places in another world
    that evening, as ``shown_in`` has it; both of shape (P,).
    """
    scenario, world = game.scenario, game.world
    return Board(
        title=scenario.title,
        evening=world.first_day + timedelta(days=state.day - 1),
        day=state.day,
        n_days=world.n_days,
        parties={key: _party(key, faction) for key, faction in scenario.factions.items()},
        places=_places(game, state, row, (history_codes, beside)),
        roads=_roads(game),
        units=_units(game, state, row),
        flows=_flows(game, state, row),
        displaced=int(state.displaced()[row].sum()),
        displaced_before=int(world.people.displaced.sum()),
        camps=camps(game, state, row),
        gates=gates(game, state, row),
        what_ifs=game.what_ifs,
    )


def shown_in(state: State) -> Bytes:
    """Who holds each place in the first replica, or ``CONTESTED``; shape (P,)."""
    return np.where(state.contested_by[0] >= 0, CONTESTED, state.control[0]).astype(np.int8)


def _party(key: str, faction: Faction) -> Party:
    return Party(key, faction.name, faction.colour, faction.pattern, faction.letter)


def _places(
    game: Game, state: State, row: int, compared: tuple[Bytes | None, Bytes | None]
) -> tuple[PlaceMark, ...]:
    codes, beside = compared
    here = shown_in(state)
    ids, factions = game.world.places.ids, game.world.factions.ids
    sheltered, moving = state.sheltered[row].sum(axis=0), state.moving[row].sum(axis=0)
    marks = []
    for p, key in enumerate(ids):
        place, opening = game.scenario.places[key], game.scenario.opening[key]
        untouched = int(state.taken_on[row, p]) == LONG_AGO
        inside = int(state.contested_by[row, p])
        marks.append(
            PlaceMark(
                id=key,
                names=(place.name, place.name_ar, place.name_ku),
                kind=place.kind,
                lon=place.lon,
                lat=place.lat,
                residents=place.people.value if place.people else 0,
                holder=factions[state.control[row, p]],
                contested_by=factions[inside] if inside >= 0 else None,
                documented=not untouched or opening.source != _JUDGED,
                unclear=untouched and opening.confidence == "low" and opening.source != _JUDGED,
                history=None if codes is None else _code_name(factions, int(codes[p])),
                sheltered=int(sheltered[p]),
                moving=int(moving[p]),
                other=None if beside is None or beside[p] == here[p] else _code_name(factions, int(beside[p])),
            )
        )
    return tuple(marks)


def _code_name(factions: tuple[str, ...], code: int) -> str:
    return BOTH if code == CONTESTED else factions[code]


def _roads(game: Game) -> tuple[Road, ...]:
    number = {key: p for p, key in enumerate(game.world.places.ids)}
    return tuple(Road(number[r.a], number[r.b], r.km, r.road, r.via) for r in game.scenario.links)


def _units(game: Game, state: State, row: int) -> tuple[UnitMark, ...]:
    seen = (Status.ACTIVE, Status.FALLING_BACK)
    marks = []
    for u in np.flatnonzero(np.isin(state.status[row], seen) & (state.unit_place[row] >= 0)):
        unit, p, link = game.scenario.units[game.world.units.ids[u]], state.unit_place[row, u], state.unit_link[row, u]
        lon, lat = _where(game, int(p), int(link), int(state.unit_left_m[row, u]))
        marks.append(
            UnitMark(
                id=game.world.units.ids[u],
                name=unit.name,
                faction=unit.faction,
                kind=unit.kind,
                echelon=unit.echelon,
                men=int(state.men[row, u]),
                hq=unit.hq,
                lon=lon,
                lat=lat,
                place=int(p),
                on_road=bool(link != NO_LINK),
            )
        )
    return tuple(marks)


def _where(game: Game, place: int, link: int, left_m: int) -> tuple[float, float]:
    """Longitude and latitude, on a road by the share of it still to go."""
    here = _point(game, place)
    if link == NO_LINK:
        return here.lon, here.lat
    there = _point(game, int(game.world.links.end[link]))
    done = 1 - min(left_m / max(int(game.world.links.march_m[link]), 1), 1.0)
    return here.lon + (there.lon - here.lon) * done, here.lat + (there.lat - here.lat) * done


def _point(game: Game, place: int) -> Place:
    return game.scenario.places[game.world.places.ids[place]]


def _flows(game: Game, state: State, row: int) -> tuple[Flow, ...]:
    """From each group's largest home to where its people went since the first evening, most first."""
    people = game.world.people
    since = state.sheltered[row] + state.moving[row] - people.displaced
    main: dict[int, int] = {}
    for h in np.argsort(people.persons, kind="stable"):
        main[int(people.home_group[h])] = int(people.home_place[h])
    total: dict[tuple[int, int], int] = defaultdict(int)
    for g, p in np.argwhere(since > 0):
        if g in main and main[g] != p:
            total[main[g], int(p)] += int(since[g, p])
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Flow(start, end, number) for (start, end), number in ranked)
