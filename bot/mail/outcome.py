"""What became of a message that was to be delivered.

A reason is one short line that may be said in a room: no address, no password, no text of an exception.
"""

from email.message import EmailMessage
from typing import Protocol

from msgspec import Struct


class Sent(Struct, frozen=True):
    """It is on its way; `refused` says which part of its recipients will not get it, empty when all will."""

    refused: str = ""


class Later(Struct, frozen=True):
    """Nobody got it yet; it may work another time."""

    reason: str


class Never(Struct, frozen=True):
    """Nobody got it, and it would be refused again."""

    reason: str


Outcome = Sent | Later | Never


class Deliver(Protocol):
    """How a message leaves: by a mail server, or into a folder."""

    async def __call__(self, message: EmailMessage, *, patient: bool) -> Outcome:
        """Deliver `message` once, to all of its recipients.

        patient: rather give it to nobody yet than leave out a recipient who is only put off for now
        """
