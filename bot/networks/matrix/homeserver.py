"""What the adapter asks of a homeserver, as a protocol: the real one stands on matrix-nio, a fake one in the tests.

Every call either gives what was asked for or raises RefusedError or UnreachableError; none of matrix-nio's error
objects gets past here.
"""

from collections.abc import Mapping
from typing import Any, Protocol

Content = Mapping[str, Any]


class Post(Protocol):
    """What sending needs."""

    user: str

    async def send(self, room: str, kind: str, content: Content, key: str) -> str:
        """Send an event; the id it got. `key` is the transaction id: said again with it, it is there once."""

    async def set_state(self, room: str, kind: str, content: Content) -> None:
        """Set a room's state event of this kind, with the empty state key."""

    async def private_room(self, user: str) -> str:
        """The room for a private conversation with somebody; made, and they invited, where there is none."""
