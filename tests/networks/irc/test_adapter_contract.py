import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.networks.contract import Network, ReportsConnection
from bot.networks.irc.adapter import IrcNetwork
from bot.networks.irc.settings import IrcSettings
from tests.networks.contract import Collected, NetworkContract
from tests.networks.irc.scripted import ScriptedIrcd, Visitor


@dataclass
class IrcStage:
    network: Network
    inbox: Collected
    running: asyncio.Task[None]
    visitor: Visitor
    room: str = "irc/#tide"
    person: str = "lin"

    async def person_says(self, text: str) -> None:
        self.visitor.give(f":lin!lin@lin.test PRIVMSG #tide :{text}")

    async def person_tells(self, text: str) -> None:
        self.visitor.give(f":lin!lin@lin.test PRIVMSG gatherbot :{text}")

    async def heard_in_room(self, count: int) -> list[str]:
        return await self._heard("PRIVMSG #tide ", count)

    async def heard_in_private(self, count: int) -> list[str]:
        return await self._heard("PRIVMSG lin ", count)

    async def _heard(self, start: str, count: int) -> list[str]:
        def lines() -> list[str]:
            return [
                line.removeprefix(start).removeprefix(":")
                for line in self.visitor.sent
                if line.startswith(start)
            ]

        await self.visitor.until(lambda: len(lines()) >= count)
        return lines()[:count]


@pytest.fixture
async def stage() -> AsyncIterator[IrcStage]:
    ircd = ScriptedIrcd()
    ircd.members = "lin"
    ircd.caps = "account-tag server-time"
    await ircd.start()
    settings = IrcSettings("irc", "127.0.0.1", ircd.port, tls=False, throttle=False, rooms=("#tide",))
    network = IrcNetwork(settings, clock=lambda: datetime.now(UTC))
    inbox = Collected()
    running = asyncio.create_task(network.run(inbox))
    visitor = await ircd.visitor()
    await visitor.until(lambda: visitor.commands("JOIN"))
    yield IrcStage(network, inbox, running, visitor)
    running.cancel()
    await asyncio.wait([running])
    await ircd.stop()


class TestIrcNetwork(NetworkContract):
    """The IRC adapter keeps the contract."""

    async def test_it_says_whether_it_is_connected(self, stage: IrcStage) -> None:
        assert isinstance(stage.network, ReportsConnection)
        seen = [stage.network.connected]
        stage.running.cancel()
        await asyncio.wait([stage.running])
        assert [*seen, stage.network.connected] == [True, False]
