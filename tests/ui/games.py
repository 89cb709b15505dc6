"""Games on the desk of a window without a display, and patience with what they work out."""

import time
from functools import cache

from tests.ui.windows import app_with

from offensive_sim.scenario.shipped import find
from offensive_sim.ui.going import screen_of
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.play import Play
from offensive_sim.views.opened import opened


@cache
def read(name, *what_ifs):
    return opened(find(name), what_ifs)


def desk(seat="baghdad", days=0, name="june-2014", what_ifs=()):
    found = Desk.begun(read(name, *what_ifs), seat, 2014)
    for _ in range(days):
        found.session.end_day()
    return found


def game(
    seat="baghdad", days=0, *, size=(1366, 768), language="en", percent=100, brief=False, what_ifs=()
):
    """An app with a game on it; the briefing is put away unless it is wanted."""
    app = app_with(Play(desk(seat, days, what_ifs=what_ifs)), size, language, percent)
    settle(app)
    if not brief and len(app.stack) > 1:
        app.stack.pop()
        app.draw()
    return app


def settle(app):
    """Until nothing is being worked out any more."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        app._pass_time(time.monotonic())
        app.draw()
        top = app.stack[-1]
        if not getattr(top, "busy", False) and top.wait(time.monotonic()) is None:
            return
        time.sleep(0.01)
    raise AssertionError("it never came to rest")


def play_of(app):
    return next(screen for screen in app.stack if isinstance(screen, Play))


def pixel(app, place):
    """Where a place is in the window."""
    play = play_of(app)
    x, y = screen_of(play.replay, place, play.camera)
    return x + play.pointing.view.left, y + play.pointing.view.top


def counter(app, place, faction="iraq"):
    """Where a party's counter at a place is in the window."""
    play = play_of(app)
    number = play.replay.number[place]
    stack = next(one for one in play.map._sheet.stacks if (one.place, one.faction) == (number, faction))
    left, top = play.camera.corner
    return stack.box.centerx - left + play.pointing.view.left, stack.box.centery - top + play.pointing.view.top


def texts(app):
    return " ".join(line.text for line in app.canvas.written)
