"""The lines of a session's log as its page shows them."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from bot.api import Session
from bot.api.people import plain_name
from bot.api.web import LogLine


class LineShown(Struct, frozen=True):
    """A line of a log.

    room:    its room without the network; empty where the session has only one
    is_edit: whether somebody changed an earlier message to this
    is_gone: whether its words were removed
    """

    n: int
    at: datetime
    name: str
    text: str
    room: str
    is_edit: bool
    is_gone: bool


def said_in(session: Session, lines: Iterable[LogLine]) -> list[LineShown]:
    """Return lines of a session's log, each with the name that its speaker had."""
    several = len(session.rooms) > 1
    return [
        LineShown(
            n=line.n,
            at=line.at,
            name=plain_name(line.speaker.name),
            text=line.text,
            room=(line.room.partition("/")[2] or line.room) if several else "",
            is_edit=bool(line.edits),
            is_gone=not line.text.strip(),
        )
        for line in lines
    ]
