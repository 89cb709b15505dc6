"""June 2014, played at its central values and judged against the chronicle: the test that history is met."""

from dataclasses import replace

import numpy as np
import pytest
from tests.campaign.helpers import evenings, game_of, plan_of, series_of

from offensive_sim.engine.axes import Status
from offensive_sim.views.scorecard import score


@pytest.fixture(scope="module")
def june():
    """Game, chronicle, evenings, series."""
    game, chronicle = game_of("june-2014")
    played = evenings(game, plan_of(game))
    return game, chronicle, played, series_of(game, played)


def test_no_change_of_control_is_forced(june):
    game, chronicle, _, series = june
    assert not series.forced.any()
    assert score(game, chronicle, series).tuned.forced == 0


def test_every_row_of_the_chronicle_is_accounted_for(june):
    game, chronicle, _, series = june
    card = score(game, chronicle, series).tuned
    first, last = game.scenario.splits.tuned.first_day, game.scenario.splits.tuned.last_day
    rows = [change for change in chronicle.changes if first <= change.date <= last]
    assert [scored.change for scored in card.changes] == rows
    assert len(rows) > 50
    every = card.counted()
    assert every["total"] == len(rows) == sum(every[v] for v in ("on_time", "early", "late", "missed"))
    parts = [card.counted(confidence) for confidence in ("high", "medium", "low")]
    assert {key: sum(part[key] for part in parts) for key in every} == every
    attacks = [attack for attack in chronicle.failed_attacks if first <= attack.first_day <= last]
    assert [scored.attack for scored in card.attacks] == attacks


def test_june_reaches_the_bars_that_its_scenario_declares(june):
    game, chronicle, _, series = june
    card = score(game, chronicle, series)
    high, every = card.tuned.counted("high"), card.tuned.counted()
    found = (f"high {high}, all {every}, attacks held {card.tuned.held} of {len(card.tuned.attacks)}, "
             f"invented {len(card.tuned.invented)} of {card.tuned.places}, skill {card.tuned.skill:.2f}")  # fmt: skip
    assert card.bar_met, f"below the bars {card.tuned.bars}: {found}"


def test_the_same_june_twice_gives_the_same_digests(june):
    game, _, played, series = june
    again = evenings(game, plan_of(game))
    assert [e.state.digest() for e in again] == [e.state.digest() for e in played] == list(series.digest)


def test_an_engine_in_which_nothing_changes_has_no_skill_and_fails(june):
    game, chronicle, _, series = june
    still = replace(series, shown=np.repeat(series.shown[:, :1], series.shown.shape[1], axis=1),
                    holder=np.repeat(series.holder[:, :1], series.holder.shape[1], axis=1))  # fmt: skip
    card = score(game, chronicle, still)
    assert card.tuned.skill == 0
    assert card.tuned.counted()["missed"] == card.tuned.counted()["total"]
    assert not card.bar_met


def test_an_engine_that_forces_a_place_fails(june):
    game, chronicle, _, series = june
    forced = series.forced.copy()
    forced[0, 7] = 1
    card = score(game, chronicle, replace(series, forced=forced))
    assert card.tuned.forced == 1
    assert not card.bar_met


def test_an_engine_in_which_everything_falls_at_once_fails(june):
    game, chronicle, _, series = june
    isis = game.world.factions.ids.index("isis")
    shown = series.shown.copy()
    shown[:, 1:] = isis
    card = score(game, chronicle, replace(series, shown=shown, holder=shown))
    assert card.tuned.skill < card.tuned.bars.skill
    assert len(card.tuned.invented) > card.tuned.bars.invented * card.tuned.places
    assert not card.bar_met


def test_nobody_is_still_falling_back_weeks_after(june):
    game, _, played, _ = june
    state = played[-1].state
    lost = (state.status == Status.FALLING_BACK) & (state.day - state.broke_on > 10)
    assert [game.world.units.ids[unit] for unit in np.flatnonzero(lost[0])] == []
