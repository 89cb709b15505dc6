"""The steps of a tutorial."""

from datetime import date
from typing import Literal

from offensive_sim.scenario.facts import Data, Identifier


class Texts(Data):
    """The same words in the window's languages."""

    en: str
    """In English."""
    ar: str | None = None
    """In Arabic."""
    ckb: str | None = None
    """In Sorani Kurdish."""


class Prompt(Data):
    """One step of a tutorial: what to do, in words, and how the window sees that it is done. One thing a step."""

    shown: date | None = None
    """The evening that the window goes to first; the one shown then if left out."""
    says: Texts
    """What to do, in a sentence or two."""
    evening: date | None = None
    """Done when this evening is shown."""
    place: Identifier | None = None
    """Done when this place is chosen."""
    event: bool = False
    """Done when an event is opened."""
    mode: Literal["model", "history", "known"] | None = None
    """Done when the map shows this: the model, the chronicle, or what was known."""
    layers: Literal["control", "displacement", "forces", "sources"] | None = None
    """Done when this set of layers is shown."""
