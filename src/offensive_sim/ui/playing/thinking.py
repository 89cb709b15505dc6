"""Work beside the window: what it comes to is asked for, never waited for."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, Generic, TypeVar

POLL: Final = 0.03
"""Seconds after which somebody who waits looks again."""
T = TypeVar("T")


class Thinking(Generic[T]):
    """Something that is being worked out in a thread of its own."""

    def __init__(self, work: Callable[[], T]) -> None:
        pool = ThreadPoolExecutor(1, thread_name_prefix="thinking")
        self._future: Future[T] = pool.submit(work)
        pool.shutdown(wait=False)

    @property
    def done(self) -> bool:
        """Whether ``result`` comes at once."""
        return self._future.done()

    def result(self) -> T:
        """What it came to; raises what the work raised."""
        return self._future.result()
