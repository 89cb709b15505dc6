"""Whether to leave, since Escape is pressed easily."""

import pygame

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.ui.actions import Action, Change, Named, Pop, Quit, SetLanguage
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.screens import Plain
from offensive_sim.ui.speech import say


class Leaving(Plain):
    """The menu over the map: go on, language, size of text, help, leave."""

    over = True

    def handle(self, action: Action) -> Change:
        """Back to the map, or out."""
        match action:
            case Named("back" | "activate" | "begin"):
                return Pop()
            case Named("leave"):
                return Quit()
        return None

    def draw(self, canvas: Canvas) -> None:
        """A small sheet in the middle."""
        pad = canvas.px(20)
        size = canvas.surface.get_size()
        sheet = pygame.Rect(0, 0, min(canvas.px(430), size[0] - 24), 0)
        measure = Column(canvas, pygame.Rect(0, 0, sheet.width - 2 * pad, 0), draws=False)
        self._write(canvas, measure)
        sheet.height = min(measure.used + 2 * pad, size[1] - 16)
        sheet.center = (size[0] // 2, size[1] // 2)
        canvas.paper(sheet)
        with canvas.room(sheet):
            self._write(canvas, Column(canvas, sheet.inflate(-2 * pad, -2 * pad)))

    def _write(self, canvas: Canvas, column: Column) -> None:
        language = canvas.look.language
        column.title(say("menu.title", language), 22)
        column.heading(say("start.language", language))
        column.buttons([Button(name, SetLanguage(key), key == language) for key, name in LANGUAGES.items()])
        column.heading(say("start.size", language))
        column.buttons(
            [
                Button(say("menu.smaller", language), Named("smaller")),
                Button(say("menu.larger", language), Named("larger")),
            ]
        )
        column.gap(8)
        column.buttons(
            [
                Button(say("menu.go_on", language), Named("back"), on=True),
                Button(say("start.help", language), Named("help")),
                Button(say("menu.leave", language), Named("leave")),
            ]
        )
