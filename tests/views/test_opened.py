"""What a record was played in is found again as it was: beside the scenario, kept beside a save, or named."""

import json
import shutil

import pytest
import yaml
from tests.scenario.helpers import THREE_TOWNS
from tests.scenario.test_what_if import FIELDS

from offensive_sim.campaign import saves
from offensive_sim.campaign.record import read, what_if_hash
from offensive_sim.campaign.saves import load, save
from offensive_sim.campaign.session import Session
from offensive_sim.cli import main
from offensive_sim.errors import ExitStatus, ReplayMismatchError, SimError, UsageError
from offensive_sim.views.opened import opened, opened_for


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("OFFENSIVE_SIM_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def towns(tmp_path):
    """The three towns in a folder of our own, with one what-if beside them."""
    shutil.copytree(THREE_TOWNS.parent, tmp_path / "towns")
    path = tmp_path / "towns" / THREE_TOWNS.name
    supposing(path)
    return path


def supposing(path, **changes):
    folder = path.parent / "what-if"
    folder.mkdir(exist_ok=True)
    file = folder / f"{(FIELDS | changes)['id']}.yaml"
    file.write_text(yaml.safe_dump(FIELDS | changes, sort_keys=False), "utf-8")
    return file


def recorded(towns, tmp_path, *words):
    path = tmp_path / "game.jsonl"
    said = ["replay", str(towns), "--what-if", "trial", "--quiet", "--record", str(path), *words]
    assert main(said) == ExitStatus.OK
    return path


def test_a_record_says_what_it_was_played_under_and_verifies(towns, tmp_path, capsys):
    path = recorded(towns, tmp_path)
    assert "Played under the what-if trial." in capsys.readouterr().out
    head = json.loads(path.read_text("utf-8").splitlines()[0])
    what_if = opened(towns, ["trial"]).what_ifs[0]
    assert head["what_ifs"] == [{"id": "trial", "sha256": what_if_hash(what_if)}]
    assert main(["verify", str(path), "--scenario", str(towns)]) == ExitStatus.OK
    assert f"days agree, played under the what-if trial ({what_if.title})" in capsys.readouterr().out


def test_a_record_without_a_what_if_names_none(towns, tmp_path, capsys):
    path = tmp_path / "plain.jsonl"
    assert main(["replay", str(towns), "--quiet", "--record", str(path)]) in (ExitStatus.OK, ExitStatus.BELOW_BAR)
    assert read(path).manifest.what_ifs == ()
    assert main(["verify", str(path), "--scenario", str(towns)]) == ExitStatus.OK
    assert "what-if" not in capsys.readouterr().out.splitlines()[-1]
    assert main(["verify", str(path), "--scenario", str(towns), "--what-if", "trial"]) == ExitStatus.PROBLEMS
    assert "was not played under the what-if trial" in capsys.readouterr().err


def test_a_changed_what_if_is_told_and_the_record_stays(towns, tmp_path, capsys):
    path = recorded(towns, tmp_path)
    before = path.read_bytes()
    supposing(towns, premise="Something else.")
    assert main(["verify", str(path), "--scenario", str(towns)]) == ExitStatus.DIFFERS
    said = capsys.readouterr().err
    assert "the what-if trial has changed since the game was played" in said
    assert said.count("\n") == said.rstrip().count("\n") + 1
    assert path.read_bytes() == before


def test_a_missing_what_if_is_told_with_the_file_that_is_wanted(towns, tmp_path, capsys):
    path = recorded(towns, tmp_path)
    file = towns.parent / "what-if" / "trial.yaml"
    elsewhere = tmp_path / "trial.yaml"
    file.rename(elsewhere)
    assert main(["verify", str(path), "--scenario", str(towns)]) == ExitStatus.PROBLEMS
    assert f"{file} is not there; put trial.yaml back, or name its file with --what-if" in capsys.readouterr().err
    named = ["verify", str(path), "--scenario", str(towns), "--what-if", str(elsewhere)]
    assert main(named) == ExitStatus.OK


def test_a_manifest_with_a_path_for_an_id_is_no_record(towns, tmp_path):
    path = recorded(towns, tmp_path)
    lines = path.read_text("utf-8").splitlines()
    for bad in ({"id": "../x", "sha256": "0" * 64}, {"id": "trial", "sha256": "/etc"}, {"id": 3, "sha256": "0"}, 7):
        head = json.loads(lines[0]) | {"what_ifs": [bad]}
        path.write_text("\n".join([json.dumps(head), *lines[1:]]) + "\n", "utf-8")
        with pytest.raises(SimError, match="not a record of this program"):
            read(path)


# Saves


def saved(towns):
    found = opened(towns, ["trial"])
    session = Session(found.game, "watch", 5)
    session.end_day()
    return save(session, "mine"), session


def again(path, towns):
    found = opened_for(saves.read(path).manifest, path, of=str(towns))
    return load(path, found.game).session, found.note


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda towns: None, ""),
        (lambda towns: supposing(towns, premise="Else."), "trial is another what-if now; this game goes on under it"),
        (lambda towns: supposing(towns).write_text("no: yaml"), "trial is another what-if now"),
        (lambda towns: supposing(towns).unlink(), ""),
    ],
    ids=["same", "changed", "broken", "gone"],
)
def test_a_save_goes_on_under_its_what_if_as_it_was_whatever_becomes_of_the_file(towns, change, told):
    path, session = saved(towns)
    change(towns)
    taken_up, note = again(path, towns)
    assert taken_up.state.digest() == session.state.digest()
    assert [one.premise for one in taken_up.game.what_ifs] == [FIELDS["premise"]]
    assert note.startswith(told)
    assert bool(note) == bool(told)


def test_a_save_whose_what_if_is_nowhere_is_told_and_kept(towns, home):
    path, _ = saved(towns)
    shutil.rmtree(path.parent / "what-if")
    (towns.parent / "what-if" / "trial.yaml").unlink()
    before = path.read_bytes()
    with pytest.raises(SimError, match=r"was played under the what-if trial, and .*trial\.yaml is not there"):
        again(path, towns)
    assert path.read_bytes() == before


def test_a_save_is_not_loaded_into_another_world(towns):
    path, _ = saved(towns)
    with pytest.raises(ReplayMismatchError, match="was played under trial, not under no what-if"):
        load(path, opened(towns).game)


def test_two_what_ifs_that_collide_are_refused(towns):
    supposing(towns, id="other")
    with pytest.raises(UsageError, match="trial and other collide"):
        opened(towns, ["trial", "other"])
