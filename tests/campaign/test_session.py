from dataclasses import replace

import numpy as np
import pytest
from tests.campaign.helpers import evenings, game_of, plan_of

from offensive_sim.campaign.player import Player
from offensive_sim.campaign.seats import chairs_of, may_speak_for, own_units, seat_of, seats_of
from offensive_sim.campaign.session import Session
from offensive_sim.engine.axes import OFF_MAP, Stance, Status
from offensive_sim.engine.orders import Order
from offensive_sim.errors import SimError, UsageError
from offensive_sim.scenario.forces import Order as ScenarioOrder

NORTH, FORD, SOUTH = range(3)
HQ, COMPANY, RESERVE, COLUMN = range(4)
RED, BLUE = 0, 1
CTS = "cts-1isof"


def towns(seat="red", seed=7):
    return Session(game_of("three-towns")[0], seat, seed)


def june(seat="baghdad", seed=2014, days=0):
    return played(Session(game_of("june-2014")[0], seat, seed), days)


def played(session, days):
    for _ in range(days):
        session.end_day()
    return session


def digests(session):
    return [state.digest() for state in session.evenings]


# Seats


def with_playable(scenario, **playable):
    factions = {
        key: faction.model_copy(update={"playable": playable.get(key.replace("-", "_"), faction.playable)})
        for key, faction in scenario.factions.items()
    }
    return scenario.model_copy(update={"factions": factions})


@pytest.mark.parametrize("name", ["june-2014", "summer-2014"])
def test_the_seats_of_the_shipped_scenarios(name):
    seats = {seat.id: seat.factions for seat in seats_of(game_of(name)[0].scenario)}
    assert seats == {"baghdad": ("iraq", "militia"), "erbil": ("krg", "pkk"), "coalition": (), "watch": ()}


@pytest.mark.parametrize("faction", ["isis", "insurgent-allied", "ypg", "syria", "turkey"])
def test_nobody_speaks_for_those_the_data_do_not_open(faction):
    assert not may_speak_for(game_of("june-2014")[0].scenario, faction)


def test_the_data_open_and_close_a_seat():
    scenario = game_of("june-2014")[0].scenario
    assert "erbil" not in [seat.id for seat in seats_of(with_playable(scenario, krg=False))]
    assert seat_of(with_playable(scenario, ypg=True), "ypg").factions == ("ypg",)


def test_isis_is_closed_even_to_data_that_open_it():
    scenario = with_playable(game_of("june-2014")[0].scenario, isis=True, insurgent_allied=True)
    spoken_for = {faction for seat in seats_of(scenario) for faction in seat.factions}
    assert not spoken_for & {"isis", "insurgent-allied"}


def test_a_seat_has_the_units_of_its_factions_and_no_others():
    game, _ = game_of("june-2014")
    own = own_units(game, seat_of(game.scenario, "baghdad"))
    of = np.array([game.scenario.units[unit].faction for unit in game.world.units.ids])
    assert set(of[own]) == {"iraq", "militia"}
    assert own.sum() == np.isin(of, ["iraq", "militia"]).sum()


def test_an_unknown_seat_is_named_with_those_there_are():
    with pytest.raises(UsageError, match=r"no seat is called bagdad; did you mean baghdad\?.*erbil|bagdad.*baghdad"):
        june("bagdad")


# Giving orders


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (Order("isis-samarra", "hold"), "not yours to order: ISIS"),
        (Order("krg-sinjar", "hold"), "not yours to order: Kurdistan Region"),
        (Order("nobody", "hold"), "no unit is called nobody"),
        (Order(CTS, "lie_low"), "no order is called lie_low; there are: hold, march, attack, withdraw"),
        (Order(CTS, "march"), "march needs a place to go to"),
        (Order(CTS, "march", "raqqa"), "Raqqa is held by ISIS: attack it"),
        (Order("mil-saraya", "hold"), "is not on the map"),
    ],
)
def test_an_order_that_cannot_be_given_says_why(order, why):
    session = june()
    assert why in session.problems(order)[0]
    with pytest.raises(SimError, match=why.partition(":")[0]):
        session.give(order)
    assert session.queue == ()


def test_a_broken_unit_takes_no_order_and_says_where_it_falls_back_to():
    session = june(days=6)
    falling = np.flatnonzero((session.state.status[0] == Status.FALLING_BACK) & session.player.own)
    unit = session.game.world.units.ids[falling[0]]
    rally = session.game.scenario.places[session.game.world.places.ids[session.state.rally[0, falling[0]]]].name
    assert session.problems(Order(unit, "hold")) == [
        f"{session.game.scenario.units[unit].name} has broken and is falling back to {rally}"
    ]


