import re

import numpy as np
import pytest

from offensive_sim.pages.charts import Chart, Line, drawn, reasons, signed
from offensive_sim.pages.ground import HEIGHT, WIDTH, _clipped
from offensive_sim.pages.svg import element, number, path_of, runs_inside, simplified


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (3, "3"), (10, "10"), (100.04, "100"), (0.5, ".5"), (-0.5, "-.5"), (-0.04, "0"), (0.26, ".3")],
)
def test_a_number_is_as_short_as_it_can_be(value, said):
    assert number(value) == said


def test_a_path_is_a_move_and_steps_and_drops_points_that_round_to_the_same():
    assert path_of(np.array([[1.0, 2.0], [4.0, 1.5], [4.01, 1.5], [4.0, 9.5]])) == "M1 2l3-.5 0 8"
    assert path_of(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]), closed=True) == "M0 0l1 0 0 1z"


def test_everything_that_is_no_markup_is_escaped():
    made = element("text", '<b>"', element("b", "&"), class_='x" onload="y', data_day=2.0)
    assert made == '<text class="x&#34; onload=&#34;y" data-day="2">&lt;b&gt;&#34;<b>&amp;</b></text>'
    assert element("path", d=None) == "<path/>"


def test_a_simplified_line_keeps_its_ends_and_whatever_stands_out():
    line = np.array([[0.0, 0.0], [1.0, 0.1], [2.0, 0.0], [3.0, 5.0], [4.0, 0.0]])
    assert simplified(line, 0.2).tolist() == [[0, 0], [2, 0], [3, 5], [4, 0]]
    assert simplified(line, 10.0).tolist() == [[0, 0], [4, 0]]


def test_a_line_is_cut_into_what_touches_the_inside():
    line = np.arange(16.0).reshape(8, 2)
    inside = np.array([0, 0, 1, 0, 0, 0, 0, 1], bool)
    assert [run.tolist() for run in runs_inside(line, inside)] == [line[1:4].tolist(), line[6:].tolist()]
    assert list(runs_inside(line, np.zeros(8, bool))) == []


def test_an_area_is_cut_at_the_edge_of_the_map():
    square = np.array([[-500.0, 50.0], [50.0, 50.0], [50.0, 100.0], [-500.0, 100.0]])
    assert sorted(map(tuple, _clipped(square).tolist())) == [(-12, 50), (-12, 100), (50, 50), (50, 100)]
    assert len(_clipped(square + np.array([5 * WIDTH, 5 * HEIGHT]))) == 0


# Charts


def chart(**more):
    from datetime import date  # noqa: PLC0415

    days = [date(2014, 6, day) for day in (1, 2, 3)]
    return drawn(Chart("Title", "Said", days, "en", [Line("model", "<Model>", [0.0, 50.0, 100.0])], **more))


def test_a_line_runs_from_the_first_day_to_the_last_on_a_scale_that_holds_it():
    assert 'd="M62 270L325 142L588 14"' in chart()
    assert "&lt;Model&gt;" in chart()
    assert "<Model>" not in chart()


def test_a_pinned_day_is_marked_at_its_place():
    assert 'class="pin" d="M325 14V270"' in chart(pins=[(1, "here")])


def test_a_line_that_never_leaves_nought_has_a_scale_all_the_same():
    from datetime import date  # noqa: PLC0415

    made = drawn(Chart("T", "S", [date(2014, 6, 1)] * 2, "en", [Line("model", "M", [0.0, 0.0])]))
    assert re.findall(r'class="tick"[^>]*>([^<]*)<', made)[:6] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]


def test_shares_are_told_in_per_cent():
    from datetime import date  # noqa: PLC0415

    made = drawn(Chart("T", "S", [date(2014, 6, 1)] * 2, "en", [Line("model", "M", [0.0, 0.05])], percent=True))
    assert ">5 %<" in made


def test_reasons_for_stand_right_and_reasons_against_left_of_the_middle():
    made = reasons([("home", 25), ("cut off", -50)], 50)
    assert 'class="bar for" x="324" y="3" width="56"' in made
    assert 'class="bar against" x="212" y="22" width="112"' in made
    assert "home +25, cut off −50" in made
    assert (signed(0), signed(-3)) == ("+0", "−3")
