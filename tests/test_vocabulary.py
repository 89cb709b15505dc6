"""Product rule 1: no word of the vocabulary, and nothing in shipped data, stands for an act against people.

Also rules 2, 3, 4 and 8 as far as a machine can hold them.
"""

import re
from typing import get_args

import pytest
from tests.scenario.helpers import SHIPPED

from offensive_sim.campaign import levers
from offensive_sim.scenario.chronicle import Event, load_chronicle
from offensive_sim.scenario.forces import OrderKind
from offensive_sim.scenario.load import load
from offensive_sim.scenario.rules import RULES
from offensive_sim.scenario.triggers import Condition, Effect

EFFECTS = {
    "set_flag": "lets one trigger wait for another; changes nothing on the map",
    "command_leaves": "commanders go; who breaks is worked out by the model",
    "nerve": "news raises or lowers the nerve of armed units",
    "pay": "soldiers are paid, or not",
    "arrive": "an armed unit comes onto the map",
    "reinforce": "men join an armed unit",
    "recruits": "men join a faction's armed units",
    "equip": "vehicles and weapons are delivered",
    "air_strikes": "support in a fight between armed sides",
    "air_supply": "a garrison is supplied from the air",
    "works": "trenches and berms for armed defenders",
    "close_link": "a road is closed to everyone",
    "open_link": "a road opens again",
    "open_camp": "shelter for displaced people",
    "warning": "word reaches people that armed men are coming; who leaves is worked out by the model",
    "gate": "how many a checkpoint lets pass; it moves nobody by itself",
    "transport": "displaced people are taken along; where they stop is worked out by the model",
    "may_take_over": "leave to move into places that were abandoned; the model decides whether they do",
}
"""The whole list, each with why it is no act against civilians or prisoners."""

ORDERS = {"hold", "march", "attack", "withdraw", "reinforce", "lie_low", "raid"}
CONDITIONS = {
    "from_day", "holds", "contested", "broken", "flag", "places_taken", "all_of", "any_of", "not"
}  # fmt: skip

HARM = re.compile(
    r"kill|murder|massacre|execut|behead|shoot|tortur|rape|enslav|slave|abduct|kidnap|hostage|captive|prisoner|"
    r"detain|expel|deport|evict|cleans|starv|sieg|burn|loot|plunder|destroy|demolish|raze|terror|punish|reprisal|"
    r"civilian|exterminat|genocid|purge|bombard|shell|chemical|gas",
)
OF_FIGHTERS = {"expel_share": "attackers who are thrown out of a place by its armed defenders"}
"""Words that look like harm to people and are not, each with its reason."""
DECIDES = re.compile(r"holder|control|people|civilian|killed|dead|casualt|flee|flight|displace")
BANNED = re.compile(
    r"\bvictor(y|ies|ious)\b|\btriumph|\bexterminat|\bannihilat|\bterroris|\bheroi|\bliberat|\bglorio|\bmartyr|"
    r"\binfidel|\bapostate|\bdaesh\b|\bsavage|\bbarbar|\bneutrali[sz]ed\b|\bcollateral\b|\bscum\b|\brats?\b|"
    r"\bwiped? out\b|\bcleans(e|ed|ing)\b|\bhuman shield|\bsex slave|\bIslamic terror|\bfell heroically\b",
    re.IGNORECASE,
)
"""Words of one side, of triumph, or that name people as things."""
REFUGEE = re.compile(r"\brefugees?\b", re.IGNORECASE)
"""Inside Iraq people are displaced; refugees have crossed a border."""
CROSSED_A_BORDER = re.compile(r"\bSyrian?\b|\bDerik\b|\bTurkey\b|\bJordan\b|\bborder\b|\bUNHCR\b")


def members(union):
    """The classes of a discriminated union."""
    return get_args(get_args(union)[0])


def kinds(union):
    return {get_args(one.model_fields["kind"].annotation)[0]: one for one in members(union)}


@pytest.fixture(scope="module", params=SHIPPED, ids=lambda path: path.parent.name)
def shipped(request):
    scenario, _ = load(request.param)
    return scenario, load_chronicle(request.param, scenario)[0]


def all_effects(scenario):
    for trigger in scenario.triggers.values():
        yield from trigger.then
        for account in trigger.accounts:
            yield from account.then


