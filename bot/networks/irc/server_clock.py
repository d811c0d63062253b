"""The server's clock, known from the times that it tells.

Rules of this file: no I/O; time comes in. The server's times are compared with monotonic seconds, because the wall clock of
this machine may be set at any moment. Only the greeting and the answer to a PING tell the server's time, because other
lines may be late or carry another server's time; a line whose time is unexpected is a reason to ask.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

log = logging.getLogger(__name__)

OLD = 60.0  # seconds after which a line is no longer acted on, and by which clocks may differ
UNEXPECTED = 5.0  # seconds by which a line's time is off, so that the server is asked
ASK_AGAIN = 15.0  # seconds


class ServerClock:
    """Tells how late a line is, and by how much the server's clock differs from this machine's.

    name: of the network
    ask:  asks the server for its time
    """

    def __init__(self, name: str, ask: Callable[[], None]) -> None:
        self._name = name
        self._ask = ask
        self._asked = float("-inf")
        self._offset = 0.0  # the server's time, less monotonic seconds
        self._noted = 0.0  # the difference that was logged last
        self.skew = timedelta()  # how far the server's clock is ahead of this machine's

    def start(self, now: datetime, at: float) -> None:
        """Assume that the two clocks agree, until a line tells."""
        self._offset = now.timestamp() - at

    def read(self, now: datetime, at: float) -> None:
        """The wall clock shows `now`; it may have been set since the last time."""
        skew = self._offset + at - now.timestamp()
        self.skew = timedelta(seconds=skew)
        if abs(skew - self._noted) <= OLD:
            return
        self._noted = skew
        if abs(skew) > OLD:
            log.warning(
                "%s: the server's clock is %.0f s %s this machine's; messages get this machine's time",
                self._name,
                abs(skew),
                "ahead of" if skew > 0 else "behind",
            )
        else:
            log.warning("%s: the server's clock and this machine's agree again", self._name)

    def heard(self, said: datetime, at: float) -> None:
        """A line with a time came, which nobody repeated."""
        if abs(self.lateness(said, at)) > UNEXPECTED and at - self._asked >= ASK_AGAIN:
            self._asked = at
            self._ask()

    def answered(self, said: datetime, now: datetime, at: float) -> None:
        """The server tells its time now."""
        self._offset = said.timestamp() - at
        self.read(now, at)

    def here(self, said: datetime) -> datetime | None:
        """When this machine's clock showed what the server's clock showed as `said`; None if it never could."""
        try:
            at = said - self.skew
        except OverflowError:
            return None
        return at if is_possible(at) else None

    def lateness(self, said: datetime, at: float) -> float:
        """How many seconds before `at` (monotonic) this was said."""
        return self._offset + at - said.timestamp()


def is_possible(at: datetime) -> bool:
    """Whether a clock that is only set wrong can show this time."""
    return 1970 <= at.year < 9999
