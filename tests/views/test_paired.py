import math
from datetime import date

import numpy as np
import pytest

from offensive_sim.views.comparison import Asked, said
from offensive_sim.views.paired import Paired, paired, sign_test, student

DAY = date(2014, 6, 23)
HELD = Asked("held", "places of red", "control", "more", True)


def of(model, what_if):
    return paired(np.array(model), np.array(what_if))


def test_the_interval_is_that_of_the_differences_and_not_of_the_worlds():
    """Worlds that vary by hundreds, differences of 1, 2, 3: mean 2, variance 1, Student's factor for 2 is 4.303."""
    found = of([100, 500, 900], [101, 502, 903])
    assert (found.mean, found.more, found.fewer, found.same) == (2, 3, 0, 0)
    assert found.high - found.mean == pytest.approx(4.303 / math.sqrt(3), rel=0.06)
    assert (found.model, found.what_if) == (500, 502)


@pytest.mark.parametrize(("freedom", "factor"), [(4, 2.776), (9, 2.262), (49, 2.0096), (999, 1.9623)])
def test_students_factor_is_that_of_the_tables(freedom, factor):
    assert student(freedom) == pytest.approx(factor, rel=0.01)


@pytest.mark.parametrize(
    ("more", "fewer", "p"),
    [(0, 0, 1.0), (5, 5, 1.0), (10, 0, 2 / 1024), (0, 10, 2 / 1024), (8, 2, 2 * 56 / 1024)],
)
def test_the_sign_test_counts_coins(more, fewer, p):
    assert sign_test(more, fewer) == pytest.approx(p)


def test_the_sign_test_of_many_pairs_goes_on_where_that_of_few_ends():
    assert sign_test(1040, 960) == pytest.approx(sign_test(1041, 961), rel=0.02)


def test_no_difference_at_all_is_said():
    found = of([3, 4], [3, 4])
    assert not found.told_apart
    assert said(HELD, found, DAY) == (
        "On the evening of 23 June the two worlds do not differ in places of red in any of 2 pairs."
    )


def test_a_difference_that_cannot_be_told_from_zero_is_said_to_be_so():
    found = of([5, 5, 5, 5, 5, 5], [6, 4, 7, 3, 5, 6])
    assert not found.told_apart
    assert "cannot be told from zero" in said(HELD, found, DAY)


def test_a_difference_against_expectation_is_said_to_be_so():
    found = of([5] * 20, [4] * 10 + [3] * 10)
    assert found.told_apart
    words = said(HELD, found, DAY)
    assert "1.50 fewer places of red on average" in words
    assert "against what the premise" in words


def test_a_mean_and_a_count_that_speak_differently_are_both_said():
    few_large = of([0] * 20, [0] * 14 + [40] * 6)
    torn = of([0] * 20, [1] * 18 + [-60] * 2)
    assert "too few to be sure" in said(HELD, of([0] * 20, [0] * 15 + [40] * 5), DAY)
    assert "A few large differences make the mean" in said(HELD, of([0] * 20, [-1] * 10 + [90] * 10), DAY)
    assert few_large.told_apart
    assert "most have more, but larger differences the other way outweigh them" in said(HELD, torn, DAY)


@pytest.mark.parametrize(
    ("mean", "half", "words"),
    [
        (39_209, 5_841, "39,200 more places of red on average (95 % interval +33,400 to +45,000)"),
        (-39_209, 58, "39,209 fewer places of red on average (95 % interval -39,267 to -39,151)"),
        (1_000_000, 99_999, "1,000,000 more places of red on average (95 % interval +900,000 to +1,100,000)"),
        (12, 0, "12 more places of red on average (95 % interval +12 to +12)"),
        (0.5, 0.123, "0.50 more places of red on average (95 % interval +0.38 to +0.62)"),
    ],
)
def test_no_number_is_told_finer_than_its_interval(mean, half, words):
    found = Paired(9, 0, 0, mean, mean - half, mean + half, 9 if mean > 0 else 0, 0 if mean > 0 else 9, 0, 0.001)
    assert words in said(HELD, found, DAY)
