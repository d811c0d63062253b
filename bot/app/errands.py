"""Errands: what the bot asks of servers elsewhere, beside the turns."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.core.events import Incoming

AT_ONCE = 4  # errands of one kind


class Errands:
    """Errands of one kind. The outcome of each goes to the desk, unless the bot is stopped before.

    put: takes an outcome
    """

    def __init__(self, put: Callable[[Incoming], Awaitable[None]]) -> None:
        self._put = put
        self._places = asyncio.Semaphore(AT_ONCE)
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, errand: Callable[[], Awaitable[Incoming]]) -> None:
        """Begin an errand."""
        task = asyncio.create_task(self._run(errand))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def stop(self) -> None:
        """Cancel what is under way: people can ask again, and moments come again at the next start."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _run(self, errand: Callable[[], Awaitable[Incoming]]) -> None:
        async with self._places:
            outcome = await errand()
        await self._put(outcome)
