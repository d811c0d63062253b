"""The outcome of delivering a message.

A reason is one short line that is safe to say in a room: it has no address, no password and no text of an exception.
"""

from email.message import EmailMessage
from typing import Protocol

from msgspec import Struct


class Sent(Struct, frozen=True):
    """The message was sent; `refused` describes the recipients who will not get it, and is empty if all will.

    filed: it was only written to a file
    """

    refused: str = ""
    filed: bool = False


class Later(Struct, frozen=True):
    """Nobody got the message; a later attempt may work."""

    reason: str


class Never(Struct, frozen=True):
    """Nobody got the message, and another attempt would be refused again."""

    reason: str


Outcome = Sent | Later | Never


class Deliver(Protocol):
    """A way to deliver messages: through a mail server, or into a folder."""

    async def __call__(self, message: EmailMessage, *, patient: bool) -> Outcome:
        """Deliver `message` once, to all of its recipients.

        patient: if a recipient is refused temporarily, deliver to nobody yet instead of leaving that recipient out
        """
