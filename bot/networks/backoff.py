"""How long to wait before the next attempt to connect, by the reason of the last failure."""

import random
from collections.abc import Callable
from enum import Enum


class Trouble(Enum):
    """Why a connection ended; the value is the least number of seconds before the next attempt."""

    LOST = 1.0
    LOGIN = 30.0
    THROTTLED = 60.0
    BANNED = 300.0


MOST_DELAY = 600.0


class Backoff:
    """Doubles the delay at each attempt, with jitter, so that not every client returns to a restarted server at once."""

    def __init__(self, jitter: Callable[[], float] = lambda: random.uniform(0.7, 1.3)) -> None:  # noqa: S311 - no secret
        self._jitter = jitter
        self._failures = 0

    def succeeded(self) -> None:
        """A connection worked for a while."""
        self._failures = 0

    def delay(self, trouble: Trouble) -> float:
        """Seconds until the next attempt."""
        base = min(trouble.value * 2.0 ** min(self._failures, 16), max(MOST_DELAY, trouble.value))
        self._failures += 1
        return base * self._jitter()
