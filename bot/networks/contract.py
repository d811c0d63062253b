"""The contract between the desk and a chat network; every adapter passes `tests/networks/contract.py`.

An adapter translates the network's messages into values of `bot.core.events` and puts them into the inbox in
order. It queues the bot's texts and sends them as fast as the network allows. It runs no command, knows no
session, and never raises because of the network: it logs trouble and recovers by itself.
"""

from typing import Protocol, runtime_checkable

from msgspec import Struct

from bot.core.events import Incoming
from bot.core.people.identity import Identity


class Inbox(Protocol):
    """Takes the events of an adapter."""

    def offer(self, event: Incoming) -> bool:
        """Queue `event` without waiting; False if the queue is full (then use `put`)."""

    async def put(self, event: Incoming) -> None:
        """Queue `event` for the desk; waits while the queue is full, so the adapter stops reading."""


class Network(Protocol):
    """A connected chat network.

    name:      as configured; every room id begins with it
    reactions: whether `react` works; otherwise the bot says acknowledgments
    durable:   a text with a `key` appears once, even if it is sent again after a crash (transaction ids); the network
               puts a `Delivered` into the inbox when the text has appeared, or never can
    """

    name: str
    reactions: bool
    durable: bool

    @property
    def nick(self) -> str:
        """The bot's current name there."""

    async def run(self, inbox: Inbox) -> None:
        """Connect and stay connected until canceled; then leave politely."""

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
        """Say `text` in a room, in as many lines as it needs; returns once it is queued.

        thread:  id of the message whose thread the text belongs to, if the network has threads
        key:     identifies the text; only if `durable`
        asker:   the person whose answer it is: if the network limits the bot, answers take turns by room and asker;
                 empty for a text that goes before all answers
        patient: the text may wait until everything else was sent, if the network limits the bot
        """

    async def tell(self, to: Identity, text: str, *, key: str = "", patient: bool = False) -> None:
        """Say `text` to one person in private; returns once it is queued. `key`, `patient`: as for `say`.

        Answers in rooms do not wait for more than one private text at a time.
        """

    async def react(self, room: str, message: str, emoji: str, *, key: str = "", asker: str = "") -> None:
        """React to a message; only if `reactions`. `key`, `asker`: as for `say`."""

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        """Set a room's topic; nothing happens if the bot has no permission.

        instead_of: set it only if this is still the room's topic, so that nobody's own topic is lost
        """

    async def drain(self) -> None:
        """Return when everything queued was sent or cannot be sent."""


@runtime_checkable
class ReportsConnection(Protocol):
    """A network that knows whether it is connected."""

    @property
    def connected(self) -> bool:
        """Whether the bot is logged in there, and what is said reaches it."""


class MissingPermission(Struct, frozen=True):
    """A permission that the bot lacks in a room; `words` say how to fix it.

    critical: the bot is useless in the room without it
    """

    words: str
    critical: bool = False


@runtime_checkable
class ReportsPermissions(Protocol):
    """A network that knows which permissions the bot lacks in its rooms."""

    def missing_permissions(self) -> list[MissingPermission]:
        """The permissions that the bot lacks now, in the configured rooms that it is in."""
