"""The mouse in play: take hold of a counter, drag it to a place; a click chooses; the rest is as when watching."""

from typing import TYPE_CHECKING, Final

import pygame

from offensive_sim.ui.actions import Action, Named
from offensive_sim.ui.playing.asking import ChooseUnits, Offer
from offensive_sim.ui.pointing import Pointing, Pos

if TYPE_CHECKING:
    from offensive_sim.ui.playing.play import Play
    from offensive_sim.ui.watch import Watch

_STILL: Final = 6
"""Pixels within which a press is a click and not a drag."""


class Hand(Pointing):
    """What is being dragged: a formation's order, or what the watch screen drags."""

    def __init__(self, play: "Play") -> None:
        super().__init__()
        self._play = play
        self.units: tuple[str, ...] = ()
        """Formations whose order is being drawn."""
        self.at: Pos | None = None
        """Where the arrow ends now, in pixels of the map's view."""

    def place_of(self, pos: Pos) -> str | None:
        """Id of the place under a pixel of the window, where the map is seen."""
        return self._play.place_at(self._inside(pos)) if self.on_map(pos) else None

    def _down(self, watch: "Watch", event: pygame.event.Event) -> Action | None:
        units = self._play.units_at(self._inside(event.pos)) if self.on_map(event.pos) else ()
        if event.button == pygame.BUTTON_LEFT and units and self._play.live and not self._play.aim:
            self._drag, self._from, self.units = "order", event.pos, units
            return None
        return super()._down(watch, event)

    def _motion(self, watch: "Watch", event: pygame.event.Event) -> Action | None:
        if self._drag != "order":
            return super()._motion(watch, event)
        far = max(abs(event.pos[0] - self._from[0]), abs(event.pos[1] - self._from[1]))
        if self.at is None and far <= _STILL:
            return None
        self.at = self._inside(event.pos)
        watch.hovered = watch.place_at(self.at) if self.on_map(event.pos) else None
        return Named("moved")

    def _up(self, watch: "Watch", event: pygame.event.Event) -> Action | None:
        if self._drag != "order":
            place = self.place_of(event.pos)
            clicked = self._drag == "map" and not self._moved
            asked = self._play.clicked(place, event.button) if clicked else None
            found = super()._up(watch, event)
            return asked or found
        drawn, units, self._drag, self.at, self.units = self.at, self.units, None, None, ()
        if drawn is None:
            more = pygame.key.get_mods() & pygame.KMOD_SHIFT
            return ChooseUnits(tuple(dict.fromkeys((*self._play.chosen, *units))) if more else units)
        place = self.place_of(event.pos)
        return Offer(units, place) if place else Named("moved")
