"""The mouse on the watch screen: pan, zoom, choose on the map; scrub and loop on the timeline; the small map."""

from typing import TYPE_CHECKING, Final

import pygame

from offensive_sim.ui.actions import Action, CentreOn, FlyTo, GoToDay, LoopRange, Named, Select, Zoom
from offensive_sim.ui.minimap import ground_at

if TYPE_CHECKING:
    from offensive_sim.ui.watch import Watch

_STILL: Final = 5
"""Pixels within which a press is a click and not a drag."""
_NOTCH: Final = 1.2
Pos = tuple[int, int]


class Pointing:
    """Where things are in the window, and what is being dragged."""

    def __init__(self) -> None:
        self.view = pygame.Rect(0, 0, 0, 0)
        """The map inside its frame."""
        self.chart: pygame.Rect | None = None
        self.mini: pygame.Rect | None = None
        self.covered: list[pygame.Rect] = []
        """Panels, also those upon the map."""
        self._drag: str | None = None
        self._from: Pos = (0, 0)
        self._moved = False
        self._loop_from: int | None = None

    def event(self, watch: "Watch", event: pygame.event.Event) -> Action | None:
        """One movement, press, release or turn of the wheel."""
        match event.type:
            case pygame.MOUSEBUTTONDOWN:
                return self._down(watch, event)
            case pygame.MOUSEMOTION:
                return self._motion(watch, event)
            case pygame.MOUSEBUTTONUP:
                return self._up(watch, event)
            case pygame.MOUSEWHEEL:
                return self._wheel(watch, event, pygame.mouse.get_pos())
        return None

    @property
    def dragging(self) -> bool:
        """Whether the map is on the move."""
        return self._moved or self._drag == "mini"

    def on_map(self, pos: Pos) -> bool:
        """Whether a pixel of the window shows the map and no panel over it."""
        return self.view.collidepoint(pos) and not any(rect.collidepoint(pos) for rect in self.covered)

    def _inside(self, pos: Pos) -> Pos:
        return pos[0] - self.view.left, pos[1] - self.view.top

    def _down(self, watch: "Watch", event: pygame.event.Event) -> Action | None:
        if event.button > pygame.BUTTON_RIGHT:
            return None
        self._from, self._moved = event.pos, False
        if self.chart and self.chart.collidepoint(event.pos):
            day = watch.bars().day_at(self.chart, event.pos[0])
            if pygame.key.get_mods() & pygame.KMOD_SHIFT:
                self._drag, self._loop_from = "loop", day
                return LoopRange(day, day)
            self._drag = "time"
            return GoToDay(day)
        if self.mini and self.mini.collidepoint(event.pos):
            self._drag = "mini"
            return CentreOn(*ground_at(self.mini, event.pos))
        self._drag = "map" if self.on_map(event.pos) else None
        return None

    def _motion(self, watch: "Watch", event: pygame.event.Event) -> Action | None:
        if self._drag is None:
            return self._hover(watch, event.pos)
        if self._drag in ("time", "loop") and self.chart:
            day = watch.bars().day_at(self.chart, event.pos[0])
            if self._loop_from is not None:
                return LoopRange(self._loop_from, day)
            return GoToDay(day) if day != watch.now.day else None
        if self._drag == "mini" and self.mini:
            return CentreOn(*ground_at(self.mini, event.pos))
        far = max(abs(event.pos[0] - self._from[0]), abs(event.pos[1] - self._from[1]))
        if watch.camera and (self._moved or far > _STILL):
            right, down = event.pos[0] - self._from[0], event.pos[1] - self._from[1]
            self._moved, self._from = True, event.pos
            watch.camera = watch.camera.panned(-right, -down)
            return Named("moved")
        return None

    def _hover(self, watch: "Watch", pos: Pos) -> Action | None:
        place = watch.place_at(self._inside(pos)) if self.on_map(pos) else None
        on_chart = bool(self.chart and self.chart.collidepoint(pos))
        if place == watch.hovered and not on_chart:
            return None
        watch.hovered = place
        return Named("moved")

    def _up(self, watch: "Watch", event: pygame.event.Event) -> Action | None:
        drag, self._drag, self._loop_from = self._drag, None, None
        if self._moved or drag == "mini":
            self._moved = False
            return Named("moved")
        if drag != "map":
            return None
        place = watch.place_at(self._inside(event.pos))
        if event.button == pygame.BUTTON_MIDDLE and watch.camera:
            return CentreOn(*watch.camera.ground(self._inside(event.pos)))
        if event.button == pygame.BUTTON_RIGHT:
            return FlyTo(place) if place else Named("back") if watch.now.selected or watch.now.event else None
        return Select(place)

    def _wheel(self, watch: "Watch", event: pygame.event.Event, pos: Pos) -> Action | None:
        layout = watch.layout
        if self.on_map(pos):
            return Zoom(_NOTCH**event.y, self._inside(pos))
        if layout is None:
            return None
        across = watch.look.rtl
        width = layout.top.width
        for name, rect in (("log", layout.log), ("card", layout.card)):
            if rect and rect.collidepoint((width - pos[0] if across else pos[0], pos[1])):
                watch.scroll(name, -event.y)
                return Named("moved")
        return None
