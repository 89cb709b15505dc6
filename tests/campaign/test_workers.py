"""Jobs over processes: each done once, whoever does it; a process that is ended costs only its job."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.scenario.helpers import ROOT

from offensive_sim.campaign.workers import spread_over
from offensive_sim.errors import SimError


@dataclass(frozen=True)
class Square:
    """Squares a number and leaves a mark for it."""

    marks: Path

    def __call__(self, number):
        with (self.marks / str(number)).open("a") as mark:
            mark.write(f"{os.getpid()}\n")
        return number * number


@dataclass(frozen=True)
class Ended(Square):
    """The same, but its process is ended from outside at five: the first time, or always."""

    always: bool = False

    def __call__(self, number):
        if number == 5 and (self.always or not (self.marks / "5").exists()):
            super().__call__(number)
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(number)


def refuse(number):
    if number == 3:
        msg = "three cannot be written"
        raise SimError(msg)
    return number


@pytest.mark.parametrize("processes", [1, 2])
def test_every_job_is_done_once(processes, tmp_path):
    done = list(spread_over(Square(tmp_path), range(40), processes))
    assert sorted(done) == [(number, number * number) for number in range(40)]
    assert all(len(mark.read_text().splitlines()) == 1 for mark in tmp_path.iterdir())


def test_one_process_is_this_one_and_two_are_not(tmp_path):
    list(spread_over(Square(tmp_path), range(4), 1))
    assert {mark.read_text() for mark in tmp_path.iterdir()} == {f"{os.getpid()}\n"}
    list(spread_over(Square(tmp_path), range(10, 14), 2))
    assert f"{os.getpid()}\n" not in {(tmp_path / str(number)).read_text() for number in range(10, 14)}


def test_a_job_that_was_lost_with_its_process_is_done_again(tmp_path):
    done = list(spread_over(Ended(tmp_path), range(12), 2))
    assert sorted(done) == [(number, number * number) for number in range(12)]
    assert len((tmp_path / "5").read_text().splitlines()) == 2


def test_processes_that_are_ended_again_and_again_are_given_up(tmp_path):
    with pytest.raises(SimError, match="ended from outside, perhaps for want of memory"):
        list(spread_over(Ended(tmp_path, always=True), range(12), 2))
    assert 1 <= len((tmp_path / "5").read_text().splitlines()) <= 3


@pytest.mark.parametrize("processes", [1, 2])
def test_what_a_job_raises_is_raised(processes):
    with pytest.raises(SimError, match="three cannot be written"):
        list(spread_over(refuse, range(12), processes))


@pytest.mark.parametrize(("processes", "most"), [(1, 1), (2, 20)])
def test_whoever_stops_early_leaves_the_rest_undone(processes, most, tmp_path):
    with closing(spread_over(Square(tmp_path), range(1_000), processes)) as running:
        next(running)
    assert 1 <= len(list(tmp_path.iterdir())) <= most


def test_nothing_to_do_is_nothing_done(tmp_path):
    assert list(spread_over(Square(tmp_path), [], 2)) == []


SLEEPER = """
import os, pathlib, sys, time
from offensive_sim.campaign.workers import spread_over

def sleep(number):
    (pathlib.Path(sys.argv[1]) / str(os.getpid())).touch()
    time.sleep(600)

list(spread_over(sleep, range(9), 2))
"""


def asleep(marks):
    """A program whose two workers do nothing for ten minutes, begun in a process group of its own; and the workers."""
    program = subprocess.Popen(
        [sys.executable, "-c", SLEEPER, str(marks)], cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL
    )
    waited(lambda: len(list(marks.iterdir())) == 2)
    return program, [int(mark.name) for mark in marks.iterdir()]


def waited(happened, seconds=60):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def gone(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return "\nState:\tZ" in Path(f"/proc/{process}/status").read_text()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
def test_ctrl_c_ends_everybody_however_often_it_is_pressed(times, tmp_path):
    program, workers = asleep(tmp_path)
    for _ in range(times):
        os.killpg(program.pid, signal.SIGINT)
    assert program.wait(60) != 0
    waited(lambda: all(map(gone, workers)))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked up in /proc")
def test_workers_end_with_a_program_that_is_ended_from_outside(tmp_path):
    program, workers = asleep(tmp_path)
    program.kill()
    program.wait(60)
    waited(lambda: all(map(gone, workers)))
