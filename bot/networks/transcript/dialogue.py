"""Writes a log with the bot's actions under each line, in the form of the golden files.

Rules of this file: lines stay as they are. A dialogue that is read again gives the same dialogue: a header comes before
a line that the reader would put into another room or another day; a stamp above the actions of timers is written once.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct

from bot.core.events import Room
from bot.core.words.text import BOLD
from bot.networks.transcript.log_entry import UTC_ZONE, EntryKind, LogEntry

SHOWN = re.compile(r"(?:\[|\d{4}-\d\d-\d\d |--- Log \S+ \S+ \S+ +\d+ )?(\d\d:\d\d(?::\d\d)?)\b", re.ASCII)


class SaidInRoom(Struct, frozen=True):
    """The bot said something in a room."""

    room: str
    text: str


class SaidInPrivate(Struct, frozen=True):
    """The bot said something to somebody in private."""

    nick: str
    text: str


class Reacted(Struct, frozen=True):
    """The bot reacted to the message."""

    emoji: str


class TopicSet(Struct, frozen=True):
    """The bot set a room's topic."""

    room: str
    text: str


class Mailed(Struct, frozen=True):
    """The bot put a mail into the outbox."""

    address: str
    subject: str


Action = SaidInRoom | SaidInPrivate | Reacted | TopicSet | Mailed


class Dialogue:
    """A growing dialogue: add entries, the bot's actions, and the actions of timers, in order.

    zone:    the time zone of the stamps
    network: left out in headers, as in the log files
    """

    def __init__(self, zone: tzinfo = UTC_ZONE, network: str = "irc") -> None:
        self._zone = zone
        self._network = network
        self._lines: list[str] = []
        self._room: Room | None = None
        self._day: date | None = None  # of the last header, until a stamp follows
        self._shown: datetime | None = None  # the last stamp, on the wall
        self._alone: datetime | None = None  # the stamp that stands alone over the last actions
        self._owed: list[str] = []  # lines above the actions of a timer that the reader will give again

    def add_entry(self, entry: LogEntry) -> None:
        """Add a line of the log."""
        wall = self._wall(entry.at)
        if self._was_written(entry, wall):
            return
        self._owed.clear()
        if entry.kind is EntryKind.HEADER:
            self._head(entry.room, wall, entry.raw)
            return
        self._place(entry.room, wall, "" if entry.kind is EntryKind.OTHER else entry.raw)
        self._lines.append(entry.raw)
        self._alone = wall if entry.kind is EntryKind.STAMP else None
        if entry.kind is not EntryKind.OTHER:
            self._show(wall)

    def add_action(self, action: Action) -> None:
        """Add an action of the bot, for the last line or the last timer."""
        self._lines.extend(self._written(action))

    def add_timer(self, at: datetime, actions: Iterable[Action]) -> None:
        """Add the actions of a timer under a stamp; nothing if there are none."""
        done = list(actions)
        if not done:
            return
        wall = self._wall(at)
        if self._alone != wall:
            before = len(self._lines)
            stamp = f"{wall:%H:%M:%S}"
            if self._room is not None:
                self._place(self._room, wall, stamp)
            self._lines.append(stamp)
            self._show(wall)
            self._alone = wall
            self._owed = self._lines[before:]
        for action in done:
            self.add_action(action)

    def text(self) -> str:
        """The whole dialogue."""
        return "".join(f"{line}\n" for line in self._lines)

    def _wall(self, at: datetime) -> datetime:
        return at.astimezone(self._zone).replace(microsecond=0, tzinfo=None)

    def _was_written(self, entry: LogEntry, wall: datetime) -> bool:
        """Whether a timer has just written this header or stamp."""
        if not self._owed or self._alone != wall or self._room is None or entry.room.id != self._room.id:
            return False
        if entry.kind is EntryKind.STAMP:
            self._owed.clear()
            return True
        if entry.raw == self._owed[0]:
            del self._owed[0]
            return True
        return False

    def _place(self, room: Room, wall: datetime, raw: str) -> None:
        """Make sure that a reader puts the next line (`raw`, empty without a stamp) into this room and moment."""
        in_room = self._room is not None and self._room.id == room.id
        if in_room and (not raw or self._day_read(wall) == wall.date()):
            return
        self._head(room, wall, self._header(room, wall))
        if not shows(raw, wall):
            self._lines.append(f"{wall:%H:%M:%S}")
            self._show(wall)

    def _show(self, wall: datetime) -> None:
        self._shown = wall
        self._day = None

    def _day_read(self, wall: datetime) -> date | None:
        """The day that a reader assumes for the next stamp."""
        if self._day is not None or self._shown is None:
            return self._day
        if self._shown.date() == wall.date():
            return wall.date()  # a smaller time is the repeated hour when clocks go back
        return self._shown.date() + timedelta(days=wall.time() < self._shown.time())

    def _head(self, room: Room, wall: datetime, header: str) -> None:
        self._lines.append(header)
        self._room = room
        self._day = wall.date()
        self._alone = None

    def _header(self, room: Room, wall: datetime) -> str:
        network, _, name = room.id.partition("/")
        shown = name if network == self._network else room.id
        return f"=== {'query' if room.private else 'channel'} {shown} date {wall:%Y-%m-%d}"

    def _written(self, action: Action) -> list[str]:
        match action:
            case SaidInRoom(room, text):
                start = "> " if self._room is not None and room == self._room.id else f">[{room}] "
                return [start + line for line in _lines_of(text)]
            case SaidInPrivate(nick, text):
                return [f">{nick} {line}" for line in _lines_of(text)]
            case TopicSet(room, text):
                start = "># " if self._room is not None and room == self._room.id else f">#[{room}] "
                return [start + " ".join(_lines_of(text))]
            case Mailed(address, subject):
                return [f">@ mail to {address}: {' '.join(_lines_of(subject))}"]
            case Reacted(emoji):
                return [f">+ {emoji}"]


def shows(raw: str, wall: datetime) -> bool:
    """Whether the stamp of a line names this second."""
    found = SHOWN.match(raw)
    return found is not None and found[1] in {f"{wall:%H:%M:%S}", f"{wall:%H:%M}" if not wall.second else ""}


def _lines_of(text: str) -> list[str]:
    return text.replace(BOLD, "**").replace("\r\n", "\n").replace("\r", "\n").split("\n")
