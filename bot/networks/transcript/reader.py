"""Reads log files as if they happened now: gives all entries in the order of time.

Files are read line by line on demand; a room's members are those at the moment of the line.
"""

import heapq
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter

from bot.networks.transcript.line_events import Spoke
from bot.networks.transcript.log_entry import NOBODY_KNOWN, LogEntry, Options, TranscriptError, UnreadLine
from bot.networks.transcript.log_network import LogNetwork
from bot.networks.transcript.names import server_of
from bot.networks.transcript.section_reader import SectionReader, span
from bot.networks.transcript.sections import Section, cut, not_understood, quoted


class Transcript:
    """Logs, merged by time; iterate over it for the entries.

    unread:  lines that were not understood so far
    heard:   how many messages were understood so far
    unnamed: channels whose log names no network, so that they belong to that of the options
    """

    def __init__(self, files: Iterable[tuple[str, bytes]], options: Options | None = None) -> None:
        """`files` are names and contents. Raises TranscriptError for faults that show before playing."""
        options = options or Options()
        self._people = options.people
        self._sections = [section for name, data in files for section in cut(name, data, options)]
        _check_assumed(self._sections)
        self._matrix = options.matrix | {section.network for section in self._sections if section.matrix}
        self._puppets = {puppets.network: puppets for puppets in options.puppets}
        self.unread: list[UnreadLine] = []
        self.heard = 0
        self.unnamed = frozenset(
            section.room.partition("/")[2] for section in self._sections if not section.names_network
        )

    def __iter__(self) -> Iterator[LogEntry]:
        """All entries from the beginning. Raises TranscriptError if a day is missing or impossible."""
        self.unread.clear()
        self.heard = 0
        present: dict[str, LogNetwork] = {}
        readers = []
        for section in self._sections:
            network = present.get(section.network) or self._network(section.network)
            present[section.network] = network
            readers.append(SectionReader(section, network, self.unread).lines())
        merged = readers[0] if len(readers) == 1 else heapq.merge(*readers, key=attrgetter("at"))
        for at, raw, kind, event, network, room, _ in merged:
            self.heard += type(event) is Spoke
            events = network.events_of(room, event, at)
            yield LogEntry(at, raw, events, room.room, kind)

    def unread_note(self) -> str:
        """What was not understood so far, in a line for the user; empty if everything was."""
        if not self.unread:
            return ""
        first, count = self.unread[0], len(self.unread)
        lines = "1 line" if count == 1 else f"{count} lines"
        return f"{lines} not understood, first: {first.file}:{first.line}: {quoted(first.text)}"

    def check_heard(self) -> None:
        """Raise TranscriptError if no message was understood so far, and not all lines were."""
        if not self.heard and self.unread:
            first = self._sections[0]
            raise not_understood(first.file, first.content)

    def _network(self, network: str) -> LogNetwork:
        """A network; on Matrix, its server is that of its first room."""
        rooms = (section.room.partition("/")[2] for section in self._sections if section.network == network)
        server = next((found for room in rooms if (found := server_of(room))), "")
        return LogNetwork(
            network,
            matrix=network in self._matrix,
            server=server,
            puppets=self._puppets.get(network),
            people=self._people.get(network, NOBODY_KNOWN),
        )


def _check_assumed(sections: Iterable[Section]) -> None:
    """One --date is not the day of two logs of a channel that would overlap. Raises TranscriptError."""
    by_room: dict[str, list[Section]] = {}
    for section in sections:
        if section.assumed:
            by_room.setdefault(section.room, []).append(section)
    for same_room in by_room.values():
        for one, two in pairwise(same_room):
            (_, ended), (began, _) = span(one), span(two)
            if len(began) <= len("HH:MM:SS") and began < ended:
                raise TranscriptError(
                    f"{two.file}: --date names one day, but {one.file} ends at {ended} and this begins at {began};"
                    " put the days into the files' names, such as 2027-10-19.log"
                )
