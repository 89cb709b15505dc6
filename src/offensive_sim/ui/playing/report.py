"""The report of a day: people, control, what became of one's orders, forces, events. It opens once by itself."""

from typing import Final

from offensive_sim.atlas.words import about, date_words
from offensive_sim.campaign.levers import is_lever
from offensive_sim.campaign.seats import name_of
from offensive_sim.engine.orders import Order
from offensive_sim.ui.actions import Action, Change, FlyTo, Named, Pop, Step
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.asking import Tab
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.linelist import write_lines
from offensive_sim.ui.playing.orderlist import order_words, place_word
from offensive_sim.ui.playing.paper import Paper
from offensive_sim.ui.playing.verdict import said_before, share_bar
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import PEOPLE, SOFT_TEXT
from offensive_sim.views.factors import Line, Tells

PARTS: Final = ("people", "control", "yours", "forces", "events")
_MOST: Final = 14
_QUIET: Final = (Tells.ARRIVED, Tells.STOOD)
"""Lines of forces that come only when forces are asked for alone."""


class ReportSheet(Paper):
    """One day; earlier ones can be turned back to."""

    wide = 760.0

    def __init__(self, desk: Desk, day: int) -> None:
        super().__init__()
        self.desk, self.day = desk, day
        self.part = ""
        self._show(day)

    def _show(self, day: int) -> None:
        self.day = min(max(day, 0), self.desk.session.day - 1)
        self.report = self.desk.report(self.day)
        self.scroll = 0

    def handle(self, action: Action) -> Change:
        """Turn pages, choose a part, fly to a place, close."""
        match action:
            case Step(days):
                self._show(self.day + days)
            case Tab(name):
                self.part = "" if name == self.part else name
                self.scroll = 0
            case FlyTo():
                return Pop(action)
            case Named("begin" | "activate" | "report"):
                return Pop()
            case _:
                return super().handle(action)
        return None

    def feet(self, language: str) -> list[Button]:
        """Go on; the day before and after."""
        row = [Button(say("report.go_on", language), Named("begin"), on=True)]
        if self.day > 0:
            row.append(Button(say("report.before", language), Step(-1), tip=say("tip.day_back", language)))
        if self.day < self.desk.session.day - 1:
            row.append(Button(say("report.after", language), Step(1), tip=say("tip.day_on", language)))
        return row

    def write(self, canvas: Canvas, column: Column) -> None:
        """People first."""
        language, report = canvas.look.language, self.report
        column.title(say("report.title", language, date=date_words(report.date, language)), 26)
        column.gap(3)
        column.buttons([Button(say(f"report.{part}", language), Tab(part), part == self.part) for part in PARTS])
        if self.part in ("", "people"):
            self._people(canvas, column)
        for part, lines in (("control", report.control), ("yours", ()), ("forces", report.forces),
                            ("events", report.events)):  # fmt: skip
            if self.part not in ("", part):
                continue
            column.heading(say(f"report.{part}", language))
            if part == "yours":
                self._yours(canvas, column)
            else:
                self._lines(canvas, column, lines, part)

    def _people(self, canvas: Canvas, column: Column) -> None:
        language, totals = canvas.look.language, self.report.totals
        column.heading(say("report.people", language))
        words = say("report.left", language, number=about(totals.left_home))
        column.para(words, canvas.style(19, "map-bold", PEOPLE))
        column.para(
            say("report.displaced", language, number=about(totals.displaced), moving=about(totals.moving)),
            canvas.style(14, "map-italic", SOFT_TEXT),
        )
        self._lines(canvas, column, self.report.people, "people")

    def _lines(self, canvas: Canvas, column: Column, lines: tuple[Line, ...], part: str) -> None:
        language, alone = canvas.look.language, self.part == part
        shown = [line for line in lines if alone or line.tells not in _QUIET]
        most = len(shown) if alone else _MOST
        write_lines(canvas, column, shown[:most], why=part == "control" or alone)
        if not lines:
            column.para(say("log.nothing", language), canvas.style(13, "map-italic", SOFT_TEXT))
        elif len(lines) > min(len(shown), most):
            column.para(say("card.more", language, number=len(lines) - min(len(shown), most)), canvas.small())

    def _yours(self, canvas: Canvas, column: Column) -> None:
        """What was ordered that day with the odds as they were, and what came of it."""
        language, session = canvas.look.language, self.desk.session
        scenario = session.game.scenario
        mine = {u for u, unit in scenario.units.items() if unit.faction in self.desk.chair.factions}
        given = {u: o for u, o in session.given[self.day].items() if o and (u in mine or is_lever(u))}
        if not given:
            column.para(say("report.no_orders", language), canvas.style(13, "map-italic", SOFT_TEXT))
        groups: dict[tuple[object, ...], list[Order]] = {}
        for order in given.values():
            groups.setdefault((order.stance, order.goal), []).append(order)
        for orders in groups.values():
            column.para(order_words(session, orders[0], language), canvas.style(15, "map-bold"))
            told = next((t for o in orders if (t := self.desk.told.get((self.day, o.unit))) and t.order == o), None)
            if told and told.odds.share:
                column.para(said_before(told.odds, language), canvas.small())
                share_bar(canvas, column, told.odds.share)
            for order in orders:
                if is_lever(order.unit):
                    column.para(name_of(session.game, order.unit), canvas.style(12.5))
                else:
                    self._became(canvas, column, order.unit)
            column.gap(6)

    def _became(self, canvas: Canvas, column: Column, unit: str) -> None:
        """Where a formation was that evening, and how it stood."""
        session = self.desk.session
        scenario, world = session.game.scenario, session.game.world
        at = int(session.at(self.day + 1).unit_place[0, world.units.ids.index(unit)])
        language = canvas.look.language
        where = place_word(session.game, world.places.ids[at], language) if at >= 0 else say("unit.off_map", language)
        column.fact(scenario.units[unit].name, where, canvas.style(12.5, "ui-bold"))
        told = [one for one in self.report.forces if one.unit == unit and one.tells is not Tells.ARRIVED]
        write_lines(canvas, column, told, why=True)
