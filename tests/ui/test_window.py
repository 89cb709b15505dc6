"""The window under the dummy driver: every screen, keys, mouse, time, search, settings."""

import re
import threading
import time
from pathlib import Path

import pygame
import pytest
from tests.ui.windows import (
    LANGUAGE_SIZES,
    app_with,
    assert_text_keeps_its_room,
    click,
    drag,
    hold,
    june,
    press,
    start_screen,
    write,
)

from offensive_sim import folders
from offensive_sim.atlas.assets import asset
from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.atlas.projection import Camera
from offensive_sim.errors import SimError
from offensive_sim.scenario.reading import read_file
from offensive_sim.ui import app as app_module
from offensive_sim.ui import settings
from offensive_sim.ui.actions import FlyTo, GoToDay, Mode, Named, OpenEvent, Select, ToggleDrawer
from offensive_sim.ui.help import Help
from offensive_sim.ui.keys import COMMANDS, clashes, lookup
from offensive_sim.ui.leaving import Leaving
from offensive_sim.ui.mapview import MapView
from offensive_sim.ui.search import Search
from offensive_sim.ui.settings import Settings
from offensive_sim.ui.speech import say, strings
from offensive_sim.ui.text import _font, split_runs
from offensive_sim.ui.theme import Look
from offensive_sim.ui.tiling import TileWorker
from offensive_sim.ui.watching import PRESETS, Watching, applied
from offensive_sim.views.events import KINDS


def on_map(app):
    return app.stack[-1]


def kinds_of_screens():
    yield "start", lambda app: app.stack.__setitem__(0, start_screen())
    yield "watch", lambda app: app.apply(GoToDay(7))
    yield "place", lambda app: (app.apply(GoToDay(8)), app.apply(FlyTo("mosul-east")))
    yield "event", lambda app: app.apply(OpenEvent("event-mosul-assault"))
    yield "history", lambda app: (app.apply(GoToDay(9)), app.apply(Mode("history")))
    yield "legend", lambda app: (app.apply(ToggleDrawer("legend")), app.apply(ToggleDrawer("layers")))
    yield "help", lambda app: app.apply(Named("help"))
    yield "menu", lambda app: app.apply(Named("back"))
    yield "search", lambda app: (app.apply(Named("find")), write(app, "xmos"))


# Every screen, every language, small and large text


@pytest.mark.parametrize(("language", "percent"), LANGUAGE_SIZES)
@pytest.mark.parametrize("name", [name for name, _ in kinds_of_screens()])
def test_no_text_leaves_its_panel(name, language, percent):
    app = app_with(language=language, percent=percent)
    dict(kinds_of_screens())[name](app)
    app.draw()
    assert len(app.canvas.written) > 5
    assert_text_keeps_its_room(app)


@pytest.mark.parametrize("size", [(480, 320), (800, 600), (1366, 768), (3840, 1080)])
def test_sizes_of_window(size):
    app = app_with(size=size)
    for percent in (100, 250):
        app.settings = app.settings.with_percent(percent)
        app.draw()
        view = on_map(app).pointing.view
        assert app.surface.get_rect().contains(view)


@pytest.mark.parametrize("size", [(1, 1), (200, 100), (479, 400)])
def test_a_window_too_small_says_so_and_survives(size):
    app = app_with(size=size)
    press(app, "right")
    app.surface = pygame.display.set_mode((900, 700), pygame.RESIZABLE)
    app.draw()
    assert on_map(app).now.day == 1


def test_panels_are_mirrored_and_time_is_not():
    english, arabic = app_with(), app_with(language="ar")
    width = english.surface.get_width()
    assert on_map(english).layout.log.left == 0
    assert arabic.canvas.flip(on_map(arabic).layout.log).right == width
    bars = on_map(arabic).bars()
    chart = on_map(arabic).pointing.chart
    assert bars.day_at(chart, chart.left) == 0
    assert bars.day_at(chart, chart.right - 1) == june().days


# Strings


