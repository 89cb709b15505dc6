"""The screen of a game in progress: the watch screen with orders upon it. It asks the desk; the desk plays."""

from collections.abc import Callable
from dataclasses import replace

import pygame

from offensive_sim.engine.orders import Order
from offensive_sim.ui.actions import (
    Action,
    Change,
    FlyTo,
    GameAction,
    Named,
    NextPlace,
    OpenEvent,
    Push,
    Select,
    ToggleDrawer,
)  # fmt: skip
from offensive_sim.ui.actions import Play as Run
from offensive_sim.ui.arranging import arrange, side_of
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.cards import PlaceCard, Sheet
from offensive_sim.ui.going import screen_of
from offensive_sim.ui.playing.answering import answer, refused
from offensive_sim.ui.playing.asking import Offer, Tab
from offensive_sim.ui.playing.briefsheet import BriefSheet
from offensive_sim.ui.playing.commands import NAMED
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.ending import EndSheet
from offensive_sim.ui.playing.hand import Hand
from offensive_sim.ui.playing.leversheet import LeverSheet
from offensive_sim.ui.playing.marches import draw_marches
from offensive_sim.ui.playing.orderlist import OrderList
from offensive_sim.ui.playing.ordersheet import OrderSheet
from offensive_sim.ui.playing.placesheet import PlaceSheet
from offensive_sim.ui.playing.report import ReportSheet
from offensive_sim.ui.playing.ribbon import draw_ribbon
from offensive_sim.ui.playing.seating import HandOver
from offensive_sim.ui.playing.strips import PlayBar, PlayDays, turn_of
from offensive_sim.ui.playing.thinking import POLL, Thinking
from offensive_sim.ui.playing.unitsheet import UnitSheet
from offensive_sim.ui.speech import say
from offensive_sim.ui.watch import Watch
from offensive_sim.views.formation import formation


