"""What the keys and buttons of a game in progress do, by name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from offensive_sim.ui.actions import Change, GoToDay, Push
from offensive_sim.ui.compared import Compared
from offensive_sim.ui.debriefing import write_debrief
from offensive_sim.ui.playing.asking import Offer, Tab
from offensive_sim.ui.playing.briefsheet import BriefSheet
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.ending import EndSheet
from offensive_sim.ui.playing.forks import ForkSheet
from offensive_sim.ui.playing.games import Games, SaveSheet
from offensive_sim.ui.playing.report import ReportSheet
from offensive_sim.ui.speech import say

if TYPE_CHECKING:
    from offensive_sim.ui.playing.play import Play


def _undo(play: "Play") -> Change:
    said = play.desk.session.undo()
    play.notice = say("tell.undone" if said else "tell.nothing_today", play.look.language, order=said or "")
    return None


def _redo(play: "Play") -> Change:
    said = play.desk.session.redo()
    play.notice = say("tell.redone" if said else "tell.nothing_again", play.look.language, order=said or "")
    return None


def _clear(play: "Play") -> Change:
    play.desk.session.clear()
    return None


def _this_morning(play: "Play") -> Change:
    return play.handle(GoToDay(play.desk.session.day))


def _plans(play: "Play") -> Change:
    play.plans = not play.plans
    return None


def _order(play: "Play") -> Change:
    """For what is chosen, or for the formations at the place that is chosen."""
    place = play.now.selected
    units = play.chosen or (play.own_at(place) if place else ())
    if not units or not play.live:
        play.notice = say("tell.choose_first", play.look.language)
        return None
    return play.handle(Offer(units, None))


def _save(play: "Play") -> Change:
    session = play.desk.session
    title = f"{session.game.scenario.title}, {session.date_of(session.day):%d-%m}"
    return Push(SaveSheet(play.desk, title))


def _report(play: "Play") -> Change:
    if not play.desk.session.day:
        play.notice = say("tell.no_report", play.look.language)
        return None
    shown = min(max(play.now.day, 1), play.desk.session.day)
    return Push(ReportSheet(play.desk, shown - 1))


def compared(desk: Desk, day: int) -> Compared:
    """This game on an evening beside the model, with the button that writes the debrief."""
    scenario = desk.session.game.scenario
    evening = desk.session.date_of(desk.session.day - 1)
    stem = "-".join([scenario.id, *(one.id for one in desk.session.game.what_ifs), desk.session.seat.id, str(evening)])
    debrief = (lambda language: write_debrief(desk.debrief, stem, language)) if desk.session.day else None
    return Compared(scenario, lambda: desk.beside(day), debrief)


NAMED: Final[dict[str, Callable[["Play"], Change]]] = {
    "undo": _undo,
    "redo": _redo,
    "clear": _clear,
    "this_morning": _this_morning,
    "plans": _plans,
    "order": _order,
    "orders": lambda play: play.handle(Tab("orders")),
    "end_day": lambda play: play.end_day(),
    "report": _report,
    "briefing": lambda play: Push(BriefSheet(play.desk)),
    "branches": lambda play: Push(ForkSheet(play.desk, play.now.day)),
    "save": _save,
    "games": lambda _: Push(Games()),
    "compare": lambda play: Push(compared(play.desk, play.now.day)),
    "ending": lambda play: Push(EndSheet(play.desk)),
}
"""By the names of ``Named``."""
