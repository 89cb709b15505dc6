"""Readers of what is typed after an option; argparse prints what they raise."""

import argparse
from collections.abc import Callable
from datetime import date


def whole(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from ``low`` to ``high``."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            msg = f"{text!r} is not a whole number"
            raise argparse.ArgumentTypeError(msg) from None
        if not low <= number <= high:
            msg = f"{number} is not between {low} and {high}"
            raise argparse.ArgumentTypeError(msg)
        return number

    return read


def day(text: str) -> date:
    """A date such as 2014-06-12."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is not a date such as 2014-06-12"
        raise argparse.ArgumentTypeError(msg) from None


def size(text: str) -> tuple[int, int]:
    """Pixels such as 1920x1080."""
    width, _, height = text.partition("x")
    read = whole(320, 8192)
    return read(width), read(height)
