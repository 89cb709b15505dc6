"""The first screen: language, size of text, what this is about (people first), and which scenario."""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.campaign.saves import newest
from offensive_sim.campaign.seats import WATCH
from offensive_sim.errors import SimError
from offensive_sim.scenario.shipped import find, shipped_ids
from offensive_sim.scenario.whatif_files import what_if_ids
from offensive_sim.ui.actions import (
    Action,
    Change,
    Choose,
    GameAction,
    Named,
    Push,
    Quit,
    Replace,
    SetLanguage,
    SetScale,
    Suppose,
)  # fmt: skip
from offensive_sim.ui.backdrop import ground
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.loading import Loading, Ready
from offensive_sim.ui.playing import choosing
from offensive_sim.ui.playing.lists import WHY
from offensive_sim.ui.premise import Choice, when_and_how
from offensive_sim.ui.screens import Plain, Screen
from offensive_sim.ui.speech import say
from offensive_sim.ui.supposing import NOTHING, PROGRAM, Supposing
from offensive_sim.ui.theme import PEOPLE, RULE, SOFT_TEXT, SUPPOSED

PERCENTS = (100, 125, 150, 175, 200, 250)
_POLL = 0.1


@dataclass(frozen=True)
class Offer:
    """What can be chosen, as the screen shows it."""

    scenarios: tuple[str, ...]
    chosen: str
    notice: str = ""
    supposing: Supposing = NOTHING


