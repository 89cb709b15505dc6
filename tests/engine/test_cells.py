import numpy as np

from offensive_sim.engine.cells import cells_of, leaders, pick, runs, where

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
