"""What the watch screen looks like: its panels put in their places and filled."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pygame

from offensive_sim.atlas.projection import FRAME, STORY_BOX, Camera, fill_zoom
from offensive_sim.ui import going
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.cards import EventCard, PlaceCard, draw_card
from offensive_sim.ui.floats import LayerChoice, Legend
from offensive_sim.ui.frame import band, draw_credit, draw_frame
from offensive_sim.ui.layout import COMPACT, Layout, laid_out
from offensive_sim.ui.logbook import DAYS_KEPT, Logbook
from offensive_sim.ui.mapview import Layers
from offensive_sim.ui.minimap import RATIO, MiniMap
from offensive_sim.ui.telling import worded, worded_days
from offensive_sim.ui.theme import NEATLINE, PANEL, PAPER
from offensive_sim.views.events import plainly

if TYPE_CHECKING:
    from offensive_sim.ui.watch import Watch

_LEAST_VIEW = 32


def arrange(watch: "Watch", canvas: Canvas) -> None:
    """Map first, then panels."""
    watch.look = canvas.look
    size = canvas.surface.get_size()
    top = watch.top_bar()
    bars = watch.bars()
    layout = laid_out(
        size, canvas.look, _drawers(watch, size[0]), top.height(canvas, size[0]), bars.height(canvas, size[0])
    )
    watch.layout = layout
    _draw_map(watch, canvas, layout)
    top.draw(canvas, layout.top)
    bars.draw(canvas, layout.bottom)
    watch.pointing.chart = bars.chart(canvas, layout.bottom)
    if layout.log:
        watch.limits["log"] = watch.draw_side(canvas, layout.log)
    if layout.card:
        watch.limits["card"] = draw_card(canvas, layout.card, watch.sheet_shown())
    watch.pointing.mini = _draw_mini(watch, canvas, layout.mini) if layout.mini else None
    watch.pointing.covered = [
        canvas.flip(r) for r in (layout.top, layout.bottom, layout.log, layout.card, layout.mini) if r
    ]
    _draw_floats(watch, canvas, layout.map)


def _drawers(watch: "Watch", width: int) -> frozenset[str]:
    """Those that are open; where there is little room the log makes way for a card that is wanted."""
    drawers = watch.now.drawers
    if width / watch.look.text >= COMPACT or not {"log", "card"} <= drawers:
        return drawers
    return drawers - ({"log"} if watch.wants_card else {"card"})


def _draw_floats(watch: "Watch", canvas: Canvas, area: pygame.Rect) -> None:
    inner = area.inflate(-2 * band(watch.look), -2 * band(watch.look))
    if "legend" in watch.now.drawers and watch.camera:
        watch.pointing.covered.append(Legend(watch.board, watch.camera.zoom, watch.now.layers).draw(canvas, inner))
    if watch.guide and (covered := watch.guide.draw(canvas, inner)):
        watch.pointing.covered.append(covered)
    if "layers" in watch.now.drawers:
        watch.pointing.covered.append(LayerChoice(watch.now).draw(canvas, inner))


def _draw_map(watch: "Watch", canvas: Canvas, layout: Layout) -> None:
    wide = band(watch.look)
    box = canvas.flip(layout.map)
    inner = box.inflate(-2 * wide, -2 * wide)
    canvas.surface.fill(PAPER, box)
    if inner.width < _LEAST_VIEW or inner.height < _LEAST_VIEW:
        return
    _aim(watch, inner.size)
    assert watch.camera
    watch.pointing.view = inner
    chosen = {name: name in watch.now.layers for name in Layers.names_of()}
    watch.map.layers = Layers(**chosen, whole_names=not watch.pointing.dragging)
    if "trust" in watch.now.layers:
        watch.map.trust = watch.replay.trust(watch.now.day, watch.now.seen_as)
    days = (watch.now.day + 1, watch.now.day - 1)
    watch.map.ahead = tuple(b for d in days if (b := watch.replay.kept(d, watch.now.seen_as)))
    view = canvas.surface.subsurface(inner)
    if not (watch.settles and watch.map.preview(view, watch.camera)):
        watch.map.draw(view, watch.board, watch.camera, watch.look)
    _edge(view, watch.camera)
    watch.draw_upon(view)
    if watch.now.selected:
        _mark(watch, view, watch.now.selected)
    draw_credit(canvas.surface, inner, watch.look)
    draw_frame(canvas.surface, inner, watch.camera, watch.look)


def _mark(watch: "Watch", view: pygame.Surface, place: str) -> None:
    """A ring of two lines around the place that is chosen."""
    assert watch.camera
    at = going.screen_of(watch.replay, place, watch.camera)
    radius = round(19 * watch.look.marks)
    pygame.draw.circle(view, PAPER, at, radius + 2, max(round(6 * watch.look.base), 4))
    pygame.draw.circle(view, NEATLINE, at, radius, max(round(2.5 * watch.look.base), 2))


def _aim(watch: "Watch", size: tuple[int, int]) -> None:
    """A camera of the view's size: the whole campaign first, later the same middle."""
    if watch.camera is None:
        watch.camera = Camera.filling(STORY_BOX, size)
    elif watch.camera.size != size:
        home = watch.tall != watch.look.height or watch.camera == watch.home
        zoom = max(watch.camera.zoom, fill_zoom(size))
        same = replace(watch.camera, size=size, zoom=zoom).kept_inside()
        watch.camera = Camera.filling(STORY_BOX, size) if home else same
    watch.home = Camera.filling(STORY_BOX, size)
    watch.tall = watch.look.height


