"""The entries that the reader makes of logs, its options, and lines that it did not understand."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from enum import Enum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.core.events import Incoming, Room
from bot.core.people.identity import Identity
from bot.core.people.known_bots import is_known_bot
from bot.core.people.puppets import Puppets

UTC_ZONE = ZoneInfo("UTC")


class TranscriptError(Exception):
    """A log cannot be read; the message names the file, the line if there is one, and what to do."""


class UnreadLine(Struct, frozen=True):
    """A line that was skipped because it was not understood."""

    file: str
    line: int
    text: str


class KnownPeople(Struct, frozen=True):
    """Speakers of a network who are no persons, or look like none.

    is_relay: whether a speaker, with this user@host, speaks for people of another network
    ignored:  keys of those who are not heard
    not_bots: keys of people who look like bots
    me:       the key of the bot itself
    """

    is_relay: Callable[[Identity, str], bool] = lambda _, __: False
    ignored: frozenset[str] = frozenset()
    not_bots: frozenset[str] = frozenset()
    me: str = ""

    def is_bot(self, speaker: Identity, *, notice: bool) -> bool:
        """Whether somebody is a bot: a known one, or on Matrix by a notice; it may be configured as a person."""
        looks = notice or is_known_bot(speaker.key)
        return speaker.key == self.me or (looks and speaker.key not in self.not_bots)


NOBODY_KNOWN = KnownPeople()


class Options(Struct, frozen=True):
    """What the files themselves do not say.

    channel: the channel of files that name none in a header or in their file name ("#" may be left out)
    day:     the day on which such a file begins
    zone:    whose clock the stamps follow
    network: the name of the network of logs that name none
    matrix:  names of the networks that are Matrix; all others are IRC
    puppets: how to recognize the puppets of bridges
    people:  relays and ignored speakers, by network
    """

    channel: str = ""
    day: date | None = None
    zone: tzinfo = UTC_ZONE
    network: str = "irc"
    matrix: frozenset[str] = frozenset()
    puppets: tuple[Puppets, ...] = ()
    people: Mapping[str, KnownPeople] = MappingProxyType({})


class EntryKind(Enum):
    """The kind of a line."""

    LINE = "stands under a stamp of its own"
    HEADER = "begins a room or a day"
    STAMP = "a stamp alone: only time passes"
    OTHER = "has no stamp: blank, or not understood"


class LogEntry(Struct, frozen=True):
    """One line of a log, with its continuation lines, and its events.

    at:     aware UTC; never before that of the last entry
    raw:    as in the log; several lines are joined by line feeds
    events: in order; none if only time passes, several for a message of several lines or a netsplit
    room:   the room of the log
    """

    at: datetime
    raw: str
    events: tuple[Incoming, ...]
    room: Room
    kind: EntryKind = EntryKind.LINE

    @property
    def event(self) -> Incoming | None:
        """The first event, or None if only time passes."""
        return self.events[0] if self.events else None
