"""The watch screen where something is supposed: turning from one world to the other, and what differs."""

from dataclasses import replace
from typing import TYPE_CHECKING

from offensive_sim.ui.actions import Change, Push
from offensive_sim.ui.compared import Compared
from offensive_sim.ui.debriefing import write_debrief
from offensive_sim.ui.premise import Premises
from offensive_sim.ui.speech import say
from offensive_sim.ui.watching import WORLDS
from offensive_sim.views.beside import Run, beside
from offensive_sim.views.offered import supposed_in

if TYPE_CHECKING:
    from offensive_sim.ui.watch import Watch


def turn(watch: "Watch") -> None:
    """Show the other world; an event that only the one before tells of is put away."""
    watch.replay = watch.worlds[watch.now.world]
    if watch.now.event not in watch.replay.by_key:
        watch.now = replace(watch.now, event=None)


def told_of(watch: "Watch", sheet: str) -> Change:
    """What is supposed, or what differs because of it."""
    if not watch.supposed:
        watch.notice = say("tell.no_what_if", watch.look.language)
        return None
    return Push(premises(watch) if sheet == "premise" else watch.comparison())


def premises(watch: "Watch") -> Premises:
    """What is supposed, in full."""
    plain = watch.worlds[WORLDS[0]] if watch.worlds else watch.replay
    return Premises(supposed_in(watch.supposed, plain.game.scenario, plain.chronicle))


def compared(watch: "Watch") -> Compared:
    """Both worlds on the evening that is shown."""
    day = watch.now.day
    runs = [
        Run(key, run.game, [evening.state for evening in run.evenings])
        for key, run in sorted(watch.worlds.items(), reverse=True)
    ]
    make = watch.debrief
    stem = "-".join([watch.replay.game.scenario.id, *(what_if.id for what_if in watch.supposed)])
    debrief = (lambda language: write_debrief(make, stem, language)) if make else None
    return Compared(watch.replay.game.scenario, lambda: beside(runs, day), debrief)
