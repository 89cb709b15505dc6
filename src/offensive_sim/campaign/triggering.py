"""Triggers resolved: conditions and effects with indices for names and day numbers for dates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, assert_never

import numpy as np

from offensive_sim.engine import conditions as met
from offensive_sim.engine import effects as done
from offensive_sim.engine.axes import OFF_MAP, Bytes
from offensive_sim.engine.world import Links
from offensive_sim.scenario import relief
from offensive_sim.scenario import triggers as say
from offensive_sim.scenario.model import Scenario


@dataclass(frozen=True)
class Names:
    """The number of every name, in the order of the files."""

    places: dict[str, int]
    factions: dict[str, int]
    units: dict[str, int]
    communities: dict[str, int]
    sides: dict[str, int]
    """The faction in whose name each holds."""

    @classmethod
    def of(cls, scenario: Scenario) -> "Names":
        """Number the scenario's names in the order of the files; factions that hold for another come last."""
        holders = sorted(scenario.factions, key=lambda name: scenario.factions[name].holds_for is not None)
        tables = (scenario.places, dict.fromkeys(holders), scenario.units, scenario.communities)
        places, factions, units, communities = ({name: i for i, name in enumerate(table)} for table in tables)
        sides = {name: factions[faction.holds_for or name] for name, faction in scenario.factions.items()}
        return cls(places, factions, units, communities, sides)


@dataclass(frozen=True)
class _Row:
    """One trigger as the engine counts them: an event, or one account of it."""

    id: str
    trigger: say.Trigger
    then: tuple[say.Effect, ...]


def _rows(scenario: Scenario) -> list[_Row]:
    rows = []
    for key, trigger in scenario.triggers.items():
        rows.append(_Row(key, trigger, trigger.then))
        rows += [_Row(f"{key}/{account.id}", trigger, account.then) for account in trigger.accounts]
    return rows


def resolve_triggers(scenario: Scenario, index: Names, control: Bytes) -> met.TriggerTable:
    """Conditions by index; rival accounts of one event share its condition."""
    rows = _rows(scenario)
    flags: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for effect in row.then:
            if isinstance(effect, say.SetFlag):
                flags.setdefault(effect.flag, []).append(number)
    resolver = _Resolver(scenario, index, control, {flag: tuple(who) for flag, who in flags.items()})
    resolved = tuple(resolver.condition(row.trigger.when) for row in rows)
    numbers = {row.id: i for i, row in enumerate(rows)}
    rivals = [(key, t.accounts) for key, t in scenario.triggers.items() if t.accounts]
    return met.TriggerTable(
        ids=tuple(row.id for row in rows),
        conditions=resolved,
        earliest=tuple(met.first_possible_day(one) for one in resolved),
        odds=tuple(row.trigger.odds for row in rows),
        account_of=tuple(tuple(numbers[f"{key}/{a.id}"] for a in accounts) for key, accounts in rivals),
        account_weights=tuple(tuple(a.weight for a in accounts) for _, accounts in rivals),
    )


@dataclass(frozen=True)
class _Resolver:
    scenario: Scenario
    index: Names
    control: Bytes
    flags: dict[str, tuple[int, ...]]

    def condition(self, words: say.Condition) -> met.Condition:  # noqa: C901, PLR0911 - one line a word
        index = self.index
        match words:
            case say.FromDay(day=day):
                return met.FromDay((day - self.scenario.first_day).days)
            case say.Holds(place=place, faction=faction):
                return met.Holds(index.places[place], index.sides[faction])
            case say.Contested(place=place):
                return met.Contested(index.places[place])
            case say.Broken(unit=unit):
                return met.Broken(index.units[unit])
            case say.FlagSet(flag=flag):
                return met.Fired(self.flags[flag])
            case say.PlacesTaken(faction=faction, count=count):
                side = index.sides[faction]
                return met.PlacesTaken(side, count, int((self.control == side).sum()))
            case say.AllOf(of=of):
                return met.AllOf(tuple(self.condition(one) for one in of))
            case say.AnyOf(of=of):
                return met.AnyOf(tuple(self.condition(one) for one in of))
            case say.Not(of=of):
                return met.Not(self.condition(of))
            case _:
                assert_never(words)


def resolve_effects(scenario: Scenario, index: Names, links: Links) -> done.Effects:
    """Every effect into the table of its kind."""
    found = [(number, effect) for number, row in enumerate(_rows(scenario)) for effect in row.then]
    link = {(int(a), int(b)): i for i, (a, b) in enumerate(zip(links.start, links.end, strict=True))}

    def of(*kinds: type) -> Iterator[tuple[int, Any]]:
        return ((number, effect) for number, effect in found if isinstance(effect, kinds))

    side = index.sides
    for_life = 400
    return done.Effects(
        nerve=_nerve(scenario, index, list(of(say.Nerve))),
        strikes=_at_places(index, of(say.AirStrikes), lambda e: (e.strikes, e.days)),
        airlift=_at_places(index, of(say.AirSupply), lambda e: (1, e.days)),
        works=_at_places(index, of(say.Works), lambda e: (e.points, for_life)),
        roads=_roads(index, link, list(of(say.CloseLink, say.OpenLink))),
        gates=_gates(index, link, list(of(relief.Gate))),
        camps=_camps(index, list(of(relief.OpenCamp))),
        warnings=_warnings(index, list(of(relief.WarningGiven))),
        transports=_transports(index, list(of(relief.Transport))),
        recruits=_sides([(t, side[e.faction], e.men_a_day, e.days) for t, e in of(say.Recruits)]),
        equip=_sides([(t, side[e.faction], e.pieces, 1) for t, e in of(say.Equip)]),
        takeover=_sides([(t, side[e.faction], side[e.from_faction], for_life) for t, e in of(say.MayTakeOver)]),
        arrive=_units([(t, index.units[e.unit], 0, 0, 0) for t, e in of(say.Arrive)]),
        reinforce=_units([(t, index.units[e.unit], e.low, e.value, e.high) for t, e in of(say.Reinforce)]),
        paid=_units([(t, index.units[u], 0, int(e.paid), 0) for t, e in of(say.Pay) for u in e.units]),
        command_leaves=_units([(t, index.units[e.hq], 0, 0, 0) for t, e in of(say.CommandLeaves)]),
    )


