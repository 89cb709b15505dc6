"""The sheet on which an order is chosen: what these formations can do about a place, why not, and the odds first."""

from collections.abc import Callable
from typing import Final

import pygame

from offensive_sim.atlas.words import about
from offensive_sim.campaign.odds import Odds, preview
from offensive_sim.campaign.session import Session
from offensive_sim.engine.orders import Order
from offensive_sim.ui.actions import Action, Change, FlyTo, Named, Pan, Pop, Push
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.asking import Days, Give, Pick
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.lists import WHY, Row, write_rows
from offensive_sim.ui.playing.orderlist import place_word
from offensive_sim.ui.playing.paper import Paper, step_of
from offensive_sim.ui.playing.thinking import POLL, Thinking
from offensive_sim.ui.playing.verdict import verdict
from offensive_sim.ui.search import Search
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import SOFT_TEXT
from offensive_sim.views.formation import formation

STANCES: Final = ("march", "attack", "withdraw", "reinforce", "hold")
AHEAD: Final = (1, 2, 3)
_BOTH: Final = 2


class Ahead:
    """What is being played ahead: with the orders first, then without them, on the same luck."""

    def __init__(self, session: Session, orders: tuple[Order, ...], days: int) -> None:
        self._with = Thinking(lambda: preview(session, orders, days))
        self._without: Thinking[Odds] | None = None
        self._session, self._days = session, days

    def look(self) -> tuple[Odds | None, Odds | None]:
        """As far as they are there; the second begins when the first is."""
        if not self._with.done:
            return None, None
        odds = self._with.result()
        if self._without is None:
            session, days = self._session, self._days
            self._without = Thinking(lambda: preview(session, None, days, place=odds.place))
        return odds, self._without.result() if self._without.done else None


def engine_word(stance: str) -> str:
    """Reinforcing is marching to a friend."""
    return "march" if stance == "reinforce" else stance


