"""Pages that several tests read, and how they are read."""

import json
import shutil
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.scenario.helpers import THREE_TOWNS

from offensive_sim import ensembles
from offensive_sim.campaign.study import Study
from offensive_sim.pages.debrief import page_of
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.shipped import find
from offensive_sim.scenario.whatif_files import sound_what_ifs
from offensive_sim.views.debrief import debrief_of_comparison, debrief_of_scenario

PAIRS = 6
HOSTILE = {
    "Three towns\n": "<script>document.title='x'</script>\n",
    "Blue comes down the road": '"onload=document.title=1 {{ 7*7 }} {% raw %} </script><img src=x onerror=alert(1)>',
    "name: North\n": "name: \"</title><svg onload=document.title='x'>North\"\n",
}
"""What a scenario says, and what somebody who means harm would have it say."""


@cache
def told(name="june-2014"):
    return debrief_of_scenario(THREE_TOWNS if name == "three-towns" else find(name), 2014)


@cache
def compared():
    """A few pairs of June with a what-if: all that a comparison has but the split of its spread."""
    path = find("june-2014")
    scenario, chronicle = sound(path)
    what_ifs = sound_what_ifs(["peshmerga-in-mosul"], path, scenario, chronicle)
    study = Study(scenario, what_ifs, seed=2014, replicas=PAIRS)
    with TemporaryDirectory() as folder:
        found = ensembles.run(study, Path(folder) / "run", processes=1).found
    return debrief_of_comparison(study, chronicle, found)


@cache
def compared_page(language="en"):
    return page_of(compared(), language)


@cache
def page(language="en", name="june-2014"):
    return page_of(told(name), language)


def hostile_scenario(folder):
    """The three towns with markup and template code where names and sentences were."""
    shutil.copytree(THREE_TOWNS.parent, folder / "towns")
    changed = set()
    for path in (folder / "towns").glob("*.yaml"):
        text = path.read_text("utf-8")
        for plain, harm in HOSTILE.items():
            if plain in text:
                text, changed = text.replace(plain, harm, 1), changed | {plain}
        path.write_text(text.replace("url: http", "url: javascript:alert(1)//http"), "utf-8")
    assert changed == set(HOSTILE)
    return folder / "towns" / "scenario.yaml"


class Tree(HTMLParser):
    """Every element of a page with its attributes, every text, and whether all that opens is closed."""

    VOID = ("meta", "input", "br", "img", "link", "hr")

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self._open = [], [], []
        self.feed(text)
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, tag

    def handle_data(self, data):
        if not self._open or self._open[-1] not in ("script", "style"):
            self.texts.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


@cache
def tree(language="en", name="june-2014"):
    return Tree(page(language, name))


def data_of(text):
    """What the page's script is given, with every evening's letters as the script works them out."""
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    for told in (data["held"], data["there"]):
        told.update({key: every_evening(rows) for key, rows in told.items()})
    for key in ("odds", "gains"):
        data[key] = every_evening(data[key]) if data[key] else []
    return data


def every_evening(rows):
    row, evenings = list(rows[0]), rows[:1]
    for turned in rows[1:]:
        for at in range(0, len(turned), 3):
            row[int(turned[at : at + 2], 36)] = turned[at + 2]
        evenings.append("".join(row))
    return evenings


CHROMIUM = next((path for path in (shutil.which("chromium"), shutil.which("chromium-browser")) if path), None)


class Opened:
    """A page in a browser without a network, with all it asked for and complained of."""

    def __init__(self, browser, path: Path, **context):
        self.context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, **context})
        self.context.set_offline(True)
        self.page = self.context.new_page()
        self.said, self.asked = [], []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()
