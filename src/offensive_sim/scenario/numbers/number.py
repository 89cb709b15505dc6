"""One number of the rules: meaning, unit, value, range and where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleNumber:
    """One number: what it means, its unit, its value and range, its sources."""

    section: str
    meaning: str
    unit: str
    value: float
    low: float
    high: float
    source: tuple[str, ...]
    why: str
    tuned: bool = False
    """Whether it was moved to fit June 2014 (never July or August)."""


def number(  # noqa: PLR0913 - one row of the table
    section: str, meaning: str, unit: str, numbers: tuple[float, float, float], source: str, why: str, *,
    tuned: bool = False,
) -> RuleNumber:
    """A row of the table; ``numbers`` are lowest, value and highest, ``source`` keys with a space between."""
    low, value, high = numbers
    return RuleNumber(section, meaning, unit, value, low, high, tuple(source.split()), why, tuned)
