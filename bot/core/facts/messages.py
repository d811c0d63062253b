"""Past facts about messages themselves: that one was edited, or taken away, and that text went with it."""

from msgspec import Struct


class MessageEdited(Struct, frozen=True):
    """A message of this session says something else now; the fact's cause is the edit's id.

    target: id of the message as it was first said
    causes: for each of its lines, the cause of what the line made, whenever that was; empty for lines that made nothing
    """

    target: str
    causes: tuple[str, ...]


class MessageRedacted(Struct, frozen=True):
    """Somebody who may took a message, or an edit of one, away; what it had caused is taken back by facts of their own."""

    message: str


class TextRemoved(Struct, frozen=True):
    """Here stood a fact whose text a redaction removed; `kind` is the name of its class."""

    kind: str


MESSAGE_FACTS: tuple[type, ...] = (MessageEdited, MessageRedacted, TextRemoved)
