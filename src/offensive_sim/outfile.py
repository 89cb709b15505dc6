"""Files that are whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from offensive_sim.errors import SimError


@contextmanager
def replaced(path: Path) -> Iterator[TextIO]:
    """A file that appears only when all of it is on the disk; an old one stays until then.

    Raises:
        SimError: if it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        if path.is_dir():
            msg = f"{path}: is a directory"
            raise SimError(msg)
        out = part.open("w", encoding="utf-8", newline="")
    except OSError as error:
        msg = f"{path}: cannot be written: {error.strerror}"
        raise SimError(msg) from None
    try:
        with out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        msg = f"{path}: cannot be written: {error.strerror}"
        raise SimError(msg) from None
    finally:
        part.unlink(missing_ok=True)
