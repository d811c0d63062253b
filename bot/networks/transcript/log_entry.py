"""What a log tells, line by line: the values that the reader hands out, and what it could not read."""

from datetime import date, datetime, tzinfo
from enum import Enum
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.core.events import Incoming, Room
from bot.core.people.puppets import Puppets

UTC_ZONE = ZoneInfo("UTC")


class TranscriptError(Exception):
    """A log cannot be read; the message names the file, the line where there is one, and what to do."""


class UnreadLine(Struct, frozen=True):
    """A line that was passed over: nothing in it could be understood."""

    file: str
    line: int
    why: str


class Options(Struct, frozen=True):
    """What the files do not tell themselves.

    channel: the channel of files that name none in a header or in their file name ("#" may be left out)
    day:     the day on which such a file begins
    zone:    whose clock the stamps follow
    network: the name of the network of logs that name none
    matrix:  names of the networks that are Matrix; all others are IRC
    puppets: how the puppets of bridges are told
    """

    channel: str = ""
    day: date | None = None
    zone: tzinfo = UTC_ZONE
    network: str = "irc"
    matrix: frozenset[str] = frozenset()
    puppets: tuple[Puppets, ...] = ()


class EntryKind(Enum):
    """What sort of line it was."""

    LINE = "stands under a stamp of its own"
    HEADER = "begins a room or a day"
    STAMP = "a stamp alone: only time passes"
    OTHER = "has no stamp: blank, or not understood"


class LogEntry(Struct, frozen=True):
    """One line of a log (with its continuation lines, one message), and what it means.

    at:     aware UTC; never smaller than that of the one before
    raw:    as it stood, lines joined by a line feed
    events: in order; none where only time passes, several for a message of several lines or a netsplit
    room:   whose log it stands in
    """

    at: datetime
    raw: str
    events: tuple[Incoming, ...]
    room: Room
    kind: EntryKind = EntryKind.LINE

    @property
    def event(self) -> Incoming | None:
        """What happened first, or None: only time passes."""
        return self.events[0] if self.events else None
