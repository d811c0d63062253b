"""How long pages may hold the event loop: a share of all time, so that the desk goes first, however many pages are asked for."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

SHARE = 0.3  # of all time
MOST_S = 0.3  # that can be saved up
PATIENCE_S = 5.0  # for which somebody waits for a page


class BusyError(Exception):
    """So many different pages are asked for that they cannot all be made."""


class Allowance:
    """Seconds that making pages may take; they come back with time."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._left = MOST_S
        self._at = monotonic()
        self._turn = asyncio.Lock()

    @property
    def left(self) -> float:
        """Seconds that are left; negative if a page took longer than it might."""
        now = self._monotonic()
        self._left = min(self._left + (now - self._at) * SHARE, MOST_S)
        self._at = now
        return self._left

    def spend(self, seconds: float) -> None:
        """Take off what a page took."""
        self._left = self.left - seconds

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Make a page here, while no other one is made and something is left. Raises BusyError where that takes too long.

        Pages that were put together at the same time would hold the loop all of them between two turns of the desk.
        """
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._turn.acquire()
        except TimeoutError:
            raise BusyError from None
        try:
            await self.wait()
            yield
        finally:
            self._turn.release()

    async def wait(self) -> None:
        """Wait until something is left. Raises BusyError where that takes too long."""
        until = self._monotonic() + PATIENCE_S
        while (left := self.left) <= 0:
            if self._monotonic() >= until:
                raise BusyError
            await asyncio.sleep(min(-left / SHARE + 0.005, PATIENCE_S))
