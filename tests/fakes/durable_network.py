"""A network with durable delivery, and its server, which survives a crash of the bot."""

from typing import NamedTuple

from bot.core.events import Delivered
from bot.core.people.identity import Identity
from bot.networks.contract import Inbox
from tests.storage.samples import START


class Heard(NamedTuple):
    """A message, reaction or private text of the bot, as people see it."""

    do: str
    where: str
    text: str
    thread: str = ""


class Server:
    """Takes a text with a key once, and a text without a key every time.

    told:  everything that people see, in order
    asked: the keys of all texts that were sent, including repetitions
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
    """`inbox` gets the delivery reports; None for no reports (a crash, or no connection)."""

    reactions = True
    durable = True

    def __init__(self, name: str, server: Server, inbox: Inbox | None = None) -> None:
        self.name = name
        self.nick = "gatherbot"
        self.inbox = inbox
        self.topics: list[tuple[str, str, str | None]] = []
        self._server = server

    async def run(self, inbox: Inbox) -> None:
        """Nothing is ever received."""

    async def say(
        self,
        room: str,
        text: str,
        *,
        thread: str = "",
        key: str = "",
        asker: str = "",
        patient: bool = False,
    ) -> None:
        await self._said(Heard("say", room, text, thread), key)

    async def tell(self, to: Identity, text: str, *, key: str = "", patient: bool = False) -> None:
        await self._said(Heard("tell", to.key, text), key)

    async def react(self, room: str, message: str, emoji: str, *, key: str = "", asker: str = "") -> None:
        await self._said(Heard("react", message, emoji), key)

    async def _said(self, heard: Heard, key: str) -> None:
        self._server.take(heard, key)
        if self.inbox is not None and key:
            await self.inbox.put(Delivered(self.name, key, START))

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        self.topics.append((room, text, instead_of))

    async def drain(self) -> None:
        """There is nothing to wait for."""
