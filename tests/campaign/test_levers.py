"""What a seat directs beside units: where it may go, what stays the same, records and saves."""

from dataclasses import replace

import numpy as np
import pytest
from tests.campaign.helpers import game_of

from offensive_sim.campaign.compiling import compile_scenario
from offensive_sim.campaign.levers import Lever, key_of, levers, moved
from offensive_sim.campaign.odds import preview
from offensive_sim.campaign.record import Record, lines, manifest, verify
from offensive_sim.campaign.saves import load, save
from offensive_sim.campaign.session import Session
from offensive_sim.engine.axes import OFF_MAP, Status
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.effects import at_places
from offensive_sim.engine.levers import Moved, redirected
from offensive_sim.engine.orders import Order
from offensive_sim.engine.phases import supply
from offensive_sim.engine.presence import standing_units
from offensive_sim.errors import SimError
from offensive_sim.scenario.relief import Gate, OpenCamp
from offensive_sim.scenario.triggers import AirStrikes, AirSupply, FromDay, Recruits, Trigger

NORTH, FORD, SOUTH = range(3)
HQ, COMPANY, RESERVE, COLUMN = range(4)
RED, BLUE = 0, 1


def event(day, *effects, led_by=None):
    return Trigger(
        title=f"Event of {day}", does="A test.", when=FromDay(kind="from_day", day=f"2014-06-{day:02}"), then=effects,
        led_by=led_by, known_from=f"2014-06-{day:02}", source=("judgement",), confidence="low", judgement="A test.",
    )  # fmt: skip


FLIGHTS = AirStrikes(kind="air_strikes", faction="red", place="ford", strikes=4, days=3)
DROPS = AirSupply(kind="air_supply", faction="red", place="ford", days=2)
CAMP = OpenCamp(kind="open_camp", place="south", room=500)
CALL = Recruits(kind="recruits", faction="red", men_a_day=60, days=5)
CLOSED = Gate(kind="gate", a="ford", b="south", share=0.25)


def towns(seat="red", days=0, **triggers):
    """The three towns with some events instead of their own."""
    game, _ = game_of("three-towns")
    scenario = game.scenario.model_copy(update={"triggers": triggers})
    session = Session(compile_scenario(scenario), seat, 7)
    for _ in range(days):
        session.end_day()
    return session


def keys(session):
    return [lever.key for lever in session.levers()]


# What can be directed, and when


def test_flights_are_directed_from_their_first_morning_to_their_last():
    session = towns(flights=event(2, FLIGHTS))
    found = []
    for _ in range(6):
        found.append(keys(session))
        session.end_day()
    # On 2, 3 and 4 June.
    assert found == [[], ["strikes:flights"], ["strikes:flights"], ["strikes:flights"], [], []]


def test_a_camp_is_chosen_from_three_days_before_until_it_opens():
    session = towns("coalition", camp=event(6, CAMP, led_by="coalition"))
    found = []
    for _ in range(8):
        found.append(keys(session))
        session.end_day()
    # Mornings of 3, 4, 5 and 6 June.
    assert found == [[], [], *[["camps:camp"]] * 4, [], []]


@pytest.mark.parametrize(
    ("seat", "led_by", "mine"),
    [("red", None, True), ("red", "red", True), ("red", "coalition", False), ("coalition", "coalition", True),
     ("coalition", None, False), ("watch", None, False)],
)  # fmt: skip
def test_an_event_is_directed_by_who_leads_it_or_by_whom_it_is_for(seat, led_by, mine):
    session = towns(seat, days=1, flights=event(2, FLIGHTS, led_by=led_by))
    assert (keys(session) == ["strikes:flights"]) == mine


def test_several_flights_of_one_event_are_told_apart():
    session = towns(days=1, flights=event(2, FLIGHTS, FLIGHTS.model_copy(update={"place": "south"})))
    assert [(one.key, one.place) for one in session.levers()] == [
        ("strikes:flights", "ford"), ("strikes:flights#2", "south"),
    ]  # fmt: skip


def test_a_gate_is_opened_by_who_holds_its_far_end():
    session = towns(days=2, gate=event(2, CLOSED))
    (lever,) = session.levers()
    assert lever == Lever("gates:ford:south", "gates", lever.row, "", "ford", "south", 25)
    assert keys(towns("coalition", days=2, gate=event(2, CLOSED))) == []


