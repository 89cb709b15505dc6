"""What the start sheet asks about playing: who one speaks for, or which saved game goes on."""

from typing import TYPE_CHECKING, Final

from offensive_sim.campaign.saves import SaveInfo
from offensive_sim.campaign.seats import COALITION, TOGETHER, WATCH
from offensive_sim.ui.actions import Action, Change, Named, Push, Replace
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.loading import Ready
from offensive_sim.ui.playing.asking import Laid, Role
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.games import Games, save_words
from offensive_sim.ui.playing.play import Play
from offensive_sim.ui.playing.seating import seat_word
from offensive_sim.ui.speech import say
from offensive_sim.ui.window import wake

if TYPE_CHECKING:
    from offensive_sim.ui.start import Start

ROLES: Final = (WATCH, "baghdad", "erbil", f"baghdad{TOGETHER}erbil", COALITION)


def role_word(role: str, language: str) -> str:
    """A way to take part, in the reader's language."""
    if TOGETHER in role:
        return say("start.together", language)
    return say("start.watch", language) if role == WATCH else seat_word(role, language)


def write(canvas: Canvas, column: Column, seat: str, saved: SaveInfo | None) -> None:
    """Watch or play, and the newest saved game."""
    language = canvas.look.language
    column.heading(say("start.role", language))
    roles = ROLES if seat in ROLES else (*ROLES, seat)
    column.buttons([Button(role_word(one, language), Role(one), one == seat) for one in roles])
    key = "together" if TOGETHER in seat else seat
    column.para(say(f"start.role_{key}", language) if key in ("together", *ROLES) else seat, canvas.small())
    if saved:
        column.gap(4)
        words = say("start.go_on", language, game=save_words(saved, language))
        column.buttons([Button(words, Named("games"), tip=say("tip.games", language))])


def answer(start: "Start", action: Action) -> Change:
    """Who one speaks for; a saved game."""
    match action:
        case Role(seat):
            start.seat = seat
        case Named("games"):
            return Push(Games())
        case Laid(desk):
            return Replace(Play(desk, wake=wake))
    return None


def begun(ready: Ready, seat: str, seed: int) -> Play:
    """A new game of the scenario that was read, under the what-ifs that were chosen.

    Raises:
        SimError: if it has no such seat.
    """
    return Play(Desk.begun(ready.found, seat, seed), wake=wake)