class Play(Watch):
    """Holds what is chosen and drawn; the game itself is on the desk."""

    def __init__(self, desk: Desk, wake: Callable[[], None] | None = None) -> None:
        self.desk: Desk = desk
        self.chosen: tuple[str, ...] = ()
        self.aim = ""
        """Word of the order whose goal is being chosen on the map."""
        self.tab = "orders"
        self.plans = True
        """Whether marches are drawn."""
        self.sketch: OrderSheet | None = None
        """The sheet on which an order is being chosen, or was last."""
        self._log_seen = 0
        self._unbriefed = desk.session.day == 0
        self._ending: Thinking[None] | None = None
        super().__init__(desk.course(), wake)
        self.hand = Hand(self)
        self.pointing = self.hand
        self.now = replace(self.now, layers=self.now.layers | {"units"}).at(desk.session.day)

    # What is so

    @property
    def live(self) -> bool:
        """Whether this morning is shown and orders can be given."""
        return self.now.day == self.desk.session.day and self.desk.session.can_end and not self._ending

    @property
    def busy(self) -> bool:
        """Whether the day is being played."""
        return self._ending is not None

    def units_at(self, pixel: tuple[int, int]) -> tuple[str, ...]:
        """Own formations whose counter is under a pixel of the view."""
        stack = self.map.stack_at(self.camera, pixel) if self.camera else None
        if stack is None or stack.faction not in self.desk.chair.factions:
            return ()
        return tuple(u.id for u in self.board.units if u.place == stack.place and u.faction == stack.faction)

    def own_at(self, place: str) -> tuple[str, ...]:
        """Own formations that are at a place or have just left it."""
        number, mine = self.replay.number[place], self.desk.chair.factions
        return tuple(u.id for u in self.board.units if u.place == number and u.faction in mine)

    # What is asked

    def handle(self, action: Action) -> Change:
        """What concerns the game here; the rest as when watching."""
        if self.busy or refused(self, action):
            return None
        if isinstance(action, GameAction):
            return answer(self, action)
        if isinstance(action, Named) and action.name in NAMED:
            return NAMED[action.name](self)
        return self._on_map(action)

    def _on_map(self, action: Action) -> Change:
        """What the watch screen does, but for what orders make of it."""
        match action:
            case FlyTo(place) if self.aim:
                return self.offer(self.chosen, place)
            case Named("back") if self.aim or self.chosen:
                self.aim, self.chosen = "", self.chosen if self.aim else ()
                return None
            case NextPlace(forward):
                return self._next_unit(forward=forward)
            case Run() if self.now.day == self.desk.session.day:
                return self._next_unit(forward=True)
            case ToggleDrawer("log"):
                return answer(self, Tab("log"))
            case Select() | FlyTo() | OpenEvent():
                self.chosen = ()
        return super().handle(action)

    def choose(self, units: tuple[str, ...]) -> None:
        """These formations; one that is out of sight is flown to."""
        self.chosen, self.aim = units, ""
        drawers = self.now.drawers | ({"card"} if units else set())
        self.now = replace(self.now, event=None, selected=None, drawers=drawers)
        self.scrolls["card"] = 0
        if len(units) == 1 and self.camera:
            place = formation(self.desk.session, units[0]).place
            if place and not self.in_view(place):
                self.fly(place)

    def in_view(self, place: str) -> bool:
        """Whether a place is well inside the map's view."""
        assert self.camera
        x, y = screen_of(self.replay, place, self.camera)
        size = self.camera.size
        return pygame.Rect((0, 0), size).inflate(-size[0] // 8, -size[1] // 8).collidepoint(x, y)

    def _next_unit(self, *, forward: bool) -> Change:
        """The next formation that nobody has ordered."""
        session = self.desk.session
        idle = [unit for unit in session.unordered() if not session.problems(Order(unit, "hold"))]
        if not idle or not self.live:
            self.notice = say("tell.none_idle", self.look.language) if self.live else ""
            return None
        at = idle.index(self.chosen[0]) if self.chosen and self.chosen[0] in idle else (-1 if forward else 0)
        self.choose((idle[(at + (1 if forward else -1)) % len(idle)],))
        return None

    def offer(self, units: tuple[str, ...], goal: str | None, stance: str = "") -> Change:
        """The sheet on which an order is chosen."""
        stance, self.aim = stance or self.aim, ""
        if not self.live or not units:
            return None
        self.chosen = units
        return self._laid_aside(OrderSheet(self.desk, units, goal, stance))

    def direct(self, key: str) -> Change:
        """The sheet on which something beside units is directed."""
        lever = next((one for one in self.desk.levers() if one.key == key), None)
        return self._laid_aside(LeverSheet(self.desk, lever)) if lever and self.live else None

    def _laid_aside(self, sheet: OrderSheet) -> Change:
        """A sheet beside the map, on which places can be clicked."""
        self.sketch = sheet
        sheet.place_at = self.hand.place_of
        return Push(sheet)

    def clicked(self, place: str | None, button: int) -> Action | None:
        """A click on the map: the goal of an order, or a menu for what is chosen; None where it is neither."""
        if place and self.live and self.chosen:
            if self.aim and button == pygame.BUTTON_LEFT:
                return Offer(self.chosen, place, self.aim)
            if button == pygame.BUTTON_RIGHT:
                return Offer(self.chosen, place)
        return None

    # Days

    def end_day(self) -> Change:
        """Hand over to the next person, or play the day beside the window."""
        session = self.desk.session
        if not session.can_end:
            return Push(EndSheet(self.desk))
        following = self.desk.next_chair
        self.desk.looked[self.desk.chair.id] = max(self.desk.looked.get(self.desk.chair.id, 0), self._log_seen)
        if following is not None:
            return Push(HandOver(following, self.desk))
        self.aim, self.chosen = "", ()
        self._ending = Thinking(self.desk.end_day)
        return None

    def wait(self, now: float) -> float | None:
        """While the day is played, look again soon."""
        return 0.0 if self._unbriefed else POLL if self._ending else super().wait(now)

    def tick(self, now: float) -> Change | bool:
        """A day that has been played is shown."""
        if self._unbriefed:
            self._unbriefed = False
            return Push(BriefSheet(self.desk))
        if self._ending is None:
            return super().tick(now)
        if not self._ending.done:
            return False
        ending, self._ending = self._ending, None
        ending.result()
        if len(self.desk.chairs) > 1:
            return Push(HandOver(self.desk.chair, self.desk))
        self.caught_up()
        report = self.report_sheet()
        report.notice, self.notice = self.notice, ""
        return Push(report)

    def lay(self, desk: Desk) -> None:
        """Another game on the desk."""
        self.desk = desk
        self.caught_up()

    def show_side(self, name: str) -> None:
        """Orders or log in the left drawer; the one that is shown is shut."""
        shut = "log" in self.now.drawers and self.tab == name
        self.tab = name
        self.now = replace(self.now, drawers=self.now.drawers - {"log"} if shut else self.now.drawers | {"log"})
        self.scrolls["log"] = 0

    def report_sheet(self) -> ReportSheet | EndSheet:
        """The last day's report; after the last day how the game ended."""
        session = self.desk.session
        self.desk.read[self.desk.chair.id] = session.day
        if not session.can_end:
            return EndSheet(self.desk)
        return ReportSheet(self.desk, session.day - 1)

    def caught_up(self) -> None:
        """Show the game as it stands now, from the chair whose turn it is."""
        self.replay = self.desk.course()
        self.now = replace(self.now, last=self.desk.session.day, event=None, playing=False, loop=None)
        self.now = self.now.at(self.desk.session.day)
        self.chosen, self.aim = (), ""
        self.tab = self.tab if self.desk.session.can_end else "log"
        self.scrolls = {"log": 0, "card": 0}
        self.notice, self.desk.notice = self.desk.notice, ""

    # What is shown

    def top_bar(self) -> PlayBar:
        """The strip at the top."""
        return PlayBar(self.replay.timeline.days[self.now.day], self.now, what_ifs=self.supposed, turn=turn_of(self))

    def bars(self) -> PlayDays:
        """The timeline's panel."""
        return PlayDays(self.replay.timeline, self.now, turn=turn_of(self))

    def draw_side(self, canvas: Canvas, rect: pygame.Rect) -> int:
        """The left drawer: orders, or the log."""
        session, chair = self.desk.session, self.desk.chair.id
        if self.tab == "log":
            looked = self.desk.looked.get(chair, 0)
            self._log_seen = session.day
            return replace(side_of(self), new_from=looked + 1).draw(canvas, rect)
        overtaken = session.overtaken() if session.can_end else {}
        shown = (self.desk.ways(), overtaken, self.desk.levers(), self.chosen)
        return OrderList(session, *shown, self.live, self.scrolls["log"]).draw(canvas, rect)

    def sheet_shown(self) -> Sheet | None:
        """What the right drawer shows: formations, if some are chosen."""
        if not self.chosen:
            return self._place_shown(super().sheet_shown())
        session = self.desk.session
        units = tuple(formation(session, unit) for unit in self.chosen)
        told = self.desk.told_of(self.chosen[0]) if len(self.chosen) == 1 else None
        return UnitSheet(session, self.board, units, self.live, told, self.scrolls["card"])

    def _place_shown(self, sheet: Sheet | None) -> Sheet | None:
        if not isinstance(sheet, PlaceCard):
            return sheet
        units = self.replay.game.scenario.units
        own = tuple((unit, units[unit].name) for unit in self.own_at(sheet.card.id)) if self.live else ()
        return PlaceSheet(sheet.card, sheet.board, sheet.scroll, own)

    @property
    def wants_card(self) -> bool:
        """Formations that are chosen want the right drawer as well."""
        return bool(self.chosen) or super().wants_card

    def draw_upon(self, view: pygame.Surface) -> None:
        """Marches, and the arrow that is being drawn."""
        draw_marches(self, view)

    def draw(self, canvas: Canvas) -> None:
        """Map and panels, then a ribbon where something must be said about them."""
        arrange(self, canvas)
        draw_ribbon(self, canvas)
