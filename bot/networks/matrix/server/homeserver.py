"""The homeserver's API as protocols; the real implementation uses matrix-nio, the tests have a fake.

Every call gives its result, or raises RefusedError or UnreachableError; matrix-nio's error objects stay inside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from msgspec import Struct

Content = Mapping[str, Any]

DECRYPTED = "gatherbot.decrypted"  # a decrypted event has OURS under this key, which no JSON can hold
OURS = object()


class SendApi(Protocol):
    """The part of the API that sending needs."""

    user: str

    async def send(self, room: str, kind: str, content: Content, key: str) -> str:
        """Send an event and return its id. `key` is the transaction id: an event sent twice with it appears once."""

    async def set_state(self, room: str, kind: str, content: Content) -> None:
        """Set a room's state event of this kind, with the empty state key."""

    async def private_room(self, user: str) -> str:
        """The room for a private conversation with somebody; created, and they invited, if there is none."""


@dataclass(frozen=True, slots=True)
class Access:
    """A login: device and token. Transaction ids belong to the device."""

    device: str
    token: str = field(repr=False)


class Page(Struct, frozen=True):
    """Events of a room's history, newest first; `end` is where the next page begins, empty on the last page."""

    events: tuple[Content, ...]
    end: str


class Homeserver(SendApi, Protocol):
    """The whole API."""

    def use(self, access: Access) -> None:
        """Use this login from now on."""

    async def log_in(self, password: str, *, device: str, name: str) -> Access:
        """Log in as the device with this id, or as a new one if it is empty; people see `name` of a new one."""

    async def whoami(self) -> tuple[str, str]:
        """The user id and the device id of the current login."""

    async def display_name(self) -> str:
        """The bot's display name; empty if it has none."""

    async def sync(self, since: str | None, *, wait: float, full_state: bool = False) -> Content:
        """News since a position; waits up to `wait` seconds for some. `full_state`: with the state of all rooms."""

    async def messages(self, room: str, start: str, end: str | None) -> Page:
        """A page of a room's history before the position `start`, not before `end`."""

    async def members(self, room: str) -> Content:
        """The members of a room, as /joined_members answers."""

    async def resolve(self, alias: str) -> tuple[str, tuple[str, ...]]:
        """The id of the room with this alias, and servers through which the bot can join it."""

    async def join(self, room: str, via: tuple[str, ...] = ()) -> str:
        """Join a room by id or alias, through these servers; returns its id."""

    async def leave(self, room: str) -> None:
        """Leave a room, or decline an invitation to it."""

    async def close(self) -> None:
        """Close all connections; the login stays."""
