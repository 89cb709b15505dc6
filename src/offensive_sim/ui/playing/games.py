"""Saved games: a list to go on from, and a name to save under. What cannot be loaded says why; nothing is lost."""

from offensive_sim.atlas.words import date_words
from offensive_sim.campaign.save_lines import read
from offensive_sim.campaign.saves import SaveInfo, list_saves, load, saves_folder
from offensive_sim.errors import SimError
from offensive_sim.ui.actions import Action, Change, Named, Pan, Pop
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.playing.asking import Kept, Laid, Pick
from offensive_sim.ui.playing.desk import Desk
from offensive_sim.ui.playing.lists import WHY, Row, write_rows
from offensive_sim.ui.playing.paper import Line, Paper, step_of
from offensive_sim.ui.playing.seating import seat_word
from offensive_sim.ui.playing.thinking import POLL, Thinking
from offensive_sim.ui.speech import say
from offensive_sim.ui.theme import SOFT_TEXT
from offensive_sim.views.opened import opened_for


def taken_up(info: SaveInfo) -> Desk:
    """A saved game, played again to where it was.

    Raises:
        SimError: if it cannot be taken up; says why.
    """
    if not info.scenario:
        raise SimError(info.problem)
    found = opened_for(read(info.path).manifest, info.path)
    loaded = load(info.path, found.game)
    desk = Desk(loaded.session, found, "; ".join(filter(None, (loaded.note, found.note))))
    desk.read = {chair.id: loaded.session.day for chair in desk.chairs}
    desk.looked = dict(desk.read)
    return desk


class Games(Paper):
    """Every save, the newest first."""

    wide = 760.0

    def __init__(self) -> None:
        super().__init__()
        self.saves = list_saves()
        self.at = 0
        self.problem = ""
        self._loading: Thinking[Desk] | None = None

    def handle(self, action: Action) -> Change:
        """Choose one, go on with it, or leave."""
        if self._loading:
            return None
        match action:
            case Pick(number):
                if number == self.at:
                    self._load()
                self.at = number
            case Pan() if self.saves:
                self.at = (self.at + step_of(action)) % len(self.saves)
            case Named("begin" | "activate" | "take_up"):
                self._load()
            case _:
                return super().handle(action)
        return None

    def _load(self) -> None:
        if self.saves:
            info = self.saves[self.at]
            self.problem, self._loading = "", Thinking(lambda: taken_up(info))

    def wait(self, now: float) -> float | None:  # noqa: ARG002
        """While a game is played again."""
        return POLL if self._loading else None

    def tick(self, now: float) -> Change | bool:  # noqa: ARG002
        """The game is there, or it is said why not."""
        if self._loading is None or not self._loading.done:
            return False
        loading, self._loading = self._loading, None
        try:
            desk = loading.result()
        except SimError as error:
            self.problem = str(error)
            return True
        return Pop(Laid(desk))

    def feet(self, language: str) -> list[Button]:
        """Go on with the one chosen, or not."""
        row = [Button(say("games.take_up", language), Named("take_up"), on=True)] if self.saves else []
        return [*row, Button(say("event.close", language), Named("back"))]

    def write(self, canvas: Canvas, column: Column) -> None:
        """The list, and where it lies."""
        language = canvas.look.language
        column.title(say("games.title", language), 24)
        column.para(say("games.where", language, folder=saves_folder()), canvas.small())
        if self._loading:
            column.para(say("games.loading", language), canvas.style(14, "map-bold"))
        if self.problem:
            column.para(self.problem, canvas.style(13, "ui-bold", WHY))
        column.gap(4)
        if not self.saves:
            column.para(say("games.none", language), canvas.style(14, "map-italic", SOFT_TEXT))
        write_rows(canvas, column, [_row(info, language) for info in self.saves], self.at)


def save_words(info: SaveInfo, language: str) -> str:
    """A save in a few words, for a button."""
    evening = date_words(info.evening, language) if info.evening else say("top.opening", language)
    return f"{seat_word(info.seat, language)}, {evening}" if info.scenario else info.path.name


def _row(info: SaveInfo, language: str) -> Row:
    """A save in words."""
    evening = date_words(info.evening, language) if info.evening else say("top.opening", language)
    seat = seat_word(info.seat, language)
    title = say("games.auto", language, seat=seat, branch=info.branch) if info.auto else info.name
    words = say(
        "games.row", language, scenario=info.scenario, seat=seat, evening=evening, branch=info.branch,
        saved=f"{info.saved.astimezone():%Y-%m-%d %H:%M}",
    )  # fmt: skip
    if info.what_ifs:
        words = say("games.under", language, row=words, what_ifs=", ".join(info.what_ifs))
    return Row(title if info.scenario else info.path.name, words if info.scenario else "", info.problem)


class SaveSheet(Paper):
    """A name to save under."""

    wide = 520.0

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self._desk = desk
        self.problem = ""
        self._again = False
        self.line = Line(title)

    def handle(self, action: Action) -> Change:
        """Save, or leave it."""
        match action:
            case Named("begin" | "activate"):
                return self._save()
            case _:
                return super().handle(action)

    def _save(self) -> Change:
        """A second time the same name replaces what is there."""
        assert self.line
        title = self.line.text.strip()
        try:
            path = self._desk.save(title, over=self._again and title == self._asked)
        except SimError as error:
            self.problem, self._again, self._asked = str(error), True, title
            return None
        return Pop(Kept(path))

    _asked = ""

    def feet(self, language: str) -> list[Button]:
        """Save, or leave it."""
        label = say("games.over" if self._again else "games.save", language)
        return [Button(label, Named("begin"), on=True), Button(say("sheet.leave", language), Named("back"))]

    def write(self, canvas: Canvas, column: Column) -> None:
        """The line to write in."""
        language = canvas.look.language
        column.title(say("games.save_title", language), 22)
        column.para(say("games.save_words", language), canvas.small())
        assert self.line
        column.entry(self.line.text)
        if self.problem:
            column.para(self.problem, canvas.style(13, "ui-bold", WHY))
