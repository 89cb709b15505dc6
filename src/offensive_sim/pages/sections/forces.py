"""Men in the field, and the signed reasons for which formations broke or stood."""

from typing import Any, Final

from offensive_sim.engine.journal import Factor
from offensive_sim.pages.atlas_map import CODES, Sheet
from offensive_sim.pages.charts import reasons, signed
from offensive_sim.pages.wording import Wording
from offensive_sim.views.courses import Course, Tested
from offensive_sim.views.debrief import Debrief

_MOST_TESTED: Final = 6


def men(told: Debrief, sheet: Sheet) -> list[dict[str, Any]]:
    """Men in the field by party, on the first evening and on the last of every course."""
    counted = [course.men for course in told.courses if course.men is not None]
    rows = []
    for code, _ in sheet.holders:
        f = CODES.index(code)
        if any(int(men[:, f].max()) for men in counted):
            ends = [int(men[1, f]) for men in counted]
            rows.append({"name": sheet.word(code, ""), "code": code, "start": int(counted[0][0, f]), "ends": ends})
    return rows


def tests(course: Course, words: Wording, sheet: Sheet) -> dict[str, Any]:
    """The largest that broke, the hardest pressed that stood, and all that broke."""
    most = max((abs(line.points) for one in course.broke + course.stood for line in one.factors), default=1)
    return {
        "broke": [_test(one, words, sheet, most) for one in course.broke[:_MOST_TESTED]],
        "stood": [_test(one, words, sheet, most) for one in course.stood[:_MOST_TESTED]],
        "others": [_test(one, words, sheet, 0) for one in course.broke],
    }


def _test(one: Tested, words: Wording, sheet: Sheet, most: int) -> dict[str, Any]:
    place = next(place for place in sheet.board.places if place.id == one.place)
    named = [(words.say(f"factor.{Factor(line.factor).name.lower()}"), line.points) for line in one.factors]
    return {
        "unit": one.unit, "place": place.name(sheet.language), "date": words.short(one.evening),
        "men": words.say("forces.men_of", men=f"{one.men:,}"),
        "nerve": words.say("forces.nerve", points=words.signed(str(one.nerve))),
        "bars": reasons(named, most) if most else "",
        "text": ", ".join(f"{signed(points)} {word}" for word, points in named) + f" = {one.nerve}".replace("-", "−"),
    }  # fmt: skip
