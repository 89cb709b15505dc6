"""Every number of the rules: meaning, unit, value, range and where it comes from.

A scenario may override a value; an ensemble draws each one once a replica between ``low`` and ``high``
(triangular, peak at ``value``). The engine reads them under the same names (engine/rates.py).
"""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, RootModel, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from offensive_sim.scenario.suggest import did_you_mean


@dataclass(frozen=True)
class RuleNumber:
    """One number: what it means, its unit, its value and range, its sources."""

    section: str
    meaning: str
    unit: str
    value: float
    low: float
    high: float
    source: tuple[str, ...]
    why: str
    tuned: bool = False
    """Whether it was moved to fit June 2014 (never July or August)."""


def _n(  # noqa: PLR0913 - one row of the table
    section: str, meaning: str, unit: str, numbers: tuple[float, float, float], source: str, why: str, *,
    tuned: bool = False,
) -> RuleNumber:
    low, value, high = numbers
    return RuleNumber(section, meaning, unit, value, low, high, tuple(source.split()), why, tuned)


RULES: Final[dict[str, RuleNumber]] = {
    # 4.3 supply, replacement; captured weapons
    "retreat_pace": _n(
        "4.4", "Pace of units that fall back, against their march", "times", (1.2, 1.5, 1.8), "judgement",
        "Mosul's first vehicles reached the Khazir checkpoint, 45 km away, in 3 to 7 hours.",
    ),
    "recruits_share": _n(
        "4.3", "Share of a trigger's recruits who really come", "share", (0.5, 1.0, 1.5), "judgement",
        "Recruit figures are officials' round numbers.",
    ),
    "wastage": _n(
        "4.3", "Men lost on a quiet day to sickness, wounds and walking off",
        "share a day", (0.0005, 0.001, 0.0015),
        "sq_17jun judgement", "Up to 300 a day of about 200,000 before June 2014: 0.1 to 0.15 per cent.",
    ),
    "crew_days": _n(
        "4.3",
        "Days until captured vehicles and heavy weapons are manned, as a mean",
        "days",
        (2, 4, 8),
        "judgement",
        "Usable a day or two after capture nearby, ten to twelve days later on far fronts.",
        tuned=True,
    ),
    "kit_half": _n(
        "4.6", "Captured vehicles and heavy weapons at which half their worth is reached", "pieces",
        (300, 600, 1200), "judgement",
        "Fewer crews than vehicles: 1,500 to 2,300 Humvees, far fewer runners.",
    ),
    "kit_worth": _n(
        "4.6", "Fighting power added by unlimited captured weapons", "share", (0.2, 0.5, 0.9), "judgement",
        "Armoured Humvees and guns outranged rifle-only Peshmerga in August.",
    ),
    # 4.5 air
    "men_lost_a_strike": _n(
        "4.5", "Men lost to one air strike", "men", (2, 5, 9), "judgement",
        "1.4 targets a strike in the first 154 US strikes, mostly vehicles with 3 to 5 men.",
    ),
    "air_nerve": _n(
        "4.7", "Nerve lost for each strike suffered a day, at most four", "points", (3, 6, 9), "judgement",
        "35 strikes in 72 hours turned the even fight at Mosul Dam.",
    ),
    "air_cover_nerve": _n(
        "4.7", "Nerve gained where one's own side flies strikes", "points", (6, 12, 18), "judgement",
        "Makhmur and Gwer were retaken on the third day of strikes by the men who had left them.",
    ),
    # 4.6 battle
    "repulse_share": _n(
        "4.6", "Attackers with less than this share of the fighting power get no foothold", "share",
        (0.25, 0.33, 0.41), "judgement",
        "One attacker to two defenders: Samarra on 5 June failed, west Mosul on 6 June did not.",
    ),
    "expel_share": _n(
        "4.6", "Attackers inside with less than this share are thrown out",
        "share", (0.06, 0.12, 0.18), "judgement",
        "Footholds in Baqubah were lost within hours, in Ramadi and Tal Afar not.",
    ),
    "yield_share": _n(
        "4.6",
        "Light columns and bands with less than this share leave a place they hold rather than be fixed there",
        "share",
        (0.25, 0.35, 0.45),
        "judgement",
        "Experienced fighters assaulted and moved on; Ishaqi and Mutasim were given up within two days.",
        tuned=True,
    ),
    "battle_spread": _n(
        "4.6", "Width of a day's luck on both marks", "share", (0.05, 0.15, 0.25), "judgement",
        "Battles are uncertain.",
    ),
    "assault_days": _n(
        "4.6", "Days a fight inside a place is pressed before the front settles", "days", (2, 3, 5),
        "nyt_lwj_0618_baiji judgement",
        "The first assault on Baiji refinery: 17 to 19 June; Mosul's west bank: three days and a half.",
    ),
    "loss_rate": _n(
        "4.6", "Men lost a day at even odds", "share a day", (0.003, 0.008, 0.016), "helmbold_dnf judgement",
        "Deitchman's form; size from the days of fighting in Mosul and Tal Afar.",
    ),
    "loss_cap": _n(
        "4.6", "Most men lost in a day's fighting",
        "share a day", (0.03, 0.05, 0.08), "tdi_breakpoints judgement",
        "Losses above 3 per cent suppress; units leave before they are destroyed.",
    ),
    "rest_days": _n(
        "4.6", "Days until attackers who were thrown back attack again",
        "days", (4, 7, 10), "unipath_baiji judgement",
        "Forty serious assaults on Baiji refinery in eleven months: one in about eight days.",
    ),
    "nerve_floor": _n(
        "4.6", "Share of a unit that fights however low its nerve", "share", (0.1, 0.2, 0.3), "judgement",
        "In Mosul a few hundred fought out of some ten thousand present.",
    ),
    # 4.7 cohesion
    "base": _n(
        "4.7", "Nerve of a unit about which nothing is known", "points", (46, 50, 54), "judgement",
        "Scale of the twelve cases.",
    ),
    "breaks_under": _n(
        "4.7", "A tested unit under this mark breaks", "points", (22, 25, 28), "judgement",
        "Scale of the twelve cases.",
    ),
    "home": _n(
        "4.7", "Defending one's own town", "points", (18, 25, 32), "judgement",
        "Amirli, Haditha, Dhuluiya, Tal Afar held; garrisons from elsewhere left.",
    ),
    "shrine": _n(
        "4.7", "Defending a shrine", "points", (18, 25, 32), "judgement",
        "Samarra was held three times in ten days.",
    ),
    "headquarters": _n(
        "4.7", "The headquarters above stands in the same place", "points", (6, 10, 14), "judgement",
        "Mosul held while the generals were there; Tal Afar held under its general.",
    ),
    "no_way_out": _n(
        "4.7", "No neighbouring place in friendly hands", "points", (14, 20, 26), "judgement",
        "Surrounded garrisons fought on: Baiji refinery, Amirli, Speicher.",
    ),
    "river_bend": _n(
        "4.7", "Water on three sides", "points", (6, 10, 14), "judgement",
        "Dhuluiya's southern quarter.",
    ),
    "relief": _n(
        "4.7", "Help one road away, or supply by air", "points", (8, 12, 16), "judgement",
        "Samarra was relieved from Baghdad within ten hours; Baiji and Amirli lived on helicopters.",
    ),
    "relief_men": _n(
        "4.7", "Fighting power one road away that counts as help", "men", (300, 500, 800), "judgement",
        "A brigade's worth.",
    ),
    "odds": _n(
        "4.7", "Most that the odds on the spot add or take", "points", (8, 14, 20), "judgement",
        "Much less than headcount suggests: 1,500 broke 10,000.",
    ),
    "outgunned": _n(
        "4.7", "Against an enemy with unlimited captured weapons", "points", (5, 12, 20), "judgement",
        "Peshmerga named armoured vehicles and guns as the reason for leaving.",
    ),
    "ghosts": _n(
        "4.7", "Most of the unit was never there", "points", (10, 15, 20), "reuters_gharawi judgement",
        "6th Brigade: 500 of 2,500.",
    ),
    "unpaid": _n("4.7", "Unpaid", "points", (8, 12, 18), "judgement", "Counts like ghost soldiers."),
    "estranged": _n(
        "4.7", "In a town that sees the garrison as strangers", "points", (10, 15, 20), "judgement",
        "Mosul, Tikrit, Hawija, Baiji.",
    ),
    "shock": _n(
        "4.7", "A unit of one's own command has broken within 150 km", "points", (18, 25, 32), "judgement",
        "Four divisions in three days and three provinces, often without contact.",
    ),
    "shock_share": _n(
        "4.7", "Share of the command's men within 150 km that must break for the news to tell fully", "share",
        (0.15, 0.25, 0.35), "judgement",
        "About a quarter of the army's combat battalions were lost in the days when the rest wavered.",
    ),
    "shock_days": _n("4.7", "Days such news lasts", "days", (1.6, 2, 3), "judgement", "48 hours."),
    "command_gone": _n(
        "4.7", "One's senior commanders have been seen to leave", "points", (24, 30, 36), "judgement",
        "Mosul on the night of 9 June, Sinjar on the eve of 3 August.",
    ),
    "command_days": _n(
        "4.7", "Days that sight lasts", "days", (2, 3, 5), "judgement",
        "Until somebody else takes command.",
    ),
    "isolation_a_day": _n(
        "4.7", "For each day without supply", "points a day", (3.5, 5, 6.5), "judgement",
        "Tal Afar: eight days without a road.",
    ),
    "stock_days": _n(
        "4.7", "Days a garrison lives on what it has before being cut off tells",
        "days", (2, 4, 6), "judgement",
        "Tal Afar was cut off on 10 June, attacked on the 15th and held until the 23rd.",
        tuned=True,
    ),
    "shaken": _n(
        "4.7", "Has broken in the last days", "points", (8, 12, 18), "judgement",
        "Units that fell back broke again sooner.",
    ),
    "shaken_days": _n(
        "4.7", "Days a unit stays shaken", "days", (4, 7, 10), "judgement",
        "Peshmerga who fell back on 6 August attacked on 10 August.",
    ),
    "luck": _n(
        "4.7",
        "Most that a day's luck adds or takes; a unit's lasting luck is as much again",
        "points", (4, 6, 9), "judgement",
        "What the factors leave out; half a day's, half the unit's own.",
    ),
    # 4.8 control
    "hold_men": _n(
        "4.8", "Fewest men who can hold a place", "men", (15, 30, 60), "judgement",
        "Shirqat fell to 80 men.",
    ),
    "settle_days": _n(
        "4.8", "Days after a place is taken before patrols go out from it", "days", (1, 2, 3), "judgement",
        "A night's stop for every town taken; Mosul fell on 9 and 10 June, the towns round it on 10 to 12 June.",
    ),
    "patrol_need": _n(
        "4.8", "How many times more men patrols from next door need for that", "times", (2, 4, 8), "judgement",
        "Karamles and Batnaya were entered once they had emptied; Balad, full of people, was not.",
    ),
    "men_a_resident": _n(
        "4.8", "Men ISIS needs to take a place whose people fear it, for each resident still there", "men",
        (0.003, 0.005, 0.008), "judgement",
        "A quarter of the 20 a thousand that doctrine asks for holding; Sinjar fell to about 300 for 60,000.",
    ),
    # 4.9 displacement
    "flight_threat": _n(
        "4.9", "Hazard of leaving for each unit of threat above the threshold",
        "per day", (0.00005, 0.0001, 0.0002), "judgement",
        "Prior of the flow model; anchor: Qaraqosh on 25 June.",
        tuned=True,
    ),
    "flight_threshold": _n(
        "4.9", "Threat that people live with", "threat", (0.4, 0.6, 0.8), "judgement",
        "Mosul lived beside insurgents for years.",
    ),
    "flight_capture": _n(
        "4.9", "Hazard of leaving on the day of capture",
        "per day", (0.07, 0.115, 0.16), "un_ninewa_sr2 judgement",
        "Mosul: 18 to 40 per cent in six days.",
        tuned=True,
    ),
    "flight_capture_days": _n(
        "4.9", "Days after which that hazard has fallen to a quarter", "days", (2, 3.5, 6), "judgement",
        "Prior 2 to 6 days.",
    ),
    "flight_contact": _n(
        "4.9", "Hazard of leaving while there is fighting", "per day", (0.035, 0.055, 0.09), "judgement",
        "Mosul, 6 to 9 June.",
        tuned=True,
    ),
    "flight_contagion": _n(
        "4.9", "Growth of the hazard when all of one's group have gone", "times",
        (0.4, 1.0, 1.8), "judgement",
        "Same-day emptying of the Ninewa Plain.",
    ),
    "flight_again": _n(
        "4.9", "Hazard for the displaced, against those at home", "times", (1.0, 1.5, 2.0), "judgement",
        "Khazir camp emptied in a night.",
    ),
    "onward": _n(
        "4.9", "Displaced people who move on for other reasons", "per day",
        (0.002, 0.004, 0.007), "iom_sr7 judgement",
        "Erbil city lost 0.9 per cent a day in September.",
    ),
    "under_isis": _n(
        "4.9", "How much less a place under ISIS or fighting draws the reference community",
        "weight", (0.5, 1.5, 4.0), "judgement",
        "Half or more of Ninewa's displaced stayed in the governorate.",
    ),
    "go_home": _n(
        "4.9", "Hazard of going home from next door once it is quiet there", "per day", (0.1, 0.25, 0.5),
        "un_ninewa_sr2 judgement",
        "Of those who had only crossed the Tigris at Mosul most were back within three days.",
    ),
    "go_home_days": _n(
        "4.9", "Days after a capture by which half the will to go back under ISIS is gone", "days", (4, 7, 14),
        "iom_dtm_19sep judgement", "The June class of displaced people shrank by 0.4 per cent a day in September.",
    ),
}  # fmt: skip

RuleName = Annotated[str, Field(pattern=r"^[a-z_]+$")]


class Rules(RootModel[dict[RuleName, float]]):
    """Numbers that a scenario sets otherwise, by name."""

    model_config = {"frozen": True}
    root: dict[RuleName, float] = {}

    @model_validator(mode="after")
    def _known_and_inside(self) -> "Rules":
        wrong = [_refusal(name, value) for name, value in self.root.items() if _wrong(name, value)]
        if wrong:
            raise ValidationError.from_exception_data("Rules", wrong)
        return self


def _wrong(name: str, value: float) -> str:
    if name not in RULES:
        return f"no rule is called {name}{did_you_mean(name, RULES)}"
    rule = RULES[name]
    if rule.low <= value <= rule.high:
        return ""
    return f"{name} is {value}, outside its range {rule.low} to {rule.high} {rule.unit}"


def _refusal(name: str, value: float) -> InitErrorDetails:
    error = PydanticCustomError("rule", "{what}", {"what": _wrong(name, value)})
    return InitErrorDetails(type=error, loc=(name,), input=value)