def test_every_phrase_that_is_asked_for_exists():
    folder = asset("strings").parents[1] / "src" / "offensive_sim" / "ui"
    sources = "".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    asked = set(re.findall(r'say\(\s*"([a-z_.]+)"', sources))
    assert asked
    assert asked <= set(strings("en"))
    assert {f"key.{name}" for name in COMMANDS} == {key for key in strings("en") if key.startswith("key.")}
    assert {f"kind.{kind}" for kind in KINDS} <= set(strings("en"))
    assert {f"preset.{name}" for name in PRESETS} <= set(strings("en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("face", ["ui", "ui-bold", "map", "map-bold", "map-italic"])
def test_fonts_have_every_letter_of_the_window(language, face):
    for text in strings(language).values():
        for run in split_runs(text, rtl=language != "en"):
            metrics = _font(face, 16, run.arabic).metrics(run.text)
            assert all(metrics), (text, [c for c, m in zip(run.text, metrics, strict=True) if not m])


def test_the_window_has_no_word_of_triumph():
    for text in strings("en").values():
        assert not re.search(r"victor|triumph|defeat|enemy|terroris|refugee|glor", text, re.IGNORECASE), text


# Keys


def test_keys_move_in_time():
    app = app_with()
    for chord, day in (("right", 1), ("right", 2), ("shift+right", 9), ("left", 8), ("shift+left", 1), ("ctrl+end", 27),
                       ("right", 27), ("ctrl+home", 0), ("left", 0)):  # fmt: skip
        press(app, chord)
        assert on_map(app).now.day == day, chord


def test_keys_switch_what_is_shown():
    app = app_with()
    watch = on_map(app)
    press(app, "m")
    assert watch.now.mode == "history"
    press(app, "m")
    press(app, "g")
    assert "ghost" not in watch.now.layers
    for number, name in enumerate(("control", "displacement", "forces", "sources"), 5):
        press(app, f"f{number}")
        assert watch.now.layers == PRESETS[name]
    press(app, "l")
    assert watch.layout.log is None
    press(app, "c")
    assert watch.layout.card is None
    press(app, "v")
    assert watch.now.bars == "events"
    press(app, ".")
    press(app, ".")
    assert watch.now.speed == 4
    press(app, ",")
    assert watch.now.speed == 2


def test_keys_move_the_map():
    app = app_with()
    watch = on_map(app)
    start = watch.camera
    press(app, "+")
    assert watch.camera.zoom > start.zoom
    middle = watch.camera
    press(app, "ctrl+right")
    press(app, "down")
    assert watch.camera.x > middle.x
    assert watch.camera.y < middle.y
    press(app, "0")
    assert watch.camera == start
    for _ in range(40):
        press(app, "-")
    assert watch.camera.zoom <= start.zoom
    for _ in range(40):
        watch.handle(COMMANDS["zoom_in"][0])
    assert watch.camera.zoom < 40


def test_escape_closes_deselects_then_asks():
    app = app_with()
    app.apply(Select("sinjar"))
    press(app, "y")
    press(app, "escape")
    assert on_map(app).now.selected is None
    press(app, "escape")
    assert "layers" not in on_map(app).now.drawers
    press(app, "escape")
    assert isinstance(app.stack[-1], Leaving)
    press(app, "escape")
    assert len(app.stack) == 1
    press(app, "ctrl+q")
    assert not app.stack


def test_help_lists_every_command_and_closes():
    app = app_with(size=(1920, 1080))
    press(app, "f1")
    assert isinstance(app.stack[-1], Help)
    written = {line.text for line in app.canvas.written}
    assert {say(f"key.{name}", "en") for name in COMMANDS} <= written
    press(app, "f1")
    press(app, "escape")
    assert len(app.stack) == 1


def test_tab_goes_over_every_button_with_a_visible_focus():
    app = app_with()
    plain = pygame.surfarray.array3d(app.surface)
    names = [spot.name for spot in app.hover.spots]
    press(app, "tab")
    assert app.focus == names[0]
    assert (pygame.surfarray.array3d(app.surface) != plain).any()
    press(app, "tab")
    assert app.focus == names[1]
    press(app, "shift+tab")
    press(app, "shift+tab")
    assert app.focus == names[-1]
    app.focus = repr(Mode("history"))
    press(app, "return")
    assert on_map(app).now.mode == "history"


def test_every_button_can_be_reached_by_mouse_and_none_hides_another():
    app = app_with()
    press(app, "y")
    for spot in app.hover.spots:
        assert app.surface.get_rect().contains(spot.rect), spot
        app.hover.pointer = spot.rect.center
        assert app.hover.under() == spot


def test_keys_are_remapped_and_clashes_are_told(home):
    assert clashes({}) == []
    assert lookup({"play": ("p",)})["p"] == COMMANDS["play"][0]
    assert "space" not in lookup({"play": ("p",)})
    assert clashes({"play": ("left",)}) == ["the key left means both play and day_back"]
    assert clashes({"nothing": ("x",)}) == ["no command is called nothing"]
    assert clashes({"play": ("escape",)})
    (home / "settings.toml").write_text('[keys]\nplay = ["left"]\n', "utf-8")
    found = settings.read()
    assert "the key left means both play and day_back" in found.notice
    assert found.settings.keys == {}


def test_arabic_keyboards_reach_letters_by_their_place():
    app = app_with()
    event = pygame.event.Event(pygame.KEYDOWN, key=0x649, mod=0, unicode="ى", scancode=pygame.KSCAN_M)
    app.event(event)
    assert on_map(app).now.mode == "history"


# Time


def test_a_click_on_the_timeline_jumps_there_and_a_drag_scrubs_back():
    app = app_with()
    watch = on_map(app)
    chart = watch.pointing.chart
    x = round(chart.left + chart.width * 20.5 / len(june().timeline.days))
    click(app, (x, chart.centery))
    assert watch.now.day == 20
    drag(app, (x, chart.centery), (chart.left + 2, chart.centery))
    assert watch.now.day == 0


def test_shift_drag_on_the_timeline_sets_a_loop(monkeypatch):
    app = app_with()
    watch = on_map(app)
    chart = watch.pointing.chart
    monkeypatch.setattr(pygame.key, "get_mods", lambda: pygame.KMOD_SHIFT)
    days = len(june().timeline.days)
    start, end = (chart.left + chart.width * day // days + 3 for day in (5, 9))
    drag(app, (start, chart.centery), (end, chart.centery))
    assert watch.now.loop == (5, 9)


def test_time_plays_loops_and_stops_at_the_end():
    now = Watching(last=27)
    now = applied(now, COMMANDS["play"][0])
    assert now.playing
    assert now.next_day().day == 1
    looped = applied(applied(now.at(4), COMMANDS["loop_first"][0]).at(6), COMMANDS["loop_last"][0])
    assert looped.loop == (4, 6)
    assert looped.next_day().day == 4
    end = now.at(27).next_day()
    assert not end.playing
    assert end.day == 27
    again = applied(end, COMMANDS["play"][0])
    assert (again.day, again.playing) == (0, True)


def test_playing_moves_by_the_clock_and_waiting_is_endless_otherwise():
    app = app_with()
    watch = on_map(app)
    watch.settles = 0.0
    assert watch.wait(time.monotonic()) is None
    press(app, "space")
    due = watch.wait(time.monotonic())
    assert 0 < due <= 1.0
    assert watch.tick(time.monotonic() + 1.1)
    assert watch.now.day == 1
    press(app, "space")
    assert not watch.now.playing


def test_nothing_is_drawn_without_a_change():
    app = app_with()
    app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=(5, 5), rel=(0, 0), buttons=(0, 0, 0)))
    app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=(6, 5), rel=(0, 0), buttons=(0, 0, 0)))
    assert not app.dirty


