"""The contract between the desk and a chat network; every adapter passes `tests/networks/contract.py`.

An adapter turns what its network sends into the values of `bot.core.events` and puts them into the inbox, in
order; what it is told to say it queues and sends when the network lets it. It never runs a command, knows no
session, and never raises for what the network does: trouble is logged and mended by itself.
"""

from typing import Protocol, runtime_checkable

from msgspec import Struct

from bot.core.events import Incoming
from bot.core.people.identity import Identity


class Inbox(Protocol):
    """Where an adapter leaves what came in."""

    def offer(self, event: Incoming) -> bool:
        """Queue `event` without waiting; False when the queue is full (then `put`)."""

    async def put(self, event: Incoming) -> None:
        """Queue `event` for the desk; waits while the queue is full, and so stops the reading."""


class Network(Protocol):
    """A connected chat network.

    name:      as configured; every room id begins with it
    nick:      what the bot is called there at the moment
    reactions: whether `react` can be used; else acknowledgements are said
    durable:   what is said with a `key` is there once, also when it is said again after a crash (transaction ids); the
               network puts a `Delivered` into the inbox when it is, or never can be
    """

    name: str
    reactions: bool
    durable: bool

    @property
    def nick(self) -> str:
        """What the bot is called there at the moment."""

    async def run(self, inbox: Inbox) -> None:
        """Connect, and stay connected, until cancelled; then leave politely."""

    async def say(
        self, room: str, text: str, *, thread: str = "", key: str = "", patient: bool = False
    ) -> None:
        """Say `text` in a room, in as many lines as it needs; returns once it is queued.

        thread: id of the message in whose thread it is said, where the network has threads
        key:    by which the network tells one saying from another; only where `durable`
        patient: it may wait until all that is not was said, where the network makes us wait
        """

    async def tell(self, to: Identity, text: str, *, key: str = "", patient: bool = False) -> None:
        """Say `text` to one person in private; returns once it is queued. `patient`: as for `say`."""

    async def react(self, room: str, message: str, emoji: str, *, key: str = "") -> None:
        """React to a message; only where `reactions`."""

    async def set_topic(self, room: str, text: str, *, instead_of: str | None = None) -> None:
        """Set a room's topic where the bot may; where it may not, nothing happens.

        instead_of: only if the room's topic still is this one (so that we do not undo somebody's own)
        """

    async def drain(self) -> None:
        """Return when everything that was to be said is sent, or cannot be."""


class MissingPermission(Struct, frozen=True):
    """Something that a room does not let the bot do, in words that say what helps.

    grave: without it the bot is of no use there
    """

    words: str
    critical: bool = False


@runtime_checkable
class ReportsPermissions(Protocol):
    """A network that knows what its rooms do not let the bot do."""

    def missing_permissions(self) -> list[MissingPermission]:
        """Of the configured rooms that the bot is in, as they are now."""
