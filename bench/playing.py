"""``python -m bench.playing``: how fast a game in the window is, without a display, printed as Markdown.

June as Baghdad at 1920 by 1080: the odds, the end of a day until its frame is finished, and loading a summer. CPU
time of all threads, which other work on the machine changes little; the best and the worst of the repeats.
"""

# ruff: noqa: PLC0415 - what is imported is part of what is measured

import os
import sys

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import time
from collections.abc import Callable
from functools import partial
from tempfile import TemporaryDirectory

REPEATS = 12
DAYS = 9
ODDS_MS, DAY_MS = 150, 150


def took(work: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """Least and most milliseconds."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times), max(times)


def summer_loaded() -> tuple[float, float]:
    """A whole summer is played, saved and taken up again."""
    from offensive_sim.campaign.compiling import compile_scenario
    from offensive_sim.campaign.saves import load, save
    from offensive_sim.campaign.session import Session
    from offensive_sim.scenario.checking import sound
    from offensive_sim.scenario.shipped import find

    summer = compile_scenario(sound(find("summer-2014"))[0])
    whole = Session(summer, "baghdad", 2014)
    while whole.can_end:
        whole.end_day()
    path = save(whole, "summer")
    return took(lambda: load(path, summer), 3)


def main() -> int:
    from offensive_sim.campaign.odds import preview
    from offensive_sim.engine.orders import Order
    from offensive_sim.scenario.shipped import find
    from offensive_sim.ui.app import App
    from offensive_sim.ui.playing.desk import Desk
    from offensive_sim.ui.playing.play import Play
    from offensive_sim.ui.settings import Settings
    from offensive_sim.ui.window import window
    from offensive_sim.views.opened import opened

    with TemporaryDirectory() as home:
        os.environ["OFFENSIVE_SIM_HOME"] = home
        desk = Desk.begun(opened(find("june-2014")), "baghdad", 2014)
        for _ in range(DAYS):
            desk.session.end_day()
        app = App(Settings(size=(1920, 1080)), window((1920, 1080)))
        play = Play(desk)
        app.stack.append(play)
        app.draw()
        order = Order("cts-1isof", "attack", "tikrit")
        odds = {days: took(partial(preview, desk.session, order, days)) for days in (1, 3)}
        frame = took(app.draw)

        def day() -> None:
            desk.end_day()
            play.caught_up()
            app.draw()

        ended = took(day, 10)
        loaded = summer_loaded()
    rows = [
        ("odds of an order, 64 runs, 1 day ahead", odds[1], f"{ODDS_MS} ms"),
        ("the same, 3 days ahead", odds[3], f"{ODDS_MS} ms"),
        ("end of a day: played, saved, and its map drawn", ended, f"{DAY_MS} ms"),
        ("a frame that changed nothing on the map", frame, "16.7 ms"),
        ("loading a whole summer, every evening compared", loaded, ""),
    ]
    print("| what | least | most | bar |\n|---|---|---|---|")
    for name, (least, most), bar in rows:
        print(f"| {name} | {least:.0f} ms | {most:.0f} ms | {bar} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
