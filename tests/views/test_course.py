"""A game as its seat sees it: formations in sight, what was reported by then, marches, the briefing."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.campaign.helpers import game_of

from offensive_sim.campaign.session import Session
from offensive_sim.engine.axes import Status
from offensive_sim.engine.orders import Order
from offensive_sim.views.briefing import briefing
from offensive_sim.views.course import course
from offensive_sim.views.formation import formation, way, ways
from offensive_sim.views.sighted import sighted

NORTH, FORD, SOUTH = range(3)
HQ, COMPANY, RESERVE, COLUMN = range(4)
RED, BLUE = 0, 1


def towns(days=0, seat="red"):
    session = Session(game_of("three-towns")[0], seat, 7)
    for _ in range(days):
        session.end_day()
    return session


def changed(session, **cells):
    arrays = {name: array.copy() for name, array in session.state.arrays().items()}
    for name, values in cells.items():
        for cell, value in values.items():
            arrays[name][0, cell] = value
    return replace(session.state, **arrays)


# North - Ford - South: the column stands at North. It is one road from Ford, and two from South.


@pytest.mark.parametrize(
    ("control", "seen"),
    [
        ({FORD: RED, SOUTH: RED}, True),
        ({FORD: BLUE, SOUTH: RED}, False),
        ({FORD: BLUE, SOUTH: BLUE}, False),
    ],
)
def test_a_hostile_formation_is_seen_one_road_from_ones_own_places(control, seen):
    session = towns()
    # Nobody of red's stands at ford: its company has gone to south.
    state = changed(session, control=control, unit_place={COMPANY: SOUTH})
    known = sighted(session.game, state, session.chair)
    assert known[COLUMN] == seen
    assert known[[HQ, COMPANY, RESERVE]].all()


def test_ones_own_men_see_from_a_place_that_an_enemy_holds():
    session = towns()
    state = changed(session, control={FORD: BLUE}, unit_place={COMPANY: FORD}, status={COMPANY: Status.ACTIVE})
    assert sighted(session.game, state, session.chair)[COLUMN]


def test_who_watches_sees_all():
    session = towns(seat="watch")
    state = changed(session, control={FORD: BLUE, SOUTH: BLUE})
    assert sighted(session.game, state, session.chair).all()


def test_the_map_shows_no_formation_that_is_not_known():
    session = towns(2)
    known = course(session, game_of("three-towns")[1])
    shown = {unit.id for unit in known.board(2).units}
    hidden = {key for key, seen in zip(session.game.world.units.ids, known.sighted(2), strict=True) if not seen}
    assert not shown & hidden


def test_what_came_out_later_is_not_told():
    game, chronicle = game_of("june-2014")
    session = Session(game, "erbil", 2014)
    for _ in range(6):
        session.end_day()
    known, evening = course(session, chronicle), date(2014, 6, 9)
    assert known.chronicle.changes
    assert all(change.date <= evening for change in known.chronicle.changes)
    assert len(known.chronicle.events) < len(chronicle.events)
    assert known.codes.shape == (7, game.world.n_places)
    assert max(known.told) <= 6


def test_each_evening_stands_as_it_was_reported_then():
    game, chronicle = game_of("june-2014")
    session, before = Session(game, "baghdad", 2014), None
    for _ in range(8):
        session.end_day()
        before = course(session, chronicle, before)
    again = course(session, chronicle)
    assert np.array_equal(before.codes, again.codes)
    assert before.played == again.played
    assert before.board(8) == again.board(8)


def test_the_last_evening_opens_the_book():
    chronicle = game_of("three-towns")[1]
    session = towns(10)
    whole = course(session, chronicle)
    assert whole.chronicle == chronicle
    assert whole.sighted(10).all()
    assert len(whole.timeline.days) == 11


def test_days_to_come_are_empty_bars():
    known = course(towns(3), game_of("three-towns")[1])
    assert [day.number for day in known.timeline.days] == list(range(11))
    assert all((day.newly, day.events, day.parted) == (0, 0, 0.0) for day in known.timeline.days[4:])


# Formations and marches


def test_a_formation_follows_history_until_it_is_ordered():
    session = towns()
    one = formation(session, "red-hq")
    assert (one.documented, one.own, one.place) == (("hold", None), None, "south")
    session.give(Order("red-hq", "march", "ford"))
    ordered = formation(session, "red-hq")
    assert (ordered.stance, ordered.goal) == ("march", "ford")
    assert ordered.sources
    assert (ordered.men, ordered.opening.low) == (150, 100)


def test_marches_are_by_the_quickest_roads():
    assert way(towns().game, "south", "north") == ("south", "ford", "north")
    assert way(towns().game, "ford", "ford") == ("ford",)


def test_marches_are_of_ones_own_formations_that_go_somewhere():
    session = towns(1)
    session.give(Order("red-hq", "march", "ford"))
    found = {one.unit: one for one in ways(session)}
    assert found["red-hq"].places == ("south", "ford")
    assert found["red-hq"].own
    assert found["red-hq"].today
    assert "blue-column" not in found
    session.end_day()
    assert not any(one.today for one in ways(session))


# The briefing


def test_the_briefing_counts_what_the_seat_has_and_names_its_sources():
    session = towns()
    page = briefing(session, game_of("three-towns")[1])
    # The headquarters' 150 and the company's 80; the reserve appears on the third day.
    assert (page.formations, page.men) == (2, 230)
    assert [post.name for post in page.largest] == ["Red headquarters", "Red bridge company"]
    assert page.unpaid == 1
    assert page.sources
    assert page.evening == date(2014, 5, 31)
