"""SVG as strings: numbers, escaped elements, short paths. Nothing here knows what is drawn."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from markupsafe import Markup, escape

from offensive_sim.engine.axes import Bools, Floats

_FEWEST: Final = 3


def number(value: float, digits: int = 1) -> str:
    """As short as it can be written: ``3``, ``-.5``."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return {"-0": "0", "": "0"}.get(text, text).replace("-0.", "-.") if not text.startswith("0.") else text[1:]


def element(tag: str, *inside: object, **said: object) -> Markup:
    """An element with everything escaped that is no markup; ``class_`` stands for class, ``_`` for a dash."""
    attributes = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_written(value))}"'
        for key, value in said.items()
        if value is not None
    )
    if not inside:
        return Markup(f"<{tag}{attributes}/>")
    return Markup(f"<{tag}{attributes}>{''.join(escape(one) for one in inside)}</{tag}>")


def _written(value: object) -> object:
    return number(value) if isinstance(value, float) else value


def joined(parts: Iterable[Markup]) -> Markup:
    """Elements after one another."""
    return Markup("").join(parts)


def path_of(points: Floats, *, closed: bool = False, digits: int = 1) -> str:
    """Path data of a line, shape (N, 2): one move, then steps from point to point."""
    unit = 10**digits
    grid = np.round(np.asarray(points) * unit).astype(np.int64)
    keep = np.concatenate([[True], (np.diff(grid, axis=0) != 0).any(axis=1)])
    grid = grid[keep]
    steps = np.diff(grid, axis=0) / unit
    first = f"M{number(grid[0, 0] / unit, digits)} {number(grid[0, 1] / unit, digits)}"
    said = [number(value, digits) for step in steps for value in step]
    text = first + ("l" + _tight(said) if said else "")
    return text + ("z" if closed else "")


def _tight(numbers: list[str]) -> str:
    """Numbers with a space only where the next does not begin with a sign."""
    return numbers[0] + "".join(one if one.startswith("-") else f" {one}" for one in numbers[1:])


def simplified(points: Floats, most: float) -> Floats:
    """The line with points left out that lie no farther than ``most`` beside it (Douglas and Peucker), shape (M, 2)."""
    if len(points) < _FEWEST:
        return points
    keep = np.zeros(len(points), np.bool_)
    keep[[0, -1]] = True
    waiting = [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:  # noqa: PLR2004 - nothing between
            continue
        beside = _beside(points[start + 1 : end], points[start], points[end])
        farthest = int(np.argmax(beside))
        if beside[farthest] > most:
            middle = start + 1 + farthest
            keep[middle] = True
            waiting += [(start, middle), (middle, end)]
    return points[keep]


def _beside(points: Floats, start: Floats, end: Floats) -> Floats:
    """How far points lie from a straight line, shape (N,)."""
    along = end - start
    length = float(np.hypot(*along))
    if not length:
        return np.asarray(np.hypot(*(points - start).T))
    away = points - start
    return np.asarray(np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / length)


def runs_inside(points: Floats, inside: Bools) -> Iterator[Floats]:
    """Stretches of a line that touch the inside, each with the point before and after."""
    near = inside.copy()
    near[1:] |= inside[:-1]
    near[:-1] |= inside[1:]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(np.int8)))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start > 1:
            yield points[start:end]
