"""The tutorial: its steps one by one, by hand, in the window."""

from functools import cache

import pytest
from tests.ui.games import texts
from tests.ui.windows import app_with, click, press

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.scenario.shipped import find
from offensive_sim.ui.actions import FlyTo, GoToDay, Mode, Named, OpenEvent, Preset
from offensive_sim.ui.guide import Guide
from offensive_sim.ui.watch import Watch
from offensive_sim.views.replay import replayed


@cache
def week():
    return replayed(find("tutorial"), 2014)


def step(app):
    return app.stack[-1].guide.at


def test_five_steps_are_done_by_hand_one_action_each():
    app = app_with(Watch(week()))
    assert (len(week().game.scenario.prompts), step(app)) == (5, 0)
    assert "Step 1 of 5" in texts(app)
    for _ in range(3):
        assert step(app) == 0
        press(app, "right")
    assert step(app) == 1
    app.apply(FlyTo("erbil"))
    assert step(app) == 1
    app.apply(FlyTo("mosul-west"))
    assert step(app) == 2
    assert app.stack[-1].now.day == 7
    press(app, "e")
    assert step(app) == 3
    press(app, "w")
    assert step(app) == 4
    press(app, "f6")
    app.draw()
    assert "That is all" in texts(app)
    app.apply(Named("guide_away"))
    app.draw()
    assert "That is all" not in texts(app)


@pytest.mark.parametrize(
    "other", [GoToDay(1), Mode("history"), Preset("forces"), OpenEvent(None), FlyTo("kirkuk")], ids=repr
)
def test_other_actions_do_not_count(other):
    app = app_with(Watch(week()))
    app.apply(other)
    assert step(app) == 0


def test_steps_are_skipped_left_and_taken_up_again():
    app = app_with(Watch(week()))
    for _ in range(2):
        app.apply(Named("guide_skip"))
    assert step(app) == 2
    app.apply(Named("guide_away"))
    app.draw()
    assert "Step" not in texts(app)
    again = app_with(Watch(week()))
    assert step(again) == 2
    assert again.stack[-1].now.day == 7


def test_after_the_last_step_it_begins_anew(home):
    guide = Guide.of(week())
    for _ in range(5):
        guide = guide.on()
    assert guide.step is None
    assert Guide.of(week()).at == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"tutorial": "far"}', '{"tutorial": -3}'])
def test_a_broken_memory_begins_anew(home, text):
    (home / "tutorial.json").write_text(text, "utf-8")
    assert Guide.of(week()).at == 0


def test_a_memory_that_cannot_be_written_does_no_harm(monkeypatch, home):
    (home / "file").write_text("", "utf-8")
    monkeypatch.setenv("OFFENSIVE_SIM_HOME", str(home / "file"))
    assert Guide.of(week()).on().at == 1


def test_its_buttons_can_be_pressed_and_the_map_below_is_not():
    app = app_with(Watch(week()))
    spot = next(one for one in app.hover.spots if one.action == Named("guide_skip"))
    click(app, spot.rect.center)
    assert step(app) == 1
    assert app.stack[-1].now.selected is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_said_in_every_language(language):
    said = [getattr(prompt.says, language) for prompt in week().game.scenario.prompts]
    assert all(said)
    app = app_with(Watch(week()), language=language, percent=200)
    shown = [one for one in app.canvas.written if one.text in said[0]]
    assert shown
    assert all(one.scrolls or one.room.contains(one.rect) for one in shown)


def test_other_scenarios_have_no_guide():
    assert Watch(replayed(find("june-2014"), 2014, until=week().game.scenario.first_day)).guide is None
