"""Why a connection ended, and how long to wait before the next one."""

import random
import socket
import ssl
from collections.abc import Callable
from enum import Enum


class Trouble(Enum):
    """Kinds of ends, by what helps: the least seconds to wait before another attempt."""

    LOST = 1.0
    LOGIN = 30.0
    THROTTLED = 60.0
    BANNED = 300.0


MOST_DELAY = 600.0
SIGNS = {
    # what servers write into ERROR and 465; there is no numeric for most of it
    "throttl": Trouble.THROTTLED,
    "too fast": Trouble.THROTTLED,
    "too many connections": Trouble.THROTTLED,
    "too many host connections": Trouble.THROTTLED,
    "k-line": Trouble.BANNED,
    "k:line": Trouble.BANNED,
    "g-line": Trouble.BANNED,
    "g:line": Trouble.BANNED,
    "z-line": Trouble.BANNED,
    "z:line": Trouble.BANNED,
    "banned": Trouble.BANNED,
}


class LinkDownError(ConnectionError):
    """The connection is of no more use; the message says why."""

    def __init__(self, reason: str, trouble: Trouble = Trouble.LOST) -> None:
        super().__init__(reason)
        self.trouble = trouble


def words_of(error: OSError, host: str, port: int) -> str:
    """Why no connection came about or one ended, in words that say what to look at."""
    match error:
        case ssl.SSLCertVerificationError():
            words = f"the certificate of {host} was not accepted: {error.verify_message}"
        case ssl.SSLError():
            words = f"no TLS connection with {host}:{port} came about: {error}"
        case TimeoutError():
            words = f"{host}:{port} did not answer in time"
        case socket.gaierror():
            words = f"the address of {host} could not be found"
        case ConnectionRefusedError():
            words = f"{host}:{port} takes no connections"
        case _:
            words = str(error) or type(error).__name__
    return words


def trouble_of(text: str) -> Trouble:
    """What a server's last words mean for the next attempt."""
    lowered = text.lower()
    return next((trouble for sign, trouble in SIGNS.items() if sign in lowered), Trouble.LOST)


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
