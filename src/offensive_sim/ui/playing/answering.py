"""What a game in progress makes of what is asked of it."""

from typing import TYPE_CHECKING, Final

from offensive_sim.engine.orders import Order
from offensive_sim.errors import SimError
from offensive_sim.ui.actions import Action, Change, GameAction, Named, Push
from offensive_sim.ui.playing.asking import (
    Aim,
    ChooseUnits,
    Direct,
    Fork,
    Give,
    Kept,
    Laid,
    Offer,
    Release,
    SitDown,
    Switch,
    Tab,
)  # fmt: skip
from offensive_sim.ui.playing.orderlist import order_words
from offensive_sim.ui.playing.ordersheet import engine_word
from offensive_sim.ui.speech import say

if TYPE_CHECKING:
    from offensive_sim.ui.playing.play import Play


_KEPT: Final = (Aim, Offer, Direct, Give, Release, Fork, Switch, SitDown, Laid)
_KEPT_NAMES: Final = frozenset({"order", "undo", "redo", "clear", "end_day", "branches", "games"})
"""What the lock refuses in a game: whatever changes it, or leads to a sheet that does."""


def refused(play: "Play", action: Action) -> bool:
    """Whether the lock keeps the game as it is; it says so. Looking, reading and saving go on."""
    named = isinstance(action, Named) and action.name in _KEPT_NAMES
    if not play.now.locked or not (named or isinstance(action, _KEPT)):
        return False
    play.notice = say("tell.game_locked", play.look.language)
    return True


def answer(play: "Play", action: GameAction) -> Change:
    """The game by its desk, the rest on the screen."""
    match action:
        case ChooseUnits(units):
            play.choose(units)
        case Aim(stance):
            play.aim, play.plans = stance, True
        case Offer(units, goal, stance):
            return play.offer(units, goal, stance)
        case Direct(key):
            return play.direct(key)
        case Tab(name):
            play.show_side(name)
        case SitDown():
            return _sat_down(play)
        case Give() | Release():
            _order(play, action)
        case _:
            _change(play, action)
    return None


def _order(play: "Play", action: Give | Release) -> None:
    """Orders are given here where no goal is needed; the sheet gives the others itself and tells of it."""
    session, language = play.desk.session, play.look.language
    if isinstance(action, Release):
        for unit in action.units:
            session.release(unit)
        return
    refused = play.desk.give([Order(unit, engine_word(action.stance), action.goal) for unit in action.units])
    words = order_words(session, Order("", action.stance, action.goal), language)
    play.notice = "; ".join(refused) or say("tell.given", language, order=words)


def _change(play: "Play", action: GameAction) -> None:
    """Another game, or another branch of it."""
    match action:
        case Kept(path):
            play.notice = say("tell.saved", play.look.language, path=path)
        case Laid(desk):
            play.lay(desk)
        case Switch(name):
            play.desk.go_to(play.desk.session.branches[name])
            play.caught_up()
        case Fork(day, name, seat):
            try:
                play.desk.fork(day, name, seat)
            except SimError as error:
                play.notice = str(error)
            else:
                play.caught_up()


def _sat_down(play: "Play") -> Change:
    """Somebody else sits at the screen now, who may not have seen the last day's report."""
    play.caught_up()
    day = play.desk.session.day
    unread = day and play.desk.read.get(play.desk.chair.id, 0) < day
    return Push(play.report_sheet()) if unread else None
