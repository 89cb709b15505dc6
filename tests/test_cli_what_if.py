"""The commands ``ensemble``, ``compare`` and ``rerun``: what they print, refuse and leave behind."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from tests.scenario.helpers import THREE_TOWNS
from tests.scenario.test_what_if import FIELDS

from offensive_sim.campaign.blocks import play_all
from offensive_sim.campaign.running import BLOCK
from offensive_sim.cli import main
from offensive_sim.errors import ExitStatus, SimError

TOWNS = str(THREE_TOWNS)


@pytest.fixture
def trial(tmp_path, monkeypatch):
    """The trial what-if as a file, in a folder of our own."""
    monkeypatch.chdir(tmp_path)
    return written(tmp_path)


def written(folder, **changes):
    path = folder / f"{(FIELDS | changes)['id']}.yaml"
    path.write_text(yaml.safe_dump(FIELDS | changes, sort_keys=False), "utf-8")
    return str(path)


def run(*words):
    return main([str(word) for word in words])


def test_compare_says_the_premise_first_and_leaves_a_folder(trial, capsys):
    assert run("compare", TOWNS, "--what-if", trial, "--replicas", 20, "--out", "run", "--quiet") == ExitStatus.OK
    said = capsys.readouterr()
    assert said.err.splitlines()[0].startswith("note: trial changes 1 event")
    assert said.out.startswith("What if it had been otherwise?")
    pages = "debrief.ar.html, debrief.ckb.html, debrief.html"
    assert said.out.rstrip().endswith(f"run: control.geojson, {pages}, manifest.json, place-day.csv, run-day.csv")
    assert "What if it had been otherwise?" in Path("run/debrief.html").read_text("utf-8")
    assert run("rerun", "run/manifest.json", "--scenario", TOWNS, "--out", "again", "--quiet") == ExitStatus.OK
    assert "the same files as run/manifest.json tells of" in capsys.readouterr().out
    assert Path("run/manifest.json").read_bytes() == Path("again/manifest.json").read_bytes()


def test_the_folder_has_a_name_if_none_is_given(trial):
    assert run("compare", TOWNS, "--what-if", trial, "--replicas", 2, "--quiet") == ExitStatus.OK
    assert run("ensemble", TOWNS, "--what-if", trial, "--replicas", 2, "--quiet", "--out", "e") == ExitStatus.OK
    assert run("ensemble", TOWNS, "--replicas", 2, "--quiet") == ExitStatus.OK
    assert Path("three-towns-trial/manifest.json").exists()
    assert json.loads(Path("e/manifest.json").read_text())["worlds"] == ["trial"]
    assert Path("three-towns-ensemble/manifest.json").exists()


@pytest.mark.parametrize("count", [0, 1, 10**9, "many"])
def test_a_number_of_replicas_that_cannot_be_is_refused(count, trial, capsys):
    with pytest.raises(SystemExit) as caught:
        run("compare", TOWNS, "--what-if", trial, "--replicas", count)
    assert caught.value.code == ExitStatus.USAGE
    assert f"--replicas: {count if count != 'many' else repr(count)} is not" in capsys.readouterr().err
    assert not list(Path().glob("three-towns*"))


REFUSED = {
    "nothing to compare": ([], "compare needs --what-if ID"),
    "no such what-if": (["--what-if", "trail"], "no what-if is called 'trail'; this scenario has none"),
    "of another scenario": (
        ["--what-if", "sinjar-warned"],
        "no what-if is called 'sinjar-warned' here, but summer-2014 has one; this scenario has none",
    ),
    "no such file": (["--what-if", "none.yaml"], "none.yaml: no such file"),
    "a split too large": (["--what-if", "trial.yaml", "--replicas", 10, "--split", 6], "needs at least 12 replicas"),
    "twice": (["--what-if", "trial.yaml", "--what-if", "trial.yaml"], "the what-if trial is given twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_no_sense_is_refused_before_anything_is_played(name, trial, capsys):
    words, expected = REFUSED[name]
    status = run("compare", TOWNS, *words, "--out", "run")
    assert status in (ExitStatus.USAGE, ExitStatus.PROBLEMS)
    assert expected in capsys.readouterr().err
    assert not Path("run").exists()


def test_two_that_collide_are_refused(trial, tmp_path, capsys):
    other = written(tmp_path, id="other")
    assert run("compare", TOWNS, "--what-if", f"{trial}+{other}", "--out", "run") == ExitStatus.USAGE
    assert "trial and other collide: both change event commander-leaves" in capsys.readouterr().err


def test_two_in_one_world_are_played_together_with_a_warning(trial, second, capsys):
    words = ["--what-if", f"{trial}+{second}", "--replicas", 2, "--out", "run", "--quiet"]
    assert run("compare", TOWNS, *words) == ExitStatus.OK
    assert "warning: 2 levers at once (trial, second)" in capsys.readouterr().err
    assert json.loads(Path("run/manifest.json").read_text())["worlds"] == ["model", "trial+second"]
    assert run("check", TOWNS, "--what-if", f"{trial}+{second}") == ExitStatus.OK
    assert "2 levers at once" in capsys.readouterr().out


def test_a_name_with_a_plus_may_be_that_of_a_file(tmp_path, capsys):
    path = written(tmp_path, id="one-thing").replace("one-thing", "one+thing")
    Path(path).write_text("format: 1\n")
    assert run("check", TOWNS, "--what-if", path) == ExitStatus.PROBLEMS
    assert "one+thing.yaml" in capsys.readouterr().err


# Side by side


@pytest.fixture
def second(tmp_path):
    return written(
        tmp_path, id="second", question="What if there had been more of them?",
        lever={"kind": "strength", "who": {"faction": "blue"}, "times": 2}, date="2014-06-04",
    )  # fmt: skip


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def test_two_stand_side_by_side_on_the_same_runs_and_one_page_stands_over_them(trial, second, capsys):
    words = ["compare", TOWNS, "--what-if", trial, "--what-if", second, "--replicas", 8, "--quiet"]
    assert run(*words, "--out", "run") == ExitStatus.OK
    said = capsys.readouterr()
    assert "levers at once" not in said.err
    assert said.out.rstrip().endswith("run: debrief.ar.html, debrief.ckb.html, debrief.html, manifest.json")
    assert sorted(path.name for path in Path("run").iterdir() if path.is_dir()) == ["second", "trial"]
    model = [
        [row for row in Path(f"run/{name}/place-day.csv").read_text().splitlines() if ",model," in row]
        for name in ("trial", "second")
    ]
    assert model[0] == model[1] != []
    page = Path("run/debrief.html").read_text("utf-8")
    for words_of in ("What if it had been otherwise?", "What if there had been more of them?", "trial/debrief.html"):
        assert words_of in page
    alone = ["compare", TOWNS, "--what-if", second, "--replicas", 8, "--quiet", "--out", "alone"]
    assert run(*alone) == ExitStatus.OK
    assert files("alone") == files("run/second")
    assert run("rerun", "run/manifest.json", "--scenario", TOWNS, "--out", "again", "--quiet") == ExitStatus.OK
    assert files("again") == files("run")
    assert run(*words, "--out", "run") == ExitStatus.USAGE


def test_side_by_side_goes_on_where_it_was_stopped(trial, second, monkeypatch, capsys):
    words = ["compare", TOWNS, "--what-if", trial, "--what-if", second, "--replicas", BLOCK + 9, "--split", 0,
             "--quiet", "--processes", 1]  # fmt: skip
    assert run(*words, "--out", "whole") == ExitStatus.OK
    begun = []

    def stopped(*given, real=play_all):
        begun.append(given)
        running = real(*given)
        yield next(running)
        if len(begun) > 1:
            raise KeyboardInterrupt
        yield from running

    with monkeypatch.context() as patched:
        patched.setattr("offensive_sim.campaign.folder.play_all", stopped)
        assert run(*words, "--out", "run") == ExitStatus.INTERRUPTED
    said = capsys.readouterr().err
    assert f"{BLOCK + 9} of {BLOCK + 9} replicas are kept in run/trial" in said
    assert f"{BLOCK} of {BLOCK + 9} replicas are kept in run/second" in said
    assert run(*words, "--out", "run") == ExitStatus.OK
    assert files("run") == files("whole")


def test_a_page_over_all_that_could_not_be_written_is_written_by_the_same_command(trial, second, monkeypatch, capsys):
    words = ["compare", TOWNS, "--what-if", trial, "--what-if", second, "--replicas", 4, "--quiet", "--out", "run"]

    def full(*_):
        raise SimError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("offensive_sim.side_by_side._written", full)
        assert run(*words) == ExitStatus.PROBLEMS
    assert Path("run/second/manifest.json").exists()
    assert run(*words) == ExitStatus.OK
    assert Path("run/debrief.html").exists()
    assert not Path("run/trial/blocks").exists()


def test_side_by_side_leaves_other_folders_alone(trial, second, tmp_path, capsys):
    words = ["compare", TOWNS, "--what-if", trial, "--what-if", second, "--replicas", 4, "--quiet", "--out", "run"]
    Path("run/thesis").mkdir(parents=True)
    assert run(*words) == ExitStatus.USAGE
    assert "run holds other files (thesis); choose a new folder" in capsys.readouterr().err
    Path("run/thesis").rmdir()
    alone = ["compare", TOWNS, "--what-if", trial, "--replicas", 4, "--quiet", "--out", "run/trial"]
    assert run(*alone) == ExitStatus.OK
    assert run(*words) == ExitStatus.USAGE
    assert "holds a finished run of its own" in capsys.readouterr().err


def test_a_manifest_over_runs_that_are_not_there_is_refused(trial, second, capsys):
    words = ["compare", TOWNS, "--what-if", trial, "--what-if", second, "--replicas", 4, "--quiet", "--out", "run"]
    assert run(*words) == ExitStatus.OK
    told = json.loads(Path("run/manifest.json").read_text())
    Path("run/trial").rename("moved")
    assert run("rerun", "run/manifest.json", "--scenario", TOWNS, "--out", "again") == ExitStatus.PROBLEMS
    assert "names runs that are not in folders beside it" in capsys.readouterr().err
    Path("moved").rename("run/trial")
    Path("run/manifest.json").write_text(json.dumps(told | {"files": told["files"] | {"debrief.html": "0"}}))
    assert run("rerun", "run/manifest.json", "--scenario", TOWNS, "--out", "again", "--quiet") == ExitStatus.DIFFERS
    assert "the rerun differs in debrief.html" in capsys.readouterr().err


def test_an_ensemble_is_one_world_and_side_by_side_stand_ten_at_most(trial, second, capsys):
    words = ["ensemble", TOWNS, "--what-if", trial, "--what-if", second, "--replicas", 2, "--quiet", "--out", "run"]
    assert run(*words) == ExitStatus.OK
    assert "warning: 2 levers at once (trial, second)" in capsys.readouterr().err
    assert json.loads(Path("run/manifest.json").read_text())["worlds"] == ["trial+second"]
    many = [word for _ in range(11) for word in ("--what-if", trial)]
    assert run("compare", TOWNS, *many) == ExitStatus.USAGE
    assert "at most 10 what-ifs stand side by side, not 11" in capsys.readouterr().err


def test_one_that_an_instructor_must_allow_waits_for_leave(trial, tmp_path, capsys):
    locked = written(tmp_path, id="locked", opt_in=True)
    assert run("compare", TOWNS, "--what-if", locked, "--out", "run") == ExitStatus.USAGE
    assert "locked is played where an instructor allows it, with --opt-in: Nothing follows." in capsys.readouterr().err
    assert run("compare", TOWNS, "--what-if", locked, "--out", "run", "--opt-in", "--replicas", 2, "--quiet") == 0


def test_one_for_another_scenario_is_refused(tmp_path, capsys):
    stray = written(tmp_path, scenario="june-2014")
    assert run("compare", TOWNS, "--what-if", stray, "--out", tmp_path / "run") == ExitStatus.PROBLEMS
    assert "trial.yaml:3: scenario: this what-if is for june-2014, not for three-towns" in capsys.readouterr().err


def test_check_says_the_premise(trial, capsys):
    assert run("check", TOWNS, "--what-if", trial) == ExitStatus.OK
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert (first, second) == ("trial: OK: What if it had been otherwise?", "  note: trial changes 1 event")


def test_a_full_disk_ends_with_status_1(trial, monkeypatch, capsys):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    words = ["--what-if", trial, "--replicas", 2, "--out", "run", "--quiet"]
    assert run("compare", TOWNS, *words) == ExitStatus.PROBLEMS
    assert "cannot be written: No space left on device" in capsys.readouterr().err


def test_a_disk_that_fills_up_on_the_way_says_what_is_kept(trial, monkeypatch, capsys):
    real, left = os.fsync, [4]  # the settings, a block's two files, and one of the next block's

    def filling(file):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(file)

    words = ["compare", TOWNS, "--what-if", trial, "--replicas", BLOCK + 9, "--split", 0, "--out", "run", "--quiet",
             "--processes", 1]  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", filling)
        assert run(*words) == ExitStatus.PROBLEMS
    said = capsys.readouterr().err
    assert f"{BLOCK} of {BLOCK + 9} replicas are kept in run; the same command goes on from there" in said
    assert "No space left on device" in said
    assert run(*words) == ExitStatus.OK


def test_a_run_stopped_by_hand_says_what_is_kept_and_goes_on(trial, monkeypatch, capsys):
    def stopped(*given, real=play_all):
        running = real(*given)
        yield next(running)
        raise KeyboardInterrupt

    words = ["compare", TOWNS, "--what-if", trial, "--replicas", BLOCK + 9, "--split", 0, "--out", "run", "--quiet",
             "--processes", 1]  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr("offensive_sim.campaign.folder.play_all", stopped)
        assert run(*words) == ExitStatus.INTERRUPTED
    kept = f"{BLOCK} of {BLOCK + 9} replicas are kept in run; the same command goes on from there"
    assert kept in capsys.readouterr().err
    assert run(*words) == ExitStatus.OK
    assert Path("run/manifest.json").exists()


def test_ctrl_c_in_the_middle_of_many_processes_keeps_what_is_finished(trial):
    """A real signal to a real command; the second call ends with the files of a run that was never stopped."""
    words = [sys.executable, "-m", "offensive_sim", "compare", TOWNS, "--what-if", trial, "--replicas", "20000",
             "--split", "0", "--out", "run", "--processes", "2"]  # fmt: skip
    child = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(Path("run/blocks").glob("*.npz")) and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == ExitStatus.INTERRUPTED
    assert "replicas are kept in run" in err
    assert "Traceback" not in err
    assert not list(Path("run/blocks").glob("*.part"))
    assert run("compare", TOWNS, "--what-if", trial, "--replicas", 30000, "--out", "run") == ExitStatus.DIFFERS


def test_what_is_no_manifest_is_refused(tmp_path, capsys):
    (tmp_path / "x.json").write_text("{}")
    assert run("rerun", tmp_path / "x.json", "--out", tmp_path / "run") == ExitStatus.PROBLEMS
    assert "x.json: is not the manifest of a run of this program" in capsys.readouterr().err
    assert run("rerun", tmp_path / "none.json", "--out", tmp_path / "run") == ExitStatus.PROBLEMS
    assert "none.json: cannot be read: No such file or directory" in capsys.readouterr().err
