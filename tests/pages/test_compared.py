"""The debrief of a comparison: premise, many pairs, where and when two worlds part."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.pages.helpers import PAIRS, Tree, compared, compared_page, data_of

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.pages.atlas_map import CODES
from offensive_sim.pages.debrief import page_of
from offensive_sim.pages.intervals import bars, interval, shares
from offensive_sim.pages.odds_map import LEAST, MOST, gainers, radius
from offensive_sim.pages.odds_map import shares as pair_shares
from offensive_sim.scenario.premise import Note
from offensive_sim.views.comparison import Control, SourceShare, Spread
from offensive_sim.views.courses import HISTORY, MODEL, WHAT_IF
from offensive_sim.views.paired import paired

MOST_BYTES = 1_000_000


def read(told=None, language="en"):
    return Tree(page_of(told, language) if told else compared_page(language))


def test_history_model_and_what_if_stand_side_by_side():
    assert [course.key for course in compared().courses] == [HISTORY, MODEL, WHAT_IF]
    assert [one["data-course"] for one in read().all("svg") if "data-course" in one] == [HISTORY, MODEL, WHAT_IF]
    assert len([one for one in read().all("svg") if "data-odds" in one]) == 1


def test_before_the_change_the_two_worlds_are_one():
    first = compared().comparison.what_ifs[0].date
    day = compared().evenings.index(first)
    model, what_if = compared().courses[1:]
    assert (model.shown[:day] == what_if.shown[:day]).all()
    assert (model.there[:day] == what_if.there[:day]).all()
    assert (model.shown != what_if.shown).any()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_in_every_language_and_under_a_megabyte(language):
    assert len(compared_page(language).encode()) < MOST_BYTES
    assert page_of(compared(), language) == compared_page(language)
    what_if = compared().comparison.what_ifs[0]
    for text in (what_if.question, what_if.caution, what_if.claim, *what_if.discuss):
        assert " ".join(text.split()) in read(language=language).text


def test_the_premise_stands_with_its_evidence_on_both_sides_its_lever_and_every_note():
    text = read().text
    (premise,) = compared().premises
    for row in (*premise.for_, *premise.against):
        assert " ".join(row.says.split()) in text
    assert ("to", "mosul-east") in premise.lever
    assert "who.units: krg-zeravani-khazir, krg-bashiqa" in text
    for note in compared().comparison.notes:
        assert note.what in text


def test_people_come_before_control_and_control_before_forces_in_the_results():
    part = compared_page().partition('<section id="found"')[2].partition("</section>")[0]
    places = [part.index(f"<h3>{head}</h3>") for head in ("People", "Control", "Forces")]
    assert places == sorted(places)
    for one in compared().comparison.followed:
        assert one.words in Tree(f"<p>{part}</p>").text


def test_a_difference_that_cannot_be_told_from_zero_is_said_to_be_so():
    nothing = paired(np.arange(PAIRS), np.arange(PAIRS))
    comparison = compared().comparison
    followed = tuple(replace(one, judged=nothing) for one in comparison.followed)
    text = read(replace(compared(), comparison=replace(comparison, followed=followed))).text
    assert text.count("cannot be told from zero") >= len(followed)
    assert "told apart from zero" not in text


def test_what_never_differs_is_said_to_be_the_same_and_has_no_empty_chart():
    comparison = compared().comparison
    still = tuple(replace(one, difference=one.difference * 0) for one in comparison.followed)
    made = page_of(replace(compared(), comparison=replace(comparison, followed=still)))
    assert made.count("the same in every pair") == len(still)
    assert 'class="interval' not in made


def test_two_warnings_of_the_premise_check_are_counted_and_marked():
    notes = (Note("warning", "One <b>"), Note("warning", "Two"), Note("note", "Three"))
    told = replace(compared(), comparison=replace(compared().comparison, notes=notes), notes=notes)
    assert "Warnings of the premise check: 2." in read(told).text
    assert page_of(told).count('<li class="heed">') == 2
    assert "One &lt;b&gt;" in page_of(told)


def test_one_pair_is_told_day_by_day_with_what_only_one_of_its_runs_tells():
    story = compared().comparison.story
    assert story.days
    text = read().text
    for one in story.days:
        for line in (*one.model, *one.what_if):
            assert line.strip() in text


def test_the_split_of_the_spread_is_drawn_where_there_is_one():
    assert "What the spread comes from" not in read().text
    comparison = compared().comparison
    split = Spread(64, (SourceShare("luck", "luck", 0.7, 0.1, 0.8, 0.1),), "Mostly luck.")
    followed = tuple(replace(one, spread=split) if one is comparison.outcome else one for one in comparison.followed)
    text = read(replace(compared(), comparison=replace(comparison, followed=followed))).text
    assert "Mostly luck." in text
    assert "70 %" in text


def test_the_page_says_how_to_have_the_same_files_again():
    assert compared().comparison.rerun in read().text


# Where two worlds differ


def control():
    """Two evenings of three places, held by iraq, isis or contested, in model and what-if."""
    model = np.array([[[1.0, 0, 0]] * 3, [[0.9, 0.1, 0], [0, 1, 0], [0.5, 0, 0.5]]])
    what_if = np.array([[[1.0, 0, 0]] * 3, [[0.4, 0.6, 0], [0, 1, 0], [0.2, 0, 0.8]]])
    differs = np.array([[0.0, 0, 0], [0.5, 0, 1.0]])
    return Control(("a", "b", "c"), ("iraq", "isis", "contested"), model, what_if, differs)


def test_a_place_is_coloured_by_who_gains_and_sized_by_the_share_of_pairs():
    assert pair_shares(control()) == ["000", f"{CODES[18]}0{CODES[35]}"]
    assert gainers(control(), ("iraq", "krg", "isis"))[1] == "20x"
    assert (radius(0), radius(35)) == (LEAST, MOST)
    assert radius(1) > LEAST


def test_the_script_is_given_the_shares_of_every_evening():
    data = data_of(compared_page())
    assert len(data["odds"]) == len(data["gains"]) == len(compared().evenings)
    assert set(data["odds"][0]) == {"0"}


# Small charts


def test_an_interval_is_drawn_around_zero_on_a_scale_of_its_own():
    judged = replace(paired(np.zeros(4, int), np.array([2, 2, 3, 3])), mean=5.0, low=-5.0, high=10.0)
    made = interval(judged, "said")
    assert 'class="span" d="M84 14H282M84 9v10M282 9v10"' in made
    assert 'cx="216"' in made


def test_bars_stand_on_their_day_and_say_their_count():
    evenings = [date(2014, 6, day) for day in range(1, 8)]
    made = bars([(evenings[0], 52), (evenings[6], 104)], evenings, "title", "en")
    assert "1 June 2014: 52" in made
    assert 'height="104"' in made
    assert 'height="52"' in made


def test_a_share_keeps_inside_its_chart_however_uncertain():
    made = shares([("luck", 1.4, 0.5), ("rates", -0.2, 0.1)], "title")
    assert 'width="320"' in made
    assert 'width="0"' in made