def side_of(watch: "Watch") -> Logbook:
    """The left drawer: what is told, day by day."""
    told = {"log.model": watch.replay.played, "log.history": watch.replay.told}
    if watch.now.mode == "known":
        told = {"log.known": watch.known_events()}
    days = range(max(watch.now.day - DAYS_KEPT, 0), watch.now.day + 1)
    scenario, language = watch.replay.game.scenario, watch.look.language
    spoken = {key: worded_days(one, days, scenario, language) for key, one in told.items()}
    return Logbook(watch.replay.timeline, spoken, watch.now, watch.scrolls["log"])


def card_of(watch: "Watch") -> PlaceCard | EventCard | None:
    """The right drawer: the event that is open, else the place under the pointer or chosen."""
    if watch.now.event:
        event = watch.replay.by_key[watch.now.event]
        event = plainly(event) if watch.now.mode == "known" else event
        event = worded(event, watch.replay.game.scenario, watch.look.language)
        place = watch.replay.game.scenario.places[event.place].name if event.place else ""
        return EventCard(event, place, watch.scrolls["card"])
    place = watch.hovered or watch.now.selected or ""
    if not place:
        return None
    return PlaceCard(watch.replay.card(place, watch.now.day, watch.now.seen_as), watch.board, watch.scrolls["card"])


def _draw_mini(watch: "Watch", canvas: Canvas, rect: pygame.Rect) -> pygame.Rect:
    canvas.paper(rect)
    pad = canvas.px(6)
    assert watch.camera
    width = min(rect.width - 2 * pad, round((rect.height - 2 * pad) / RATIO))
    box = pygame.Rect(0, 0, width, round(width * RATIO))
    box.center = rect.center
    return MiniMap(watch.replay.board(watch.now.day, watch.now.seen_as), watch.camera).draw(canvas, box)


def _edge(view: pygame.Surface, camera: Camera) -> None:
    """Beyond the sheet's edges, plain paper."""
    corners = camera.screen(np.array([(FRAME[0], FRAME[3]), (FRAME[2], FRAME[1])]))
    (left, top), (right, bottom) = corners.round().astype(int).tolist()
    width, height = view.get_size()
    for beyond in (
        pygame.Rect(0, 0, left, height),
        pygame.Rect(right, 0, width - right, height),
        pygame.Rect(0, 0, width, top),
        pygame.Rect(0, bottom, width, height - bottom),
    ):
        if beyond.width > 0 and beyond.height > 0:
            view.fill(PANEL, beyond)
    pygame.draw.rect(view, NEATLINE, pygame.Rect(left - 1, top - 1, right - left + 2, bottom - top + 2), 1)
