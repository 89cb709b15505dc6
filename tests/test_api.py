"""The five names for scripts: the examples of docs/api.md run, and what cannot be is refused."""

import importlib
import re
import subprocess
import sys
from datetime import date

import pytest
from tests.scenario.helpers import ROOT, THREE_TOWNS
from tests.test_cli_what_if import written

import offensive_sim as osim
from offensive_sim.errors import SimError, UsageError

EXAMPLES = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/api.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def no_package(monkeypatch):
    """As on a machine without pandas and pyarrow."""
    real = importlib.import_module

    def missing(name, *rest):
        if name.split(".")[0] in ("pandas", "pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(importlib, "import_module", missing)


def test_the_examples_of_the_document_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "example"}
    for example in EXAMPLES:
        if "needs pyarrow" not in example:
            exec(compile(example, "docs/api.md", "exec"), names)
    said = capsys.readouterr().out
    assert "On the evening of 23 June" in said
    assert len(names["table"]) == 20 * 2 * 28
    assert {name for name in osim._FOR_SCRIPTS if f"osim.{name}(" in "".join(EXAMPLES)} == set(osim._FOR_SCRIPTS)


def test_importing_the_package_loads_nothing_heavy():
    words = "import sys, offensive_sim; print([m for m in ('numpy', 'pydantic', 'rich', 'pandas') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_there_is_nothing_else():
    assert set(osim._FOR_SCRIPTS) <= set(dir(osim))
    with pytest.raises(AttributeError, match="has no attribute 'win'"):
        osim.win  # noqa: B018


def compared(tmp_path, **how):
    return osim.compare(THREE_TOWNS, written(tmp_path), **({"replicas": 4, "processes": 1} | how))


def test_tables_are_lists_of_dictionaries_without_pandas(tmp_path, no_package):
    pairs = compared(tmp_path)
    rows = pairs.run_day()
    assert len(rows) == 4 * 2 * 11
    assert rows[0] | {"replica": 0, "world": "model", "date": "2014-05-31", "held": 2} == rows[0]
    assert {"runs", "share"} <= pairs.place_day()[0].keys()


def test_tables_are_data_frames_with_pandas(tmp_path):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    pairs = compared(tmp_path)
    frame = pairs.run_day()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.groupby("world").size().to_dict() == {"model": 44, "trial": 44}


def test_parquet_holds_the_same_rows(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    pairs = compared(tmp_path)
    files = pairs.parquet(tmp_path / "tables")
    assert [path.name for path in files] == ["run-day.parquet", "place-day.parquet"]
    table = parquet.read_table(files[0])
    assert table.num_rows == 4 * 2 * 11
    assert table.column("held").to_pylist()[0] == 2


def test_parquet_without_pyarrow_says_what_to_install(tmp_path, no_package):
    with pytest.raises(UsageError, match=r"pip install 'offensive-sim\[tables\]'"):
        compared(tmp_path).parquet(tmp_path)


def test_a_folder_that_is_named_stays_and_another_goes(tmp_path):
    kept = compared(tmp_path, out=tmp_path / "kept")
    assert (tmp_path / "kept/manifest.json").exists()
    passing = compared(tmp_path)
    folder = passing.out
    assert passing.manifest == kept.manifest
    del passing
    assert not folder.exists()


@pytest.mark.parametrize(
    "how",
    [
        {"replicas": 0}, {"replicas": 10**9}, {"replicas": 9, "split": 5}, {"replicas": "9"}, {"replicas": 9.5},
        {"seed": -1}, {"seed": 2**63}, {"split": -1}, {"processes": 0},
    ],
)  # fmt: skip
def test_numbers_that_cannot_be_are_refused(how, tmp_path):
    wrong = "replicas" if "replicas" in how else next(iter(how))
    with pytest.raises(UsageError, match=f"{wrong} must be a whole number from"):
        compared(tmp_path, **how)


def test_a_seed_that_cannot_be_is_refused_everywhere():
    for begin in (osim.play, osim.replay):
        with pytest.raises(UsageError, match="seed must be a whole number from 0 to 9223372036854775807, not -1"):
            begin(THREE_TOWNS, seed=-1)


def test_results_show_themselves_in_a_line_and_tell_themselves_in_words(tmp_path):
    pairs = compared(tmp_path)
    assert repr(pairs) == f"Ran(out={pairs.out!r})"
    assert pairs.text.startswith("What if it had been otherwise?")
    assert len(repr(osim.load(THREE_TOWNS))) < 200
    assert repr(osim.replay(THREE_TOWNS)) == "Replayed()"


def test_nothing_to_compare_is_refused():
    with pytest.raises(UsageError, match="compare needs a what-if"):
        osim.compare(THREE_TOWNS, ())


def test_a_day_outside_is_refused():
    with pytest.raises(UsageError, match="is outside the scenario"):
        osim.replay(THREE_TOWNS, until=date(2015, 1, 1))


def test_a_file_in_the_way_of_tables_is_said(tmp_path):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    (tmp_path / "taken").write_text("")
    with pytest.raises(SimError, match="taken: cannot be written"):
        compared(tmp_path).parquet(tmp_path / "taken")
