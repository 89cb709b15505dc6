import numpy as np

from offensive_sim.engine.cells import leaders, once

CELLS = np.array([5, 2, 5, 0, 2, 5])


def test_entries_of_one_cell_have_one_leader_among_them():
    who = leaders(CELLS, 6)
    assert CELLS[who].tolist() == CELLS.tolist()
    assert len(set(who.tolist())) == 3


def test_each_cell_is_told_once():
    assert sorted(once(CELLS, 6).tolist()) == [0, 2, 5]
    assert once(CELLS[:0], 6).tolist() == []
