"""A bot's Matrix network on a fake homeserver, with what came of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.core.events import BackInRoom, Message, ReadUpTo, TopicShown
from bot.networks.backoff import Backoff
from bot.networks.matrix.adapter import MatrixNetwork
from bot.networks.matrix.settings import MatrixSettings
from tests.fakes.clock import FakeClock, settled
from tests.networks.contract import Collected
from tests.networks.matrix.fake_homeserver import (
    ME,
    SECONDS,
    FakeHomeserver,
    Json,
    created,
    member,
    room,
    said,
)

ALIAS = "#nova:example.org"
START = datetime.fromtimestamp(SECONDS, UTC)
OLD = room(created(), member(ME), said(1))


class Bot:
    """A network on a fake homeserver, with what came of it."""

    def __init__(
        self, folder: Path, server: FakeHomeserver, *rooms: str, position: str | None = None
    ) -> None:
        self.server = server
        self.inbox = Collected()
        self.slept: list[float] = []
        self.clock = FakeClock(START)
        self.settings = MatrixSettings(
            "matrix", "https://hs", ME, password="hunter2", rooms=rooms or ("!a",), data=folder
        )

        async def known() -> str | None:
            return position

        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)
            await asyncio.sleep(0)

        self.network = MatrixNetwork(
            self.settings,
            clock=self.clock,
            position=known,
            backoff=Backoff(jitter=lambda: 1.0),
            connect=lambda _, __: server,
            sleep=sleep,
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Bot"]:
        task = asyncio.create_task(self.network.run(self.inbox))
        try:
            await self.idle()
            yield self
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def idle(self) -> None:
        """Wait until the homeserver has nothing more to tell."""
        async with asyncio.timeout(5):
            await self.server.idle.wait()
        await settled()

    async def tell(self, *syncs: Json | Exception) -> None:
        self.server.tell(*syncs)
        await self.idle()

    @property
    def heard(self) -> list[str]:
        """Everything that came in, shortly."""
        return [
            event.text
            if isinstance(event, Message)
            else event.position
            if isinstance(event, ReadUpTo)
            else f"back {event.since}"
            if isinstance(event, BackInRoom)
            else type(event).__name__
            for event in self.inbox.events
            if not isinstance(event, TopicShown)
        ]
