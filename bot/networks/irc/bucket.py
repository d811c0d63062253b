"""A token bucket: some lines at once, then one in a while."""


class Bucket:
    """Counts what may be sent; the clock is whatever the caller's `now` comes from, in seconds.

    burst:    lines that may go at once; infinite where nothing is held back
    interval: seconds after which another one may
    """

    def __init__(self, burst: float = 5.0, interval: float = 2.0) -> None:
        self._burst = burst
        self._interval = interval
        self._tokens = burst
        self._filled: float | None = None

    def tokens(self, now: float) -> float:
        """How many lines may go at this moment."""
        if self._filled is not None:
            self._tokens = min(self._burst, self._tokens + (now - self._filled) / self._interval)
        self._filled = now
        return self._tokens

    def take(self, now: float) -> bool:
        """Take the right to send one line, where there is one."""
        if self.tokens(now) < 1:
            return False
        self._tokens -= 1
        return True

    def charge(self, now: float) -> None:
        """A line went without asking; it counts all the same."""
        self._tokens = max(0.0, self.tokens(now) - 1)

    def wait(self, now: float, tokens: float = 1.0) -> float:
        """Seconds until so many lines may go."""
        return max(0.0, (tokens - self.tokens(now)) * self._interval)
