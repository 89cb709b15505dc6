import numpy as np
from tests.worlds import BLUE, GREEN, RED, three_towns

from offensive_sim.engine.axes import NOBODY
from offensive_sim.engine.camps import Camps, Held, Several

FACTIONS = three_towns().factions
SIDES = np.array([RED, BLUE, RED, BLUE, GREEN, RED], np.int8)
SPOTS = np.array([0, 0, 0, 3, 5, 5])
"""Two replicas of three places: red and blue share the first, blue is alone at 3, green and red are friends at 5."""
CAMPS = Camps.of(SIDES, SPOTS, (2, 3, 3))
EVERY = np.arange(6)


def at(amounts, side):
    return amounts.at(np.full(6, side), EVERY).tolist()


def test_places_that_several_sides_share_are_numbered():
    assert CAMPS.shared.tolist() == [0, 5]
    assert CAMPS.number.tolist() == [1, 0, 0, 0, 0, 2]
    assert CAMPS.guests.tolist() == [0, 1, 2, 4, 5]
    assert CAMPS.side[[1, 2, 3, 4]].tolist() == [NOBODY, NOBODY, BLUE, NOBODY]


def test_guests_are_told_by_their_spot():
    assert CAMPS.guests_at(np.array([5])).tolist() == [4, 5]
    assert CAMPS.guests_at(np.array([0, 5])).tolist() == [0, 1, 2, 4, 5]
    assert CAMPS.guests_at(np.array([3])).tolist() == []


def test_a_bit_for_each_side_that_stands_at_a_spot():
    red, blue, green, _ = FACTIONS.bit
    assert CAMPS.bits(FACTIONS).tolist() == [red | blue, 0, 0, blue, 0, red | green]


def test_amounts_are_added_by_side_and_place():
    held = Held.summed(CAMPS, SPOTS, np.array([1, 2, 100, 8, 16, 32]))
    assert at(held, RED) == [101, 0, 0, 0, 0, 32]
    assert at(held, BLUE) == [2, 0, 0, 8, 0, 0]
    assert at(held, GREEN) == [0, 0, 0, 0, 0, 16]
    assert at(held.several, BLUE) == [2, 0, 0, 0, 0, 0]


def test_enemies_are_sides_at_war_in_the_same_place():
    # Blue fights red and green; red and green are friends.
    def faced(side):
        return CAMPS.enemies_at(FACTIONS, np.full(6, side), EVERY).tolist()

    assert faced(RED) == [True, False, False, True, False, False]
    assert faced(BLUE) == [True, False, False, False, False, True]
    assert faced(GREEN) == [True, False, False, True, False, False]


def test_where_each_side_is_alone_nobody_shares():
    alone = Camps.of(SIDES[3:5], SPOTS[3:5], (2, 3, 3))
    assert not len(alone.shared)
    assert at(Several(alone, np.zeros((3, 1))), BLUE) == [0] * 6
