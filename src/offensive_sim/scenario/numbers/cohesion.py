"""The numbers of cohesion: points on a unit's nerve (rulebook 4.7)."""

from typing import Final

from offensive_sim.scenario.numbers.number import RuleNumber, number

COHESION: Final[dict[str, RuleNumber]] = {
    "air_nerve": number(
        "4.7", "Nerve lost for each strike suffered a day, at most four", "points", (3, 6, 9), "judgement",
        "35 strikes in 72 hours turned the even fight at Mosul Dam.",
    ),
    "air_cover_nerve": number(
        "4.7", "Nerve gained where one's own side flies strikes", "points", (6, 12, 18), "judgement",
        "Makhmur and Gwer were retaken on the third day of strikes by the men who had left them.",
    ),
    "base": number(
        "4.7", "Nerve of a unit about which nothing is known", "points", (46, 50, 54), "judgement",
        "Scale of the twelve cases.",
    ),
    "breaks_under": number(
        "4.7", "A tested unit under this mark breaks", "points", (22, 25, 28), "judgement",
        "Scale of the twelve cases.",
    ),
    "home": number(
        "4.7", "Defending one's own town", "points", (18, 25, 32), "judgement",
        "Amirli, Haditha, Dhuluiya, Tal Afar held; garrisons from elsewhere left.",
    ),
    "shrine": number(
        "4.7", "Defending a shrine", "points", (18, 25, 32), "judgement",
        "Samarra was held three times in ten days.",
    ),
    "headquarters": number(
        "4.7", "The headquarters above stands in the same place", "points", (6, 10, 14), "judgement",
        "Mosul held while the generals were there; Tal Afar held under its general.",
    ),
    "no_way_out": number(
        "4.7", "No neighbouring place in friendly hands", "points", (14, 20, 26), "judgement",
        "Surrounded garrisons fought on: Baiji refinery, Amirli, Speicher.",
    ),
    "river_bend": number(
        "4.7", "Water on three sides", "points", (6, 10, 14), "judgement",
        "Dhuluiya's southern quarter.",
    ),
    "relief": number(
        "4.7", "Help one road away, or supply by air", "points", (8, 12, 16), "judgement",
        "Samarra was relieved from Baghdad within ten hours; Baiji and Amirli lived on helicopters.",
    ),
    "relief_men": number(
        "4.7", "Fighting power one road away that counts as help", "men", (300, 500, 800), "judgement",
        "A brigade's worth.",
    ),
    "odds": number(
        "4.7", "Most that the odds on the spot add or take", "points", (8, 14, 20), "judgement",
        "Much less than headcount suggests: 1,500 broke 10,000.",
    ),
    "outgunned": number(
        "4.7", "Against an enemy with unlimited captured weapons", "points", (5, 12, 20), "judgement",
        "Peshmerga named armoured vehicles and guns as the reason for leaving.",
    ),
    "ghosts": number(
        "4.7", "Most of the unit was never there", "points", (10, 15, 20), "reuters_gharawi judgement",
        "6th Brigade: 500 of 2,500.",
    ),
    "unpaid": number("4.7", "Unpaid", "points", (8, 12, 18), "judgement", "Counts like ghost soldiers."),
    "estranged": number(
        "4.7", "In a town that sees the garrison as strangers", "points", (10, 15, 20), "judgement",
        "Mosul, Tikrit, Hawija, Baiji.",
    ),
    "shock": number(
        "4.7", "A unit of one's own command has broken within 150 km", "points", (18, 25, 32), "judgement",
        "Four divisions in three days and three provinces, often without contact.",
    ),
    "shock_share": number(
        "4.7", "Share of the command's men within 150 km that must break for the news to tell fully", "share",
        (0.15, 0.25, 0.35), "judgement",
        "About a quarter of the army's combat battalions were lost in the days when the rest wavered.",
    ),
    "shock_days": number("4.7", "Days such news lasts", "days", (1.6, 2, 3), "judgement", "48 hours."),
    "command_gone": number(
        "4.7", "One's senior commanders have been seen to leave", "points", (24, 30, 36), "judgement",
        "Mosul on the night of 9 June, Sinjar on the eve of 3 August.",
    ),
    "command_days": number(
        "4.7", "Days that sight lasts", "days", (2, 3, 5), "judgement",
        "Until somebody else takes command.",
    ),
    "isolation_a_day": number(
        "4.7", "For each day without supply", "points a day", (3.5, 5, 6.5), "judgement",
        "Tal Afar: eight days without a road.",
    ),
    "stock_days": number(
        "4.7", "Days a garrison lives on what it has before being cut off tells",
        "days", (2, 4, 6), "judgement",
        "Tal Afar was cut off on 10 June, attacked on the 15th and held until the 23rd.",
        tuned=True,
    ),
    "shaken": number(
        "4.7", "Has broken in the last days", "points", (8, 12, 18), "judgement",
        "Units that fell back broke again sooner.",
    ),
    "shaken_days": number(
        "4.7", "Days a unit stays shaken", "days", (4, 7, 10), "judgement",
        "Peshmerga who fell back on 6 August attacked on 10 August.",
    ),
    "luck": number(
        "4.7",
        "Most that a day's luck adds or takes; a unit's lasting luck is as much again",
        "points", (4, 6, 9), "judgement",
        "What the factors leave out; half a day's, half the unit's own.",
    ),
}  # fmt: skip
