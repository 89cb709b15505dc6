"""Finding scenarios: by path, or by the name of one that ships with the program."""

from pathlib import Path
from typing import Final

from offensive_sim.errors import UsageError
from offensive_sim.scenario.suggest import did_you_mean

_FILE: Final = "scenario.yaml"


def shipped_folder() -> Path:
    """Where the shipped scenarios are: inside the installed package, or at the top of a source checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "data" / "scenarios"
    return installed if installed.is_dir() else package.parents[1] / "scenarios"


def shipped_ids() -> list[str]:
    """Names of the shipped scenarios."""
    return sorted(path.parent.name for path in shipped_folder().glob(f"*/{_FILE}"))


def find(name: str) -> Path:
    """The scenario file meant by a path, a folder or a shipped name.

    Raises:
        UsageError: if it is none of them; says which names there are.
    """
    path = Path(name)
    if path.is_dir() and (path / _FILE).is_file():
        return path / _FILE
    if path.exists() or path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        return path
    if name in shipped_ids():
        return shipped_folder() / name / _FILE
    known = ", ".join(shipped_ids())
    hint = did_you_mean(name, shipped_ids())
    msg = f"no scenario is called {name}{hint}; shipped: {known}; or give the path of a scenario file"
    raise UsageError(msg)
