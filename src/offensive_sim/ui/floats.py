"""Sheets that lie upon the map: the legend, and the choice of layers."""

from dataclasses import dataclass

import pygame

from offensive_sim.ui.actions import Lock, Named, Preset, ToggleDrawer, ToggleLayer
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.cartouche import Margin, draw_legend, legend_height
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.speech import say
from offensive_sim.ui.watching import LAYERS, PRESETS, Watching
from offensive_sim.views.board import Board

_KEYS = {"control": "F5", "displacement": "F6", "forces": "F7", "sources": "F8"}
_WIDTHS = (250.0, 340.0, 480.0, 700.0)
"""Design widths of the choice of layers, the first that has room for all."""


@dataclass(frozen=True)
class Legend:
    """Who holds how many places, and what the signs mean."""

    board: Board
    zoom: float
    layers: frozenset[str]

    def draw(self, canvas: Canvas, area: pygame.Rect) -> pygame.Rect:
        """At the map's lower corner on the reader's side; returns what it covers, in pixels of the window."""
        pad = canvas.px(12)
        width = min(canvas.px(270), area.width - 2 * pad)
        inner = canvas.flip(pygame.Rect(0, 0, width - 2 * pad, 10))
        margin = Margin(inner, canvas.look, self.zoom, self.layers)
        tall = min(legend_height(self.board, margin) + 2 * pad, area.height - 2 * pad)
        rect = pygame.Rect(area.left + pad, area.bottom - pad - tall, width, tall)
        canvas.paper(rect)
        box = canvas.flip(rect)
        with canvas.room(rect):
            margin = Margin(box.inflate(-2 * pad, -2 * pad), canvas.look, self.zoom, self.layers)
            draw_legend(canvas.surface, self.board, margin)
        return box


@dataclass(frozen=True)
class LayerChoice:
    """Layers one by one, and sets of them."""

    watching: Watching

    def draw(self, canvas: Canvas, area: pygame.Rect) -> pygame.Rect:
        """At the map's upper corner at the far side; returns what it covers, in pixels of the window."""
        pad, room = canvas.px(12), canvas.px(10)
        for design in _WIDTHS:
            width = min(canvas.px(design), area.width - 2 * room)
            measure = Column(canvas, pygame.Rect(0, 0, width - 2 * pad, 0), draws=False)
            self._write(canvas, measure)
            tall = measure.used + 2 * pad
            if tall <= area.height - 2 * room:
                break
        tall = min(tall, area.height - 2 * room)
        rect = pygame.Rect(area.right - width - room, area.top + room, width, tall)
        canvas.paper(rect)
        inner = rect.inflate(-2 * pad, -2 * pad)
        with canvas.room(inner, scrolls=measure.used > inner.height):
            self._write(canvas, Column(canvas, inner))
        return canvas.flip(rect)

    def _write(self, canvas: Canvas, column: Column) -> None:
        language = canvas.look.language
        column.para(say("layers.presets", language), canvas.style(13, "ui-bold"))
        column.gap(3)
        column.buttons([
            Button(
                say(f"preset.{name}", language), Preset(name), self.watching.layers == layers,
                say("tip.preset", language, key=_KEYS[name]),
            )
            for name, layers in PRESETS.items()
        ])  # fmt: skip
        column.heading(say("layers.title", language))
        shown = [name for name in LAYERS if name != "apart" or self.watching.world]
        column.buttons(
            [Button(say(f"layer.{name}", language), ToggleLayer(name), name in self.watching.layers) for name in shown]
        )
        column.gap(4)
        plain = canvas.look.counters == "plain"
        locked = self.watching.locked
        column.buttons([
            Button(say("layers.icons" if plain else "layers.counters", language), Named("counters"), on=plain),
            Button(say("layers.unlock" if locked else "layers.lock", language), Lock(), on=locked),
        ])  # fmt: skip
        column.buttons([Button(say("event.close", language), ToggleDrawer("layers"))])
