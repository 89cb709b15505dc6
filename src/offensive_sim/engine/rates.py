"""The rules' numbers as the engine uses them: one value a replica.

Their meaning, unit, range and source stand in scenario/numbers/ under the same names, and in docs/rulebook.md.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

from offensive_sim.engine.axes import Floats, Ints
from offensive_sim.engine.lazy import kept


@dataclass(frozen=True)
class Rates:
    """Every field has shape (R,), but for the drawn ones at the end."""

    # march and supply
    retreat_pace: Floats
    recruits_share: Floats
    wastage: Floats
    crew_days: Floats
    kit_half: Floats
    kit_worth: Floats
    # air
    men_lost_a_strike: Floats
    air_nerve: Floats
    air_cover_nerve: Floats
    # battle
    repulse_share: Floats
    expel_share: Floats
    yield_share: Floats
    battle_spread: Floats
    assault_days: Floats
    loss_rate: Floats
    loss_cap: Floats
    rest_days: Floats
    nerve_floor: Floats
    # cohesion
    base: Floats
    breaks_under: Floats
    home: Floats
    shrine: Floats
    headquarters: Floats
    no_way_out: Floats
    river_bend: Floats
    relief: Floats
    relief_men: Floats
    odds: Floats
    outgunned: Floats
    ghosts: Floats
    unpaid: Floats
    estranged: Floats
    shock: Floats
    shock_share: Floats
    shock_days: Floats
    command_gone: Floats
    command_days: Floats
    isolation_a_day: Floats
    stock_days: Floats
    shaken: Floats
    shaken_days: Floats
    luck: Floats
    # control
    hold_men: Floats
    men_a_resident: Floats
    settle_days: Floats
    patrol_need: Floats
    # displacement
    flight_threat: Floats
    flight_threshold: Floats
    flight_capture: Floats
    flight_capture_days: Floats
    flight_contact: Floats
    flight_contagion: Floats
    flight_again: Floats
    onward: Floats
    go_home: Floats
    go_home_days: Floats
    under_isis: Floats
    # drawn once a replica, not a number of the rules
    unit_luck: Floats  # (R, U) uniform in [0, 1), 0.5 without spread
    flight_luck: Floats  # (R, G) factor on a group's hazard, 1 without spread
    vulnerability: Floats  # (R, C) of each community, its best estimate without spread
    reinforcements: Ints  # (R, E) men each reinforcement brings

    @kept
    def once(self) -> dict[str, Any]:
        """What phases have worked out from these numbers for the whole run, by the name of the phase."""
        return {}


_DRAWN: Final = ("unit_luck", "flight_luck", "vulnerability", "reinforcements")


def names() -> tuple[str, ...]:
    """Every rule number, in order."""
    return tuple(f.name for f in fields(Rates) if f.name not in _DRAWN)
