"""Words of the window in three languages, from ``assets/strings/*.toml``; the map's own words are in ui/words.py."""

import tomllib
from functools import cache
from typing import Final

from offensive_sim.ui.assets import asset

LANGUAGES: Final = {"en": "English", "ar": "العربية", "ckb": "کوردی"}
"""Each by its own name."""


@cache
def strings(language: str) -> dict[str, str]:
    """Every phrase of a language by its key, as ``table.key``."""
    with asset(f"strings/{language}.toml").open("rb") as file:
        data = tomllib.load(file)
    found = {}
    for table, rows in data.items():
        if isinstance(rows, dict):
            found.update({f"{table}.{key}": str(text) for key, text in rows.items()})
    return found


def say(key: str, language: str, /, **parts: object) -> str:
    """A phrase with its parts filled in; English where a language lacks it."""
    text = strings(language).get(key) or strings("en")[key]
    return text.format(**parts) if parts else text
