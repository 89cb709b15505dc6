import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from offensive_sim.engine.crowd import Crowd

SHAPE = (3, 2, 4)
"""Replicas, groups, places: the cell of replica r, group g and place p is 8 r + 4 g + p."""
QUICK = settings(max_examples=60, derandomize=True, deadline=None)


def crowd(**cells):
    """``crowd(c5=7)``: seven persons in cell 5."""
    persons = np.zeros(24, np.int32)
    for cell, number in cells.items():
        persons[int(cell[1:])] = number
    return Crowd.of(persons.reshape(SHAPE))


def listed(people):
    return dict(zip(people.cell.tolist(), people.persons.tolist(), strict=True))


SOME = crowd(c1=10, c5=20, c6=30, c16=40)


def test_only_cells_with_people_are_kept():
    assert listed(SOME) == {1: 10, 5: 20, 6: 30, 16: 40}
    assert SOME.dense().reshape(-1)[[1, 5, 6, 16]].tolist() == [10, 20, 30, 40]
    assert SOME.dense().sum() == 100


def test_people_are_summed_by_group_and_by_place():
    assert SOME.by_group.tolist() == [[10, 50], [0, 0], [40, 0]]
    assert SOME.by_place.tolist() == [[0, 30, 30, 0], [0, 0, 0, 0], [40, 0, 0, 0]]
    assert SOME.by_replica().tolist() == [60, 0, 40]


def test_sums_are_handed_on_when_some_leave():
    left = SOME.less(np.array([1, 2, 1]), np.array([15, 1, 5], np.int32))
    assert listed(left) == {1: 10, 5: 0, 6: 29, 16: 40}
    assert left.by_group.tolist() == [[10, 29], [0, 0], [40, 0]]
    assert left.by_place.tolist() == [[0, 10, 29, 0], [0, 0, 0, 0], [40, 0, 0, 0]]
    assert SOME.by_place.tolist() == [[0, 30, 30, 0], [0, 0, 0, 0], [40, 0, 0, 0]]
    with pytest.raises(ValueError, match="read-only"):
        left.by_place[0, 0] = 1


def test_an_entry_says_replica_group_and_place():
    who = SOME.whereabouts(np.array([1, 3]))
    assert (who.row.tolist(), who.group.tolist(), who.place.tolist()) == ([0, 2], [1, 0], [1, 0])


def test_the_entries_of_a_group_are_a_run():
    assert SOME.bounds.tolist() == [0, 1, 3, 3, 3, 4, 4]


def test_those_who_come_join_those_who_are_there_and_empty_cells_are_dropped():
    left = Crowd(SOME.cell, np.array([10, 0, 30, 40], np.int32), SHAPE)
    joined = left.joined_by(np.array([23, 1, 23, 0, 5, 6]), np.array([1, 2, 4, 8, 16, 32], np.int32))
    assert listed(joined) == {0: 8, 1: 12, 5: 16, 6: 62, 16: 40, 23: 5}
    assert listed(left.joined_by(np.zeros(0, np.int64), np.zeros(0, np.int32))) == {1: 10, 6: 30, 16: 40}


def test_an_empty_crowd_can_be_joined():
    assert listed(crowd().joined_by(np.array([3, 3]), np.array([1, 2], np.int32))) == {3: 3}


@QUICK
@given(
    there=some.dictionaries(some.integers(0, 23), some.integers(1, 9)),
    comes=some.lists(some.tuples(some.integers(0, 23), some.integers(1, 9))),
)
def test_joining_is_addition(there, comes):
    people = crowd(**{f"c{cell}": number for cell, number in there.items()})
    cell, persons = (np.array([pair[i] for pair in comes], np.int64) for i in (0, 1))
    whole = people.dense()
    np.add.at(whole.reshape(-1), cell, persons)
    joined = people.joined_by(cell, persons.astype(np.int32))
    assert np.array_equal(joined.dense(), whole)
    assert np.array_equal(joined.by_group, whole.sum(axis=2))
    assert np.array_equal(joined.by_place, whole.sum(axis=1))
    assert (np.diff(joined.cell) > 0).all()


@pytest.mark.parametrize("rows", [slice(0, 1), slice(2, 3), slice(1, 3), slice(0, 3, 2), slice(3, 3)], ids=str)
def test_some_replicas_are_those_of_the_dense_array(rows):
    assert np.array_equal(SOME.rows(rows).dense(), SOME.dense()[rows])


def test_the_first_replica_many_times_over():
    assert np.array_equal(SOME.repeated(4).dense(), np.repeat(SOME.dense()[:1], 4, axis=0))


def test_a_list_of_cells_in_any_order_is_put_in_order():
    people = Crowd.listed(np.array([9, 2, 4]), np.array([1, 0, 3], np.int32), SHAPE)
    assert listed(people) == {4: 3, 9: 1}