# The map, the log, the cards


def test_hovering_shows_a_card_and_a_click_keeps_it():
    app = app_with()
    watch = on_map(app)
    app.apply(FlyTo("tikrit"))
    app.apply(Select(None))
    app.draw()
    view = watch.pointing.view
    click(app, view.center)
    assert watch.now.selected == "tikrit"
    texts = {line.text for line in app.canvas.written}
    assert {"Tikrit", "Sources"} <= texts
    down = view.height // 2 + 60
    across = next(x for x in range(5, view.width, 7) if watch.place_at((x, down)) is None)
    empty = (view.left + across, view.top + down)
    click(app, empty)
    assert watch.now.selected is None


def test_a_drag_pans_and_a_press_on_a_panel_does_not():
    app = app_with()
    watch = on_map(app)
    press(app, "+")
    before = watch.camera
    middle = watch.pointing.view.center
    drag(app, middle, (middle[0] - 80, middle[1] - 40))
    assert watch.camera.x > before.x
    after = watch.camera
    drag(app, (40, 300), (200, 350))
    assert watch.camera == after


def test_an_event_opens_with_its_text_numbers_confidence_and_sources():
    app = app_with(size=(1920, 1080))
    app.apply(OpenEvent("event-jalawla-party-office-bombing"))
    app.draw()
    texts = " ".join(line.text for line in app.canvas.written)
    for part in ("Double bombing", "At least 18 dead", "18 to 21 killed", "Medium confidence", "Sources"):
        assert part in texts
    assert on_map(app).now.day == 5
    assert on_map(app).now.selected == "jalawla"


def test_a_line_of_the_log_flies_to_its_place():
    app = app_with()
    watch = on_map(app)
    app.apply(GoToDay(7))
    app.draw()
    spot = next(one for one in app.hover.spots if isinstance(one.action, OpenEvent) and "model" in one.action.key)
    click(app, spot.rect.center)
    event = june().by_key[watch.now.event]
    at = watch.camera.size[0] / 2, watch.camera.size[1] / 2
    assert watch.place_at((round(at[0]), round(at[1]))) == event.place


