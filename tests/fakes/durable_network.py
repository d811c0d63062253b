"""A network with durable delivery, and the server behind it that outlives a crash of the bot."""

from typing import NamedTuple

from bot.core.events import Delivered
from bot.core.people.identity import Identity
from bot.networks.contract import Inbox
from tests.storage.samples import START


class Heard(NamedTuple):
    """What people on the server see of the bot."""

    do: str
    where: str
    text: str
    thread: str = ""


class Server:
    """Takes what has a key once; what has none, as often as it comes.

    told: everything that people see, in order; asked: the keys of all that was said, again and again
    """

    def __init__(self) -> None:
        self.told: list[Heard] = []
        self.asked: list[str] = []
        self._keys: dict[str, Heard] = {}

    def take(self, heard: Heard, key: str) -> None:
        self.asked.append(key)
        if key in self._keys:
            assert self._keys[key] == heard, "one key for two things"
            return
        if key:
            self._keys[key] = heard
        self.told.append(heard)


class DurableNetwork:
    """inbox: where it reports what is delivered; None: never (it crashed, or is not connected)"""

    reactions = True
    durable = True

    def __init__(self, name: str, server: Server, inbox: Inbox | None = None) -> None:
        self.name = name
        self.nick = "gatherbot"
        self.inbox = inbox
        self.topics: list[tuple[str, str, str | None]] = []
        self._server = server

    async def run(self, inbox: Inbox) -> None:
        """Nothing ever comes in."""

    async def say(
        self, room: str, text: str, *, thread: str = "", key: str = "", patient: bool = False
    ) -> None:
        await self._said(Heard("say", room, text, thread), key)

    async def tell(self, to: Identity, text: str, *, key: str = "", patient: bool = False) -> None:
        await self._said(Heard("tell", to.key, text), key)

    async def react(self, room: str, message: str, emoji: str, *, key: str = "") -> None:
        await self._said(Heard("react", message, emoji), key)

    async def _said(self, heard: Heard, key: str) -> None:
        self._server.take(heard, key)
        if self.inbox is not None and key:
            await self.inbox.put(Delivered(self.name, key, START))

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        self.topics.append((room, text, instead_of))

    async def drain(self) -> None:
        """There is nothing to wait for."""
