from dataclasses import replace

import numpy as np
import pytest
from tests.views.helpers import (
    BLUE,
    BOTH,
    FORD,
    RED,
    attack,
    change,
    chronicle,
    figure,
    game,
    june,
    run,
)

from offensive_sim.views.documented import history
from offensive_sim.views.scorecard import score

FALLS = change("ford", 4, "blue")


def tuned(said, series, ensemble=None, **splits):
    return score(game(**splits), said, series, ensemble).tuned


def verdicts(said, series):
    return [(scored.verdict, scored.simulated) for scored in tuned(said, series).changes]


# Changes of control


@pytest.mark.parametrize(
    ("turn", "verdict"), [(2, "early"), (3, "on_time"), (4, "on_time"), (5, "on_time"), (6, "late"), (10, "late")]
)
def test_a_change_is_on_time_within_a_day(turn, verdict):
    assert verdicts(chronicle(FALLS), run(ford={turn: BLUE})) == [(verdict, june(turn))]


@pytest.mark.parametrize(("turn", "verdict"), [(3, "early"), (4, "on_time"), (10, "on_time")])
def test_an_uncertain_date_gives_more_room(turn, verdict):
    said = chronicle(change("ford", 7, "blue", uncertainty=3))
    assert verdicts(said, run(ford={turn: BLUE})) == [(verdict, june(turn))]


@pytest.mark.parametrize(("turn", "verdict"), [(5, "on_time"), (6, "late")])
def test_a_certain_date_still_gives_a_day(turn, verdict):
    assert verdicts(chronicle(change("ford", 4, "blue", uncertainty=1)), run(ford={turn: BLUE}))[0][0] == verdict


def test_a_change_that_never_comes_is_missed():
    assert verdicts(chronicle(FALLS), run()) == [("missed", None)]
    assert verdicts(chronicle(FALLS), run(ford={4: BOTH})) == [("missed", None)]
    assert verdicts(chronicle(FALLS), run(south={4: BLUE})) == [("missed", None)]


def test_contested_is_a_state_of_its_own():
    said = chronicle(change("ford", 3, "contested"), change("ford", 6, "blue", held="contested"))
    assert verdicts(said, run(ford={3: BOTH, 6: BLUE})) == [("on_time", june(3)), ("on_time", june(6))]
    assert verdicts(said, run(ford={6: BLUE})) == [("missed", None), ("on_time", june(6))]


def test_the_nearest_turn_is_the_one_that_counts():
    taken_twice = run(ford={2: BLUE, 3: RED, 5: BLUE})
    assert verdicts(chronicle(FALLS), taken_twice) == [("on_time", june(5))]


def test_a_turn_is_matched_once():
    said = chronicle(FALLS, change("ford", 5, "red", held="blue"), change("ford", 6, "blue"))
    assert verdicts(said, run(ford={4: BLUE})) == [("on_time", june(4)), ("missed", None), ("missed", None)]


def test_the_row_that_fits_best_gets_the_turn():
    said = chronicle(change("ford", 2, "blue"), change("ford", 4, "red", held="blue"), change("ford", 9, "blue"))
    assert [verdict for verdict, _ in verdicts(said, run(ford={9: BLUE}))] == ["missed", "missed", "on_time"]


def test_verdicts_are_counted_by_confidence():
    said = chronicle(FALLS, change("ford", 8, "red", held="blue", confidence="medium"),
                     change("south", 5, "blue", confidence="low"))  # fmt: skip
    card = tuned(said, run(ford={4: BLUE}, south={9: BLUE}))
    none = {"on_time": 0, "early": 0, "late": 0, "missed": 0, "total": 0}
    assert card.counted("high") == {**none, "on_time": 1, "total": 1}
    assert card.counted("medium") == {**none, "missed": 1, "total": 1}
    assert card.counted("low") == {**none, "late": 1, "total": 1}
    assert card.counted() == {"on_time": 1, "early": 0, "late": 1, "missed": 1, "total": 3}


def test_of_an_ensemble_the_share_on_time_is_told():
    # On time in replicas 0 and 2 of four; the verdict is replica 0's.
    many = run(replicas=4, ford=[{4: BLUE}, {9: BLUE}, {5: BLUE}, {}])
    scored = tuned(chronicle(FALLS), many).changes[0]
    assert (scored.verdict, scored.share) == ("on_time", 0.5)
    assert tuned(chronicle(FALLS), run(ford={4: BLUE})).changes[0].share is None


def test_each_split_counts_its_own_days():
    said = chronicle(FALLS, change("south", 8, "blue"))
    card = score(game(tuned=(1, 5), checked=(6, 10)), said, run(ford={4: BLUE}, south={8: BLUE}))
    assert [scored.change.place for scored in card.tuned.changes] == ["ford"]
    assert [scored.change.place for scored in card.checked.changes] == ["south"]


