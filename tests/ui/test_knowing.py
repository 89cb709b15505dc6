"""The window's switches of knowledge, speed and classroom."""

import pygame
import pytest
from tests.ui.windows import app_with, click, june, press, write

from offensive_sim.ui.actions import GoToDay, Mode, NextReader, Preset, Speed, ToggleLayer
from offensive_sim.ui.asking import AskSpeed
from offensive_sim.ui.classroom import LARGE, Blank
from offensive_sim.ui.settings import Settings, read
from offensive_sim.ui.settings import write as remember
from offensive_sim.ui.watching import FASTEST, Watching, applied


def texts(app):
    return [one.text for one in app.canvas.written]


def test_w_shows_what_was_known_and_hides_the_model():
    app = app_with()
    watch = app.stack[-1]
    app.apply(GoToDay(10))
    press(app, "w")
    assert watch.now.mode == "known"
    assert watch.board is june().board(10, "known:public")
    assert any("newest count known" in text for text in texts(app))
    assert not any("in the model" in text.lower() for text in texts(app))
    press(app, "shift+w")
    assert watch.now.reader == "baghdad"
    assert watch.board is june().board(10, "known:baghdad")
    press(app, "m")
    assert watch.now.mode == "model"


def test_the_log_tells_only_what_was_known():
    app = app_with()
    watch = app.stack[-1]
    app.apply(GoToDay(9))
    press(app, "w")
    told = [one for rows in watch.known_events().values() for one in rows]
    assert told
    assert max(one.day for one in told) <= 9
    assert all(one.teller == "history" and not one.note and not one.accounts for one in told)
    bars = watch.bars()
    assert not any(bars.known[10:])
    assert sum(bars.known) == len(told)


def test_the_next_event_is_a_known_one():
    app = app_with()
    watch = app.stack[-1]
    app.apply(GoToDay(3))
    press(app, "w")
    keys = {one.key for rows in watch.known_events().values() for one in rows}
    press(app, "shift+e")
    assert watch.now.event in keys


def test_readers_go_round():
    now = Watching(last=5, readers=("public", "baghdad", "erbil"))
    seen = []
    for _ in range(4):
        now = applied(now, NextReader())
        seen.append((now.mode, now.reader))
    assert seen == [("known", "public"), ("known", "baghdad"), ("known", "erbil"), ("known", "public")]


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (Watching(last=5, day=2, playing=True, backwards=True), [1, 0, 0]),
        (Watching(last=5, day=1, playing=True, backwards=True, loop=(1, 3)), [3, 2, 1, 3]),
        (Watching(last=5, day=3, playing=True, loop=(1, 3)), [1, 2, 3, 1]),
    ],
)
def test_time_runs_either_way(now, days):
    seen = []
    for _ in days:
        now = now.next_day()
        seen.append(now.day)
    assert seen == days
    assert now.playing == bool(now.loop)


def test_playing_backwards_from_the_first_evening_starts_at_the_last():
    app = app_with()
    press(app, "shift+space")
    press(app, "space")
    assert app.stack[-1].now.day == june().days
    assert app.stack[-1].now.backwards


def test_a_speed_is_typed():
    app = app_with()
    press(app, "ctrl+r")
    assert isinstance(app.stack[-1], AskSpeed)
    write(app, "7x,5")
    press(app, "return")
    assert app.stack[-1].now.speed == pytest.approx(7.5)
    press(app, ",")
    assert app.stack[-1].now.speed == 4
    press(app, "ctrl+r")
    write(app, "٣")
    press(app, "return")
    assert app.stack[-1].now.speed == 3


@pytest.mark.parametrize("text", ["", "0", "999", "1,2,3", ","])
def test_a_speed_out_of_bounds_is_not_taken(text):
    app = app_with()
    press(app, "ctrl+r")
    write(app, text)
    press(app, "return")
    assert isinstance(app.stack[-1], AskSpeed)
    press(app, "escape")
    assert app.stack[-1].now.speed == 1


def test_a_speed_cannot_be_beyond_its_bounds():
    assert applied(Watching(last=5), Speed(10_000)).speed == FASTEST


def test_f9_is_for_the_class_and_gives_everything_back():
    app = app_with()
    before = app.stack[-1].now.drawers
    press(app, "f9")
    assert app.look.scale == pytest.approx(LARGE / 100)
    assert not app.stack[-1].now.drawers
    plain = pygame.image.tobytes(app.surface, "RGB")
    app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=(600, 400), rel=(0, 0), buttons=(0, 0, 0)))
    app.draw()
    assert app.surface.get_at((600 + round(26 * app.look.base), 400))[:3] != (0, 0, 0)
    assert pygame.image.tobytes(app.surface, "RGB") != plain
    press(app, "f9")
    assert app.settings.percent == 100
    assert app.stack[-1].now.drawers == before


def test_b_blanks_the_screen_and_any_key_or_press_brings_it_back():
    app = app_with()
    press(app, "b")
    assert isinstance(app.stack[-1], Blank)
    assert len(set(pygame.image.tobytes(app.surface, "RGB"))) <= 3
    press(app, "b")
    assert not isinstance(app.stack[-1], Blank)
    press(app, "b")
    click(app, (500, 400))
    assert not isinstance(app.stack[-1], Blank)


@pytest.mark.parametrize("action", [Preset("forces"), Mode("history"), ToggleLayer("names"), NextReader()])
def test_a_lock_keeps_layers_and_modes(action):
    app = app_with()
    press(app, "ctrl+l")
    before = app.stack[-1].now
    app.apply(action)
    assert app.stack[-1].now == before
    assert "Ctrl+L" in app.toast.text
    press(app, "right")
    assert app.stack[-1].now.day == 1
    press(app, "ctrl+l")
    app.apply(action)
    assert app.stack[-1].now != before


def test_alt_pins_a_note_and_escape_lets_it_go():
    app = app_with()
    spot = next(one for one in app.hover.spots if one.tip)
    app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=spot.rect.center, rel=(0, 0), buttons=(0, 0, 0)))
    app.event(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_LALT, mod=0, unicode="", scancode=0))
    app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=(700, 400), rel=(0, 0), buttons=(0, 0, 0)))
    app.draw()
    assert app.hover.tip == spot.tip
    press(app, "escape")
    assert app.hover.tip == ""
    assert len(app.stack) == 1


def test_counters_are_chosen_and_remembered(home):
    app = app_with()
    press(app, "x")
    assert app.look.counters == "plain"
    assert read().settings.counters == "plain"
    remember(Settings())
    (home / "settings.toml").write_text('counters = "round"\n', "utf-8")
    assert "round" in read().notice