class OrderSheet(Paper):
    """Formations, a place, and every order; the one chosen is played 64 times ahead while one reads."""

    wide = 470.0
    aside = True
    stances: tuple[str, ...] = STANCES

    def __init__(self, desk: Desk, units: tuple[str, ...], goal: str | None, stance: str = "") -> None:
        super().__init__()
        self.desk, self.units, self.goal = desk, units, goal
        self.place_at: Callable[[tuple[int, int]], str | None] = lambda _: None
        """The place under a pixel of the window: a click on the map chooses another goal."""
        self.days = AHEAD[-1]
        self.at = self.stances.index(stance) if stance else self._first()
        self._kept: dict[tuple[str, str | None, int], Ahead] = {}
        self._seen = 0
        """How many of the two odds are on the sheet."""
        self.open = True
        """Until it is given or left; the map shows the march meanwhile."""
        self._ask()

    # What can be ordered

    def orders(self, stance: str) -> tuple[Order, ...]:
        """One for each formation."""
        goal = None if stance == "hold" else self.goal
        return tuple(Order(unit, engine_word(stance), goal) for unit in self.units)

    def reasons(self, stance: str) -> list[str]:
        """Why none of the formations can be ordered so; empty if one can."""
        session = self.desk.session
        if stance != "hold" and self.goal is None:
            return ["no_goal"]
        found = [session.problems(order) for order in self.orders(stance)]
        if stance == "reinforce" and not any(not why for why in found):
            return found[0]
        if stance == "reinforce" and self._nobody_there():
            return ["nobody_there"]
        return [] if any(not why for why in found) else list(dict.fromkeys(why for some in found for why in some))

    def _nobody_there(self) -> bool:
        """Whether no formation of the seat stands at the goal."""
        session = self.desk.session
        world, units = session.game.world, session.game.scenario.units
        place = world.places.ids.index(self.goal or "")
        there = [world.units.ids[u] for u in (session.state.unit_place[0] == place).nonzero()[0]]
        return not any(units[unit].faction in session.chair.factions and unit not in self.units for unit in there)

    def _first(self) -> int:
        """The first order that can be given."""
        return next((at for at, stance in enumerate(self.stances) if not self.reasons(stance)), len(self.stances) - 1)

    @property
    def chosen(self) -> str:
        """The order's word."""
        return self.stances[self.at]

    # The odds

    def _key(self) -> tuple[str, str | None, int]:
        return engine_word(self.chosen), self.goal, self.days

    def _ask(self) -> None:
        """Begin to play ahead, unless that has been done."""
        self._seen = 0
        if self.reasons(self.chosen) or self._key() in self._kept:
            return
        session, days = self.desk.session, self.days
        orders = tuple(order for order in self.orders(self.chosen) if not session.problems(order))
        self._kept[self._key()] = Ahead(session, orders, days)

    @property
    def odds(self) -> tuple[Odds | None, Odds | None]:
        """With the order and without it, as far as they are there."""
        ahead = self._kept.get(self._key())
        return ahead.look() if ahead else (None, None)

    def wait(self, now: float) -> float | None:  # noqa: ARG002
        """While the odds are worked out."""
        return POLL if self._key() in self._kept and self._seen < _BOTH else None

    def tick(self, now: float) -> Change | bool:  # noqa: ARG002
        """One more of them is there."""
        there = sum(one is not None for one in self.odds)
        fresh, self._seen = there > self._seen, there
        return fresh

    # What is asked

    def mouse(self, event: pygame.event.Event) -> Action | None:
        """A click on a place of the map beside the sheet makes it the goal."""
        if event.type == pygame.MOUSEBUTTONUP and event.button == pygame.BUTTON_LEFT:
            place = self.place_at(event.pos)
            return FlyTo(place) if place else None
        return super().mouse(event)

    @property
    def start(self) -> str | None:
        """Id of the place from which the march goes."""
        return formation(self.desk.session, self.units[0]).place

    def handle(self, action: Action) -> Change:
        """Choose an order, a place, how far to look; give it, or leave it."""
        match action:
            case Pick(number):
                self.at = number
                self._ask()
            case Pan():
                self.at = (self.at + step_of(action)) % len(self.stances)
                self._ask()
            case Days(number):
                self.days = number
                self._ask()
            case FlyTo(place):
                self.goal = place
                self.at = self._first()
                self._ask()
            case Named("find"):
                return Push(Search(self.desk.course()))
            case Named("activate" | "begin" | "give"):
                return self._give()
            case _:
                change = super().handle(action)
                self.open = not isinstance(change, Pop)
                return change
        return None

    def _give(self) -> Change:
        if self.reasons(self.chosen):
            return None
        odds, _ = self.odds
        orders = [order for order in self.orders(self.chosen) if not self.desk.session.problems(order)]
        refused = self.desk.give(orders, odds)
        assert not refused, refused
        self.open = False
        return Pop(Give((), self.chosen, self.goal))

    # The sheet

    def feet(self, language: str) -> list[Button]:
        """Give it, another place, leave it."""
        fine = not self.reasons(self.chosen)
        row = [Button(say("sheet.give", language), Named("give"), on=True)] if fine else []
        return [
            *row,
            Button(say("sheet.other_place", language), Named("find"), tip=say("tip.find", language)),
            Button(say("sheet.leave", language), Named("back")),
        ]

    def write(self, canvas: Canvas, column: Column) -> None:
        """Who, where to, what, and what may come of it."""
        language, game, state = canvas.look.language, self.desk.session.game, self.desk.session.state
        scenario, world = game.scenario, game.world
        self._who(canvas, column)
        if self.goal:
            name = place_word(game, self.goal, language)
            holder = scenario.factions[world.factions.ids[state.control[0, world.places.ids.index(self.goal)]]].name
            column.para(say("sheet.goal", language, place=name, holder=holder), canvas.style(15, "map-bold"))
        column.heading(say("sheet.what", language))
        self._what(canvas, column)
        column.heading(say("sheet.ahead", language))
        column.buttons([Button(say(f"odds.days_{n}", language), Days(n), n == self.days) for n in AHEAD])
        self._verdict(canvas, column)

    def _who(self, canvas: Canvas, column: Column) -> None:
        session, language = self.desk.session, canvas.look.language
        scenario, state, world = session.game.scenario, session.state, session.game.world
        names = [scenario.units[unit].name for unit in self.units]
        men = sum(int(state.men[0, world.units.ids.index(unit)]) for unit in self.units)
        column.title(names[0] if len(names) == 1 else say("unit.several", language, number=len(names)), 20)
        column.para(say("unit.together", language, men=about(men)), canvas.style(13.5, "map-italic", SOFT_TEXT))

    def _what(self, canvas: Canvas, column: Column) -> None:
        """Every order; a reason that greys them all stands once, above them."""
        language = canvas.look.language
        rows = [self._row(stance, language) for stance in self.stances]
        if len({row.why for row in rows}) == 1 and rows[0].why:
            column.para(rows[0].why, canvas.style(13.5, "map-italic", WHY))
            rows = [Row(row.name, grey=True) for row in rows]
        write_rows(canvas, column, rows, self.at)

    def _row(self, stance: str, language: str) -> Row:
        why = self.reasons(stance)
        words = [say(f"sheet.{one}", language) if one in ("no_goal", "nobody_there") else one for one in why]
        tip = "" if why else say(f"tip.order_{stance}", language)
        return Row(say(f"order.{stance}", language), tip, "; ".join(words), grey=bool(why))

    def _verdict(self, canvas: Canvas, column: Column) -> None:
        language = canvas.look.language
        if self.reasons(self.chosen):
            column.para(say("sheet.cannot", language), canvas.style(13, "map-italic", SOFT_TEXT))
            return
        odds, without = self.odds
        if odds is None:
            column.para(say("sheet.playing", language), canvas.style(13, "map-italic", SOFT_TEXT))
            return
        verdict(canvas, column, self.desk.session, odds, without=without)
        column.gap(4)
        column.para(say("odds.note", language), canvas.small())
