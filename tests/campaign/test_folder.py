"""The folder of a run: the same bytes however it was played, taken up again after a stop, never another run's."""

import errno
import json
import os
import signal
from contextlib import closing
from dataclasses import replace

import pytest
from tests.campaign.studies import study

from offensive_sim import ensembles
from offensive_sim.campaign import blocks, folder
from offensive_sim.campaign import study as studies
from offensive_sim.campaign.running import BLOCK
from offensive_sim.errors import ExitStatus, ReplayMismatchError, SimError, UsageError

THREE_BLOCKS = 2 * BLOCK + 9


def contents(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def interrupted(out, asked, after=1):
    """A run that is stopped after some blocks."""
    folder.prepared(out, asked)
    with closing(folder.play(out, asked, processes=1)) as running:
        for _ in range(after):
            next(running)


def test_one_process_or_two_give_the_same_files(tmp_path):
    asked = study(replicas=THREE_BLOCKS, split=64)
    one = ensembles.run(asked, tmp_path / "one", processes=1)
    two = ensembles.run(asked, tmp_path / "two", processes=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert one.manifest == two.manifest
    assert sorted(contents(tmp_path / "one")) == ["control.geojson", "manifest.json", "place-day.csv", "run-day.csv"]
    assert not folder.blocks_of(tmp_path / "one").exists()


def test_a_run_that_was_stopped_goes_on_and_ends_the_same(tmp_path, monkeypatch):
    asked = study(replicas=THREE_BLOCKS)
    ensembles.run(asked, tmp_path / "whole", processes=1)
    interrupted(tmp_path / "stopped", asked, after=2)
    played = []
    real = blocks.play_job
    monkeypatch.setattr(blocks, "play_job", lambda *given: played.append(given[2]) or real(*given))
    told = []
    ensembles.run(asked, tmp_path / "stopped", lambda done, total: told.append((done, total)), processes=1)
    assert len(played) == len(asked.jobs) - 2
    assert told[-1] == (THREE_BLOCKS, THREE_BLOCKS)
    assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")


@pytest.mark.parametrize("spoilt", ["main-0000000.npy", "main-0000000.npz"])
@pytest.mark.parametrize("left", [0, 30])
def test_a_block_that_a_failing_disk_has_spoilt_is_played_again(spoilt, left, tmp_path):
    asked = study(replicas=THREE_BLOCKS)
    ensembles.run(asked, tmp_path / "whole", processes=1)
    interrupted(tmp_path / "stopped", asked, after=2)
    path = folder.blocks_of(tmp_path / "stopped") / spoilt
    path.write_bytes(path.read_bytes()[:left])
    ensembles.run(asked, tmp_path / "stopped", processes=1)
    assert contents(tmp_path / "stopped") == contents(tmp_path / "whole")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seed": 8}, "--seed 7 there, 8 here"),
        ({"replicas": 71}, "--replicas 70 there, 71 here"),
        ({"split": 10}, "--split 0 there, 10 here"),
        ({"lever": {"kind": "no_event", "arrivals": ["red-reserve"]}}, "what the levers make of the scenario differs"),
    ],
)
def test_an_interrupted_run_is_not_taken_up_with_something_else(changes, words, tmp_path):
    interrupted(tmp_path / "run", study())
    before = contents(folder.blocks_of(tmp_path / "run"))
    with pytest.raises(ReplayMismatchError) as caught:
        folder.prepared(tmp_path / "run", study(**changes))
    assert words in str(caught.value)
    assert "nothing was changed" in str(caught.value)
    assert caught.value.status is ExitStatus.DIFFERS
    assert contents(folder.blocks_of(tmp_path / "run")) == before


def test_an_interrupted_run_of_another_version_is_not_taken_up(tmp_path):
    interrupted(tmp_path / "run", study())
    path = folder.blocks_of(tmp_path / "run") / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"sim": "0.0.9"}))
    with pytest.raises(ReplayMismatchError, match=r"version 0.0.9 there, .* here"):
        folder.prepared(tmp_path / "run", study())


def test_a_finished_folder_is_not_written_over(tmp_path):
    ensembles.run(study(), tmp_path / "run", processes=1)
    before = contents(tmp_path / "run")
    with pytest.raises(UsageError, match="holds this run already, finished"):
        ensembles.run(study(), tmp_path / "run")
    with pytest.raises(UsageError, match=r"finished run of something else .*--seed 7 there, 9 here"):
        ensembles.run(study(seed=9), tmp_path / "run")
    assert contents(tmp_path / "run") == before


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("all of it")
    with pytest.raises(UsageError, match="holds other files; choose a new folder"):
        ensembles.run(study(), tmp_path)
    assert contents(tmp_path) == {"thesis.txt": b"all of it"}


