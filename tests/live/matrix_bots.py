"""Bots on the Matrix homeserver of the live tests, and who is in a room with them."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.core.events import BackInRoom, ReadUpTo
from bot.networks.backoff import Backoff
from bot.networks.matrix.adapter import MatrixNetwork
from bot.networks.matrix.settings import MatrixSettings, Timing
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.networks.contract import Collected

names = (f"bot{number}" for number in itertools.count())
QUICK = Timing(joins=(0.3,), rejoin=0.3, asides=0.0)


@dataclass
class Bot:
    """A bot that runs; `position` is what storage would know."""

    network: MatrixNetwork
    inbox: Collected
    running: asyncio.Task[None]

    @property
    def joins(self) -> list[BackInRoom]:
        return [event for event in self.inbox.events if isinstance(event, BackInRoom)]

    @property
    def position(self) -> str:
        return [event.position for event in self.inbox.events if isinstance(event, ReadUpTo)][-1]

    async def until_in(self, count: int = 1) -> None:
        """Wait until it came into so many rooms."""
        await self.inbox.until(lambda: len(self.joins) >= count)

    @property
    def notes(self) -> int:
        """How often it noted how far it has read."""
        return sum(isinstance(event, ReadUpTo) for event in self.inbox.events)

    async def until_read(self, notes: int = 0) -> None:
        """Wait until it noted more than so many times how far it has read, and nothing came after."""
        await self.inbox.until(lambda: self.notes > notes and isinstance(self.inbox.events[-1], ReadUpTo))

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.inbox.messages]


@dataclass
class Home:
    """An account for a bot on a homeserver, with its data folder."""

    homeserver: Homeserver
    folder: Path
    name: str = field(default_factory=lambda: next(names))

    @property
    def user(self) -> str:
        return self.homeserver.user(self.name)

    def settings(self, *rooms: str, **more: Any) -> MatrixSettings:
        settings = MatrixSettings(
            "matrix",
            self.homeserver.url,
            self.user,
            password=f"pw-{self.name}",
            rooms=rooms,
            data=self.folder,
        )
        return replace(settings, **more)

    async def register(self) -> None:
        """Make the account, whose password is "pw-NAME"."""
        async with Person(self.homeserver.url, self.name):
            pass

    @asynccontextmanager
    async def bot(
        self, settings: MatrixSettings, *, position: str | None = None, timing: Timing = QUICK
    ) -> AsyncIterator[Bot]:
        """A bot that runs for as long as needed."""

        async def known() -> str | None:
            return position

        network = MatrixNetwork(
            settings,
            clock=lambda: datetime.now(UTC),
            position=known,
            timing=timing,
            backoff=Backoff(jitter=lambda: 0.2),
        )
        inbox = Collected()
        running = asyncio.create_task(network.run(inbox))
        try:
            yield Bot(network, inbox, running)
        finally:
            running.cancel()
            await asyncio.wait({running})
