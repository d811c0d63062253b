"""Fetches pages for plugins: the real fetcher, loaded on first use, or the given pages of a replay."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.config import Config
from bot.core import effects
from bot.core.events import Fetched, Incoming, Message
from bot.runtime.timers import machine_clock

if TYPE_CHECKING:
    from bot.fetching.fetcher import Fetcher

Put = Callable[[Incoming], Awaitable[None]]


class Pages:
    """Fetches from the hosts that the configuration allows."""

    def __init__(self, config: Config, put: Put) -> None:
        self._hosts = config.fetch
        self._put = put
        self._fetcher: Fetcher | None = None

    async def fetch(self, event: Incoming, order: effects.Fetch) -> None:
        """Begin to fetch the page that `event` ordered."""
        if self._fetcher is None:
            from bot.fetching.fetcher import Fetcher  # noqa: PLC0415 - most bots never fetch a page

            self._fetcher = Fetcher(self._hosts, self._put, clock=machine_clock)
        await self._fetcher.fetch(event, order)

    async def stop(self) -> None:
        """Cancel running fetches."""
        if self._fetcher is not None:
            await self._fetcher.stop()


class GivenPages:
    """Gives the pages of a replay; others cannot be fetched."""

    def __init__(self, pages: Mapping[str, str], put: Put) -> None:
        self._pages = pages
        self._put = put

    async def fetch(self, event: Incoming, order: effects.Fetch) -> None:
        """Give the page at once."""
        if isinstance(event, Message):
            await self._put(fetched(event, order, self._pages.get(order.url), event.at))


def fetched(event: Message, order: effects.Fetch, text: str | None, at: datetime) -> Fetched:
    """The outcome of an order; `text` is None if the page could not be fetched."""
    return Fetched(
        name=order.name,
        url=order.url,
        at=at,
        room=event.room,
        asked_by=event.speaker,
        power=event.power,
        text=text or "",
        digest=hashlib.sha256(text.encode()).hexdigest() if text is not None else "",
        trouble="" if text is not None else "unreachable",
        argument=order.argument,
    )
