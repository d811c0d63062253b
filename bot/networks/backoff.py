"""How long to wait before a network is tried again, by what kept us from it."""

import random
from collections.abc import Callable
from enum import Enum


class Trouble(Enum):
    """Kinds of ends, by what helps: the least seconds to wait before another attempt."""

    LOST = 1.0
    LOGIN = 30.0
    THROTTLED = 60.0
    BANNED = 300.0


MOST_DELAY = 600.0


class Backoff:
    """Doubles from attempt to attempt, with jitter, so that a restarted server is not met by everybody at once."""

    def __init__(self, jitter: Callable[[], float] = lambda: random.uniform(0.7, 1.3)) -> None:  # noqa: S311 - no secret
        self._jitter = jitter
        self._failures = 0

    def succeeded(self) -> None:
        """A connection did its work for a while."""
        self._failures = 0

    def delay(self, trouble: Trouble) -> float:
        """Seconds until the next attempt."""
        base = min(trouble.value * 2.0 ** min(self._failures, 16), max(MOST_DELAY, trouble.value))
        self._failures += 1
        return base * self._jitter()
