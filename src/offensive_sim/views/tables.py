"""Tidy tables of a run, as lines of text: a row a run and day, a row a place and day, and control as GeoJSON.

Everything is written in order of replica, day and place, so that the same run gives the same bytes.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from offensive_sim.campaign.blocks import values
from offensive_sim.campaign.study import Merged
from offensive_sim.views.comparing import CONTESTED

RUN_DAY: Final = "run-day.csv"
PLACE_DAY: Final = "place-day.csv"
CONTROL: Final = "control.geojson"
_PLACES: Final = 4
"""Decimals of a share."""


def run_day(merged: Merged) -> Iterator[str]:
    """``replica, world, date`` and each measure; block by block, whatever the count."""
    study = merged.study
    yield ",".join(["replica", "world", "date", *(one.id for one in study.measures)]) + "\n"
    evenings = [day.isoformat() for day in study.evenings]
    for job in merged.main:
        block = np.asarray(values(merged.folder, job))  # (W, M, D+1, R)
        for row in range(job.count):
            for world, name in enumerate(study.world_names):
                head = f"{job.first + row},{name},"
                days = block[world, :, :, row].T.tolist()
                yield "".join(
                    f"{head}{day},{','.join(map(str, numbers))}\n" for day, numbers in zip(evenings, days, strict=True)
                )


def place_day(merged: Merged) -> Iterator[str]:
    """``date, place, world, holder, runs, share``: a row for each holder that is shown in any run."""
    study = merged.study
    yield "date,place,world,holder,runs,share\n"
    holders, places = holders_of(merged), tuple(study.scenario.places)
    for evening, day in enumerate(study.evenings):
        for world, name in enumerate(study.world_names):
            counted = merged.held[world, evening]
            for place, holder in zip(*np.nonzero(counted), strict=True):
                runs = int(counted[place, holder])
                share = round(runs / study.replicas, _PLACES)
                yield f"{day},{places[place]},{name},{holders[holder]},{runs},{share:g}\n"


def holders_of(merged: Merged) -> tuple[str, ...]:
    """Holding factions and ``contested``, in the order of the counts."""
    factions = merged.study.changed.world.factions
    return (*factions.ids[: factions.n_sides], CONTESTED)


def control(merged: Merged) -> Iterator[str]:
    """GeoJSON (RFC 7946): a point for each place and day, with the share of runs that show each holder, a world."""
    study = merged.study
    shares = (merged.held / study.replicas).round(_PLACES)
    holders = holders_of(merged)
    shown = [number for number in range(len(holders)) if merged.held[..., number].any()]
    yield '{"type": "FeatureCollection", "features": [\n'
    first = True
    for evening, day in enumerate(study.evenings):
        for number, (name, place) in enumerate(study.scenario.places.items()):
            facts: dict[str, Any] = {"place": name, "name": place.name, "date": day.isoformat()}
            for world, label in enumerate(study.world_names):
                facts |= {f"{label}:{holders[h]}": float(shares[world, evening, number, h]) for h in shown}
            point = {"type": "Point", "coordinates": [place.lon, place.lat]}
            feature = {"type": "Feature", "geometry": point, "properties": facts}
            yield ("" if first else ",\n") + json.dumps(feature, ensure_ascii=False)
            first = False
    yield "\n]}\n"


TABLES: Final = {RUN_DAY: run_day, PLACE_DAY: place_day, CONTROL: control}
"""Each file and what writes it."""