def test_a_split_without_days_is_none():
    card = score(game(tuned=(1, 5), checked=(6, 10)), chronicle(FALLS), run(days=5))
    assert card.checked is None
    assert score(game(tuned=None), chronicle(FALLS), run()).tuned is None


def test_a_split_that_was_not_played_to_its_end_is_scored_to_the_last_day():
    card = tuned(chronicle(FALLS, change("south", 8, "blue")), run(days=6))
    assert (card.last_day, card.counted()["total"]) == (june(6), 1)


# Failed attacks


@pytest.mark.parametrize(
    ("turns", "held"),
    [
        ({}, True),
        ({6: BOTH}, True),
        ({6: BLUE, 7: RED}, False),
        ({8: BLUE}, False),
        ({9: BLUE}, True),
        ({4: BLUE, 6: RED}, False),
    ],
)
def test_a_failed_attack_is_held_if_the_attacker_never_holds_the_place_until_the_day_after(turns, held):
    # Attacked from the 5th to the 7th: the evenings of 5, 6, 7 and 8 June count.
    card = tuned(chronicle(attacks=[attack("ford", 5, 7)]), run(ford=turns))
    assert [scored.held for scored in card.attacks] == [held]
    assert card.held == held


def test_a_place_that_history_gives_the_attacker_the_day_after_is_no_loss():
    said = chronicle(change("ford", 8, "blue"), attacks=[attack("ford", 5, 7)])
    assert tuned(said, run(ford={8: BLUE})).attacks[0].held
    assert not tuned(said, run(ford={7: BLUE})).attacks[0].held


def test_an_evening_on_which_history_may_have_given_the_place_away_is_no_loss():
    said = chronicle(change("ford", 8, "blue", uncertainty=1), attacks=[attack("ford", 5, 7)])
    assert tuned(said, run(ford={7: BLUE})).attacks[0].held
    assert not tuned(said, run(ford={6: BLUE})).attacks[0].held


def test_the_share_of_replicas_that_held_is_told():
    many = run(replicas=4, ford=[{}, {6: BLUE}, {}, {}])
    assert tuned(chronicle(attacks=[attack("ford", 5, 7)]), many).attacks[0].share == 0.75


# Places that never changed hands


def test_a_place_that_changes_hands_and_never_did_is_invented():
    card = tuned(chronicle(FALLS), run(ford={4: BLUE}, south={6: BLUE}, north={2: BOTH}))
    assert card.invented == ("south",)
    assert card.places == 3


def test_a_place_whose_opening_is_judgement_cannot_be_invented():
    judged = game()
    opening = {**judged.scenario.opening}
    opening["south"] = opening["south"].model_copy(update={"source": ("judgement",)})
    judged = replace(judged, scenario=judged.scenario.model_copy(update={"opening": opening}))
    card = score(judged, chronicle(FALLS), run(south={6: BLUE})).tuned
    assert (card.invented, card.places) == ((), 2)


# Skill


def test_skill_compares_wrong_evenings_with_those_of_nothing_changes():
    # Ford is blue's from the 4th: nothing changes is wrong on 7 of 10 evenings; a run from the 6th on 2.
    assert tuned(chronicle(FALLS), run(ford={6: BLUE})).skill == pytest.approx(1 - 2 / 7)
    assert tuned(chronicle(FALLS), run(ford={4: BLUE})).skill == 1
    assert tuned(chronicle(FALLS), run()).skill == 0


def test_skill_looks_only_at_places_that_ever_moved():
    assert tuned(chronicle(FALLS), run(ford={4: BLUE}, south={1: BLUE})).skill == 1


def test_wrong_changes_make_skill_negative():
    # Ford falls on the 10th only; a run in which it falls on the 1st is wrong on nine evenings, nothing changes on one.
    assert tuned(chronicle(change("ford", 10, "blue")), run(ford={1: BLUE})).skill == -8


def test_skill_since_the_eve_has_the_harder_rival():
    # Second split, 6 to 10 June: ford fell on the 4th, so the eve's rival is right about it; south falls on the 8th,
    # which it misses on 3 evenings; the opening's rival is wrong on 5 + 3. The run has ford and not south.
    said = chronicle(FALLS, change("south", 8, "blue"))
    card = score(game(tuned=(1, 5), checked=(6, 10)), said, run(ford={4: BLUE})).checked
    assert card.skill == pytest.approx(1 - 3 / 8)
    assert card.skill_since_start == pytest.approx(1 - 3 / 3)


def test_history_is_the_opening_and_every_change_from_its_evening_on():
    said = chronicle(change("ford", 3, "contested"), change("ford", 6, "blue", held="contested"))
    assert history(game(), said, 10)[:, FORD].tolist() == [RED] * 3 + [BOTH] * 3 + [BLUE] * 5
    assert history(game(), said, 4).shape == (5, 3)


# Brier score


