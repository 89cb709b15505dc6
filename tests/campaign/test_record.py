import json

import numpy as np
import pytest
from tests.campaign.helpers import evenings, game_of, plan_of

from offensive_sim.campaign.record import Recorded, lines, read, scenario_hash, verify
from offensive_sim.errors import ExitStatus, ReplayMismatchError, SimError


@pytest.fixture(scope="module")
def game():
    return game_of("three-towns")[0]


@pytest.fixture(scope="module")
def said(game):
    plan = plan_of(game)
    return list(lines(game, plan, evenings(game, plan)))


def saved(path, said):
    path.write_text("".join(line + "\n" for line in said), "utf-8")
    return path


def test_a_record_is_a_manifest_and_a_line_a_day(game, said):
    rows = [json.loads(line) for line in said]
    assert rows[0]["scenario"] == "three-towns"
    assert rows[0]["seed"] == 2014
    assert rows[0]["days"] == 10
    assert rows[0]["scenario_sha256"] == scenario_hash(game)
    assert [row["day"] for row in rows[1:]] == list(range(10))
    played = [evening.state.digest() for evening in evenings(game, plan_of(game))]
    assert [row["digest"] for row in rows[1:]] == played[1:]


def test_a_record_holds_only_new_orders(said):
    # Everybody's first; then 2, 4 and 6 June.
    orders = [json.loads(line)["orders"] for line in said[1:]]
    assert len(orders[0]) == 4
    assert orders[1] == {"blue-column": ["attack", "ford"]}
    assert orders[3] == {"red-reserve": ["march", "ford"]}
    assert orders[5] == {"blue-column": ["attack", "south"]}
    assert [len(day) for day in orders] == [4, 1, 0, 1, 0, 1, 0, 0, 0, 0]


def test_a_record_read_back_agrees_on_every_day(game, said, tmp_path):
    record = read(saved(tmp_path / "game.jsonl", said))
    assert record.manifest.scenario == "three-towns"
    assert list(verify(record, game)) == list(range(10))


def test_the_first_lines_of_a_record_agree_too(game, said, tmp_path):
    record = read(saved(tmp_path / "game.jsonl", said[:4]))
    assert list(verify(record, game)) == [0, 1, 2]


def test_a_changed_digest_is_found_with_its_day(game, said, tmp_path):
    row = json.loads(said[4])
    row["digest"] = "0" * 16
    record = read(saved(tmp_path / "game.jsonl", [*said[:4], json.dumps(row), *said[5:]]))
    agreed = []
    with pytest.raises(ReplayMismatchError, match=r"day 3: .*the record says 0000000000000000") as raised:
        agreed.extend(verify(record, game))
    assert raised.value.status == ExitStatus.DIFFERS


def test_a_changed_order_is_found_on_its_day(game, said, tmp_path):
    row = json.loads(said[2])
    row["orders"] = {"blue-column": ["hold"]}
    record = read(saved(tmp_path / "game.jsonl", [*said[:2], json.dumps(row), *said[3:]]))
    with pytest.raises(ReplayMismatchError, match="day 1: "):
        list(verify(record, game))


def test_a_record_of_another_scenario_is_refused(said, tmp_path):
    record = read(saved(tmp_path / "game.jsonl", said))
    with pytest.raises(ReplayMismatchError, match="three-towns has changed"):
        list(verify(record, game_of("june-2014")[0]))


def test_a_truncated_line_is_named(said, tmp_path):
    path = saved(tmp_path / "game.jsonl", [*said[:5], said[5][:40]])
    with pytest.raises(SimError, match=r"game\.jsonl:6: not a line of a record") as raised:
        read(path)
    assert raised.value.status == ExitStatus.PROBLEMS


@pytest.mark.parametrize("text", ["", "{}\n", "[]\n", "3\n", '{"a": 1}\n', '{"format": 1}\n{"day": 0}\n'])
def test_a_foreign_file_is_no_record(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SimError, match=r"other\.json(:\d+)?: not a (record|line)"):
        read(path)


def test_a_day_without_a_digest_is_no_record(said, tmp_path):
    with pytest.raises(SimError, match="not a record"):
        read(saved(tmp_path / "x.jsonl", [said[0], '{"day": 0, "orders": {}}']))


@pytest.mark.parametrize("make", ["missing", "folder", "binary"])
def test_what_cannot_be_read_says_so(tmp_path, make):
    path = tmp_path / "game.jsonl"
    if make == "folder":
        path.mkdir()
    elif make == "binary":
        path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SimError, match=r"game\.jsonl: cannot be read"):
        read(path)


def _with_manifest(said, **changes):
    return [json.dumps({**json.loads(said[0]), **changes}), *said[1:]]


def test_another_seed_is_another_game(said, tmp_path):
    # June draws luck from the first day on.
    june, _ = game_of("june-2014")
    plan = plan_of(june, 4)
    record = list(lines(june, plan, evenings(june, plan)))
    path = saved(tmp_path / "game.jsonl", _with_manifest(record, seed=1))
    with pytest.raises(ReplayMismatchError, match="day "):
        list(verify(read(path), june))


@pytest.mark.parametrize(
    ("orders", "what"), [({"nobody": ["hold"]}, "nobody"), ({"blue-column": ["charge"]}, "charge"),
                         ({"blue-column": ["attack", "atlantis"]}, "atlantis")],
)  # fmt: skip
def test_an_order_with_an_unknown_name_is_an_error_of_the_record(game, said, tmp_path, orders, what):
    row = {**json.loads(said[1]), "orders": orders}
    record = read(saved(tmp_path / "game.jsonl", [said[0], json.dumps(row)]))
    with pytest.raises(SimError, match=what):
        list(verify(record, game))


def test_a_record_of_another_format_is_refused(said, tmp_path):
    with pytest.raises(SimError, match="format"):
        read(saved(tmp_path / "game.jsonl", _with_manifest(said, format=99)))


def test_the_orders_of_a_record_are_those_of_the_script(game, said, tmp_path):
    record = read(saved(tmp_path / "game.jsonl", said))
    plan = plan_of(game)
    again = evenings(game, plan, commander=Recorded(record, game.world))
    for one, other in zip(again[1:], evenings(game, plan)[1:], strict=True):
        assert np.array_equal(one.orders.goal, other.orders.goal)
        assert np.array_equal(one.orders.stance, other.orders.stance)
