"""Jobs over processes: handed out a few at a time, taken back as they finish, begun again if a worker is ended."""

import ctypes
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, Final, TypeVar

from offensive_sim.errors import SimError

J = TypeVar("J")
R = TypeVar("R")

_TRIES: Final = 3
"""Times a pool of processes is set up anew after a worker was ended from outside."""
_AHEAD: Final = 4
"""Jobs handed out beyond those being done, for each process: memory does not grow with the count."""
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
"""Numbers of glibc's malloc.h."""


def keep_memory() -> None:
    """Ask glibc not to hand freed arrays back to the system: a third faster; elsewhere nothing happens."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        for parameter in (_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD):
            libc.mallopt(parameter, 2**30)


def spread_over(
    work: Callable[[J], R], jobs: Sequence[J], processes: int | None = None
) -> Generator[tuple[J, R], None, None]:
    """Each job with its result, as they finish; ``processes``: how many at a time, one a processor if None.

    ``work`` travels to each process once, however many jobs there are. A job that was lost with its process is done
    again. Close the generator to stop: what is being done is finished, what has not begun is dropped. Ctrl-C drops
    what is being done, too.

    Raises:
        SimError: if workers are ended from outside again and again; and whatever ``work`` raises.
    """
    left = list(jobs)
    workers = min(processes or os.cpu_count() or 1, len(left))
    if workers <= 1:
        keep_memory()
        for job in left:
            yield job, work(job)
        return
    with _interrupted_once():
        for _ in range(_TRIES):
            try:
                for job, result in _pooled(work, left, workers):
                    left.remove(job)
                    yield job, result
            except BrokenProcessPool:
                continue
            return
    msg = "worker processes were ended from outside, perhaps for want of memory; what was finished is kept"
    raise SimError(msg)


def _pooled(work: Callable[[J], R], jobs: Sequence[J], workers: int) -> Generator[tuple[J, R], None, None]:
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(work,)) as pool:
        waiting: dict[Future[R], J] = {}
        queue = iter(tuple(jobs))
        try:
            while True:
                while len(waiting) < workers * _AHEAD and (job := next(queue, None)) is not None:
                    waiting[pool.submit(_do, job)] = job
                if not waiting:
                    return
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                yield from [(waiting.pop(future), future.result()) for future in done]
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Hear Ctrl-C once: a second one would leave the pool half shut, and the program would never end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def hear(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_work: list[Callable[[Any], Any]] = []
"""In a worker process: what it was started with."""


def _start(work: Callable[[Any], Any]) -> None:
    """End at once on Ctrl-C, and with the parent, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_outlive_nobody, daemon=True).start()
    keep_memory()
    _work.append(work)


def _outlive_nobody() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(job: Any) -> Any:  # noqa: ANN401 - whatever the parent hands out
    return _work[-1](job)
