import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from offensive_sim.engine.split import PARTY, in_parties, rounded, shared_out

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


def shared(number, u, *options):
    """Lots of ``number`` persons whose worth is 1 in all; the options of a lot by option and row, and who is left."""
    number, u = np.broadcast_arrays(np.asarray(number, np.int32), np.asarray(u, float))
    worth, many = np.concatenate([np.asarray(o, float) for o in options]), [len(o) for o in options]
    return shared_out(number, np.ones(len(number)), u, worth, many), np.cumsum([0, *many])


def split(number, shares, u):
    found, starts = shared([number], [u], *([share] for share in shares[:-1]))
    return np.bincount(found.option, found.persons, starts[-1]).astype(int).tolist() + found.left.tolist()


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
    found, starts = shared([3 * PARTY] * 1000, u, np.full(1000, 0.2), np.full(1000, 0.5))
    first = found.option < starts[1]
    parts = [found.persons[first].sum(), found.persons[~first].sum(), found.left.sum()]
    assert np.array(parts) / (3000 * PARTY) == pytest.approx([0.2, 0.5, 0.3], abs=0.002)


def test_an_option_may_be_of_the_first_lots_only():
    # Four parties each: both rows have an option worth a quarter, and only the first another worth a half.
    found, _ = shared([4 * PARTY] * 2, [0.0, 0.0], [0.25, 0.25], [0.5])
    assert found.option.tolist() == [0, 1, 2]
    assert found.row.tolist() == [0, 1, 0]
    assert found.persons.tolist() == [PARTY, PARTY, 2 * PARTY]
    assert found.left.tolist() == [PARTY, 3 * PARTY]


def test_only_those_who_go_are_told():
    found, _ = shared([PARTY] * 3, [0.0, 0.5, 0.9], np.full(3, 0.5))
    assert found.row.tolist() == [1, 2]
    assert found.persons.tolist() == [PARTY, PARTY]
    assert found.left.tolist() == [PARTY, 0, 0]


def test_nobody_at_all_to_split():
    found = shared_out(np.zeros(0, np.int32), np.zeros(0), np.zeros(0), np.zeros(0), [0])
    assert [len(part) for part in (found.option, found.row, found.persons, found.left)] == [0, 0, 0, 0]


@QUICK
@given(
    number=some.integers(0, 3_000_000),
    weights=some.lists(some.floats(0, 1), min_size=2, max_size=9).filter(lambda w: sum(w) > 1e-9),
    u=some.floats(0, 1, exclude_max=True),
)
def test_a_split_sums_exactly_and_is_never_negative(number, weights, u):
    parts = split(number, np.array(weights) / sum(weights), u)
    assert sum(parts) == number
    assert min(parts) >= 0
