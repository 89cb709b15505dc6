"""What every fact of a scenario is made of: closed data, its source, a reported number."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
SourceKey = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=64)]
"""A key of ``sources``, or the word ``judgement`` beside a ``judgement:`` that says why."""
Confidence = Literal["high", "medium", "low"]
Points = Annotated[int, Field(ge=-60, le=60)]


class Data(BaseModel):
    """Closed and frozen: an unknown key is a mistake, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False)


class Sourced(Data):
    """A fact with its source: keys of ``sources``, a confidence, and for our own estimates the reason."""

    source: tuple[SourceKey, ...] = Field(min_length=1)
    """Keys of ``sources``; the key ``judgement`` where the number is our own estimate."""
    confidence: Confidence
    """How far to trust it."""
    judgement: str | None = None
    """For what is judged and not sourced: what, and why."""
    note: str | None = None
    """One line for the reader."""


class Range(Data):
    """A reported whole number: the value used, and the lowest and highest in print."""

    value: int = Field(ge=0, le=20_000_000)
    """The number used."""
    low: int = Field(ge=0, le=20_000_000)
    """The lowest in print."""
    high: int = Field(ge=0, le=20_000_000)
    """The highest in print."""


class Source(Data):
    """Where a fact comes from."""

    publisher: str
    """Who published it."""
    title: str
    """What it is called."""
    date: str
    """Day, month or year of publication, or ``n.d.``."""
    kind: str
    """News agency, think-tank, UN report, participant's account ..."""
    seen: Literal["full", "excerpt", "via", "memory"]
    """How much of the text was read: all, a part, a quotation elsewhere, or nothing (general knowledge)."""
    url: str | None = None
    """Where it was read."""
    note: str | None = None
    """One line for the reader."""
