"""How many connections there may be: each takes an open file, and the rest of the bot needs some too."""

import asyncio
import resource
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

FILES = 4096  # open files that the bot asks for
FILES_LEFT = 200  # for all that is not a connection of a reader


class CountingServer(web.Server):
    """Closes connections beyond a number as soon as they are made."""

    def __init__(
        self, answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]], most: int, **settings: Any
    ) -> None:
        super().__init__(answer, **settings)
        self._most = most
        self.count = 0

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """Take a connection, or close it."""
        super().connection_made(handler, transport)
        self.count += 1
        if self.count > self._most:
            transport.abort()

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        """Forget a connection."""
        super().connection_lost(handler, exc)
        self.count -= 1


def most_connections() -> int:
    """How many connections there may be, after asking the system for as many open files as it gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return max((FILES if soft == resource.RLIM_INFINITY else soft) - FILES_LEFT, 50)
