"""A scenario read and played beside the window, perhaps under what-ifs, with how far it is."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event, Lock
from typing import Final

from offensive_sim.errors import SimError
from offensive_sim.scenario.shipped import find
from offensive_sim.scenario.whatif_files import ask_leave
from offensive_sim.ui.supposing import NOTHING, Supposing
from offensive_sim.views.offered import Offered, offered
from offensive_sim.views.opened import Opened, opened
from offensive_sim.views.replay import Replay, of_opened, supposing

_FIRST: Final = 0.5
"""Seconds that the run waits for the first picture at most."""
_READ: Final = 0.4
_PLAYED: Final = 0.8
"""How far it is when the scenario has been read, and when it has been played as it happened."""


@dataclass(frozen=True)
class Ready:
    """A scenario that can be opened."""

    found: Opened
    """With the what-ifs that were chosen."""
    base: Replay
    """The run as it happened."""
    replay: Replay
    """The run that was asked for."""
    seed: int
    offers: tuple[Offered, ...]
    """Every what-if that can be chosen."""


class Loading:
    """Reads and plays; where it goes on from another that is ready, only what is new is played."""

    def __init__(
        self, name: str, seed: int, asked: Supposing = NOTHING, before: "Loading | None" = None
    ) -> None:
        self.name, self.supposing = name, asked
        self._seed = seed
        self._lock = Lock()
        self._share = 0.0
        self._offers: tuple[Offered, ...] | None = before.offers if before else None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="run")
        self._seen = Event()
        self._future: Future[Ready] = self._pool.submit(self._run, before)
        self._pool.shutdown(wait=False)

    def _run(self, before: "Loading | None") -> Ready:
        self._seen.wait(_FIRST)
        try:
            ready = before.result() if before else None
        except SimError:
            ready = None
        plain = replace(ready.found, what_ifs=()) if ready else opened(find(self.name))
        self._tell(_READ)
        if self._offers is None:
            self._offers = offered(plain, self.supposing.names)
        base = ready.base if ready else of_opened(plain, self._seed, self._between(_READ, _PLAYED))
        if not self.supposing.names:
            self._tell(1.0)
            return Ready(plain, base, base, self._seed, self._offers)
        found = plain.under(self.supposing.names)
        if not self.supposing.opt_in:
            ask_leave(found.what_ifs, "--opt-in")
        replay = supposing(base, found.game, self._seed, self._between(_PLAYED, 1.0))
        replay.board(0)
        return Ready(found, base, replay, self._seed, self._offers)

    def begin(self) -> None:
        """The first picture is there; until now it had the computer to itself."""
        self._seen.set()

    def _between(self, first: float, last: float) -> Callable[[float], None]:
        """Hears how far one part of the work is."""
        return lambda share: self._tell(first + (last - first) * share)

    def _tell(self, share: float) -> None:
        with self._lock:
            self._share = max(share, self._share)

    @property
    def share(self) -> float:
        """0 to 1."""
        with self._lock:
            return self._share

    @property
    def offers(self) -> tuple[Offered, ...] | None:
        """What can be chosen; None while the scenario is being read, nothing where it has problems."""
        return () if self._offers is None and self.done else self._offers

    @property
    def chosen(self) -> tuple[Offered, ...]:
        """What is supposed, of what can be chosen."""
        return tuple(one for one in self.offers or () if one.name in self.supposing.names)

    @property
    def done(self) -> bool:
        """Whether ``result`` comes at once."""
        return self._future.done()

    def result(self) -> Ready:
        """The run.

        Raises:
            SimError: if the scenario or a what-if has problems, or a what-if needs leave.
        """
        return self._future.result()
