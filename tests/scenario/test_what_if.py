"""What-if files: what they may say, what is refused where, and what their levers change."""

import json
from datetime import date
from typing import get_args

import pytest
import yaml
from tests.scenario.helpers import ROOT, SHIPPED, THREE_TOWNS

from offensive_sim.errors import ScenarioError, UsageError
from offensive_sim.scenario.chronicle import load_chronicle
from offensive_sim.scenario.levers import applied, chosen
from offensive_sim.scenario.load import load
from offensive_sim.scenario.premise import premise_notes
from offensive_sim.scenario.schema import what_if_schema
from offensive_sim.scenario.whatif import Lever, Measure, WhatIf, Who
from offensive_sim.scenario.whatif_files import problems_of, read_what_if, sound_what_ifs, what_if_ids

FILES = sorted((ROOT / "scenarios").glob("*/what-if/*.yaml"))
FIELDS = {
    "format": 1,
    "id": "trial",
    "scenario": "three-towns",
    "title": "A trial",
    "question": "What if it had been otherwise?",
    "date": date(2014, 6, 3),
    "premise": "Something is otherwise.",
    "kind": "plausible",
    "source": ["invented_daily"],
    "confidence": "high",
    "lever": {"kind": "no_event", "events": ["commander-leaves"]},
    "evidence": {
        "for": [{"says": "It was near.", "source": ["invented_daily"]}],
        "against": [{"says": "It was far.", "source": ["invented_review"]}],
    },
    "facts": [{"what": "event", "id": "bridge-damaged", "how": "depends", "why": "The flag."}],
    "measures": [{"kind": "places_held", "id": "held", "title": "places of red", "faction": "red"}],
    "horizon": 5,
    "caution": "Nothing follows.",
}


def three_towns():
    scenario, _ = load(THREE_TOWNS)
    return scenario, load_chronicle(THREE_TOWNS, scenario)[0]


def what_if(**changes):
    return WhatIf.model_validate(FIELDS | changes)


def on_disk(folder, **changes):
    """A what-if as a file, with the line of a key by its text."""
    fields = FIELDS | changes
    path = folder / f"{fields['id']}.yaml"
    path.write_text(yaml.safe_dump(fields, sort_keys=False), "utf-8")
    return path


def only_problem(folder, **changes):
    problems = problems_of(on_disk(folder, **changes), *three_towns())
    assert len(problems) == 1, "\n".join(map(str, problems))
    assert problems[0].line > 0
    return problems[0]


