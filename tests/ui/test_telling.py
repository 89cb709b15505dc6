"""The log in every language: our own sentences are translated, and the English ones are those of the log."""

import pytest
from tests.ui.windows import app_with, june

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.ui.actions import GoToDay, OpenEvent
from offensive_sim.ui.telling import sentence, worded


def everything():
    return [one for told in (june().told, june().played) for rows in told.values() for one in rows]


def test_the_catalogue_says_in_english_what_the_log_says():
    framed = [one for one in everything() if one.frame]
    assert {one.frame.key for one in framed} >= {"passes", "contested", "fails", "fled", "broke", "repulsed", "struck"}
    for one in framed:
        assert sentence(one, june().game.scenario, "en") == one.title


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_our_sentences_are_in_the_readers_language_and_hand_written_ones_stay(language):
    scenario = june().game.scenario
    for one in everything():
        said = worded(one, scenario, language).title
        if one.frame is None:
            assert said == one.title
        else:
            assert any("\u0600" <= letter <= "\u06ff" for letter in said)
            assert "{" not in said


def test_the_window_tells_it_so():
    app = app_with(language="ar")
    app.apply(GoToDay(9))
    app.draw()
    shown = " ".join(one.text for one in app.canvas.written)
    assert "انتقلت" in shown
    assert "passes to" not in shown
    key = next(one.key for one in june().told[9] if one.frame and one.frame.key == "passes")
    app.apply(OpenEvent(key))
    app.draw()
    assert any("انتقلت" in one.text for one in app.canvas.written)
