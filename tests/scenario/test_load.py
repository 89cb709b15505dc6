import os
from pathlib import Path

import pytest
from tests.scenario.helpers import THREE_TOWNS, written

from offensive_sim.errors import ExitStatus, ScenarioError
from offensive_sim.scenario.chronicle import load_chronicle
from offensive_sim.scenario.load import MOST_BYTES, load

HOLD = "{date: 2014-06-08, units: [red-hq], order: hold, source: [invented_daily], confidence: low}"


def refused(path: Path) -> str:
    """The whole message of a file that cannot be used."""
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert caught.value.status is ExitStatus.PROBLEMS
    return str(caught.value)


def test_the_example_says_what_its_files_say():
    scenario, located = load(THREE_TOWNS)
    assert list(scenario.places) == ["north", "ford", "south"]
    assert scenario.units["red-hq"].men.low == 100
    assert scenario.rules.root == {"home": 30}
    assert scenario.triggers["bridge-damaged"].accounts[0].then[0].kind == "close_link"
    assert {path.name for path in located.files} == {
        "scenario.yaml", "map.yaml", "forces.yaml", "events.yaml", "people.yaml", "sources.yaml"
    }  # fmt: skip


def test_every_key_has_its_file_and_line():
    _, located = load(THREE_TOWNS)
    file, line = located.where(("units", "blue-column", "men", "high"))
    text = Path(file).read_text("utf-8").splitlines()[line - 1]
    assert Path(file).name == "forces.yaml"
    assert text.strip() == "men: {value: 450, low: 300, high: 500}"


def test_a_key_that_is_not_there_is_placed_at_the_nearest_around_it():
    _, located = load(THREE_TOWNS)
    assert located.where(("places", "ford", "people", "low")) == located.where(("places", "ford"))


def test_lists_of_two_files_are_joined_with_their_lines(tmp_path):
    scenario, located = load(written(tmp_path / "more.yaml", f"orders:\n  - {HOLD}\n"))
    assert len(scenario.orders) == 4
    where = {located.where(("orders", n))[0].rsplit("/", 1)[1] for n in range(4)}
    assert where == {"more.yaml", "forces.yaml"}
    for index, one in enumerate(scenario.orders):
        file, line = located.where(("orders", index, "date"))
        assert str(one.date) in Path(file).read_text("utf-8").splitlines()[line - 1]


def test_a_file_included_twice_counts_once(tmp_path):
    (tmp_path / "one.yaml").write_text("include: [shared.yaml]\n")
    (tmp_path / "two.yaml").write_text("include: [shared.yaml]\n")
    (tmp_path / "shared.yaml").write_text(f"orders:\n  - {HOLD}\n")
    path = written(tmp_path / "both.yaml")
    path.write_text(path.read_text().replace("include: [", "include: [one.yaml, two.yaml, "))
    assert len(load(path)[0].orders) == 4


def test_a_missing_file(tmp_path):
    assert refused(tmp_path / "none.yaml") == f"{tmp_path}/none.yaml: no such file"


def test_a_directory(tmp_path):
    assert refused(tmp_path) == f"{tmp_path}: is a directory; name the scenario's file"


def test_a_pipe_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert refused(pipe) == f"{pipe}: is not a file"


def test_an_endless_device_is_not_read():
    assert refused(Path("/dev/zero")) == "/dev/zero: is not a file"


def test_an_empty_file(tmp_path):
    path = tmp_path / "empty.yaml"
    path.touch()
    assert refused(path) == f"{path}:1: the file is empty"


def test_not_utf8_names_the_line(tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("format: 1\ntitle: Nord-Süd\n".encode("latin-1"))
    assert refused(path) == f"{path}: is not UTF-8 text (invalid start byte on line 2, at byte 23)"


def test_a_byte_order_mark_is_no_problem(tmp_path):
    path = written(tmp_path / "bom.yaml")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(path)[0].id == "written"


def test_a_control_character(tmp_path):
    path = tmp_path / "nul.yaml"
    path.write_bytes(b"format: 1\ntitle: a\x00b\n")
    assert refused(path).startswith(f"{path}:2: not valid YAML: ")


def test_a_hundred_megabytes_are_not_read(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert refused(path) == f"{path}: 100 MB; a scenario file has at most {MOST_BYTES / 1e6:.0f} MB"


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_million_levels_do_not_end_the_process(tmp_path, opening):
    path = tmp_path / "deep.yaml"
    path.write_text("rules:\n  " + opening * 1_000_000)
    assert refused(path) == f"{path}:2: nested too deeply: more than 40 levels"


def test_a_second_document(tmp_path):
    path = written(tmp_path / "two.yaml", "---\nformat: 1\n")
    assert "expected a single document" in refused(path)
    assert refused(path).count("\n") == 0


def test_a_long_number_is_not_repeated_in_full(tmp_path):
    message = refused(written(tmp_path / "long.yaml", "rules:\n  home: " + "9" * 5000 + "\n"))
    assert ":10: rules.home: " in message
    assert len(message) < 400


def test_two_files_that_include_each_other(tmp_path):
    (tmp_path / "a.yaml").write_text("format: 1\ninclude:\n  - b.yaml\n")
    (tmp_path / "b.yaml").write_text("include:\n  - a.yaml\n")
    assert refused(tmp_path / "a.yaml") == f"{tmp_path}/b.yaml:2: include: a.yaml includes itself"


def test_a_link_to_itself_is_no_file(tmp_path):
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    path = written(tmp_path / "a.yaml")
    path.write_text(path.read_text().replace("include: [", "include: [loop.yaml, "))
    assert refused(path).endswith("a.yaml:8: include: no such file: loop.yaml")


def test_too_many_files(tmp_path):
    for n in range(70):
        (tmp_path / f"{n}.yaml").write_text(f"include: [{n + 1}.yaml]\n")
    (tmp_path / "70.yaml").write_text("rules: {}\n")
    assert refused(tmp_path / "0.yaml") == f"{tmp_path}/63.yaml:1: include: more than 64 files"


def test_a_part_must_not_say_what_the_scenario_says(tmp_path):
    (tmp_path / "part.yaml").write_text("rules: {}\nlast_day: 2014-06-30\n")
    path = written(tmp_path / "a.yaml")
    path.write_text(path.read_text().replace("include: [", "include: [part.yaml, "))
    said = refused(path).splitlines()
    assert f"{tmp_path}/part.yaml:2: last_day: belongs in the scenario's own file" in said


def test_every_problem_is_told_at_once(tmp_path):
    body = "rules:\n  home: 99\n  hume: 1\nplaces:\n  far: {lat: 100}\n"
    lines = refused(written(tmp_path / "many.yaml", body)).splitlines()
    numbers = [int(line.removeprefix(f"{tmp_path}/many.yaml:").split(":")[0]) for line in lines]
    assert numbers == sorted(numbers)
    assert {10, 11, 13} == set(numbers)


def test_a_missing_chronicle_file(tmp_path):
    scenario, _ = load(THREE_TOWNS)
    gone = scenario.model_copy(update={"chronicle": ("gone.yaml",)})
    with pytest.raises(ScenarioError, match=r"gone\.yaml: no such file"):
        load_chronicle(tmp_path / "scenario.yaml", gone)


def test_a_section_in_two_chronicle_files(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("# first\nchanges: []\n")
    scenario, _ = load(THREE_TOWNS)
    both = scenario.model_copy(update={"chronicle": ("one.yaml", "two.yaml")})
    with pytest.raises(ScenarioError, match=r"two\.yaml:2: changes: stands in two chronicle files"):
        load_chronicle(tmp_path / "scenario.yaml", both)
