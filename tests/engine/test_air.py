import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    CELL,
    COLUMN,
    FORD,
    GREEN,
    HILLS,
    NORTH,
    POST,
    RED,
    Given,
    placed,
    rates_of,
    seen_of,
    three_towns,
)

from offensive_sim.engine.axes import Status
from offensive_sim.engine.phases import air
from offensive_sim.engine.presence import standing_units

WORLD = three_towns()


def raids(strikes, u=0.0, **changes):
    """``strikes``: {(side flown for, place): number}."""
    seen = seen_of(WORLD, **changes)
    return air.strike(WORLD, rates_of(), seen, standing_units(WORLD, seen), placed(strikes), Given(u))


def losses(struck):
    """Men that each unit loses."""
    return np.bincount(struck.hit, struck.loss, 6).tolist()


def suffered(struck):
    """Strikes that each side suffers at each place."""
    side, place = (axis.reshape(-1) for axis in np.indices((3, 4)))
    return struck.noise.suffered(WORLD.factions, side, place).reshape(3, 4)


def test_without_strikes_nobody_is_hit():
    quiet = raids({})
    assert not len(quiet.hit)
    assert not suffered(quiet).any()


def test_strikes_are_felt_at_the_place_and_one_road_away_by_every_enemy():
    # Flown for red at north: blue feels them at north and at ford, next to it, and nowhere else.
    struck = raids({(RED, NORTH): 2})
    assert suffered(struck).tolist() == [[0] * 4, [2, 2, 0, 0], [0] * 4]
    assert [one.tolist() for one in struck.supported.cells()] == [[0], [RED], [NORTH], [2]]


def test_red_and_green_both_suffer_from_blues_strikes():
    struck = raids({(BLUE, HILLS): 1})
    assert suffered(struck)[[RED, GREEN]].tolist() == [[0, 1, 0, 1]] * 2


@pytest.mark.parametrize(("u", "lost"), [(0.0, 10), (0.5, 10), (0.999, 10)])
def test_two_strikes_at_five_men_each_cost_ten(u, lost):
    # All of them the column's: it is blue's only unit in the open.
    assert losses(raids({(RED, NORTH): 2}, u)) == [0, 0, 0, lost, 0, 0]


@pytest.mark.parametrize(("u", "lost"), [(0.0, [3, 1]), (0.5, [4, 1]), (0.999, [4, 2])])
def test_units_at_one_place_share_its_losses_by_number(u, lost):
    # One strike, 5 men: 300 and 100 men lose 3.75 and 1.25; a fraction is lost when it and u make a whole.
    both = {"men": {COLUMN: 300, CELL: 100}, "status": {CELL: Status.ACTIVE}, "unit_place": {CELL: NORTH}}
    assert losses(raids({(RED, NORTH): 1}, u, **both)) == [0, 0, 0, *lost, 0]


def test_strikes_do_not_reach_units_underground():
    assert losses(raids({(RED, FORD): 4}))[CELL] == 0


def test_no_unit_loses_more_men_than_it_has():
    assert losses(raids({(RED, NORTH): 200}, men={COLUMN: 7}))[COLUMN] == 7


def test_strikes_never_hit_the_side_they_are_flown_for():
    assert losses(raids({(RED, FORD): 9}, 0.999))[POST] == 0
