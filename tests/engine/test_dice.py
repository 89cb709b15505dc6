import hashlib
from itertools import combinations

import numpy as np
import pytest

from offensive_sim.engine.dice import Dice, Draw, triangular

MANY = np.arange(64)


def dice(*replicas, seed=2014):
    return Dice(seed, np.array(replicas))


def test_a_replica_draws_the_same_alone_and_among_others():
    alone = dice(41).uniforms(Draw.BATTLE, 3, 10)[0]
    assert np.array_equal(alone, Dice(2014, MANY).uniforms(Draw.BATTLE, 3, 10)[41])
    assert np.array_equal(alone, dice(300, 41, 5).uniforms(Draw.BATTLE, 3, 10)[1])


def test_more_cells_leave_the_first_ones_as_they_were():
    few, many = dice(7).uniforms(Draw.STEPS, 0, 5), dice(7).uniforms(Draw.STEPS, 0, 50)
    assert np.array_equal(few, many[:, :5])


def test_single_cells_are_those_of_the_whole_draw():
    every = Dice(5, MANY).uniforms(Draw.STEPS, 9, 100)
    rows, cells = np.array([0, 63, 7, 7]), np.array([99, 0, 13, 14])
    assert np.array_equal(Dice(5, MANY).at(Draw.STEPS, 9, rows, cells), every[rows, cells])


def test_nothing_is_consumed():
    one = dice(1)
    assert np.array_equal(one.uniforms(Draw.FLIGHT, 2, 9), one.uniforms(Draw.FLIGHT, 2, 9))


@pytest.mark.parametrize("purpose", Draw)
def test_draws_are_uniform(purpose):
    # Mean 1/2 and variance 1/12; over 100,000 draws the mean's standard error is 0.0009, the variance's 0.00024.
    u = Dice(1, np.arange(100)).uniforms(purpose, 4, 1000)
    assert (u >= 0).all()
    assert (u < 1).all()
    assert abs(u.mean() - 0.5) < 0.004
    assert abs(u.var() - 1 / 12) < 0.001
    tenths = np.bincount((u.ravel() * 10).astype(int), minlength=10)
    assert abs(tenths - 10_000).max() < 500


def test_no_two_purposes_correlate():
    # 55 pairs over 10,000 draws: five standard errors are 0.05.
    drawn = {purpose: dice(*range(100)).uniforms(purpose, 0, 100).ravel() for purpose in Draw}
    for one, other in combinations(Draw, 2):
        assert abs(np.corrcoef(drawn[one], drawn[other])[0, 1]) < 0.05, (one, other)


def test_neighbouring_days_replicas_seeds_and_cells_do_not_correlate():
    u = Dice(1, np.arange(101)).uniforms(Draw.BATTLE, 0, 101)
    here = u[:100, :100].ravel()
    others = {
        "cell": u[:100, 1:].ravel(),
        "replica": u[1:, :100].ravel(),
        "day": Dice(1, np.arange(100)).uniforms(Draw.BATTLE, 1, 100).ravel(),
        "seed": Dice(2, np.arange(100)).uniforms(Draw.BATTLE, 0, 100).ravel(),
    }
    for what, other in others.items():
        assert abs(np.corrcoef(here, other)[0, 1]) < 0.05, what


@pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
def test_any_seed_will_do(seed):
    assert np.isfinite(dice(0, seed=seed).uniforms(Draw.RATES, 0, 3)).all()


def test_the_stream_is_pinned():
    # Worked out with Python's own integers, word by word: SplitMix64 over sha256("7/battle"), replica 3, day 2, cell 1.
    mask = 2**64 - 1

    def mixed(word):
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9 & mask
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB & mask
        return word ^ (word >> 31)

    golden = 0x9E3779B97F4A7C15
    base = int.from_bytes(hashlib.sha256(b"7/battle").digest()[:8], "little")
    key = mixed((4 * golden + base) & mask)
    word = mixed((key + (2 + 3 * 2**40) * golden) & mask)
    assert dice(3, seed=7).uniforms(Draw.BATTLE, 2, 2)[0, 1] == (word >> 11) * 2.0**-53


@pytest.mark.parametrize(("u", "value"), [(0.0, 0.0), (0.125, 1.0), (0.5, 2.0), (0.875, 3.0), (1.0, 4.0)])
def test_a_triangle_at_its_quantiles(u, value):
    # From 0 to 4 with its top at 2: the cumulative share is x^2/8 up to 2 and 1 - (4 - x)^2/8 from there.
    assert triangular(np.array([u]), 0.0, 2.0, 4.0)[0] == pytest.approx(value)


@pytest.mark.parametrize(("u", "value"), [(0.0, 1.0), (0.75, 2.0), (1.0, 3.0)])
def test_a_triangle_with_its_top_at_the_low_end(u, value):
    # From 1 to 3, top at 1: 1 - (3 - x)^2/4.
    assert triangular(np.array([u]), 1.0, 1.0, 3.0)[0] == pytest.approx(value)


def test_a_triangle_with_its_top_at_the_high_end():
    assert triangular(np.array([0.25]), 1.0, 3.0, 3.0)[0] == pytest.approx(2.0)


def test_a_number_without_a_range_is_itself():
    assert triangular(np.array([0.0, 0.9]), 5.0, 5.0, 5.0).tolist() == [5.0, 5.0]


def test_triangles_are_drawn_each_within_its_own_range():
    low, mode, high = np.array([[0.0, 10.0]]), np.array([[1.0, 10.0]]), np.array([[2.0, 30.0]])
    drawn = triangular(Dice(3, MANY).uniforms(Draw.RATES, 0, 2), low, mode, high)
    assert (drawn >= low).all()
    assert (drawn <= high).all()
    assert np.ptp(drawn[:, 0]) > 1
