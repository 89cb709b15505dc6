"""Runs side by side: what differs, where, and since when; worked out by hand on the three towns."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from tests.campaign.helpers import evenings, game_of, plan_of

from offensive_sim.campaign.series import CONTESTED
from offensive_sim.views.beside import Run, beside
from offensive_sim.views.board import board, shown_in


def runs():
    """The three towns twice: in the second, from the second evening on, the first place is another's."""
    game, _ = game_of("three-towns")
    states = [evening.state for evening in evenings(game, plan_of(game, 3))]
    holder = int(states[0].control[0, 0])
    other = next(number for number in range(game.world.factions.n_sides) if number != holder)
    changed = list(states[:2])
    for state in states[2:]:
        control, contested = state.control.copy(), state.contested_by.copy()
        control[0, 0], contested[0, 0] = other, -1
        changed.append(replace(state, control=control, contested_by=contested))
    return game, Run("what_if", game, changed), Run("as_it_happened", game, states), other


def test_the_same_run_twice_differs_in_nothing():
    _, _, plain, _ = runs()
    found = beside([plain, plain], 3)
    assert found.places == ()
    assert found.shelters == ()
    assert found.parts == (None,)
    assert not any(row.differs for row in (*found.people, *found.control, *found.forces))


def test_a_place_that_changes_hands_is_told_with_its_holders_and_the_day_they_part():
    game, changed, plain, other = runs()
    names = game.world.factions.ids
    found = beside([changed, plain], 3)
    fact = int(shown_in(plain.evenings[3])[0])
    was = "contested" if fact == CONTESTED else names[fact]
    assert [(held.place, held.shown) for held in found.places] == [(game.world.places.ids[0], (names[other], was))]
    assert found.parts == (game.world.first_day + timedelta(days=1),)
    assert found.evening == game.world.first_day + timedelta(days=2)
    assert beside([changed, plain], 1).parts == (None,)
    assert any(row.differs for row in found.control)


def test_while_a_game_is_played_only_men_of_its_own_seat_are_counted():
    game, changed, plain, _ = runs()
    ids = game.world.units.ids
    assert beside([changed, plain], 3, units=()).forces == ()
    own = [unit for unit in ids if game.scenario.units[unit].faction == game.scenario.units[ids[0]].faction]
    told = beside([changed, plain], 3, units=own).forces
    assert 0 < len(told) < len(beside([changed, plain], 3).forces)


def test_a_board_marks_who_holds_a_place_in_the_world_beside_it():
    game, changed, plain, other = runs()
    theirs = shown_in(plain.evenings[3])
    marks = board(game, changed.evenings[3], beside=theirs).places
    assert [mark.id for mark in marks if mark.other] == [game.world.places.ids[0]]
    assert np.array_equal(shown_in(changed.evenings[1]), shown_in(plain.evenings[1]))
    assert not any(mark.other for mark in board(game, changed.evenings[1], beside=shown_in(plain.evenings[1])).places)
    assert marks[0].holder == game.world.factions.ids[other]
