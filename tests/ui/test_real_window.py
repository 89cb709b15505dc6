"""A real window under Xvfb, moved by xdotool: start, watch to 10 June, scrub back, save pictures."""

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
