"""Two worlds beside each other, as values: people first, then control, then forces.

``compared`` builds a ``Comparison`` from the runs; the command line prints it, the tables and the debrief draw it.
Index 0 of every axis of days is the evening before the first day.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeVar

from offensive_sim.engine.axes import Floats
from offensive_sim.scenario.premise import Note
from offensive_sim.scenario.whatif import WhatIf
from offensive_sim.views.paired import Paired
from offensive_sim.views.prose import short_day

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Of every fan, in the order of its first axis."""
_SMALL: Final = 10
"""A difference below this is told with two decimals."""
About = Literal["people", "control", "forces"]


@dataclass(frozen=True)
class Asked:
    """A number that is followed through both worlds."""

    id: str
    title: str
    about: About
    expect: Literal["more", "fewer", "unsure"]
    """What the premise would lead one to expect of the what-if; ``unsure`` for numbers that are always shown."""
    outcome: bool
    """Whether the what-if asks for it; others are always shown."""


@dataclass(frozen=True)
class SourceShare:
    """How much of the spread of a result one source of uncertainty carries; shares of the variance."""

    source: Literal["luck", "rates", "opening", "accounts"]
    title: str
    first: float
    """By itself, 0 to 1 but for sampling error."""
    first_error: float
    """Standard error of ``first``."""
    total: float
    """With all that it does together with the others."""
    total_error: float


@dataclass(frozen=True)
class Spread:
    """The spread of a paired difference, split by source."""

    replicas: int
    """Replicas that were played again with one source drawn anew."""
    sources: tuple[SourceShare, ...]
    words: str


@dataclass(frozen=True)
class Followed:
    """One number in both worlds."""

    asked: Asked
    model: Floats  # (Q, D+1) quantiles over the model's runs
    what_if: Floats  # (Q, D+1) over the what-if's
    difference: Floats  # (Q, D+1) of what-if less model, pair by pair
    mean: Floats  # (3, D+1) mean of model, what-if and difference
    judged: Paired
    """The differences on the day of judgement."""
    spread: Spread | None
    """Of the difference; None where no replica was played for it, or nothing varies."""
    spread_model: Spread | None
    """Of the model itself, likewise."""
    words: str
    """The result in a sentence or two."""


@dataclass(frozen=True)
class Control:
    """Who held what, as shares of the runs."""

    places: tuple[str, ...]
    holders: tuple[str, ...]
    """Ids of holding factions, then ``contested``."""
    model: Floats  # (D+1, P, H)
    what_if: Floats  # (D+1, P, H)
    differs: Floats  # (D+1, P) share of pairs in which the two worlds show a place otherwise


@dataclass(frozen=True)
class PlaceParting:
    """A place that is shown otherwise in some pairs."""

    place: str
    share: float
    """Share of pairs in which it is at some time shown otherwise."""
    day: date
    """First evening by which it was so in half of these pairs."""


@dataclass(frozen=True)
class Parting:
    """When the two worlds part."""

    days: tuple[tuple[date, int], ...]
    """First evening on which anything followed, or any place, differs; and in how many pairs it is this one."""
    never: int
    """Pairs that never part."""
    median: date | None
    """The evening by which half of all pairs have parted; None if fewer than half do."""
    places: tuple[PlaceParting, ...]
    """Where they part, most often first."""
    words: str


@dataclass(frozen=True)
class StoryDay:
    """A day on which one pair of runs tells different things."""

    day: date
    model: tuple[str, ...]
    """Sentences of the log that only the model's run tells."""
    what_if: tuple[str, ...]
    """Sentences that only the what-if's run tells."""


@dataclass(frozen=True)
class Story:
    """One pair of runs, told where it parts: how a difference of the middling size comes about."""

    replica: int
    """The pair whose difference in the outcome lies nearest to the median of those that differ."""
    difference: int
    """Its difference in the outcome on the day of judgement."""
    days: tuple[StoryDay, ...]
    """Days up to the day of judgement on which the runs tell different things."""


@dataclass(frozen=True)
class Ran:
    """What was run, and how to run it again."""

    scenario: str
    title: str
    days: tuple[date, ...]  # (D+1)
    what_ifs: tuple[WhatIf, ...]
    """The levers pulled; none: the model as it is."""
    notes: tuple[Note, ...]
    """The premise check, warnings first."""
    seed: int
    replicas: int
    judged_on: date
    rerun: str
    """The command that gives the same files again, from the folder that holds them."""

    @property
    def judged(self) -> int:
        """The index of the day of judgement."""
        return self.days.index(self.judged_on)