# The shipped files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_what_if_has_no_problem(path):
    base = path.parents[1] / "scenario.yaml"
    scenario, _ = load(base)
    chronicle, _ = load_chronicle(base, scenario)
    problems = problems_of(path, scenario, chronicle)
    assert problems == [], "\n".join(map(str, problems))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_what_if_speaks_for_and_against_and_of_its_limits(path):
    one, _ = read_what_if(path)
    assert one.evidence.for_
    assert one.evidence.against
    assert one.question.startswith("What if ")
    assert one.discuss
    assert one.claim
    first = path.read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schema/what-if.schema.json"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_what_if_answers_the_premise_check(path):
    """What waits for the changed events is spoken of; twins exist."""
    base = path.parents[1] / "scenario.yaml"
    scenario, _ = load(base)
    one, _ = read_what_if(path)
    assert [note.what for note in premise_notes([one], scenario) if "does not speak of it" in note.what] == []
    assert one.twin is None or one.twin in {other.stem for other in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_schema_accepts_a_shipped_what_if(path):
    jsonschema = pytest.importorskip("jsonschema")
    data = json.loads(json.dumps(yaml.safe_load(path.read_text("utf-8")), default=str))
    jsonschema.Draft202012Validator(what_if_schema()).validate(data)


def test_the_model_of_all_is_shipped():
    assert "commanders-stay" in what_if_ids(ROOT / "scenarios/june-2014/scenario.yaml")
    assert SHIPPED


# What is refused


def test_the_trial_itself_is_fine(tmp_path):
    assert problems_of(on_disk(tmp_path), *three_towns()) == []


REFUSED = {
    "for another scenario": ({"scenario": "june-2014"}, "scenario", "is for june-2014, not for three-towns"),
    "unknown lever": ({"lever": {"kind": "no_evnt"}}, "lever", "no such kind: no_evnt (did you mean no_event?)"),
    "unknown measure": (
        {"measures": [{"kind": "displacd", "id": "a", "title": "b"}]}, "measures.0", "(did you mean displaced?)"
    ),
    "date outside": ({"date": date(2014, 7, 3)}, "date", "2014-07-03 is outside the scenario"),
    "judged after the end": ({"horizon": 14}, "horizon", "run past the last day, 2014-06-10"),
    "unknown event": (
        {"lever": {"kind": "no_event", "events": ["commander-leave"]}}, "lever.events.0",
        "no event (trigger) is called commander-leave (did you mean commander-leaves?)",
    ),
    "unknown unit": (
        {"lever": {"kind": "strength", "who": {"units": ["red-reserv"]}, "times": 2}}, "lever.who.units.0",
        "(did you mean red-reserve?)",
    ),
    "nobody": ({"lever": {"kind": "strength", "who": {}, "times": 2}}, "lever.who", "says nothing"),
    "nobody meets all": (
        {"lever": {"kind": "strength", "who": {"faction": "blue", "at": ["south"]}, "times": 2}}, "lever.who",
        "no unit meets all of these",
    ),
    "nothing named": ({"lever": {"kind": "no_event"}}, "lever", "names neither events nor arrivals"),
    "an event without a day": (
        {"lever": {"kind": "event_moved", "days": 1, "events": ["bridge-damaged"]}}, "lever.events.0",
        "waits for no day",
    ),
    "moved before the date": (
        {"lever": {"kind": "event_moved", "days": -2, "events": ["commander-leaves"]}}, "lever.events.0",
        "commander-leaves is changed on 2014-06-01, before the date, 2014-06-03",
    ),
    "arrival of who is there": (
        {"lever": {"kind": "no_event", "arrivals": ["red-hq"]}}, "lever.arrivals.0", "is there from the start"
    ),
    "no such order": (
        {"lever": {"kind": "orders_dropped", "who": {"faction": "blue"}, "orders": ["withdraw"]}}, "lever",
        "no documented order from 2014-06-03 on meets all of these",
    ),
    "order without a goal": (
        {"lever": {"kind": "orders_given", "who": {"faction": "blue"}, "order": "attack"}}, "lever",
        "`attack` needs `to`",
    ),
    "fewer men later": (
        {"lever": {"kind": "strength", "who": {"faction": "blue"}, "times": 0.5}}, "lever", "later men can join"
    ),
    "neither times nor paper": (
        {"lever": {"kind": "strength", "who": {"faction": "blue"}}}, "lever", "either `times` or `on_paper: true`"
    ),
    "effect on no road": (
        {"lever": {"kind": "event_added", "title": "x", "then": [{"kind": "open_link", "a": "north", "b": "south"}]}},
        "lever.then.0", "no road joins north and south",
    ),
    "effect that hands over": (
        {"lever": {"kind": "event_added", "title": "x", "then": [{"kind": "set_flag", "flag": "x"}]}},
        "lever.then.0", "no such kind: set_flag",
    ),
    "unknown source": ({"source": ["invented_dail"]}, "source.0", "(did you mean invented_daily?)"),
    "judgement without reason": ({"source": ["judgement"]}, "source", "add `judgement:`"),
    "a fact that is not there": (
        {"facts": [{"what": "documented", "id": "camp-open", "how": "depends", "why": "x"}]}, "facts.0.id",
        "(did you mean camp-opens?)",
    ),
    "a measure twice": (
        {"measures": [{**FIELDS["measures"][0]}, {**FIELDS["measures"][0]}]}, "measures.1.id", "held stands twice"
    ),
    "until before": (
        {"lever": {"kind": "orders_given", "who": {"faction": "blue"}, "order": "hold", "until": date(2014, 6, 3)}},
        "lever.until", "is not after the date",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_at_its_key(name, tmp_path):
    changes, key, words = REFUSED[name]
    problem = only_problem(tmp_path, **changes)
    assert problem.key == key
    assert words in problem.what


def test_the_id_is_the_name_of_the_file(tmp_path):
    path = on_disk(tmp_path).rename(tmp_path / "other.yaml")
    with pytest.raises(ScenarioError, match=r"other.yaml:2: id: trial stands in a file called other.yaml"):
        read_what_if(path)


def test_an_unknown_what_if_is_answered_with_those_there_are():
    path = ROOT / "scenarios/june-2014/scenario.yaml"
    with pytest.raises(UsageError, match=r"did you mean commanders-stay\?.*there are: .*commanders-stay"):
        sound_what_ifs(["comanders-stay"], path, *three_towns())


def test_two_that_change_the_same_thing_collide(tmp_path):
    paths = [str(on_disk(tmp_path)), str(on_disk(tmp_path, id="second"))]
    with pytest.raises(UsageError, match="trial and second collide: both change event commander-leaves"):
        sound_what_ifs(paths, THREE_TOWNS, *three_towns())
    with pytest.raises(UsageError, match="the what-if trial is given twice"):
        sound_what_ifs([paths[0], paths[0]], THREE_TOWNS, *three_towns())


# What levers change


def pulled(lever, day=date(2014, 6, 3)):
    scenario, _ = three_towns()
    return scenario, applied(scenario, [what_if(lever=lever, date=day)])


def differs(one, other):
    """The sections in which two scenarios differ."""
    before, after = one.model_dump(), other.model_dump()
    return {key for key in before if before[key] != after[key]}


def test_an_event_that_never_happens_stays_in_its_place_in_the_list():
    scenario, changed = pulled({"kind": "no_event", "events": ["commander-leaves"]})
    assert differs(scenario, changed) == {"triggers"}
    assert list(changed.triggers) == list(scenario.triggers)
    when = changed.triggers["commander-leaves"].when
    assert when.of[0] == scenario.triggers["commander-leaves"].when
    assert when.of[1].of.day == date(2014, 6, 3)


def test_a_unit_that_does_not_arrive_appears_years_later():
    scenario, changed = pulled({"kind": "no_event", "arrivals": ["red-reserve"]})
    assert differs(scenario, changed) == {"units"}
    assert list(changed.units) == list(scenario.units)
    assert changed.units["red-reserve"].appears.year >= 2024


def test_an_event_moves_with_every_day_in_its_condition_and_with_its_units():
    lever = {"kind": "event_moved", "days": 2, "events": ["commander-leaves"], "arrivals": ["red-reserve"]}
    scenario, changed = pulled(lever)
    assert differs(scenario, changed) == {"triggers", "units"}
    assert changed.triggers["commander-leaves"].when.of[0].day == date(2014, 6, 5)
    assert changed.units["red-reserve"].appears == date(2014, 6, 5)


def test_an_added_event_comes_last_and_waits_for_the_date():
    then = [{"kind": "nerve", "points": 5, "days": 2, "faction": "red"}]
    scenario, changed = pulled({"kind": "event_added", "title": "News", "then": then})
    assert differs(scenario, changed) == {"triggers"}
    assert list(changed.triggers) == [*scenario.triggers, "what-if-trial"]
    assert changed.triggers["what-if-trial"].when.day == date(2014, 6, 3)


def test_given_orders_take_the_place_of_documented_ones_until_they_count_again():
    lever = {"kind": "orders_given", "who": {"faction": "blue"}, "order": "hold", "until": "2014-06-06"}
    scenario, changed = pulled(lever, date(2014, 6, 2))
    assert differs(scenario, changed) == {"orders"}
    blue = [(order.date.day, order.order) for order in changed.orders if "blue-column" in order.units]
    assert sorted(blue) == [(2, "hold"), (6, "attack")]


def test_orders_are_dropped_by_kind_and_place_from_the_date_on():
    lever = {"kind": "orders_dropped", "who": {"faction": "blue"}, "orders": ["attack"], "to": ["south"]}
    _, changed = pulled(lever)
    assert [order.to for order in changed.orders] == ["ford", "ford"]


def test_orders_move_by_days():
    _, changed = pulled({"kind": "orders_moved", "days": 2, "who": {"faction": "red"}}, date(2014, 6, 3))
    assert [(order.date.day, order.units) for order in changed.orders if "red-reserve" in order.units] == [
        (6, ("red-reserve",))
    ]


def test_strength_at_the_opening_is_multiplied_or_as_on_paper():
    lever = {"kind": "strength", "who": {"faction": "blue"}, "times": 2}
    scenario, changed = pulled(lever, date(2014, 6, 1))
    assert differs(scenario, changed) == {"units"}
    assert changed.units["blue-column"].men.model_dump() == {"value": 900, "low": 600, "high": 1000}
    _, paper = pulled({"kind": "strength", "who": {"under": "red-hq"}, "on_paper": True}, date(2014, 6, 1))
    company = paper.units["red-bridge-company"]
    assert (company.men.low, company.men.value, company.ghost_share) == (150, 150, 0)
    assert paper.units["blue-column"] == scenario.units["blue-column"]


def test_strength_later_is_men_who_join():
    _, changed = pulled({"kind": "strength", "who": {"faction": "blue"}, "times": 1.2})
    effect = changed.triggers["what-if-trial"].then[0]
    assert (effect.kind, effect.unit, effect.value) == ("reinforce", "blue-column", 90)


def test_who_must_meet_all_that_is_given():
    scenario, _ = three_towns()
    assert chosen(scenario, Who(under="red-hq")) == ["red-hq", "red-bridge-company", "red-reserve"]
    assert chosen(scenario, Who(faction="red", at=("ford",))) == ["red-bridge-company"]


# The premise check


def notes(*what_ifs):
    return [str(note) for note in premise_notes(what_ifs, three_towns()[0])]


def test_a_careful_premise_draws_no_warning():
    assert not any(note.startswith("warning") for note in notes(what_if()))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"horizon": 15}, "warning: the outcome is judged 15 days after"),
        ({"source": ["judgement"], "judgement": "ours"}, "warning: trial rests on no source but our judgement"),
        ({"confidence": "low"}, "warning: trial rests on sources of low confidence"),
        ({"evidence": {"for": FIELDS["evidence"]["for"]}}, "warning: no evidence against the premise of trial"),
        ({"facts": []}, "warning: bridge-damaged waits for what is changed, and the premise does not speak of it"),
        (
            {"facts": [{"what": "event", "id": "bridge-damaged", "how": "contradicts", "why": "It stood."}]},
            "warning: bridge-damaged speaks against it: It stood.",
        ),
        ({"kind": "miracle"}, "note: trial is a miracle"),
    ],
)
def test_the_premise_check_warns(changes, words):
    found = notes(what_if(**changes))
    assert any(note.startswith(words) for note in found), found


def test_two_levers_are_one_too_many():
    other = what_if(id="second", lever={"kind": "strength", "who": {"faction": "blue"}, "times": 2})
    assert notes(what_if(), other)[0].startswith("warning: 2 levers at once (trial, second)")


# The vocabulary


def kinds(union):
    return [get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(union)[0])]


@pytest.mark.parametrize("word", [*kinds(Lever), *kinds(Measure), *WhatIf.model_fields])
def test_each_word_is_in_the_document(word):
    assert f"`{word}`" in (ROOT / "docs/what-if.md").read_text("utf-8")
