import re
from datetime import date
from itertools import pairwise

import pytest
from tests.pages.helpers import HOSTILE, Tree, data_of, every_evening, hostile_scenario, page, told, tree
from tests.scenario.helpers import ROOT

from offensive_sim.atlas.catalogue import LANGUAGES, phrases
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.pages.atlas_map import BOTH, CODES, letters, levels, turns
from offensive_sim.pages.citing import Citing
from offensive_sim.pages.debrief import page_of
from offensive_sim.pages.wording import FOLDER, Wording
from offensive_sim.scenario.shipped import find
from offensive_sim.views.debrief import debrief_of, debrief_of_scenario
from offensive_sim.views.events import SourceLine
from offensive_sim.views.opened import opened

MOST_BYTES = 1_000_000
TEMPLATES = ROOT / "src" / "offensive_sim" / "pages" / "templates"
MOST_SCRIPT_LINES = 200


# The frame


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_direction_and_everything_that_opens_is_closed(language):
    root = tree(language).all("html")[0]
    assert (root["lang"], root["dir"]) == (language, "ltr" if language == "en" else "rtl")


@pytest.mark.parametrize("name", ["june-2014", "summer-2014"])
def test_the_page_stays_under_a_megabyte_and_the_same_run_gives_the_same_bytes(name):
    assert len(page(name=name).encode()) < MOST_BYTES
    assert page_of(told(name)) == page(name=name)


