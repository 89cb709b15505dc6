"""The evening before the first day, and the rules' numbers, drawn once a replica where they are uncertain."""

from collections.abc import Callable
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.engine.axes import (
    LONG_AGO,
    NEVER,
    NO_LINK,
    OFF_MAP,
    RULED_OUT,
    Floats,
    Ints,
    Longs,
    Status,
)  # fmt: skip
from offensive_sim.engine.crowd import Crowd
from offensive_sim.engine.dice import Dice, Draw, triangular
from offensive_sim.engine.presence import by_group
from offensive_sim.engine.rates import Rates, names
from offensive_sim.engine.state import State
from offensive_sim.engine.world import People, World
from offensive_sim.scenario.rules import RULES

FLIGHT_SIGMA: Final = 0.3
"""Standard deviation of the logarithm of a group's lasting luck (prior of the flow model)."""
_TOCHER: Final = 1.702


def rates(game: Game, dice: Dice, *, spread: bool) -> Rates:
    """The rules' numbers: the central value in each replica, or one draw a replica from low to high."""
    n = len(dice.replicas)
    overrides = game.scenario.rules.root
    values: dict[str, Floats] = {}
    u = dice.uniforms(Draw.RATES, 0, len(RULES))
    for column, name in enumerate(names()):
        rule = RULES[name]
        best = np.full(n, overrides.get(name, rule.value))
        drawn = triangular(u[:, column], np.full(n, rule.low), best, np.full(n, rule.high))
        values[name] = drawn if spread else best
    n_units, n_groups = game.world.n_units, len(game.world.people.group_ids)
    unit_luck = dice.uniforms(Draw.UNIT_LUCK, 0, n_units) if spread else np.full((n, n_units), 0.5)
    flight = _lognormal(dice.uniforms(Draw.FLIGHT_LUCK, 0, n_groups)) if spread else np.ones((n, n_groups))
    return Rates(
        **values,
        unit_luck=unit_luck,
        flight_luck=flight,
        vulnerability=_vulnerability(game.world, dice, spread=spread),
        reinforcements=_reinforcements(game.world, dice, spread=spread),
    )


def _vulnerability(world: World, dice: Dice, *, spread: bool) -> Floats:
    low, best, high = world.people.vulnerability.T
    if not spread:
        return np.repeat(best[None, :], len(dice.replicas), axis=0)
    return triangular(dice.uniforms(Draw.VULNERABILITY, 0, len(best)), low, best, high)


def _reinforcements(world: World, dice: Dice, *, spread: bool) -> Ints:
    men = world.effects.reinforce
    if not spread:
        return np.repeat(men.value[None, :], len(dice.replicas), axis=0)
    low, best, high = (x.astype(np.float64) for x in (men.low, men.value, men.high))
    drawn = triangular(dice.uniforms(Draw.REINFORCE, 0, len(men.unit)), low, best, high)
    return np.floor(drawn).astype(np.int32)


def _lognormal(u: Floats) -> Floats:
    """Lognormal with median 1, by Tocher's (1963) logistic stand-in for the normal, rounded to a millionth."""
    safe = np.clip(u, 1e-6, 1.0 - 1e-6)
    drawn: Floats = np.power(safe / (1.0 - safe), FLIGHT_SIGMA / _TOCHER).round(6)
    return drawn


