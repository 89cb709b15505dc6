"""What differs between runs on an evening, on a sheet: people first, then control, then forces. Nobody wins here."""

from collections.abc import Callable, Sequence
from typing import Final

import pygame

from offensive_sim.atlas.words import date_words, party_word
from offensive_sim.scenario.model import Scenario
from offensive_sim.ui.actions import Action, Change, FlyTo, Named, Pop
from offensive_sim.ui.canvas import HOVERED, Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.paper import Paper
from offensive_sim.ui.playing.thinking import POLL, Thinking
from offensive_sim.ui.speech import say
from offensive_sim.ui.text import Style, wrap
from offensive_sim.ui.theme import PEOPLE, SOFT_TEXT, SUPPOSED, TEXT
from offensive_sim.views.beside import Beside, Number
from offensive_sim.views.board import BOTH

_MOST_PLACES: Final = 14
_LEAST_COLUMN: Final = 118.0
"""Design pixels of a column of numbers; with less room they stand below one another."""


class Compared(Paper):
    """A table of runs; a line leads to its place, a button writes the debrief."""

    wide = 900.0

    def __init__(
        self, scenario: Scenario, work: Callable[[], Beside], debrief: Callable[[str], str] | None = None
    ) -> None:
        """``debrief`` writes a page in a language and says where it is."""
        super().__init__()
        self._scenario = scenario
        self._found: Thinking[Beside] = Thinking(work)
        self._debrief = debrief
        self._writing: Thinking[str] | None = None
        self._seen = False
        self._language = "en"

    def handle(self, action: Action) -> Change:
        """To a place, write the debrief, or close."""
        match action:
            case FlyTo():
                return Pop(action)
            case Named("debrief"):
                self._write_debrief()
                return None
            case Named("activate"):
                return Pop()
            case _:
                return super().handle(action)

    def _write_debrief(self) -> None:
        """Beside the window; a second press while one is being written does nothing."""
        if self._debrief and not self._writing:
            write, language = self._debrief, self._language
            self.notice = say("compare.writing", language)
            self._writing = Thinking(lambda: write(language))

    def wait(self, now: float) -> float | None:  # noqa: ARG002
        """While something is played or written beside the window."""
        return POLL if self._writing or not self._seen else None

    def tick(self, now: float) -> Change | bool:  # noqa: ARG002
        """It is there."""
        if self._writing and self._writing.done:
            writing, self._writing = self._writing, None
            self.notice = writing.result()
            return True
        fresh, self._seen = self._found.done and not self._seen, self._found.done
        return fresh

    def feet(self, language: str) -> list[Button]:
        """Back to the map, and the debrief."""
        row = [Button(say("ending.map", language), Named("activate"), on=True)]
        if self._debrief:
            row.append(Button(say("compare.debrief", language), Named("debrief"), tip=say("tip.debrief", language)))
        return row

    def write(self, canvas: Canvas, column: Column) -> None:
        """When they part, then people, control, forces."""
        language = self._language = canvas.look.language
        column.title(say("compare.title", language), 26)
        if not self._found.done:
            column.gap(6)
            column.para(say("compare.playing", language), canvas.style(14, "map-bold"))
            return
        found = self._found.result()
        column.para(date_words(found.evening, language), canvas.style(15, "map-italic", SOFT_TEXT))
        column.gap(3)
        for key, day in zip(found.keys[1:], found.parts, strict=True):
            words = {"run": say(f"compare.{key}", language), "date": date_words(day, language) if day else ""}
            said = say("compare.parted" if day else "compare.together", language, **words)
            column.para(said, canvas.style(14, "ui-bold", SUPPOSED))
        table = _Table(canvas, column, [say(f"compare.{key}", language) for key in found.keys])
        self._people(table, found)
        self._control(table, found)
        column.heading(say("report.forces", language))
        table.numbers(found.forces)
        column.gap(8)
        column.para(say("compare.caution", language), canvas.small())

    def _people(self, table: "_Table", found: Beside) -> None:
        language = table.canvas.look.language
        table.column.heading(say("report.people", language))
        table.heads()
        table.numbers(found.people, PEOPLE)
        if found.shelters:
            table.column.para(say("compare.shelters", language), table.canvas.small())
        for row in found.shelters:
            table.row(self._name(row.place, language), [f"{n:,}" for n in row.values], row.place)

    def _control(self, table: "_Table", found: Beside) -> None:
        language, column = table.canvas.look.language, table.column
        column.heading(say("report.control", language))
        table.numbers(found.control)
        if not found.places:
            column.para(say("compare.alike", language), table.canvas.small())
            return
        column.para(say("compare.otherwise", language, number=len(found.places)), table.canvas.small())
        for held in found.places[:_MOST_PLACES]:
            table.row(self._name(held.place, language), [self._party(one, language) for one in held.shown], held.place)
        if len(found.places) > _MOST_PLACES:
            column.para(say("card.more", language, number=len(found.places) - _MOST_PLACES), table.canvas.small())

    def _name(self, place: str, language: str) -> str:
        known = self._scenario.places[place]
        return {"ar": known.name_ar, "ckb": known.name_ku}.get(language) or known.name

    def _party(self, key: str, language: str) -> str:
        if key == BOTH:
            return say("card.both", language)
        return party_word(key, self._scenario.factions[key].name, language)