def texts(scenario, chronicle):
    """Every sentence that a reader meets: where, and what."""
    for name, one in scenario.triggers.items():
        accounts = [account.says for account in one.accounts]
        said = (one.title, one.does, one.note, one.judgement, *accounts)
        yield from ((f"triggers.{name}", text) for text in said)
    for index, one in enumerate(scenario.orders):
        yield from ((f"orders.{index}", text) for text in (one.note, one.judgement))
    for name, one in scenario.units.items():
        yield from ((f"units.{name}", text) for text in (one.name, one.note, one.judgement))
    for name, one in chronicle.events.items():
        yield from ((f"events.{name}", text) for text in (one.title, one.what, one.numbers, one.note))
    for index, one in enumerate(chronicle.failed_attacks):
        yield from ((f"failed_attacks.{index}", text) for text in (one.what, one.note))
    for index, one in enumerate(chronicle.changes):
        yield f"changes.{index}", one.note


def test_the_effects_are_these_and_no_others():
    assert set(kinds(Effect)) == set(EFFECTS)
    assert all(EFFECTS.values())


def test_the_orders_and_conditions_are_these_and_no_others():
    assert set(get_args(OrderKind)) == ORDERS
    assert set(kinds(Condition)) == CONDITIONS


DIRECTED = {
    "strikes": "fly", "airlift": "drop", "camps": "site", "recruits": "call", "gates": "open",
}  # fmt: skip
"""What a person may send elsewhere, and the word for it; gates are opened, never narrowed."""


def test_what_a_person_directs_is_this_and_no_more():
    assert levers.WORDS == DIRECTED
    assert [word for word in DIRECTED.values() if HARM.search(word)] == []


def test_no_word_is_an_act_against_people():
    words = {*kinds(Effect), *kinds(Condition), *get_args(OrderKind), *RULES}
    words |= {field for one in members(Effect) for field in one.model_fields}
    assert {word for word in words if HARM.search(word)} == set(OF_FIGHTERS)


@pytest.mark.parametrize("word", ["kill_prisoners", "expel", "burn_village", "shell_town", "take_hostages"])
def test_such_a_word_would_be_found(word):
    assert HARM.search(word)


@pytest.mark.parametrize("effect", members(Effect), ids=lambda one: one.__name__)
def test_no_effect_has_a_field_that_decides_control_or_people(effect):
    assert [field for field in effect.model_fields if DECIDES.search(field)] == []


def test_no_bonus_or_score_is_for_harm():
    said = {name: f"{name} {rule.meaning}".lower() for name, rule in RULES.items()}
    assert [name for name, text in said.items() if re.search(r"civilian|prisoner|captive", text)] == []


def test_shipped_data_use_only_these_words(shipped):
    scenario, _ = shipped
    assert {effect.kind for effect in all_effects(scenario)} <= set(EFFECTS)
    assert {order.order for order in scenario.orders} <= ORDERS


def test_isis_is_run_by_the_model(shipped):
    scenario, _ = shipped
    assert not scenario.factions["isis"].playable
    for_isis = [one for one in scenario.factions.values() if one.holds_for == "isis"]
    assert for_isis
    assert not any(one.playable for one in for_isis)


def test_no_trigger_or_order_refers_to_an_atrocity(shipped):
    """No die produces or prevents one: it has no id, flag or name in anything that is played."""
    scenario, chronicle = shipped
    atrocities = {name for name, event in chronicle.events.items() if event.kind == "atrocity"}
    assert atrocities
    names = set(scenario.triggers)
    for trigger in scenario.triggers.values():
        names |= set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", trigger.model_dump_json()))
    for order in scenario.orders:
        names |= set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", order.model_dump_json(exclude={"note"})))
    places = set(scenario.places)
    assert (atrocities & names) - places == set()


def test_no_event_has_a_number_that_could_be_summed():
    """Numbers of dead are ranges in words, with their sources."""
    amounts = {int, float, int | None, float | None}
    assert [key for key, field in Event.model_fields.items() if field.annotation in amounts] == []
    assert Event.model_fields["numbers"].annotation == str | None


def test_words_are_plain(shipped):
    found = [(where, text) for where, text in texts(*shipped) if text and BANNED.search(text)]
    assert found == []


def test_people_displaced_inside_iraq_are_not_called_refugees(shipped):
    found = [
        (where, text)
        for where, text in texts(*shipped)
        if text and REFUGEE.search(text) and not CROSSED_A_BORDER.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["A victory for Baghdad", "Terrorists take Mosul", "The liberation of Amirli", "12 neutralised"]
)
def test_such_a_sentence_would_be_found(text):
    assert BANNED.search(text)
