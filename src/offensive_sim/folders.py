"""Where a person's settings and saved games lie, by platform."""

import os
import sys
from pathlib import Path
from typing import Final

HOME: Final = "OFFENSIVE_SIM_HOME"
"""Environment variable that names another folder for both."""
_NAME: Final = "offensive-sim"


def settings_folder() -> Path:
    """Settings and pictures."""
    return _own() or _base("XDG_CONFIG_HOME", ".config") / _NAME


def data_folder() -> Path:
    """Saved games; macOS keeps them apart from settings."""
    if sys.platform == "darwin":
        return _own() or Path.home() / "Library" / "Application Support" / _NAME
    return _own() or _base("XDG_DATA_HOME", ".local/share") / _NAME


def _own() -> Path | None:
    named = os.environ.get(HOME)
    return Path(named) if named else None


def _base(variable: str, usual: str) -> Path:
    """The folder that the platform's variable names, or the usual one below the home folder."""
    if sys.platform == "win32":
        variable, usual = "APPDATA", "AppData/Roaming"
    return Path(os.environ.get(variable) or Path.home() / usual)
