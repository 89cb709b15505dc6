from datetime import date

import numpy as np
import pytest
from tests.campaign.helpers import game_of
from tests.views.helpers import BLUE, BOTH, RED, june

from offensive_sim.scenario.facts import Source
from offensive_sim.views.documented import history
from offensive_sim.views.known import as_reported, full_date, known_chronicle, known_from

FORD = 1


def dated(*days):
    """The three towns with sources a, b, c ... of these dates."""
    game, _ = game_of("three-towns")
    facts = {"publisher": "P", "title": "T", "kind": "k", "seen": "full"}
    sources = {key: Source(date=day, **facts) for key, day in zip("abcdef", days, strict=False)}
    return game.scenario.model_copy(update={"sources": sources})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2014-06-03", date(2014, 6, 3)),
        ("2014-06", None),
        ("2014", None),
        ("n.d.", None),
        ("undated", None),
        ("2014-06-19/26", None),
        ("20140603", None),
        ("2014-W23-1", None),
        ("2014-06 (late, exact day not seen)", None),
    ],
)
def test_only_a_full_date_is_a_date(said, expected):
    assert full_date(dated(said), "a") == expected


def test_an_unknown_source_has_no_date():
    assert full_date(dated(), "judgement") is None


@pytest.mark.parametrize(
    ("dates", "known"),
    [
        (("2014-06-05",), 5),  # reported the same day
        (("2014-06-04",), 5),  # filed before midnight
        (("2014-06-08",), 8),  # reported later
        (("2014-06-20", "2014-06-08"), 8),  # the earliest of those later
        (("2014-06-04", "2014-06-20"), 5),  # one at once, one later
        (("2015", "2014-06-08"), 8),  # a year is no date
        (("2015", "n.d."), 5),  # no full date: the row's own day stands
    ],
)
def test_a_row_is_known_from_its_day_or_its_first_dated_source(dates, known):
    scenario = dated(*dates)
    assert known_from(scenario, june(5), tuple(scenario.sources)) == june(known)


def known(day):
    game, chronicle = game_of("three-towns")
    return known_chronicle(chronicle, game.scenario, june(day))


def test_the_chronicle_grows_day_by_day():
    # The Daily is of 3 June, the Review of 2015; changes on 3 and 4, the event on 5, the attack ends on 8.
    assert [len(known(day).chronicle.changes) for day in (2, 3, 4, 10)] == [0, 1, 2, 2]
    assert [list(known(day).chronicle.events) for day in (4, 5)] == [[], ["camp-opens"]]
    assert [len(known(day).chronicle.failed_attacks) for day in (7, 8)] == [0, 1]
    assert [len(known(day).chronicle.displaced) for day in (5, 6)] == [0, 1]
    assert [len(known(day).chronicle.movements) for day in (5, 6)] == [0, 1]


def test_which_version_was_chosen_is_never_known():
    _, chronicle = game_of("three-towns")
    assert chronicle.accounts
    assert known(10).chronicle.accounts == ()


def test_triggers_say_themselves_when_they_were_known():
    both = ("commander-leaves", "bridge-damaged")
    assert [known(day).triggers for day in (3, 4, 5)] == [(), both[:1], both]


def test_the_chronicle_itself_is_not_changed():
    _, chronicle = game_of("three-towns")
    before = chronicle.model_dump_json()
    known(3)
    assert chronicle.model_dump_json() == before


def test_places_as_reported_on_a_morning():
    game, chronicle = game_of("three-towns")
    reported = [as_reported(game, chronicle, june(day)).tolist() for day in (2, 3, 4)]
    assert reported == [[BLUE, RED, RED], [BLUE, BOTH, RED], [BLUE, BLUE, RED]]


def test_late_news_of_an_earlier_change_does_not_undo_a_later_one():
    # Contested on 3 June but reported on 8 June, blue's from 4 June and reported then.
    game, chronicle = game_of("three-towns")
    first, second = chronicle.changes
    rows = (first.model_copy(update={"source": ("b",)}), second.model_copy(update={"source": ("a",)}))
    game = type(game)(dated("2014-06-04", "2014-06-08"), game.world)
    told = chronicle.model_copy(update={"changes": rows})
    assert [int(as_reported(game, told, june(day))[FORD]) for day in (3, 4, 8)] == [RED, BLUE, BLUE]


def test_in_june_news_is_late_and_in_the_end_it_is_history():
    game, chronicle = game_of("june-2014")
    for day, evening in ((10, 7), (20, 17)):
        reported = as_reported(game, chronicle, june(day))
        fact = history(game, chronicle, 27)[evening]
        assert (reported != fact).any()
    assert np.array_equal(as_reported(game, chronicle, date(2100, 1, 1)), history(game, chronicle, 200)[-1])


def test_nothing_is_known_before_it_happened():
    game, chronicle = game_of("june-2014")
    for day in (7, 12, 25):
        rows = known_chronicle(chronicle, game.scenario, june(day)).chronicle
        assert rows.changes
        assert max(row.date for row in rows.changes) <= june(day)
        assert max(row.date for row in rows.events.values()) <= june(day)
