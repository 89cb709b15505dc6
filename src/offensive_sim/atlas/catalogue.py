"""Phrases in several languages, one TOML file a language: ``assets/<folder>/{en,ar,ckb}.toml``."""

import tomllib
from functools import cache
from typing import Final

from offensive_sim.atlas.assets import asset

LANGUAGES: Final = {"en": "English", "ar": "العربية", "ckb": "کوردی"}
"""Each by its own name."""


@cache
def phrases(folder: str, language: str) -> dict[str, str]:
    """Every phrase of a language by its key, as ``table.key``."""
    with asset(f"{folder}/{language}.toml").open("rb") as file:
        data = tomllib.load(file)
    found = {}
    for table, rows in data.items():
        if isinstance(rows, dict):
            found.update({f"{table}.{key}": str(text) for key, text in rows.items()})
    return found


def phrase(folder: str, key: str, language: str, /, **parts: object) -> str:
    """A phrase with its parts filled in; English where a language lacks it."""
    text = phrases(folder, language).get(key) or phrases(folder, "en")[key]
    return text.format(**parts) if parts else text


def right_to_left(language: str) -> bool:
    """Whether a language is read from right to left."""
    return language in ("ar", "ckb")
