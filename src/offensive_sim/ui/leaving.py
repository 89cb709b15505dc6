"""Whether to leave, since Escape is pressed easily."""

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.ui.actions import Action, Change, Named, Pop, Quit, SetLanguage
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column, small_sheet
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
        small_sheet(canvas, (430, 20), self._write)

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
