"""What the tests of ensembles share: the three towns, what-ifs about them, and small studies."""

from datetime import date
from functools import cache

from tests.scenario.helpers import THREE_TOWNS
from tests.scenario.test_what_if import what_if

from offensive_sim.campaign.study import Study
from offensive_sim.scenario.load import load

FIRST = date(2014, 6, 1)
LEVERS = {
    "no_event": ({"kind": "no_event", "events": ["commander-leaves"]}, date(2014, 6, 3)),
    "no_arrival": ({"kind": "no_event", "arrivals": ["red-reserve"]}, date(2014, 6, 3)),
    "event_moved": ({"kind": "event_moved", "days": 2, "events": ["commander-leaves"]}, date(2014, 6, 3)),
    "event_added": (
        {"kind": "event_added", "title": "Men join",
         "then": [{"kind": "reinforce", "unit": "red-bridge-company", "value": 300, "low": 200, "high": 400}]},
        date(2014, 6, 2),
    ),
    "orders_given": ({"kind": "orders_given", "who": {"faction": "blue"}, "order": "hold"}, date(2014, 6, 6)),
    "orders_dropped": ({"kind": "orders_dropped", "who": {"faction": "blue"}, "to": ["south"]}, date(2014, 6, 4)),
    "orders_moved": ({"kind": "orders_moved", "days": 1, "who": {"faction": "red"}}, date(2014, 6, 3)),
    "strength": ({"kind": "strength", "who": {"faction": "red"}, "times": 3}, FIRST),
    "strength_later": ({"kind": "strength", "who": {"faction": "red"}, "times": 3}, date(2014, 6, 2)),
}  # fmt: skip
NOTHING = {
    "kind": "event_added",
    "title": "News that moves nobody",
    "then": [{"kind": "nerve", "points": 0, "days": 5, "faction": "red"}],
}
MEASURES = [
    {"kind": "places_held", "id": "held", "title": "places of red", "faction": "red"},
    {"kind": "displaced", "id": "river", "title": "river people away", "communities": ["river"]},
    {"kind": "people_under", "id": "under", "title": "people under blue", "faction": "blue"},
    {"kind": "men_present", "id": "men", "title": "men of red", "who": {"faction": "red"}},
]


@cache
def towns():
    return load(THREE_TOWNS)[0]


def study(lever=None, day=date(2014, 6, 3), **changes):
    """Pairs of runs of the three towns with a lever pulled."""
    asked = what_if(lever=lever or LEVERS["no_event"][0], date=day, measures=MEASURES)
    fields = {"scenario": towns(), "what_ifs": (asked,), "seed": 7, "replicas": 70, "split": 0} | changes
    return Study(**fields)
