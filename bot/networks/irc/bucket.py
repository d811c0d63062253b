"""A token bucket: some lines at once, then one per interval."""

TICK = 0.001  # seconds; a shorter wait may be lost to rounding


class Bucket:
    """Counts lines that may be sent; `now` is in seconds of the caller's clock.

    burst:    lines that may go at once; infinite for no limit
    interval: seconds for one more line
    """

    def __init__(self, burst: float = 5.0, interval: float = 2.0) -> None:
        self._burst = burst
        self._interval = interval
        self._tokens = burst
        self._filled: float | None = None

    @property
    def burst(self) -> float:
        """How many lines may go at once."""
        return self._burst

    def tokens(self, now: float) -> float:
        """How many lines may go now."""
        if self._filled is not None:
            self._tokens = min(self._burst, self._tokens + (now - self._filled) / self._interval)
        self._filled = now
        return self._tokens

    def take(self, now: float) -> bool:
        """Take one token, if there is one."""
        if self.tokens(now) < 1:
            return False
        self._tokens -= 1
        return True

    def charge(self, now: float) -> None:
        """Count a line that was sent without a token."""
        self._tokens = max(0.0, self.tokens(now) - 1)

    def wait(self, now: float, tokens: float = 1.0) -> float:
        """Seconds until `tokens` lines may go."""
        missing = tokens - self.tokens(now)
        return max(TICK, missing * self._interval) if missing > 0 else 0.0
