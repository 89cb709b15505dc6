"""A formation as its own headquarters knows it: where, how many, how it stands, what it was told, and the sources."""

from dataclasses import dataclass

from offensive_sim.campaign.compiling import Game
from offensive_sim.campaign.seats import in_words
from offensive_sim.campaign.session import Session
from offensive_sim.engine.axes import NO_LINK, OFF_MAP, Stance, Status
from offensive_sim.engine.orders import Order
from offensive_sim.scenario.facts import Range
from offensive_sim.views.events import SourceLine, source_lines


@dataclass(frozen=True)
class Formation:
    """One unit this morning."""

    id: str
    name: str
    faction: str
    kind: str
    echelon: str
    place: str | None
    """Id of the place where it is, or which it last left; None if it is not on the map."""
    towards: str | None
    """Id of the place at the end of the road it is on."""
    men: int
    opening: Range
    """Present for duty on the first evening, as reported."""
    falling_back: bool
    days_cut: int
    nerve: int | None
    """Points at its last test; None if it was never tested."""
    own: Order | None
    """The order of yours that stands."""
    documented: tuple[str, str | None]
    """The documented order of today: its word and the id of its goal."""
    void: bool
    """Whether that has lost its sense, so that the unit holds."""
    confidence: str
    sources: tuple[SourceLine, ...]
    notes: tuple[str, ...]

    @property
    def goal(self) -> str | None:
        """Where it is going by the order that counts."""
        if self.own is not None:
            return self.own.goal
        return None if self.void else self.documented[1]

    @property
    def stance(self) -> str:
        """What it does by the order that counts."""
        if self.own is not None:
            return self.own.stance
        return "hold" if self.void else self.documented[0]


def formation(session: Session, unit: str) -> Formation:
    """A unit of a game on its present morning."""
    game, state, u = session.game, session.state, session.game.world.units.ids.index(unit)
    known, ids = game.scenario.units[unit], game.world.places.ids
    at, link = int(state.unit_place[0, u]), int(state.unit_link[0, u])
    said = session.player.script.decide(game.world, state, session.dice)
    goal = int(said.goal[0, u])
    return Formation(
        id=unit,
        name=known.name,
        faction=known.faction,
        kind=known.kind,
        echelon=known.echelon,
        place=ids[at] if at != OFF_MAP else None,
        towards=ids[game.world.links.end[link]] if link != NO_LINK else None,
        men=int(state.men[0, u]),
        opening=known.men,
        falling_back=int(state.status[0, u]) == Status.FALLING_BACK,
        days_cut=int(state.days_cut[0, u]),
        nerve=int(state.nerve[0, u]) or None,
        own=session.standing.get(unit),
        documented=(Stance(int(said.stance[0, u])).name.lower(), ids[goal] if goal != OFF_MAP else None),
        void=bool(session.player.void(game.world, state, said)[0, u]),
        confidence=known.confidence,
        sources=source_lines(game.scenario, known.source),
        notes=tuple(dict.fromkeys(note for note in (known.note, known.judgement) if note)),
    )


@dataclass(frozen=True)
class Way:
    """Where a unit is told to go, by the quickest roads."""

    unit: str
    stance: str
    places: tuple[str, ...]
    """Ids from where it is to its goal."""
    men: int
    own: bool
    """Ordered by the player; otherwise documented."""
    today: bool
    """Ordered since this morning."""


def way(game: Game, start: str, goal: str) -> tuple[str, ...]:
    """Ids of the places on the quickest way by road, both ends with it; only the ends where there is none."""
    ids, links = game.world.places.ids, game.world.links
    here, there = ids.index(start), ids.index(goal)
    found = [here]
    while found[-1] != there and len(found) <= len(ids):
        following = int(links.neighbour[found[-1], links.next_slot[found[-1], there]])
        if following < 0 or following in found:
            return (start, goal)
        found.append(following)
    return tuple(ids[p] for p in found)


def ways(session: Session) -> tuple[Way, ...]:
    """Every march that the seat whose turn it is knows of: its own units', by its orders or the documented ones."""
    found = []
    mine = {*session.standing, *session.unordered()}
    for unit in session.game.world.units.ids:
        if unit not in mine or session.game.scenario.units[unit].faction not in session.chair.factions:
            continue
        one = formation(session, unit)
        if one.place is None or one.goal is None or one.goal == one.place or one.falling_back:
            continue
        places = way(session.game, one.place, one.goal)
        found.append(Way(unit, one.stance, places, one.men, one.own is not None, unit in session.today))
    return tuple(found)


def told(game: Game, order: Order) -> str:
    """An order as a reader says it."""
    return in_words(game, order)
