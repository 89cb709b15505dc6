"""The strips of a game in progress: at the top whose morning it is, at the bottom the days and the end of the day."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pygame

from offensive_sim.atlas.words import date_words
from offensive_sim.ui.actions import Named, Step, ToggleDrawer, ToggleLayer
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.daybars import DayBars
from offensive_sim.ui.playing.asking import Tab
from offensive_sim.ui.playing.seating import seat_name
from offensive_sim.ui.speech import say
from offensive_sim.ui.text import Style
from offensive_sim.ui.theme import SOFT_TEXT
from offensive_sim.ui.topbar import TopBar

if TYPE_CHECKING:
    from offensive_sim.ui.playing.play import Play


@dataclass(frozen=True)
class Turn:
    """Where a game stands."""

    morning: date
    seat: str
    """Name of the chair whose turn it is."""
    branch: str
    played: int
    days: int
    over: bool
    tab: str
    back: str
    """What undo would take back, in words."""
    again: str


def turn_of(play: "Play") -> Turn:
    """Where the game on the desk stands."""
    session, language = play.desk.session, play.look.language
    return Turn(
        morning=session.date_of(session.day),
        seat=seat_name(play.desk.chair, language),
        branch=session.name,
        played=session.day,
        days=session.game.world.n_days,
        over=not session.can_end,
        tab=play.tab,
        back=session.undo_label or "",
        again=session.redo_label or "",
    )


@dataclass(frozen=True, kw_only=True)
class PlayBar(TopBar):
    """The top of a game in progress."""

    turn: Turn

    def _date(self, canvas: Canvas) -> list[tuple[str, Style]]:
        """This morning, or the evening that one looks back at."""
        language, turn = canvas.look.language, self.turn
        small = canvas.style(12.5, "ui", SOFT_TEXT)
        if self.watching.day < turn.played:
            title = say("game.evening", language, date=date_words(self.day.evening, language))
            below = say("game.looking_back", language, date=date_words(turn.morning, language))
        elif turn.over:
            title, below = date_words(self.day.evening, language), say("game.over", language)
        else:
            title = say("game.morning", language, date=date_words(turn.morning, language))
            below = say("game.turn", language, day=turn.played + 1, days=turn.days, seat=turn.seat, branch=turn.branch)
        return [(title, canvas.style(21, "map-bold")), (below, small)]

    def _buttons(self, language: str) -> list[Button]:
        now, side = self.watching, "log" in self.watching.drawers
        tabs = []
        for name in ("orders", "log"):
            shown = side and self.turn.tab == name
            tabs.append(Button(say(f"game.{name}", language), Tab(name), shown, say(f"tip.{name}", language)))
        drawers = [
            Button(say(f"top.{name}", language), ToggleDrawer(name), name in now.drawers, say(f"tip.{name}", language))
            for name in ("layers", "legend", "card")
        ]
        return [
            *tabs,
            Button(say("game.report", language), Named("report"), tip=say("tip.report", language)),
            Button(say("game.branches", language), Named("branches"), tip=say("tip.branches", language)),
            Button(say("game.games", language), Named("games"), tip=say("tip.games", language)),
            Button(say("top.rings", language), ToggleLayer("ghost"), "ghost" in now.layers, say("tip.rings", language)),
            *drawers,
            Button(say("world.compare", language), Named("compare"), tip=say("tip.compare", language)),
            Button(say("top.find", language), Named("find"), tip=say("tip.find", language)),
            Button(say("top.help", language), Named("help"), tip=say("tip.help", language)),
        ]


@dataclass(frozen=True, kw_only=True)
class PlayDays(DayBars):
    """The timeline of a game in progress, with the button that ends the day."""

    turn: Turn

    def height(self, canvas: Canvas, width: int) -> int:
        """Pixels it needs at a width."""
        head = Column(canvas, pygame.Rect(0, 0, self._room(canvas, width), 0), draws=False)
        head.buttons(self._buttons(canvas.look.language, canvas))
        return head.used + self._chart_height(canvas) + canvas.px(10)

    def _room(self, canvas: Canvas, width: int) -> int:
        """Pixels for the controls beside the end of the day."""
        end = canvas.button_size(self._end(canvas.look.language).label)[0] + canvas.px(30)
        return max(width - 2 * canvas.px(9) - end, canvas.px(120))

    def _end(self, language: str) -> Button:
        key = "game.ending" if self.turn.over else "game.end_day"
        action = Named("ending" if self.turn.over else "end_day")
        return Button(say(key, language), action, on=True, tip=say("tip.end_day", language))

    def _fitting(self, canvas: Canvas, width: int) -> list[Button]:  # noqa: ARG002 - all of them, on several lines
        return self._buttons(canvas.look.language, canvas)

    def draw(self, canvas: Canvas, rect: pygame.Rect) -> None:
        """Controls, the end of the day at the far side, then the days."""
        canvas.paper(rect)
        pad, top = canvas.px(9), rect.top + canvas.px(6)
        with canvas.room(rect):
            wide = self._room(canvas, rect.width)
            Column(canvas, pygame.Rect(rect.left + pad, top, wide, 0)).buttons(
                self._buttons(canvas.look.language, canvas)
            )
            end = self._end(canvas.look.language)
            width, height = canvas.button_size(end.label)
            box = pygame.Rect(rect.right - pad - width - canvas.px(14), top, width + canvas.px(14), height)
            canvas.button(box, end.label, end.action, on=True, tip=end.tip)
            self.draw_days(canvas, rect)

    def _buttons(self, language: str, canvas: Canvas) -> list[Button]:  # noqa: ARG002 - as the timeline's
        turn, now = self.turn, self.watching.day
        row = [
            Button("«", Step(-7), tip=say("tip.week_back", language)),
            Button("‹", Step(-1), tip=say("tip.day_back", language)),
            Button("›", Step(1), tip=say("tip.day_on", language)),
        ]
        row.append(
            Button(
                say("game.now", language), Named("this_morning"), now == turn.played, say("tip.this_morning", language)
            )
        )
        if turn.back:
            row.append(Button(say("game.undo", language), Named("undo"), tip=turn.back))
        if turn.again:
            row.append(Button(say("game.redo", language), Named("redo"), tip=turn.again))
        if now < turn.played:
            row.append(Button(say("game.take_over", language), Named("branches"), tip=say("tip.take_over", language)))
        return row


