"""The contract of all networks, on a real homeserver, in rooms of both versions that there are."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.networks.matrix.adapter import MatrixNetwork
from tests.live.matrix_bots import Home
from tests.live.matrix_people import Person
from tests.live.matrix_servers import Homeserver
from tests.networks.contract import Collected, NetworkContract

pytestmark = pytest.mark.live

names = (f"contract{number}" for number in itertools.count())


@dataclass
class MatrixStage:
    """A bot and a person in one room; their private conversation is made when it is needed."""

    network: MatrixNetwork
    inbox: Collected
    running: asyncio.Task[None]
    room: str
    peer: Person
    bot: str
    version: str

    @property
    def person(self) -> str:
        return self.peer.name

    @property
    def _room_id(self) -> str:
        return self.room.removeprefix("matrix/")

    async def person_says(self, text: str) -> None:
        await self.peer.say(self._room_id, text)

    async def person_tells(self, text: str) -> None:
        wanted = {"preset": "trusted_private_chat", "is_direct": True, "invite": [self.bot]}
        room = await self.peer.create(self.version, **wanted)
        await self.peer.until_member(room, self.bot, "join")
        await self.peer.say(room, text)

    async def heard_in_room(self, count: int) -> list[str]:
        return await self.peer.heard(self._room_id, self.bot, count)

    async def heard_in_private(self, count: int) -> list[str]:
        def conversations() -> list[str]:
            return [room for room in (*self.peer.events, *self.peer.invites) if room != self._room_id]

        await self.peer.until(lambda: bool(conversations()))
        (room,) = set(conversations())
        if await self.peer.member(room, self.peer.user) != "join":
            await self.peer.join(room)
        return await self.peer.heard(room, self.bot, count)


@pytest.fixture(params=["11", "12"])
async def stage(
    homeserver: Homeserver, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[MatrixStage]:
    home = Home(homeserver, tmp_path)
    await home.register()
    async with homeserver.person(next(names)) as peer:
        room = await peer.create(request.param)
        settings = home.settings(room, inviters=frozenset({peer.user}))
        async with home.bot(settings) as bot:
            await bot.until_in()
            yield MatrixStage(
                bot.network, bot.inbox, bot.running, f"matrix/{room}", peer, home.user, request.param
            )


class TestMatrix(NetworkContract):
    pass