@pytest.mark.parametrize("seat", ["watch", "coalition"])
def test_who_watches_gives_no_orders(seat):
    session = june(seat)
    assert session.problems(Order(CTS, "hold"))
    assert session.unordered() == []


def test_an_order_stands_in_place_of_the_documented_one_until_released():
    session = towns()
    session.give(Order("red-hq", "withdraw", "ford"))
    said = [session.end_day().orders for _ in range(2)]
    assert [(o.stance[0, HQ], o.goal[0, HQ]) for o in said] == [(Stance.WITHDRAW, FORD)] * 2
    session.release("red-hq")
    assert session.today == {"red-hq": None}
    said = session.end_day().orders
    assert (said.stance[0, HQ], said.goal[0, HQ]) == (Stance.HOLD, OFF_MAP)
    assert dict(session.standing) == {}


def test_release_needs_an_order_of_ones_own():
    with pytest.raises(SimError, match="no order of yours"):
        june().release(CTS)


def test_an_order_to_hold_has_no_goal():
    session = june()
    session.give(Order(CTS, "hold", "samarra"))
    assert session.queue == (Order(CTS, "hold"),)


def test_units_without_an_order_of_a_person():
    session = june()
    before = session.unordered()
    assert CTS in before
    assert {session.game.scenario.units[unit].faction for unit in before} <= {"iraq", "militia"}
    session.give(Order(CTS, "hold"))
    assert session.unordered() == [unit for unit in before if unit != CTS]


def test_a_standing_order_overtaken_by_events_is_told():
    session = june()
    session.give(Order("ia-2div-xbde", "march", "al-ghazlani-base"))
    assert session.overtaken() == {}
    why = ["Al-Ghazlani base is held by ISIS: attack it, or choose another place"]
    assert played(session, 7).overtaken() == {"ia-2div-xbde": why}


def test_an_order_of_a_unit_that_is_no_more_is_not_told():
    session = june()
    session.give(Order("noc-hq", "march", "al-ghazlani-base"))
    played(session, 6)
    assert session.state.status[0, session.game.world.units.ids.index("noc-hq")] == Status.GONE
    assert session.overtaken() == {}


# Undo


def test_undo_and_redo_say_what_they_reach():
    session = june()
    assert (session.undo_label, session.redo_label, session.clear_label, session.undo()) == (None,) * 4
    session.give(Order(CTS, "march", "samarra"))
    session.give(Order(CTS, "hold"))
    assert session.undo_label == "Undo last order (CTS 1st ISOF Brigade: hold)"
    assert session.clear_label == "Clear today's orders (2)"
    session.undo()
    assert session.queue == (Order(CTS, "march", "samarra"),)
    assert session.undo_label == "Undo last order (CTS 1st ISOF Brigade: march to Samarra)"
    assert session.redo_label == "Redo order (CTS 1st ISOF Brigade: hold)"
    session.redo()
    assert session.queue == (Order(CTS, "hold"),)
    session.clear()
    assert session.queue == ()
    session.redo()
    assert session.queue == (Order(CTS, "march", "samarra"),)


def test_a_new_order_ends_what_could_be_redone():
    session = june()
    session.give(Order(CTS, "march", "samarra"))
    session.undo()
    session.give(Order(CTS, "hold"))
    assert session.redo() is None


def test_undo_never_reaches_a_day_that_was_played():
    session = june()
    session.give(Order(CTS, "hold"))
    session.end_day()
    assert session.undo_label is None
    assert session.undo() is None
    assert dict(session.standing) == {CTS: Order(CTS, "hold")}


# Days


def test_days_are_counted_and_the_last_one_ends_the_game():
    session = towns()
    assert (session.day, session.can_end, session.date_of(0).isoformat()) == (0, True, "2014-06-01")
    played(session, 10)
    assert (session.day, session.can_end, session.state.day) == (10, False, 10)
    assert session.problems(Order("red-hq", "hold")) == ["the last day has been played"]
    with pytest.raises(SimError, match="last day"):
        session.end_day()


