"""The right drawer for a place in a game: what is known of it, and one's own formations there to choose."""

from dataclasses import dataclass

from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.cards import PlaceCard
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.asking import ChooseUnits
from offensive_sim.ui.speech import say


@dataclass(frozen=True)
class PlaceSheet(PlaceCard):
    """A place with the formations of the seat that are there."""

    own: tuple[tuple[str, str], ...] = ()
    """Ids and names."""

    def write(self, canvas: Canvas, column: Column) -> None:
        """Own formations first, since they can be ordered."""
        if self.own:
            language = canvas.look.language
            column.para(say("place.own", language), canvas.style(13, "ui-bold"))
            row = [Button(name, ChooseUnits((unit,))) for unit, name in self.own]
            if len(row) > 1:
                row.insert(0, Button(say("place.all", language), ChooseUnits(tuple(unit for unit, _ in self.own))))
            column.buttons(row)
            column.gap(6)
        super().write(canvas, column)

    def history_word(self, language: str) -> str:
        """In a game only what was reported is known."""
        return say("card.as_reported", language)
