"""Where fonts and the base map lie, in a source checkout and in an installed wheel."""

from functools import cache
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).resolve()
_ROOTS: Final = (_HERE.parents[1] / "data" / "assets", _HERE.parents[3] / "assets")
"""Inside the wheel, and at the top of a checkout."""


@cache
def asset(name: str) -> Path:
    """Path of an asset by its name under ``assets/``.

    Raises:
        FileNotFoundError: if neither place has it.
    """
    for root in _ROOTS:
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"no asset {name}; looked in {', '.join(str(root) for root in _ROOTS)}")
