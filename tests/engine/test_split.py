import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from offensive_sim.engine.split import PARTY, Split, in_parties, rounded

QUICK = settings(max_examples=60, derandomize=True, deadline=None)


@pytest.mark.parametrize(("u", "whole"), [(0.0, [2, 2, 0]), (0.5, [2, 3, 0]), (0.999, [2, 3, 0])])
def test_a_fraction_becomes_one_with_its_own_probability(u, whole):
    assert rounded(np.array([2.0, 2.5, 0.0]), np.full(3, u)).tolist() == whole


def test_rounding_has_no_bias():
    u = (np.arange(1000) + 0.5) / 1000
    assert rounded(np.full(1000, 7.3), u).mean() == pytest.approx(7.3)


def test_people_travel_in_whole_parties():
    wish = np.array([2.5 * PARTY, 0.4 * PARTY])
    assert (in_parties(wish, np.array([0.0, 0.0])) // PARTY).tolist() == [2, 0]
    assert (in_parties(wish, np.array([0.5, 0.6])) // PARTY).tolist() == [3, 1]
    assert in_parties(np.array([25.0]), np.array([0.5]), 10).tolist() == [30]


def split(number, shares, u):
    lot = Split(np.array([number], np.int32), np.array([2.0]), np.array([u]))
    return [int(lot.take(np.array([2.0 * share]))[1].sum()) for share in shares[:-1]] + lot.rest().tolist()


@pytest.mark.parametrize(("u", "parts"), [(0.0, [1, 1, 2]), (0.5, [1, 1, 2]), (0.7, [1, 2, 1]), (0.999, [2, 1, 1])])
def test_four_parties_split_by_shares_and_one_uniform(u, parts):
    # Running sums 1.2, 2.4 and 4; floor(sum + u) less the one before. u = 0.7: 1.9 -> 1, 3.1 -> 3, 4.
    assert [part // PARTY for part in split(4 * PARTY, [0.3, 0.3, 0.4], u)] == parts


def test_a_small_lot_goes_as_one():
    assert split(5, [0.5, 0.5], 0.4) == [0, 5]
    assert split(5, [0.5, 0.5], 0.6) == [5, 0]


def test_nobody_takes_a_way_without_a_share():
    assert split(10 * PARTY, [0.0, 1.0, 0.0], 0.0) == [0, 10 * PARTY, 0]


def test_nobody_to_split():
    assert split(0, [0.5, 0.5], 0.7) == [0, 0]


def test_splitting_has_no_bias():
    # 3 parties at shares 0.2, 0.5, 0.3 over a thousand equal steps of u.
    u = (np.arange(1000) + 0.5) / 1000
    lots = Split(np.full(1000, 3 * PARTY, np.int32), np.ones(1000), u)
    parts = [lots.take(np.full(1000, 0.2))[1].sum(), lots.take(np.full(1000, 0.5))[1].sum(), lots.rest().sum()]
    assert np.array(parts) / (3000 * PARTY) == pytest.approx([0.2, 0.5, 0.3], abs=0.002)


def test_a_share_may_be_of_the_first_lots_only():
    lots = Split(np.full(2, 4 * PARTY, np.int32), np.ones(2), np.zeros(2))
    assert [part.tolist() for part in lots.take(np.array([0.5]))] == [[0], [2 * PARTY]]
    assert [part.tolist() for part in lots.take(np.array([0.25, 0.25]))] == [[0, 1], [PARTY, PARTY]]
    assert lots.rest().tolist() == [PARTY, 3 * PARTY]


def test_only_those_who_go_are_told():
    lots = Split(np.full(3, PARTY, np.int32), np.ones(3), np.array([0.0, 0.5, 0.9]))
    assert [part.tolist() for part in lots.take(np.full(3, 0.5))] == [[1, 2], [PARTY, PARTY]]
    assert lots.rest().tolist() == [PARTY, 0, 0]


@QUICK
@given(
    number=some.integers(0, 3_000_000),
    weights=some.lists(some.floats(0, 1), min_size=1, max_size=9).filter(lambda w: sum(w) > 1e-9),
    u=some.floats(0, 1, exclude_max=True),
)
def test_a_split_sums_exactly_and_is_never_negative(number, weights, u):
    parts = split(number, np.array(weights) / sum(weights), u)
    assert sum(parts) == number
    assert min(parts) >= 0
