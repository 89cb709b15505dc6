"""The briefing of a seat: one page before the first morning, people first, with its sources."""

from offensive_sim.atlas.catalogue import right_to_left
from offensive_sim.atlas.words import about, date_words
from offensive_sim.ui.actions import Action, Change, Named, OpenLink, Pop
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.cards import write_sources
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.orderlist import place_word
from offensive_sim.ui.playing.paper import Paper
from offensive_sim.ui.playing.seating import seat_name, seat_note
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import PEOPLE, SOFT_TEXT
from offensive_sim.views.briefing import briefing


class BriefSheet(Paper):
    """What a seat knows on the present morning."""

    wide = 780.0

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._brief = briefing(desk.session, desk.chronicle)

    def handle(self, action: Action) -> Change:
        """Close, or open a source."""
        match action:
            case Named("begin" | "activate" | "briefing"):
                return Pop()
            case OpenLink():
                return None
            case _:
                return super().handle(action)

    def feet(self, language: str) -> list[Button]:
        """To the map; the keys."""
        return [
            Button(say("brief.begin", language), Named("begin"), on=True),
            Button(say("start.help", language), Named("help")),
        ]

    def write(self, canvas: Canvas, column: Column) -> None:
        """People, one's own, what one can do, sources."""
        language, brief, game = canvas.look.language, self._brief, self._desk.session.game
        chair = self._desk.chair
        column.title(seat_name(chair, language), 28)
        until = date_words(brief.last_day, language)
        column.para(
            say("brief.when", language, date=date_words(brief.evening, language), last=until),
            canvas.style(15, "map-italic", SOFT_TEXT),
        )
        column.gap(4)
        column.para(brief.summary, canvas.style(14.5, "map"))
        column.heading(say("report.people", language))
        words = say("brief.displaced", language, number=about(brief.displaced))
        column.para(words, canvas.style(18, "map-bold", PEOPLE))
        shelters = [f"{place_word(game, place, language)} {about(number)}" for place, number in brief.shelters]
        column.para(say("brief.where", language, places=_listed(shelters, language)), canvas.style(13.5, "map"))
        if brief.formations:
            self._own(canvas, column)
        column.heading(say("brief.contested", language))
        contested = _listed([place_word(game, place, language) for place in brief.contested], language)
        column.para(contested, canvas.style(13.5, "map"))
        column.heading(say("brief.task", language))
        column.para(seat_note(chair, language), canvas.style(14, "map"))
        column.para(say("brief.knows", language), canvas.style(13, "map-italic", SOFT_TEXT))
        write_sources(canvas, column, brief.sources)

    def _own(self, canvas: Canvas, column: Column) -> None:
        language, brief, game = canvas.look.language, self._brief, self._desk.session.game
        column.heading(say("brief.own", language))
        words = say("brief.men", language, number=brief.formations, men=about(brief.men), places=brief.held)
        column.para(words, canvas.style(14.5, "map-bold"))
        for post in brief.largest:
            known = say("brief.post", language, place=place_word(game, post.place, language), men=about(post.men),
                        low=about(post.low), high=about(post.high))  # fmt: skip
            column.fact(post.name, known, canvas.style(12.5))


def _listed(words: list[str], language: str) -> str:
    """With the comma of the script."""
    return ("، " if right_to_left(language) else ", ").join(words)
