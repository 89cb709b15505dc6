"""The hand-made world is what its docstring says."""

from tests.worlds import (
    FORD,
    FORD_HILLS,
    FORD_NORTH,
    FORD_SOUTH,
    HILLS,
    HILLS_FORD,
    NORTH,
    NORTH_FORD,
    SOUTH,
    SOUTH_FORD,
    rates_of,
    state_of,
    three_towns,
)

from offensive_sim.engine.rates import names

LINKS = three_towns().links


def test_roads_lead_where_their_names_say():
    ends = list(zip(LINKS.start.tolist(), LINKS.end.tolist(), strict=True))
    assert ends[NORTH_FORD] == (NORTH, FORD)
    assert ends[FORD_NORTH] == (FORD, NORTH)
    assert ends[FORD_SOUTH] == (FORD, SOUTH)
    assert ends[FORD_HILLS] == (FORD, HILLS)
    assert ends[SOUTH_FORD] == (SOUTH, FORD)
    assert ends[HILLS_FORD] == (HILLS, FORD)
    assert LINKS.metres.tolist() == LINKS.march_m.tolist() == [10_000, 10_000, 20_000, 30_000, 20_000, 30_000]


def test_ways_are_sums_of_roads():
    assert (LINKS.way_m // 1000).tolist() == [[0, 10, 30, 40], [10, 0, 20, 30], [30, 20, 0, 50], [40, 30, 50, 0]]


def test_slots_are_the_roads_out_of_a_place():
    assert LINKS.neighbour.tolist() == [[FORD, -1, -1], [NORTH, SOUTH, HILLS], [FORD, -1, -1], [FORD, -1, -1]]
    assert LINKS.slot_link[FORD].tolist() == [FORD_NORTH, FORD_SOUTH, FORD_HILLS]


def test_the_opening_state_is_sound():
    assert state_of(three_towns(), 3).problems() == []


def test_every_rule_has_a_number_here_that_is_not_the_rules():
    rates = rates_of(2, base=1)
    assert all(getattr(rates, name).shape == (2,) for name in names())
    assert rates.base.tolist() == [1, 1]
