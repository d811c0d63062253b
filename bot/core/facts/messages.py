"""Facts about messages: edits, redactions, and the text that went with them."""

from msgspec import Struct


class MessageEdited(Struct, frozen=True):
    """A message of this session says something else now; the fact's cause is the edit's id.

    target: id of the original message
    causes: for each of its lines, the cause of what the line made in any version; empty if it made nothing
    """

    target: str
    causes: tuple[str, ...]


class MessageRedacted(Struct, frozen=True):
    """Somebody redacted a message or an edit. Separate facts take back what it had caused."""

    message: str


class TextRemoved(Struct, frozen=True):
    """A tombstone for a fact whose text a redaction removed; `kind` is the name of its class."""

    kind: str


MESSAGE_FACTS: tuple[type, ...] = (MessageEdited, MessageRedacted, TextRemoved)
