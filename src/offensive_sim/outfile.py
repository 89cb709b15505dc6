"""Files that are whole or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from offensive_sim.errors import SimError


@contextmanager
def replaced(path: Path) -> Iterator[TextIO]:
    """A text file that appears only when all of it is on the disk; an old one stays until then.

    Raises:
        SimError: if it cannot be written.
    """
    part = _part(path)
    with _in_place(path, part):
        with part.open("w", encoding="utf-8", newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)


@contextmanager
def replaced_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for a file that is not text."""
    part = _part(path)
    with _in_place(path, part):
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


@contextmanager
def _in_place(path: Path, part: Path) -> Iterator[None]:
    """Say what the system says; whatever happens, no half of a file stays."""
    try:
        if path.is_dir():
            msg = f"{path}: is a directory"
            raise SimError(msg)
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        msg = f"{path}: cannot be written: {error.strerror}"
        raise SimError(msg) from None
    finally:
        # Where nothing can be written, nothing can be removed either.
        with suppress(OSError):
            part.unlink(missing_ok=True)
