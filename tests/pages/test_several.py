"""The page over several what-ifs: every question, every shared number, its scale, and a way to all of each."""

import re
from dataclasses import replace

import pytest
from tests.pages.helpers import Opened, Tree, compared

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.pages.several import Beside, several_page
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.shipped import find

SCENARIO, _ = sound(find("june-2014"))


def beside(folder, factor=1, **changes):
    """The comparison of the other tests, with every difference so many times as large."""
    found = compared().comparison
    followed = tuple(
        replace(
            one, difference=one.difference * factor,
            judged=replace(one.judged, mean=one.judged.mean * factor, low=one.judged.low * factor,
                           high=one.judged.high * factor),
        )
        for one in found.followed
    )  # fmt: skip
    return Beside(folder, replace(found, followed=followed, **changes))


def page(*several, language="en"):
    return several_page(SCENARIO, several or (beside("one"), beside("two", 3)), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_stands_with_its_answer_and_a_way_to_all_of_it(language):
    tree = Tree(page(language=language))
    what_if = compared().comparison.what_ifs[0]
    suffix = "" if language == "en" else f".{language}"
    links = [one["href"] for one in tree.all("a") if one["href"].endswith(".html")]
    assert links == [f"one/debrief{suffix}.html", f"two/debrief{suffix}.html"]
    assert tree.text.count(what_if.question) == 2
    assert tree.text.count(compared().comparison.outcome.words) == 2
    assert " ".join(what_if.caution.split()) in tree.text
    assert page(language=language) == page(language=language)


def test_people_stand_before_control_and_control_before_forces():
    rows = re.findall(r'<tr class="group"><th[^>]*>(\w+)', page())
    assert rows == ["People", "Control", "Forces"]


def test_intervals_of_a_row_share_one_scale():
    first, second = re.findall(r'class="mean" cx="([\d.]+)"', page())[:2]
    assert abs(float(second) - 150) == pytest.approx(3 * abs(float(first) - 150), rel=0.05)


def test_a_number_that_only_one_asks_for_is_left_to_its_own_page():
    found = compared().comparison
    outcome = found.outcome
    other = replace(outcome, asked=replace(outcome.asked, title="another number"))
    others = tuple(other if one is outcome else one for one in found.followed)
    row = f'<tr><th scope="row">{outcome.asked.title}</th>'
    assert row in page()
    assert row not in page(beside("one"), Beside("two", replace(found, followed=others)))


def test_a_difference_that_is_none_says_so():
    still = beside("two", 0)
    assert page(beside("one"), still).count("the same in every pair, on every evening") >= len(still.found.followed)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_without_complaint_and_everybody_can_use_it(browser, tmp_path, language, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    path = tmp_path / "debrief.html"
    path.write_text(page(language=language), "utf-8")
    with Opened(browser, path, color_scheme=scheme) as opened:
        assert opened.said == []
        assert [url for url in opened.asked if not url.startswith("file:")] == []
        assert axe.Axe().run(opened.page).response["violations"] == []


@pytest.mark.parametrize("width", [390, 820, 1366])
def test_nothing_runs_out_of_the_page(browser, tmp_path, width):
    path = tmp_path / "debrief.html"
    path.write_text(page(*(beside(f"n{number}") for number in range(5))), "utf-8")
    with Opened(browser, path, viewport={"width": width, "height": 800}) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