def opening(game: Game, dice: Dice, *, spread: bool) -> State:
    """The evening before the first day; reported numbers at their best, or drawn once a replica from low to high."""
    world, n = game.world, len(dice.replicas)
    units, people = world.units, world.people
    n_factions, n_triggers = len(world.factions.ids), len(world.triggers.ids)

    def drawn(best: Ints, low: Ints, high: Ints, at: int, group: Longs | None = None) -> Ints:
        u = dice.uniforms(Draw.OPENING, at, best.size if group is None else len(people.group_ids))
        u = u if group is None else u[:, group]
        values = triangular(u, *(x[None, :].astype(np.float64) for x in (low, best, high)))
        whole = np.floor(values + 0.5) if spread else np.repeat(best[None, :], n, axis=0)
        return whole.astype(np.int32)

    held = units.held_back
    status = np.where(units.underground, Status.UNDERGROUND, Status.ACTIVE)
    status = np.where(held, Status.WAITING, status).astype(np.int8)
    def each(row: np.ndarray, dtype: type) -> np.ndarray:
        return np.repeat(np.asarray(row, dtype)[None], n, axis=0)

    at_home = drawn(people.persons, people.persons_low, people.persons_high, 3)
    in_shelter = _in_shelter(people, drawn, n)
    return State(
        day=0,
        control=each(world.control, np.int8),
        contested_by=each(world.contested_by, np.int8),
        taken_on=np.full((n, world.n_places), LONG_AGO, np.int16),
        front_since=np.full((n, world.n_places), NEVER, np.int16),
        stock_left=drawn(world.places.stock, world.places.stock_low, world.places.stock_high, 1),
        kit=np.zeros((n, n_factions), np.int32),
        kit_ready=np.zeros((n, n_factions), np.int32),
        supplied=np.zeros((n, world.n_places), np.bool_),
        unit_place=each(np.where(held, OFF_MAP, units.start), np.int16),
        unit_link=np.full((n, world.n_units), NO_LINK, np.int16),
        unit_left_m=np.zeros((n, world.n_units), np.int32),
        unit_from=each(units.start, np.int16),
        status=each(status, np.int8),
        men=drawn(units.men, units.men_low, units.men_high, 2),
        nerve=each(_first_nerve(world), np.int16),
        days_cut=np.zeros((n, world.n_units), np.int16),
        rest_until=np.zeros((n, world.n_units), np.int16),
        rest_at=np.full((n, world.n_units), OFF_MAP, np.int16),
        broke_on=np.full((n, world.n_units), NEVER, np.int16),
        broke_at=np.zeros((n, world.n_units), np.int16),
        broke_men=np.zeros((n, world.n_units), np.int32),
        rally=np.full((n, world.n_units), OFF_MAP, np.int16),
        fired_on=_accounts(world, dice, n_triggers, spread=spread),
        group_persons=by_group(people, at_home) + in_shelter.by_group,
        residents=at_home.copy(),
        at_home=at_home,
        in_shelter=in_shelter,
        on_road=Crowd(np.zeros(0, np.int64), np.zeros(0, np.int32), in_shelter.shape),
        outlook=np.zeros((n, world.n_places, len(people.community_ids)), np.float32),
        outlook_of=np.full((n, 1), NEVER, np.int16),
        outlook_for=np.zeros((n, world.n_places), np.bool_),
        killed=np.zeros((n, n_factions), np.int32),
        dispersed=np.zeros((n, n_factions), np.int32),
        joined=np.zeros((n, n_factions), np.int32),
    )


def _in_shelter(people: People, drawn: Callable[..., Ints], replicas: int) -> Crowd:
    """Those who were displaced before the first day; one draw a group."""
    group, place = np.nonzero(people.displaced_high)
    numbers = (table[group, place] for table in (people.displaced, people.displaced_low, people.displaced_high))
    persons = drawn(*numbers, 4, group)
    shape = (replicas, *people.displaced.shape)
    cell = (np.arange(replicas)[:, None] * people.displaced.size + group * shape[2] + place).ravel()
    return Crowd.listed(cell, persons.ravel(), shape)


def _first_nerve(world: World) -> np.ndarray:
    """Nerve on the first evening, before anything has happened: what no day changes."""
    units, every = world.units, np.arange(world.n_units)
    cadre, leadership, ghosts, unpaid = units.fixed_points.T
    place = np.maximum(units.start, 0)
    at_home = units.home[every, place]
    strange = world.places.estranged[units.faction, place] & ~at_home
    value = {name: rule.value for name, rule in RULES.items()}
    points = value["base"] + cadre + leadership + value["home"] * at_home
    points = points + value["shrine"] * (world.places.shrine[place] & ~at_home)
    points = points - value["ghosts"] * ghosts / 100.0 - value["unpaid"] * unpaid - value["estranged"] * strange
    return np.clip(np.round(points), 0, 100)


def _accounts(world: World, dice: Dice, n_triggers: int, *, spread: bool) -> np.ndarray:
    """Which of several rival accounts is true in each replica: the others are ruled out, shape (R, T)."""
    fired = np.full((len(dice.replicas), n_triggers), NEVER, np.int16)
    u = dice.uniforms(Draw.ACCOUNTS, 0, max(len(world.triggers.account_of), 1))
    rivals = zip(world.triggers.account_of, world.triggers.account_weights, strict=True)
    for column, (triggers, weights) in enumerate(rivals):
        running = np.cumsum(weights) / sum(weights)
        chosen = (u[:, column, None] >= running[None, :-1]).sum(axis=1) if spread else np.full(
            len(fired), int(np.argmax(weights))
        )
        for number, trigger in enumerate(triggers):
            fired[chosen != number, trigger] = RULED_OUT
    return fired
