"""The numbers of displacement (rulebook 4.9)."""

from typing import Final

from offensive_sim.scenario.numbers.number import RuleNumber, number

DISPLACEMENT: Final[dict[str, RuleNumber]] = {
    "flight_threat": number(
        "4.9", "Hazard of leaving for each unit of threat above the threshold",
        "per day", (0.00005, 0.0001, 0.0002), "judgement",
        "Prior of the flow model; anchor: Qaraqosh on 25 June.",
        tuned=True,
    ),
    "flight_threshold": number(
        "4.9", "Threat that people live with", "threat", (0.4, 0.6, 0.8), "judgement",
        "Mosul lived beside insurgents for years.",
    ),
    "flight_capture": number(
        "4.9", "Hazard of leaving on the day of capture",
        "per day", (0.07, 0.115, 0.16), "un_ninewa_sr2 judgement",
        "Mosul: 18 to 40 per cent in six days.",
        tuned=True,
    ),
    "flight_capture_days": number(
        "4.9", "Days after which that hazard has fallen to a quarter", "days", (2, 3.5, 6), "judgement",
        "Prior 2 to 6 days.",
    ),
    "flight_contact": number(
        "4.9", "Hazard of leaving while there is fighting", "per day", (0.035, 0.055, 0.09), "judgement",
        "Mosul, 6 to 9 June.",
        tuned=True,
    ),
    "flight_contagion": number(
        "4.9", "Growth of the hazard when all of one's group have gone", "times",
        (0.4, 1.0, 1.8), "judgement",
        "Same-day emptying of the Ninewa Plain.",
    ),
    "flight_again": number(
        "4.9", "Hazard for the displaced, against those at home", "times", (1.0, 1.5, 2.0), "judgement",
        "Khazir camp emptied in a night.",
    ),
    "onward": number(
        "4.9", "Displaced people who move on for other reasons", "per day",
        (0.002, 0.004, 0.007), "iom_sr7 judgement",
        "Erbil city lost 0.9 per cent a day in September.",
    ),
    "under_isis": number(
        "4.9", "How much less a place under ISIS or fighting draws the reference community",
        "weight", (0.5, 1.5, 4.0), "judgement",
        "Half or more of Ninewa's displaced stayed in the governorate.",
    ),
    "go_home": number(
        "4.9", "Hazard of going home from next door once it is quiet there", "per day", (0.1, 0.25, 0.5),
        "un_ninewa_sr2 judgement",
        "Of those who had only crossed the Tigris at Mosul most were back within three days.",
    ),
    "go_home_days": number(
        "4.9", "Days after a capture by which half the will to go back under ISIS is gone", "days", (4, 7, 14),
        "iom_dtm_19sep judgement", "The June class of displaced people shrank by 0.4 per cent a day in September.",
    ),
}  # fmt: skip
