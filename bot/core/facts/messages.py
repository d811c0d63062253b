"""Facts about messages: edits, redactions, and removed text."""

from msgspec import Struct

REMOVED_TITLE = "(title removed)"  # of a topic or agenda item whose words a redaction removed


class MessageEdited(Struct, frozen=True):
    """Somebody edited a message of this session; the fact's cause is the id of the edit.

    target: id of the original message
    causes: for each line, the cause of the facts that any version of it produced; empty if there are none
    """

    target: str
    causes: tuple[str, ...]


class MessageRedacted(Struct, frozen=True):
    """Somebody redacted a message or an edit. Separate facts undo its consequences."""

    message: str


class TalkRedacted(Struct, frozen=True):
    """After the end of a session, somebody redacted a message of its log that had led to no facts in it."""

    message: str


class TextRemoved(Struct, frozen=True):
    """A tombstone for a fact whose text a redaction removed; `kind` is the name of its class."""

    kind: str


MESSAGE_FACTS: tuple[type, ...] = (MessageEdited, MessageRedacted, TalkRedacted, TextRemoved)
