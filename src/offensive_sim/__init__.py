"""A sourced, turn-based simulation of the Northern Iraq offensive of June-August 2014.

For scripts: ``load``, ``play``, ``replay``, ``ensemble`` and ``compare`` of ``offensive_sim.api``, which is imported
when one of them is first used: help and version need none of it, and nothing below may depend on it.
"""

from typing import Any

__version__ = "0.1.0"
_FOR_SCRIPTS = ("compare", "ensemble", "load", "play", "replay")


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the five are different things
    if name in _FOR_SCRIPTS:
        import importlib  # noqa: PLC0415

        return getattr(importlib.import_module("offensive_sim.api"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*globals(), *_FOR_SCRIPTS])
