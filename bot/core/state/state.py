"""The state of all that is live: sessions, who runs where, streams, record numbers.

Rules of this file: a turn works on a fork; the fork is adopted after its commit, or dropped, and then the base is as it
was. A fork costs what it changes, not what there is.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.core.events import Room
from bot.core.facts import GATHERING, Recorded, SessionOpened
from bot.core.people.identity import Identity
from bot.core.session.fold import begin, fold, grow
from bot.core.session.redacted_text import Blanks, Gone, without_text
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
    SPOKE,
    STOPPED,
    STREAMS,
)
from bot.core.state.streams import track_stream
from bot.core.state.view import StateView


class State(StateView):
    """The state with what changes it: for the core and the runtime alone."""

    def fork(self) -> "State":
        """A state on top of this one. Changes there leave this one alone."""
        return State(self.setup, self)

    def adopt(self) -> None:
        """Make the changes of this fork those of its base."""
        self._maps.adopt()

    def changed(self) -> Mapping[str, Session]:
        """The sessions that this fork changed."""
        return {name: session for name, session in self._maps.own(SESSIONS).items() if session is not None}

    def changed_streams(self) -> set[str]:
        """Names of the other streams that this fork changed."""
        return set(self._maps.own(STREAMS))

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

    def apply(self, entry: Entry) -> None:
        """Add one entry of the journal."""
        fact = entry.fact
        if isinstance(fact, SessionOpened):
            self.put(begin(entry))
            return
        session = self.session(entry.stream)
        if session is None:
            stream = self.stream(entry.stream)
            self._maps.put(STREAMS, entry.stream, stream.plus(entry) if stream else Growing((entry,)))
            return
        grown = grow(session, entry)
        if isinstance(fact, Recorded):
            self._maps.put(NUMBERS, session.track, max(self.last_number(session.track), fact.n))
        self.put(grown)

    def put(self, session: Session) -> None:
        """Hold a session; where it runs (or ran) follows from it."""
        self._maps.put(SESSIONS, session.id, session)
        for room in session.rooms:
            running = self.running(room)
            if session.ended is None:
                self._maps.put(RUNNING, room, session.id)
            elif running is not None and running.id == session.id:
                self._maps.drop(RUNNING, room)

    def redact_text(
        self, stream: str, messages: Collection[str], causes: Collection[str], blanks: Blanks
    ) -> None:
        """Take the words of some messages, and of some further causes, out of a stream."""
        self._replace(stream, without_text(self._entries(stream), messages, causes, blanks))

    def redact_copies(self, stream: str, gone: Gone, blanks: Blanks) -> None:
        """Take words that are gone out of the facts of a stream that copied them."""
        entries = self._entries(stream)
        left = [(entry, blanks.without_copies(entry.fact, gone)) for entry in entries]
        if any(entry.fact != fact for entry, fact in left):
            self._replace(stream, [replace(entry, fact=fact) for entry, fact in left])

    def _entries(self, stream: str) -> Sequence[Entry]:
        session = self.session(stream)
        return session.entries if session is not None else self.stream(stream)

    def _replace(self, stream: str, entries: Sequence[Entry]) -> None:
        if self.session(stream) is not None:
            self.put(fold(entries))
        else:
            self._maps.put(STREAMS, stream, Growing(entries))

    def restore(self, streams: Mapping[str, Iterable[Entry]], numbers: Mapping[str, int]) -> None:
        """Take what storage knows at start."""
        for name, entries in streams.items():
            self._maps.put(STREAMS, name, Growing(entries))
        for track, n in numbers.items():
            self._maps.put(NUMBERS, track, n)

    def forget(self, session_id: str) -> None:
        """Drop a session that is over and settled from memory; storage has it."""
        self._maps.drop(SESSIONS, session_id)
        self._maps.drop(HEARD, session_id)
        self._maps.drop(STOPPED, session_id)
        for key in [key for key in self._maps.keys(SPOKE) if key[0] == session_id]:
            self._maps.drop(SPOKE, key)
        for key in [key for key in self._maps.keys(SAID) if key[0] == session_id]:
            self._maps.drop(SAID, key)

    # What follows is no fact: a restart forgets it, or storage's log knows it too.

    def heard(self, session_id: str, at: datetime) -> None:
        """Remember when the last line of a session was said.

        A line that is played back makes a session no more silent than it was.
        """
        self._maps.put(HEARD, session_id, max(at, self._maps.get(HEARD, session_id) or at))

    def stopped_at(self, session_id: str) -> datetime | None:
        """When the last line of a session was said before this start; None where the session began after it."""
        return self._maps.get(STOPPED, session_id)

    def heard_before(self, session_id: str, at: datetime) -> None:
        """Take it from storage when the last line of a session was said before this start."""
        self._maps.put(STOPPED, session_id, at)
        self.heard(session_id, at)

    def remember_room(self, room: Room) -> None:
        """Remember how a room is now. After a restart the network tells it again."""
        if not room.private:
            self._maps.put(ROOMS, room.id, room)

    def remember(self, key: Hashable, value: object) -> None:
        """Keep what a plugin wants to know again; see `effects.Remember`."""
        self._maps.put(REMEMBERED, key, value)

    def spoke(self, session_id: str, who: Identity, cause: str) -> None:
        """Remember the cause of what somebody said last in a session."""
        self._maps.put(SPOKE, (session_id, who.network, who.key), cause)

    def said_before(self, session_id: str, who: Identity) -> str | None:
        """The cause of what somebody said last in a session; None when nothing, or not known."""
        return self._maps.get(SPOKE, (session_id, who.network, who.key))

    def spoke_at(self, session_id: str, who: Identity, at: datetime) -> None:
        """Remember when somebody last said something in a session."""
        self._maps.put(SAID, (session_id, who.network, who.key), at)

    def rename(self, session_id: str, old: Identity, new: Identity) -> None:
        """What `old` said last, `new` said: a nick changed."""
        before, after = ((session_id, one.network, one.key) for one in (old, new))
        said_at = self._maps.get(SAID, before)
        if said_at is not None:
            self._maps.drop(SAID, before)
            self._maps.put(SAID, after, said_at)
        cause = self._maps.get(SPOKE, before)
        if cause is not None:
            self._maps.put(SPOKE, before, "")
            self._maps.put(SPOKE, after, cause)
