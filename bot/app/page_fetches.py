"""Fetches pages for plugins: the real fetcher, loaded on first use, or the given pages of a replay."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from bot.app.errands import Errands
from bot.config import Config
from bot.core import effects
from bot.core.events import Incoming, Message
from bot.fetching.outcome import outcome_of
from bot.runtime.timers import machine_clock

if TYPE_CHECKING:
    from bot.fetching.fetcher import Fetcher

log = logging.getLogger(__name__)

Put = Callable[[Incoming], Awaitable[None]]


class Pages:
    """Fetches from the hosts that the configuration allows."""

    def __init__(self, config: Config, put: Put) -> None:
        self._hosts = config.fetch
        self._errands = Errands(put)
        self._fetcher: Fetcher | None = None

    async def fetch(self, event: Incoming, order: effects.Fetch) -> None:
        """Begin to fetch the page that `event` ordered."""
        if not isinstance(event, Message):
            log.error("nobody asked for a page: %s", type(event).__name__)
            return
        if self._fetcher is None:
            from bot.fetching.fetcher import Fetcher  # noqa: PLC0415 - most bots never fetch a page

            self._fetcher = Fetcher(self._hosts, clock=machine_clock)
        self._errands.begin(partial(self._fetcher.fetch, event, order))

    async def stop(self) -> None:
        """Cancel running fetches."""
        await self._errands.stop()


class GivenPages:
    """Gives the pages of a replay; others cannot be fetched."""

    def __init__(self, pages: Mapping[str, str], put: Put) -> None:
        self._pages = pages
        self._put = put

    async def fetch(self, event: Incoming, order: effects.Fetch) -> None:
        """Give the page at once."""
        if isinstance(event, Message):
            text = self._pages.get(order.url)
            trouble = "" if text is not None else "unreachable"
            await self._put(outcome_of(event, order, event.at, text=text or "", trouble=trouble))
