"""A run or an ensemble judged against the chronicle, with naive rivals beside it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.series import Series, joined
from offensive_sim.engine.axes import Bytes, Floats, Longs
from offensive_sim.scenario.chronicle import Change, Chronicle, FailedAttack, Figure
from offensive_sim.scenario.splits import Bars, Split
from offensive_sim.views.documented import code, documented, history, may_hold

Verdict = Literal["on_time", "early", "late", "missed"]
GOVERNORATES: Final = {
    "gov-dahuk": ("Dohuk",),
    "gov-erbil": ("Erbil",),
    "gov-sulaymaniyah": ("Sulaymaniyah", "Halabja"),
    "gov-kirkuk": ("Kirkuk",),
    "gov-anbar": ("Anbar",),
    "gov-karbala": ("Karbala",),
    "gov-najaf": ("Najaf",),
    "kurdistan-region": ("Dohuk", "Erbil", "Sulaymaniyah", "Halabja"),
}
N_GOVERNORATES: Final = 18


@dataclass(frozen=True)
class ChangeScore:
    """One documented change and what the model made of it."""

    change: Change
    verdict: Verdict
    simulated: date | None
    share: float | None
    """Share of replicas in which it was on time; None for one replica."""


@dataclass(frozen=True)
class AttackScore:
    """One failed attack: whether it stayed failed."""

    attack: FailedAttack
    held: bool
    share: float | None


@dataclass(frozen=True)
class FigureScore:
    """One dated count of displaced people beside the model's, and beside "no movement"."""

    figure: Figure
    simulated: int
    low: int
    high: int
    unmoved: int
    equal: int | None

    @property
    def within(self) -> bool:
        """Whether the central simulated number lies in the reported range."""
        return self.figure.low <= self.simulated <= self.figure.high


@dataclass(frozen=True)
class SplitScore:
    """Everything about one stretch of days."""

    first_day: date
    last_day: date
    forced: int
    changes: tuple[ChangeScore, ...]
    attacks: tuple[AttackScore, ...]
    invented: tuple[str, ...]
    places: int
    skill: float
    skill_since_start: float
    """Skill over the documented state on the eve of the split, a harder rival."""
    brier: float | None
    displaced: tuple[FigureScore, ...]
    areas: tuple[FigureScore, ...]
    bars: Bars | None

    def counted(self, confidence: str = "all") -> dict[str, int]:
        """Verdicts counted, for one confidence or all."""
        rows = [c for c in self.changes if confidence in ("all", c.change.confidence)]
        counts = {verdict: sum(c.verdict == verdict for c in rows) for verdict in get_args(Verdict)}
        return {**counts, "total": len(rows)}

    @property
    def held(self) -> int:
        """Failed attacks that stayed failed."""
        return sum(attack.held for attack in self.attacks)

    def bar_met(self) -> bool:
        """Whether every declared bar is reached and nothing was forced."""
        if self.bars is None:
            return self.forced == 0
        high, every = self.counted("high"), self.counted()
        reached = (
            (high["on_time"], self.bars.on_time_high * high["total"]),
            (every["on_time"], self.bars.on_time_all * every["total"]),
            (self.held, self.bars.failed_attacks * len(self.attacks)),
            (self.bars.invented * self.places, len(self.invented)),
            (self.skill, self.bars.skill),
        )
        return self.forced == 0 and all(got >= need for got, need in reached)


@dataclass(frozen=True)
class Scorecard:
    """Both splits; a split without days is None."""

    tuned: SplitScore | None
    checked: SplitScore | None

    @property
    def bar_met(self) -> bool:
        """Whether every split with days reaches its bars."""
        return all(split.bar_met() for split in (self.tuned, self.checked) if split)


def score(game: Game, chronicle: Chronicle, series: Series, ensemble: Series | None = None) -> Scorecard:
    """Judge every day that was played: verdicts on the first replica of ``series``.

    Shares of replicas, Brier scores and bands are those of ``ensemble``, or of ``series`` itself if it has several.
    """
    judge = _Judge(game, chronicle, joined([series, ensemble]) if ensemble else series)
    judge.sample = slice(len(series.replicas) if ensemble else 0, None)
    splits = game.scenario.splits
    return Scorecard(tuned=judge.split(splits.tuned), checked=judge.split(splits.checked))


