"""The blocks of a finished run become a ``Comparison``, or an ``Outlook`` where one world was played."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from offensive_sim.campaign.measuring import ABOUT
from offensive_sim.campaign.pairs import TOGETHER
from offensive_sim.campaign.sources import PURPOSES
from offensive_sim.campaign.study import Merged, Study
from offensive_sim.engine.axes import Floats, Ints, Longs
from offensive_sim.scenario.premise import premise_notes
from offensive_sim.scenario.whatif import Measure
from offensive_sim.views.comparison import (
    QUANTILES,
    Asked,
    Comparison,
    Control,
    Followed,
    FollowedAlone,
    Outlook,
    Parting,
    PlaceParting,
    Ran,
    Spread,
    in_order,
    said,
    said_alone,
)
from offensive_sim.views.pair_story import told
from offensive_sim.views.paired import paired
from offensive_sim.views.prose import short_day
from offensive_sim.views.spread import split

RERUN = "offensive-sim rerun manifest.json --out again"
CONTESTED = "contested"


@dataclass(frozen=True)
class _Columns:
    """Sums over all runs for every measure and day; K = M (D+1)."""

    quantiles: Floats  # (W+1, Q, K) of each world, and of the difference
    mean: Floats  # (W+1, K)


def judged_on(study: Study) -> date:
    """The day of judgement: that of the first what-if, or the last day."""
    last = study.scenario.last_day
    return min(study.what_ifs[0].judged_on, last) if study.what_ifs else last


def compared(merged: Merged) -> Comparison:
    """A finished comparison as a value."""
    study = merged.study
    day = judged_on(study)
    columns = _columns(merged)
    evening = study.evenings.index(day)
    at = merged.evening(evening)  # (W, M, N)
    shares = _spreads(merged, at, evening)
    n = study.days + 1
    followed = []
    for number, measure in enumerate(study.measures):
        asked, here = _asked(study, measure), slice(number * n, (number + 1) * n)
        result = paired(at[0, number].astype(np.int64), at[1, number].astype(np.int64))
        followed.append(
            Followed(
                asked=asked,
                model=columns.quantiles[0, :, here],
                what_if=columns.quantiles[1, :, here],
                difference=columns.quantiles[2, :, here],
                mean=columns.mean[:, here],
                judged=result,
                spread=shares[number][0],
                spread_model=shares[number][1],
                words=said(asked, result, day),
            )
        )
    return Comparison(
        **vars(_ran(study)),
        followed=in_order(followed),
        control=_control(merged),
        parting=_parting(merged),
        story=told(study, merged.parted, at[:, 0].astype(np.int64), evening),
    )


def outlook(merged: Merged) -> Outlook:
    """A finished ensemble of one world as a value."""
    study = merged.study
    day = judged_on(study)
    columns = _columns(merged)
    evening = study.evenings.index(day)
    shares = _spreads(merged, merged.evening(evening), evening)
    n = study.days + 1
    followed = []
    for number, measure in enumerate(study.measures):
        asked, here = _asked(study, measure), slice(number * n, (number + 1) * n)
        fan = columns.quantiles[0, :, here]
        words = said_alone(asked, fan[:, evening], day)
        followed.append(FollowedAlone(asked, fan, columns.mean[0, here], shares[number][1], words))
    held = merged.held[0] / study.replicas
    return Outlook(
        **vars(_ran(study)),
        followed=in_order(followed),
        places=tuple(study.scenario.places),
        holders=_holders(study),
        held=held,
    )


def _ran(study: Study) -> Ran:
    return Ran(
        scenario=study.scenario.id,
        title=study.scenario.title,
        days=study.evenings,
        what_ifs=study.what_ifs,
        notes=premise_notes(study.what_ifs, study.scenario),
        seed=study.seed,
        replicas=study.replicas,
        judged_on=judged_on(study),
        rerun=RERUN,
    )


def _asked(study: Study, measure: Measure) -> Asked:
    asks = any(measure.id == one.id for what_if in study.what_ifs for one in what_if.measures)
    return Asked(measure.id, measure.title, ABOUT[measure.kind], measure.expect, asks)


def _columns(merged: Merged) -> _Columns:
    parts = []
    for _, values in merged.pieces():
        every = values if len(values) == 1 else np.concatenate([values, values[1:] - values[:1]])
        quantiles = np.quantile(every, QUANTILES, axis=2)  # (Q, W+1, k)
        parts.append((np.moveaxis(quantiles, 0, 1), every.mean(axis=2)))
    return _Columns(
        np.concatenate([quantiles for quantiles, _ in parts], axis=2),
        np.concatenate([mean for _, mean in parts], axis=1),
    )


def _spreads(merged: Merged, at: Ints, evening: int) -> list[tuple[Spread | None, Spread | None]]:
    """For each measure: the split of the difference, if two worlds were played, and that of the model."""
    n = merged.study.split
    if not n:
        return [(None, None)] * len(merged.study.measures)
    redrawn = {source: merged.evening(evening, source).astype(np.float64) for source in PURPOSES}
    whole = at[:, :, : 2 * n].astype(np.float64)
    found = []
    for number in range(len(merged.study.measures)):
        model = split(
            whole[0, number, :n], whole[0, number, n:], {source: one[0, number] for source, one in redrawn.items()}
        )
        difference = None
        if len(whole) > 1:
            gap = whole[1, number] - whole[0, number]
            gaps = {source: one[1, number] - one[0, number] for source, one in redrawn.items()}
            difference = split(gap[:n], gap[n:], gaps)
        found.append((difference, model))
    return found


def _holders(study: Study) -> tuple[str, ...]:
    factions = study.changed.world.factions
    return (*factions.ids[: factions.n_sides], CONTESTED)


def _control(merged: Merged) -> Control:
    study = merged.study
    held = merged.held / study.replicas
    return Control(
        places=tuple(study.scenario.places),
        holders=_holders(study),
        model=held[0],
        what_if=held[1],
        differs=merged.differs / study.replicas,
    )


# When they part


def _parting(merged: Merged) -> Parting:
    study = merged.study
    evenings = study.evenings
    numbers, counts = np.unique(merged.parted[merged.parted != TOGETHER], return_counts=True)
    days = tuple((evenings[number], int(count)) for number, count in zip(numbers, counts, strict=True))
    running = np.cumsum(counts)
    median = next((day for (day, _), sum_ in zip(days, running, strict=True) if 2 * sum_ >= study.replicas), None)
    places = _places(merged, study.replicas)
    return Parting(days, merged.together, median, places, _told(study, days, merged.together, median, places))


def _places(merged: Merged, pairs: int) -> tuple[PlaceParting, ...]:
    ever: Longs = merged.ever
    found = []
    for number, name in enumerate(merged.study.scenario.places):
        last = int(ever[-1, number])
        if last:
            half = int(np.argmax(2 * ever[:, number] >= last))
            found.append(PlaceParting(name, last / pairs, merged.study.evenings[half]))
    return tuple(sorted(found, key=lambda one: (-one.share, one.day, one.place)))


def _told(
    study: Study, days: tuple[tuple[date, int], ...], never: int, median: date | None, places: tuple[PlaceParting, ...]
) -> str:
    if not days:
        return "The two worlds never part."
    first = days[0][0]
    count = study.replicas - never
    half = f"by the evening of {short_day(median)} half of all pairs have" if median else "fewer than half do"
    names = [study.scenario.places[one.place].name for one in places[:3]]
    where = f" Most often otherwise: {', '.join(names)}." if names else ""
    return f"The two worlds part in {count} of {study.replicas} pairs, first on {short_day(first)}; {half}.{where}"

