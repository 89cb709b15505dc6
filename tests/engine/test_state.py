from dataclasses import fields

import numpy as np
import pytest
from tests.worlds import BLUE, FORD, HILL, NORTH, NORTH_FORD, POST, RIVER, SOUTH, state_of, three_towns

from offensive_sim.engine.axes import Status
from offensive_sim.engine.orders import Order, problems, unordered
from offensive_sim.engine.split import PARTY

WORLD = three_towns()


@pytest.mark.parametrize("name", list(state_of(WORLD).arrays()))
def test_what_is_seen_refuses_writes_and_follows_later_ones(name):
    state = state_of(WORLD)
    seen = state.readonly()
    with pytest.raises(ValueError, match="read-only"):
        getattr(seen, name)[:] = 1
    getattr(state, name)[:] = 1
    assert (getattr(seen, name) == 1).all()


def test_a_copy_is_independent():
    state = state_of(WORLD)
    copy = state.copy()
    copy.men[:] = 0
    assert state.men.sum() == 1460
    assert copy.digest() != state.digest()


@pytest.mark.parametrize("name", list(state_of(WORLD).arrays()))
def test_the_digest_covers_every_array(name):
    state = state_of(WORLD)
    before = state.digest()
    array = getattr(state, name)
    array.flat[-1] = 1 - array.flat[-1] if array.dtype == np.bool_ else array.flat[-1] + 1
    assert state.digest() != before


@pytest.mark.parametrize("name", ["sheltered", "moving"])
def test_the_digest_covers_the_displaced(name):
    assert state_of(WORLD, **{name: {(HILL, SOUTH): 7}}).digest() != state_of(WORLD).digest()


def test_every_part_of_the_state_is_in_its_tables():
    parts = {field.name for field in fields(state_of(WORLD))} - {"day", "in_shelter", "on_road"}
    assert set(state_of(WORLD).tables()) == parts | {"sheltered", "moving"}


def test_the_digest_covers_the_day_and_repeats():
    assert state_of(WORLD).digest() == state_of(WORLD).digest() != state_of(WORLD, day=1).digest()
    assert len(state_of(WORLD).digest()) == 16


def test_rows_are_some_replicas():
    state = state_of(WORLD, 3, men={POST: [1, 2, 3]})
    assert state.rows(slice(1, 3)).men[:, POST].tolist() == [2, 3]


def test_the_first_replica_many_times_over():
    state = state_of(WORLD, 2, men={POST: [1, 2]}, sheltered={(HILL, SOUTH): np.array([7, 9])})
    many = state.repeated(3)
    assert many.men[:, POST].tolist() == [1, 1, 1]
    assert many.sheltered[:, HILL, SOUTH].tolist() == [7, 7, 7]
    assert many.sheltered.sum() == 21


def test_the_displaced_are_counted_by_place():
    state = state_of(WORLD, sheltered={(HILL, SOUTH): 7}, moving={(HILL, FORD): 5, (RIVER, FORD): 1})
    assert state.away_at().tolist() == [[0, 6, 7, 0]]


def test_people_are_counted_at_home_in_shelter_and_on_the_road():
    state = state_of(WORLD, sheltered={(HILL, SOUTH): 7}, moving={(HILL, FORD): 5, (RIVER, FORD): 1})
    assert state.displaced().tolist() == [[12, 1]]
    assert state.persons().tolist() == [84 * PARTY + 13]


FAULTS = {
    "a unit with fewer than no men": {"men": {POST: -1}},
    "fewer than no persons": {"moving": {(HILL, FORD): -1}},
    "a unit on the map that is nowhere": {"unit_place": {POST: -1}},
    "a unit off the map that has a place": {"status": {POST: Status.GONE}},
    "a unit at a place that is also on a road": {"unit_link": {POST: NORTH_FORD}},
    "a place contested by its holder": {"contested_by": {NORTH: BLUE}},
}


@pytest.mark.parametrize(("what", "changes"), FAULTS.items(), ids=FAULTS)
def test_what_no_state_may_be_is_said_in_words(what, changes):
    assert state_of(WORLD, 2).problems() == []
    assert state_of(WORLD, 2, **changes).problems() == [what]


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (Order("column", "attack", "ford"), []),
        (Order("column", "hold"), []),
        (Order("post", "march", "south"), []),
        (Order("nobody", "hold"), ["no unit is called nobody"]),
        (Order("column", "charge", "ford"), ["no order is called charge"]),
        (Order("column", "attack"), ["attack needs a place to go to"]),
        (Order("column", "march", "nowhere"), ["march needs a place to go to"]),
        (Order("column", "march", "ford"), ["ford is held by red: attack it, or choose another place"]),
        (Order("guard", "hold"), ["guard is not on the map"]),
        (Order("guard", "withdraw", None), ["guard is not on the map", "withdraw needs a place to go to"]),
    ],
    ids=str,
)
def test_an_order_is_legal_or_says_why_not(order, why):
    away = state_of(WORLD, unit_place={5: -1}, status={5: Status.WAITING})
    assert problems(WORLD, away, order) == why


def test_orders_are_judged_by_their_own_replica():
    seen = state_of(WORLD, 2, control={FORD: [0, BLUE]})
    march = Order("column", "march", "ford")
    assert problems(WORLD, seen, march, row=0)
    assert problems(WORLD, seen, march, row=1) == []


def test_without_orders_everybody_holds():
    orders = unordered(2, 6)
    assert orders.goal.shape == orders.stance.shape == (2, 6)
    assert (orders.goal == -1).all()
    assert not orders.stance.any()
