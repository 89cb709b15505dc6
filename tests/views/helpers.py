"""A chronicle and runs of three towns, written out by hand: north, ford, south over ten evenings of June 2014."""

from dataclasses import replace
from datetime import date

import numpy as np
from tests.campaign.helpers import game_of

from offensive_sim.campaign.series import CONTESTED, Series
from offensive_sim.scenario.chronicle import Change, Chronicle, FailedAttack, Figure
from offensive_sim.scenario.splits import Bars, Split, Splits

NORTH, FORD, SOUTH = range(3)
RED, BLUE, BOTH = 0, 1, CONTESTED
FACTS = {"source": ("judgement",), "judgement": "Invented for a test."}


def june(day):
    return date(2014, 6, day)


def game(tuned=(1, 10), checked=None, bars=None):
    """Three towns with the splits given as first and last day of June; no bars unless given."""
    compiled, _ = game_of("three-towns")
    splits = Splits(tuned=split(tuned, bars), checked=split(checked, bars))
    return replace(compiled, scenario=compiled.scenario.model_copy(update={"splits": splits}))


def split(days, bars):
    return days and Split(first_day=june(days[0]), last_day=june(days[1]), bars=bars and Bars(**bars))


def change(place, day, to, *, held="red", uncertainty=0, confidence="high"):
    return Change.model_validate(
        {"place": place, "date": june(day), "uncertainty": uncertainty, "from": held, "to": to,
         "confidence": confidence, **FACTS}
    )  # fmt: skip


def attack(place, first, last, attacker="blue"):
    said = {"first_day": june(first), "last_day": june(last), "what": "It failed.", "confidence": "high", **FACTS}
    return FailedAttack(place=place, attacker=attacker, defender="red", **said)


def figure(day, low, high, area="national", confidence="low"):
    counts = {"value": (low + high) // 2, "low": low, "high": high}
    return Figure(date=june(day), area=area, measure="all displaced", confidence=confidence, **counts, **FACTS)


def chronicle(*changes, attacks=(), displaced=()):
    return Chronicle(changes=changes, failed_attacks=attacks, displaced=displaced)


def run(days=10, replicas=1, displaced=0, hosted=0, **turns):
    """A run that opens as the scenario does. ``ford={3: BLUE}``: blue from the third of June on; a list of dicts gives
    each replica its own. ``displaced``: persons of the hill group every evening, or {day: number}.
    """
    shown = np.tile(np.array([BLUE, RED, RED], np.int8), (replicas, days + 1, 1))
    for name, said in turns.items():
        for row, turn in enumerate(said if isinstance(said, list) else [said] * replicas):
            for day, code in turn.items():
                shown[row, day:, ("north", "ford", "south").index(name)] = code
    away = np.zeros((replicas, days + 1), np.int32)
    for day, number in (displaced if isinstance(displaced, dict) else {0: displaced}).items():
        away[:, day:] = number
    return Series(
        replicas=np.arange(replicas),
        shown=shown,
        holder=np.where(shown == BOTH, shown[:, :1], shown).astype(np.int8),
        displaced=away,
        by_governorate=np.full((replicas, days + 1, 1), hosted, np.int32),
        governorates=("Example",),
        forced=np.zeros((replicas, days + 1), np.int32),
        digest=("0" * 16,) * (days + 1),
    )
