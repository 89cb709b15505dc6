"""The page in a real browser without a network: whoever has no Chromium skips these, and is told."""

import re

import pytest
from tests.pages.helpers import Opened, compared_page, data_of, hostile_scenario, page, told

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.pages.debrief import page_of
from offensive_sim.views.debrief import debrief_of_scenario

A4_POINTS = (595, 842)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    made["compared"] = folder / "compared.html"
    made["compared"].write_text(compared_page(), "utf-8")
    for language in LANGUAGES:
        made[language] = folder / f"{language}.html"
        made[language].write_text(page(language), "utf-8")
    return made


@pytest.mark.parametrize("language", [*LANGUAGES, "compared"])
def test_the_page_opens_without_complaint_and_asks_for_nothing(browser, files, language):
    with Opened(browser, files[language]) as opened:
        assert opened.said == []
        assert [url for url in opened.asked if not url.startswith(("file:", "data:"))] == []
        assert opened.page.locator("h1").count() == 1


def marks(opened):
    return opened.page.eval_on_selector_all(
        "svg[data-course] .marks > circle", "all => all.map(one => one.getAttribute('class')).join()"
    )


def test_the_slider_moves_by_key_and_everything_follows(browser, files):
    data = data_of(page())
    with Opened(browser, files["en"]) as opened:
        slider = opened.page.locator("#day")
        slider.focus()
        opened.page.keyboard.press("Home")
        assert opened.page.locator("#date").inner_text() == "3 June 2014"
        before = marks(opened)
        opened.page.keyboard.press("End")
        assert opened.page.locator("#date").inner_text() == "30 June 2014"
        assert slider.get_attribute("aria-valuetext") == "30 June 2014"
        assert marks(opened) != before
        opened.page.keyboard.press("ArrowLeft")
        assert opened.page.locator("#day-of").inner_text() == data["dayOf"][-2]
        assert opened.page.locator('[data-caption="model"]').inner_text() == data["captions"]["model"][-2]
        assert opened.page.locator("article[data-day]:not([hidden]) h3").text_content() == "29 June 2014"


def test_the_drawn_map_of_an_evening_is_what_the_script_draws_of_it(browser, files):
    """The page without a script shows the turning day; with it, after a detour, the same."""
    maps = page().partition('<div class="sheets')[2].partition('<div class="time"')[0]
    drawn = re.findall(r'<circle class="(m[^"]*)"', maps)
    assert len(drawn) == 2 * len(data_of(page())["inside"])
    with Opened(browser, files["en"]) as opened:
        opened.page.locator("#on").click()
        assert marks(opened) != ",".join(drawn)
        opened.page.locator("#back").click()
        assert marks(opened) == ",".join(drawn)


def test_where_two_worlds_differ_is_drawn_as_the_script_draws_it(browser, files):
    circles = "all => all.map(one => one.getAttribute('class') + one.getAttribute('r')).join(';')"
    with Opened(browser, files["compared"], java_script_enabled=False) as plain:
        count = plain.page.locator(".odds circle").count()
    with Opened(browser, files["compared"]) as opened:
        there = opened.page.eval_on_selector_all(".odds circle", circles)
        assert there.count(";") == count - 1
        opened.page.locator("#day").focus()
        opened.page.keyboard.press("Home")
        assert " h" not in opened.page.eval_on_selector_all(".odds circle", circles)
        opened.page.keyboard.press("End")
        assert " h" in opened.page.eval_on_selector_all(".odds circle", circles)


def test_without_a_script_everything_is_there_and_no_control_that_would_not_work(browser, files):
    with Opened(browser, files["en"], java_script_enabled=False) as opened:
        assert not opened.page.locator("#play").is_visible()
        assert opened.page.locator("table.changes tbody tr").count() == len(told().scorecard.tuned.changes)
        opened.page.locator("#days summary").click()
        assert opened.page.locator("article[data-day]").last.is_visible()


def test_play_goes_on_by_itself_and_a_key_stops_it(browser, files):
    with Opened(browser, files["en"]) as opened:
        play = opened.page.locator("#play")
        opened.page.locator("#day").focus()
        opened.page.keyboard.press("Home")
        play.click()
        assert play.inner_text() == "Pause"
        opened.page.get_by_text("5 June 2014", exact=True).locator("visible=true").first.wait_for()
        opened.page.locator("#day").focus()
        opened.page.keyboard.press("ArrowRight")
        assert play.inner_text() == "Play"


@pytest.mark.parametrize("language", [*LANGUAGES, "compared"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, files, language, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    with Opened(browser, files[language], color_scheme=scheme) as opened:
        found = axe.run(opened.page).response["violations"]
        assert [(one["id"], one["impact"], one["nodes"][0]["html"][:120]) for one in found] == []


@pytest.mark.parametrize("size", [(360, 740), (820, 1180), (1366, 768), (2560, 1440)])
@pytest.mark.parametrize("language", ["en", "ar", "compared"])
def test_nothing_runs_out_of_the_page_at_any_width(browser, files, size, language):
    with Opened(browser, files[language], viewport={"width": size[0], "height": size[1]}) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_on_a4(browser, files, language):
    with Opened(browser, files[language]) as opened:
        printed = opened.page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed))
    assert {tuple(round(float(side)) for side in box) for box in boxes} == {A4_POINTS}


@pytest.mark.parametrize("name", ["en", "compared"])
def test_nothing_is_cut_on_paper(browser, files, name):
    """At the width of A4 less its margins, in print, nothing is wider than the sheet."""
    with Opened(browser, files[name], viewport={"width": 688, "height": 1000}) as opened:
        opened.page.emulate_media(media="print")
        wide = opened.page.evaluate(
            "Array.from(document.querySelectorAll('main *')).filter(one => !one.closest('svg') && "
            "one.getBoundingClientRect().right > 689).map(one => one.tagName + '.' + one.className).slice(0, 5)"
        )
        assert wide == []


def test_harm_in_a_scenario_stays_text(browser, tmp_path):
    path = tmp_path / "hostile.html"
    path.write_text(page_of(debrief_of_scenario(hostile_scenario(tmp_path), 2014)), "utf-8")
    with Opened(browser, path) as opened:
        assert opened.said == []
        assert opened.page.title().startswith("Debrief: <script>")
        opened.page.locator("#day").focus()
        opened.page.keyboard.press("End")
        assert opened.said == []
        assert opened.page.title().startswith("Debrief: <script>")
