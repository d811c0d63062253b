"""The live state: sessions, the rooms where they run, streams, record numbers.

A turn works on a fork, which is adopted after the commit or dropped; a dropped fork leaves the base unchanged. The cost of
a fork depends only on its changes.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.core.events import Room
from bot.core.facts import GATHERING, LINK_FACTS, PROGRAMME_FACTS, Recorded, SessionOpened, Voided
from bot.core.people.identity import Identity
from bot.core.session.fold import begin, fold, grow
from bot.core.session.redacted_text import Blanks, Gone, without_text
from bot.core.session.rights import Watched
from bot.core.session.sequence import Growing
from bot.core.session.session import Entry, Nick, Session, voided_causes
from bot.core.state.overlay import (
    CASEMAPPINGS,
    COMMANDS,
    HEARD,
    HOSTS,
    NUMBERS,
    REMEMBERED,
    ROOMS,
    RUNNING,
    SAID,
    SESSIONS,
    SPOKE,
    STOPPED,
    STREAMS,
    TRACKS,
    WATCHED,
    K,
    MapName,
)
from bot.core.state.programme import with_programme
from bot.core.state.setup import Setup
from bot.core.state.streams import track_stream
from bot.core.state.view import StateView

NOBODY: Watched = {}
# the facts of the gathering's stream that change who is who, and those that change tracks and slots
LINKING = frozenset({None, Voided, *LINK_FACTS})
PROGRAMMING = frozenset({None, Voided, *PROGRAMME_FACTS})


class State(StateView):
    """The state with methods that change it, for the core and the runtime only."""

    def fork(self) -> "State":
        """A state on top of this one. Changes there leave this one alone."""
        return State(self.setup, self)

    def adopt(self) -> None:
        """Make the changes of this fork those of its base."""
        self._maps.adopt()
        base = self._base
        if isinstance(base, State):
            base.setup = self.setup
            if self._is_linked_anew:
                base._link_anew()  # noqa: SLF001 - of the same class
                base._persons = self._persons  # noqa: SLF001 - as above

    def configure(self, setup: Setup) -> None:
        """Take another configuration, at start."""
        self._configured = setup
        self.setup = with_programme(setup, self.stream(GATHERING))

    def changed(self) -> Mapping[str, Session]:
        """The sessions that this fork changed, by id."""
        return {name: session for name, session in self._maps.own(SESSIONS).items() if session is not None}

    def changed_streams(self) -> set[str]:
        """The names of the other streams that this fork changed."""
        return set(self._maps.own(STREAMS))

    def reached(self, session_id: str, cause: str) -> list[str]:
        """The streams, besides the session's own, with valid facts of a cause."""
        session = self.session(session_id)
        names = [GATHERING, *([track_stream(session.track)] if session is not None else [])]
        found = []
        for name in names:
            entries = self.stream(name)
            if any(entry.cause == cause for entry in entries) and cause not in voided_causes(entries):
                found.append(name)
        return found

    def rooms_of(self, stream: str) -> tuple[str, ...]:
        """The rooms that a stream concerns: those of its session, or the first ones of its track."""
        session = self.session(stream)
        if session is not None:
            return session.rooms
        track = self.setup.track_of(stream, None)
        return track.venues[0] if track is not None and track.venues else ()

    def apply(self, entry: Entry) -> None:
        """Apply an entry of the journal."""
        fact = entry.fact
        if isinstance(fact, SessionOpened):
            self.put(begin(entry))
            return
        session = self.session(entry.stream)
        if session is None:
            stream = self.stream(entry.stream)
            self._put_stream(entry.stream, stream.plus(entry) if stream else Growing((entry,)), type(fact))
            return
        grown = grow(session, entry)
        if isinstance(fact, Recorded):
            self._maps.put(NUMBERS, session.track, max(self.last_number(session.track), fact.n))
        self.put(grown)

    def count_records(self, session: Session) -> None:
        """Note the numbers that a loaded session has given, whatever the index of records says."""
        given = (entry.fact.n for entry in session.entries if isinstance(entry.fact, Recorded))
        self._maps.put(NUMBERS, session.track, max(self.last_number(session.track), *given, 0))

    def _put_stream(self, name: str, entries: Growing[Entry], added: type | None = None) -> None:
        """Keep a stream that got a fact of a class, or changed in any way (None)."""
        self._maps.put(STREAMS, name, entries)
        if name == GATHERING and added in LINKING:
            self._link_anew()
        if name == GATHERING and added in PROGRAMMING:
            self._programme_changed()

    def _link_anew(self) -> None:
        """Forget who is who: a link or a casemapping changed."""
        self._persons, self._is_linked_anew = None, True

    def put(self, session: Session) -> None:
        """Store a session, and update the rooms where it runs."""
        before = self.session(session.id)
        self._maps.put(SESSIONS, session.id, session)
        if before is None:
            self._list(TRACKS, session.track, session.id)
        self._watch(session.id, before.watched if before is not None else NOBODY, session.watched)
        for room in session.rooms:
            running = self.running(room)
            if session.ended is None:
                self._maps.put(RUNNING, room, session.id)
            elif running is not None and running.id == session.id:
                self._maps.drop(RUNNING, room)

    def _watch(self, session_id: str, before: Watched, now: Watched) -> None:
        """Note where nicks give rights, after a session changed or left memory."""
        if before is now:
            return
        for nick in now.keys() - before.keys():
            self._list(WATCHED, nick, session_id)
        for nick in before.keys() - now.keys():
            self._unlist(WATCHED, nick, session_id)

    def _list(self, index: MapName[K, tuple[str, ...]], key: K, session_id: str) -> None:
        self._maps.put(index, key, (*(self._maps.get(index, key) or ()), session_id))

    def _unlist(self, index: MapName[K, tuple[str, ...]], key: K, session_id: str) -> None:
        others = tuple(one for one in self._maps.get(index, key) or () if one != session_id)
        if others:
            self._maps.put(index, key, others)
        else:
            self._maps.drop(index, key)

    def redact_text(
        self, stream: str, messages: Collection[str], causes: Collection[str], blanks: Blanks
    ) -> None:
        """Remove the words of some messages and further causes from a stream."""
        self._replace(stream, without_text(self._entries(stream), messages, causes, blanks))

    def redact_copies(self, stream: str, gone: Gone, blanks: Blanks) -> None:
        """Remove redacted words from facts of a stream that copied them."""
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
            self._put_stream(stream, Growing(entries))

    def restore(self, streams: Mapping[str, Iterable[Entry]], numbers: Mapping[str, int]) -> None:
        """Load the streams and record numbers of storage, at start."""
        for name, entries in streams.items():
            self._put_stream(name, Growing(entries))
        for track, n in numbers.items():
            self._maps.put(NUMBERS, track, n)

    def forget(self, session_id: str) -> None:
        """Drop a closed and settled session from memory; storage keeps it."""
        session = self.session(session_id)
        if session is not None:
            self._unlist(TRACKS, session.track, session_id)
            self._watch(session_id, session.watched, NOBODY)
        self._maps.drop(SESSIONS, session_id)
        self._maps.drop(HEARD, session_id)
        self._maps.drop(STOPPED, session_id)
        for key in [key for key in self._maps.keys(SPOKE) if key[0] == session_id]:
            self._maps.drop(SPOKE, key)
        for key in [key for key in self._maps.keys(SAID) if key[0] == session_id]:
            self._maps.drop(SAID, key)

    def watching(self, nick: Nick) -> list[Session]:
        """The sessions in memory where a nick gives rights, or gave them."""
        ids = self._maps.get(WATCHED, nick) or ()
        return [session for name in ids if (session := self.session(name)) is not None]

    # The following values are no facts: a restart loses them, or restores them from storage's log.

    def heard(self, session_id: str, at: datetime) -> None:
        """Remember the time of the last line of a session; older lines that are played back do not count."""
        self._maps.put(HEARD, session_id, max(at, self._maps.get(HEARD, session_id) or at))

    def stopped_at(self, session_id: str) -> datetime | None:
        """The time of a session's last line before this start; None if the session began later."""
        return self._maps.get(STOPPED, session_id)

    def heard_before(self, session_id: str, at: datetime) -> None:
        """Set the time of a session's last line before this start, from storage."""
        self._maps.put(STOPPED, session_id, at)
        self.heard(session_id, at)

    def remember_room(self, room: Room) -> None:
        """Remember a room's present state, and how its network compares names. After a restart the network reports them again."""
        mappings = self._casemappings
        if mappings.get(room.network) != room.casemapping:
            self._maps.put(CASEMAPPINGS, "", {**mappings, room.network: room.casemapping})
            self._link_anew()
        if not room.private:
            self._maps.put(ROOMS, room.id, room)

    def count_command(self, room: str, message: str) -> int:
        """Count a command of a message of several lines, which come one after the other; returns their number."""
        last, count = self._maps.get(COMMANDS, room) or ("", 0)
        count = count + 1 if last == message else 1
        self._maps.put(COMMANDS, room, (message, count))
        return count

    def sighted(self, who: Identity, host: str) -> None:
        """Remember the user@host of somebody in a room of the bot."""
        self._maps.put(HOSTS, (who.network, who.key), host)

    def host_of(self, who: Identity) -> str:
        """The user@host of somebody in a room of the bot; empty if the network does not show it."""
        return self._maps.get(HOSTS, (who.network, who.key)) or ""

    def out_of_sight(self, who: Identity) -> None:
        """Forget the user@host of a nick: whoever has it next may be somebody else."""
        self._maps.drop(HOSTS, (who.network, who.key))

    def moved(self, old: Identity, new: Identity) -> None:
        """Move the user@host of somebody who changed nick."""
        host = self.host_of(old)
        self.out_of_sight(old)
        if host:
            self.sighted(new, host)

    def nobody_in_sight(self, network: str) -> None:
        """Forget everybody's user@host on a network."""
        for key in [key for key in self._maps.keys(HOSTS) if key[0] == network]:
            self._maps.drop(HOSTS, key)

    def remember(self, key: Hashable, value: object) -> None:
        """Keep a value of a plugin; see `effects.Remember`."""
        self._maps.put(REMEMBERED, key, value)

    def spoke(self, session_id: str, who: Identity, cause: str) -> None:
        """Remember the cause of somebody's last line in a session."""
        self._maps.put(SPOKE, (session_id, who.network, who.key), cause)

    def said_before(self, session_id: str, who: Identity) -> str | None:
        """The cause of somebody's last line in a session; None if there is none, or it is unknown."""
        return self._maps.get(SPOKE, (session_id, who.network, who.key))

    def spoke_at(self, session_id: str, who: Identity, at: datetime) -> None:
        """Remember the time of somebody's last line in a session."""
        self._maps.put(SAID, (session_id, who.network, who.key), at)

    def rename(self, session_id: str, old: Identity, new: Identity) -> None:
        """Move the last line of `old` to `new`: a nick changed."""
        before, after = ((session_id, name.network, name.key) for name in (old, new))
        said_at = self._maps.get(SAID, before)
        if said_at is not None:
            self._maps.drop(SAID, before)
            self._maps.put(SAID, after, said_at)
        cause = self._maps.get(SPOKE, before)
        if cause is not None:
            self._maps.put(SPOKE, before, "")
            self._maps.put(SPOKE, after, cause)