def test_kinds_can_be_left_out_of_the_log():
    app = app_with()
    app.apply(GoToDay(7))
    app.draw()
    shown = [one.action.key for one in app.hover.spots if isinstance(one.action, OpenEvent)]
    app.apply(COMMANDS["log"][0])
    app.apply(COMMANDS["log"][0])
    on_map(app).now = Watching(last=27, day=7, hidden=frozenset(KINDS) - {"people"})
    app.draw()
    left = [one.action.key for one in app.hover.spots if isinstance(one.action, OpenEvent)]
    assert 0 < len(left) < len(shown)


def test_events_one_after_another_and_back():
    app = app_with()
    watch = on_map(app)
    press(app, "e")
    first = watch.now.event
    press(app, "e")
    assert watch.now.event != first
    press(app, "shift+e")
    assert watch.now.event == first


def test_the_day_of_parting_and_the_places_held_otherwise():
    app = app_with()
    watch = on_map(app)
    press(app, "d")
    assert watch.now.day == june().timeline.parts_on
    press(app, "n")
    board = june().board(watch.now.day)
    assert next(mark for mark in board.places if mark.id == watch.now.selected).differs


def test_history_names_who_contends_and_nobody_where_none_is_documented():
    day = 23  # 26 June
    for mode in ("history", "known:baghdad"):
        marks = {mark.id: mark for mark in june().board(day, mode).places}
        assert (marks["jalawla"].holder, marks["jalawla"].contested_by) == ("krg", "isis"), mode
        assert (marks["trebil"].contested_by, marks["trebil"].unclear) == (None, True), mode


def test_history_is_painted_as_the_chronicle_has_it():
    replay = june()
    day = 10
    board = replay.board(day, "history")
    names = replay.game.world.factions.ids
    for p, mark in enumerate(board.places):
        code = int(replay.codes[day, p])
        assert bool(mark.contested_by) == (code == 100)  # who contends is documented everywhere by then
        if code != 100:
            assert mark.holder == names[code]
        assert not mark.differs


@pytest.mark.parametrize("text", ["Shingal", "شنگال", "سنجار", "sinjar", "ŞENGAL", "Shengal"])
def test_search_finds_sinjar_in_every_script(text):
    app = app_with()
    press(app, "/")
    assert isinstance(app.stack[-1], Search)
    app.event(pygame.event.Event(pygame.TEXTINPUT, text="/"))
    write(app, text)
    press(app, "return")
    assert on_map(app).now.selected == "sinjar"


@pytest.mark.parametrize(("text", "day"), [("12 June", 9), ("2014-06-12", 9), ("June 30", 27), ("٢٠١٤-٠٦-١٢", 9)])
def test_search_finds_days(text, day):
    app = app_with()
    press(app, "ctrl+f")
    write(app, text)
    press(app, "return")
    assert on_map(app).now.day == day


def test_search_ends_with_escape_and_nothing_found_is_said():
    app = app_with()
    press(app, "/")
    write(app, "qqqq")
    assert say("find.nothing", "en") in {line.text for line in app.canvas.written}
    press(app, "return")
    press(app, "escape")
    assert len(app.stack) == 1


def test_a_tooltip_comes_after_a_while():
    app = app_with()
    spot = next(one for one in app.hover.spots if one.action == Mode("history"))
    app.event(pygame.event.Event(pygame.MOUSEMOTION, pos=spot.rect.center, rel=(0, 0), buttons=(0, 0, 0)))
    app._pass_time(time.monotonic() + 0.1)
    assert not app.hover.tip
    app._pass_time(time.monotonic() + 0.4)
    assert app.hover.tip == spot.tip
    app.draw()


def test_a_picture_is_saved_with_ctrl_p(home):
    app = app_with()
    app.apply(GoToDay(7))
    press(app, "ctrl+p")
    saved = list((home / "pictures").glob("*.png"))
    assert [path.name for path in saved] == ["june-2014-2014-06-10-model.png"]
    assert pygame.image.load(saved[0]).get_size() == (1920, 1080)
    assert app.toast
    app.draw()


# Start, settings, failures


def test_the_start_screen_asks_once_and_remembers(home):
    app = app_with(start_screen())
    texts = " ".join(line.text for line in app.canvas.written)
    assert "Before you begin" in texts
    assert "Many people who lived" in texts
    spot = next(one for one in app.hover.spots if "ckb" in one.name)
    click(app, spot.rect.center)
    assert app.settings.language == "ckb"
    assert settings.read().settings.language == "ckb"
    press(app, "return")
    assert isinstance(app.stack[-1], app_module.Watch)


