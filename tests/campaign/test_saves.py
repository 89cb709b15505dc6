import json
import os

import pytest
from tests.campaign.helpers import game_of

from offensive_sim import folders
from offensive_sim.campaign import saves
from offensive_sim.campaign.record import scenario_hash
from offensive_sim.campaign.saves import Autosave, about, list_saves, load, newest, save, saves_folder
from offensive_sim.campaign.seats import seat_of
from offensive_sim.campaign.session import Session
from offensive_sim.engine.orders import Order
from offensive_sim.errors import ReplayMismatchError, SimError

CTS = "cts-1isof"

pytestmark = pytest.mark.usefixtures("home")


def game():
    return game_of("june-2014")[0]


def played(days=4, seat="baghdad"):
    """Day 1: to Mosul; day 2: released."""
    session = Session(game(), seat, 5)
    for day in range(days):
        if day == 1:
            session.give(Order(CTS, "march", "mosul-west"))
        if day == 2:
            session.release(CTS)
        session.end_day()
    return session


def digests(session):
    return [state.digest() for state in session.evenings]


def rewritten(path, number, change):
    """A line of a save changed, as JSON if ``change`` takes a dict."""
    lines = path.read_text("utf-8").splitlines()
    row = json.loads(lines[number])
    change(row)
    lines[number] = json.dumps(row)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


# Folder


@pytest.mark.parametrize(
    ("platform", "variable", "value", "expected"),
    [
        ("linux", "XDG_DATA_HOME", "data", "data/offensive-sim/saves"),
        ("linux", None, None, "me/.local/share/offensive-sim/saves"),
        ("win32", "APPDATA", "roaming", "roaming/offensive-sim/saves"),
        ("darwin", None, None, "me/Library/Application Support/offensive-sim/saves"),
        ("win32", "OFFENSIVE_SIM_HOME", "own", "own/saves"),
    ],
)
def test_the_folder_of_the_platform(platform, variable, value, expected, monkeypatch, tmp_path):
    for name in ("OFFENSIVE_SIM_HOME", "XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(folders.sys, "platform", platform)
    monkeypatch.setattr(folders.Path, "home", lambda: tmp_path / "me")
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / value))
    assert saves_folder() == tmp_path / expected


def test_no_folder_has_no_saves():
    assert list_saves() == []


# Saving and loading


def test_a_game_taken_up_again_is_the_same_game_and_goes_on_the_same():
    session = played()
    loaded = load(save(session, "After the fourth day"), game())
    assert loaded.note == ""
    again = loaded.session
    assert digests(again) == digests(session)
    assert (again.seat, again.seed, again.given) == (session.seat, session.seed, session.given)
    for one in (session, again):
        one.give(Order(CTS, "march", "mosul-west"))
        one.end_day()
    assert digests(again) == digests(session)


def test_what_was_said_today_is_saved_and_can_be_undone():
    session = played(2)
    session.give(Order(CTS, "hold"))
    again = load(save(session, "noon"), game()).session
    assert again.queue == (Order(CTS, "hold"),)
    assert dict(again.standing) == {CTS: Order(CTS, "hold")}
    again.undo()
    assert dict(again.standing) == {CTS: Order(CTS, "march", "mosul-west")}


def test_a_save_says_what_it_is_in_a_list():
    session = played(3).branch(2, "north", seat="erbil")
    path = save(session, "What if?")
    assert path == saves_folder() / "what-if.jsonl"
    (info,) = list_saves()
    assert (info.path, info.name, info.scenario, info.seat) == (path, "What if?", "june-2014", "erbil")
    assert (info.day, info.evening.isoformat(), info.auto, info.problem) == (2, "2014-06-05", False, "")
    assert (info.branch, info.parent, info.left_on) == ("north", "main", 2)
    again = load(path, game()).session
    assert (again.name, again.parent, again.left_on, again.seat.id) == ("north", "main", 2, "erbil")


