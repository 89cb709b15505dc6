"""A debrief as one self-contained page of HTML: no network, no clock, the same bytes for the same run."""

import json
from typing import Any, Final

import numpy as np
from markupsafe import Markup

from offensive_sim import __version__
from offensive_sim.atlas.words import LICENCE
from offensive_sim.campaign.series import CONTESTED
from offensive_sim.pages import odds_map
from offensive_sim.pages.atlas_map import CODES, PX_ROOT, STEP, Sheet, letters, levels, turns
from offensive_sim.pages.citing import Citing
from offensive_sim.pages.frame import environment, style, text
from offensive_sim.pages.sections import control, forces, found, maps, people, trust
from offensive_sim.pages.sections.glance import glance
from offensive_sim.pages.wording import Wording
from offensive_sim.views.debrief import Debrief

_ESCAPES: Final = str.maketrans({one: f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"})
"""So that no text of a scenario can end the script that holds it."""


def page_of(told: Debrief, language: str = "en") -> str:
    """The whole page in a language: en, ar or ckb."""
    words = Wording(language)
    sheet = Sheet(told.ground, told.factions, told.documented, language)
    citing = Citing()
    context: dict[str, Any] = {
        "d": told,
        "w": words,
        "t": words.say,
        "t_en": Wording("en").say,
        "sheet": sheet,
        "cite": citing.cite,
        "sources": citing,
        "css": style(sheet.holders),
        "js": text("debrief.js"),
        "used": _used(told),
        "rising_code": CODES[told.rising],
        "end_people": f"{int(told.run.displaced[-1]):,}" if told.run.displaced is not None else "",
        "command": _command(told, language),
        "data": Markup(_script_data(told, words, sheet)),
        "licence": LICENCE,
        "version": __version__,
        **_sections(told, words, sheet),
    }
    return environment().get_template("debrief.html").render(context)


def _sections(told: Debrief, words: Wording, sheet: Sheet) -> dict[str, Any]:
    """Everything but the frame."""
    own = told.courses[1:]
    return {
        "names": {course.key: words.run(course) for course in told.courses},
        "glance": glance(told, words),
        "captions": {c.key: maps.caption(told, words, c, told.turning) for c in told.courses},
        "maps": maps.maps(told, words, sheet),
        "stamps": maps.stamps(told, words, sheet),
        "newly": maps.newly(told),
        "day_of": maps.day_of(told, words, told.turning),
        "people_chart": people.people_chart(told, words),
        "figures": people.figures(told, words),
        "communities": people.communities(told),
        "where": people.where(told, sheet),
        "held_chart": control.held_chart(told, words),
        "apart_chart": control.apart_chart(told, words),
        "changes": control.changes(told, words, sheet),
        "otherwise": control.otherwise(told, words, sheet),
        "men": forces.men(told, sheet),
        "tests": {course.key: forces.tests(course, words, sheet) for course in own},
        "splits": trust.splits(told, words),
        "own_rows": lambda course, day: maps.own_rows(told, course, day),
        **found.found(told, words, sheet),
        "rising": sheet.word(CODES[told.rising], ""),
    }


def _used(told: Debrief) -> set[str]:
    """Letters of the parties that hold a documented place at any time."""
    numbers = {int(code) for course in told.courses for code in np.unique(course.shown[:, told.documented])}
    return {CODES[number] for number in numbers - {CONTESTED}}


def _command(told: Debrief, language: str) -> str:
    """What to type to have this page again."""
    spoken = "" if language == "en" else f" --lang {language}"
    if told.comparison is not None:
        return told.comparison.rerun
    under = "".join(f" --what-if {one.id}" for one in told.manifest.what_ifs)
    what = told.game_file or f"{told.scenario}{under} --seed {told.manifest.seed}"
    return f"offensive-sim debrief {what}{spoken} -o debrief.html"


def _script_data(told: Debrief, words: Wording, sheet: Sheet) -> str:
    """What the script needs to show any evening."""
    compared = told.comparison
    data = {
        "odds": turns(odds_map.shares(compared.control)) if compared else [],
        "gains": turns(odds_map.gainers(compared.control, told.factions)) if compared else [],
        "oddsOf": words.say("found.odds_of", share="{share}"),
        "oddsLeast": odds_map.LEAST,
        "oddsMost": odds_map.MOST,
        "days": [words.day(evening) for evening in told.evenings],
        "day": told.turning,
        "inside": sheet.inside,
        "roads": [[start, end] for _, start, end in sheet.joining],
        "documented": "".join("1" if known else "0" for known in told.documented),
        "held": {course.key: turns(letters(course.shown)) for course in told.courses},
        "there": {course.key: turns(levels(course.there)) for course in told.courses if course.there is not None},
        "radius": STEP * PX_ROOT,
        "letters": {code: party.letter for code, party in sheet.holders},
        "parties": {code: sheet.word(code, "") for code, _ in sheet.holders} | {"x": words.say("maps.both")},
        "fact": words.say("maps.fact"),
        "captions": {
            course.key: [maps.caption(told, words, course, day) for day in range(told.last + 1)]
            for course in told.courses
        },
        "dayOf": [maps.day_of(told, words, day) for day in range(told.last + 1)],
        "play": words.say("maps.play"),
        "pause": words.say("maps.pause"),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).translate(_ESCAPES)
