import numpy as np

from offensive_sim.engine.cells import Lists, cells_of, leaders, pick, rising, runs, summed, where

CELLS = np.array([5, 2, 5, 0, 2, 5])


def test_entries_of_one_cell_have_one_leader_among_them():
    who = leaders(CELLS, 6)
    assert CELLS[who].tolist() == CELLS.tolist()
    assert len(set(who.tolist())) == 3


def test_a_table_is_read_at_rows_and_columns():
    table = np.array([[1, 2, 3], [4, 5, 6]])
    assert pick(table, np.array([0, 1, 1]), np.array([2, 0, 1])).tolist() == [3, 4, 5]
    # Minus one is the last column of the row before, and of the last row for the first.
    assert pick(table, np.array([1, 0]), np.array([-1, -1])).tolist() == [3, 6]


def test_cells_and_the_rows_and_columns_they_are_in():
    mask = np.array([[False, True, False], [True, False, True]])
    assert cells_of(mask).tolist() == [1, 3, 5]
    assert [axis.tolist() for axis in where(mask)] == [[0, 1, 1], [1, 0, 2]]


def test_runs_begin_where_the_number_changes():
    assert runs(np.array([3, 3, 5, 7, 7])).tolist() == [0, 2, 3]
    assert runs(np.zeros(0, np.int64)).tolist() == []


def test_lists_of_any_length_are_read_as_pairs():
    # By key: nobody has 0; 1 has the first and the last number, 2 the two between.
    lists = Lists.by_key(np.array([1, 2, 2, 1]), 3)
    assert [part.tolist() for part in lists.of(np.array([2, 0, 1]))] == [[0, 0, 2, 2], [1, 2, 0, 3]]
    assert [part.tolist() for part in lists.of(np.zeros(0, np.int64))] == [[], []]


def test_rows_of_a_table_are_listed_by_what_is_true_in_them():
    lists = Lists.of_true(np.array([[False, True, True], [False, False, False], [True, False, False]]))
    assert [part.tolist() for part in lists.of(np.array([0, 1, 2, 0]))] == [[0, 0, 2, 3, 3], [1, 2, 0, 1, 2]]


def test_cells_rise_and_those_alike_stay_in_their_order():
    assert rising(CELLS, 6).tolist() == [3, 1, 4, 0, 2, 5]
    large = np.array([70_000, 5, 70_000 + 65_536, 4_464, 70_000])  # 70,000 and 4,464 differ in their upper bits alone
    assert rising(large, 200_000).tolist() == [1, 3, 0, 4, 2]


def test_numbers_of_the_same_cell_are_summed():
    cell, number = summed(CELLS, np.array([1, 2, 4, 8, 16, 32], np.int32), 6)
    assert cell.tolist() == [0, 2, 5]
    assert number.tolist() == [8, 18, 37]
    alone = summed(np.array([4, 1]), np.array([7, 9], np.int32), 6)
    assert [part.tolist() for part in alone] == [[1, 4], [9, 7]]
    assert [len(part) for part in summed(np.zeros(0, np.int64), np.zeros(0, np.int32), 6)] == [0, 0]
