import os
import subprocess
import sys

import numpy as np
import pytest
from tests import golden
from tests.campaign.helpers import evenings, game_of, plan_of
from tests.scenario.helpers import ROOT

from offensive_sim.campaign.running import ensemble, whole
from offensive_sim.scenario.shipped import shipped_ids

DAYS = 8


@pytest.mark.parametrize("name", shipped_ids())
def test_a_scenario_gives_its_golden_digests(name):
    assert name in golden.stored(), "no golden: run `python -m tests.golden --update`"
    said = golden.differs(name, golden.digests(name), golden.stored()[name])
    assert not said, said


def test_a_golden_that_moved_says_from_which_day_and_what_to_do():
    assert golden.differs("x", ["a", "b"], ["a", "b"]) == ""
    said = golden.differs("x", ["a", "b", "c"], ["a", "b", "d"])
    assert "from day 1 on" in said
    assert "python -m tests.golden --update" in said
    assert "Regression:" in said
    assert "from the opening on" in golden.differs("x", ["a"], ["b"])
    assert "from day 0 on" in golden.differs("x", ["a"], ["a", "b"])


@pytest.fixture(scope="module")
def block():
    """Eight days of sixty-four replicas of June, with uncertain numbers drawn."""
    game, _ = game_of("june-2014")
    return evenings(game, plan_of(game, DAYS, spread=True), *range(64))


@pytest.mark.parametrize("replicas", [(41,), (38, 39, 40, 41, 42, 43, 44), (63, 41, 0)], ids=str)
def test_replica_41_is_the_same_alone_and_among_others(block, replicas):
    game, _ = game_of("june-2014")
    row = replicas.index(41)
    for here, there in zip(evenings(game, plan_of(game, DAYS, spread=True), *replicas), block, strict=True):
        for name, table in here.state.tables().items():
            assert np.array_equal(table[row], getattr(there.state, name)[41]), (here.state.day, name)
        if here.journal:
            assert np.array_equal(told(here.journal), told(there.journal))
            assert np.array_equal(here.journal.forced[row], there.journal.forced[41])


def told(journal):
    entries = journal.entries()
    return entries[entries["replica"] == 41]


def test_replicas_differ_from_one_another_and_from_the_central_run(block):
    men = block[-1].state.men
    assert len({row.tobytes() for row in men}) == 64
    game, _ = game_of("june-2014")
    assert not np.array_equal(evenings(game, plan_of(game, DAYS))[-1].state.men[0], men[0])


def test_the_same_seed_gives_the_same_digests_and_another_one_others():
    game, _ = game_of("june-2014")
    runs = [[e.state.digest() for e in evenings(game, plan_of(game, DAYS, seed=seed))] for seed in (7, 7, 8)]
    assert runs[0] == runs[1]
    assert runs[0][-1] != runs[2][-1]


def test_an_ensemble_is_the_same_in_one_process_and_in_two():
    game, _ = game_of("june-2014")
    plan = plan_of(game, 3, spread=True)
    one, two = (whole(list(ensemble(game, plan, 140, processes=n))) for n in (1, 2))
    assert one.digest == two.digest
    assert one.replicas.tolist() == two.replicas.tolist() == list(range(140))
    for name in ("shown", "holder", "displaced", "by_governorate", "forced"):
        assert np.array_equal(getattr(one, name), getattr(two, name)), name


def _dispatched():
    from numpy._core import _multiarray_umath as core  # noqa: PLC0415 - private to numpy 2

    return [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]


PRINT = "from tests.golden import digests; print(digests('june-2014')[-1])"


def _digest_elsewhere(**environment):
    command = [sys.executable, "-c", PRINT]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_digest_does_not_depend_on_the_processors_vector_instructions():
    try:
        features = _dispatched()
    except ImportError:
        pytest.skip("this numpy does not say which vector instructions it dispatches to")
    if not features:
        pytest.skip("this processor has no vector instructions that numpy dispatches to")
    plain = _digest_elsewhere(NPY_DISABLE_CPU_FEATURES=" ".join(features))
    if "NPY_DISABLE_CPU_FEATURES" in plain.stderr:
        pytest.skip(f"numpy refuses to do without {features}: {plain.stderr.strip().splitlines()[-1]}")
    assert plain.returncode == 0, plain.stderr
    assert plain.stdout.strip() == golden.digests("june-2014")[-1]


def test_the_digest_does_not_depend_on_hash_order_locale_or_time_zone():
    elsewhere = _digest_elsewhere(PYTHONHASHSEED="1", LC_ALL="C", TZ="Asia/Kathmandu")
    assert elsewhere.returncode == 0, elsewhere.stderr
    assert elsewhere.stdout.strip() == golden.digests("june-2014")[-1]
