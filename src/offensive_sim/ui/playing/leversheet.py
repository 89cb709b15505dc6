"""The sheet for what is directed beside units: air strikes, airdrops, a camp, volunteers, a gate."""

from offensive_sim.atlas.words import about
from offensive_sim.campaign.levers import WORDS, Lever
from offensive_sim.campaign.seats import name_of
from offensive_sim.engine.orders import Order
from offensive_sim.ui.actions import FlyTo, Named
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.cards import trust_words, write_sources
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.ordersheet import OrderSheet
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import SOFT_TEXT
from offensive_sim.views.events import source_lines


def lever_words(lever: Lever, language: str) -> str:
    """What it is and how much of it: ``2 air strikes a day``."""
    if lever.kind == "gates":
        return say("lever.gates", language, percent=lever.amount)
    return say(f"lever.{lever.kind}", language, number=about(lever.amount))


class LeverSheet(OrderSheet):
    """One lever, where it goes by history, and where it is to go."""

    def __init__(self, desk: Desk, lever: Lever) -> None:
        self.lever = lever
        self.stances = (WORDS[lever.kind],)
        standing = desk.session.standing.get(lever.key)
        super().__init__(desk, (lever.key,), standing.goal if standing else None)

    def orders(self, stance: str) -> tuple[Order, ...]:
        """The one."""
        return (Order(self.lever.key, stance, None if self.lever.kind == "gates" else self.goal),)

    def reasons(self, stance: str) -> list[str]:
        """Why it cannot be sent there."""
        if self.lever.kind != "gates" and self.goal is None:
            return ["no_goal"]
        return self.desk.session.problems(self.orders(stance)[0])

    @property
    def start(self) -> str | None:
        """Where it goes by history."""
        return self.lever.place

    def feet(self, language: str) -> list[Button]:
        """Send it, choose a place, leave it."""
        row = super().feet(language)
        return [one for one in row if one.action != Named("find")] if self.lever.kind == "gates" else row

    def _who(self, canvas: Canvas, column: Column) -> None:
        language, game = canvas.look.language, self.desk.session.game
        lever, event = self.lever, game.scenario.triggers.get(self.lever.event)
        column.title(name_of(game, lever.key), 20)
        column.para(lever_words(lever, language), canvas.style(14, "map-italic", SOFT_TEXT))
        if lever.place and lever.kind != "gates":
            name = game.scenario.places[lever.place].name
            column.para(
                say("lever.in_fact", language, place=name), canvas.style(13.5, "map"), action=FlyTo(lever.place)
            )
        if event:
            column.para(event.does, canvas.style(12.5))
            column.para(trust_words(event.confidence, language), canvas.small())
            write_sources(canvas, column, source_lines(game.scenario, event.source))