def test_nothing_is_fetched():
    made = tree()
    for tag, attributes in made.elements:
        assert tag not in ("link", "iframe", "object", "embed", "base", "form"), tag
        addresses = [attributes.get(key, "") or "" for key in ("src", "href", "xlink:href", "action")]
        if tag != "a":
            assert all(address.startswith(("#", "data:")) or not address for address in addresses), attributes
    assert not re.search(r"url\((?!#)|@import|@font-face", page())
    policy = next(one["content"] for one in made.all("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none'")


def test_every_reference_inside_the_page_leads_somewhere_and_no_id_stands_twice():
    made = tree()
    ids = [attributes["id"] for _, attributes in made.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    asked = {a["href"][1:] for _, a in made.elements if a.get("href", "").startswith("#")}
    asked |= {name for _, a in made.elements for name in (a.get("aria-labelledby") or "").split()}
    asked |= set(re.findall(r"url\(#(\w+)\)", page()))
    assert asked <= set(ids)


def test_people_stand_before_control_and_control_before_forces_and_the_end_is_about_people():
    sections = [one.get("id") or one["class"] for one in tree().all("section")]
    assert sections == ["note", "opening", "maps", "people", "control", "forces", "trust", "discuss", "sources", "end"]
    assert "away from their homes" in tree().text[-600:]


def test_the_content_note_of_the_scenario_comes_first():
    assert tree().text.index(told().content_note[:80]) < tree().text.index("The question")


def test_every_heading_follows_one_of_its_level_or_the_one_above():
    levels_ = [int(tag[1]) for tag, _ in tree().elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels_[0] == 1
    assert all(now <= before + 1 for before, now in pairwise(levels_))


# Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_that_it_is_a_draft(language):
    assert bool(Wording(language).say("page.draft")) == (language != "en")
    assert Wording(language).say("page.draft") in tree(language).text


def test_every_phrase_is_used():
    code = "".join(p.read_text("utf-8") for p in TEMPLATES.parent.rglob("*") if p.suffix in (".py", ".html"))
    made = {"factor", "verdict", "confidence", "course", "line"}
    patterns = re.findall(r"(?:f\"|')(\w+\.)(?:' ~|\{|\w*_' ~)", code)
    open_ended = {stem.rstrip(".") for stem in patterns}
    unused = [
        key for key in phrases(FOLDER, "en")
        if key not in code and key.partition(".")[0] not in made and key.partition(".")[0] not in open_ended
    ]  # fmt: skip
    assert unused == []


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_english_inside_another_language_is_marked(language):
    spans = [a for tag, a in tree(language).elements if a.get("lang") == "en"]
    assert len(spans) > 100
    assert {one.get("dir") for one in spans} == {"ltr"}


# What it says


def test_the_four_lines_say_what_the_run_came_to():
    run = told().run
    people = f"{int(run.displaced[-1]):,} people are displaced from homes in Iraq on the evening of 30 June 2014"
    assert people in tree().text
    split = told().scorecard.tuned
    counts = split.counted()
    good = f"{counts['on_time']} of {counts['total']} documented changes of control come on the right day"
    assert good in tree().text


def test_every_published_count_stands_beside_the_models_with_its_range():
    assert told().counts
    for count in told().counts:
        figure, mine = count.figure, int(told().model.displaced[count.day])
        assert f"{figure.low:,}–{figure.high:,}" in tree().text
        assert f"{mine:,}" in tree().text


def test_every_entry_on_harm_stands_there_with_its_numbers_in_words():
    harm = [row for row in told().record if row.kind == "atrocity"]
    assert harm
    for row in harm:
        assert row.title in tree().text
        assert row.numbers in tree().text


def test_every_documented_change_has_a_row():
    rows = page().partition('class="changes"')[2].partition("</table>")[0].count("<tr class=")
    assert rows == len(told().scorecard.tuned.changes)


def test_the_script_is_given_every_evening_of_every_course():
    data = data_of(page())
    days, places = len(told().evenings), len(told().ground.places)
    assert [len(data["held"][key]) for key in ("history", "model")] == [days, days]
    assert {len(evening) for key in data["held"] for evening in data["held"][key]} == {places}
    assert list(data["there"]) == ["model"]
    assert data["days"][0] == "3 June 2014"
    mosul = [place.id for place in told().ground.places].index("mosul-west")
    isis = CODES[told().factions.index("isis")]
    fell = next(day for day in range(days) if data["held"]["history"][day][mosul] == isis)
    assert told().evenings[fell] == date(2014, 6, 9)


def test_holders_and_people_are_letters():
    import numpy as np  # noqa: PLC0415

    assert letters(np.array([[0, 2, CONTESTED]], np.int8)) == [f"02{BOTH}"]
    assert levels(np.array([[0, 625, 2500, 10**9]])) == ["012z"]


def test_rows_of_letters_are_told_by_what_turns():
    rows = ["0" * 40, "0" * 38 + "x0", "0" * 38 + "x0", "1" + "0" * 37 + "20"]
    assert turns(rows) == ["0" * 40, "12x", "", "001122"]
    assert every_evening(turns(rows)) == rows


def test_the_script_is_short():
    assert len((TEMPLATES / "debrief.js").read_text("utf-8").splitlines()) < MOST_SCRIPT_LINES


# Sources


def test_sources_are_numbered_as_they_are_named_and_all_are_listed():
    citing = Citing()
    one, other = SourceLine("One", "https://one.example"), SourceLine("Other", None)
    assert citing.cite((other,)) == '<sup class="cite"><a href="#s1">1</a></sup>'
    assert citing.cite((one, other)) == '<sup class="cite"><a href="#s1">1</a>, <a href="#s2">2</a></sup>'
    assert citing.cite(()) == ""
    assert citing.listed == [(1, "Other", None), (2, "One", "https://one.example")]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///x", "//x.example", "http://[", " JavaScript:x"]
)
def test_an_address_that_a_browser_should_not_open_is_no_link(address):
    citing = Citing()
    citing.cite((SourceLine("One", address),))
    assert citing.listed == [(1, "One", None)]


# Harm


def test_nothing_in_a_scenario_becomes_markup_or_template(tmp_path):
    made = page_of(debrief_of_scenario(hostile_scenario(tmp_path), 2014))
    read = Tree(made)
    assert len(read.all("script")) == 2
    assert read.all("img") == []
    assert [a for _, a in read.elements if any(key.startswith("on") for key in a)] == []
    assert [a for a in read.all("a") if "javascript" in a["href"].lower()] == []
    assert HOSTILE["Three towns\n"].strip() in read.text
    assert "{{ 7*7 }}" in read.text
    assert "49" not in re.findall(r"onload=document.title=1 (\S+)", read.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_world_off_the_map_still_makes_a_page(language):
    assert tree(language, "three-towns").all("h1")


def test_a_run_under_a_what_if_has_its_premise_three_courses_and_the_command_that_makes_it_again():
    what_if = debrief_of(opened(find("june-2014"), ["commanders-stay"]), 2014)
    assert [course.key for course in what_if.courses] == ["history", "model", "what_if"]
    made = Tree(page_of(what_if))
    assert what_if.premises[0].what_if.premise.split()[0] in made.text
    assert "What if no senior commander had left Mosul" in made.text
    assert "offensive-sim debrief june-2014 --what-if commanders-stay --seed 2014 -o debrief.html" in made.text
    assert what_if.judged_on == date(2014, 6, 23)
    assert page_of(what_if).count('class="heed"') == 1
