"""Reports to the desk which texts are delivered or given up, and recognizes texts that were queued before."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime

from bot.core.events import Delivered
from bot.networks.contract import Inbox

REMEMBERED = 10_000  # keys; the homeserver knows the older ones by their transaction ids


class Deliveries:
    """The keys of queued and of finished texts."""

    def __init__(self, network: str, clock: Callable[[], datetime]) -> None:
        self._network = network
        self._clock = clock
        self._pending: set[str] = set()
        self._finished: OrderedDict[str, None] = OrderedDict()
        self._unreported: deque[str] = deque()
        self._more = asyncio.Event()
        self._inbox: Inbox | None = None

    def accept(self, key: str) -> bool:
        """Whether to send a text with this key: the key is new or empty."""
        if not key:
            return True
        if key in self._finished:
            self._tell(key)  # the desk has its row still, or again
            return False
        if key in self._pending:
            return False
        self._pending.add(key)
        return True

    def finish(self, key: str) -> None:
        """The text with this key was delivered, or was given up."""
        if not key:
            return
        self._pending.discard(key)
        self._finished[key] = None
        if len(self._finished) > REMEMBERED:
            self._finished.popitem(last=False)
        self._tell(key)

    async def report(self, inbox: Inbox) -> None:
        """Report to this inbox until canceled; the rest is reported to the next one."""
        self._inbox = inbox
        try:
            while True:
                while self._unreported:
                    await inbox.put(self._delivered(self._unreported[0]))
                    self._unreported.popleft()
                self._more.clear()
                await self._more.wait()
        finally:
            self._inbox = None

    def _tell(self, key: str) -> None:
        if self._unreported or self._inbox is None or not self._inbox.offer(self._delivered(key)):
            self._unreported.append(key)
            self._more.set()

    def _delivered(self, key: str) -> Delivered:
        return Delivered(self._network, key, self._clock())
