"""Marches upon the map of a game in progress, and the arrow that follows the mouse."""

from typing import TYPE_CHECKING, Final

import numpy as np
import pygame

from offensive_sim.atlas.palette import rgb
from offensive_sim.atlas.projection import Camera, project
from offensive_sim.ui.going import screen_of
from offensive_sim.ui.playing import arrows
from offensive_sim.ui.playing.arrows import Marched
from offensive_sim.ui.theme import NEATLINE
from offensive_sim.views.formation import formation

if TYPE_CHECKING:
    from offensive_sim.ui.playing.play import Play

_MOST_NUMBERS: Final = 3


def draw_marches(play: "Play", view: pygame.Surface) -> None:
    """On this morning those that are ordered or documented; always the one being drawn."""
    camera = play.camera
    if camera is None:
        return
    if play.plans and play.live:
        numbers = {unit: n for n, unit in enumerate(play.desk.session.today, start=1)}
        for marched in arrows.gathered(play.desk.ways(), numbers):
            _march(play, view, camera, marched)
    _drawing(play, view, camera)


def _march(play: "Play", view: pygame.Surface, camera: Camera, marched: Marched) -> None:
    way, scenario = marched.way, play.replay.game.scenario
    at_first = scenario.places[way.places[0]]
    start = next(((u.lon, u.lat) for u in play.board.units if u.id == way.unit), (at_first.lon, at_first.lat))
    points = [start, *((scenario.places[place].lon, scenario.places[place].lat) for place in way.places[1:])]
    colour = rgb(play.board.parties[scenario.units[way.unit].faction].colour)
    arrow = arrows.arrow_of(project(np.array(points)), camera.zoom, marched, colour, play.look)
    if arrow is None:
        return
    left, top = camera.corner
    picture, at = arrows.drawn(arrow)
    view.blit(picture, at.move(-left, -top))
    if marched.numbers:
        x, y = arrows.middle(arrow)
        words = ", ".join(map(str, marched.numbers[:_MOST_NUMBERS])) + "…" * (len(marched.numbers) > _MOST_NUMBERS)
        arrows.badge(view, (round(x) - left, round(y) - top), words, play.look)


def _drawing(play: "Play", view: pygame.Surface, camera: Camera) -> None:
    """From the formations in hand, or those that wait for a goal or an order, to the place or the pointer."""
    start, end = _meant(play, camera)
    if start is None or end is None:
        return
    factions = play.desk.chair.factions
    colour = rgb(play.board.parties[factions[0]].colour) if factions else NEATLINE
    arrow = arrows.free_arrow(screen_of(play.replay, start, camera), end, colour, play.look)
    if arrow:
        picture, at = arrows.drawn(arrow)
        view.blit(picture, at)


def _meant(play: "Play", camera: Camera) -> tuple[str | None, tuple[int, int] | None]:
    """The place from which the order goes that is being made, and the pixel where it ends."""
    hand, sketch, session = play.hand, play.sketch, play.desk.session
    if hand.at:
        return formation(session, hand.units[0]).place, hand.at
    if sketch and sketch.open and sketch.goal:
        return sketch.start, screen_of(play.replay, sketch.goal, camera)
    if play.aim and play.hovered and play.chosen:
        return formation(session, play.chosen[0]).place, screen_of(play.replay, play.hovered, camera)
    return None, None
