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
    three_towns,
)

WORLD = three_towns()
WAYS = WORLD.ways


def test_first_roads_come_first_and_places_with_most_roads():
    # Ford has three roads, the others one.
    assert WAYS.places.tolist() == [FORD, NORTH, SOUTH, HILLS]
    assert WAYS.rank[[FORD, NORTH, SOUTH, HILLS]].tolist() == [0, 1, 2, 3]
    assert WAYS.minus_roads[[FORD, NORTH, SOUTH, HILLS]].tolist() == [-3, -1, -1, -1]
    assert (WAYS.many, WAYS.first) == ((4, 1, 1), (0, 4, 5))


def test_a_way_begins_and_leads_somewhere():
    assert WAYS.link.tolist() == [FORD_NORTH, NORTH_FORD, SOUTH_FORD, HILLS_FORD, FORD_SOUTH, FORD_HILLS]
    assert WAYS.start.tolist() == [FORD, NORTH, SOUTH, HILLS, FORD, FORD]
    assert WAYS.end.tolist() == [NORTH, FORD, FORD, FORD, SOUTH, HILLS]
    assert WAYS.places[WAYS.end_rank].tolist() == WAYS.end.tolist()


def test_what_belongs_to_a_way():
    # Half of those on the road between ford and hills finish it in a step; every other pull is one road's alone.
    assert WAYS.drive_steps.tolist() == [1, 1, 1, 0.5, 1, 0.5]
    assert WAYS.pull.tolist() == [0.25, 0.5, 0.5, 0.5, 0.25, 0.25]
    assert WAYS.odd.tolist() == [False, False, False, True, False, True]
