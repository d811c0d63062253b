"""What plugins see of the state: sessions, streams, people and rooms, to read and not to change.

Rules of this file: nothing here changes anything. Sessions and entries are immutable; the maps belong to `State`.
"""

from collections.abc import Hashable, Iterator
from datetime import datetime
from typing import TypeVar

from bot.core.events import Room
from bot.core.facts import GATHERING
from bot.core.people.identity import Identity
from bot.core.people.persons import Links, Persons
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Session, voided_causes
from bot.core.state.overlay import (
    HEARD,
    NUMBERS,
    REMEMBERED,
    ROOMS,
    RUNNING,
    SAID,
    SESSIONS,
    STREAMS,
    Overlay,
)
from bot.core.state.setup import Setup

F = TypeVar("F")

NOTHING: Growing[Entry] = Growing()


class StateView:
    """The state as handlers, folds and hooks get it. What is to change, they order with an effect."""

    def __init__(self, setup: Setup, base: "StateView | None" = None) -> None:
        self.setup = setup
        self._base = base
        self._maps: Overlay = Overlay(base._maps if base is not None else None)  # noqa: SLF001 - the base is a state too
        self._persons: tuple[Growing[Entry], Persons] | None = None

    def session(self, session_id: str) -> Session | None:
        """A session that is in memory."""
        return self._maps.get(SESSIONS, session_id)

    def running(self, room: str) -> Session | None:
        """The session that runs in a room."""
        running = self._maps.get(RUNNING, room)
        return self._maps.get(SESSIONS, running) if running is not None else None

    def sessions(self) -> Iterator[Session]:
        """All sessions in memory, in no order."""
        return (
            session
            for one in self._maps.keys(SESSIONS)
            if (session := self._maps.get(SESSIONS, one)) is not None
        )

    def of_track(self, track: str) -> list[Session]:
        """The sessions of a track that are in memory, by start."""
        return sorted((s for s in self.sessions() if s.track == track), key=lambda session: session.started)

    def stream(self, name: str) -> Growing[Entry]:
        """The entries of a stream that is no session ("track/slug")."""
        return self._maps.get(STREAMS, name) or NOTHING

    def every(self, stream: str, kind: type[F]) -> list[F]:
        """All facts of a kind in a stream, without those taken back."""
        entries = self.stream(stream)
        voided = voided_causes(entries)
        return [e.fact for e in entries if isinstance(e.fact, kind) and e.cause not in voided]

    def last_number(self, track: str) -> int:
        """The highest record number that a track's gathering has used."""
        return self._maps.get(NUMBERS, track) or 0

    def last_heard(self, session_id: str) -> datetime | None:
        """When the last line of a session was said."""
        return self._maps.get(HEARD, session_id)

    def last_spoke(self, session_id: str, who: Identity) -> datetime | None:
        """When somebody last said something in a session under this name; None when never, or not known."""
        return self._maps.get(SAID, (session_id, who.network, who.key))

    def room(self, room_id: str) -> Room | None:
        """A room as its network last showed it; None where nothing was heard of it since the start."""
        return self._maps.get(ROOMS, room_id)

    @property
    def persons(self) -> Persons:
        """Who is one person, as far as that is proven now; worked out anew when somebody is linked."""
        entries = self.stream(GATHERING)
        if self._base is not None and entries is self._base.stream(GATHERING):
            return self._base.persons
        if self._persons is None or self._persons[0] is not entries:
            setup = self.setup
            self._persons = (entries, Persons(setup.networks, setup.puppets, Links(entries)))
        return self._persons[1]

    def remembered(self, key: Hashable) -> object:
        """What a `Remember` with this key kept since the start; None where none did."""
        return self._maps.get(REMEMBERED, key)

    def person_of(self, identity: Identity, session: Session | None = None) -> Hashable:
        """By what one human counts once, in votes and on the floor; see `Persons`."""
        return self.persons.person_of(identity, session)
