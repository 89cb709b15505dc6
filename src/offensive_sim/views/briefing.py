"""What a seat is told before its first morning: people, what it commands, what is reported, and on what that rests."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from offensive_sim.campaign.session import Session
from offensive_sim.scenario.chronicle import Chronicle, Figure
from offensive_sim.views.events import SourceLine, source_lines
from offensive_sim.views.known import known_chronicle
from offensive_sim.views.sighted import friends_of

_LARGEST: Final = 6
_MOST_SOURCES: Final = 12


@dataclass(frozen=True)
class Post:
    """A formation with its men and where it is."""

    name: str
    men: int
    low: int
    high: int
    place: str


@dataclass(frozen=True)
class Briefing:
    """One page."""

    title: str
    seat: str
    """Id of the seat."""
    evening: date
    last_day: date
    summary: str
    displaced: int
    """Displaced people on the map that evening."""
    shelters: tuple[tuple[str, int], ...]
    """Ids of the places where most of them are, and how many."""
    figure: Figure | None
    """The newest count for the country that was public."""
    held: int
    """Places that the seat's side holds, those contested with it."""
    contested: tuple[str, ...]
    """Ids of contested places."""
    formations: int
    men: int
    largest: tuple[Post, ...]
    unpaid: int
    """Formations whose pay has stopped."""
    sources: tuple[SourceLine, ...]


def briefing(session: Session, chronicle: Chronicle) -> Briefing:
    """For the seat whose turn it is, on the present morning."""
    game, state, scenario = session.game, session.state, session.game.scenario
    evening = session.date_of(session.day - 1)
    known = known_chronicle(chronicle, scenario, evening, frozenset(session.chair.factions)).chronicle
    figures = [f for f in known.displaced if f.area == "national"]
    figure = max(figures, key=lambda f: f.date, default=None)
    there = (state.sheltered[0] + state.moving[0]).sum(axis=0)
    ids = game.world.places.ids
    order = [int(p) for p in np.argsort(-there, kind="stable")[:_LARGEST] if there[p] > 0]
    mine = [u for u, key in enumerate(game.world.units.ids) if scenario.units[key].faction in session.chair.factions]
    mine = [u for u in mine if state.unit_place[0, u] >= 0]
    posts = sorted(mine, key=lambda u: (-int(state.men[0, u]), u))
    friendly = friends_of(game, session.chair)
    contested = np.flatnonzero(state.contested_by[0] >= 0)
    keys = Counter(key for u in mine for key in scenario.units[game.world.units.ids[u]].source)
    named = [*(figure.source if figure else ()), *(key for key, _ in keys.most_common(_MOST_SOURCES))]
    return Briefing(
        title=scenario.title,
        seat=session.chair.id,
        evening=evening,
        last_day=scenario.last_day,
        summary=scenario.summary,
        displaced=int(there.sum()),
        shelters=tuple((ids[p], int(there[p])) for p in order),
        figure=figure,
        held=int(friendly[state.control[0]].sum()),
        contested=tuple(ids[p] for p in contested),
        formations=len(mine),
        men=int(sum(int(state.men[0, u]) for u in mine)),
        largest=tuple(_post(session, u) for u in posts[:_LARGEST]),
        unpaid=sum(scenario.units[game.world.units.ids[u]].unpaid for u in mine),
        sources=tuple(dict.fromkeys(source_lines(scenario, named))),
    )


def _post(session: Session, unit: int) -> Post:
    game = session.game
    known = game.scenario.units[game.world.units.ids[unit]]
    place = game.world.places.ids[int(session.state.unit_place[0, unit])]
    return Post(known.name, int(session.state.men[0, unit]), known.men.low, known.men.high, place)
