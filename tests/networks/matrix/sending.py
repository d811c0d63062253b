"""A sender with a homeserver, an inbox and a clock that the tests command."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bot.core.events import Delivered, Incoming
from bot.networks.contract import Inbox
from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.outgoing.sender import RetryPolicy, Sender
from tests.fakes.clock import FakeClock, settled
from tests.networks.matrix.fake_post import FakePost


def limited(wait: float | None) -> RefusedError:
    return RefusedError("M_LIMIT_EXCEEDED", wait=wait)


class Kept:
    """An inbox; with `full`, offers are refused and puts wait."""

    def __init__(self) -> None:
        self.events: list[Incoming] = []
        self.full = False
        self.emptied = asyncio.Event()

    def offer(self, event: Incoming) -> bool:
        if not self.full:
            self.events.append(event)
        return not self.full

    async def put(self, event: Incoming) -> None:
        while self.full:
            await self.emptied.wait()
        self.events.append(event)

    @property
    def delivered(self) -> list[str]:
        return [event.key for event in self.events if isinstance(event, Delivered)]


class Stage:
    """A sender and all that is around it."""

    def __init__(self, patience: RetryPolicy | None = None) -> None:
        self.clock = FakeClock()
        self.post = FakePost()
        self.inbox = Kept()
        self.sender = Sender(
            "matrix", clock=self.clock, sleep=self.clock.sleep, policy=patience or RetryPolicy()
        )

    @asynccontextmanager
    async def running(self, post: FakePost | None = None, inbox: Inbox | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task(self.sender.run(post or self.post, inbox or self.inbox))
        await settled()
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def passes(self, count: float) -> None:
        await self.clock.advance(timedelta(seconds=count))
        await settled()
