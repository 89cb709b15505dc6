"""The timeline at the bottom: a bar for every day, signs of events, how far model and history part; time runs right."""

from dataclasses import dataclass
from typing import Final

import pygame

from offensive_sim.atlas.words import MONTHS, about, date_words
from offensive_sim.ui.actions import Action, Backwards, Bars, GoToDay, Loop, Named, Play, Speed, Step
from offensive_sim.ui.canvas import HOVERED, PRESSED, RAISED, Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.keys import END
from offensive_sim.ui.kinds import kind_sign
from offensive_sim.ui.speech import say
from offensive_sim.ui.supposing import draw_hatch
from offensive_sim.ui.text import width_of
from offensive_sim.ui.theme import NEATLINE, OUTLINE, PEOPLE, RULE, SOFT_TEXT, SUPPOSED, Colour
from offensive_sim.ui.watching import SPEEDS, Watching
from offensive_sim.views.events import KINDS
from offensive_sim.views.timeline import Day, Fork, Timeline

PARTED: Final[Colour] = (176, 84, 40)
"""Model and history apart: neither side's colour."""
_MARKED: Final = ("atrocity", "humanitarian", "intervention", "political", "economic", "fighting", "control")
"""Which event marks a day that has several, the first that applies."""
_FULL: Final = 0.25
"""Share of places apart at which the strip is full."""
_LEAST_BAR: Final = 2
_FEWEST_BUTTONS: Final = 11
"""Play, six moves, three speeds and another one are never left out."""
_WIDE_BAR: Final = 6


