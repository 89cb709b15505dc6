"""One thread that paints map tiles, the most wanted first, so that the window never waits for them."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition, Event, Thread, current_thread, main_thread
from typing import Final

import pygame

_FREE: Final = Event()
_FREE.set()
_LONGEST: Final = 0.05
"""Seconds that a tile waits for the window at most, each time it is asked."""


@contextmanager
def window_first() -> Iterator[None]:
    """While the window draws, whoever paints tiles gives way: Python runs one thread at a time."""
    _FREE.clear()
    try:
        yield
    finally:
        _FREE.set()


def give_way() -> None:
    """Called between strokes; costs nothing while the window is idle."""
    if not _FREE.is_set() and current_thread() is not main_thread():
        _FREE.wait(_LONGEST)


@dataclass(frozen=True)
class Job:
    """A tile that is wanted."""

    key: Hashable
    paint: Callable[[], pygame.Surface]


class TileWorker:
    """Paints what was last asked for; whatever is no longer wanted is forgotten."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._wanted: list[Job] = []
        self._done: list[tuple[Hashable, pygame.Surface]] = []
        self._condition = Condition()
        self._busy: Hashable | None = None
        self._over = False
        self._thread = Thread(target=self._work, name="tiles", daemon=True)
        self._thread.start()

    def want(self, jobs: list[Job]) -> None:
        """Replace what is still to be painted."""
        with self._condition:
            ready = {key for key, _ in self._done} | {self._busy}
            self._wanted = [job for job in jobs if job.key not in ready]
            self._condition.notify()

    def taken(self) -> list[tuple[Hashable, pygame.Surface]]:
        """Tiles finished since the last call."""
        with self._condition:
            done, self._done = self._done, []
            return done

    @property
    def idle(self) -> bool:
        """Whether nothing is wanted or being painted."""
        with self._condition:
            return not self._wanted and self._busy is None

    def stop(self) -> None:
        """End the thread after the tile at hand."""
        with self._condition:
            self._over = True
            self._condition.notify()
        self._thread.join(timeout=2.0)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            tile = job.paint()
            with self._condition:
                self._done.append((job.key, tile))
                self._busy = None
            self._wake()

    def _next(self) -> Job | None:
        with self._condition:
            while not self._wanted and not self._over:
                self._condition.wait()
            if self._over:
                return None
            job = self._wanted.pop(0)
            self._busy = job.key
            return job
