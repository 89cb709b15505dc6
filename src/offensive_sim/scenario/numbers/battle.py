"""The numbers of air strikes, battle and control (rulebook 4.5, 4.6, 4.8)."""

from typing import Final

from offensive_sim.scenario.numbers.number import RuleNumber, number

BATTLE: Final[dict[str, RuleNumber]] = {
    "kit_half": number(
        "4.6", "Captured vehicles and heavy weapons at which half their worth is reached", "pieces",
        (300, 600, 1200), "judgement",
        "Fewer crews than vehicles: 1,500 to 2,300 Humvees, far fewer runners.",
    ),
    "kit_worth": number(
        "4.6", "Fighting power added by unlimited captured weapons", "share", (0.2, 0.5, 0.9), "judgement",
        "Armoured Humvees and guns outranged rifle-only Peshmerga in August.",
    ),
    "men_lost_a_strike": number(
        "4.5", "Men lost to one air strike", "men", (2, 5, 9), "judgement",
        "1.4 targets a strike in the first 154 US strikes, mostly vehicles with 3 to 5 men.",
    ),
    "repulse_share": number(
        "4.6", "Attackers with less than this share of the fighting power get no foothold", "share",
        (0.25, 0.33, 0.41), "judgement",
        "One attacker to two defenders: Samarra on 5 June failed, west Mosul on 6 June did not.",
    ),
    "expel_share": number(
        "4.6", "Attackers inside with less than this share are thrown out",
        "share", (0.06, 0.12, 0.18), "judgement",
        "Footholds in Baqubah were lost within hours, in Ramadi and Tal Afar not.",
    ),
    "yield_share": number(
        "4.6",
        "Light columns and bands with less than this share leave a place they hold rather than be fixed there",
        "share",
        (0.25, 0.35, 0.45),
        "judgement",
        "Experienced fighters assaulted and moved on; Ishaqi and Mutasim were given up within two days.",
        tuned=True,
    ),
    "battle_spread": number(
        "4.6", "Width of a day's luck on both marks", "share", (0.05, 0.15, 0.25), "judgement",
        "Battles are uncertain.",
    ),
    "assault_days": number(
        "4.6", "Days a fight inside a place is pressed before the front settles", "days", (2, 3, 5),
        "nyt_lwj_0618_baiji judgement",
        "The first assault on Baiji refinery: 17 to 19 June; Mosul's west bank: three days and a half.",
    ),
    "loss_rate": number(
        "4.6", "Men lost a day at even odds", "share a day", (0.003, 0.008, 0.016), "helmbold_dnf judgement",
        "Deitchman's form; size from the days of fighting in Mosul and Tal Afar.",
    ),
    "loss_cap": number(
        "4.6", "Most men lost in a day's fighting",
        "share a day", (0.03, 0.05, 0.08), "tdi_breakpoints judgement",
        "Losses above 3 per cent suppress; units leave before they are destroyed.",
    ),
    "rest_days": number(
        "4.6", "Days until attackers who were thrown back attack again",
        "days", (4, 7, 10), "unipath_baiji judgement",
        "Forty serious assaults on Baiji refinery in eleven months: one in about eight days.",
    ),
    "nerve_floor": number(
        "4.6", "Share of a unit that fights however low its nerve", "share", (0.1, 0.2, 0.3), "judgement",
        "In Mosul a few hundred fought out of some ten thousand present.",
    ),
    "hold_men": number(
        "4.8", "Fewest men who can hold a place", "men", (15, 30, 60), "judgement",
        "Shirqat fell to 80 men.",
    ),
    "settle_days": number(
        "4.8", "Days after a place is taken before patrols go out from it", "days", (1, 2, 3), "judgement",
        "A night's stop for every town taken; Mosul fell on 9 and 10 June, the towns round it on 10 to 12 June.",
    ),
    "patrol_need": number(
        "4.8", "How many times more men patrols from next door need for that", "times", (2, 4, 8), "judgement",
        "Karamles and Batnaya were entered once they had emptied; Balad, full of people, was not.",
    ),
    "men_a_resident": number(
        "4.8", "Men ISIS needs to take a place whose people fear it, for each resident still there", "men",
        (0.003, 0.005, 0.008), "judgement",
        "A quarter of the 20 a thousand that doctrine asks for holding; Sinjar fell to about 300 for 60,000.",
    ),
}  # fmt: skip