def test_the_brier_score_of_an_ensemble_by_hand():
    # Ford is blue's from the 4th. Of two replicas one takes it on the 4th, one never: on 7 of 10 evenings the odds are
    # a half each: (1/2)^2 for blue and (1/2)^2 for red, 0.5 an evening; on 3 evenings both are right.
    half = run(replicas=2, ford=[{4: BLUE}, {}])
    assert tuned(chronicle(FALLS), half).brier == pytest.approx(0.5 * 7 / 10)


def test_the_brier_score_runs_from_right_to_wrong():
    assert tuned(chronicle(FALLS), run(replicas=2, ford={4: BLUE})).brier == 0
    assert tuned(chronicle(FALLS), run(replicas=2, ford={1: BOTH})).brier == 2
    assert tuned(chronicle(FALLS), run(ford={4: BLUE})).brier is None


# Displaced people


@pytest.mark.parametrize(("number", "within"), [(5_999, False), (6_000, True), (9_000, True), (9_001, False)])
def test_a_figure_is_within_its_reported_range_or_not(number, within):
    card = tuned(chronicle(displaced=[figure(6, 6_000, 9_000)]), run(displaced=number))
    assert [(scored.simulated, scored.within) for scored in card.displaced] == [(number, within)]


def test_a_figure_is_read_on_the_evening_of_its_day_beside_nobody_moves():
    card = tuned(chronicle(displaced=[figure(6, 1, 2)]), run(displaced={0: 500, 6: 7_000, 7: 9_999}))
    assert (card.displaced[0].simulated, card.displaced[0].unmoved, card.displaced[0].equal) == (7_000, 500, None)


def test_of_an_ensemble_the_band_is_told_beside_the_central_run():
    many = run(replicas=21)
    many.displaced[:] = 100 * np.arange(21)[:, None]
    central = run(displaced=1_050)
    card = tuned(chronicle(displaced=[figure(6, 900, 1_100)]), central, many)
    scored = card.displaced[0]
    assert (scored.low, scored.simulated, scored.high) == (100, 1_050, 1_900)
    assert scored.within


def test_shares_and_brier_are_those_of_the_ensemble_and_verdicts_those_of_the_central_run():
    card = tuned(chronicle(), run(), run(replicas=3))
    alone = tuned(chronicle(), run())
    assert [c.verdict for c in card.changes] == [c.verdict for c in alone.changes]
    assert alone.brier is None
    assert card.brier is not None


def test_figures_of_an_area_have_the_rival_of_equal_shares():
    # One of 18 governorates: 18,000 / 18.
    kirkuk = replace(run(displaced=18_000, hosted=700), governorates=("Kirkuk",))
    card = tuned(chronicle(displaced=[figure(6, 600, 800, area="gov-kirkuk")]), kirkuk)
    assert card.displaced == ()
    assert [(s.simulated, s.within, s.equal) for s in card.areas] == [(700, True, 1_000)]


def test_figures_of_parts_and_of_unknown_areas_are_left_out():
    card = tuned(chronicle(displaced=[figure(6, 1, 2, area="part"), figure(6, 1, 2, area="gov-atlantis")]), run())
    assert card.displaced == card.areas == ()


# The bar

BARS = {"on_time_high": 0.5, "on_time_all": 0.5, "failed_attacks": 1.0, "invented": 0.0, "skill": 0.5}
GOOD = chronicle(FALLS, change("south", 7, "blue", confidence="low"), attacks=[attack("north", 5, 6, "red")])
RIGHT = {"ford": {4: BLUE}, "south": {7: BLUE}}


def met(**turns):
    return score(game(bars=BARS), GOOD, run(**{**RIGHT, **turns})).bar_met


def test_a_run_that_reaches_every_bar_meets_it():
    assert met()
    assert met(south={})


@pytest.mark.parametrize(
    "turns",
    [
        {"ford": {7: BLUE}},
        {"ford": {7: BLUE}, "south": {10: BLUE}},
        {"north": {5: RED}},
        {"ford": {4: BLUE, 6: RED}, "south": {7: BLUE, 8: RED}},
    ],
    ids=["high on time", "all on time", "failed attack and invented", "skill"],
)
def test_a_run_below_one_bar_does_not(turns):
    assert not met(**turns)


def test_nothing_may_be_forced():
    forced = run(**RIGHT)
    forced.forced[0, 3] = 1
    card = score(game(bars=BARS), GOOD, forced)
    assert card.tuned.forced == 1
    assert not card.bar_met
    assert score(game(), GOOD, run(**RIGHT)).bar_met
    assert not score(game(), GOOD, forced).bar_met


def test_both_splits_must_reach_their_bars():
    late = run(ford={4: BLUE}, south={10: BLUE})
    card = score(game(tuned=(1, 5), checked=(6, 10), bars=BARS), GOOD, late)
    assert card.tuned.bar_met()
    assert not card.checked.bar_met()
    assert not card.bar_met
