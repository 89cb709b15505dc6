"""How a game stands at its end: people first, then control, then forces, each beside the documented history."""

from offensive_sim.atlas.words import about, date_words
from offensive_sim.ui.actions import Action, Change, FlyTo, Named, Pop
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.linelist import write_lines
from offensive_sim.ui.playing.paper import Paper
from offensive_sim.ui.playing.thinking import POLL, Thinking
from offensive_sim.ui.speech import say
from offensive_sim.ui.supposing import titles
from offensive_sim.ui.theme import PEOPLE, SOFT_TEXT, SUPPOSED
from offensive_sim.views.report_day import Ending, ending

_MOST = 12


class EndSheet(Paper):
    """The last sheet of a game. There is no winner and there are no points."""

    wide = 820.0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._end: Thinking[Ending] = Thinking(lambda: ending(desk.session, desk.chronicle))
        self._seen = False

    def handle(self, action: Action) -> Change:
        """Look at the map, branch, take up another game, or leave."""
        match action:
            case FlyTo():
                return Pop(action)
            case Named("begin" | "activate"):
                return Pop()
            case Named("branches" | "games" | "save" | "compare" | "premise"):
                return Pop(action)
            case _:
                return super().handle(action)

    def wait(self, now: float) -> float | None:  # noqa: ARG002
        """While the same days are played with history's orders, to stand beside these."""
        return None if self._seen else POLL

    def tick(self, now: float) -> Change | bool:  # noqa: ARG002
        """It is there."""
        fresh, self._seen = self._end.done and not self._seen, self._end.done
        return fresh

    def feet(self, language: str) -> list[Button]:
        """The map, a branch, another game."""
        return [
            Button(say("ending.map", language), Named("begin"), on=True),
            Button(say("world.compare", language), Named("compare"), tip=say("tip.compare", language)),
            Button(say("game.branches", language), Named("branches"), tip=say("tip.branches", language)),
            Button(say("games.save", language), Named("save"), tip=say("tip.save", language)),
            Button(say("game.games", language), Named("games"), tip=say("tip.games", language)),
            Button(say("start.quit", language), Named("quit")),
        ]

    def write(self, canvas: Canvas, column: Column) -> None:
        """People, control, forces."""
        language, session = canvas.look.language, self._desk.session
        evening = date_words(session.date_of(session.day - 1), language)
        column.title(say("ending.title", language, date=evening), 26)
        if session.game.what_ifs:
            words = say("whatif.played", language, title=titles(session.game.what_ifs))
            column.para(words, canvas.style(16, "map-bold", SUPPOSED), action=Named("premise"))
            column.gap(3)
        column.para(say("ending.note", language), canvas.style(13.5, "map-italic", SOFT_TEXT))
        if self._end.done:
            self._parts(canvas, column, self._end.result())
        else:
            column.gap(6)
            column.para(say("ending.playing", language), canvas.style(14, "map-bold"))

    def _parts(self, canvas: Canvas, column: Column, end: Ending) -> None:
        language = canvas.look.language
        column.heading(say("report.people", language))
        words = say("ending.displaced", language, number=about(end.people[0].amount))
        column.para(words, canvas.style(18, "map-bold", PEOPLE))
        write_lines(canvas, column, end.people)
        column.heading(say("report.control", language))
        write_lines(canvas, column, end.control[: _MOST + 1], total="control")
        if len(end.control) > _MOST + 1:
            column.para(say("card.more", language, number=len(end.control) - _MOST - 1), canvas.small())
        column.heading(say("report.forces", language))
        write_lines(canvas, column, end.forces, total="fighting")
        column.gap(6)
        column.para(say("ending.model", language), canvas.small())
