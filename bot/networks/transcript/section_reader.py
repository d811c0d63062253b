"""Reads the lines of one section: gives each its moment, and makes one message of its lines.

Rules of this file: nothing said is lost. A line without a stamp belongs to the message before it; what belongs nowhere
is counted. A line that is not understood never moves the clock.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from bot.networks.transcript.clock import Clock, ClockError
from bot.networks.transcript.line_events import BARE_STAMP, NO_EVENT, UNKNOWN, DayLine, Edit, LineEvent, Spoke
from bot.networks.transcript.line_reader import CONTINUED
from bot.networks.transcript.log_entry import EntryKind, TranscriptError, UnreadLine
from bot.networks.transcript.log_network import LogNetwork
from bot.networks.transcript.log_room import LogRoom
from bot.networks.transcript.sections import Section

DONE = ">"  # begins the lines of a dialogue with the bot's actions
QUOTE = ">"  # of a mail
LIKE_A_STAMP = re.compile(r"\s*[\[(]?[0-9]{1,4}[:/.-][0-9]{2}\b")


class Line(NamedTuple):
    """A line with its moment and its room, before its events are made."""

    at: datetime
    raw: str
    kind: EntryKind
    event: LineEvent
    network: LogNetwork
    room: LogRoom
    number: int


class More(NamedTuple):
    """A further line of a message, as in the log and as text.

    wrapped: it goes on with the line before
    """

    raw: str
    text: str
    wrapped: bool


class SectionReader:
    """Reads the lines of one section, gives each its moment, and joins messages of several lines."""

    def __init__(self, section: Section, network: LogNetwork, unread: list[UnreadLine]) -> None:
        self._section = section
        self._network = network
        self._room = network.room(section.room, private=section.private)
        self._unread = unread
        self._clock = Clock(section.zone, section.day)
        self._started = False

    def lines(self) -> Iterator[Line]:
        """All lines, each with its moment; messages of several lines are one."""
        pending: Line | None = None  # until the next line shows whether its message goes on
        further: list[More] = []
        for line in self._moments():
            more = self._continued(pending, line) if line.kind is EntryKind.OTHER else None
            if more is not None:
                further.append(more)
                continue
            self._count(line)
            if pending is not None:
                yield joined(pending, further) if further else pending
                further = []
            pending = line
        if pending is not None:
            yield joined(pending, further) if further else pending

    def _continued(self, pending: Line | None, line: Line) -> More | None:
        """What `line` adds to the message of `pending`; None if it is no continuation."""
        if pending is None or not isinstance(pending.event, Spoke | Edit):
            return None
        if (found := CONTINUED.fullmatch(line.raw)) is not None:
            return More(line.raw, found[1] or "", wrapped=False)
        if self._section.whole:
            return More(line.raw, line.raw, wrapped=False)
        text = line.raw.strip()
        if pending.raw.startswith(QUOTE):
            text = text.lstrip(QUOTE).lstrip()
        if not text or line.event is NO_EVENT or LIKE_A_STAMP.match(line.raw) is not None:
            return None
        return More(line.raw, text, wrapped=True)

    def _moments(self) -> Iterator[Line]:
        """Line by line; lines before the first stamp get its moment."""
        early: list[tuple[int, str, EntryKind, LineEvent]] = []
        if self._section.header:
            early.append((0, self._section.header, EntryKind.HEADER, NO_EVENT))
        for number, text in self._section.lines():
            if text.startswith(DONE) and self._section.header:
                continue
            line = self._line(number, text)
            if not self._started:
                early.append((number, text, EntryKind.OTHER, line.event if line is not None else UNKNOWN))
                continue
            if early:
                yield from (self._at(self._clock.now, *one) for one in early)
                early = []
            yield line or self._at(self._clock.now, number, text, EntryKind.OTHER, UNKNOWN)
        if early:
            beginning = self._beginning()
            yield from (self._at(beginning, *one) for one in early)

    def _line(self, number: int, text: str) -> Line | None:
        """A line that is understood or has a stamp; None for any other."""
        try:
            reading = self._section.read(text)
            if reading is None:
                return None
            stamp, event = reading
            if type(event) is DayLine:
                self._clock.begin(event.day)
            if not stamp or (event is UNKNOWN and self._started):
                if not self._started and isinstance(event, Spoke | Edit):
                    return None  # nobody knows when
                return self._at(self._clock.now, number, text, EntryKind.LINE, event)
            at = self._clock.at(stamp, back=0 if event is BARE_STAMP else self._section.back)
        except ClockError as fault:
            raise TranscriptError(f"{self._section.file}:{number}: {fault}") from fault
        self._started = True
        kind = EntryKind.STAMP if event is BARE_STAMP else EntryKind.LINE
        return self._at(at, number, text, kind, event)

    def _at(self, at: datetime, number: int, raw: str, kind: EntryKind, event: LineEvent) -> Line:
        return Line(at, raw, kind, event, self._network, self._room, number)

    def _beginning(self) -> datetime:
        if not self._clock.started:
            raise TranscriptError(f"{self._section.file}: which day is this? use --date")
        return self._clock.now

    def _count(self, line: Line) -> None:
        if line.event is UNKNOWN and line.raw.strip():
            self._unread.append(UnreadLine(self._section.file, line.number, line.raw))


def joined(pending: Line, further: list[More]) -> Line:
    """The message of `pending` with all its lines."""
    event = pending.event
    assert isinstance(event, Spoke | Edit)
    lines = [event.text]
    for more in further:
        if more.wrapped:
            lines[-1] = f"{lines[-1].rstrip()} {more.text}".lstrip()
        else:
            lines.append(more.text)
    if CONTINUED.fullmatch(further[-1].raw) is None:  # blank lines end a message, and are no part of it
        while not lines[-1].strip() and len(lines) > 1:
            lines.pop()
    raw = "\n".join([pending.raw, *(more.raw for more in further)])
    return pending._replace(raw=raw, event=event._replace(text=lines[0], further=tuple(lines[1:])))


def span(section: Section) -> tuple[str, str]:
    """The first and the last stamp of a section; empty if it has none."""
    readings = (section.read(text) for _, text in section.lines())
    stamps = [reading[0] for reading in readings if reading is not None and reading[0]]
    return (stamps[0], stamps[-1]) if stamps else ("", "")