def test_every_day_is_kept_whole_and_refuses_writes():
    session = played(towns(), 4)
    assert [state.day for state in session.evenings] == [0, 1, 2, 3, 4]
    assert [journal.day for journal in session.journals] == [0, 1, 2, 3]
    assert session.at(2) is session.evenings[2]
    with pytest.raises(ValueError, match="read-only"):
        session.at(2).men[0, 0] = 1
    with pytest.raises(SimError, match="day 5 has not been played"):
        session.at(5)


@pytest.mark.parametrize("seat", ["watch", "coalition"])
def test_watching_is_the_replay(seat):
    game, _ = game_of("june-2014")
    replay = [evening.state.digest() for evening in evenings(game, plan_of(game, 12))]
    assert digests(june(seat, days=12)) == replay


def test_the_same_seed_and_orders_give_the_same_game():
    def game(seed):
        session = june(seed=seed, days=1)
        session.give(Order(CTS, "march", "mosul-west"))
        return digests(played(session, 5))

    assert game(2014) == game(2014)
    assert game(2014) != game(2015)
    assert game(2014) != digests(june(days=6))


def test_history_can_be_had_beside_a_game():
    session = june(days=2)
    session.give(Order(CTS, "march", "mosul-west"))
    played(session, 4)
    assert digests(session.documented()) == digests(june("watch", days=6))
    assert [branch.name for branch in session.tree()] == ["main"]


# Branches


def test_a_branch_without_orders_is_the_continuation():
    session = june()
    session.give(Order(CTS, "march", "mosul-west"))
    played(session, 8)
    branch = session.branch(3, "again")
    assert branch.evenings[:4] == session.evenings[:4]
    assert branch.standing[CTS].goal == "mosul-west"
    assert digests(played(branch, 5)) == digests(session)


def test_a_branch_changes_nothing_in_what_it_left():
    session = june(days=5)
    before = digests(session)
    branch = session.branch(3, "other")
    branch.give(Order(CTS, "march", "mosul-west"))
    played(branch, 3)
    assert (session.day, digests(session), session.queue, dict(session.standing)) == (5, before, (), {})
    assert digests(branch)[:4] == before[:4]
    assert digests(branch)[4:6] != before[4:]


def test_orders_of_the_morning_one_returns_to_are_given_anew():
    session = june(days=1)
    session.give(Order(CTS, "hold"))
    session.end_day()
    assert dict(session.branch(1, "before").standing) == {}
    assert dict(session.branch(2, "after").standing) == {CTS: Order(CTS, "hold")}


def test_the_tree_says_who_left_whom_and_when():
    session = june(days=4)
    session.branch(2, "north", seat="erbil").branch(1, "watching", seat="watch")
    lines = [(b.name, b.parent, b.left_on, b.day, b.seat, b.current) for b in session.tree()]
    assert lines == [
        ("main", None, 0, 4, "baghdad", True),
        ("north", "main", 2, 2, "erbil", False),
        ("watching", "north", 1, 1, "watch", False),
    ]
    assert session.branches["north"].problems(Order(CTS, "hold"))


@pytest.mark.parametrize(("day", "name", "why"), [(9, "x", "day 9"), (1, "main", "called main"), (1, " ", "a name")])
def test_a_branch_that_cannot_be_says_why(day, name, why):
    session = june(days=2)
    with pytest.raises(SimError, match=why):
        session.branch(day, name)
    assert len(session.tree()) == 1


# Documented orders that have lost their sense


def void_on(day, seat="red", **changes):
    session = towns(seat)
    arrays = {name: array.copy() for name, array in session.state.arrays().items()}
    for name, cells in changes.items():
        for cell, value in cells.items():
            arrays[name][0, cell] = value
    state = replace(session.state, day=day, **arrays)
    player = Player.of(session.game, session.seat)
    said = player.script.decide(session.game.world, state, None)
    orders = player.decide(session.game.world, state, None)
    return player.void(session.game.world, state, said)[0], orders


def test_nothing_is_void_while_history_fits():
    # Day 3: the reserve marches to ford, which red holds.
    void, orders = void_on(3)
    assert not void.any()
    assert orders.goal[0, RESERVE] == FORD


def test_a_march_to_an_enemys_place_is_void():
    void, orders = void_on(3, control={FORD: BLUE})
    assert void.tolist() == [False, False, True, False]
    assert (orders.goal[0, RESERVE], orders.stance[0, RESERVE]) == (OFF_MAP, Stance.HOLD)


