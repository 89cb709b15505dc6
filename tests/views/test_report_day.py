from datetime import date

import numpy as np
import pytest
from tests.campaign.helpers import game_of

from offensive_sim.campaign.odds import UnitTest, preview
from offensive_sim.campaign.session import Session
from offensive_sim.engine.journal import Factor, Kind
from offensive_sim.engine.orders import Order
from offensive_sim.views.documented import documented, history
from offensive_sim.views.factors import FEW, Line, Tells, factors_of, mean_factors, nerve_of, place_of_event
from offensive_sim.views.report_day import day_report, ending, report_of

CTS = "cts-1isof"


@pytest.fixture(scope="module")
def june():
    session = Session(game_of("june-2014")[0], "baghdad", 2014)
    while session.can_end:
        session.end_day()
    return session


@pytest.fixture(scope="module")
def reports(june):
    return [report_of(june, day) for day in range(june.day)]


def every(lines):
    for line in lines:
        yield line
        yield from every(line.details)


# People first


def test_people_are_counted_to_the_last_one(june, reports):
    for report in reports:
        left = sum(line.amount for line in report.lines(Tells.LEFT))
        assert left == report.totals.left_home
        before, after = june.at(report.day), june.at(report.day + 1)
        home = sum(line.amount for line in report.lines(Tells.WENT_HOME))
        assert left - home == int(before.at_home.sum() - after.at_home.sum())
        assert report.totals.displaced - report.totals.displaced_before == left - home
        net = sum(line.amount for line in report.lines(Tells.SHELTER))
        net -= sum(line.amount for line in report.lines(Tells.MOVED_ON))
        assert net == int(after.sheltered.sum() - before.sheltered.sum())
        assert report.totals.sheltered + report.totals.moving == report.totals.displaced
    assert max(report.totals.left_home for report in reports) > 100_000


def test_people_stand_first_in_a_report_and_most_come_first(reports):
    report = max(reports, key=lambda r: r.totals.left_home)
    assert report.lines()[0].tells is Tells.LEFT
    told = [line.amount for line in report.lines(Tells.LEFT)]
    assert told[:-1] == sorted(told[:-1], reverse=True)
    assert min(told[:-1]) >= FEW or len(told) == 1


def test_communities_of_those_who_left_add_up(reports):
    lines = [line for report in reports for line in report.people if line.details]
    assert len(lines) > 50
    assert all(sum(part.amount for part in line.details) == line.amount for line in lines)


# Every line can be flown to


def test_every_line_has_a_place_on_the_map(june, reports):
    places = set(june.game.world.places.ids)
    assert {line.place for report in reports for line in every(report.lines())} <= places


def test_a_report_can_be_filtered_by_kind(reports):
    report = reports[5]
    assert report.kinds()[0] is Tells.LEFT
    assert all(line.tells is Tells.BROKE for line in report.lines(Tells.BROKE))
    parts = [report.lines(kind) for kind in report.kinds()]
    assert sum(len(part) for part in parts) == len(report.lines())
    assert report.date == date(2014, 6, 9)


# Control and its reasons


def test_every_change_of_control_is_told_once(june, reports):
    ids = june.game.world.places.ids
    for report in reports:
        changed = june.at(report.day).control[0] != june.at(report.day + 1).control[0]
        told = sorted(line.place for line in report.lines(Tells.CHANGED))
        assert told == sorted(ids[p] for p in np.flatnonzero(changed))


def test_the_fall_of_a_town_keeps_its_reasons(june, reports):
    line = next(li for report in reports for li in report.lines(Tells.CHANGED) if li.place == "mosul-west")
    assert "passes to ISIS" in line.text
    assert "broke there" in line.text
    broken = [part for part in line.details if part.tells is Tells.BROKE]
    assert broken
    assert line.details[: len(broken)] == tuple(broken)
    assert line.factors == broken[0].factors
    assert len(line.factors) > 3


def test_units_that_broke_stand_before_those_that_stood(reports):
    mixed = 0
    for report in reports:
        for line in report.control:
            kinds = [part.tells for part in line.details]
            assert kinds == sorted(kinds, key=lambda kind: kind is Tells.STOOD)
            mixed += len(set(kinds)) > 1
    assert mixed


def test_a_town_that_nobody_held_says_so(june, reports):
    line = next(li for report in reports for li in report.lines(Tells.CHANGED) if "none of its" in li.text)
    assert not any(part.tells is Tells.BROKE for part in line.details)


def test_contested_places_are_told_and_their_end_too(june, reports):
    ids = june.game.world.places.ids
    for report in reports:
        before, after = june.at(report.day), june.at(report.day + 1)
        newly = (before.contested_by[0] != after.contested_by[0]) & (after.contested_by[0] >= 0)
        assert {line.place for line in report.lines(Tells.CONTESTED)} == {ids[p] for p in np.flatnonzero(newly)}
        over = (before.contested_by[0] >= 0) & (after.contested_by[0] < 0)
        over &= before.control[0] == after.control[0]
        assert {line.place for line in report.lines(Tells.SETTLED)} == {ids[p] for p in np.flatnonzero(over)}


