"""Camps, checkpoints and shut roads of an evening."""

import pytest

from offensive_sim.scenario.shipped import find
from offensive_sim.views.replay import replayed


@pytest.fixture(scope="module")
def run():
    return replayed(find("summer-2014"), 2014)


def named(run, gate):
    ids = run.game.world.places.ids
    return ids[gate.start], ids[gate.end]


def evening(run, day):
    return run.board((day - run.game.world.first_day).days + 1)


def test_mosuls_curfew_holds_back_at_its_exits_until_the_city_falls(run):
    # The trigger of 6 June lets 0.4 through on eight roads; that of the fall lets all through again.
    early, late = run.board(3), run.board(8)
    exits = {named(run, gate): gate for gate in early.gates}
    assert ("mosul-east", "bartella") in exits
    assert exits["mosul-east", "bartella"].share == pytest.approx(0.4)
    assert not exits["mosul-east", "bartella"].shut
    assert not any(start.startswith("mosul") for start, _ in (named(run, gate) for gate in late.gates))


def test_a_gate_may_hold_back_some_communities_only(run):
    gates = {named(run, gate): gate for gate in run.board(20).gates}
    held = gates["gwer", "erbil"]
    assert "sunni-arab" in held.communities
    assert "yazidi" not in held.communities
    assert held.share == pytest.approx(0.3)


def test_a_shut_road_has_one_sign(run):
    shut = [named(run, gate) for gate in run.board(60).gates if gate.shut]
    assert sorted(shut[0]) == ["balad", "dhuluiya"]
    assert len(shut) == len({tuple(sorted(pair)) for pair in shut})


def test_camps_open_and_have_their_room(run):
    ids = run.game.world.places.ids
    first = {ids[camp.place]: camp for camp in run.board(0).camps}
    later = {ids[camp.place]: camp for camp in run.board(20).camps}
    assert set(first) < set(later)
    assert all(run.game.scenario.places[key].kind == "camp" for key in first)
    assert all(camp.room > 0 for camp in later.values())


def test_who_waits_is_on_the_move_at_the_near_end(run):
    for day in (3, 20):
        board = run.board(day)
        for gate in board.gates:
            near = board.places[gate.start].moving + (board.places[gate.end].moving if gate.shut else 0)
            assert 0 <= gate.waiting <= near