class _Table:
    """A label and a value for each run, beside one another or, where there is little room, below."""

    def __init__(self, canvas: Canvas, column: Column, names: Sequence[str]) -> None:
        self.canvas, self.column, self.names = canvas, column, names
        self.wide = max(canvas.px(_LEAST_COLUMN), 0)
        self.room = column.rect.width - self.wide * len(names)
        self.stacked = self.room < column.rect.width * 0.3

    def heads(self) -> None:
        """What the columns are."""
        if not self.stacked:
            self._cells("", [(name, self.canvas.style(12.5, "ui-bold", SOFT_TEXT)) for name in self.names])

    def numbers(self, rows: Sequence[Number], colour: tuple[int, int, int] = TEXT) -> None:
        """Rows of numbers; bold where the runs differ."""
        for row in rows:
            self.row(row.title, [f"{number:,}" for number in row.values], colour=colour, bold=row.differs)

    def row(
        self, label: str, values: Sequence[str], place: str = "", *, colour: tuple[int, int, int] = TEXT,
        bold: bool | None = None,
    ) -> None:  # fmt: skip
        """One row; with a place it leads there."""
        canvas, column = self.canvas, self.column
        face = "ui-bold" if (len(set(values)) > 1 if bold is None else bold) else "ui"
        style = canvas.style(13.5, face, colour if face == "ui-bold" else TEXT)
        if not self.stacked:
            self._cells(label, [(value, style) for value in values], place)
            return
        column.para(label, canvas.style(13.5, "map-bold"), action=FlyTo(place) if place else None)
        for name, value in zip(self.names, values, strict=True):
            column.fact(name, value, style)
        column.gap(4)

    def _cells(self, label: str, cells: Sequence[tuple[str, Style]], place: str = "") -> None:
        canvas, column = self.canvas, self.column
        name = canvas.style(13.5, "map")
        lines = wrap(label, name, self.room - canvas.px(10), rtl=canvas.rtl) if label else [""]
        wrapped = [wrap(text, style, self.wide - canvas.px(8), rtl=canvas.rtl) for text, style in cells]
        high = [len(lines) * canvas.height(name, label)]
        high += [len(part) * canvas.height(style, text) for (text, style), part in zip(cells, wrapped, strict=True)]
        box = pygame.Rect(column.rect.left, column.top, column.rect.width, max(high) + canvas.px(4))
        if column.draws:
            if place and canvas.press(box, FlyTo(place)):
                canvas.surface.fill(HOVERED, canvas.flip(box))
            for at, line in enumerate(lines if label else ()):
                canvas.text(line, name, (box.left, box.top + at * canvas.height(name, label)), self.room)
            for number, ((_, style), part) in enumerate(zip(cells, wrapped, strict=True)):
                left = box.left + self.room + number * self.wide
                for at, line in enumerate(part):
                    top = box.top + at * canvas.height(style, line)
                    canvas.text(line, style, (left, top), self.wide - canvas.px(4), align="end")
            canvas.rule(pygame.Rect(box.left, box.bottom - canvas.thin(), box.width, 1))
        column.top = box.bottom
