"""A journal row as a sentence. Every word about what happened is here."""

from datetime import date, timedelta
from typing import Final

import numpy as np

from offensive_sim.campaign.compiling import Game
from offensive_sim.engine.journal import Factor, Journal, Kind

FACTOR_WORDS: Final = {
    Factor.BASE: "starting point",
    Factor.HOME: "home ground or shrine",
    Factor.CADRE: "firm core",
    Factor.LEADERSHIP: "commander",
    Factor.HEADQUARTERS: "headquarters on the spot",
    Factor.NO_WAY_OUT: "no way out",
    Factor.GROUND: "works and water",
    Factor.RELIEF: "help or supply near",
    Factor.AIR: "aircraft",
    Factor.NEWS: "news and orders from above",
    Factor.ODDS: "odds on the spot",
    Factor.OUTGUNNED: "outgunned",
    Factor.GHOSTS: "ghost soldiers",
    Factor.UNPAID: "unpaid",
    Factor.ESTRANGED: "seen as strangers",
    Factor.SHOCK: "others have broken",
    Factor.COMMAND_GONE: "commanders gone",
    Factor.ISOLATION: "cut off",
    Factor.SHAKEN: "shaken",
    Factor.LUCK: "luck",
}

_TOLD: Final = (
    Kind.TRIGGERED,
    Kind.APPEARED,
    Kind.STRUCK,
    Kind.REPULSED,
    Kind.BROKE,
    Kind.CONTESTED,
    Kind.CHANGED,
    Kind.CAPTURED_STOCK,
    Kind.MET,
)
"""Kinds that the log tells one by one; people who flee and arrive are summed a day."""


_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day_name(day: date) -> str:
    """``Friday 6 June``, the same in every locale."""
    return f"{_WEEKDAYS[day.weekday()]} {short_day(day)}"


def short_day(day: date) -> str:
    """``6 June``, the same in every locale."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def sentence(game: Game, entry: np.void) -> str:
    """One row in plain words."""
    world, scenario = game.world, game.scenario
    unit_ids, place_ids, faction_ids = world.units.ids, world.places.ids, world.factions.ids
    kind = Kind(int(entry["kind"]))
    place = scenario.places[place_ids[entry["place"]]].name if entry["place"] >= 0 else ""
    faction = scenario.factions[faction_ids[entry["faction"]]].name if entry["faction"] >= 0 else ""
    amount = f"{int(entry['amount']):,}"
    if kind is Kind.TRIGGERED:
        key, _, account = world.triggers.ids[entry["unit"]].partition("/")
        trigger = scenario.triggers[key]
        said = next((a.says for a in trigger.accounts if a.id == account), "")
        return f"{trigger.title}." if not account else f"{trigger.title}: {said}"
    unit = scenario.units[unit_ids[entry["unit"]]].name if entry["unit"] >= 0 else ""
    words = {
        Kind.APPEARED: f"{unit} appears at {place}.",
        Kind.ARRIVED: f"{unit} reaches {place}.",
        Kind.STRUCK: f"Air strikes for {faction} at {place}: {amount}.",
        Kind.REPULSED: f"{unit} is thrown back at {place}.",
        Kind.BROKE: f"{unit} broke at {place}; {amount} men dispersed.",
        Kind.CONTESTED: f"{place} is contested by {faction}.",
        Kind.CHANGED: f"{place} passes to {faction}.",
        Kind.CAPTURED_STOCK: f"{faction} takes {amount} vehicles and heavy weapons at {place}.",
        Kind.FLED: f"{amount} people leave {place}.",
        Kind.REACHED: f"{amount} displaced people find shelter at {place}.",
        Kind.RETURNED: f"{amount} people come home to {place}.",
        Kind.MET: f"{unit} meets a stronger column and turns back towards {place}.",
    }
    return words[kind]


def why(points: np.ndarray) -> str:
    """Signed factors of one test, largest first: ``+50 starting point, -25 others have broken ... = 15``."""
    order = sorted((f for f in Factor if points[f]), key=lambda f: (-abs(int(points[f])), f))
    parts = [f"{int(points[f]):+d} {FACTOR_WORDS[f]}" for f in order]
    return ", ".join(parts) + f" = {int(points.sum(dtype=np.int64))}"


def day_log(game: Game, journal: Journal, row: int = 0) -> list[str]:
    """What happened to one replica on one day, in the order of the sequence of play."""
    entries = journal.entries()
    mine = entries[entries["replica"] == journal.replicas[row]]
    lines = [sentence(game, entry) for entry in mine if Kind(int(entry["kind"])) in _TOLD]
    reasons = journal.reasons
    if reasons is not None:
        for at in np.flatnonzero((reasons.row == row) & reasons.broke):
            name = game.scenario.units[game.world.units.ids[reasons.unit[at]]].name
            lines.append(f"  why {name} broke: {why(reasons.points[at])}")
    fled = int(mine["amount"][mine["kind"] == Kind.FLED].sum())
    if fled:
        lines.append(f"{fled:,} people leave their homes.")
    home = int(mine["amount"][mine["kind"] == Kind.RETURNED].sum())
    if home:
        lines.append(f"{home:,} displaced people go home.")
    return lines


def heading(game: Game, day: int) -> str:
    """The day's heading."""
    return day_name(game.world.first_day + timedelta(days=day))