# Forces


def test_units_that_broke_keep_the_sum_that_broke_them(june, reports):
    seen = 0
    for report in reports:
        journal = june.journals[report.day]
        for line in report.forces:
            if line.tells in (Tells.BROKE, Tells.STOOD):
                unit = june.game.world.units.ids.index(line.unit)
                at = np.flatnonzero(journal.reasons.unit == unit)[0]
                assert nerve_of(line.factors) == int(journal.reasons.points[at].sum(dtype=int))
                assert bool(journal.reasons.broke[at]) == (line.tells is Tells.BROKE)
                seen += 1
    assert seen > 100


def test_every_row_about_forces_is_told(june, reports):
    kinds = (Kind.BROKE, Kind.REPULSED, Kind.MET, Kind.STRUCK, Kind.CAPTURED_STOCK, Kind.APPEARED, Kind.ARRIVED)
    for report in reports:
        rows = june.journals[report.day].entries()
        told = [line for line in report.forces if line.tells is not Tells.STOOD]
        assert len(told) == int(np.isin(rows["kind"], kinds).sum())


def test_events_lead_to_where_they_act(june, reports):
    lines = {line.event: line for report in reports for line in report.events}
    assert lines["mosul-curfew"].place == "mosul-east"
    assert lines["mosul-curfew"].text == "Curfew in Mosul."
    assert set(lines) <= set(june.game.scenario.triggers)


def test_every_trigger_has_a_place():
    game, _ = game_of("summer-2014")
    state = Session(game, "watch", 1).state
    assert {place_of_event(game, state, key) for key in game.scenario.triggers} <= set(game.scenario.places)


def test_a_report_of_another_day_is_of_that_day(june, reports):
    assert day_report(june.game, june.at(3), june.at(4), june.journals[3]) == reports[3]
    assert [report.day for report in reports] == list(range(27))


# Factors


def test_factors_are_signed_and_largest_first(june):
    journal = june.journals[5]
    unit = june.game.world.units.ids[journal.reasons.unit[0]]
    lines = factors_of(june.game, journal, unit)
    points = journal.reasons.points[0]
    assert {line.factor: line.points for line in lines} == {f: int(points[f]) for f in Factor if points[f]}
    assert [abs(line.points) for line in lines] == sorted((abs(line.points) for line in lines), reverse=True)
    assert lines[0].words == "starting point"


def test_a_unit_that_was_not_tested_has_no_factors(june):
    assert factors_of(june.game, june.journals[0], "isis-mosul-cells") == ()


def test_mean_factors_are_whole_points():
    test = UnitTest("x", 64, 3, ((Factor.BASE, 49.6), (Factor.LUCK, -0.4), (Factor.SHOCK, -12.5)))
    lines = [(line.points, line.words) for line in mean_factors(test)]
    assert lines == [(50, "starting point"), (-12, "others have broken")]


def test_previews_can_be_explained():
    session = Session(game_of("june-2014")[0], "baghdad", 2014)
    for _ in range(5):
        session.end_day()
    tests = preview(session, days=1, replicas=8, place="mosul-west").tests
    assert all(mean_factors(test) for test in tests)


# The end


def test_the_end_is_about_people_first_and_boasts_of_nothing(june):
    end = ending(june, game_of("june-2014")[1])
    assert end.date == date(2014, 6, 30)
    assert end.people[0].amount == int(june.state.displaced().sum())
    assert "Of people at home in Iraq" in end.people[2].text
    assert "counted in fact on 2014-06-27: 1,200,000 (900,000 to 1,300,000" in end.people[2].text
    text = " ".join(line.text for line in (*end.people, *end.control, *end.forces)).lower()
    boasts = ("victor", "won", "win", "lost", "defeat", "score", "triumph", "success", "enemy", "liberat")
    assert not [word for word in boasts if f" {word}" in text]


def test_the_end_compares_places_that_have_a_source(june):
    game, chronicle = game_of("june-2014")
    end = ending(june, chronicle)
    sourced = documented(game)
    codes = history(game, chronicle, 27)[27]
    shown = np.where(june.state.contested_by[0] >= 0, 100, june.state.control[0])
    wrong = [game.world.places.ids[p] for p in np.flatnonzero((shown != codes) & sourced)]
    assert (end.as_in_fact, end.places) == (int(sourced.sum()) - len(wrong), int(sourced.sum()))
    assert sorted(line.place for line in end.control[1:]) == sorted(wrong)


def test_the_end_tells_a_game_from_historys_orders():
    session = Session(game_of("june-2014")[0], "baghdad", 2014)
    session.give(Order(CTS, "march", "mosul-west"))
    for _ in range(8):
        session.end_day()
    end = ending(session, game_of("june-2014")[1])
    mine, other = end.people[0].amount, end.people[1].amount
    assert other == int(session.documented().state.displaced().sum())
    assert mine != other
    assert all(isinstance(line, Line) for line in end.forces)
    assert len(end.forces) >= 4
