import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.campaign.helpers import evenings, game_of, plan_of
from tests.scenario.helpers import THREE_TOWNS

from offensive_sim.campaign.series import CONTESTED
from offensive_sim.campaign.session import Session
from offensive_sim.cli import main
from offensive_sim.engine.orders import Order
from offensive_sim.errors import ExitStatus, ReplayMismatchError, SimError
from offensive_sim.views.courses import HISTORY, MODEL, PLAYED, Course, played_course
from offensive_sim.views.debrief import debrief_of_record, debrief_of_scenario
from offensive_sim.views.documented import documented, history


@pytest.fixture(scope="module")
def towns():
    return debrief_of_scenario(THREE_TOWNS, 2014)


@pytest.fixture(scope="module")
def june():
    game, chronicle = game_of("june-2014")
    played = evenings(game, plan_of(game))
    return game, played, played_course(game, (MODEL, ""), played, history(game, chronicle, 27), {})


def record(folder, *options):
    path = folder / "game.jsonl"
    main(["replay", "june-2014", "--until", "2014-06-12", "--quiet", "--record", str(path), *options])
    return path


# Courses


def test_a_plain_replay_has_history_and_the_model(towns):
    assert [course.key for course in towns.courses] == [HISTORY, MODEL]
    assert towns.run is towns.model
    assert (towns.evenings[0], towns.evenings[-1], towns.last) == (date(2014, 5, 31), date(2014, 6, 10), 10)


def test_a_course_holds_what_the_run_came_to(june):
    game, played, course = june
    last = played[-1].state
    assert course.shown.shape == (28, game.world.n_places)
    assert (course.shown[-1] == np.where(last.contested_by[0] >= 0, CONTESTED, last.control[0])).all()
    assert int(course.there[-1].sum()) == int(last.displaced()[0].sum())
    assert (course.by_group[1] == last.displaced()[0]).all()
    afield = (last.unit_place[0] >= 0) & (last.men[0] > 0)
    assert int(course.men[1].sum()) == int(last.men[0, afield].sum())


def test_displaced_people_are_counted_by_homes_in_iraq(june):
    game, played, course = june
    abroad = game.world.people.group_ids.index("syria-side")
    every = int(played[-1].state.displaced()[0].sum())
    outside = int(played[-1].state.displaced()[0, abroad])
    assert int(course.displaced[-1]) == every - outside


def test_whoever_broke_was_below_the_mark_and_the_largest_come_first(june):
    _, _, course = june
    assert course.broke
    assert all(one.nerve < 25 for one in course.broke)
    assert all(one.nerve >= 25 for one in course.stood)
    assert [one.men for one in course.broke] == sorted((one.men for one in course.broke), reverse=True)
    assert [one.pressed for one in course.stood] == sorted(one.pressed for one in course.stood)
    assert len({one.unit for one in course.stood}) == len(course.stood)


def test_a_course_parts_where_five_per_cent_of_the_documented_places_differ():
    def parted(*shares):
        return Course(MODEL, "", np.zeros((len(shares), 1), np.int8), {}, np.array(shares)).parts_on

    assert parted(0.0, 0.049, 0.05, 0.01) == 2
    assert parted(0.0, 0.04) is None


def test_how_far_a_course_stands_apart_counts_documented_places_only(june):
    game, played, _ = june
    shown = np.stack([np.where(e.state.contested_by[0] >= 0, CONTESTED, e.state.control[0]) for e in played])
    codes, known = shown.astype(np.int8), documented(game)
    assert not played_course(game, (MODEL, ""), played, codes, {}).parted.any()
    changed = codes.copy()
    changed[3, np.flatnonzero(~known)] = 1 - changed[3, np.flatnonzero(~known)] % 2
    assert not played_course(game, (MODEL, ""), played, changed, {}).parted.any()
    changed[5, np.flatnonzero(known)[:2]] += 1
    apart = played_course(game, (MODEL, ""), played, changed, {}).parted
    assert np.flatnonzero(apart).tolist() == [5]
    assert apart[5] == pytest.approx(2 / known.sum())


