import re
from datetime import date

import numpy as np
import pytest
from tests.campaign.helpers import evenings, game_of, plan_of

from offensive_sim.engine.journal import ENTRY, Factor, Kind
from offensive_sim.views.prose import FACTOR_WORDS, day_log, day_name, heading, sentence, why

FORD, COMPANY, BLUE = 1, 1, 1


@pytest.fixture(scope="module")
def game():
    return game_of("three-towns")[0]


def entry(kind, **columns):
    row = np.zeros(1, ENTRY)[0]
    said = {"kind": kind, "place": FORD, "unit": COMPANY, "faction": BLUE, "amount": 1234, **columns}
    for name, value in said.items():
        row[name] = value
    return row


SENTENCES = {
    Kind.TRIGGERED: "The bridge at Ford is damaged.",
    Kind.APPEARED: "Red bridge company appears at Ford.",
    Kind.ARRIVED: "Red bridge company reaches Ford.",
    Kind.STRUCK: "Air strikes for Blue at Ford: 1,234.",
    Kind.REPULSED: "Red bridge company is thrown back at Ford.",
    Kind.BROKE: "Red bridge company broke at Ford; 1,234 men dispersed.",
    Kind.CONTESTED: "Ford is contested by Blue.",
    Kind.CHANGED: "Ford passes to Blue.",
    Kind.CAPTURED_STOCK: "Blue takes 1,234 vehicles and heavy weapons at Ford.",
    Kind.FLED: "1,234 people leave Ford.",
    Kind.REACHED: "1,234 displaced people find shelter at Ford.",
    Kind.RETURNED: "1,234 people come home to Ford.",
    Kind.MET: "Red bridge company meets a stronger column and turns back towards Ford.",
}


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_every_kind_of_entry_has_a_sentence(game, kind):
    said = sentence(game, entry(kind))
    names = [name for name in ("Red bridge company", "Ford", "Blue", "1,234") if name in SENTENCES[kind]]
    assert [name for name in names if name not in said] == []
    assert re.fullmatch(r"[A-Z1].*[^ ]\.", said)


def test_an_account_says_which_one_it_is(game):
    said = sentence(game, entry(Kind.TRIGGERED, unit=2))
    assert said == "The bridge at Ford is damaged: A charge brings down a span."


def test_every_factor_has_words_of_its_own():
    assert set(FACTOR_WORDS) == set(Factor)
    assert len(set(FACTOR_WORDS.values())) == len(Factor)
    assert all(FACTOR_WORDS.values())


def points(**said):
    row = np.zeros(len(Factor), np.int8)
    for name, value in said.items():
        row[Factor[name]] = value
    return row


def test_why_tells_the_largest_reasons_first_and_their_sum():
    said = why(points(BASE=50, SHOCK=-25, LUCK=-10, HOME=10))
    words = [FACTOR_WORDS[f] for f in (Factor.BASE, Factor.SHOCK, Factor.HOME, Factor.LUCK)]
    assert said == f"+50 {words[0]}, -25 {words[1]}, +10 {words[2]}, -10 {words[3]} = 25"


@pytest.mark.parametrize("seed", range(5))
def test_the_sum_that_why_shows_is_that_of_the_reasons_it_shows(seed):
    row = np.random.default_rng(seed).integers(-120, 121, len(Factor)).astype(np.int8)  # noqa: TID251 - test data
    said = why(row)
    shown = [int(number) for number in re.findall(r"(?:^|, )([+-]\d+) ", said)]
    assert sum(shown) == int(said.rpartition("= ")[2]) == int(row.sum(dtype=int))
    assert len(shown) == np.count_nonzero(row)


def test_a_day_has_a_name_in_every_locale():
    assert day_name(date(2014, 6, 6)) == "Friday 6 June"
    assert heading(game_of("three-towns")[0], 0) == "Sunday 1 June"


@pytest.fixture(scope="module")
def june():
    """June's evenings, and their logs."""
    played, _ = game_of("june-2014")
    days = evenings(played, plan_of(played, 12))[1:]
    return played, days, [day_log(played, evening.journal) for evening in days]


def test_every_break_is_told_with_its_reasons(june):
    _, days, logs = june
    for evening, log in zip(days, logs, strict=True):
        reasons = evening.journal.reasons
        whys = [line for line in log if line.startswith("  why ")]
        assert len(whys) == reasons.broke.sum()
        sums = [int(line.rpartition("= ")[2]) for line in whys]
        assert sums == reasons.points[reasons.broke].sum(axis=1, dtype=int).tolist()
    assert any(evening.journal.reasons.broke.any() for evening in days)


def test_every_change_of_control_is_told(june):
    game, days, logs = june
    for evening, log in zip(days, logs, strict=True):
        entries = evening.journal.entries()
        told = [sentence(game, row) for row in entries[entries["kind"] == Kind.CHANGED]]
        assert [line for line in told if line not in log] == []


def test_people_who_flee_are_summed_a_day(june):
    _, days, logs = june
    for evening, log in zip(days, logs, strict=True):
        entries = evening.journal.entries()
        fled = int(entries["amount"][entries["kind"] == Kind.FLED].sum())
        lines = [line for line in log if line.endswith("people leave their homes.")]
        assert lines == ([f"{fled:,} people leave their homes."] if fled else [])
