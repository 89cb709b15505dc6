"""Runs side by side on one evening: people first, then control, then forces, and the day on which they part.

One run of each, on the same chance: this says what happened in these runs. What a what-if changes beyond chance is
asked of many pairs (``comparison.py``).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.measuring import ABOUT, Evening, followed, meters
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.engine.axes import Ints
from offensive_sim.engine.state import State
from offensive_sim.scenario.whatif import Measure, MenPresent
from offensive_sim.views.board import BOTH, shown_in

_MOST_SHELTERS: Final = 6
"""Places whose displaced people are told of."""


@dataclass(frozen=True)
class Run:
    """One run, as far as it has come."""

    key: str
    """``game``, ``as_it_happened``, ``what_if``, or ``unplayed``: the what-if of a game under history's orders."""
    game: Game
    evenings: Sequence[State]


@dataclass(frozen=True)
class Number:
    """Something counted, in each run."""

    title: str
    values: tuple[int, ...]
    place: str = ""
    """Where, if it is about one place."""

    @property
    def differs(self) -> bool:
        """Whether the runs disagree."""
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class Held:
    """A place that the runs show otherwise."""

    place: str
    shown: tuple[str, ...]
    """Holder in each run, or ``contested``."""


@dataclass(frozen=True)
class Beside:
    """What differs."""

    evening: date
    keys: tuple[str, ...]
    people: tuple[Number, ...]
    shelters: tuple[Number, ...]
    """Displaced people at the places where the runs differ most."""
    control: tuple[Number, ...]
    places: tuple[Held, ...]
    """Held otherwise in some run, the largest first."""
    forces: tuple[Number, ...]
    parts: tuple[date | None, ...]
    """First evening on which the map of the first run is otherwise than that of each other; None: not yet."""


def beside(runs: Sequence[Run], day: int, units: Collection[str] | None = None) -> Beside:
    """The evening after so many days; men are counted where all units meant are among ``units``, if that is given."""
    scenario = next((run.game.scenario for run in runs if run.game.what_ifs), runs[0].game.scenario)
    asked = [measure for run in runs for what_if in run.game.what_ifs for measure in what_if.measures]
    measures = followed(scenario, list({one.id: one for one in asked}.values()))
    states = [run.evenings[day] for run in runs]
    counted = [_values(run.game, state, measures) for run, state in zip(runs, states, strict=True)]
    numbers = list(zip(measures, zip(*counted, strict=True), strict=True))

    def about(what: str) -> tuple[Number, ...]:
        return tuple(
            Number(one.title, tuple(values))
            for one, values in numbers
            if ABOUT[one.kind] == what and _may_be_told(runs[0].game, one, units)
        )

    return Beside(
        evening=runs[0].game.world.first_day + timedelta(days=day - 1),
        keys=tuple(run.key for run in runs),
        people=about("people"),
        shelters=_shelters(runs[0].game, states),
        control=about("control"),
        places=_places(runs[0].game, states),
        forces=about("forces"),
        parts=tuple(_parts_on(runs[0], other, day) for other in runs[1:]),
    )


def apart(one: State, other: State) -> bool:
    """Whether a map would show two evenings otherwise: places, displaced people, formations or their men."""
    return not all(np.array_equal(a, b) for a, b in zip(_seen(one), _seen(other), strict=True))


def _seen(state: State) -> list[np.ndarray]:
    return [shown_in(state), state.unit_place, state.men, state.sheltered + state.moving]


def _parts_on(run: Run, other: Run, day: int) -> date | None:
    pairs = zip(run.evenings[: day + 1], other.evenings[: day + 1], strict=True)
    number = next((at for at, (mine, theirs) in enumerate(pairs) if apart(mine, theirs)), None)
    return None if number is None else run.game.world.first_day + timedelta(days=number - 1)


def _values(game: Game, state: State, measures: Sequence[Measure]) -> list[int]:
    evening = Evening(game.world, state)
    return [int(meter.read(evening)[0]) for meter in meters(game, measures)]


def _may_be_told(game: Game, measure: Measure, units: Collection[str] | None) -> bool:
    """Whether a seat knows the men that are counted: while a game is played, only its own."""
    if units is None or not isinstance(measure, MenPresent):
        return True
    (meter,) = meters(game, [measure])
    ids = game.world.units.ids
    return all(ids[number] in units for number in np.flatnonzero(meter.units))


def _shelters(game: Game, states: Sequence[State]) -> tuple[Number, ...]:
    there: Ints = np.stack([(s.sheltered[0] + s.moving[0]).sum(axis=0) for s in states])
    gap = there.max(axis=0) - there.min(axis=0)
    most = sorted(np.flatnonzero(gap).tolist(), key=lambda place: (-gap[place], place))[:_MOST_SHELTERS]
    ids = game.world.places.ids
    return tuple(Number("", tuple(int(n) for n in there[:, place]), ids[place]) for place in most)


def _places(game: Game, states: Sequence[State]) -> tuple[Held, ...]:
    shown = np.stack([shown_in(state) for state in states])
    ids, names = game.world.places.ids, game.world.factions.ids
    residents = [place.people.value if place.people else 0 for place in game.scenario.places.values()]
    differ = np.flatnonzero((shown != shown[0]).any(axis=0)).tolist()
    return tuple(
        Held(ids[place], tuple(BOTH if code == CONTESTED else names[code] for code in shown[:, place].tolist()))
        for place in sorted(differ, key=lambda place: (-residents[place], place))
    )
