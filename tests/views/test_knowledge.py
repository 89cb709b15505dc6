"""What the public and a seat knew by an evening: three towns by hand, and June."""

from datetime import date

import numpy as np
import pytest
from tests.campaign.helpers import game_of
from tests.views.helpers import BLUE, BOTH, RED, june

from offensive_sim.campaign.running import Plan, play
from offensive_sim.scenario.shipped import find
from offensive_sim.views.board import board
from offensive_sim.views.events import Happening, plainly
from offensive_sim.views.knowledge import PUBLIC, knowledge, known_board, readers
from offensive_sim.views.known import as_reported
from offensive_sim.views.replay import replayed


@pytest.fixture(scope="module")
def run():
    return replayed(find("june-2014"), 2014)


def late(game, chronicle, day):
    """The same towns, with every change reported only on a later day."""
    source = next(iter(game.scenario.sources.values())).model_copy(update={"date": f"2014-06-{day:02}"})
    scenario = game.scenario.model_copy(update={"sources": {"late": source}})
    rows = tuple(row.model_copy(update={"source": ("late",)}) for row in chronicle.changes)
    return type(game)(scenario, game.world), chronicle.model_copy(update={"changes": rows})


def test_a_side_knows_at_once_what_it_loses_or_takes_and_the_public_when_it_is_printed():
    # Contested on 3 June, blue's on 4 June, both printed on 8 June.
    game, told = late(*game_of("three-towns"), 8)
    blue = [as_reported(game, told, june(day), frozenset({"blue"})).tolist() for day in (3, 4)]
    public = [as_reported(game, told, june(day)).tolist() for day in (3, 4, 8)]
    held = [BLUE, RED, RED]
    assert public == [held, held, [BLUE, BLUE, RED]]
    assert blue[1] == [BLUE, BLUE, RED]
    assert as_reported(game, told, june(3), frozenset({"red"})).tolist() == [BLUE, BOTH, RED]


def test_a_known_board_shows_reports_and_no_people_of_the_model():
    game, told = late(*game_of("three-towns"), 8)
    *_, last = play(game, Plan(1, 6, spread=False), np.arange(1))
    mine = board(game, last.state)
    days = {day: (june(day) - game.world.first_day).days + 1 for day in (4, 8)}
    before, after = (known_board(game, knowledge(game, told, days[day], PUBLIC), mine) for day in (4, 8))
    assert [mark.holder for mark in before.places] == ["blue", "red", "red"]
    assert [mark.holder for mark in after.places] == ["blue", "blue", "red"]
    for seen in (before, after):
        assert not seen.units
        assert not seen.flows
        assert all(mark.displaced == 0 and mark.history is None for mark in seen.places)


def test_the_count_that_is_shown_had_been_printed(run):
    # The first national count stands for 12 June and was printed on the 13th, the tenth day.
    counts = {day: run.knowledge(day, "known:public").figure for day in (9, 10)}
    assert counts[9] is None
    assert counts[10].date == date(2014, 6, 12)
    assert run.board(10, "known:public").displaced == counts[10].value
    assert run.board(9, "known:public").displaced == 0


def test_readers_are_the_public_and_the_seats_that_give_orders(run):
    assert set(readers(run.game)) == {PUBLIC, "baghdad", "erbil"}
    assert next(iter(readers(run.game))) == PUBLIC
    assert not readers(run.game)[PUBLIC]


def test_nobody_knows_an_event_before_it_happened_and_seats_know_no_less_than_the_public(run):
    for day in (3, 7, 12):
        told = [one for rows in run.told.values() for one in rows]
        knows = {reader: run.knowledge(day, f"known:{reader}").knows for reader in run.readers}
        known = {reader: {one.key for one in told if knows[reader](one)} for reader in run.readers}
        assert all(run.by_key[key].day <= day for keys in known.values() for key in keys)
        assert known["public"] <= known["baghdad"]
        assert known["public"] <= known["erbil"]
    assert known["public"] != known["baghdad"]


def test_the_model_is_never_known(run):
    knows = run.knowledge(20, "known:baghdad").knows
    assert not any(knows(one) for rows in run.played.values() for one in rows)


def test_a_card_in_a_readers_eyes_holds_nothing_of_the_model_and_no_hindsight(run):
    card = run.card("mosul-west", 2, "known:public")
    assert (card.holder, card.history, card.at_home, card.units, card.notes) == ("iraq", None, None, (), ())
    assert card.reported is None
    assert run.card("mosul-west", 12, "known:public").reported == date(2014, 6, 9)


def test_rival_accounts_stand_beside_events_and_are_hindsight(run):
    told = {one.key: one for rows in run.told.values() for one in rows}
    mosul = [one for one in told.values() if one.place == "mosul-west" and one.accounts]
    assert any("Mosul falls" in said for one in mosul for said in one.accounts)
    assert plainly(mosul[0]).accounts == ()
    bank = next(one for rows in run.played.values() for one in rows if len(one.accounts) > 1)
    assert any(said.startswith("10 %: ") for said in bank.accounts)


def test_an_event_without_a_place_has_no_dispute():
    assert Happening("k", 1, june(4), "history", "political", "t").accounts == ()
