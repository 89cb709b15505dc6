"""Who sits at the screen: the names of seats, and the sheet that hands it over without showing anything."""

from offensive_sim.campaign.seats import TOGETHER, Seat
from offensive_sim.ui.actions import Action, Change, Named, Pop, Push, Quit
from offensive_sim.ui.backdrop import ground
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.leaving import Leaving
from offensive_sim.ui.playing.asking import SitDown
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.paper import Paper
from offensive_sim.ui.speech import say, strings
from offensive_sim.ui.theme import SOFT_TEXT


def seat_word(seat: str, language: str) -> str:
    """A seat by its id in the reader's language; several that are taken together by each of their names."""
    known = strings("en")
    return " + ".join(say(f"seat.{one}", language) if f"seat.{one}" in known else one for one in seat.split(TOGETHER))


def seat_name(seat: Seat, language: str) -> str:
    """A seat in the reader's language, or as the scenario calls it."""
    known = all(f"seat.{one}" in strings("en") for one in seat.id.split(TOGETHER))
    return seat_word(seat.id, language) if known else seat.name


def seat_note(seat: Seat, language: str) -> str:
    """What a seat does, in the reader's language."""
    key = f"seat.{seat.id}_note"
    return say(key, language) if key in strings("en") else seat.note


class HandOver(Paper):
    """An empty sheet between two people at one screen: nothing that either knows is to be seen."""

    over = False
    wide = 520.0

    def __init__(self, seat: Seat, desk: Desk) -> None:
        super().__init__()
        self._seat, self._desk = seat, desk

    def handle(self, action: Action) -> Change:
        """The next person sits down; there is no way back."""
        match action:
            case Named("begin" | "activate") | SitDown():
                self._desk.sit(self._seat)
                return Pop(SitDown(self._seat.id))
            case Named("leave"):
                return Quit()
            case Named("back"):
                return Push(Leaving())
        return None

    def feet(self, language: str) -> list[Button]:
        """One button."""
        return [Button(say("hand.ready", language, seat=seat_name(self._seat, language)), Named("begin"), on=True)]

    def write(self, canvas: Canvas, column: Column) -> None:
        """Whose turn it is."""
        language = canvas.look.language
        column.title(say("hand.title", language, seat=seat_name(self._seat, language)), 26)
        column.gap(6)
        column.para(say("hand.words", language), canvas.style(15, "map-italic", SOFT_TEXT))

    def draw(self, canvas: Canvas) -> None:
        """On the bare relief."""
        ground(canvas.surface)
        super().draw(canvas)
