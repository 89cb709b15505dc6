"""A real window under Xvfb, moved by xdotool: watch and scrub back; play, branch, save, be killed, resume."""

import json
import os
import shutil
import subprocess
import sys
import time

import pytest

NEEDED = ("Xvfb", "xdotool")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
PROGRAM = "import sys; from offensive_sim.ui.app import run; sys.exit(run('june-2014', 2014))"
SIZE = (1366, 768)


@pytest.fixture
def display():
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(timeout=10)


def until(true, seconds=30.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.1)
    return true()


def opened(hands):
    """Press Return and save a picture, which does nothing before the map is there."""
    hands("key", "Return")
    time.sleep(1.0)
    hands("key", "ctrl+p")
    time.sleep(1.5)


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_start_watch_to_10_june_scrub_back_and_save(display, tmp_path):  # noqa: PLR0915 - one story
    env = {**os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "OFFENSIVE_SIM_HOME": str(tmp_path)}
    (tmp_path / "settings.toml").write_text(f"size = [{SIZE[0]}, {SIZE[1]}]\n", "utf-8")

    def hands(*command):
        done = subprocess.run(["xdotool", *command], env=env, capture_output=True, text=True, timeout=20, check=False)
        time.sleep(0.25)
        return done.stdout.strip()

    def saved():
        return {path.name for path in (tmp_path / "pictures").glob("*.png")}

    def picture():
        before = saved()
        hands("key", "ctrl+p")
        new = until(lambda: saved() - before)
        assert new, "no picture was saved"
        return next(iter(new))

    program = subprocess.Popen([sys.executable, "-c", PROGRAM], env=env, stderr=subprocess.PIPE, text=True)
    try:
        begun = until(lambda: opened(hands) or saved())
        assert begun, "the map did not open"
        assert all("2014-06-03" in name for name in begun)
        hands("key", "period")
        hands("key", "period")
        hands("key", "space")
        time.sleep(2.5)
        hands("key", "space")
        assert "2014-06-03" not in picture()
        hands("key", "slash")
        hands("type", "10 June")
        hands("key", "Return")
        assert "2014-06-10-model" in picture()
        hands("key", "Left")
        hands("key", "m")
        assert "2014-06-09-history" in picture()
        hands("mousemove", "300", "710", "mousedown", "1", "mousemove", "200", "710", "mousemove", "20", "710")
        hands("mouseup", "1")
        assert "2014-06-03-history" in picture()
        hands("key", "ctrl+q")
        assert program.wait(timeout=20) == 0
    finally:
        program.kill()
        program.wait(timeout=10)
    assert "size = [1366, 768]" in (tmp_path / "settings.toml").read_text("utf-8")


def starts(program, env):
    return subprocess.Popen([sys.executable, "-c", program], env=env, stderr=subprocess.PIPE, text=True)


PLAYED = "import sys; from offensive_sim.ui.app import run; sys.exit(run('june-2014', 2014, 'baghdad'))"


