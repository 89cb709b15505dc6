"""What the reader chose, remembered as TOML in the user's configuration folder; a broken file is told and kept."""

import json
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from offensive_sim.atlas.catalogue import LANGUAGES
from offensive_sim.folders import settings_folder
from offensive_sim.ui.keys import clashes

PERCENT: Final = (100, 250)
STEP: Final = 25
COUNTERS: Final = ("app6", "plain")
_FILE: Final = "settings.toml"


@dataclass(frozen=True)
class Settings:
    """Language, size of text, last scenario, window, and keys."""

    language: str = "en"
    percent: int = 100
    scenario: str = "summer-2014"
    size: tuple[int, int] | None = None
    """Of the window; None before one was chosen, when the screen decides."""
    counters: str = COUNTERS[0]
    """How formations are drawn."""
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def with_percent(self, percent: int) -> "Settings":
        """With another size of text, within bounds."""
        return replace(self, percent=min(max(percent, PERCENT[0]), PERCENT[1]))


@dataclass(frozen=True)
class Found:
    """Settings as they were read, and what the reader should be told."""

    settings: Settings
    notice: str = ""


def read() -> Found:
    """The settings file, or the usual ones; a file that cannot be read is kept as ``.bad``."""
    path = settings_folder() / _FILE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        settings = _checked(data)
    except FileNotFoundError:
        return Found(Settings())
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        return Found(Settings(), _put_aside(path, error))
    wrong = clashes(settings.keys)
    if wrong:
        return Found(replace(settings, keys={}), f"{path}: {'; '.join(wrong)}; the usual keys are used")
    return Found(settings)


def _checked(data: dict[str, Any]) -> Settings:
    """Settings from the file's table.

    Raises:
        ValueError: if a value makes no sense.
    """
    plain = Settings()
    language, percent = data.get("language", plain.language), data.get("percent", plain.percent)
    size = tuple(data["size"]) if "size" in data else None
    if language not in LANGUAGES:
        msg = f"no language is called {language}"
        raise ValueError(msg)
    if not isinstance(percent, int) or not PERCENT[0] <= percent <= PERCENT[1]:
        msg = f"text size {percent} is not between {PERCENT[0]} and {PERCENT[1]}"
        raise ValueError(msg)
    if size is not None and (len(size) != 2 or not all(isinstance(side, int) and 0 < side < 20_000 for side in size)):  # noqa: PLR2004
        msg = f"window size {size} makes no sense"
        raise ValueError(msg)
    counters = str(data.get("counters", plain.counters))
    if counters not in COUNTERS:
        msg = f"no counters are called {counters}; there are: {', '.join(COUNTERS)}"
        raise ValueError(msg)
    keys = {name: tuple(str(chord) for chord in chords) for name, chords in data.get("keys", {}).items()}
    scenario = str(data.get("scenario", plain.scenario))
    return Settings(language, percent, scenario, size and (size[0], size[1]), counters, keys)


def _put_aside(path: Path, error: Exception) -> str:
    kept = path.with_suffix(".toml.bad")
    try:
        path.replace(kept)
    except OSError:
        return f"{path} cannot be read ({error}); the usual settings are used"
    return f"{path} cannot be read ({error}); it is kept as {kept.name}, and the usual settings are used"


def write(settings: Settings) -> str:
    """Remember; what went wrong, or nothing."""
    path = settings_folder() / _FILE
    lines = [
        "# Offensive Sim: what you chose. Keys are listed in docs/window.md; put yours under [keys].",
        f"language = {json.dumps(settings.language)}",
        f"percent = {settings.percent}",
        f"scenario = {json.dumps(settings.scenario)}",
        *([f"size = [{settings.size[0]}, {settings.size[1]}]"] if settings.size else []),
        f"counters = {json.dumps(settings.counters)}",
        "",
        "[keys]",
        *(f"{name} = {json.dumps(list(chords))}" for name, chords in settings.keys.items()),
    ]
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        return f"{path}: cannot be written: {error.strerror}"
    return ""