# Where it may go


def state_with(session, **cells):
    arrays = {name: array.copy() for name, array in session.state.arrays().items()}
    for name, values in cells.items():
        for cell, value in values.items():
            arrays[name][0, cell] = value
    session._played[-1] = replace(session._played[-1], state=replace(session.state, **arrays).readonly())
    return session


def test_strikes_go_only_where_armed_men_of_an_enemy_stand_near():
    session = towns(days=1, flights=event(2, FLIGHTS))
    # The column stands at north: ford is one road away, south two.
    state_with(session, unit_place={COLUMN: NORTH}, status={COLUMN: Status.ACTIVE}, men={COLUMN: 450})
    assert session.problems(Order("strikes:flights", "fly", "north")) == []
    assert session.problems(Order("strikes:flights", "fly", "ford")) == []
    assert session.problems(Order("strikes:flights", "fly", "south")) == [
        "no armed formation of an enemy stands near South"
    ]
    state_with(session, men={COLUMN: 0})
    assert session.problems(Order("strikes:flights", "fly", "north"))


def test_drops_and_volunteers_go_to_ones_own_places_and_camps_to_safe_ones():
    session = towns(days=1, drops=event(2, DROPS), call=event(2, CALL))
    state_with(session, control={NORTH: BLUE, FORD: RED, SOUTH: RED}, contested_by={FORD: BLUE, SOUTH: -1})
    assert session.problems(Order("airlift:drops", "drop", "north")) == ["North is held by Blue"]
    assert session.problems(Order("airlift:drops", "drop", "ford")) == []
    assert session.problems(Order("recruits:call", "call", "ford")) == ["Ford is contested"]
    assert session.problems(Order("recruits:call", "call", "south")) == []
    aid = towns("coalition", camp=event(3, CAMP, led_by="coalition"))
    state_with(aid, contested_by={FORD: BLUE, SOUTH: -1})
    assert aid.problems(Order("camps:camp", "site", "ford")) == ["Ford is no place of safety"]
    assert aid.problems(Order("camps:camp", "site", "south")) == []


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (Order("strikes:flights", "fly"), "it needs a place to go to"),
        (Order("strikes:flights", "fly", "atlantis"), "it needs a place to go to"),
        (Order("strikes:flights", "attack", "ford"), "no such order: attack"),
        (Order("strikes:nothing", "fly", "ford"), "it is not yours to direct today"),
    ],
)
def test_what_cannot_be_directed_says_why(order, why):
    session = towns(days=1, flights=event(2, FLIGHTS))
    assert session.problems(order) == [why]
    with pytest.raises(SimError, match=why):
        session.give(order)


# What it does


def test_strikes_go_elsewhere_in_the_same_number():
    session = towns(days=2, flights=event(2, FLIGHTS))
    world = session.game.world
    there = redirected(world, (Moved("strikes", 0, NORTH),))
    before, after = (at_places(session.state, one.effects.strikes, one.factions.n_sides) for one in (world, there))
    assert [one.tolist() for one in before.cells()] == [[0], [RED], [FORD], [4]]
    assert [one.tolist() for one in after.cells()] == [[0], [RED], [NORTH], [4]]
    assert world.effects.strikes.place.tolist() == [FORD]


def test_volunteers_join_only_where_they_are_called():
    session = towns(days=3, call=event(2, CALL))
    units = {
        "unit_place": {HQ: SOUTH, COMPANY: FORD, RESERVE: SOUTH},
        "status": dict.fromkeys((HQ, COMPANY, RESERVE), 1),
    }
    free = {
        "control": {FORD: RED, SOUTH: RED},
        "contested_by": {FORD: -1, SOUTH: -1},
        "men": {HQ: 9, COMPANY: 9, RESERVE: 9},
    }
    state_with(session, **units, **free)
    world, rates = session.game.world, session._family.rates
    rates = replace(rates, recruits_share=np.ones(1))
    # Sixty a day: twenty for each of three units, or thirty for each of two at south.
    seen = session.state
    units_there = standing_units(world, seen)
    assert supply.recruited(world, rates, seen, units_there, world.effects.recruits)[0].tolist() == [20, 20, 20, 0]
    called = redirected(world, (Moved("recruits", 0, SOUTH),)).effects.recruits
    assert supply.recruited(world, rates, seen, units_there, called)[0].tolist() == [30, 0, 30, 0]