@pytest.mark.parametrize(("broke_on", "void"), [(2, False), (3, True), (4, True)])
def test_an_order_is_void_once_the_unit_broke_after_it(broke_on, void):
    # It was given on day 3.
    assert void_on(5, broke_on={RESERVE: broke_on})[0][RESERVE] == void


def test_the_model_keeps_to_its_orders():
    # Blue is nobody's seat: its column attacks, broken or not.
    void, orders = void_on(5, broke_on={COLUMN: 5})
    assert not void[COLUMN]
    assert orders.stance[0, COLUMN] == Stance.ATTACK


# Sides that nobody plays


def others_on(day, seat="watch", **changes):
    """What units of nobody's seat are told: the blue column's order is to march to ford."""
    game, _ = game_of("three-towns")
    facts = {"source": ("judgement",), "confidence": "low", "judgement": "A test."}
    march = ScenarioOrder(date="2014-06-02", units=("blue-column",), order="march", to="ford", **facts)
    game = replace(game, scenario=game.scenario.model_copy(update={"orders": (march,)}))
    session = Session(game, seat, 7)
    arrays = {name: array.copy() for name, array in session.state.arrays().items()}
    for name, cells in changes.items():
        for cell, value in cells.items():
            arrays[name][0, cell] = value
    state = replace(session.state, day=day, **arrays)
    orders = session.player.decide(game.world, state, None)
    return int(orders.goal[0, COLUMN]), Stance(int(orders.stance[0, COLUMN]))


def test_the_others_march_on_while_it_makes_sense():
    assert others_on(3, "red", control={FORD: BLUE}) == (FORD, Stance.MARCH)


def test_the_others_hold_where_they_are_when_their_goal_is_an_enemys():
    assert others_on(3, "red", control={FORD: RED}) == (OFF_MAP, Stance.HOLD)


def test_watching_nobody_is_asked_whether_it_makes_sense():
    assert others_on(3, "watch", control={FORD: RED}) == (FORD, Stance.MARCH)


def at_south(reserve, column):
    """The blue column's 450 men stand at south, held by blue, among red ones."""
    return {
        "control": {FORD: RED, SOUTH: BLUE, NORTH: BLUE},
        "contested_by": {SOUTH: RED, FORD: -1, NORTH: -1},
        "unit_place": {HQ: SOUTH, RESERVE: SOUTH, COLUMN: SOUTH},
        "status": {RESERVE: Status.ACTIVE, HQ: Status.ACTIVE, COLUMN: Status.ACTIVE},
        "men": {HQ: 150, RESERVE: reserve, COLUMN: column},
    }


@pytest.mark.parametrize(
    ("reserve", "told"),
    # Three times 450 is 1,350: 150 at the headquarters and 1,200 of the reserve are just enough.
    [(1199, (OFF_MAP, Stance.HOLD)), (1200, (NORTH, Stance.WITHDRAW))],
)
def test_the_others_withdraw_to_the_nearest_place_of_theirs_when_they_must(reserve, told):
    assert others_on(3, "red", **at_south(reserve, 450)) == told


def test_the_others_stand_where_no_place_is_left():
    changes = at_south(5000, 450)
    changes["control"][NORTH] = RED
    assert others_on(3, "red", **changes) == (OFF_MAP, Stance.WITHDRAW)


# Two people at one screen


def test_two_seats_are_taken_together_and_each_orders_its_own():
    session = june("baghdad+erbil")
    assert [chair.id for chair in chairs_of(session.game.scenario, session.seat)] == ["baghdad", "erbil"]
    assert session.chair.id == "baghdad"
    assert "not yours to order" in session.problems(Order("krg-sinjar", "hold"))[0]
    session.give(Order(CTS, "hold"))
    session.sit(seat_of(session.game.scenario, "erbil"))
    assert session.undo_label is None
    assert "krg-sinjar" in session.unordered()
    assert CTS not in session.unordered()
    session.give(Order("krg-sinjar", "hold"))
    session.undo()
    assert dict(session.today) == {CTS: Order(CTS, "hold")}
    session.redo()
    assert set(session.today) == {CTS, "krg-sinjar"}
    session.sit(seat_of(session.game.scenario, "baghdad"))
    assert session.undo_label == "Undo last order (CTS 1st ISOF Brigade: hold)"
    session.end_day()
    assert set(session.given[0]) == {CTS, "krg-sinjar"}


def test_an_unknown_seat_among_several_is_named():
    with pytest.raises(UsageError, match="no seat is called basra"):
        june("baghdad+basra")