@dataclass(frozen=True)
class Comparison(Ran):
    """What a comparison found."""

    followed: tuple[Followed, ...]
    """People first, then control, then forces; within each the what-if's own questions first."""
    control: Control
    parting: Parting
    story: Story | None
    """None if no pair parts."""

    @property
    def outcome(self) -> Followed:
        """The answer to the question: the first measure of the first what-if."""
        wanted = self.what_ifs[0].measures[0].id
        return next(one for one in self.followed if one.asked.id == wanted)


@dataclass(frozen=True)
class FollowedAlone:
    """One number in one world."""

    asked: Asked
    fan: Floats  # (Q, D+1) quantiles over the runs
    mean: Floats  # (D+1,)
    spread: Spread | None
    words: str


@dataclass(frozen=True)
class Outlook(Ran):
    """What an ensemble of one world found."""

    followed: tuple[FollowedAlone, ...]
    """In the order of ``Comparison.followed``."""
    places: tuple[str, ...]
    holders: tuple[str, ...]
    """As in ``Control``."""
    held: Floats  # (D+1, P, H)


_Any = TypeVar("_Any", Followed, FollowedAlone)


def in_order(followed: Sequence[_Any]) -> tuple[_Any, ...]:
    """People first, then control, then forces; what was asked before what is always shown."""
    rank = {"people": 0, "control": 1, "forces": 2}
    return tuple(sorted(followed, key=lambda one: (rank[one.asked.about], not one.asked.outcome)))


# Words


def said(asked: Asked, judged: Paired, day: date) -> str:
    """The result in words; a difference that cannot be told from none is said to be so."""
    when = f"On the evening of {short_day(day)}"
    if judged.more == judged.fewer == 0:
        return f"{when} the two worlds do not differ in {asked.title} in any of {judged.pairs} pairs."
    count = f"more in {judged.more}, fewer in {judged.fewer}, the same in {judged.same} of {judged.pairs} pairs"
    mean, low, high = (plain(value, judged) for value in (judged.mean, judged.low, judged.high))
    span = f"95 % interval {low} to {high}"
    if not judged.told_apart:
        return (
            f"{when} the difference in {asked.title} cannot be told from zero: {mean} on average "
            f"({span}); {count}.{_torn(judged)}"
        )
    turn = "more" if judged.mean > 0 else "fewer"
    found = f"{when} the what-if has {mean.lstrip('+-')} {turn} {asked.title} on average ({span}); {count}."
    if asked.expect in (turn, "unsure"):
        return found
    return f"{found} That is against what the premise would lead one to expect."


def plain(value: float, judged: Paired) -> str:
    """A signed number no finer than the interval allows: its half width to two digits."""
    half = (judged.high - judged.low) / 2
    if max(abs(judged.low), abs(judged.high)) < _SMALL:
        return f"{value:+.2f}"
    step = 10 ** max(math.floor(math.log10(half)) - 1, 0) if half >= 1 else 1
    rounded = step * round(value / step)
    return f"{rounded:+,d}" if rounded else "0"


def _torn(judged: Paired) -> str:
    """Where the mean and the count of pairs speak differently, that they do."""
    if judged.mean_apart and 0 in (judged.more, judged.fewer):
        return " All that differ do so one way, but they are too few to be sure."
    if judged.mean_apart:
        return " A few large differences make the mean; they do not show pair by pair."
    if judged.sign_apart:
        most = "more" if judged.more > judged.fewer else "fewer"
        return f" Among the pairs that differ most have {most}, but larger differences the other way outweigh them."
    return ""


def said_alone(asked: Asked, quantiles: Floats, day: date) -> str:
    """The middle and the spread in words; ``quantiles`` (Q,) as in ``QUANTILES``."""
    low, middle, high = (f"{quantiles[index]:,.0f}" for index in (0, len(QUANTILES) // 2, len(QUANTILES) - 1))
    return f"On the evening of {short_day(day)}: {middle} {asked.title}; nine runs in ten between {low} and {high}."
