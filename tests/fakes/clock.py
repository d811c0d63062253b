"""A clock that stands still until a test moves it; sleepers wake in order."""

import asyncio
import heapq
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Calling it returns the time; `sleep` waits in the clock's time."""

    def __init__(self, now: datetime = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)) -> None:
        self.now = now
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = 0

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        waker: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self.now + timedelta(seconds=seconds), self._count, waker))
        await waker

    async def advance(self, by: timedelta) -> None:
        """Move forward and wake the sleepers that are due; returns when no task can run any more."""
        until = self.now + by
        await settled()
        while self._sleepers and self._sleepers[0][0] <= until:
            due, _, waker = heapq.heappop(self._sleepers)
            if not waker.done():
                self.now = due
                waker.set_result(None)
                await settled()
        self.now = until


async def settled() -> None:
    """Let all tasks run that are ready."""
    for _ in range(50):
        await asyncio.sleep(0)
