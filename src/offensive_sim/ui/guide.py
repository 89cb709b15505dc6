"""A tutorial's steps upon the map: one at a time, seen to be done, skippable, remembered between sittings."""

import json
from dataclasses import dataclass
from typing import Final

import pygame

from offensive_sim.errors import SimError
from offensive_sim.folders import settings_folder
from offensive_sim.outfile import replaced
from offensive_sim.scenario.prompts import Prompt
from offensive_sim.ui.actions import Named
from offensive_sim.ui.canvas import Canvas
from offensive_sim.ui.column import Button, Column
from offensive_sim.ui.speech import say
from offensive_sim.ui.watching import PRESETS, Watching
from offensive_sim.views.replay import Replay

_FILE: Final = "tutorial.json"
_WIDE: Final = 520.0


@dataclass(frozen=True)
class Guide:
    """How far a reader has come; ``at`` beyond the last step is the closing sheet, None when it is put away."""

    replay: Replay
    at: int | None

    @classmethod
    def of(cls, replay: Replay) -> "Guide | None":
        """For a scenario with steps: at the one where the reader left; from the start after the last."""
        steps = replay.game.scenario.prompts
        if not steps:
            return None
        at = _remembered(replay.game.scenario.id)
        return cls(replay, at if at < len(steps) else 0)

    @property
    def step(self) -> Prompt | None:
        """What is asked for now."""
        steps = self.replay.game.scenario.prompts
        return steps[self.at] if self.at is not None and self.at < len(steps) else None

    def shown(self) -> int | None:
        """Number of the evening that the step wants to begin on."""
        if self.step is None or self.step.shown is None:
            return None
        return (self.step.shown - self.replay.game.world.first_day).days + 1

    def done(self, now: Watching) -> bool:
        """Whether what is shown is what the step asks for."""
        step = self.step
        if step is None:
            return False
        evening = self.replay.timeline.days[now.day].evening
        return any(
            (
                step.evening is not None and evening == step.evening,
                step.place is not None and now.selected == step.place,
                step.event and now.event is not None,
                step.mode is not None and now.mode == step.mode,
                step.layers is not None and now.layers == PRESETS[step.layers],
            )
        )

    def on(self, *, away: bool = False) -> "Guide":
        """At the next step, or put away; remembered."""
        at = None if away or self.step is None else (self.at or 0) + 1
        if at is not None:
            _remember(self.replay.game.scenario.id, at)
        return Guide(self.replay, at)

    def draw(self, canvas: Canvas, area: pygame.Rect) -> pygame.Rect | None:
        """At the lower edge of the map, in the middle; returns what it covers, in pixels of the window."""
        if self.at is None:
            return None
        pad = canvas.px(14)
        wide = min(canvas.px(_WIDE), area.width - 2 * pad)
        measure = Column(canvas, pygame.Rect(0, 0, wide - 2 * pad, 0), draws=False)
        self._write(canvas, measure)
        rect = pygame.Rect(0, 0, wide, min(measure.used + 2 * pad, area.height))
        rect.midbottom = (area.centerx, area.bottom - pad)
        canvas.paper(rect)
        inner = rect.inflate(-2 * pad, -2 * pad)
        with canvas.room(inner, scrolls=measure.used > inner.height):
            self._write(canvas, Column(canvas, inner))
        return canvas.flip(rect)

    def _write(self, canvas: Canvas, column: Column) -> None:
        language, steps = canvas.look.language, self.replay.game.scenario.prompts
        if self.step is None:
            column.para(say("guide.over", language), canvas.style(15, "map"))
            column.gap(4)
            column.buttons([Button(say("guide.close", language), Named("guide_away"), on=True)])
            return
        number = (self.at or 0) + 1
        column.para(say("guide.step", language, step=number, steps=len(steps)), canvas.style(12.5, "ui-bold"))
        column.gap(2)
        column.para(getattr(self.step.says, language) or self.step.says.en, canvas.style(15, "map"))
        column.gap(4)
        column.buttons([
            Button(say("guide.skip", language), Named("guide_skip")),
            Button(say("guide.away", language), Named("guide_away")),
        ])  # fmt: skip


def _remembered(scenario: str) -> int:
    """Steps done before; none if there is no file or it makes no sense."""
    try:
        at = json.loads((settings_folder() / _FILE).read_text("utf-8"))[scenario]
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return at if isinstance(at, int) and at >= 0 else 0


def _remember(scenario: str, at: int) -> None:
    """Keep how far the reader has come; where that cannot be written, the next sitting begins anew."""
    try:
        settings_folder().mkdir(parents=True, exist_ok=True)
        with replaced(settings_folder() / _FILE) as file:
            json.dump({scenario: at}, file)
    except (OSError, SimError):
        return
