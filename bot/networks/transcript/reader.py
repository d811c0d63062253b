"""Plays logs as if they happened now: files in, everything heard out, in the order of time.

Files are read line by line as they are asked for; the rooms' members are those of the moment of the line.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from bot.networks.transcript.clock import Clock, ClockError
from bot.networks.transcript.irssi import ALONE_STAMP, CONTINUED
from bot.networks.transcript.line_events import ALONE, PASSED, UNKNOWN, DayTold, Edit, Happening, Spoke
from bot.networks.transcript.log_room import Hall
from bot.networks.transcript.log_values import Heard, Kind, Options, TranscriptError, Unread
from bot.networks.transcript.names import server_of
from bot.networks.transcript.presence import Presence
from bot.networks.transcript.sections import Section, cut

DONE = ">"  # a line of a dialogue that tells what the bot did


class Line(NamedTuple):
    """A line with its moment and its room, before anybody in it is looked up."""

    at: datetime
    raw: str
    kind: Kind
    happening: Happening
    presence: Presence
    hall: Hall
    number: int


class Transcript:
    """Logs, merged by time; iterate over it for all that was heard.

    unread: what was passed over so far, because it was not understood
    unnamed: channels whose log names no network, and so are of the one that the options name
    """

    def __init__(self, files: Iterable[tuple[str, bytes]], options: Options | None = None) -> None:
        """Name and content of each file. Raises TranscriptError for what can be seen before playing."""
        options = options or Options()
        self._matrix = options.matrix
        self._puppets = {one.network: one for one in options.puppets}
        self._sections = [section for name, data in files for section in cut(name, data, options)]
        self.unread: list[Unread] = []
        self.unnamed = frozenset(one.room.partition("/")[2] for one in self._sections if not one.network_told)

    def __iter__(self) -> Iterator[Heard]:
        """Everything heard, from the beginning. Raises TranscriptError where a day is missing or impossible."""
        self.unread.clear()
        present: dict[str, Presence] = {}
        told = []
        for section in self._sections:
            presence = present.get(section.network) or self._presence(section.network)
            present[section.network] = presence
            told.append(SectionReader(section, presence, self.unread).lines())
        merged = told[0] if len(told) == 1 else heapq.merge(*told, key=attrgetter("at"))
        for at, raw, kind, happening, presence, hall, _ in merged:
            events = presence.told(hall, happening, at)
            yield Heard(at, raw, events, hall.room, kind)

    def _presence(self, network: str) -> Presence:
        """Everybody on a network; on Matrix, of the server of its first room where nothing tells it."""
        rooms = (one.room.partition("/")[2] for one in self._sections if one.network == network)
        server = next((found for room in rooms if (found := server_of(room))), "")
        return Presence(
            network, matrix=network in self._matrix, server=server, puppets=self._puppets.get(network)
        )


class SectionReader:
    """Reads the lines of one section, gives each its moment, and joins messages of several lines."""

    def __init__(self, section: Section, presence: Presence, unread: list[Unread]) -> None:
        self._section = section
        self._presence = presence
        self._hall = presence.hall(section.room, private=section.private)
        self._unread = unread
        self._clock = Clock(section.zone, section.day)

    def lines(self) -> Iterator[Line]:
        """All lines, each with its moment; messages of several lines are one."""
        held: Line | None = None  # until it is known whether its message goes on
        further: list[tuple[str, str]] = []
        for line in self._moments():
            more = continued(held, line) if line.kind is Kind.OTHER else None
            if more is not None:
                further.append((line.raw, more))
                continue
            self._count(line)
            if held is not None:
                yield joined(held, further) if further else held
                further = []
            held = line
        if held is not None:
            yield joined(held, further) if further else held

    def _moments(self) -> Iterator[Line]:
        """Line by line; what stands before the first stamp has the moment of that one."""
        early = [(0, self._section.header, Kind.HEADER)] if self._section.header else []
        started = False
        for number, text in self._section.lines():
            if text.startswith(DONE):
                continue
            line = self._line(number, text)
            if line is None and not started:
                early.append((number, text, Kind.OTHER))
                continue
            if not started:
                started = True
                yield from (self._at(self._clock.now, *one) for one in early)
            yield line or self._at(self._clock.now, number, text, Kind.OTHER)
        if not started and early:
            beginning = self._beginning()
            yield from (self._at(beginning, *one) for one in early)

    def _line(self, number: int, text: str) -> Line | None:
        """A line that has a stamp; None for any other."""
        try:
            reading = self._section.read(text)
            if reading is None:
                alone = ALONE_STAMP.fullmatch(text)  # a timer's, in a dialogue of another program's log
                if alone is None:
                    return None
                reading = alone[1], ALONE
            stamp, happening = reading
            if type(happening) is DayTold:
                self._clock.begin(happening.day)
            at = self._clock.at(stamp, steps_back=self._section.steps_back and happening is not ALONE)
        except ClockError as fault:
            raise TranscriptError(f"{self._section.file}:{number}: {fault}") from fault
        kind = Kind.STAMP if happening is ALONE else Kind.LINE
        return Line(at, text, kind, happening, self._presence, self._hall, number)

    def _at(self, at: datetime, number: int, raw: str, kind: Kind) -> Line:
        return Line(at, raw, kind, PASSED, self._presence, self._hall, number)

    def _beginning(self) -> datetime:
        if not self._clock.started:
            raise TranscriptError(f"{self._section.file}: which day is this? say --date")
        return self._clock.now

    def _count(self, line: Line) -> None:
        if line.happening is UNKNOWN or (line.kind is Kind.OTHER and line.raw.strip()):
            self._unread.append(Unread(self._section.file, line.number, "not understood"))


def continued(held: Line | None, line: Line) -> str | None:
    """What `line` adds to the message of `held`; None where it is no continuation of one."""
    if held is None or not isinstance(held.happening, Spoke | Edit):
        return None
    found = CONTINUED.fullmatch(line.raw)
    return None if found is None else found[1] or ""


def joined(held: Line, further: list[tuple[str, str]]) -> Line:
    """The message of `held` with all its lines: as they stood, and what each adds."""
    said = held.happening
    assert isinstance(said, Spoke | Edit)
    raw = "\n".join([held.raw, *(raw for raw, _ in further)])
    return held._replace(raw=raw, happening=said._replace(further=tuple(text for _, text in further)))
