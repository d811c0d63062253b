"""When the next thing may be sent: several rooms at a time, one at a time after trouble, nothing while we are held."""

import random
from collections.abc import Callable


class Pace:
    """Counts what is under way and what holds us.

    first, longest: seconds before the first attempt after a failure, doubled from one to the next, and at most
    at_once:        how much may be under way
    jitter:         a factor, so that a homeserver that is back is not met by everybody at once
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
        """Whether something may be sent now."""
        return not self._holds and self._under_way < (1 if self._careful else self._at_once)

    def begin(self) -> None:
        """Something is under way."""
        self._under_way += 1

    def end(self) -> None:
        """It came to an end, this or that way."""
        self._under_way -= 1

    def succeeded(self) -> None:
        """The homeserver took something."""
        self._failures = 0
        self._careful = self._careful and bool(self._holds)
        self.cut_off = False

    def delay(self) -> float:
        """Seconds until another attempt; longer from one to the next, but what failed together counts once."""
        seconds = min(self._first * 2.0 ** min(self._failures, 16), self._longest)
        if not self._holds:
            self._failures += 1
        return seconds * self._jitter()

    def hold(self) -> None:
        """Send nothing until `release`, and then one at a time until the homeserver took something."""
        self._holds += 1
        self._careful = True

    def release(self) -> None:
        """One hold is over."""
        self._holds -= 1

    def restart(self) -> None:
        """There is no connection: nothing is under way, and nothing holds us when there is one."""
        self._under_way = self._holds = 0
        self.cut_off = False
