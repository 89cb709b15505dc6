"""A comparison built from blocks written by hand: every number worked out on paper."""

import json
from datetime import date

import numpy as np
import pytest
from tests.campaign.studies import LEVERS, study

from offensive_sim.campaign import folder
from offensive_sim.campaign.blocks import keep
from offensive_sim.campaign.pairs import TOGETHER, Block
from offensive_sim.engine.dice import Dice, Draw
from offensive_sim.views import tables
from offensive_sim.views.comparing import compared
from offensive_sim.views.comparison_text import as_text
from offensive_sim.views.pair_story import telling, told
from offensive_sim.views.spread import split

NORTH, FORD, SOUTH = range(3)
RED, BLUE, CONTESTED = range(3)


@pytest.fixture
def merged(tmp_path):
    """Four pairs, judged on 8 June: five days after 3 June. Evening 0 is that of 31 May.

    Red holds 2, 2, 2, 1 places in the model and 2, 1, 1, 1 with the what-if, on every evening from 5 on; pairs 1 and 2
    part on evening 5, where ford is shown as blue's in the what-if. 10 people more flee in every pair.
    """
    asked = study(replicas=4)
    measures = [one.id for one in asked.measures]
    values = np.zeros((2, len(measures), 11, 4), np.int32)
    values[0, measures.index("held")] = [2, 2, 2, 1]
    values[1, measures.index("held")] = [2, 2, 2, 1]
    values[1, measures.index("held"), 5:] = [2, 1, 1, 1]
    values[0, measures.index("river"), 6:] = [100, 200, 300, 400]
    values[1, measures.index("river"), 6:] = [110, 210, 310, 410]
    held = np.zeros((2, 11, 3, 3), np.int32)
    held[:, :, NORTH, BLUE] = held[:, :, SOUTH, RED] = held[:, :, FORD, RED] = 4
    held[1, 5:, FORD] = [2, 2, 0]
    differs, ever = np.zeros((11, 3), np.int32), np.zeros((11, 3), np.int32)
    differs[5:8, FORD] = 2
    ever[5:, FORD] = 2
    parted = np.array([6, 5, 5, 6], np.int16)
    folder.prepared(tmp_path, asked)
    keep(folder.blocks_of(tmp_path), asked.jobs[0], Block(values, held, differs, ever, parted, ("a", "b")))
    return folder.merged(tmp_path, asked)


def test_differences_are_taken_pair_by_pair(merged):
    found = compared(merged)
    held = found.outcome
    assert found.judged_on == date(2014, 6, 8)
    assert found.judged == 8
    assert (held.judged.model, held.judged.what_if, held.judged.mean) == (1.75, 1.25, -0.5)
    assert (held.judged.more, held.judged.fewer, held.judged.same) == (0, 2, 2)
    river = next(one for one in found.followed if one.asked.id == "river")
    assert (river.judged.low, river.judged.mean, river.judged.high) == (10, 10, 10)
    assert river.difference[:, 8].tolist() == [10] * 5
    assert river.model[2, 8] == 250
    assert river.mean[:, 8].tolist() == [250, 260, 10]
    assert river.mean[:, 5].tolist() == [0, 0, 0]


def test_people_come_before_control_and_control_before_forces(merged):
    about = [one.asked.about for one in compared(merged).followed]
    assert about == sorted(about, key=["people", "control", "forces"].index)
    assert compared(merged).followed[0].asked.outcome


def test_the_day_they_part_and_where(merged):
    parting = compared(merged).parting
    assert parting.days == ((date(2014, 6, 5), 2), (date(2014, 6, 6), 2))
    assert parting.never == 0
    assert parting.median == date(2014, 6, 5)
    (ford,) = parting.places
    assert (ford.place, ford.share, ford.day) == ("ford", 0.5, date(2014, 6, 5))
    assert "part in 4 of 4 pairs, first on 5 June" in parting.words


def test_shares_of_control_are_of_runs(merged):
    control = compared(merged).control
    assert control.holders == ("red", "blue", "contested")
    assert control.what_if[6, FORD].tolist() == [0.5, 0.5, 0]
    assert control.model[6, FORD].tolist() == [1, 0, 0]
    assert control.differs[6].tolist() == [0, 0.5, 0]


def test_the_text_speaks_of_people_first_and_of_limits_last(merged):
    said = as_text(compared(merged))
    order = [said.index(word) for word in ("What if it had", "People", "Control", "Forces", "Where they part")]
    assert order == sorted(order)
    assert said.rstrip().endswith("it cannot tell us what would have happened.")


def test_pairs_that_never_part(tmp_path, merged):
    asked = merged.study
    none = np.zeros((11, 3), np.int32)
    values = np.zeros((2, len(asked.measures), 11, 4), np.int32)
    held = np.zeros((2, 11, 3, 3), np.int32)
    block = Block(values, held, none, none, np.full(4, TOGETHER, np.int16), ("a", "a"))
    keep(folder.blocks_of(tmp_path), asked.jobs[0], block)
    parting = compared(folder.merged(tmp_path, asked)).parting
    assert (parting.days, parting.never, parting.median, parting.places) == ((), 4, None, ())
    assert parting.words == "The two worlds never part."


