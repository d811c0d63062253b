"""How long to wait before the next attempt to connect, by the reason of the last failure."""

import random
from collections import Counter
from collections.abc import Callable
from enum import Enum


class Trouble(Enum):
    """Why a connection ended; the value is the least and the greatest number of seconds before the next attempt."""

    LOST = (1.0, 15.0)  # whoever comes back late misses what is said meanwhile
    NO_SERVICES = (3.0, 7.0)  # services are not linked yet; the credentials were not refused
    LOGIN = (30.0, 600.0)
    THROTTLED = (60.0, 600.0)
    BANNED = (300.0, 600.0)


class Backoff:
    """Doubles the delay at each failure of one kind, with jitter, so that not every client returns to a restarted server at once."""

    def __init__(self, jitter: Callable[[], float] = lambda: random.uniform(0.7, 1.3)) -> None:  # noqa: S311 - no secret
        self._jitter = jitter
        self._failures: Counter[Trouble] = Counter()

    def succeeded(self) -> None:
        """A connection worked for a while."""
        self._failures.clear()

    def let_in(self) -> None:
        """The network let us in, so only lost connections still count."""
        self._failures = Counter({Trouble.LOST: self._failures[Trouble.LOST]})

    def delay(self, trouble: Trouble) -> float:
        """Seconds until the next attempt; failures of other kinds do not count."""
        least, most = trouble.value
        base = min(least * 2.0 ** min(self._failures[trouble], 16), most)
        self._failures[trouble] += 1
        return base * self._jitter()