class Start(Plain):
    """Everything that must be asked before the map, on one sheet."""

    caption = PROGRAM

    def __init__(self, offer: Offer, seed: int, opened: Callable[[Ready], Screen]) -> None:
        self.offer = offer
        self.notice = offer.notice
        self.problem = ""
        self.seat = WATCH
        """Who the reader speaks for; nobody while watching."""
        self._saved = newest()
        self._seed = seed
        self._opened = opened
        self._loading = Loading(offer.chosen, seed, offer.supposing)
        self._waiting = False
        self._told = False
        self._scroll = 0
        self._limit = 0

    @classmethod
    def usual(
        cls, chosen: str, seed: int, opened: Callable[[Ready], Screen], notice: str = "",
        supposing: Supposing = NOTHING,
    ) -> "Start":  # fmt: skip
        """With the scenarios that ship, and the one that was asked for."""
        known = tuple(dict.fromkeys([*reversed(shipped_ids()), chosen]))
        return cls(Offer(known, chosen, notice, supposing), seed, opened)

    def handle(self, action: Action) -> Change:
        """Choose, begin, or leave."""
        if isinstance(action, GameAction) or action == Named("games"):
            return choosing.answer(self, action)
        if isinstance(action, Suppose) or action == Named("what_ifs"):
            return self._suppose(action)
        match action:
            case Choose(name) if name != self._loading.name:
                self._load(Loading(name, self._seed, Supposing((), self.offer.supposing.opt_in)))
            case Named("begin") if self._loading.done:
                return self._open()
            case Named("begin"):
                self._waiting = True
            case Named("scroll_down" | "scroll_up" as way):
                self._scroll = min(max(self._scroll + (120 if way == "scroll_down" else -120), 0), self._limit)
            case Named("back"):
                return Quit()
        return None

    def _suppose(self, action: Action) -> Change:
        """Choose what is supposed, or take what was chosen."""
        names, allowed = self._loading.supposing.names, self.offer.supposing.opt_in
        if not isinstance(action, Suppose):
            return Push(Choice(self._loading, names, opt_in=allowed))
        if action.names != names:
            self._load(Loading(self._loading.name, self._seed, Supposing(action.names, allowed), self._loading))
        return None

    def _load(self, loading: Loading) -> None:
        self._loading, self.problem, self._waiting = loading, "", False

    def _open(self) -> Change:
        self._waiting = False
        try:
            ready = self._loading.result()
            watched = self.seat == WATCH
            return Replace(self._opened(ready) if watched else choosing.begun(ready, self.seat, self._seed))
        except SimError as error:
            self.problem = str(error)
            return None

    def mouse(self, event: pygame.event.Event) -> Action | None:
        """The wheel scrolls."""
        if event.type == pygame.MOUSEWHEEL:
            return Named("scroll_down" if event.y < 0 else "scroll_up")
        return None

    def typed(self, event: pygame.event.Event) -> bool:  # noqa: ARG002
        """Nothing is written here."""
        return False

    def wait(self, now: float) -> float | None:  # noqa: ARG002
        """While the run is computed its progress moves."""
        return None if self._loading.done and not self._waiting else _POLL

    def tick(self, now: float) -> Change | bool:  # noqa: ARG002
        """Go on as soon as the run is there."""
        if self._waiting and self._loading.done:
            return self._open() or True
        finished, self._told = self._loading.done and not self._told, self._loading.done
        return finished or not self._told

    def draw(self, canvas: Canvas) -> None:
        """A sheet of paper on the relief."""
        ground(canvas.surface)
        width, height = canvas.surface.get_size()
        gap = canvas.px(26)
        sheet = pygame.Rect(0, 0, min(canvas.px(760), width - 16), 0)
        inner = pygame.Rect(0, 0, sheet.width - 2 * gap, 0)
        needed = self._write(canvas, Column(canvas, inner, draws=False))
        measure = Column(canvas, inner, draws=False)
        measure.buttons(self._feet(canvas.look.language))
        sheet.height = min(needed + measure.used + 2 * gap, height - 16)
        sheet.center = (width // 2, height // 2)
        canvas.paper(sheet)
        inner = sheet.inflate(-2 * gap, -2 * gap)
        foot = pygame.Rect(inner.left, inner.bottom - measure.used + canvas.px(5), inner.width, measure.used)
        inner.height -= measure.used
        self._limit = max(needed - inner.height, 0)
        self._scroll = min(self._scroll, self._limit)
        with canvas.room(inner, scrolls=self._limit > 0):
            column = Column(canvas, inner, self._scroll)
            self._write(canvas, column)
        column.thumb()
        with canvas.room(sheet):
            Column(canvas, foot).buttons(self._feet(canvas.look.language))
        self._loading.begin()

    def _feet(self, language: str) -> list[Button]:
        """What is always in view."""
        return [
            Button(say("start.begin", language), Named("begin"), on=True),
            Button(say("start.help", language), Named("help")),
            Button(say("start.quit", language), Named("quit")),
        ]

    def _write(self, canvas: Canvas, column: Column) -> int:
        language = canvas.look.language
        column.title(say("start.title", language), 30)
        column.para(say("start.subtitle", language), canvas.style(16, "map-italic", SOFT_TEXT))
        column.heading(say("start.people", language))
        column.para(self._note(language), canvas.style(14.5, "map"))
        column.heading(say("start.language", language))
        column.buttons([Button(name, SetLanguage(key), key == language) for key, name in LANGUAGES.items()])
        column.heading(say("start.size", language))
        percent = round(canvas.look.scale * 100)
        column.buttons([Button(f"{one} %", SetScale(one), one == percent) for one in PERCENTS])
        column.heading(say("start.scenario", language))
        chosen = self._loading.name
        column.buttons([Button(_title(name, language), Choose(name), name == chosen) for name in self.offer.scenarios])
        self._write_course(canvas, column)
        choosing.write(canvas, column, self.seat, self._saved)
        column.gap(4)
        if self.problem:
            for line in self.problem.splitlines()[:6]:
                column.para(line, canvas.style(12.5, "ui-bold", (150, 40, 30)))
        else:
            self._progress(canvas, column)
        if language != "en":
            column.para(say("start.draft", language), canvas.small())
        return column.used

    def _write_course(self, canvas: Canvas, column: Column) -> None:
        """As it happened, or a what-if: for a scenario that has some."""
        language, names = canvas.look.language, self._loading.supposing.names
        if not names and not _has_what_ifs(self._loading.name):
            return
        column.heading(say("whatif.course", language))
        column.buttons([
            Button(say("whatif.as_it_happened", language), Suppose(), not names),
            Button(say("whatif.some", language), Named("what_ifs"), bool(names), say("tip.what_ifs", language)),
        ])  # fmt: skip
        if not names:
            column.para(say("whatif.as_it_happened_is", language), canvas.small())
        for offer in self._loading.chosen:
            if offer.what_if:
                column.para(offer.what_if.question, canvas.style(15, "map-bold", SUPPOSED))
                column.para(when_and_how(offer.what_if, language), canvas.small())
                if offer.harm:
                    column.para(say("whatif.harm", language), canvas.style(12.5, "ui-bold", WHY))

    def _note(self, language: str) -> str:
        """The scenario's own content note in English, ours elsewhere."""
        if language == "en" and self._loading.done and not self.problem:
            try:
                return self._loading.result().found.scenario.content_note or say("start.note", language)
            except SimError as error:
                self.problem = str(error)
        return say("start.note", language)

    def _progress(self, canvas: Canvas, column: Column) -> None:
        """A thin bar while the run is computed."""
        language, share = canvas.look.language, self._loading.share
        key = "start.ready" if self._loading.done else "start.waiting" if self._waiting else "start.computing"
        column.para(say(key, language), canvas.small())
        if column.draws:
            bar = canvas.flip(pygame.Rect(column.rect.left, column.top, column.rect.width, max(canvas.px(4), 3)))
            canvas.surface.fill(RULE, bar)
            done = bar.copy()
            done.width = round(bar.width * (1.0 if self._loading.done else share))
            done.left = bar.right - done.width if canvas.rtl else bar.left
            canvas.surface.fill(PEOPLE, done)
        column.gap(8)


def _has_what_ifs(name: str) -> bool:
    """Whether some stand beside a scenario."""
    try:
        return bool(what_if_ids(find(name)))
    except SimError:
        return False


def _title(name: str, language: str) -> str:
    """A shipped scenario's title in the reader's language, or the name as given."""
    try:
        return say(f"scenario.{name}", language)
    except KeyError:
        return name