def test_the_turning_day_is_the_one_on_which_places_of_most_people_change_hands(towns):
    shown = np.zeros((4, 3), np.int8)
    shown[1:, 0], shown[2:, 1], shown[3, 2] = 1, CONTESTED, 1
    sizes = zip(towns.ground.places, (5, 900, 20), strict=True)
    ground = replace(towns.ground, places=tuple(replace(place, residents=number) for place, number in sizes))
    told = replace(towns, ground=ground, courses=(replace(towns.history, shown=shown), towns.model))
    assert told.turning == 3
    still = replace(towns, courses=(replace(towns.history, shown=shown * 0), towns.model))
    assert still.turning == still.last


# Records


def test_a_record_of_historys_orders_is_the_model(tmp_path, capsys):
    told = debrief_of_record(record(tmp_path))
    assert [course.key for course in told.courses] == [HISTORY, MODEL]
    assert (told.last, told.game_file) == (9, "game.jsonl")
    assert capsys.readouterr().err == ""


def test_a_game_with_other_orders_stands_beside_the_model(tmp_path):
    from offensive_sim.campaign.saves import save  # noqa: PLC0415

    session = Session(game_of("june-2014")[0], "baghdad", 2014)
    session.give(Order("cts-1isof", "march", "mosul-west"))
    for _ in range(4):
        session.end_day()
    told = debrief_of_record(save(session, "Another way", tmp_path))
    assert told.last == 4
    assert [course.key for course in told.courses] == [HISTORY, MODEL, PLAYED]
    assert told.digest == session.state.digest()
    assert told.run.title


def test_a_changed_record_is_refused(tmp_path):
    path = record(tmp_path)
    lines = path.read_text("utf-8").splitlines()
    last = json.loads(lines[-1])
    path.write_text("\n".join([*lines[:-1], json.dumps({**last, "digest": "0" * 16})]), "utf-8")
    with pytest.raises(ReplayMismatchError, match="day 8"):
        debrief_of_record(path)


def test_a_record_without_a_day_has_nothing_to_tell(tmp_path):
    path = record(tmp_path)
    path.write_text(path.read_text("utf-8").splitlines()[0], "utf-8")
    with pytest.raises(SimError, match="no day has been played"):
        debrief_of_record(path)


# The command


def test_the_command_writes_the_page_and_says_so(tmp_path, capsys):
    out = tmp_path / "page.html"
    assert main(["debrief", str(THREE_TOWNS), "--lang", "ar", "-o", str(out)]) == ExitStatus.OK
    assert out.read_text("utf-8").startswith("<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">")
    assert capsys.readouterr().out == f"{out}: Three towns, 2014-06-01 to 2014-06-10\n"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_record_of_ones_own_scenario_is_told_where_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    main(["replay", str(THREE_TOWNS), "--quiet", "--record", "own.jsonl"])
    assert main(["debrief", "own.jsonl"]) == ExitStatus.USAGE
    assert "no scenario is called three-towns" in capsys.readouterr().err
    assert main(["debrief", "own.jsonl", "--scenario", str(THREE_TOWNS)]) == ExitStatus.OK


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        (["june-2014", "--scenario", "x.yaml"], ExitStatus.USAGE, "is a scenario itself"),
        (["june-2041"], ExitStatus.USAGE, "did you mean june-2014"),
        (["game.jsonl", "--seed", "1"], ExitStatus.USAGE, "has its own"),
        (["half.jsonl"], ExitStatus.PROBLEMS, "half.jsonl:2: not a line of a record"),
        (["june-2014", "-o", "no/such/folder.html"], ExitStatus.PROBLEMS, "cannot be written"),
    ],
)
def test_a_mistake_is_one_line_and_leaves_no_file(tmp_path, monkeypatch, capsys, typed, status, said):
    monkeypatch.chdir(tmp_path)
    whole = record(tmp_path).read_text("utf-8")
    (tmp_path / "half.jsonl").write_text(whole[: len(whole.splitlines()[0]) + 30], "utf-8")
    capsys.readouterr()
    assert main(["debrief", *typed]) == status
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1
    assert not list(tmp_path.glob("*.html*"))
