"""The state of all that is live: sessions, who runs where, streams, record numbers.

Rules of this file: a turn works on a fork; the fork is adopted after its commit, or dropped. A fork costs what it
changes, not what there is. Sessions are immutable; the maps around them are ours alone.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from bot.core.events import Room
from bot.core.facts import GATHERING, Recorded, SessionOpened
from bot.core.people.identity import Identity
from bot.core.people.persons import Links, Persons
from bot.core.session.fold import begin, fold, grow
from bot.core.session.redacted_text import Blanks, without_text
from bot.core.session.session import Entry, Session, voided_causes
from bot.core.state.setup import Setup
from bot.core.state.streams import track_stream

F = TypeVar("F")


class State:
    """What handlers see of the state; `fork` is where a turn's facts go first."""

    def __init__(self, setup: Setup, base: "State | None" = None) -> None:
        self.setup = setup
        self._base = base
        self._sessions: dict[str, Session] = {}
        self._running: dict[str, str | None] = {}
        self._streams: dict[str, tuple[Entry, ...]] = {}
        self._numbers: dict[str, int] = {}
        self._spoke: dict[tuple[str, str, str], str] = {}
        # one map for all forks, of what is no fact
        self._heard: dict[str, datetime] = base._heard if base else {}  # noqa: SLF001 - the base is a state too
        self._stopped: dict[str, datetime] = base._stopped if base else {}  # noqa: SLF001
        self._said: dict[tuple[str, str, str], datetime] = base._said if base else {}  # noqa: SLF001
        self._rooms: dict[str, Room] = base._rooms if base else {}  # noqa: SLF001
        self._notes: dict[Hashable, object] = base._notes if base else {}  # noqa: SLF001
        self._persons: tuple[tuple[Entry, ...], Persons] | None = None

    def fork(self) -> "State":
        """A state on top of this one. Changes there leave this one alone."""
        return State(self.setup, self)

    def adopt(self) -> None:
        """Make the changes of this fork those of its base."""
        if self._base is None:
            raise RuntimeError("only a fork can be adopted")
        self._base._sessions.update(self._sessions)  # noqa: SLF001 - the base is a state too
        self._base._running.update(self._running)  # noqa: SLF001
        self._base._streams.update(self._streams)  # noqa: SLF001
        self._base._numbers.update(self._numbers)  # noqa: SLF001
        self._base._spoke.update(self._spoke)  # noqa: SLF001

    def session(self, session_id: str) -> Session | None:
        """A live (or loaded) session."""
        found = self._sessions.get(session_id)
        return found if found is not None or self._base is None else self._base.session(session_id)

    def running(self, room: str) -> Session | None:
        """The session that runs in a room."""
        if room in self._running:
            running = self._running[room]
            return self.session(running) if running else None
        if self._base is None:
            return None
        at_base = self._base.running(room)
        return self.session(at_base.id) if at_base else None

    def sessions(self) -> Iterator[Session]:
        """All sessions in memory, in no order."""
        if self._base is not None:
            for session in self._base.sessions():
                if session.id not in self._sessions:
                    yield session
        yield from self._sessions.values()

    def of_track(self, track: str) -> list[Session]:
        """The sessions of a track that are in memory, by start."""
        return sorted((s for s in self.sessions() if s.track == track), key=lambda session: session.started)

    def stream(self, name: str) -> tuple[Entry, ...]:
        """The entries of a stream that is no session ("track/slug")."""
        found = self._streams.get(name)
        if found is not None:
            return found
        return self._base.stream(name) if self._base is not None else ()

    def reached(self, session_id: str, cause: str) -> list[str]:
        """The streams beside a session's own in which a cause left facts that stand."""
        session = self.session(session_id)
        names = [GATHERING, *([track_stream(session.track)] if session is not None else [])]
        found = []
        for name in names:
            entries = self.stream(name)
            if any(one.cause == cause for one in entries) and cause not in voided_causes(entries):
                found.append(name)
        return found

    def every(self, stream: str, kind: type[F]) -> list[F]:
        """All facts of a kind in a stream, without those taken back."""
        entries = self.stream(stream)
        voided = voided_causes(entries)
        return [e.fact for e in entries if isinstance(e.fact, kind) and e.cause not in voided]

    def last_number(self, track: str) -> int:
        """The highest record number that a track's gathering has used."""
        found = self._numbers.get(track)
        if found is not None:
            return found
        return self._base.last_number(track) if self._base is not None else 0

    def last_heard(self, session_id: str) -> datetime | None:
        """When the last line of a session was said."""
        return self._heard.get(session_id)

    def heard(self, session_id: str, at: datetime) -> None:
        """Remember when the last line of a session was said. Not a fact: storage's log knows it too.

        A line that is played back makes a session no more silent than it was.
        """
        self._heard[session_id] = max(at, self._heard.get(session_id, at))

    def stopped_at(self, session_id: str) -> datetime | None:
        """When the last line of a session was said before this start; None where the session began after it."""
        return self._stopped.get(session_id)

    def heard_before(self, session_id: str, at: datetime) -> None:
        """Take it from storage when the last line of a session was said before this start."""
        self._stopped[session_id] = at
        self.heard(session_id, at)

    def room(self, room_id: str) -> Room | None:
        """A room as its network last showed it; None where nothing was heard of it since the start."""
        return self._rooms.get(room_id)

    def remember_room(self, room: Room) -> None:
        """Remember how a room is now. Not a fact: after a restart the network tells it again."""
        if not room.private:
            self._rooms[room.id] = room

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

    def identities_of(self, identity: Identity) -> tuple[Identity, ...]:
        """All identities that are proven to be the same human, the given one first; see `Persons`."""
        return self.persons.identities_of(identity)

    def person_of(self, identity: Identity, session: Session | None = None) -> Hashable:
        """By what one human counts once, in votes and on the floor; see `Persons`."""
        return self.persons.person_of(identity, session)

    @property
    def notes(self) -> dict[Hashable, object]:
        """What plugins keep in mind, each by keys of its own. No facts: a restart forgets them."""
        return self._notes

    def spoke(self, session_id: str, who: Identity, cause: str) -> None:
        """Remember what somebody said last in a session. Not a fact: after a restart it is not known."""
        self._spoke[session_id, who.network, who.key] = cause

    def spoke_at(self, session_id: str, who: Identity, at: datetime) -> None:
        """Remember when somebody last said something in a session. Not a fact, as above."""
        self._said[session_id, who.network, who.key] = at

    def last_spoke(self, session_id: str, who: Identity) -> datetime | None:
        """When somebody last said something in a session under this name; None when never, or not known."""
        return self._said.get((session_id, who.network, who.key))

    def said_before(self, session_id: str, who: Identity) -> str | None:
        """The cause of what somebody said last in a session; None when nothing, or not known."""
        found = self._spoke.get((session_id, who.network, who.key))
        return found if found is not None or self._base is None else self._base.said_before(session_id, who)

    def rename(self, session_id: str, old: Identity, new: Identity) -> None:
        """What `old` said last, `new` said: a nick changed."""
        said_at = self._said.pop((session_id, old.network, old.key), None)
        if said_at is not None:
            self.spoke_at(session_id, new, said_at)
        cause = self.said_before(session_id, old)
        if cause is not None:
            self.spoke(session_id, old, "")
            self.spoke(session_id, new, cause)

    def changed(self) -> Mapping[str, Session]:
        """The sessions that this fork changed."""
        return self._sessions

    def changed_streams(self) -> set[str]:
        """Names of the other streams that this fork changed."""
        return set(self._streams)

    def apply(self, entry: Entry) -> None:
        """Add one entry of the journal."""
        fact = entry.fact
        if isinstance(fact, SessionOpened):
            self.put(begin(entry))
            return
        session = self.session(entry.stream)
        if session is None:
            self._streams[entry.stream] = (*self.stream(entry.stream), entry)
            return
        grown = grow(session, entry)
        if isinstance(fact, Recorded):
            self._numbers[session.track] = max(self.last_number(session.track), fact.n)
        self.put(grown)

    def redact_text(
        self, stream: str, messages: Collection[str], causes: Collection[str], declared: Blanks
    ) -> None:
        """Take the words of some messages, and of some further causes, out of a stream."""
        session = self.session(stream)
        if session is not None:
            self.put(fold(without_text(session.entries, messages, causes, declared)))
        else:
            self._streams[stream] = tuple(without_text(self.stream(stream), messages, causes, declared))

    def put(self, session: Session) -> None:
        """Hold a session; where it runs (or ran) follows from it."""
        self._sessions[session.id] = session
        for room in session.rooms:
            running = self.running(room)
            if session.ended is None:
                self._running[room] = session.id
            elif running is not None and running.id == session.id:
                self._running[room] = None

    def restore(self, streams: Mapping[str, tuple[Entry, ...]], numbers: Mapping[str, int]) -> None:
        """Take what storage knows at start."""
        self._streams.update(streams)
        self._numbers.update(numbers)

    def forget(self, session_id: str) -> None:
        """Drop a session that is over and settled from memory; storage has it."""
        self._sessions.pop(session_id, None)
        self._heard.pop(session_id, None)
        self._stopped.pop(session_id, None)
        for key in [key for key in self._spoke if key[0] == session_id]:
            del self._spoke[key]
        for key in [key for key in self._said if key[0] == session_id]:
            del self._said[key]
