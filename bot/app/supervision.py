"""What the bot tells systemd: that it is ready, that the desk still takes turns, and that it stops.

The protocol is a datagram for each message: https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html. Without
NOTIFY_SOCKET in the environment nothing is told.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping

log = logging.getLogger(__name__)

TIMES = 3  # how often the watchdog is fed in the time that it waits


class Supervisor:
    """The service manager that started the bot.

    environment: NOTIFY_SOCKET is its address; with WATCHDOG_USEC (and WATCHDOG_PID of this process) it wants to be fed
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address  # an abstract socket
        self.interval_s = _interval_s(environment) if self._address else 0.0

    def tell(self, *messages: str) -> None:
        """Tell it something; if it does not listen, the bot goes on."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sending:
                sending.settimeout(0)
                sending.sendto("\n".join(messages).encode(), self._address)
        except OSError as error:
            log.warning("systemd cannot be told %s: %s", messages[0], error.strerror or error)

    async def feed(self, turn: Callable[[], Awaitable[object]], status: Callable[[], str]) -> None:
        """Feed the watchdog, each time after a turn passed the desk; a desk that is stuck lets it starve."""
        while self.interval_s:
            await asyncio.shield(turn())  # at the stop, it ends before the desk does
            self.tell("WATCHDOG=1", f"STATUS={status()}")
            await asyncio.sleep(self.interval_s)


def _interval_s(environment: Mapping[str, str]) -> float:
    """Seconds between two feedings; 0 for none."""
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return 0.0
    try:
        return int(environment.get("WATCHDOG_USEC", "0")) / 1_000_000 / TIMES
    except ValueError:
        return 0.0
