"""Pairs of runs: the same luck in both worlds, nothing before the date, nothing at all where nothing is changed."""

import re
from dataclasses import replace

import numpy as np
import pytest
from tests.campaign.studies import FIRST, LEVERS, NOTHING, study
from tests.scenario.helpers import ROOT

from offensive_sim.campaign.blocks import Job, jobs, play_job
from offensive_sim.campaign.pairs import TOGETHER, play_worlds
from offensive_sim.campaign.sources import PURPOSES, MixedDice
from offensive_sim.engine.dice import Dice, Draw


def played(asked, replicas=40, seed=7):
    return play_worlds(asked.worlds, Dice(seed, np.arange(replicas)))


@pytest.mark.parametrize("name", LEVERS)
def test_the_second_world_taken_over_is_the_second_world_played_from_the_start(name):
    """Nothing differs before the date, so the evenings before it need not be played twice."""
    asked = study(*LEVERS[name])
    whole = play_worlds(replace(asked.worlds, parts_after=-1), Dice(7, np.arange(40)))
    taken = played(asked)
    assert taken.digests == whole.digests
    assert (taken.values == whole.values).all()
    shared = max(asked.worlds.parts_after, 0) if LEVERS[name][1] > FIRST else -1
    assert (whole.values[0, :, : shared + 1] == whole.values[1, :, : shared + 1]).all()


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_changes_something_on_or_after_its_date(name):
    parted = played(study(*LEVERS[name])).parted
    assert (parted != TOGETHER).any()
    assert parted[parted != TOGETHER].min() > (LEVERS[name][1] - FIRST).days - (LEVERS[name][1] == FIRST)


@pytest.mark.parametrize("day", [FIRST, FIRST.replace(day=5)])
def test_what_changes_nothing_differs_in_nothing(day):
    block = played(study(NOTHING, day), replicas=64)
    assert (block.values[0] == block.values[1]).all()
    assert (block.held[0] == block.held[1]).all()
    assert not block.differs.any()
    assert not block.ever.any()
    assert (block.parted == TOGETHER).all()


def test_a_replica_does_not_depend_on_those_beside_it():
    asked = study()
    whole, part = played(asked), play_worlds(asked.worlds, Dice(7, np.arange(10, 20)))
    assert (whole.values[..., 10:20] == part.values).all()
    assert (whole.parted[10:20] == part.parted).all()


def test_the_model_beside_a_what_if_is_the_model_alone():
    asked = study(*LEVERS["strength"])
    alone = replace(asked, what_ifs=(), paired=False)
    block = play_worlds(replace(alone.worlds, measures=asked.measures), Dice(7, np.arange(40)))
    assert (block.values[0] == played(asked).values[0]).all()


def test_counts_add_up():
    asked = study(*LEVERS["strength"])
    block = played(asked)
    assert (block.held.sum(axis=3) == 40).all()
    assert (np.diff(block.ever, axis=0) >= 0).all()
    assert (block.differs <= block.ever).all()


@pytest.mark.parametrize(
    ("lever", "measure", "more"),
    [
        ({"kind": "strength", "who": {"units": ["red-bridge-company"]}, "times": 10}, "held", True),
        ({"kind": "strength", "who": {"faction": "blue"}, "times": 4}, "held", False),
        (
            {"kind": "event_added", "title": "Strikes from the first day",
             "then": [{"kind": "air_strikes", "faction": "red", "place": "ford", "strikes": 60, "days": 10}]},
            "held", True,
        ),
    ],
)  # fmt: skip
def test_more_men_and_earlier_strikes_move_their_outcome_the_right_way(lever, measure, more):
    """In at least nine of ten sets of seeds."""
    asked = study(lever, FIRST)
    number = [one.id for one in asked.measures].index(measure)
    right = 0
    for seed in range(10):
        values = played(asked, replicas=64, seed=seed).values[:, number, 1:]
        gap = (values[1].astype(int) - values[0]).mean()
        right += gap > 0 if more else gap < 0
    assert right >= 9


# Sources of spread


def test_each_purpose_of_chance_belongs_to_one_source():
    named = [purpose for purposes in PURPOSES.values() for purpose in purposes]
    assert sorted(named) == sorted(Draw)


def test_the_document_lists_the_purposes_of_each_source():
    page = (ROOT / "docs/what-if.md").read_text("utf-8")
    for source, purposes in PURPOSES.items():
        row = next(line for line in page.splitlines() if line.startswith(f"  | {source} |"))
        assert set(re.findall(r"`([a-z-]+)`", row)) == {str(purpose) for purpose in purposes}


@pytest.mark.parametrize("source", PURPOSES)
def test_one_source_is_drawn_from_others_and_the_rest_is_not(source):
    own, others = Dice(7, np.arange(5)), Dice(7, np.arange(100, 105))
    mixed = MixedDice(7, np.arange(5), np.arange(100, 105), source)
    for purpose in Draw:
        expected = others if purpose in PURPOSES[source] else own
        rows, cells = np.array([0, 4]), np.array([3, 1])
        assert (mixed.uniforms(purpose, 2, 6) == expected.uniforms(purpose, 2, 6)).all()
        assert (mixed.at(purpose, 2, rows, cells) == expected.at(purpose, 2, rows, cells)).all()


def test_jobs_cover_each_replica_once_and_the_split_for_each_source():
    found = jobs(150, 70)
    main = [number for job in found if job.name == "main" for number in range(job.first, job.first + job.count)]
    assert main == list(range(150))
    for source in PURPOSES:
        some = [job for job in found if job.name == source]
        assert sum(job.count for job in some) == 70
        assert {job.shift for job in some} == {70}


def test_the_job_of_a_source_is_its_replicas_with_that_source_of_others():
    asked = study()
    job = Job("rates", 0, 4, 30)
    mixed = MixedDice(7, np.arange(4), np.arange(30, 34), "rates")
    assert (play_job(asked.worlds, 7, job).values == play_worlds(asked.worlds, mixed).values).all()
