"""Phrases in several languages, one TOML file a language and subject: ``assets/<folder>/<language>/<subject>.toml``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from offensive_sim.atlas.assets import asset

LANGUAGES: Final = {"en": "English", "ar": "العربية", "ckb": "کوردی"}
"""Each by its own name."""


@cache
def phrases(folder: str, language: str) -> dict[str, str]:
    """Every phrase of a language by its key, as ``table.key``; subjects may share a table, but no key."""
    found: dict[str, str] = {}
    for file in subjects(folder, language):
        for table, rows in tomllib.loads(file.read_text("utf-8")).items():
            found.update({f"{table}.{key}": text for key, text in rows.items()})
    return found


def subjects(folder: str, language: str) -> list[Path]:
    """The files of a language."""
    return sorted(asset(f"{folder}/{language}").glob("*.toml"))


def phrase(folder: str, key: str, language: str, /, **parts: object) -> str:
    """A phrase with its parts filled in; English where a language lacks it."""
    text = phrases(folder, language).get(key) or phrases(folder, "en")[key]
    return text.format(**parts) if parts else text


def right_to_left(language: str) -> bool:
    """Whether a language is read from right to left."""
    return language in ("ar", "ckb")