def test_a_scenario_with_problems_is_told_on_the_start_screen(tmp_path):
    broken = tmp_path / "scenario.yaml"
    broken.write_text("format: 1\nid: x\n", "utf-8")
    assert read_file(broken).data
    start = app_module.Start.usual(str(broken), 1, app_module.on_map)
    app = app_with(start)
    with pytest.raises(SimError):
        start._loading._future.result()
    press(app, "return")
    assert app.stack == [start]
    assert "scenario.yaml" in start.problem
    app.draw()


def test_settings_survive_writing_and_reading():
    mine = Settings("ar", 175, "june-2014", (1000, 700), "plain", {"play": ("p", "ctrl+k")})
    assert settings.write(mine) == ""
    assert settings.read() == settings.Found(mine)


@pytest.mark.parametrize(
    "text",
    ["language = ", "percent = 900", 'language = "xx"', "percent = true", "size = [1]", 'size = "a"', "keys = 3",
     "\x00\x01", 'keys = {play = 5}', "percent = '100'"],
)  # fmt: skip
def test_a_broken_settings_file_is_told_once_and_kept(home, text):
    (home / "settings.toml").write_text(text, "utf-8")
    found = settings.read()
    assert found.settings == Settings()
    assert "settings.toml" in found.notice
    assert (home / "settings.toml.bad").read_text("utf-8") == text
    assert settings.read() == settings.Found(Settings())


def test_settings_that_cannot_be_written_are_told(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv(folders.HOME, str(tmp_path / "file"))
    assert "cannot be written" in settings.write(Settings())


def test_without_a_display_the_message_is_plain(monkeypatch):
    pygame.display.quit()
    monkeypatch.setenv("SDL_VIDEODRIVER", "no-such-driver")
    with pytest.raises(SimError, match="cannot open a window"):
        app_module.run("june-2014", 1)
    pygame.display.quit()


@pytest.mark.skipif(Path("/dev/dri").exists(), reason="a graphics card can show a window without a display server")
def test_without_any_display_server_no_unseen_window_opens(monkeypatch):
    pygame.display.quit()
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SimError, match="cannot open a window: there is no display"):
        app_module.run("june-2014", 1)
    pygame.display.quit()


def test_an_unknown_seat_is_told_before_a_window_opens():
    with pytest.raises(SimError, match="no seat is called bagdad"):
        app_module.run("june-2014", 1, "bagdad")


def test_an_unknown_scenario_is_told_before_a_window_opens():
    with pytest.raises(SimError, match="no scenario is called"):
        app_module.run("june-2015", 1)


def test_the_window_runs_from_start_to_end(monkeypatch):
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    pygame.display.quit()

    def hands():
        time.sleep(0.3)
        _post(pygame.K_RETURN)
        time.sleep(4.0)
        _post(pygame.K_RIGHT)
        pygame.event.post(pygame.event.Event(pygame.QUIT))

    thread = threading.Thread(target=hands)
    thread.start()
    try:
        assert app_module.run("june-2014", 2014) == 0
    finally:
        thread.join()


def _post(key):
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0))


def test_a_key_held_down_goes_on_where_that_makes_sense_and_else_counts_once():
    app = app_with()
    day, mode = app.stack[0].now.day, app.stack[0].now.mode
    hold(app, pygame.K_RIGHT, 3)
    assert app.stack[0].now.day == day + 3
    hold(app, pygame.K_m, 2)
    assert app.stack[0].now.mode != mode
    press(app, "m")
    assert app.stack[0].now.mode != mode
    press(app, "m")
    assert app.stack[0].now.mode == mode


# Tiles in the background


def test_tiles_from_the_worker_are_those_painted_at_once():
    board, look = june().board(7), Look()
    camera = Camera(0.0, 80.0, 2.0, (700, 500))
    app_with()
    plain = pygame.Surface(camera.size)
    MapView().draw(plain, board, camera, look)
    worker = TileWorker(lambda: None)
    view, picture = MapView(worker=worker), pygame.Surface(camera.size)
    view.draw(picture, board, camera, look)
    assert not view.complete
    for _ in range(600):
        if view.complete:
            break
        time.sleep(0.02)
        view.draw(picture, board, camera, look)
    assert view.complete
    worker.stop()
    assert (pygame.surfarray.array3d(picture) == pygame.surfarray.array3d(plain)).all()
    assert view.preview(picture, camera.zoomed(1.5, (300, 200)))