def test_newest_saves_come_first_and_broken_ones_are_listed_with_their_problem():
    old, new = save(played(1), "old"), save(played(1), "new")
    foreign = saves_folder() / "foreign.jsonl"
    foreign.write_text("hello\n", "utf-8")
    for age, path in enumerate((new, old, foreign)):
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    listed = list_saves()
    assert [info.path for info in listed] == [new, old, foreign]
    assert newest() == listed[0]
    assert listed[2].problem == "foreign.jsonl: is not a save of this program"


def test_without_a_save_there_is_no_newest():
    assert newest() is None


def test_before_the_first_day_a_game_can_be_saved():
    path = save(played(0), "dawn")
    assert about(path).evening is None
    assert load(path, game()).session.day == 0


@pytest.mark.parametrize(
    ("title", "file"),
    [("Hold Tikrit!", "hold-tikrit"), ("../../etc/passwd", "etc-passwd"), ("CON", "con-save"), ("عودة", "عودة")],
)
def test_any_title_makes_a_file_in_the_folder(title, file):
    path = save(played(0), title)
    assert path == saves_folder() / f"{file}.jsonl"
    assert about(path).name == title


def test_a_title_needs_a_letter():
    with pytest.raises(SimError, match="needs a letter"):
        save(played(0), "..")


def test_a_save_is_replaced_only_if_asked():
    path = save(played(1), "one")
    with pytest.raises(SimError, match="already a save called one"):
        save(played(2), "one")
    assert about(path).day == 1
    save(played(2), "one", replace=True)
    assert about(path).day == 2


def test_a_folder_that_cannot_be_written_says_so(home):
    (home / "saves").write_text("a file", "utf-8")
    with pytest.raises(SimError, match=r"one\.jsonl: cannot be written"):
        save(played(0), "one")


def test_a_save_is_text_in_a_records_form():
    rows = [json.loads(line) for line in save(played(3), "text").read_text("utf-8").splitlines()]
    assert rows[0]["scenario_sha256"] == scenario_hash(game())
    assert [row["given"] for row in rows[1:]] == [{}, {CTS: ["march", "mosul-west"]}, {CTS: None}]
    assert [row["day"] for row in rows[1:]] == [0, 1, 2]


# Autosave


def test_an_autosave_has_every_day_as_it_is_played():
    session = Session(game(), "baghdad", 5)
    auto = Autosave(session)
    assert about(auto.path).day == 0
    for day in range(3):
        session.end_day()
        auto.update()
        assert about(auto.path).day == day + 1
    assert auto.path.read_text("utf-8").splitlines()[1:] == save(session, "x").read_text("utf-8").splitlines()[1:]
    assert digests(load(auto.path, game()).session) == digests(session)
    assert about(auto.path).auto


def test_an_autosave_that_begins_later_has_the_days_before():
    session = played(3)
    auto = Autosave(session)
    session.end_day()
    session.end_day()
    auto.update()
    assert digests(load(auto.path, game()).session) == digests(session)


def test_an_autosave_deleted_while_playing_is_written_anew():
    session = played(1)
    auto = Autosave(session)
    auto.path.unlink()
    session.end_day()
    auto.update()
    assert load(auto.path, game()).session.day == 2


def test_old_autosaves_make_room_and_named_saves_stay(monkeypatch):
    monkeypatch.setattr(saves, "MOST_AUTOSAVES", 2)
    session = played(0)
    save(session, "kept")
    last = [Autosave(session).path for _ in range(4)][2:]
    assert sorted(saves_folder().iterdir()) == sorted([*last, saves_folder() / "kept.jsonl"])


# What can be wrong


def test_a_deleted_save_is_said_to_be_deleted():
    path = save(played(0), "gone")
    path.unlink()
    with pytest.raises(SimError, match=r"gone\.jsonl: there is no such save; it may have been deleted"):
        load(path, game())
    assert "deleted" in about(path).problem


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe\x00", b"[]\n", b"{}\n", b'{"format": 1}\n', b"PK\x03\x04", b'"x"\n{"day": 0}\n']
)
def test_a_foreign_file_is_no_save(text, tmp_path):
    path = tmp_path / "other.jsonl"
    path.write_bytes(text)
    with pytest.raises(SimError, match=r"other\.jsonl: is not a save of this program"):
        load(path, game())


