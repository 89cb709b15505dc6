import csv
import io
import json

import pytest
from tests.views.helpers import BLUE, BOTH, attack, change, chronicle, figure, game, run

from offensive_sim.views import report
from offensive_sim.views.scorecard import score

SAID = chronicle(
    change("ford", 4, "blue"),
    change("south", 8, "blue", confidence="low", uncertainty=1),
    attacks=[attack("south", 3, 4)],
    displaced=[figure(6, 6_000, 9_000)],
)
RUN = {"ford": {4: BLUE}, "north": {2: BOTH}}


def card_of(series=None, **splits):
    return score(game(**splits), SAID, series or run(displaced=7_000, **RUN))


def as_json(card):
    head = {"scenario": "three-towns", "seed": 1, "replicas": 1, "digest": "0" * 16}
    return json.loads(report.as_json(card, head))


def test_the_json_says_what_was_run_whether_the_bar_was_met_and_each_split():
    said = as_json(card_of())
    assert list(said) == ["scenario", "seed", "replicas", "digest", "bar_met", "splits"]
    assert list(said["splits"]) == ["tuned", "checked"]
    assert said["bar_met"] is True
    assert said["splits"]["checked"] is None


SPLIT = ["forced", "changes", "failed_attacks", "invented_places", "places", "skill", "brier", "displaced"]
MORE = {"first_day", "last_day", "skill_since_start"}


def test_a_split_has_these_keys_and_no_others():
    split = as_json(card_of())["splits"]["tuned"]
    assert [key for key in split if key not in MORE] == SPLIT
    counts = {"on_time", "early", "late", "missed", "total"}
    assert list(split["changes"]) == ["high", "medium", "low", "all"]
    assert all(set(count) == counts for count in split["changes"].values())
    assert set(split["failed_attacks"]) == {"held", "total"}
    assert [list(row) for row in split["displaced"]] == [["date", "observed", "low", "high", "simulated", "within"]]


def test_the_json_tells_the_numbers_of_the_scorecard():
    split = as_json(card_of())["splits"]["tuned"]
    assert split["forced"] == 0
    assert split["changes"]["all"] == {"on_time": 1, "early": 0, "late": 0, "missed": 1, "total": 2}
    assert split["failed_attacks"] == {"held": 1, "total": 1}
    assert (split["invented_places"], split["places"]) == (0, 3)
    # Nothing changes is wrong on 7 + 3 evenings, the run on south's 3.
    assert (split["skill"], split["brier"]) == (0.7, None)
    row = {"date": "2014-06-06", "observed": 7_500, "low": 6_000, "high": 9_000, "simulated": 7_000, "within": True}
    assert split["displaced"] == [row]


def test_the_json_of_an_ensemble_has_a_brier_score():
    assert as_json(card_of(run(replicas=2, **RUN)))["splits"]["tuned"]["brier"] >= 0


def test_the_csv_has_a_heading_and_a_row_a_change():
    rows = list(csv.reader(io.StringIO(report.as_csv(card_of()))))
    assert rows == [
        ["split", "place", "date", "uncertainty", "from", "to", "confidence", "verdict", "simulated", "share"],
        ["tuned", "ford", "2014-06-04", "0", "red", "blue", "high", "on_time", "2014-06-04", ""],
        ["tuned", "south", "2014-06-08", "1", "red", "blue", "low", "missed", "", ""],
    ]


def test_the_csv_of_an_ensemble_tells_the_share_on_time():
    rows = list(csv.reader(io.StringIO(report.as_csv(card_of(run(replicas=4, ford=[{4: BLUE}, {}, {}, {}]))))))
    assert rows[1][-1] == "0.250"


def test_the_table_lays_the_run_beside_the_chronicle():
    rows = list(report.place_days(game(), SAID, run(**RUN)))
    assert rows[0] == ["date", "place", "chronicle", "simulated"]
    assert len(rows) == 1 + 10 * 3
    assert ["2014-06-03", "ford", "red", "red"] in rows
    assert ["2014-06-04", "ford", "blue", "blue"] in rows
    assert ["2014-06-02", "north", "blue", "contested"] in rows
    assert ["2014-06-10", "south", "blue", "red"] in rows


def test_the_table_of_an_ensemble_tells_the_share_that_agrees():
    rows = list(report.place_days(game(), SAID, run(replicas=4, ford=[{4: BLUE}, {}, {}, {}])))
    assert rows[0][-1] == "agree"
    assert ["2014-06-04", "ford", "blue", "blue", "0.250"] in rows


def test_the_text_tells_each_split_and_what_went_wrong():
    text = report.as_text(card_of(checked=(6, 10), tuned=(1, 5)))
    assert "Scorecard, tuned: 2014-06-01 to 2014-06-05" in text
    assert "Scorecard, checked: 2014-06-06 to 2014-06-10" in text
    assert "missed 2014-06-08 +-1 south: red to blue (low)" in text
    assert "failed attacks that stay failed: 1 of 1" in text
    assert "bar of" not in text


@pytest.mark.parametrize(("asked", "verdict"), [(0.5, "reached"), (1.0, "NOT reached")])
def test_the_text_says_whether_a_bar_was_reached(asked, verdict):
    # One of two changes is on time.
    bars = {"on_time_high": 0.0, "on_time_all": asked, "failed_attacks": 0.0, "invented": 1.0, "skill": -10.0}
    assert f"bar of the scenario: {verdict}" in report.as_text(card_of(bars=bars))


def test_the_text_has_no_trailing_blanks_and_fits_its_width():
    lines = report.as_text(card_of(), width=100).splitlines()
    assert all(line == line.rstrip() for line in lines)
    assert max(len(line) for line in lines) <= 100


def test_the_text_names_lost_attacks_and_invented_places():
    text = report.as_text(card_of(run(south={3: BLUE, 5: 0}, north={6: 0})))
    assert "lost   2014-06-03 south" in text
    assert "1 of 3 (33%): north" in text
