import numpy as np
import pytest
from tests.worlds import FORD, HILL, HILLS, NORTH, RIVER, SOUTH, seen_of, three_towns, with_transports

from offensive_sim.engine.phases import rides


def carried(*transports, day=0, replicas=1, fired_on=0, **where):
    """By group and place: on the road at first, in shelter at first, and those who got out."""
    world = three_towns(effects={"transports": with_transports(*transports)})
    seen = seen_of(world, replicas, day=day, fired_on={0: fired_on}, **where)
    found = rides.carry(world, seen, seen.in_shelter.persons)
    out = np.zeros(seen.in_shelter.shape, np.int64)
    np.add.at(out.reshape(-1), found.cell, found.persons)
    return found.on_road.dense(), seen.in_shelter.less(found.entry, found.from_shelter).dense(), out


def test_as_many_as_find_room_are_taken_from_the_shelter():
    road, house, out = carried((0, NORTH, SOUTH, 300, 2, [HILL]), sheltered={(HILL, NORTH): 1000, (HILL, FORD): 50})
    assert house[0, HILL].tolist() == [700, 50, 0, 0]
    assert out[0, HILL].tolist() == [0, 0, 300, 0]
    assert not road.any()


def test_those_on_the_road_go_first():
    road, house, out = carried(
        (0, NORTH, SOUTH, 300, 2, [HILL]), sheltered={(HILL, NORTH): 1000}, moving={(HILL, NORTH): 120}
    )
    assert (road[0, HILL, NORTH], house[0, HILL, NORTH], out[0, HILL, SOUTH]) == (0, 820, 300)


def test_only_the_communities_named_are_taken():
    _, house, out = carried((0, NORTH, SOUTH, 300, 2, [RIVER]), sheltered={(HILL, NORTH): 1000, (RIVER, NORTH): 40})
    assert house[0, :, NORTH].tolist() == [1000, 0]
    assert out[0, :, SOUTH].tolist() == [0, 40]


def test_one_group_after_the_other_until_it_is_full():
    _, house, _ = carried((0, NORTH, SOUTH, 300, 2, [HILL, RIVER]), sheltered={(HILL, NORTH): 250, (RIVER, NORTH): 90})
    assert house[0, :, NORTH].tolist() == [0, 40]


@pytest.mark.parametrize(("day", "goes"), [(2, 0), (3, 300), (4, 300), (5, 0)])
def test_it_runs_for_its_days(day, goes):
    # The trigger happens on day 3, for two days.
    fired_on = 3 if day >= 3 else -1
    _, _, out = carried((0, NORTH, SOUTH, 300, 2, [HILL]), day=day, fired_on=fired_on, sheltered={(HILL, NORTH): 1000})
    assert out.sum() == goes


def test_what_one_leaves_the_next_may_take_and_nobody_twice():
    both = ((0, NORTH, SOUTH, 300, 2, [HILL]), (0, NORTH, HILLS, 300, 2, [HILL]))
    _, house, out = carried(*both, sheltered={(HILL, NORTH): 500})
    assert out[0, HILL].tolist() == [0, 0, 300, 200]
    assert not house.any()


def test_each_replica_is_on_its_own():
    world = three_towns(effects={"transports": with_transports((0, NORTH, SOUTH, 300, 2, [HILL]))})
    seen = seen_of(world, 3, fired_on={0: np.array([0, -1, 0])}, sheltered={(HILL, NORTH): np.array([500, 500, 100])})
    found = rides.carry(world, seen, seen.in_shelter.persons)
    left = seen.in_shelter.less(found.entry, found.from_shelter)
    assert left.dense()[:, HILL, NORTH].tolist() == [200, 500, 0]
    whole = left.persons.sum() + found.on_road.persons.sum() + found.persons.sum()
    assert whole == seen.in_shelter.persons.sum()


def test_nobody_is_displaced_yet():
    _, _, out = carried((0, NORTH, SOUTH, 300, 2, [HILL]))
    assert not out.any()