class _Judge:
    def __init__(self, game: Game, chronicle: Chronicle, series: Series) -> None:
        self.game, self.chronicle, self.series = game, chronicle, series
        self.sample = slice(0, None)
        self.first = game.world.first_day
        self.n_days = series.shown.shape[1] - 1
        self.place = {name: i for i, name in enumerate(game.world.places.ids)}
        self.history = history(game, chronicle, self.n_days)
        self.matches = [self._matched(row) for row in range(len(series.replicas))]

    def split(self, split: Split | None) -> SplitScore | None:
        last_played = self.first + timedelta(days=self.n_days - 1)
        if split is None or split.first_day > last_played:
            return None
        last = min(split.last_day, last_played)
        days = slice((split.first_day - self.first).days + 1, (last - self.first).days + 2)
        many = len(self.series.replicas) > 1
        return SplitScore(
            first_day=split.first_day,
            last_day=last,
            forced=int(self.series.forced[:, days].sum()),
            changes=self._changes(split.first_day, last, many=many),
            attacks=self._attacks(split.first_day, last, many=many),
            invented=self._invented(days),
            places=int(documented(self.game).sum()),
            skill=self._skill(days, self.history[0]),
            skill_since_start=self._skill(days, self.history[days.start - 1]),
            brier=self._brier(days) if many else None,
            displaced=self._figures(split.first_day, last, national=True),
            areas=self._figures(split.first_day, last, national=False),
            bars=split.bars,
        )

    def _matched(self, row: int) -> dict[int, int]:
        """For each change (by position) the evening on which the model made it: nearest pairs first, each used once."""
        shown = self.series.shown[row]
        taken: dict[int, int] = {}
        by_place: dict[str, list[int]] = {}
        for number, change in enumerate(self.chronicle.changes):
            by_place.setdefault(change.place, []).append(number)
        for name, numbers in by_place.items():
            column = shown[:, self.place[name]]
            turns = np.flatnonzero(np.diff(column)) + 1
            pairs = [
                (abs(int(turn) - self._due(number)), number, int(turn))
                for number in numbers
                for turn in turns
                if column[turn] == code(self.game, self.chronicle.changes[number].to)
            ]
            used: set[int] = set()
            for _, number, turn in sorted(pairs):
                if number not in taken and turn not in used:
                    taken[number] = turn
                    used.add(turn)
        return taken

    def _due(self, number: int) -> int:
        """The evening of a documented change."""
        return (self.chronicle.changes[number].date - self.first).days + 1

    def _verdict(self, number: int, row: int) -> tuple[Verdict, date | None]:
        change = self.chronicle.changes[number]
        evening = self.matches[row].get(number)
        if evening is None:
            return "missed", None
        simulated = self.first + timedelta(days=evening - 1)
        late = (simulated - change.date).days
        if abs(late) <= max(1, change.uncertainty):
            return "on_time", simulated
        return ("late" if late > 0 else "early"), simulated

    def _changes(self, first: date, last: date, *, many: bool) -> tuple[ChangeScore, ...]:
        scores = []
        for number, change in enumerate(self.chronicle.changes):
            if not first <= change.date <= last:
                continue
            verdict, simulated = self._verdict(number, 0)
            rows = range(len(self.series.replicas))[self.sample]
            share = np.mean([self._verdict(number, row)[0] == "on_time" for row in rows]) if many else None
            scores.append(ChangeScore(change, verdict, simulated, None if share is None else float(share)))
        return tuple(scores)

    def _attacks(self, first: date, last: date, *, many: bool) -> tuple[AttackScore, ...]:
        """Held: the attacker does not hold the place on any evening of the attack, nor on the day after."""
        scores = []
        for attack in self.chronicle.failed_attacks:
            if not first <= attack.first_day <= last:
                continue
            start = (attack.first_day - self.first).days + 1
            end = min((attack.last_day - self.first).days + 2, self.n_days)
            window = self.series.shown[:, start : end + 1, self.place[attack.place]]
            before = self.history[start - 1, self.place[attack.place]]
            attacker = code(self.game, attack.attacker)
            may_be_lost = may_hold(self.game, self.chronicle, self.n_days, (attack.place, attacker))
            lost = ((window == attacker) & ~may_be_lost[None, start : end + 1]).any(axis=1) & (before != attacker)
            scores.append(AttackScore(attack, not lost[0], float(1 - lost[self.sample].mean()) if many else None))
        return tuple(scores)

    def _invented(self, days: slice) -> tuple[str, ...]:
        """Documented places that change hands in the model and never did."""
        holder = self.series.holder[0]
        changes = (holder[days] != holder[days.start - 1][None, :]).any(axis=0)
        never = np.ones(len(self.place), np.bool_)
        never[[self.place[c.place] for c in self.chronicle.changes]] = False
        ids = self.game.world.places.ids
        return tuple(ids[p] for p in np.flatnonzero(changes & never & documented(self.game)))

    def _moved(self) -> Longs:
        """Places that changed hands at least once in the days played."""
        return np.flatnonzero((self.history != self.history[0]).any(axis=0))

    def _skill(self, days: slice, rival: Bytes) -> float:
        moved = self._moved()
        truth = self.history[days][:, moved]
        wrong = (self.series.shown[0, days][:, moved] != truth).sum()
        rival_wrong = (rival[moved][None, :] != truth).sum()
        return float(1.0 - wrong / max(rival_wrong, 1))

    def _brier(self, days: slice) -> float:
        moved = self._moved()
        truth = self.history[days][:, moved]
        shown = self.series.shown[self.sample, days][:, :, moved]
        codes = np.unique(np.concatenate([np.unique(shown), np.unique(truth)]))
        parts: list[Floats] = [((shown == c).mean(axis=0) - (truth == c)) ** 2 for c in codes]
        return float(np.sum(parts, axis=0).mean())

    def _figures(self, first: date, last: date, *, national: bool) -> tuple[FigureScore, ...]:
        chosen = [f for f in self.chronicle.displaced if first <= f.date <= last and f.confidence]
        if national:
            chosen = [f for f in chosen if f.area == "national"]
        else:
            chosen = [f for f in chosen if f.area in GOVERNORATES]
        return tuple(self._figure(f) for f in chosen)

    def _figure(self, figure: Figure) -> FigureScore:
        evening = (figure.date - self.first).days + 1
        national = figure.area == "national"
        total = int(self.series.displaced[0, evening])
        equal = None if national else int(total * len(GOVERNORATES[figure.area]) / N_GOVERNORATES)
        away = self.series.displaced.astype(np.int64) if national else self._hosted(GOVERNORATES[figure.area])
        today = away[:, evening]
        return FigureScore(
            figure=figure,
            simulated=int(today[0]),
            low=int(np.quantile(today[self.sample], 0.05, method="lower")),
            high=int(np.quantile(today[self.sample], 0.95, method="higher")),
            unmoved=int(away[0, 0]),
            equal=equal,
        )

    def _hosted(self, governorates: tuple[str, ...]) -> Longs:
        columns = [i for i, name in enumerate(self.series.governorates) if name in governorates]
        return self.series.by_governorate[:, :, columns].sum(axis=2, dtype=np.int64)
