"""``python -m bench.window``: how fast the window is, without a display, by a recorded script of hands.

Each line of ``watch.script`` is done at 60 steps a second, as hands would; what is measured is the time from an event
to the finished frame: on the clock, and (``cpu``) what the window's own thread used of it, which a busy machine
does not change. First frame and map are measured from the launch of a fresh process.
"""

# ruff: noqa: PLC0415 - what is imported is part of what is measured

import os
import sys

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import subprocess
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

SCRIPT = Path(__file__).with_name("watch.script")
SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
FRAME = 1 / 60
BARS = {"pan": 16.7, "zoom": 16.7, "day": 30.0, "scrub": 30.0}
"""Milliseconds at 1920 by 1080: pan and zoom for the 99th percentile, a day for the 99th too."""
LARGE = {"pan": 33.0, "zoom": 33.0}
MOST_MIB, FIRST_S, MAP_S = 400, 1.0, 2.0


class Hands:
    """Repeats a script on an app and keeps the time of every frame by what was done."""

    def __init__(self, app, pygame):
        self.app, self.pygame = app, pygame
        self.took = defaultdict(list)
        self.used = defaultdict(list)
        self.at = (0, 0)

    @property
    def watch(self):
        return self.app.stack[-1]

    def post(self, kind, what, **said):
        begun = time.perf_counter(), time.thread_time()
        self.app.event(self.pygame.event.Event(what, **said))
        if self.app.dirty:
            self.frame(kind, begun)
        self.rest(FRAME - (time.perf_counter() - begun[0]))

    def frame(self, kind, begun):
        self.app.draw()
        self.pygame.display.flip()
        self.took[kind].append((time.perf_counter() - begun[0]) * 1000)
        self.used[kind].append((time.thread_time() - begun[1]) * 1000)

    def rest(self, seconds):
        """Nothing is done; the window goes on by itself."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            event = self.pygame.event.wait(max(int(min(left, FRAME) * 1000), 1))
            begun = time.perf_counter(), time.thread_time()
            if event.type != self.pygame.NOEVENT:
                self.app.event(event)
            self.app._pass_time(time.monotonic())
            if self.app.dirty:
                self.frame("by itself", begun)

    def move(self, kind, pos, buttons=(0, 0, 0)):
        self.at = pos
        self.pygame.mouse.set_pos(pos)
        self.post(kind, self.pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=buttons)

    def on_map(self, x, y):
        view = self.watch.pointing.view
        return round(view.left + x * view.width), round(view.top + y * view.height)

    def on_day(self, day):
        chart = self.watch.pointing.chart
        return round(chart.left + (day + 0.5) * chart.width / (self.watch.replay.days + 1)), chart.centery

    def drag(self, kind, start, end, steps):
        self.move("hover", start)
        self.post(kind, self.pygame.MOUSEBUTTONDOWN, pos=start, button=1)
        for share in np.linspace(0, 1, steps + 1)[1:]:
            pos = tuple(round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
            self.move(kind, pos, (1, 0, 0))
        self.post(kind, self.pygame.MOUSEBUTTONUP, pos=end, button=1)

    def do(self, line):  # noqa: C901 - the one match over the script's words
        word, *rest = line.split()
        numbers = [float(one) for one in rest if one.lstrip("-").replace(".", "").isdigit()]
        match word:
            case "rest":
                self.rest(numbers[0])
            case "drag":
                self.drag("pan", self.on_map(*numbers[:2]), self.on_map(*numbers[2:4]), int(numbers[4]))
            case "wheel":
                self.move("hover", self.on_map(*numbers[1:]))
                for _ in range(abs(int(numbers[0]))):
                    way = 1 if numbers[0] > 0 else -1
                    self.post("zoom", self.pygame.MOUSEWHEEL, x=0, y=way, flipped=False)
            case "day":
                pos = self.on_day(numbers[0])
                self.move("hover", pos)
                self.post("day", self.pygame.MOUSEBUTTONDOWN, pos=pos, button=1)
                self.post("release", self.pygame.MOUSEBUTTONUP, pos=pos, button=1)
                self.rest(0.15)
            case "scrub":
                self.drag("scrub", self.on_day(numbers[0]), self.on_day(numbers[1]), int(numbers[2]))
            case "key":
                code = self.pygame.key.key_code(rest[0])
                written = rest[0] if len(rest[0]) == 1 else ""
                for _ in range(int(rest[1])):
                    self.post("key", self.pygame.KEYDOWN, key=code, mod=0, unicode=written, scancode=0)
                    self.post("key", self.pygame.KEYUP, key=code, mod=0, unicode=written, scancode=0)
                    self.rest(0.2)


def child(width, height):
    """In a fresh process: first frame, map, then the script; a line for each on standard output."""
    import pygame

    from offensive_sim.ui.actions import Named
    from offensive_sim.ui.app import App, on_map
    from offensive_sim.ui.settings import Settings
    from offensive_sim.ui.start import Start
    from offensive_sim.ui.window import window

    sys.setswitchinterval(0.001)
    surface = window((width, height))
    app = App(Settings("en", 100, "summer-2014", (width, height)), surface)
    app.stack.append(Start.usual("summer-2014", 2014, on_map))
    app.draw()
    pygame.display.flip()
    print("first", flush=True)
    start = app.stack[-1]
    app.apply(Named("begin"))
    while app.stack[-1] is start:
        app._pass_time(time.monotonic())
        if app.dirty:
            app.draw()
        time.sleep(0.01)
    app.draw()
    pygame.display.flip()
    print("map", flush=True)
    print("opened", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)
    hands = Hands(app, pygame)
    for line in SCRIPT.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            hands.do(line)
    for word, times in (("took", hands.took), ("used", hands.used)):
        for kind, some in times.items():
            print(word, kind.replace(" ", "_"), *(f"{one:.2f}" for one in some), flush=True)
    print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)


def measured(size):
    """What a fresh process of that size says: seconds of first frame and map, times by kind, MiB."""
    found: dict[str, Any] = {"took": {}, "used": {}}
    with TemporaryDirectory() as home:
        env = {**os.environ, "OFFENSIVE_SIM_HOME": home}
        command = [sys.executable, "-m", "bench.window", "child", *map(str, size)]
        begun = time.perf_counter()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
            for line in process.stdout or ():
                word, *rest = line.split()
                if word in ("first", "map"):
                    found[word] = time.perf_counter() - begun
                elif word in ("took", "used"):
                    found[word][rest[0]] = [float(one) for one in rest[1:]]
                elif word in ("memory", "opened"):
                    found[word] = int(rest[0])
    return found


def main():
    if sys.argv[1:2] == ["child"]:
        child(*map(int, sys.argv[2:4]))
        return 0
    print("| size | what | frames | median | 95 % | 99 % | most | cpu 99 % | bar |")
    print("|---|---|---|---|---|---|---|---|---|")
    chosen = [tuple(map(int, one.split("x"))) for one in sys.argv[1:]]
    for size in chosen or SIZES:
        found = measured(size)
        name = f"{size[0]}x{size[1]}"
        print(f"| {name} | first frame | | {found['first']:.2f} s | | | | | {FIRST_S:g} s |")
        print(f"| {name} | map | | {found['map']:.2f} s | | | | | {MAP_S:g} s |")
        bars = LARGE if size[0] > 2000 else BARS
        for kind, took in found["took"].items():
            p50, p95, p99, most = np.percentile(took, [50, 95, 99, 100])
            bar = f"{bars[kind]:g} ms (99 %)" if kind in bars else ""
            cpu = np.percentile(found["used"][kind], 99)
            row = f"{len(took)} | {p50:.1f} ms | {p95:.1f} ms | {p99:.1f} ms | {most:.1f} ms | {cpu:.1f} ms"
            print(f"| {name} | {kind} | {row} | {bar} |", flush=True)
        print(f"| {name} | memory with the map | | {found['opened']} MiB | | | | | |")
        print(f"| {name} | memory at most | | {found['memory']} MiB | | | | | {MOST_MIB} MiB |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
