"""The numbers of supply and march (rulebook 4.3, 4.4)."""

from typing import Final

from offensive_sim.scenario.numbers.number import RuleNumber, number

MARCH: Final[dict[str, RuleNumber]] = {
    "retreat_pace": number(
        "4.4", "Pace of units that fall back, against their march", "times", (1.2, 1.5, 1.8), "judgement",
        "Mosul's first vehicles reached the Khazir checkpoint, 45 km away, in 3 to 7 hours.",
    ),
    "recruits_share": number(
        "4.3", "Share of a trigger's recruits who really come", "share", (0.5, 1.0, 1.5), "judgement",
        "Recruit figures are officials' round numbers.",
    ),
    "wastage": number(
        "4.3", "Men lost on a quiet day to sickness, wounds and walking off",
        "share a day", (0.0005, 0.001, 0.0015),
        "sq_17jun judgement", "Up to 300 a day of about 200,000 before June 2014: 0.1 to 0.15 per cent.",
    ),
    "crew_days": number(
        "4.3",
        "Days until captured vehicles and heavy weapons are manned, as a mean",
        "days",
        (2, 4, 8),
        "judgement",
        "Usable a day or two after capture nearby, ten to twelve days later on far fronts.",
        tuned=True,
    ),
}  # fmt: skip