def positions():
    """Where Baghdad's counter, and Samarra, are on the second morning: the same window without a display."""
    from tests.ui.games import counter, game, pixel  # noqa: PLC0415 - sets up the dummy driver

    app = game(days=1, size=SIZE)
    return counter(app, "baghdad"), pixel(app, "samarra")


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_play_three_days_branch_save_be_killed_and_resume(  # noqa: C901, PLR0915 - one story
    display, tmp_path, monkeypatch
):
    monkeypatch.setenv("OFFENSIVE_SIM_HOME", str(tmp_path / "other"))
    held, there = positions()
    env = {**os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "OFFENSIVE_SIM_HOME": str(tmp_path)}
    (tmp_path / "settings.toml").write_text(f"size = [{SIZE[0]}, {SIZE[1]}]\n", "utf-8")
    folder = tmp_path / "saves"

    def hands(*command):
        done = subprocess.run(["xdotool", *command], env=env, capture_output=True, text=True, timeout=20, check=False)
        time.sleep(0.3)
        return done.stdout.strip()

    def days(path):
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]

    def autosaves():
        return sorted(folder.glob("auto-*.jsonl"))

    def end_day(path, number):
        """The day is played once its line is on the disk; then its report is put away."""
        hands("key", "ctrl+space")
        assert until(lambda: path.exists() and len(days(path)) == number, 40), f"day {number} was not played"
        time.sleep(1.5)
        hands("key", "Return")

    program = starts(PLAYED, env)
    try:
        # The start sheet, the briefing, then the first day: until a day has been played nothing is on the disk.
        assert until(lambda: (hands("key", "Return"), hands("key", "ctrl+space"), autosaves())[-1], 60), "no game began"
        main = autosaves()[0]
        time.sleep(1.5)
        hands("key", "Return")
        time.sleep(1.0)
        for number in (2, 3):
            if not days(main)[-1]["given"]:  # on a busy machine the first try may come before the window looks
                # Take hold of a counter, draw it to a place, and give the order that is offered.
                hands("mousemove", *map(str, held), "mousedown", "1")
                for share in (0.3, 0.6, 1.0):
                    hands("mousemove", *(str(round(a + (b - a) * share)) for a, b in zip(held, there, strict=True)))
                hands("mouseup", "1")
                time.sleep(3.0)
                hands("key", "Return")
                time.sleep(0.5)
            end_day(main, number)
        said = days(main)[1]["given"] or days(main)[2]["given"]
        assert said
        assert all(order == ["march", "samarra"] for order in said.values())
        # Back to the morning after the second day, in a branch of its own.
        hands("key", "Left")
        hands("key", "ctrl+b")
        hands("key", "Return")
        branch = until(lambda: [path for path in autosaves() if path != main])
        assert branch, "no branch began"
        assert json.loads(branch[0].read_text("utf-8").splitlines()[0])["parent"] == "main"
        end_day(branch[0], 3)
        hands("key", "ctrl+s")
        hands("key", "Return")
        assert until(lambda: [path for path in folder.glob("*.jsonl") if path not in autosaves()]), "no save was made"
        program.kill()
        program.wait(timeout=10)
        kept = branch[0].read_bytes()
        # Another window: the newest game goes on where it was.
        program = starts(PLAYED, env)
        begun = set(autosaves())
        # A size of text that is asked for is written down at once: then the start sheet is there.
        chosen = tmp_path / "settings.toml"
        there_now = until(lambda: (hands("key", "ctrl+minus"), "percent" in chosen.read_text("utf-8"))[-1], 60)
        assert there_now, "no second window"
        hands("key", "ctrl+o")
        time.sleep(1.0)
        hands("key", "Return")

        def gone_on():
            """The days are played again first; meanwhile the key does nothing."""
            hands("key", "ctrl+space")
            time.sleep(1.0)
            return [path for path in autosaves() if path not in begun and len(days(path)) == 4]

        fresh = until(gone_on, 60)
        assert fresh, "the game did not go on"
        assert days(fresh[0])[:3] == days(branch[0])
        assert branch[0].read_bytes() == kept
        time.sleep(0.6)
        hands("key", "ctrl+q")
        assert program.wait(timeout=20) == 0
    finally:
        program.kill()
        program.wait(timeout=10)


def what_if_button():
    """Where the what-ifs are on the start sheet: the same window without a display."""
    from tests.ui.windows import app_with, start_screen  # noqa: PLC0415 - sets up the dummy driver

    from offensive_sim.ui.actions import Named  # noqa: PLC0415

    app = app_with(start_screen(), SIZE)
    return next(spot.rect.center for spot in app.hover.spots if spot.action == Named("what_ifs"))


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_a_what_if_is_chosen_by_hand_and_key_and_turned_over(display, tmp_path, monkeypatch):
    monkeypatch.setenv("OFFENSIVE_SIM_HOME", str(tmp_path / "other"))
    button = what_if_button()
    env = {**os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "OFFENSIVE_SIM_HOME": str(tmp_path)}
    (tmp_path / "settings.toml").write_text(f"size = [{SIZE[0]}, {SIZE[1]}]\n", "utf-8")

    def hands(*command):
        done = subprocess.run(["xdotool", *command], env=env, capture_output=True, text=True, timeout=20, check=False)
        time.sleep(0.4)
        return done.stdout.strip()

    def saved():
        return sorted(path.name for path in (tmp_path / "pictures").glob("*.png"))

    program = starts(PROGRAM, env)
    try:
        # A size of text that is asked for is written down at once: then the start sheet is there.
        chosen = tmp_path / "settings.toml"
        assert until(lambda: (hands("key", "ctrl+minus"), "percent" in chosen.read_text("utf-8"))[-1], 60)
        # The sheet lists them once the scenario has been read; the third below "as it happened" is taken.
        time.sleep(8.0)  # nothing on the disk says so; a busy machine needs as long
        hands("mousemove", *map(str, button), "click", "1")
        time.sleep(1.0)
        for key in ("Down", "Down", "Down", "Return"):
            hands("key", key)
        assert until(lambda: (opened(hands), saved())[-1], 60), "the map did not open"
        hands("key", "ctrl+End")
        hands("key", "ctrl+p")
        hands("key", "i")
        hands("key", "ctrl+p")
        assert until(lambda: len([name for name in saved() if "2014-06-30" in name]) == 2, 40), saved()
        assert [name for name in saved() if "2014-06-30" in name] == [
            "june-2014-2014-06-30-model.png", "june-2014-2014-06-30-what-if-commanders-stay.png",
        ]  # fmt: skip
        hands("key", "ctrl+q")
        assert program.wait(timeout=20) == 0
    finally:
        program.kill()
        program.wait(timeout=10)