# Tables


def test_a_row_a_run_and_day(merged):
    rows = [line.rstrip("\n").split(",") for text in tables.run_day(merged) for line in text.splitlines()]
    assert rows[0][:7] == ["replica", "world", "date", "held", "river", "under", "men"]
    assert len(rows) == 1 + 4 * 2 * 11
    assert rows[1][:5] == ["0", "model", "2014-05-31", "2", "0"]
    assert ["1", "trial", "2014-06-08", "1", "210"] in [row[:5] for row in rows]


def test_a_row_for_each_holder_that_is_shown(merged):
    rows = list(tables.place_day(merged))
    assert rows[0] == "date,place,world,holder,runs,share\n"
    assert "2014-06-05,ford,trial,blue,2,0.5\n" in rows
    assert "2014-06-05,ford,model,red,4,1\n" in rows
    assert not any(",ford,model,blue," in row for row in rows)


def test_control_is_geojson_with_shares_by_day(merged):
    found = json.loads("".join(tables.control(merged)))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == 11 * 3
    ford = next(
        one for one in found["features"]
        if one["properties"]["place"] == "ford" and one["properties"]["date"] == "2014-06-06"
    )  # fmt: skip
    assert ford["type"] == "Feature"
    assert ford["geometry"] == {"type": "Point", "coordinates": [43.1, 36.2]}
    assert ford["properties"]["trial:blue"] == 0.5
    assert ford["properties"]["model:red"] == 1
    assert "model:contested" not in ford["properties"]


# The spread by source


def _drawn(size, key):
    return Dice(key, np.arange(size)).uniforms(Draw.RATES, 0, 4).T


def test_the_split_finds_what_a_made_up_result_is_made_of():
    """f = 3 luck + 4 rates, nothing of the rest: variances 9 and 16 of 25, no interplay."""
    n = 4000
    a, b = _drawn(n, 1), _drawn(n, 2)

    def result(luck, rates):
        return 3 * luck + 4 * rates

    redrawn = {
        "luck": result(b[0], a[1]), "rates": result(a[0], b[1]), "opening": result(a[0], a[1]),
        "accounts": result(a[0], a[1]),
    }  # fmt: skip
    found = {one.source: one for one in split(result(a[0], a[1]), result(b[0], b[1]), redrawn).sources}
    assert found["luck"].total == pytest.approx(9 / 25, abs=0.03)
    assert found["rates"].total == pytest.approx(16 / 25, abs=0.03)
    assert found["luck"].first == pytest.approx(9 / 25, abs=3 * found["luck"].first_error)
    assert found["opening"].total == found["opening"].first == 0


def test_interplay_shows_in_the_total_only():
    """f = (luck - 1/2)(rates - 1/2): nothing by itself, everything together."""
    n = 4000
    a, b = _drawn(n, 3) - 0.5, _drawn(n, 4) - 0.5
    redrawn = {
        "luck": b[0] * a[1], "rates": a[0] * b[1], "opening": a[0] * a[1], "accounts": a[0] * a[1],
    }  # fmt: skip
    found = {one.source: one for one in split(a[0] * a[1], b[0] * b[1], redrawn).sources}
    assert found["luck"].first == pytest.approx(0, abs=0.06)
    assert found["luck"].total == pytest.approx(1, abs=0.06)


def test_what_does_not_vary_has_no_spread():
    same = np.ones(5)
    assert split(same, same, dict.fromkeys(("luck", "rates", "opening", "accounts"), same)) is None


def test_a_split_that_is_too_uncertain_is_said_to_be_so():
    a, b = _drawn(6, 5), _drawn(6, 6)
    redrawn = dict.fromkeys(("luck", "rates", "opening", "accounts"), b[1] * 9)
    assert "cannot be split by source with 6 replicas" in split(a[0], b[0], redrawn).words


# The story of a pair


def test_the_telling_pair_differs_by_the_median_of_those_that_differ():
    none = np.full(5, TOGETHER, np.int16)
    assert telling(np.array([0, 9, -2, 3, 0]), none) == 3
    assert telling(np.zeros(5, np.int64), np.array([-1, -1, 4, 2, -1], np.int16)) == 2
    assert telling(np.zeros(5, np.int64), none) is None


def test_the_story_tells_what_only_one_of_the_two_worlds_tells():
    """Blue is told to hold on 6 June: only the model has it march on, and nothing is told of days before."""
    asked = study(LEVERS["orders_given"][0], date(2014, 6, 6), replicas=4)
    story = told(asked, np.array([7, 7, 7, 7], np.int16), np.array([[2, 2, 2, 2], [2, 2, 2, 2]]), 10)
    assert story.replica == 0
    assert min(day.day for day in story.days) >= date(2014, 6, 6)
    only_model = [line for day in story.days for line in day.model]
    only_what_if = [line for day in story.days for line in day.what_if]
    assert any("South" in line for line in only_model)
    assert not set(only_model) & set(only_what_if)
