"""The what-ifs that ship: one lever each, evidence on both sides, every warning answered, nothing else moved."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from tests.scenario.helpers import ROOT
from tests.test_vocabulary import BANNED, HARM, REFUGEE

from offensive_sim import compare
from offensive_sim.campaign.commanders import Script
from offensive_sim.campaign.compiling import compile_scenario
from offensive_sim.campaign.running import Plan, play
from offensive_sim.errors import UsageError
from offensive_sim.scenario.chronicle import load_chronicle
from offensive_sim.scenario.levers import applied, chosen
from offensive_sim.scenario.load import load
from offensive_sim.scenario.premise import premise_notes
from offensive_sim.scenario.whatif import SHORT_GAP
from offensive_sim.scenario.whatif_files import read_what_if

FILES = sorted((ROOT / "scenarios").glob("*/what-if/*.yaml"))
MAY_DIFFER = {
    "no_event": {"triggers.conditions", "triggers.earliest", "units.appears", "units.held_back"},
    "event_moved": {"triggers.conditions", "triggers.earliest", "units.appears", "units.held_back"},
    "event_added": {"triggers.", "effects."},
    "orders_given": set(),
    "orders_dropped": set(),
    "orders_moved": set(),
    "strength": {"units.men", "units.fixed_points"},
}
"""Arrays of the compiled world that a lever may change; orders are not part of it."""
GUARDED = {"speicher-escorted", "sinjar-warned"}
"""Questions about people who are alive or missed: an instructor must allow them."""

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def scenarios():
    """The plain scenarios, compiled once each."""
    found = {}
    for path in {path.parents[1] / "scenario.yaml" for path in FILES}:
        scenario, _ = load(path)
        found[scenario.id] = (scenario, load_chronicle(path, scenario)[0], compile_scenario(scenario))
    return found


def arrays(part, name=""):
    """Every leaf of nested dataclasses, by dotted name."""
    if is_dataclass(part):
        for one in fields(part):
            yield from arrays(getattr(part, one.name), f"{name}.{one.name}" if name else one.name)
    else:
        yield name, part


def same(one, other):
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


def starts_with(one, other):
    """Whether ``other`` is ``one`` with more after it, along every axis."""
    if isinstance(one, np.ndarray):
        return one.ndim == other.ndim and np.array_equal(one, other[tuple(slice(n) for n in one.shape)])
    return one == (other[: len(one)] if isinstance(one, tuple) else other)


@every_file
def test_it_moves_its_lever_and_no_other_array_of_the_world(path, scenarios):
    what_if, _ = read_what_if(path)
    scenario, _, plain = scenarios[what_if.scenario]
    changed = compile_scenario(applied(scenario, [what_if])).world
    other = dict(arrays(changed))
    differ = {name for name, one in arrays(plain.world) if not same(one, other[name])}
    allowed = MAY_DIFFER[what_if.lever.kind]
    assert {name for name in differ if not any(name.startswith(may) for may in allowed)} == set()
    assert bool(differ) == bool(allowed)
    if what_if.lever.kind == "event_added":
        before = dict(arrays(plain.world))
        assert {name for name in differ if not starts_with(before[name], other[name])} == set()


@every_file
def test_it_changes_only_the_orders_that_it_names_and_only_from_its_date_on(path, scenarios):
    what_if, _ = read_what_if(path)
    scenario, _, plain = scenarios[what_if.scenario]
    one, other = (Script(some, plain.world) for some in (scenario, applied(scenario, [what_if])))
    moved = (one.goal != other.goal) | (one.stance != other.stance)
    assert bool(moved.any()) == what_if.lever.kind.startswith("orders_")
    if moved.any():
        who = set(chosen(scenario, what_if.lever.who))
        assert {plain.world.units.ids[u] for u in np.flatnonzero(moved.any(axis=0))} <= who
        assert not moved[: (what_if.date - scenario.first_day).days].any()


@every_file
def test_nothing_differs_before_its_date(path, scenarios):
    what_if, _ = read_what_if(path)
    scenario, _, plain = scenarios[what_if.scenario]
    days = (what_if.date - scenario.first_day).days
    plan = Plan(7, days, spread=True, tell=False)
    for ours, theirs in zip(
        play(plain, plan, np.arange(2)),
        play(compile_scenario(applied(scenario, [what_if])), plan, np.arange(2)),
        strict=True,
    ):
        one, other = ours.state.arrays(), theirs.state.arrays()
        if what_if.lever.kind == "strength":
            assert days == 0
            continue
        assert {name for name in one if not starts_with(one[name], other[name])} == set()


@every_file
def test_every_warning_of_the_premise_check_is_answered_in_the_file(path, scenarios):
    """A warning may stand if the file says what is behind it."""
    what_if, _ = read_what_if(path)
    scenario, _, _ = scenarios[what_if.scenario]
    against = {f"{fact.id} speaks against it: {fact.why}" for fact in what_if.facts if fact.how == "contradicts"}
    weak = {f"{what_if.id} rests on sources of low confidence"} if what_if.judgement or what_if.note else set()
    warnings = {note.what for note in premise_notes([what_if], scenario) if note.severity == "warning"}
    assert warnings - against - weak == set()


@every_file
def test_it_is_short_and_has_evidence_on_both_sides_with_sources(path):
    what_if, _ = read_what_if(path)
    assert what_if.horizon <= SHORT_GAP
    for rows in (what_if.evidence.for_, what_if.evidence.against):
        assert rows
        assert all("judgement" not in row.source for row in rows)
    assert what_if.discuss
    assert what_if.would_show


@every_file
def test_its_words_are_plain_and_no_measure_or_fact_is_about_the_dead(path, scenarios):
    what_if, _ = read_what_if(path)
    _, chronicle, _ = scenarios[what_if.scenario]
    said = what_if.model_dump_json()
    assert BANNED.findall(said) == []
    assert REFUGEE.findall(said) == []
    assert [one.title for one in what_if.measures if HARM.search(one.title)] == []
    documented = [chronicle.events[fact.id] for fact in what_if.facts if fact.what == "documented"]
    assert [event.title for event in documented if event.kind == "atrocity"] == []


def test_the_ten_questions_ship():
    assert [path.stem for path in FILES] == [
        "call-two-weeks-later", "commanders-stay", "garrison-on-paper", "peshmerga-in-mosul", "speicher-escorted",
        "strikes-in-june", "twelfth-division-stays",
        "no-attack-on-the-kurds", "peshmerga-resupplied", "sinjar-warned",
    ]  # fmt: skip


def test_the_guarded_questions_need_an_instructor():
    opt_in = {path.stem for path in FILES if read_what_if(path)[0].opt_in}
    assert opt_in == GUARDED


def test_a_guarded_question_is_refused_without_leave_from_python_too():
    with pytest.raises(UsageError, match="speicher-escorted is played where an instructor allows it, with opt_in=True"):
        compare("june-2014", "speicher-escorted", replicas=2, split=0)


def test_twins_point_at_each_other():
    read = {path.stem: read_what_if(path)[0] for path in FILES}
    twins = {name: one.twin for name, one in read.items() if one.twin}
    assert twins
    assert {other: name for name, other in twins.items()} == twins


# The table of docs/teaching.md

TEACHING = ROOT / "docs" / "teaching.md"
HOW_OFTEN = {"nearly all": (0.7, 1.0), "many": (0.25, 0.85), "few": (0.01, 0.35), "none": (0.0, 0.15)}
"""Shares of pairs that each word allows, with room for the luck of 24 pairs."""
PAIRS = 24


def rows_of_the_table():
    lines = TEACHING.read_text("utf-8").split("## The ten questions")[1].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[1].strip("`"): row for row in cells if row[1].startswith("`")}


def test_the_teachers_table_has_every_question_with_its_kind_and_lock():
    table = rows_of_the_table()
    read = {path.stem: read_what_if(path)[0] for path in FILES}
    assert set(table) == set(read)
    assert {name: row[2] for name, row in table.items()} == {name: one.kind for name, one in read.items()}
    assert {name for name, row in table.items() if "(locked)" in row[0]} == GUARDED


@every_file
def test_the_teachers_table_says_what_the_model_shows(path):
    what_if, _ = read_what_if(path)
    row = rows_of_the_table()[what_if.id]
    judged = compare(path.parents[1] / "scenario.yaml", str(path), replicas=PAIRS, split=0, processes=1, opt_in=True)
    outcome = judged.found.outcome.judged
    share = {"more": outcome.more, "fewer": outcome.fewer}[row[4]] / outcome.pairs
    low, high = HOW_OFTEN[row[5]]
    assert low <= share <= high