@dataclass(frozen=True)
class DayBars:
    """What it shows."""

    timeline: Timeline
    watching: Watching
    known: tuple[int, ...] | None = None
    """Events known by the day shown, by the day on which they happened; None where the model is shown."""

    def height(self, canvas: Canvas, width: int) -> int:
        """Pixels it needs at a width."""
        head = Column(canvas, pygame.Rect(0, 0, width - 2 * canvas.px(9), 0), draws=False)
        head.buttons(self._fitting(canvas, head.rect.width))
        return head.used + self._chart_height(canvas) + canvas.px(10)

    def _chart_height(self, canvas: Canvas) -> int:
        return round(78 * canvas.look.base / max(canvas.look.scale, 1.0) ** 0.5) + canvas.px(38 if canvas.rtl else 30)

    def chart(self, canvas: Canvas, rect: pygame.Rect) -> pygame.Rect:
        """Where the days are, in pixels of the window."""
        pad = canvas.px(16)
        height = self._chart_height(canvas)
        return canvas.flip(
            pygame.Rect(rect.left + pad, rect.bottom - height - canvas.px(3), rect.width - 2 * pad, height)
        )

    def day_at(self, chart: pygame.Rect, x: int) -> int:
        """Number of the day at a pixel."""
        share = (x - chart.left) / max(chart.width, 1)
        return min(max(int(share * len(self.timeline.days)), 0), self.timeline.last)

    def _edge(self, chart: pygame.Rect, day: float) -> int:
        return chart.left + round(chart.width * day / len(self.timeline.days))

    def draw(self, canvas: Canvas, rect: pygame.Rect) -> None:
        """Controls, then the days."""
        canvas.paper(rect)
        pad = canvas.px(9)
        with canvas.room(rect):
            head = Column(canvas, pygame.Rect(rect.left + pad, rect.top + canvas.px(6), rect.width - 2 * pad, 0))
            head.buttons(self._fitting(canvas, head.rect.width))
            self.draw_days(canvas, rect)

    def draw_days(self, canvas: Canvas, rect: pygame.Rect) -> None:
        """The bars with all that stands on them."""
        chart = self.chart(canvas, rect)
        self._loop(canvas, chart)
        self._months(canvas, chart)
        self._columns(canvas, chart)
        if self.timeline.fork and self.known is None:
            self._fork(canvas, chart, self.timeline.fork)
        self._now(canvas, chart)
        self._tips(canvas, chart)

    def _fitting(self, canvas: Canvas, width: int) -> list[Button]:
        """The controls in one line if it can be: the last ones, which have keys too, are left out first."""
        row = self._buttons(canvas.look.language, canvas)
        while len(row) > _FEWEST_BUTTONS and (
            sum(canvas.button_size(one.label)[0] + canvas.px(5) for one in row) - canvas.px(5) > width
        ):
            del row[-1]
        return row

    def _buttons(self, language: str, canvas: Canvas) -> list[Button]:
        now = self.watching
        word = say("time.pause" if now.playing else "time.play", language)
        moves: list[tuple[str, Action, str]] = [
            ("|‹", GoToDay(0), "first"), ("‹‹", Step(-7), "week_back"), ("‹", Step(-1), "day_back"),
            ("›", Step(1), "day_on"), ("››", Step(7), "week_on"), ("›|", GoToDay(END), "last"),
        ]  # fmt: skip
        if canvas.rtl:
            moves.reverse()
        row = [Button(word, Play(), now.playing, say("tip.play", language))]
        row += [Button(sign, action, tip=say(f"tip.{key}", language)) for sign, action, key in moves]
        row += [Button(f"{n}×", Speed(n), n == now.speed, say("tip.speed", language, number=n)) for n in SPEEDS]
        typed = f"{now.speed:g}×" if now.speed not in SPEEDS else "…×"
        row.append(Button(typed, Named("speed"), now.speed not in SPEEDS, say("tip.type_speed", language)))
        row.append(Button(say("time.backwards", language), Backwards(), now.backwards, say("tip.backwards", language)))
        if self.known is not None:
            return row
        row += [
            Button(say(f"time.{name}", language), Bars(name), now.bars == name, say(f"tip.bars_{name}", language))
            for name in ("people", "events")
        ]
        if now.loop:
            row.append(Button(say("time.no_loop", language), Loop("none"), on=True, tip=say("tip.loop", language)))
        else:
            row.append(Button(say("time.loop", language), Loop("first"), tip=say("tip.loop", language)))
        if self.timeline.fork:
            row.append(Button(say("world.compare", language), Named("compare"), tip=say("tip.compare", language)))
            row.append(Button(say("world.fork", language), Named("fork"), tip=say("tip.fork", language)))
        if self.timeline.parts_on:
            row.append(Button(say("time.parting", language), Named("parting"), tip=say("tip.parting", language)))
        return row

    def _tall(self, canvas: Canvas, chart: pygame.Rect) -> tuple[int, int, int]:
        """Foot of the bars, their greatest height, and height of the strip below."""
        strip = max(round(11 * canvas.look.base), 8)
        foot = chart.bottom - canvas.px(25 if canvas.rtl else 17) - strip - 3
        return foot, foot - chart.top - canvas.px(14), strip

    def _columns(self, canvas: Canvas, chart: pygame.Rect) -> None:
        foot, tall, strip = self._tall(canvas, chart)
        people = self.watching.bars == "people"
        values = [day.newly if people else day.events for day in self.timeline.days]
        if self.known is not None:
            people, values = False, list(self.known)
        most = max(*values, 1)
        radius = min(max((self._edge(chart, 1) - chart.left) // 3, 3), canvas.px(4.5))
        for day, value in zip(self.timeline.days, values, strict=True):
            left, right = self._edge(chart, day.number), self._edge(chart, day.number + 1)
            wide = max(right - left - (1 if right - left < _WIDE_BAR else 2), _LEAST_BAR)
            height = max(round(tall * value / most), 1 if value else 0)
            colour = PEOPLE if people else (112, 96, 78)
            if day.number > self.watching.day:
                colour = tuple((c + 2 * 225) // 3 for c in colour)  # type: ignore[assignment]
            canvas.surface.fill(colour, pygame.Rect(left, foot - height, wide, height))
            if self.known is not None:
                continue
            share = min(day.parted / _FULL, 1.0)
            deep = max(round(strip * share), 1 if day.parted else 0)
            canvas.surface.fill(HOVERED, pygame.Rect(left, foot + 3, wide, strip))
            canvas.surface.fill(PARTED, pygame.Rect(left, foot + 3, wide, deep))
            self._sign(canvas, day, ((left + right) // 2, chart.top + canvas.px(6)), radius)
        canvas.surface.fill(NEATLINE, pygame.Rect(chart.left, foot, chart.width, canvas.thin()))
        if self.timeline.parts_on is not None and self.known is None:
            self._pin(canvas, (self._edge(chart, self.timeline.parts_on + 0.5), foot + 3 + strip))

    def _sign(self, canvas: Canvas, day: Day, at: tuple[int, int], radius: int) -> None:
        kind = next((one for one in _MARKED[:-2] if day.kinds.get(one)), None)
        if kind:
            image = kind_sign(kind, radius)
            canvas.surface.blit(image, image.get_rect(center=at))

    def _pin(self, canvas: Canvas, tip: tuple[int, int]) -> None:
        """Where model and history part."""
        size = max(round(7 * canvas.look.base), 6)
        points = [
            (tip[0], tip[1] - size),
            (tip[0] + size * 0.7, tip[1] + size * 0.4),
            (tip[0] - size * 0.7, tip[1] + size * 0.4),
        ]
        pygame.draw.polygon(canvas.surface, PARTED, points)
        pygame.draw.polygon(canvas.surface, OUTLINE, points, 1)

    def _fork(self, canvas: Canvas, chart: pygame.Rect, fork: Fork) -> None:
        """A dashed line before the first day that is reached; a hatched edge from there; a square where maps differ."""
        foot, _, strip = self._tall(canvas, chart)
        x = self._edge(chart, fork.supposed_on)
        wide, dash = max(round(1.6 * canvas.look.base), 2), canvas.px(5)
        for top in range(chart.top, foot + strip, 2 * dash):
            canvas.surface.fill(SUPPOSED, pygame.Rect(x - wide // 2, top, wide, min(dash, foot + strip + 3 - top)))
        if self.watching.world != "as_it_happened":
            tall = max(round(4 * canvas.look.base), 4)
            draw_hatch(canvas.surface, pygame.Rect(x, chart.top - tall, chart.right - x, tall))
        if fork.parts_on is not None:
            size = max(round(6 * canvas.look.base), 5)
            box = pygame.Rect(0, 0, 2 * size, 2 * size)
            box.center = (self._edge(chart, fork.parts_on + 0.5), foot + 3 + strip + size // 2)
            pygame.draw.rect(canvas.surface, RAISED, box)
            pygame.draw.rect(canvas.surface, SUPPOSED, box, wide)
            canvas.surface.fill(SUPPOSED, box.inflate(-size, -size))

    def _months(self, canvas: Canvas, chart: pygame.Rect) -> None:
        """First days of months and of weeks below the strip; and which way time runs, for those who read leftwards."""
        style = canvas.style(11.0, "map", SOFT_TEXT)
        foot, _, strip = self._tall(canvas, chart)
        column = {"ar": 1, "ckb": 2}.get(canvas.look.language, 0)
        below = chart.bottom - canvas.height(style) // 2 - canvas.px(1)
        edge = chart.left - canvas.px(10)
        for day in self.timeline.days:
            x = self._edge(chart, day.number)
            first = day.evening.day == 1 or day.number == 0
            if not first and day.evening.day not in (8, 15, 22):
                continue
            canvas.surface.fill(
                RULE, pygame.Rect(x, chart.top if first else foot, 1, foot + strip + 6 - (chart.top if first else foot))
            )
            name = f"{day.evening.day} {MONTHS[day.evening.month - 1][column]}" if first else str(day.evening.day)
            box = canvas.style(11.0, "map-bold", NEATLINE) if first else style
            width = width_of(name, box)
            if x + width < chart.right and x > edge:
                edge = canvas.raw_text(name, box, (x + width // 2, below)).right + canvas.px(6)
        if canvas.rtl:
            words = say("time.runs", canvas.look.language)
            width = width_of(words, style)
            if edge + width < chart.right:
                canvas.raw_text(words, style, (chart.right - width // 2, below))

    def _loop(self, canvas: Canvas, chart: pygame.Rect) -> None:
        loop = self.watching.loop
        if loop:
            left, right = self._edge(chart, loop[0]), self._edge(chart, loop[1] + 1)
            foot, _, strip = self._tall(canvas, chart)
            box = pygame.Rect(left, chart.top, right - left, foot + strip + 3 - chart.top)
            canvas.surface.fill(PRESSED, box)
            for x in (box.left, box.right):
                canvas.surface.fill(NEATLINE, pygame.Rect(x, box.top, 2 * canvas.thin(), box.height))

    def _now(self, canvas: Canvas, chart: pygame.Rect) -> None:
        """The day shown: a line with a handle."""
        foot, _, strip = self._tall(canvas, chart)
        x = self._edge(chart, self.watching.day + 0.5)
        wide = max(round(1.6 * canvas.look.base), 2)
        canvas.surface.fill(OUTLINE, pygame.Rect(x - wide // 2, chart.top, wide, foot + strip + 3 - chart.top))
        handle = max(round(5 * canvas.look.base), 4)
        points = [(x - handle, chart.top - 2), (x + handle, chart.top - 2), (x, chart.top + handle)]
        pygame.draw.polygon(canvas.surface, RAISED, points)
        pygame.draw.polygon(canvas.surface, OUTLINE, points, 2)

    def _fork_words(self, day: Day, language: str) -> list[str]:
        """What a what-if makes of a day, where something is to be said."""
        fork = self.timeline.fork
        if fork is None:
            return []
        words = [say("world.from_here", language)] if day.number == fork.supposed_on else []
        return [*words, say("world.parts_here", language)] if day.number == fork.parts_on else words

    def _tips(self, canvas: Canvas, chart: pygame.Rect) -> None:
        """What a day's bar stands for."""
        if canvas.pointer is None or not chart.collidepoint(canvas.pointer) or self.known is not None:
            return
        language = canvas.look.language
        day = self.timeline.days[self.day_at(chart, canvas.pointer[0])]
        kinds = [f"{say(f'kind.{kind}', language)} {day.kinds[kind]}" for kind in KINDS if day.kinds.get(kind)]
        lines = [
            date_words(day.evening, language),
            say("time.newly", language, number=about(day.newly)),
            say("time.apart", language, percent=round(day.parted * 100)),
            ", ".join(kinds),
            *self._fork_words(day, language),
        ]
        left, right = self._edge(chart, day.number), self._edge(chart, day.number + 1)
        canvas.surface.fill(NEATLINE, pygame.Rect(left, chart.top, max(right - left, 2), canvas.thin()))
        canvas.tip(
            pygame.Rect(left, chart.top, right - left + 1, chart.height), "\n".join(filter(None, lines)), raw=True
        )
