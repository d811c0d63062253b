"""What the adapter asks of a homeserver, as protocols: the real one stands on matrix-nio, a fake one in the tests.

Every call either gives what was asked for or raises RefusedError or UnreachableError; none of matrix-nio's error
objects gets past here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from msgspec import Struct

Content = Mapping[str, Any]


class SendApi(Protocol):
    """What sending needs."""

    user: str

    async def send(self, room: str, kind: str, content: Content, key: str) -> str:
        """Send an event; the id it got. `key` is the transaction id: said again with it, it is there once."""

    async def set_state(self, room: str, kind: str, content: Content) -> None:
        """Set a room's state event of this kind, with the empty state key."""

    async def private_room(self, user: str) -> str:
        """The room for a private conversation with somebody; made, and they invited, where there is none."""


@dataclass(frozen=True, slots=True)
class Access:
    """By what the bot is known to its homeserver; transaction ids belong to the device."""

    device: str
    token: str = field(repr=False)


class Page(Struct, frozen=True):
    """Events of a room's history, newest first; `end` is where the next page begins, empty after the last."""

    events: tuple[Content, ...]
    end: str


class Homeserver(SendApi, Protocol):
    """What everything else needs."""

    def use(self, access: Access) -> None:
        """Be this device from now on."""

    async def log_in(self, password: str, *, device: str, name: str) -> Access:
        """Log in, as the device with this id where it is not empty; `name` is what people see of a new one."""

    async def whoami(self) -> tuple[str, str]:
        """The user id and the device id of the access that is used."""

    async def display_name(self) -> str:
        """What people see of the bot; empty where it is called nothing."""

    async def sync(self, since: str | None, *, wait: float, full_state: bool = False) -> Content:
        """What is new since a position; waits so many seconds for something. `full_state`: with the state of all rooms."""

    async def messages(self, room: str, start: str, end: str | None) -> Page:
        """A page of a room's history before the position `start`, not before `end`."""

    async def members(self, room: str) -> Content:
        """Who is in a room, as /joined_members answers."""

    async def resolve(self, alias: str) -> tuple[str, tuple[str, ...]]:
        """The id of the room with this alias, and the servers through which it can be joined."""

    async def join(self, room: str, via: tuple[str, ...] = ()) -> str:
        """Join a room by id or alias, through these servers; its id."""

    async def leave(self, room: str) -> None:
        """Leave a room, or decline the invitation to it."""

    async def close(self) -> None:
        """Close all connections; the login stays."""