@pytest.mark.parametrize("key", ["seat", "left_on", "first_day", "today", "branch"])
def test_a_first_line_of_other_kinds_is_no_save(key):
    path = rewritten(save(played(1), "one"), 0, lambda row: row["session"].update({key: [1]}))
    with pytest.raises(SimError, match="not a save"):
        load(path, game())
    assert "not a save" in about(path).problem


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.98])
def test_of_a_truncated_save_the_whole_days_are_kept(keep):
    session = played(4)
    path = save(session, "cut")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4]) + lines[4][: int(len(lines[4]) * keep)])
    loaded = load(path, game())
    assert loaded.note == "cut.jsonl: line 5 is not whole; days kept: the 3 before it"
    assert about(path).problem == loaded.note
    assert digests(loaded.session) == digests(session)[:4]


def test_days_after_a_broken_line_are_not_trusted():
    path = save(played(4), "holed")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], "{", *lines[3:]]), "utf-8")
    loaded = load(path, game())
    assert loaded.session.day == 1
    assert "line 3 is not whole; days kept: the 1 before" in loaded.note


def test_days_after_a_missing_one_are_not_trusted():
    path = save(played(4), "gap")
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:2] + lines[3:]), "utf-8")
    loaded = load(path, game())
    assert (loaded.session.day, loaded.note) == (1, "gap.jsonl: line 3 is not whole; days kept: the 1 before it")


def test_a_save_of_another_scenario_is_refused():
    with pytest.raises(SimError, match="is a game of june-2014, not of summer-2014"):
        load(save(played(1), "june"), game_of("summer-2014")[0])


def test_a_save_of_a_changed_scenario_is_refused():
    path = rewritten(save(played(1), "old"), 0, lambda row: row.update(scenario_sha256="0" * 64))
    with pytest.raises(ReplayMismatchError, match=r"the scenario june-2014 has changed since the game was saved"):
        load(path, game())


def test_a_save_of_another_format_is_refused():
    path = rewritten(save(played(0), "late"), 0, lambda row: row.update(format=9))
    with pytest.raises(SimError, match="is in format 9; this version reads format 1"):
        load(path, game())


def test_a_day_played_otherwise_is_found_with_its_line():
    path = rewritten(save(played(3), "odd"), 2, lambda row: row.update(digest="0" * 16))
    with pytest.raises(ReplayMismatchError, match=r"odd\.jsonl:3: day 1 is played otherwise"):
        load(path, game())


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("orders", {"nobody": ["hold"]}, "nobody"),
        ("orders", {CTS: ["charge"]}, "charge"),
        ("given", {CTS: ["attack", "atlantis"]}, "atlantis"),
        ("given", {"nobody": None}, "nobody"),
    ],
)
def test_names_that_the_scenario_has_not_are_told(key, value, what):
    path = rewritten(save(played(2), "odd"), 1, lambda row: row.update({key: value}))
    with pytest.raises(SimError, match=rf"odd\.jsonl:2: names what the scenario has not: .*{what}"):
        load(path, game())


def test_a_game_of_two_at_one_screen_is_taken_up_with_the_orders_of_both():
    session = Session(game(), "baghdad+erbil", 2014)
    session.give(Order(CTS, "hold"))
    session.sit(seat_of(game().scenario, "erbil"))
    session.give(Order("krg-sinjar", "hold"))
    session.end_day()
    session.give(Order("krg-sinjar", "march", "dohuk"))
    again = load(save(session, "both"), game()).session
    assert again.seat.id == "baghdad+erbil"
    assert dict(again.given[0]) == {CTS: Order(CTS, "hold"), "krg-sinjar": Order("krg-sinjar", "hold")}
    assert dict(again.today) == {"krg-sinjar": Order("krg-sinjar", "march", "dohuk")}
    assert again.chair.id == "baghdad"
    assert again.undo_label is None
    again.sit(seat_of(game().scenario, "erbil"))
    assert again.undo_label is not None
