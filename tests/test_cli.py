"""The command line as its users meet it: help, exit statuses, files, and no traceback anywhere."""

import csv
import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.scenario.helpers import BAD, ROOT, THREE_TOWNS

from offensive_sim import cli
from offensive_sim.errors import ExitStatus

SHORT = ("replay", "june-2014", "--until", "2014-06-06", "--quiet")


def run(*arguments, **options):
    command = [sys.executable, "-m", "offensive_sim", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60, **options)
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture
def said(capsys):
    """Run a command in this process: status, standard output, standard error."""

    def call(*arguments):
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = stop.code
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return status, out, err

    return call


# Help


@pytest.mark.parametrize("command", [(), ("replay",), ("check",), ("verify",), ("scenarios",)], ids=str)
def test_help_is_short_and_ends_well(said, command):
    status, out, err = said(*command, "--help")
    assert (status, err) == (0, "")
    assert out.startswith("usage: offensive-sim")
    assert len(out.splitlines()) < 40


def test_help_names_every_command_and_exit_status(said):
    _, out, _ = said("--help")
    text = " ".join(out.split())
    assert [word for word in ("replay", "check", "verify", "scenarios") if word not in text] == []
    assert [int(status) for status in ExitStatus if f"{int(status)} " not in text] == []


def test_readme_names_every_command():
    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert [word for word in ("replay", "check", "verify", "scenarios") if f"offensive-sim {word}" not in text] == []


def test_every_option_of_replay_is_in_its_manual(said):
    manual = (ROOT / "docs" / "cli.md").read_text("utf-8")
    _, out, _ = said("replay", "--help")
    options = {word.strip("[],") for word in out.split() if word.strip("[],").startswith("--")} - {"--help"}
    assert options >= {"--until", "--seed", "--replicas", "--format", "--record", "--table", "--quiet"}
    assert sorted(option for option in options if option not in manual) == []