def test_an_open_gate_passes_everybody():
    session = towns(days=2, gate=event(2, CLOSED))
    link = session.levers()[0].row
    session.give(Order("gates:ford:south", "open"))
    assert session.player.decide(session.game.world, session.state, session.dice).moved == (
        Moved("gates", link, OFF_MAP),
    )
    gates = redirected(session.game.world, (Moved("gates", link, OFF_MAP),)).effects.gates
    number = gates.number[:, link]
    assert (gates.share[:, number] == 1.0).all()
    assert (session.game.world.effects.gates.share[:, number] == 0.25).all()


def test_a_camp_opens_at_the_place_that_was_chosen_and_stays_there():
    session = towns("coalition", camp=event(3, CAMP, led_by="coalition"))
    session.give(Order("camps:camp", "site", "north"))
    for _ in range(4):
        session.end_day()
    orders = session.played[-1].orders
    assert orders.moved == (Moved("camps", 0, NORTH),)
    with pytest.raises(SimError, match="no order of yours"):
        session.release("camps:camp")


def test_directing_nothing_changes_nothing():
    game, _ = game_of("june-2014")
    session = Session(game, "coalition", 2014)
    plain = Session(game, "watch", 2014)
    for _ in range(12):
        session.end_day()
        plain.end_day()
    assert session.state.digest() == plain.state.digest()


def test_the_odds_hear_of_it():
    session = towns(days=1, flights=event(2, FLIGHTS))
    state_with(session, unit_place={COLUMN: NORTH}, status={COLUMN: Status.ACTIVE}, men={COLUMN: 450})
    found = preview(session, Order("strikes:flights", "fly", "north"), days=1, replicas=4)
    assert found.place == "north"


# Records and saves


def directed():
    """June as Baghdad: on the fourteenth the helicopters of the refinery fly to Tal Afar's airport for a day."""
    game, _ = game_of("june-2014")
    session = Session(game, "baghdad", 2014)
    while "airlift:speicher-airlift" not in keys(session):
        session.end_day()
    session.give(Order("airlift:speicher-airlift", "drop", "samarra"))
    session.end_day()
    session.release("airlift:speicher-airlift")
    session.end_day()
    return session


def test_a_record_plays_again_what_was_directed():
    session = directed()
    rows = list(lines(session.game, session.plan, session.played))
    assert '"airlift:speicher-airlift": ["drop", "samarra"]' in rows[-2]
    assert '"airlift:speicher-airlift": ["as_documented"]' in rows[-1]
    import json  # noqa: PLC0415

    days = [json.loads(row) for row in rows[1:]]
    record = Record(
        manifest(session.game, session.plan), [day["orders"] for day in days], [day["digest"] for day in days]
    )
    assert list(verify(record, session.game)) == list(range(session.day))


def test_a_save_takes_up_what_was_directed(tmp_path):
    session = directed()
    session.give(Order("airlift:speicher-airlift", "drop", "samarra"))
    again = load(save(session, "aid", tmp_path), session.game).session
    assert again.state.digest() == session.state.digest()
    assert dict(again.standing) == dict(session.standing)
    assert [dict(day) for day in again.given] == [dict(day) for day in session.given]


def test_keys_lead_there_and_back():
    session = directed()
    world = session.game.world
    for lever in levers(session.game, session.seat, session.state, Dice(2014, np.arange(1))):
        place = None if lever.kind == "gates" else "samarra"
        (one,) = moved(world, {lever.key: Order(lever.key, "x", place)})
        assert (one.kind, one.row) == (lever.kind, lever.row)
        assert key_of(world, one) == lever.key


@pytest.mark.parametrize("key", ["strikes:nothing", "raids:x", "gates:mosul-east", "gates:mosul-east:basra"])
def test_an_unknown_lever_is_no_order(key):
    with pytest.raises(ValueError, match=r"not in|no road|nothing is directed"):
        moved(game_of("june-2014")[0].world, {key: Order(key, "fly", "samarra")})
