"""The tree of branches, and a new branch from the morning of the day that is shown."""

from typing import Final

import pygame

from offensive_sim.atlas.words import date_words
from offensive_sim.campaign.seats import seat_of, seats_of
from offensive_sim.campaign.session import Branch
from offensive_sim.ui.actions import Action, Change, Named, Pop
from offensive_sim.ui.canvas import HOVERED, PRESSED, Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.asking import Fork, Role, Switch
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.paper import Line, Paper
from offensive_sim.ui.playing.seating import seat_name
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import NEATLINE, PANEL, RULE, SOFT_TEXT, Colour

_INK: Final[Colour] = (70, 96, 128)


class ForkSheet(Paper):
    """Every branch as a line in time; a name for a new one."""

    wide = 760.0

    def __init__(self, desk: Desk, day: int) -> None:
        super().__init__()
        self.desk, self.day = desk, day
        self.seat = desk.session.seat.id
        self.problem = ""
        self.line = Line(self._free_name())

    def _free_name(self) -> str:
        """A name nobody has: the morning's date, with a number if need be."""
        base, number = f"{self.desk.session.date_of(self.day):%d-%m}", 1
        name = base
        while name in self.desk.session.branches:
            number += 1
            name = f"{base}-{number}"
        return name

    def handle(self, action: Action) -> Change:
        """Begin a branch, go on with one, or leave."""
        match action:
            case Role(seat):
                self.seat = seat
            case Switch():
                return Pop(action)
            case Named("begin" | "activate"):
                return self._begin()
            case _:
                return super().handle(action)
        return None

    def _begin(self) -> Change:
        assert self.line
        name = self.line.text.strip()
        if not name or name in self.desk.session.branches:
            self.problem = "taken" if name else "nameless"
            return None
        return Pop(Fork(self.day, name, self.seat))

    def feet(self, language: str) -> list[Button]:
        """The new branch, or nothing."""
        words = say("branch.begin", language, date=date_words(self.desk.session.date_of(self.day), language))
        row = [Button(words, Named("begin"), on=True)] if self.day < self.desk.session.game.world.n_days else []
        return [*row, Button(say("event.close", language), Named("back"))]

    def write(self, canvas: Canvas, column: Column) -> None:
        """The tree, then the new branch."""
        language, session = canvas.look.language, self.desk.session
        column.title(say("branch.title", language), 24)
        column.para(say("branch.words", language), canvas.style(13.5, "map-italic", SOFT_TEXT))
        column.gap(6)
        self._tree(canvas, column)
        if self.day >= session.game.world.n_days:
            return
        column.heading(say("branch.new", language, date=date_words(session.date_of(self.day), language)))
        column.para(say("branch.name", language), canvas.small())
        assert self.line
        column.entry(self.line.text)
        if self.problem:
            column.para(say(f"branch.{self.problem}", language), canvas.style(12.5, "ui-bold", (150, 40, 30)))
        column.para(say("branch.seat", language), canvas.small())
        seats = [seat.id for seat in seats_of(session.game.scenario)]
        seats = list(dict.fromkeys([session.seat.id, *seats]))
        scenario = session.game.scenario
        column.buttons(
            [Button(seat_name(seat_of(scenario, one), language), Role(one), one == self.seat) for one in seats]
        )

    def _tree(self, canvas: Canvas, column: Column) -> None:
        tree = self.desk.session.tree()
        row = canvas.height(canvas.style(13)) + canvas.px(10)
        row = max(row, 32)
        names = round(column.rect.width * 0.42)
        chart = pygame.Rect(
            column.rect.left + names, column.top, column.rect.width - names - canvas.px(8), row * len(tree)
        )
        lines = {branch.name: chart.top + row * at + row // 2 for at, branch in enumerate(tree)}
        if column.draws:
            for branch in tree:
                self._branch(canvas, (column.rect, chart, row), branch, lines)
        column.top += row * len(tree) + canvas.px(4)

    def _branch(
        self, canvas: Canvas, room: tuple[pygame.Rect, pygame.Rect, int], branch: Branch, lines: dict[str, int]
    ) -> None:
        """A name to press, and beside it the days it has come."""
        rect, chart, row = room
        language, session, y = canvas.look.language, self.desk.session, lines[branch.name]
        box = pygame.Rect(rect.left, y - row // 2, rect.width, row)
        over = not branch.current and canvas.press(box, Switch(branch.name), say("branch.switch", language))
        if over or branch.current:
            canvas.surface.fill(PRESSED if branch.current else HOVERED, canvas.flip(box))
        bold, soft = canvas.style(13, "ui-bold"), canvas.style(12, "ui", SOFT_TEXT)
        half = (chart.left - rect.left) // 2
        top = y - canvas.height(bold) // 2
        canvas.text(branch.name, bold, (rect.left + canvas.px(6), top), half)
        seat = seat_name(seat_of(session.game.scenario, branch.seat), language)
        canvas.text(seat, soft, (rect.left + half + canvas.px(6), top), half - canvas.px(12))
        start, end = self._x(chart, branch.left_on), self._x(chart, branch.day)
        thick = max(canvas.px(3), 3)
        self._bar(canvas, pygame.Rect(chart.left, y, chart.width, canvas.thin()), RULE)
        parent = lines.get(branch.parent or "")
        if parent is not None:
            self._bar(canvas, pygame.Rect(start, parent, thick, y - parent), _INK)
        self._bar(canvas, pygame.Rect(start, y - thick // 2, max(end - start, thick), thick), _INK)
        middle = canvas.flip(pygame.Rect(end, y, 0, 0)).topleft
        pygame.draw.circle(canvas.surface, NEATLINE, middle, canvas.px(5))
        pygame.draw.circle(canvas.surface, PANEL, middle, canvas.px(3))

    def _bar(self, canvas: Canvas, rect: pygame.Rect, colour: Colour) -> None:
        rect.normalize()
        canvas.surface.fill(colour, canvas.flip(rect))

    def _x(self, chart: pygame.Rect, day: int) -> int:
        return chart.left + round(chart.width * day / self.desk.session.game.world.n_days)