def test_help_imports_neither_numpy_nor_pygame():
    code = "import sys; from offensive_sim.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "print(sorted({'numpy', 'pygame', 'pydantic'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_is_told(said):
    status, out, _ = said("--version")
    assert (status, out.split()[0]) == (0, "offensive-sim")


# Exit statuses


def test_a_sound_scenario_ends_with_0(said):
    status, out, err = said("check", THREE_TOWNS)
    assert (status, err) == (ExitStatus.OK, "")
    assert "three-towns: OK" in out


def test_a_faulty_scenario_ends_with_1_and_says_where(said):
    status, out, err = said("check", BAD[0])
    assert status == ExitStatus.PROBLEMS
    assert BAD[0].name in out + err


def test_a_faulty_scenario_cannot_be_replayed(said):
    status, _, err = said("replay", BAD[0])
    assert status == ExitStatus.PROBLEMS
    assert err.startswith("offensive-sim: ")


def test_a_missing_file_ends_with_1(said, tmp_path):
    status, _, err = said("replay", tmp_path / "nowhere.yaml")
    assert status == ExitStatus.PROBLEMS
    assert "nowhere.yaml" in err


USAGE = {
    "unknown scenario to watch": (("play", "june-2041"), "did you mean june-2014?"),
    "unknown command": (("explode",), "invalid choice"),
    "unknown scenario": (("replay", "june-2041"), "did you mean june-2014?"),
    "unknown scenario checked": (("check", "june2014"), "did you mean june-2014?"),
    "not a date": (("replay", "--until", "tomorrow"), "'tomorrow' is not a date"),
    "impossible date": (("replay", "--until", "2014-06-31"), "is not a date"),
    "before the first day": (("replay", "--until", "2014-06-03"), "outside the scenario: 2014-06-04 to 2014-06-30"),
    "after the last day": (("replay", "--until", "2014-07-01"), "outside the scenario"),
    "no replicas": (("replay", "--replicas", "0"), "0 is not between 1 and"),
    "negative replicas": (("replay", "--replicas", "-3"), "-3 is not between 1 and"),
    "half a replica": (("replay", "--replicas", "1.5"), "'1.5' is not a whole number"),
    "negative seed": (("replay", "--seed", "-1"), "-1 is not between 0 and"),
    "huge seed": (("replay", "--seed", str(2**63)), "is not between 0 and"),
    "unknown format": (("replay", "--format", "xml"), "invalid choice"),
    "record of an ensemble": (("replay", "--replicas", "2", "--record", "x.jsonl"), "--record keeps one game"),
    "option of another command": (("check", "june-2014", "--seed", "1"), "unrecognized"),
}


@pytest.mark.parametrize(("arguments", "what"), USAGE.values(), ids=USAGE)
def test_what_makes_no_sense_ends_with_2_and_says_why(said, arguments, what):
    status, out, err = said(*arguments)
    assert status == ExitStatus.USAGE
    assert what in err
    assert out == ""


@pytest.mark.parametrize("command", [(), ("play", "june-2014")], ids=str)
def test_without_a_display_it_says_what_can_be_done_instead(command, tmp_path):
    env = {**os.environ, "SDL_VIDEODRIVER": "none-such", "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = run(*command, env=env)
    assert done.returncode == ExitStatus.PROBLEMS
    assert "cannot open a window" in done.stderr
    assert "offensive-sim replay" in done.stderr


def test_an_unknown_scenario_names_the_shipped_ones(said):
    _, _, err = said("replay", "atlantis")
    assert "june-2014" in err
    assert "summer-2014" in err


def test_below_its_bar_a_replay_ends_with_4(said, tmp_path):
    # The three towns with a bar that nothing reaches.
    for part in THREE_TOWNS.parent.glob("*.yaml"):
        text = part.read_text("utf-8").replace("on_time_high: 0.5", "on_time_high: 1.0")
        (tmp_path / part.name).write_text(text.replace("skill: 0.0", "skill: 1.0"), "utf-8")
    status, out, _ = said("replay", tmp_path, "--quiet")
    assert "bar of the scenario: NOT reached" in out
    assert status == ExitStatus.BELOW_BAR


def test_june_reaches_its_bar_and_ends_with_0(said):
    status, out, err = said("replay", "june-2014", "--quiet")
    assert "bar of the scenario: reached" in out
    assert (status, err) == (ExitStatus.OK, "")


def test_a_record_that_differs_ends_with_3(said, tmp_path):
    path = tmp_path / "game.jsonl"
    said(*SHORT, "--record", path)
    assert said("verify", path)[0] == ExitStatus.OK
    rows = path.read_text("utf-8").splitlines()
    row = json.loads(rows[2])
    rows[2] = json.dumps({**row, "digest": "f" * 16})
    path.write_text("\n".join(rows) + "\n", "utf-8")
    status, _, err = said("verify", path)
    assert status == ExitStatus.DIFFERS
    assert "day 1" in err


def test_what_is_no_record_ends_with_1(said):
    status, _, err = said("verify", THREE_TOWNS)
    assert status == ExitStatus.PROBLEMS
    assert "scenario.yaml:1: not a line of a record" in err


@pytest.mark.parametrize("arguments", [("replay", "june-2014"), ("replay", "june-2014", "--format", "json")], ids=str)
def test_a_reader_who_leaves_ends_it_with_141(arguments):
    command = f"{sys.executable} -m offensive_sim {' '.join(arguments)} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
    assert done.returncode in (ExitStatus.CLOSED_PIPE, ExitStatus.OK)


def test_a_reader_who_never_was_ends_it_with_141():
    # The log of June is longer than a pipe's buffer, so somebody has to be told.
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "offensive_sim", "replay", "june-2014"]
    with os.fdopen(write, "wb") as gone:
        done = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (ExitStatus.CLOSED_PIPE, "")


def interrupted(table, *arguments, wait, group):
    """Start a replay, send it Ctrl-C some seconds after it began to write, and return status and standard error."""
    part = table.with_name(table.name + ".part")
    command = [sys.executable, "-m", "offensive_sim", "replay", *arguments, "--quiet", "--table", str(table)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    process = subprocess.Popen(command, start_new_session=True, **pipes)
    try:
        until = time.monotonic() + 30
        while not part.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        assert part.exists(), "it never began to write"
        time.sleep(wait)
        (os.killpg if group else os.kill)(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=40)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    return process.returncode, err


def test_ctrl_c_ends_it_with_130_and_leaves_nothing_half_written(tmp_path):
    status, err = interrupted(tmp_path / "control.csv", "--replicas", "50000", wait=0.3, group=False)
    assert status == ExitStatus.INTERRUPTED
    assert "Traceback" not in err
    assert "interrupted" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor: no second process")
def test_ctrl_c_at_a_terminal_leaves_no_traceback_of_a_worker(tmp_path):
    # A terminal interrupts the whole group. The second block is one replica, so its worker soon has nothing to do.
    _, err = interrupted(tmp_path / "control.csv", "summer-2014", "--replicas", "65", wait=3, group=True)
    assert "Traceback" not in err


# What is written


@pytest.mark.parametrize("option", ["--record", "--table"])
def test_a_folder_cannot_be_written(said, tmp_path, option):
    status, out, err = said(*SHORT, option, tmp_path)
    assert (status, out) == (ExitStatus.PROBLEMS, "")
    assert f"{tmp_path}: is a directory" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--record", "--table"])
def test_a_file_in_a_missing_folder_cannot_be_written(said, tmp_path, option):
    path = tmp_path / "missing" / "file"
    status, _, err = said(*SHORT, option, path)
    assert status == ExitStatus.PROBLEMS
    assert f"{path}: cannot be written: No such file or directory" in err
    assert not path.parent.exists()


@pytest.mark.parametrize("option", ["--record", "--table"])
def test_a_read_only_folder_cannot_be_written(said, tmp_path, monkeypatch, option):
    tmp_path.chmod(0o500)
    if os.geteuid() == 0:
        # Root may write everywhere; the system's refusal is put in its place.
        real = Path.open

        def refused(path, mode="r", *rest, **options):
            if "w" in mode and path.parent == tmp_path:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return real(path, mode, *rest, **options)

        monkeypatch.setattr(Path, "open", refused)
    status, _, err = said(*SHORT, option, tmp_path / "file")
    tmp_path.chmod(0o700)
    assert status == ExitStatus.PROBLEMS
    assert "cannot be written: Permission denied" in err


@pytest.mark.parametrize("option", ["--record", "--table"])
def test_a_full_or_forbidden_device_is_an_error_and_no_traceback(option):
    done = run(*SHORT, option, "/proc/version")
    assert done.returncode == ExitStatus.PROBLEMS
    assert "/proc/version: cannot be written" in done.stderr


def test_an_old_file_stays_until_the_new_one_is_whole(said, tmp_path, monkeypatch):
    path = tmp_path / "game.jsonl"
    path.write_text("old", "utf-8")

    def breaks(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("offensive_sim.campaign.series.Series.stacked", breaks)
    status, _, _ = said(*SHORT, "--record", path)
    assert status == ExitStatus.INTERRUPTED
    assert path.read_text("utf-8") == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["game.jsonl"]


def test_a_record_and_a_table_of_one_game(said, tmp_path):
    record, table = tmp_path / "game.jsonl", tmp_path / "control.csv"
    said(*SHORT, "--record", record, "--table", table)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["control.csv", "game.jsonl"]
    assert len(record.read_text("utf-8").splitlines()) == 1 + 3
    rows = list(csv.reader(table.open(encoding="utf-8", newline="")))
    assert rows[0] == ["date", "place", "chronicle", "simulated"]
    assert {row[0] for row in rows[1:]} == {"2014-06-04", "2014-06-05", "2014-06-06"}
    documented, simulated = ([row[column] for row in rows[1:]] for column in (2, 3))
    assert {"iraq", "krg", "isis"} <= set(documented)
    assert sum(a == b for a, b in zip(documented, simulated, strict=True)) > 0.9 * len(documented)


def test_the_table_of_an_ensemble_tells_how_many_agree(said, tmp_path):
    table = tmp_path / "control.csv"
    said(*SHORT, "--replicas", "4", "--table", table)
    rows = list(csv.DictReader(table.open(encoding="utf-8", newline="")))
    assert {float(row["agree"]) for row in rows} <= {0, 0.25, 0.5, 0.75, 1}
    assert any(row["agree"] == "1.000" for row in rows)


# What is said


def test_json_parses_and_tells_what_was_run(said):
    status, out, err = said(*SHORT, "--format", "json", "--seed", "5")
    card = json.loads(out)
    assert err == ""
    assert (card["scenario"], card["seed"], card["replicas"]) == ("june-2014", 5, 1)
    assert len(card["digest"]) == 16
    assert card["bar_met"] is (status == ExitStatus.OK)
    assert card["splits"]["tuned"]["changes"]["all"]["total"] > 0
    assert card["splits"]["checked"] is None


def test_json_of_an_ensemble_parses(said):
    _, out, err = said(*SHORT, "--format", "json", "--replicas", "3")
    assert json.loads(out)["replicas"] == 3
    assert 0 <= json.loads(out)["splits"]["tuned"]["brier"] <= 2
    assert err == ""


def test_csv_has_a_header_and_a_row_a_change(said):
    _, out, _ = said(*SHORT, "--format", "csv")
    rows = list(csv.DictReader(out.splitlines()))
    assert {"split", "place", "date", "verdict", "simulated"} <= set(rows[0])
    assert {row["verdict"] for row in rows} <= {"on_time", "early", "late", "missed"}


def test_a_replay_tells_each_day_and_a_quiet_one_only_the_scorecard(said):
    _, loud, _ = said(*SHORT[:-1])
    _, quiet, _ = said(*SHORT)
    assert "Wednesday 4 June" in loud
    assert "June" not in quiet.partition("Scorecard")[0]
    assert loud.endswith(quiet[-200:])


def test_the_same_seed_says_the_same_and_another_one_another_digest(said):
    said_with = [said(*SHORT, "--seed", seed)[1] for seed in (1, 1, 2)]
    assert said_with[0] == said_with[1]
    assert said_with[0].splitlines()[-1] != said_with[2].splitlines()[-1]


def test_progress_goes_to_standard_error():
    done = run("replay", "june-2014", "--until", "2014-06-05", "--replicas", "2", "--format", "json")
    assert json.loads(done.stdout)
    assert "replicas" in done.stderr


def test_the_shipped_scenarios_are_listed(said):
    status, out, _ = said("scenarios")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()] == ["june-2014", "summer-2014", "tutorial"]


def test_it_runs_as_a_module_and_from_another_folder(tmp_path):
    command = [sys.executable, "-m", "offensive_sim", "check", "june-2014"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