def test_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(SimError, match="out"):
        ensembles.run(study(), tmp_path / "out")


def test_a_full_disk_is_said_and_what_was_kept_stays(tmp_path, monkeypatch):
    asked = study(replicas=THREE_BLOCKS)
    interrupted(tmp_path / "run", asked, after=2)

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SimError, match=rf"main-{2 * BLOCK:07d}.npy: cannot be written: No space left on device"):
            ensembles.run(asked, tmp_path / "run", processes=1)
    kept = sorted(path.name for path in folder.blocks_of(tmp_path / "run").iterdir())
    stems = ("main-0000000", f"main-{BLOCK:07d}")
    assert kept == [*(f"{stem}.{kind}" for stem in stems for kind in ("npy", "npz")), "run.json"]
    ensembles.run(asked, tmp_path / "run", processes=1)
    assert (tmp_path / "run" / "manifest.json").exists()


def test_a_worker_that_is_ended_from_outside_costs_only_its_block(tmp_path, monkeypatch):
    asked = study(replicas=THREE_BLOCKS)
    ensembles.run(asked, tmp_path / "whole", processes=1)
    mark = tmp_path / "once"
    real = blocks.play_job

    def fatal(worlds, seed, job):
        if job.first == BLOCK and not mark.exists():
            mark.write_text("")
            os.kill(os.getpid(), signal.SIGKILL)
        return real(worlds, seed, job)

    monkeypatch.setattr(blocks, "play_job", fatal)
    ensembles.run(asked, tmp_path / "hurt", processes=2)
    assert mark.exists()
    assert contents(tmp_path / "hurt") == contents(tmp_path / "whole")


def test_a_rerun_from_the_manifest_gives_the_same_files(tmp_path):
    asked = study(replicas=BLOCK + 12, split=70)
    ensembles.run(asked, tmp_path / "run", processes=1)
    again, told = ensembles.study_of(tmp_path / "run" / "manifest.json", asked.scenario)
    result = ensembles.run(again, tmp_path / "again", processes=1)
    ensembles.compare_files(told, result.manifest)
    assert contents(tmp_path / "run") == contents(tmp_path / "again")


def test_a_rerun_that_differs_names_the_files(tmp_path):
    result = ensembles.run(study(), tmp_path / "run", processes=1)
    other = json.loads(json.dumps(result.manifest))
    other["files"]["run-day.csv"] = "0"
    with pytest.raises(ReplayMismatchError, match=r"differs in run-day.csv; written with version"):
        ensembles.compare_files(other, result.manifest)


def test_a_manifest_of_a_changed_scenario_is_not_played(tmp_path):
    asked = study()
    ensembles.run(asked, tmp_path / "run", processes=1)
    changed = asked.scenario.model_copy(update={"orders": asked.scenario.orders[:-1]})
    with pytest.raises(ReplayMismatchError, match="three-towns has changed since"):
        ensembles.study_of(tmp_path / "run" / "manifest.json", changed)


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"scenario": "three-towns", "files": {}}', "\x00"])
def test_what_is_no_manifest_is_said_to_be_none(said, tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text(said)
    with pytest.raises(SimError, match=r"manifest.json: is not the manifest"):
        ensembles.study_of(path, study().scenario)


def test_an_ensemble_of_one_world_is_a_run_too(tmp_path):
    asked = replace(study(), what_ifs=(), paired=False)
    result = ensembles.run(asked, tmp_path / "run", processes=1)
    assert result.found.replicas == 70
    assert result.manifest["worlds"] == ["model"]


def test_memory_does_not_follow_the_count(tmp_path, monkeypatch):
    """Read in small pieces, the result is the same."""
    asked = study(replicas=BLOCK + 12)
    whole = ensembles.run(asked, tmp_path / "whole", processes=1).found
    monkeypatch.setattr(studies, "_MOST_AT_ONCE", 1_000)
    pieces = ensembles.run(asked, tmp_path / "pieces", processes=1).found
    for one, other in zip(whole.followed, pieces.followed, strict=True):
        assert (one.model == other.model).all()
        assert (one.difference == other.difference).all()
        assert one.words == other.words


@pytest.mark.parametrize(("replicas", "split"), [(2, 0), (127, 0), (128, 64), (256, 128), (1_000_000, 128)])
def test_the_spread_is_split_where_there_are_runs_enough(replicas, split):
    assert ensembles.usual_split(replicas) == split
