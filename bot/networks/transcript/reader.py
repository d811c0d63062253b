"""Reads log files as if they happened now: gives all entries in the order of time.

Files are read line by line on demand; a room's members are those at the moment of the line.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from bot.networks.transcript.clock import Clock, ClockError
from bot.networks.transcript.irssi import ALONE_STAMP, CONTINUED
from bot.networks.transcript.line_events import BARE_STAMP, NO_EVENT, UNKNOWN, DayLine, Edit, LineEvent, Spoke
from bot.networks.transcript.log_entry import EntryKind, LogEntry, Options, TranscriptError, UnreadLine
from bot.networks.transcript.log_network import LogNetwork
from bot.networks.transcript.log_room import LogRoom
from bot.networks.transcript.names import server_of
from bot.networks.transcript.sections import Section, cut

DONE = ">"  # begins the lines of a dialogue with the bot's actions


class Line(NamedTuple):
    """A line with its moment and its room, before its events are made."""

    at: datetime
    raw: str
    kind: EntryKind
    event: LineEvent
    network: LogNetwork
    room: LogRoom
    number: int


class Transcript:
    """Logs, merged by time; iterate over it for the entries.

    unread:  lines that were not understood so far
    unnamed: channels whose log names no network, so that they belong to that of the options
    """

    def __init__(self, files: Iterable[tuple[str, bytes]], options: Options | None = None) -> None:
        """`files` are names and contents. Raises TranscriptError for faults that show before playing."""
        options = options or Options()
        self._matrix = options.matrix
        self._puppets = {puppets.network: puppets for puppets in options.puppets}
        self._sections = [section for name, data in files for section in cut(name, data, options)]
        self.unread: list[UnreadLine] = []
        self.unnamed = frozenset(
            section.room.partition("/")[2] for section in self._sections if not section.names_network
        )

    def __iter__(self) -> Iterator[LogEntry]:
        """All entries from the beginning. Raises TranscriptError if a day is missing or impossible."""
        self.unread.clear()
        present: dict[str, LogNetwork] = {}
        readers = []
        for section in self._sections:
            network = present.get(section.network) or self._network(section.network)
            present[section.network] = network
            readers.append(SectionReader(section, network, self.unread).lines())
        merged = readers[0] if len(readers) == 1 else heapq.merge(*readers, key=attrgetter("at"))
        for at, raw, kind, event, network, room, _ in merged:
            events = network.events_of(room, event, at)
            yield LogEntry(at, raw, events, room.room, kind)

    def _network(self, network: str) -> LogNetwork:
        """A network; on Matrix, its server is that of its first room."""
        rooms = (section.room.partition("/")[2] for section in self._sections if section.network == network)
        server = next((found for room in rooms if (found := server_of(room))), "")
        return LogNetwork(
            network, matrix=network in self._matrix, server=server, puppets=self._puppets.get(network)
        )


class SectionReader:
    """Reads the lines of one section, gives each its moment, and joins messages of several lines."""

    def __init__(self, section: Section, network: LogNetwork, unread: list[UnreadLine]) -> None:
        self._section = section
        self._network = network
        self._room = network.room(section.room, private=section.private)
        self._unread = unread
        self._clock = Clock(section.zone, section.day)

    def lines(self) -> Iterator[Line]:
        """All lines, each with its moment; messages of several lines are one."""
        pending: Line | None = None  # until the next line shows whether its message goes on
        further: list[tuple[str, str]] = []
        for line in self._moments():
            more = continued(pending, line) if line.kind is EntryKind.OTHER else None
            if more is not None:
                further.append((line.raw, more))
                continue
            self._count(line)
            if pending is not None:
                yield joined(pending, further) if further else pending
                further = []
            pending = line
        if pending is not None:
            yield joined(pending, further) if further else pending

    def _moments(self) -> Iterator[Line]:
        """Line by line; lines before the first stamp get its moment."""
        early = [(0, self._section.header, EntryKind.HEADER)] if self._section.header else []
        started = False
        for number, text in self._section.lines():
            if text.startswith(DONE):
                continue
            line = self._line(number, text)
            if line is None and not started:
                early.append((number, text, EntryKind.OTHER))
                continue
            if not started:
                started = True
                yield from (self._at(self._clock.now, *line) for line in early)
            yield line or self._at(self._clock.now, number, text, EntryKind.OTHER)
        if not started and early:
            beginning = self._beginning()
            yield from (self._at(beginning, *line) for line in early)

    def _line(self, number: int, text: str) -> Line | None:
        """A line that has a stamp; None for any other."""
        try:
            reading = self._section.read(text)
            if reading is None:
                alone = ALONE_STAMP.fullmatch(text)  # of a timer, in a dialogue of another program's log
                if alone is None:
                    return None
                reading = alone[1], BARE_STAMP
            stamp, event = reading
            if type(event) is DayLine:
                self._clock.begin(event.day)
            at = self._clock.at(stamp, steps_back=self._section.steps_back and event is not BARE_STAMP)
        except ClockError as fault:
            raise TranscriptError(f"{self._section.file}:{number}: {fault}") from fault
        kind = EntryKind.STAMP if event is BARE_STAMP else EntryKind.LINE
        return Line(at, text, kind, event, self._network, self._room, number)

    def _at(self, at: datetime, number: int, raw: str, kind: EntryKind) -> Line:
        return Line(at, raw, kind, NO_EVENT, self._network, self._room, number)

    def _beginning(self) -> datetime:
        if not self._clock.started:
            raise TranscriptError(f"{self._section.file}: which day is this? use --date")
        return self._clock.now

    def _count(self, line: Line) -> None:
        if line.event is UNKNOWN or (line.kind is EntryKind.OTHER and line.raw.strip()):
            self._unread.append(UnreadLine(self._section.file, line.number, "not understood"))


def continued(pending: Line | None, line: Line) -> str | None:
    """The text that `line` adds to the message of `pending`; None if it is no continuation."""
    if pending is None or not isinstance(pending.event, Spoke | Edit):
        return None
    found = CONTINUED.fullmatch(line.raw)
    return None if found is None else found[1] or ""


def joined(pending: Line, further: list[tuple[str, str]]) -> Line:
    """The message of `pending` with all its lines."""
    event = pending.event
    assert isinstance(event, Spoke | Edit)
    raw = "\n".join([pending.raw, *(raw for raw, _ in further)])
    return pending._replace(raw=raw, event=event._replace(further=tuple(text for _, text in further)))
