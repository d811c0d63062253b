"""What storage has of messages that an event refers to; the desk fills it in."""

from datetime import datetime

from msgspec import Struct

from bot.core.facts.content import Origin
from bot.core.people.identity import Identity


class Earlier(Struct, frozen=True):
    """The stored versions of a message that somebody edits or redacts.

    session:  the session whose log has it
    versions: (id, lines) of the message and of its edits, oldest first
    at:       when it was first said; None if the log has only edits of it
    """

    session: str
    author: Identity
    versions: tuple[tuple[str, tuple[str, ...]], ...]
    at: datetime | None = None


class Quoted(Struct, frozen=True):
    """A message in the log of a session, whose words somebody may make a record; `text` is empty if it was redacted."""

    session: str
    text: str
    origin: Origin
