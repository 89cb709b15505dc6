"""Finding a place by any of its names, or a day by its date."""

import pygame

from offensive_sim.atlas.words import date_words
from offensive_sim.ui.actions import Action, Change, FlyTo, GoToDay, Named, Pop
from offensive_sim.ui.canvas import HOVERED, PRESSED, Canvas
from offensive_sim.ui.column import Column
from offensive_sim.ui.screens import Plain
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import SOFT_TEXT
from offensive_sim.views.finding import find_day
from offensive_sim.views.replay import Replay

_MOST = 60
"""Letters that can be written."""


class Search(Plain):
    """A line to write in and what it finds."""

    over = True

    def __init__(self, replay: Replay) -> None:
        self.text = ""
        self.at = 0
        self._replay = replay
        self._fresh = True
        pygame.key.start_text_input()

    def results(self) -> list[Action]:
        """What was found, the likeliest first."""
        scenario = self._replay.game.scenario
        found: list[Action] = []
        day = find_day(self.text, scenario.first_day, scenario.last_day)
        if day:
            found.append(GoToDay((day - scenario.first_day).days + 1))
        return found + [FlyTo(hit.place) for hit in self._replay.finder.find(self.text)]

    def typed(self, event: pygame.event.Event) -> bool:
        """Letters are written; arrows choose; Enter goes there."""
        if event.type == pygame.TEXTINPUT and self._fresh:
            return True  # the letter of the key that opened this
        self._fresh = False
        if event.type == pygame.TEXTINPUT:
            self.text, self.at = (self.text + event.text)[:_MOST], 0
            return True
        if event.key == pygame.K_BACKSPACE:
            self.text, self.at = self.text[:-1], 0
        elif event.key in (pygame.K_DOWN, pygame.K_UP):
            self.at += 1 if event.key == pygame.K_DOWN else -1
        else:
            return event.key not in (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_TAB)
        return True

    def handle(self, action: Action) -> Change:
        """Go to what was found, or close."""
        match action:
            case Named("back"):
                return Pop()
            case Named("activate" | "begin"):
                found = self.results()
                return Pop(found[self.at % len(found)]) if found else None
            case FlyTo() | GoToDay():
                return Pop(action)
        return None

    def draw(self, canvas: Canvas) -> None:
        """A sheet near the top."""
        width, height = canvas.surface.get_size()
        language, pad = canvas.look.language, canvas.px(14)
        sheet = pygame.Rect(0, 0, min(canvas.px(440), width - 24), min(canvas.px(420), height - 24))
        sheet.midtop = (width // 2, min(canvas.px(90), max((height - sheet.height) // 2, 0)))
        canvas.paper(sheet)
        with canvas.room(sheet):
            column = Column(canvas, sheet.inflate(-2 * pad, -2 * pad))
            column.title(say("find.title", language), 18)
            column.para(say("find.how", language), canvas.small())
            column.gap(5)
            column.entry(self.text)
            found = self.results()
            for number, action in enumerate(found):
                self._result(canvas, column, action, chosen=number == self.at % len(found))
            if self.text and not found:
                column.para(say("find.nothing", language), canvas.style(13, "map-italic", SOFT_TEXT))

    def _result(self, canvas: Canvas, column: Column, action: Action, *, chosen: bool) -> None:
        style = canvas.style(14)
        box = pygame.Rect(column.rect.left, column.top, column.rect.width, canvas.height(style) + canvas.px(4))
        if box.bottom > column.rect.bottom:
            return
        over = canvas.press(box, action)
        if over or chosen:
            canvas.surface.fill(PRESSED if chosen else HOVERED, canvas.flip(box))
        canvas.text(
            self._named(action, canvas.look.language),
            style,
            (box.left + canvas.px(4), box.top),
            box.width - canvas.px(8),
        )
        column.top = box.bottom

    def _named(self, action: Action, language: str) -> str:
        scenario = self._replay.game.scenario
        if isinstance(action, FlyTo):
            place = scenario.places[action.place]
            names = {"ar": place.name_ar, "ckb": place.name_ku}
            first = names.get(language) or place.name
            others = [name for name in (place.name, place.name_ar, place.name_ku) if name and name != first]
            return "  ·  ".join([first, *others])
        assert isinstance(action, GoToDay)
        return date_words(self._replay.timeline.days[action.day].evening, language)
