"""Words of the window in three languages, from ``assets/strings/``; the map's own words are in atlas/words.py."""

from functools import cache

from offensive_sim.atlas import catalogue

_FOLDER = "strings"


@cache
def strings(language: str) -> dict[str, str]:
    """Every phrase of a language by its key, as ``table.key``."""
    return catalogue.phrases(_FOLDER, language)


def say(key: str, language: str, /, **parts: object) -> str:
    """A phrase with its parts filled in; English where a language lacks it."""
    return catalogue.phrase(_FOLDER, key, language, **parts)