def _nerve(scenario: Scenario, index: Names, rows: list[tuple[int, say.Nerve]]) -> done.NerveEffects:
    units = np.zeros((len(rows), len(index.units)), np.bool_)
    for number, (_, effect) in enumerate(rows):
        for key, unit in scenario.units.items():
            units[number, index.units[key]] = key in effect.units or unit.faction == effect.faction
    return done.NerveEffects(
        trigger=np.array([t for t, _ in rows], np.int16),
        units=units,
        place=np.array([index.places[e.place] if e.place else OFF_MAP for _, e in rows], np.int16),
        points=np.array([e.points for _, e in rows], np.int16),
        days=np.array([e.days for _, e in rows], np.int16),
    )


def _at_places(
    index: Names, rows: Iterator[tuple[int, Any]], amount_days: Callable[[Any], tuple[int, int]]
) -> done.PlaceEffects:
    table = [(t, index.sides[e.faction], index.places[e.place], *amount_days(e)) for t, e in rows]
    trigger, side, place, amount, days = np.array(table, np.int16).reshape(-1, 5).T
    return done.PlaceEffects(trigger, side.astype(np.int8), place, amount, days)


def _roads(
    index: Names, link: dict[tuple[int, int], int], rows: list[tuple[int, say.CloseLink | say.OpenLink]]
) -> done.LinkEffects:
    pairs = [(index.places[e.a], index.places[e.b]) for _, e in rows]
    return done.LinkEffects(
        trigger=np.array([t for t, _ in rows], np.int16),
        links=np.array([(link[a, b], link[b, a]) for a, b in pairs], np.int16).reshape(-1, 2),
        closes=np.array([isinstance(e, say.CloseLink) for _, e in rows], np.bool_),
        days=np.array([getattr(e, "days", 0) for _, e in rows], np.int16),
    )


def _gates(
    index: Names, link: dict[tuple[int, int], int], rows: list[tuple[int, relief.Gate]]
) -> done.GateEffects:
    pairs = [
        [(index.communities[c], link[index.places[e.a], index.places[e.b]]) for c in e.communities or index.communities]
        for _, e in rows
    ]
    distinct = sorted({pair for some in pairs for pair in some})
    number = np.zeros((len(index.communities), len(link)), np.int16)
    for column, (community, road) in enumerate(distinct, start=1):
        number[community, road] = column
    triggers = sorted({trigger for trigger, _ in rows})
    gates = np.zeros((len(triggers), len(distinct) + 1), np.bool_)
    share = np.ones(gates.shape)
    for (trigger, effect), some in zip(rows, pairs, strict=True):
        mine = [number[community, road] for community, road in some]
        gates[triggers.index(trigger), mine] = True
        share[triggers.index(trigger), mine] = effect.share
    return done.GateEffects(np.array(triggers, np.int16), gates, share, number)


def _camps(index: Names, rows: list[tuple[int, relief.OpenCamp]]) -> done.CampEffects:
    return done.CampEffects(
        trigger=np.array([t for t, _ in rows], np.int16),
        place=np.array([index.places[e.place] for _, e in rows], np.int16),
        room=np.array([e.room for _, e in rows], np.int32),
    )


def _warnings(index: Names, rows: list[tuple[int, relief.WarningGiven]]) -> done.WarningEffects:
    return done.WarningEffects(
        trigger=np.array([t for t, _ in rows], np.int16),
        place=np.array([index.places[e.place] for _, e in rows], np.int16),
        share=np.array([e.share for _, e in rows], np.float64),
        days=np.array([e.days for _, e in rows], np.int16),
    )


def _transports(index: Names, rows: list[tuple[int, relief.Transport]]) -> done.TransportEffects:
    carries = [[name in (e.communities or index.communities) for name in index.communities] for _, e in rows]
    return done.TransportEffects(
        trigger=np.array([t for t, _ in rows], np.int16),
        start=np.array([index.places[e.place] for _, e in rows], np.int16),
        end=np.array([index.places[e.to] for _, e in rows], np.int16),
        persons=np.array([e.persons for _, e in rows], np.int32),
        days=np.array([e.days for _, e in rows], np.int16),
        carries=np.array(carries, np.bool_).reshape(len(rows), len(index.communities)),
    )


def _sides(rows: list[tuple[int, int, int, int]]) -> done.SideEffects:
    trigger, side, amount, days = np.array(rows, np.int32).reshape(-1, 4).T
    return done.SideEffects(trigger.astype(np.int16), side.astype(np.int8), amount, days.astype(np.int16))


def _units(rows: list[tuple[int, int, int, int, int]]) -> done.UnitEffects:
    trigger, unit, low, value, high = np.array(rows, np.int32).reshape(-1, 5).T
    return done.UnitEffects(trigger.astype(np.int16), unit.astype(np.int16), low, value, high)
