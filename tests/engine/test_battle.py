import numpy as np
import pytest
from tests.worlds import (
    BLUE,
    COLUMN,
    FORD,
    GREEN,
    NORTH,
    POST,
    RED,
    RESERVE,
    Given,
    locked,
    placed,
    rates_of,
    seen_of,
    three_towns,
)

from offensive_sim.engine.axes import NOBODY, Status
from offensive_sim.engine.phases import battle
from offensive_sim.engine.presence import standing_units

WORLD = three_towns()


def fight(world=WORLD, works=0, luck=0.5, u=0.5, rates=None, pressed=True, **changes):
    """The column has reached ford, where the post stands; ``works`` are red's at ford."""
    seen = seen_of(world, **{"unit_place": {COLUMN: FORD}, **changes})
    units = standing_units(world, seen)
    ground = (placed({(RED, FORD): works}), locked(np.full(len(units.camps.shared), pressed)))
    return battle.fight(world, rates or rates_of(), seen, units, ground, (Given(luck), Given(u)))


def lost(got):
    """Men lost by each unit."""
    return np.bincount(got.hit, got.loss, 6).tolist()


def back(got):
    """Which units are thrown back."""
    return np.isin(np.arange(6), got.thrown_back).tolist()


def at_ford(amounts):
    """How much each side has at ford."""
    return amounts.at(np.arange(3), np.full(3, FORD))


def test_power_is_men_by_quality_as_far_as_there_is_room_and_cover_for_the_holder():
    # Column 400 x 0.5 = 200, room 300: 200 x 300 / 500 = 120. Post 100 x 300 / 400 = 75, cover 2: 150.
    got = fight()
    assert at_ford(got.power) == pytest.approx([150, 120, 0])
    assert at_ford(got.enemy) == pytest.approx([120, 150, 0])
    assert got.fought[0].tolist() == [False, True, False, False]


def test_the_share_of_the_power_is_told_only_where_a_side_fights():
    # Blue's 120 against red's 150 at ford.
    got = fight()
    assert got.share_of(BLUE)[0] == pytest.approx([0, 120 / 270, 0, 0])
    assert not got.share_of(GREEN).any()
    assert not got.share_of(NOBODY).any()
    assert not fight(pressed=False).share_of(BLUE).any()


def test_works_add_a_twentieth_of_their_points_to_the_cover():
    # Cover 2 + 10/20: 75 x 2.5.
    assert at_ford(fight(works=10).power)[RED] == pytest.approx(187.5)


@pytest.mark.parametrize(("nerve", "share"), [(100, 1.0), (60, 0.6), (5, 0.2), (-40, 0.2), (120, 1.0)])
def test_nerve_brings_men_forward_from_the_floor_to_all(nerve, share):
    # Column's raw power 200 x share, squeezed into room 300.
    raw = 200 * share
    assert at_ford(fight(nerve={COLUMN: nerve}).power)[BLUE] == pytest.approx(raw * 300 / (raw + 300))


def test_manned_weapons_add_power_up_to_their_worth():
    # 100 of half-worth 100, worth 1: x 1.5; raw 300, in room 300: 150.
    assert at_ford(fight(kit={BLUE: 100}, kit_ready={BLUE: 100}).power)[BLUE] == pytest.approx(150)


def test_captured_weapons_without_crews_add_nothing():
    assert at_ford(fight(kit={BLUE: 100}).power)[BLUE] == pytest.approx(120)


@pytest.mark.parametrize(("u", "post", "column"), [(0.0, 1, 5), (0.5, 2, 5), (0.999, 2, 5)])
def test_each_side_loses_by_the_enemys_power_over_its_own(u, post, column):
    # Post: 0.01 x 120/150 x 200 = 1.6 men. Column: 0.01 x 150/120 x 400 = 5.0.
    rates = rates_of(loss_rate=0.01 + 1e-9)
    assert lost(fight(u=u, rates=rates)) == [0, post, 0, column, 0, 0]


def test_losses_are_capped_a_day():
    # 5 per cent of 200 and 400, whatever the odds.
    assert lost(fight(u=0.0, rates=rates_of(loss_rate=50))) == [0, 10, 0, 20, 0, 0]


@pytest.mark.parametrize(("column", "luck", "thrown_back"), [(400, 0.5, False), (100, 0.5, True)])
def test_weak_attackers_get_no_foothold(column, luck, thrown_back):
    # 120/270 = 0.44 stays; 100 men are 50 x 300/350 = 42.9 against 150: 0.22 < 0.3 goes.
    got = fight(men={COLUMN: column}, luck=luck)
    assert back(got) == [False, False, False, thrown_back, False, False]


