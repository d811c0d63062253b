"""When the next post may go: several at a time, one at a time after trouble, none while sending is held."""

import random
from collections.abc import Callable


class Pace:
    """Counts running requests and holds.

    first, longest: seconds before the first retry, doubled from retry to retry, and their limit
    at_once:        how many requests may run
    jitter:         a factor, so that not every client returns to a homeserver at once
    """

    def __init__(
        self,
        first: float,
        longest: float,
        at_once: int,
        jitter: Callable[[], float] = lambda: random.uniform(0.7, 1.0),  # noqa: S311 - no secret
    ) -> None:
        self._first = first
        self._longest = longest
        self._at_once = at_once
        self._jitter = jitter
        self._under_way = 0
        self._holds = 0
        self._failures = 0
        self._careful = False
        self.cut_off = False

    @property
    def free(self) -> bool:
        """Whether the next post may go now."""
        return not self._holds and self._under_way < (1 if self._careful else self._at_once)

    def begin(self) -> None:
        """A request began."""
        self._under_way += 1

    def end(self) -> None:
        """A request ended, in whatever way."""
        self._under_way -= 1

    def succeeded(self) -> None:
        """The homeserver accepted something."""
        self._failures = 0
        self._careful = self._careful and bool(self._holds)
        self.cut_off = False

    def delay(self) -> float:
        """Seconds until the next attempt; doubled each time, but failures at the same time count once."""
        seconds = min(self._first * 2.0 ** min(self._failures, 16), self._longest)
        if not self._holds:
            self._failures += 1
        return seconds * self._jitter()

    def hold(self) -> None:
        """Send nothing until `release`, and then one at a time until the homeserver accepts something."""
        self._holds += 1
        self._careful = True

    def release(self) -> None:
        """One hold is over."""
        self._holds -= 1

    def restart(self) -> None:
        """The connection is gone: no request runs, and nothing is held on the next one."""
        self._under_way = self._holds = 0
        self.cut_off = False
