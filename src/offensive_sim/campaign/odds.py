"""What may happen in the next days: one morning played many times over, each time on other luck.

Every replica starts from the same morning; the rules' numbers are drawn within their ranges, and chance is that of
replicas no game plays. The same replicas meet the same luck whatever is ordered, so that two previews differ by the
order alone. The other sides follow their documented orders: nobody had such a glass that morning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.levers import is_lever
from offensive_sim.campaign.opening import rates
from offensive_sim.campaign.session import Session
from offensive_sim.engine.axes import NOBODY, Floats
from offensive_sim.engine.dice import Dice
from offensive_sim.engine.journal import Factor, Reasons
from offensive_sim.engine.orders import Order
from offensive_sim.engine.state import State
from offensive_sim.engine.turn import play_day
from offensive_sim.errors import SimError

FIRST_REPLICA: Final = 1_000_000
"""Previews use replicas from this number on; games and ensembles stay below."""


class Share(NamedTuple):
    """Whole per cents that make 100."""

    held: int
    """The seat's side, or one it does not fight, holds it and nobody else is inside."""
    contested: int
    lost: int
    """An enemy holds it."""


@dataclass(frozen=True)
class UnitTest:
    """A unit that is tested at the goal in some replicas."""

    unit: str
    tested: int
    """Replicas in which it is tested there at least once."""
    breaks: int
    """Of these, replicas in which it breaks there."""
    factors: tuple[tuple[Factor, float], ...]
    """Signed points, mean over its tests there, largest first; they add up to its mean nerve."""


@dataclass(frozen=True)
class Odds:
    """What became of the morning in the replicas."""

    days: int
    replicas: int
    changes: tuple[tuple[str, int], ...]
    """Places whose holder is another after these days, and in how many replicas; most first."""
    place: str | None
    """The goal, or the place asked about."""
    share: Share | None
    """What becomes of that place."""
    tests: tuple[UnitTest, ...]
    """Units tested at that place, those tested most first."""

    def runs(self, count: int) -> str:
        """A count as a reader is told it: ``37 of 64 runs (about 58 %)``."""
        return f"{count} of {self.replicas} runs (about {round(100 * count / self.replicas)} %)"


def preview(
    session: Session,
    order: Order | Sequence[Order] | None = None,
    days: int = 3,
    replicas: int = 64,
    *,
    place: str | None = None,
) -> Odds:
    """Play the next days in many replicas with today's orders, and with those that are asked about.

    ``place`` asks about a place when there is no order, or about another than its goal.

    Raises:
        SimError: if the order cannot be given today; says why.
    """
    asked_for = (order,) if isinstance(order, Order) else tuple(order or ())
    if wrong := [why for one in asked_for for why in session.problems(one)]:
        raise SimError("; ".join(wrong))
    game, numbers = session.game, FIRST_REPLICA + np.arange(replicas)
    days = min(days, game.world.n_days - session.day)
    dice = Dice(session.seed, numbers)
    drawn = rates(game, dice, spread=True)
    leader = session.player.with_orders({**session.standing, **{one.unit: one for one in asked_for}})
    asked = place or _place_of(session, asked_for[0] if asked_for else None)
    state, found = broadcast(session.state, replicas), []
    for _ in range(days):
        orders = leader.decide(game.world, state.readonly(), dice)
        state, journal = play_day(game.world, drawn, state, orders, dice, tell=False)
        found.append(journal.reasons)
    at = game.world.places.ids.index(asked) if asked else NOBODY
    return Odds(
        days=days,
        replicas=replicas,
        changes=_changes(game, session.state, state),
        place=asked,
        share=_share(game, session, state, at) if asked else None,
        tests=_tests(game, [r for r in found if r is not None], at) if asked and found else (),
    )


def broadcast(state: State, replicas: int) -> State:
    """The first replica's state, as many times over."""
    return state.repeated(replicas)


def _place_of(session: Session, order: Order | None) -> str | None:
    """The goal of an order, or where a unit that stays stands."""
    if order is None:
        return None
    if order.goal is not None:
        return order.goal
    world = session.game.world
    if is_lever(order.unit):
        return None
    at = int(session.state.unit_place[0, world.units.ids.index(order.unit)])
    return world.places.ids[at] if at >= 0 else None


def _changes(game: Game, before: State, after: State) -> tuple[tuple[str, int], ...]:
    count = (after.control != before.control[:1]).sum(axis=0)
    order = sorted(np.flatnonzero(count), key=lambda p: (-count[p], p))
    return tuple((game.world.places.ids[p], int(count[p])) for p in order)


def _share(game: Game, session: Session, state: State, place: int) -> Share:
    """From the seat's side; a watcher's is that of this morning's holder."""
    world = game.world
    factions = session.seat.factions
    side = world.factions.side[world.factions.ids.index(factions[0])] if factions else session.state.control[0, place]
    inside = state.contested_by[:, place] != NOBODY
    enemy = world.factions.hostile[side, state.control[:, place]] & ~inside
    return percentages(int((~inside & ~enemy).sum()), int(inside.sum()), int(enemy.sum()))


def percentages(held: int, contested: int, lost: int) -> Share:
    """Counts as whole per cents that make 100, by largest remainder."""
    counts = (held, contested, lost)
    total = sum(counts)
    if not total:
        return Share(0, 0, 0)
    whole = [100 * count // total for count in counts]
    rest = sorted(range(3), key=lambda i: (-(100 * counts[i] % total), i))
    for i in rest[: 100 - sum(whole)]:
        whole[i] += 1
    return Share(*whole)


def _tests(game: Game, days: list[Reasons], place: int) -> tuple[UnitTest, ...]:
    """The tests at a place over all days and replicas, a line a unit."""
    here = [reasons.place == place for reasons in days]
    unit, row, broke, points = (
        np.concatenate([getattr(r, name)[at] for r, at in zip(days, here, strict=True)])
        for name in ("unit", "row", "broke", "points")
    )
    tests = []
    for one in np.unique(unit):
        mine = unit == one
        tests.append(
            UnitTest(
                unit=game.world.units.ids[one],
                tested=len(np.unique(row[mine])),
                breaks=len(np.unique(row[mine & broke])),
                factors=_ranked(points[mine].mean(axis=0, dtype=np.float64)),
            )
        )
    return tuple(sorted(tests, key=lambda t: (-t.tested, -t.breaks, t.unit)))


def _ranked(points: Floats) -> tuple[tuple[Factor, float], ...]:
    order = sorted((f for f in Factor if points[f]), key=lambda f: (-abs(points[f]), f))
    return tuple((f, float(points[f])) for f in order)
