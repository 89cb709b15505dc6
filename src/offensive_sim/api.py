"""For scripts: load, play, replay, ensemble and compare; ``import offensive_sim as osim``.

Tables come as pandas data frames where pandas is installed, else as lists of dictionaries.
"""

import csv
import importlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypedDict, Unpack

import numpy as np

from offensive_sim import ensembles
from offensive_sim.campaign.compiling import compile_scenario
from offensive_sim.campaign.running import Plan, play_block
from offensive_sim.campaign.series import Series
from offensive_sim.campaign.session import Session
from offensive_sim.campaign.study import Study
from offensive_sim.errors import SimError, UsageError
from offensive_sim.scenario.checking import sound
from offensive_sim.scenario.chronicle import Chronicle
from offensive_sim.scenario.model import Scenario
from offensive_sim.scenario.shipped import find
from offensive_sim.scenario.whatif_files import ask_leave, sound_what_ifs, what_if_ids
from offensive_sim.views import report
from offensive_sim.views.comparison import Comparison, Outlook
from offensive_sim.views.comparison_text import as_text
from offensive_sim.views.scorecard import Scorecard, score
from offensive_sim.views.tables import PLACE_DAY, RUN_DAY

SEED: Final = 2014
FEWEST: Final = 2
MOST: Final = 1_000_000
"""Replicas of a run."""
LAST_SEED: Final = 2**63 - 1
MOST_PROCESSES: Final = 1_024
Table = Any
"""A pandas data frame, or a list of dictionaries."""


@dataclass(frozen=True)
class Loaded:
    """A scenario that is fit to be played, and its documented history."""

    path: Path
    scenario: Scenario = field(repr=False)
    chronicle: Chronicle = field(repr=False)

    @property
    def what_ifs(self) -> list[str]:
        """Ids of the what-ifs beside it."""
        return what_if_ids(self.path)


@dataclass(frozen=True)
class Replayed:
    """A replay of the documented orders, judged."""

    scorecard: Scorecard = field(repr=False)
    series: Series = field(repr=False)
    _rows: list[list[str]] = field(repr=False)

    @property
    def text(self) -> str:
        """The scorecard as the command line prints it."""
        return report.as_text(self.scorecard)

    def place_day(self) -> Table:
        """Control by day and place, documented and simulated."""
        head, *rows = self._rows
        return _table([dict(zip(head, row, strict=True)) for row in rows])


@dataclass(frozen=True)
class Ran:
    """What an ensemble or a comparison found, and the folder with its files."""

    found: Comparison | Outlook = field(repr=False)
    manifest: dict[str, Any] = field(repr=False)
    out: Path
    _held: TemporaryDirectory[str] | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """What was found, as the command line prints it."""
        return as_text(self.found)

    def run_day(self) -> Table:
        """A row a run, world and evening."""
        return _read(self.out / RUN_DAY)

    def place_day(self) -> Table:
        """A row a place, world, evening and holder."""
        return _read(self.out / PLACE_DAY)

    def parquet(self, folder: Path | str) -> list[Path]:
        """Both tables as Parquet files in a folder.

        Raises:
            UsageError: without pyarrow.
        """
        try:
            reader, writer = importlib.import_module("pyarrow.csv"), importlib.import_module("pyarrow.parquet")
        except ImportError:
            msg = "Parquet needs pyarrow: pip install 'offensive-sim[tables]'"
            raise UsageError(msg) from None
        made = []
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
            for name in (RUN_DAY, PLACE_DAY):
                made.append(Path(folder) / f"{Path(name).stem}.parquet")
                writer.write_table(reader.read_csv(self.out / name), made[-1])
        except OSError as error:
            msg = f"{folder}: cannot be written: {error.strerror or error}"
            raise SimError(msg) from None
        return made


def load(scenario: str | Path = "june-2014") -> Loaded:
    """Read a scenario, by shipped name or path.

    Raises:
        ScenarioError: with everything that is wrong with it.
    """
    path = find(str(scenario))
    return Loaded(path, *sound(path))


def play(scenario: str | Path = "june-2014", seat: str = "watch", seed: int = SEED) -> Session:
    """A game from a seat: give orders, end days, branch (docs/playing.md).

    Raises:
        UsageError: if there is no such seat, or the seed is none.
    """
    _within("seed", seed, 0, LAST_SEED)
    return Session(compile_scenario(load(scenario).scenario), seat, seed)


