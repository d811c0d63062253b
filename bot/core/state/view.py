"""The state as plugins see it: sessions, streams, people and rooms, read-only.

Sessions and entries are immutable, and nothing here changes the maps, which belong to `State`.
"""

from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from bot.core.events import Room
from bot.core.facts import GATHERING
from bot.core.people.identity import Identity
from bot.core.people.persons import Links, Persons
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Session, voided_causes
from bot.core.state.holders import persons_by
from bot.core.state.overlay import (
    CASEMAPPINGS,
    HEARD,
    NUMBERS,
    REMEMBERED,
    ROOMS,
    RUNNING,
    SAID,
    SESSIONS,
    STREAMS,
    TRACKS,
    Overlay,
)
from bot.core.state.programme import with_programme
from bot.core.state.setup import Setup
from bot.core.state.unreadable import UnreadableStreams

F = TypeVar("F")

NOTHING: Growing[Entry] = Growing()
UNKNOWN: Mapping[str, str] = {}


class StateView:
    """The state for handlers, folds and hooks. They order changes with effects.

    setup:      the configuration, with the tracks and slots that people added and booked
    unreadable: the streams that are not in memory because they cannot be read
    """

    def __init__(self, setup: Setup, base: "StateView | None" = None) -> None:
        self._setup, self._is_setup_old = setup, False
        self._configured: Setup = base._configured if base is not None else setup  # noqa: SLF001 - the base is a state too
        self.unreadable: UnreadableStreams = base.unreadable if base is not None else UnreadableStreams()
        self._base = base
        self._maps: Overlay = Overlay(base._maps if base is not None else None)  # noqa: SLF001 - the base is a state too
        self._persons: Persons | None = None
        self._is_linked_anew = False  # a link or a casemapping changed here

    @property
    def setup(self) -> Setup:
        """The configuration with the programme, which is folded when somebody asks: an import has a thousand facts."""
        if self._is_setup_old:
            self.setup = with_programme(self._configured, self.stream(GATHERING))
        return self._setup

    @setup.setter
    def setup(self, setup: Setup) -> None:
        self._setup, self._is_setup_old = setup, False

    def _programme_changed(self) -> None:
        self._is_setup_old = True

    def session(self, session_id: str) -> Session | None:
        """A session in memory; None if it is not there."""
        return self._maps.get(SESSIONS, session_id)

    def running(self, room: str) -> Session | None:
        """The session that runs in a room; None if there is none."""
        running = self._maps.get(RUNNING, room)
        return self._maps.get(SESSIONS, running) if running is not None else None

    def sessions(self) -> Iterator[Session]:
        """All sessions in memory, in no order."""
        return (
            session
            for session_id in self._maps.keys(SESSIONS)
            if (session := self._maps.get(SESSIONS, session_id)) is not None
        )

    def of_track(self, track: str) -> list[Session]:
        """The sessions of a track that are in memory, by start."""
        ids = self._maps.get(TRACKS, track) or ()
        found = (session for name in ids if (session := self.session(name)) is not None)
        return sorted(found, key=lambda session: session.started)

    def stream(self, name: str) -> Growing[Entry]:
        """The entries of a stream that is not a session's ("track/slug")."""
        return self._maps.get(STREAMS, name) or NOTHING

    def every(self, stream: str, kind: type[F]) -> list[F]:
        """All facts of a class in a stream that were not undone."""
        entries = self.stream(stream)
        voided = voided_causes(entries)
        return [e.fact for e in entries if isinstance(e.fact, kind) and e.cause not in voided]

    def last_number(self, track: str) -> int:
        """The highest record number that a track's gathering has used."""
        return self._maps.get(NUMBERS, track) or 0

    def last_heard(self, session_id: str) -> datetime | None:
        """The time of the last line of a session; None if unknown."""
        return self._maps.get(HEARD, session_id)

    def last_spoke(self, session_id: str, who: Identity) -> datetime | None:
        """The time of somebody's last line in a session under this name; None if there is none, or it is unknown."""
        return self._maps.get(SAID, (session_id, who.network, who.key))

    def room(self, room_id: str) -> Room | None:
        """A room as its network last reported it; None if there was no report since the start."""
        return self._maps.get(ROOMS, room_id)

    @property
    def _casemappings(self) -> Mapping[str, str]:
        return self._maps.get(CASEMAPPINGS, "") or UNKNOWN

    @property
    def persons(self) -> Persons:
        """Resolves identities to persons by the present proofs; it is rebuilt after each new link or casemapping."""
        if self._persons is None:
            base, setup = self._base, self.setup
            if base is not None and not self._is_linked_anew:
                self._persons = base.persons
            else:
                links = Links(self.stream(GATHERING))
                self._persons = persons_by(setup, links, self._casemappings)
        return self._persons

    def remembered(self, key: Hashable) -> object:
        """The value of the last `Remember` with this key since the start; None if there was none."""
        return self._maps.get(REMEMBERED, key)

    def person_of(self, identity: Identity, session: Session | None = None) -> Hashable:
        """A key by which one human counts once, in votes and on the floor; see `Persons.person_of`."""
        return self.persons.person_of(identity, session)