@pytest.mark.parametrize(("column", "thrown_back"), [(100, False), (20, True)])
def test_attackers_already_inside_hold_on_with_less(column, thrown_back):
    # Mark 0.1: 0.22 stays; 20 men are 10 x 300/310 = 9.7 against 150: 0.06 goes.
    assert back(fight(men={COLUMN: column}, contested_by={FORD: BLUE}))[COLUMN] == thrown_back


@pytest.mark.parametrize(("luck", "thrown_back"), [(0.0, False), (0.5, True), (0.999, True)])
def test_the_days_luck_moves_the_mark(luck, thrown_back):
    # Share 0.22; the mark is 0.3 + (u - 0.5) x 0.4: 0.1, 0.3 and 0.5.
    assert back(fight(men={COLUMN: 100}, luck=luck))[COLUMN] == thrown_back


def test_the_holder_is_never_thrown_out():
    assert not back(fight(men={POST: 1}, luck=0.999))[POST]


def test_units_underground_do_not_fight():
    quiet = fight(status={COLUMN: Status.UNDERGROUND})
    assert not quiet.fought.any()
    assert not any(lost(quiet))


def test_units_without_arms_do_not_fight():
    recruits = three_towns(units={"armed": {COLUMN: False}})
    assert not fight(recruits).fought.any()


def test_those_who_are_not_enemies_share_a_place_in_peace():
    # Blue is at peace with red here; green is at war with blue but elsewhere.
    peace = three_towns(factions={"hostile": {(RED, BLUE): False, (BLUE, RED): False}})
    assert not fight(peace).fought.any()


def test_two_friends_fight_one_enemy_with_their_powers_added():
    # Green's guard joins the post: 300 x 0.5 = 150 x 300/450 = 100. Blue faces 150 + 100.
    got = fight(unit_place={COLUMN: FORD, 5: FORD})
    assert at_ford(got.power)[GREEN] == pytest.approx(100)
    assert at_ford(got.enemy)[BLUE] == pytest.approx(250)


def test_a_quiet_day_costs_nobody():
    got = fight(unit_place={COLUMN: NORTH})
    assert not got.fought.any()
    assert not any(lost(got))
    assert not any(back(got))


def test_where_nobody_presses_the_two_sides_leave_one_another_alone():
    got = fight(pressed=False, men={COLUMN: 100})
    assert at_ford(got.power)[RED] == pytest.approx(150)
    assert not at_ford(got.enemy).any()
    assert not got.fought.any()
    assert not any(lost(got))
    assert not any(back(got))


def held_by_the_column(share, world=WORLD, **units):
    """Blue holds ford with the column; red's post and reserve (power 75 and 120 in the open) come against it."""
    world = three_towns(units=units) if units else world
    rates = rates_of(yield_share=share, repulse_share=0, battle_spread=0)
    return fight(world, rates=rates, control={FORD: BLUE}, unit_place={COLUMN: FORD, RESERVE: FORD})


def test_light_holders_who_are_outmatched_give_way():
    # Column 120 x 2 behind cover = 240; red 300 x 300/600 = 150: a share of 0.615.
    assert back(held_by_the_column(0.62)) == [False, False, False, True, False, False]
    assert not any(back(held_by_the_column(0.61)))


def test_heavy_holders_and_those_at_home_stay():
    assert not any(back(held_by_the_column(0.62, light=False)))
    assert not any(back(held_by_the_column(0.62, home={(COLUMN, FORD): True})))


@pytest.mark.parametrize(("strangers", "leaves"), [(RED, False), (GREEN, False), (BLUE, True)])
def test_light_holders_stay_among_people_who_see_an_enemy_of_theirs_as_strangers(strangers, leaves):
    # Blue fights red and green. Who the people of ford see as strangers need not be who attacks today.
    world = three_towns(places={"estranged": {(strangers, FORD): True}})
    assert any(back(held_by_the_column(0.62, world=world))) == leaves


@pytest.mark.parametrize(("men", "thrown_back"), [(400, False), (299, True)])
def test_the_feared_side_needs_men_to_get_a_foothold_in_a_wary_place(men, thrown_back):
    # 0.3 men for each of 1,000 residents; share 0.40 and 0.44 are well above the mark.
    wary = three_towns(places={"wary": {FORD: True}})
    rates = rates_of(men_a_resident=0.3, battle_spread=0)
    got = fight(wary, rates=rates, men={COLUMN: men}, at_home={3: 1000})
    assert back(got)[COLUMN] == thrown_back