def replay(scenario: str | Path = "june-2014", *, seed: int = SEED, until: date | None = None) -> Replayed:
    """Play the documented orders at the central values and judge them against the chronicle."""
    _within("seed", seed, 0, LAST_SEED)
    loaded = load(scenario)
    game = compile_scenario(loaded.scenario)
    last = until or loaded.scenario.last_day
    if not loaded.scenario.first_day <= last <= loaded.scenario.last_day:
        msg = f"until {last} is outside the scenario: {loaded.scenario.first_day} to {loaded.scenario.last_day}"
        raise UsageError(msg)
    days = (last - loaded.scenario.first_day).days + 1
    series = play_block(game, Plan(seed=seed, days=days, spread=False), np.arange(1))
    rows = [[str(cell) for cell in row] for row in report.place_days(game, loaded.chronicle, series)]
    return Replayed(score(game, loaded.chronicle, series), series, rows)


class How(TypedDict, total=False):
    """How an ensemble or a comparison is played; what is left out is as on the command line."""

    replicas: int
    seed: int
    split: int | None
    out: Path | str | None
    processes: int | None
    progress: ensembles.Progress | None
    opt_in: bool


def ensemble(scenario: str | Path = "june-2014", what_if: str = "", **how: Unpack[How]) -> Ran:
    """Many runs of one world; see ``compare`` for what ``how`` may say."""
    return _run(scenario, what_if, paired=False, **how)


def compare(scenario: str | Path, what_if: str, **how: Unpack[How]) -> Ran:
    """Pairs of runs with and without a what-if, by name or path; ``a+b`` pulls both levers in one world.

    Several what-ifs with one seed meet the same runs of the model, so that their answers can be laid side by side.

    ``how`` may say ``replicas`` (1,000), ``seed`` (2014), ``split``, ``out`` (a folder to keep; else a temporary one
    that goes with the result), ``processes`` (one a processor), ``progress``, told replicas done and in all, and
    ``opt_in``, for what-ifs that an instructor must allow.
    """
    return _run(scenario, what_if, paired=True, **how)


def _run(scenario: str | Path, what_if: str, *, paired: bool, **how: Unpack[How]) -> Ran:
    asked = _How(**how)
    loaded = load(scenario)
    what_ifs = sound_what_ifs([str(what_if)] if what_if else [], loaded.path, loaded.scenario, loaded.chronicle)
    if not asked.opt_in:
        ask_leave(what_ifs, "opt_in=True")
    if paired and not what_ifs:
        msg = "compare needs a what-if; ensemble plays the scenario as it is"
        raise UsageError(msg)
    split = ensembles.usual_split(asked.replicas) if asked.split is None else asked.split
    held = None if asked.out else TemporaryDirectory(prefix="offensive-sim-")
    out = Path(asked.out) if asked.out else Path(held.name if held else "") / "run"
    study = Study(loaded.scenario, what_ifs, asked.seed, asked.replicas, split, paired)
    result = ensembles.run(study, out, asked.progress, asked.processes, loaded.chronicle)
    return Ran(result.found, result.manifest, out, held)


@dataclass(frozen=True)
class _How:
    """How many runs, on what luck, and where to."""

    replicas: int = 1_000
    seed: int = SEED
    split: int | None = None
    out: Path | str | None = None
    processes: int | None = None
    progress: ensembles.Progress | None = None
    opt_in: bool = False
    """Whether an instructor allows what-ifs that ask for leave."""

    def __post_init__(self) -> None:
        _within("split", 0 if self.split is None else self.split, 0, MOST // 2)
        _within("replicas", self.replicas, max(FEWEST, 2 * (self.split or 0)), MOST)
        _within("seed", self.seed, 0, LAST_SEED)
        _within("processes", 1 if self.processes is None else self.processes, 1, MOST_PROCESSES)


def _within(name: str, value: object, low: int, high: int) -> None:
    """Raise unless it is a whole number from ``low`` to ``high``."""
    if not isinstance(value, int | np.integer) or not low <= value <= high:
        msg = f"{name} must be a whole number from {low} to {high}, not {value!r}"
        raise UsageError(msg)


def _read(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as text:
        return _table([{key: _number(cell) for key, cell in row.items()} for row in csv.DictReader(text)])


def _number(cell: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell


def _table(rows: list[dict[str, Any]]) -> Table:
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        return rows
    return pandas.DataFrame(rows)
