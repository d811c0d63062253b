"""The sessions in memory, and the work that follows a turn: index rows, timers, room topics, dropping old sessions."""

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from msgspec import Struct

from bot.core.events import MomentDue
from bot.core.facts import GATHERING, Recorded, SightLost
from bot.core.people.persons import Links
from bot.core.plugin.register import Register
from bot.core.session.fold import fold
from bot.core.session.session import Entry, Session
from bot.core.state.programme import tracks_ever_added
from bot.core.state.state import State
from bot.core.state.streams import track_of_stream, track_stream
from bot.core.state.unreadable import Unreadable
from bot.runtime.timers import Timers
from bot.runtime.voice import Voice
from bot.storage.contract import (
    Batch,
    DamagedDatabase,
    Journal,
    RecordRow,
    SessionRow,
    StorageError,
    StorageFull,
)

log = logging.getLogger(__name__)

Row = tuple[datetime | None, bool]  # when the session ended, and whether it is live


class Consequences(Struct, frozen=True):
    """The changes of a turn, for the work after its commit.

    rows: the changed rows of the index, by session id
    logs: ids of the sessions whose log changed
    redacted: whether words were removed
    """

    sessions: Mapping[str, Session]
    streams: set[str]
    rows: Mapping[str, Row]
    logs: frozenset[str] = frozenset()
    redacted: bool = False


class LiveState:
    """Loads sessions into memory and drops them, keeps their index rows, and arms their moments.

    changed: is told what each commit changed, once it is written and said; None if nobody wants to know
    """

    def __init__(self, state: State, register: Register, journal: Journal) -> None:
        self._state = state
        self._register = register
        self._journal = journal
        self._rows: dict[str, Row] = {}
        self.changed: Callable[[Consequences], None] | None = None

    async def restore(self) -> None:
        """Fold the live sessions of storage, at start; a stream that cannot be read is left out."""
        state, journal = self._state, self._journal
        rows = await journal.live_sessions()
        state.configure(state.setup.with_tracks(row.track for row in rows))
        state.restore({GATHERING: await self._stream(state, GATHERING, "")}, await journal.last_numbers())
        added = tracks_ever_added(state.stream(GATHERING))
        slugs = dict.fromkeys((*(track.slug for track in state.setup.tracks), *added))
        names = {**{track_stream(slug): slug for slug in slugs}, **dict.fromkeys(self._register.streams, "")}
        state.restore({name: await self._stream(state, name, track) for name, track in names.items()}, {})
        for row in rows:
            rooms = row.rooms if row.ended is None else ()
            if await self._load(state, row.id, row.track, rooms):
                self._rows[row.id] = (row.ended, row.live)

    async def _stream(self, state: State, name: str, track: str) -> list[Entry]:
        found: list[Entry] = []
        async with leaving_out(state, name, track):
            entries = await self._journal.entries(name)
            Links(entries if name == GATHERING else ())  # it must be possible to fold them
            found += entries
        return found

    async def _load(
        self, state: State, session_id: str, track: str = "", rooms: tuple[str, ...] = ()
    ) -> bool:
        """Load a session into memory; False if it cannot be read."""
        if session_id in state.unreadable:
            return False
        async with leaving_out(state, session_id, track, rooms):
            entries = await self._journal.entries(session_id)
            if not entries:
                raise StorageError("it has no facts")
            session = fold(entries)
            if session.id != session_id:
                raise StorageError(f"its first fact opens {session.id}")
            heard = await self._journal.last_heard(session_id)
            state.put(session)
            state.count_records(session)
            if heard is not None:
                state.heard_before(session_id, heard)
        return session_id not in state.unreadable

    async def load(self, state: State, session_id: str, track: str = "") -> None:
        """Load a session into memory, if it is not there and can be read."""
        if state.session(session_id) is None:
            await self._load(state, session_id, track)

    async def load_record(self, state: State, track: str, n: int) -> None:
        """Load the session of a record into memory."""
        session_id = await self._journal.session_of_record(track, n)
        if session_id is not None:
            await self.load(state, session_id, track)

    def rooms_of(self, stream: str) -> tuple[str, ...]:
        """The rooms that a stream concerns."""
        return self._state.rooms_of(stream)

    def still_due(self, state: State, event: MomentDue) -> bool:
        """Whether a moment that rang is still due, or something changed meanwhile."""
        waiting = self._register.due(state, event.stream)
        return any(moment.name == event.name and moment.at == event.at for moment in waiting)

    def index(self, batch: Batch, fork: State) -> Consequences:
        """Add the index rows of a turn to its batch."""
        for entry in batch.entries:
            session = fork.session(entry.stream) if isinstance(entry.fact, Recorded) else None
            if session is not None and isinstance(entry.fact, Recorded):
                batch.records.append(RecordRow(session.track, entry.fact.n, session.id))
        sessions = dict(fork.changed())
        streams = fork.changed_streams()
        touched = dict(sessions)
        for slug in filter(None, map(track_of_stream, streams)):
            touched |= {session.id: session for session in fork.of_track(slug)}
        ended = [session for session in touched.values() if session.ended is not None]
        settled = {
            session.id: session
            for session in ended
            if not fork.unreadable.has_track(session.track) and self._register.settled(fork, session)
        }
        self._carry_over(batch, fork, settled.values())
        _end_watch(batch, fork, settled.values())
        rows: dict[str, Row] = {}
        for session in touched.values():
            row = (session.ended, session.id not in settled)
            if self._rows.get(session.id) != row:
                rows[session.id] = row
                batch.sessions.append(_row(session, live=row[1]))
        return Consequences(sessions, streams, rows, self._logs(batch), bool(batch.blankings))

    def _logs(self, batch: Batch) -> frozenset[str]:
        """The sessions whose log a batch changes; not worked out where nobody wants to know."""
        if self.changed is None:
            return frozenset()
        return frozenset(
            (*(line.session for line in batch.lines), *(blanking.stream for blanking in batch.blankings))
        )

    def _carry_over(self, batch: Batch, fork: State, sessions: Iterable[Session]) -> None:
        """Add the facts that plugins carry over from sessions that leave memory to the streams of their tracks."""
        for session in sessions:
            for n, fact in enumerate(self._register.carried_over(fork, session)):
                cause = f"{session.id}/kept{len(session.entries)}.{n}"
                at = session.entries[-1].at
                entry = Entry(track_stream(session.track), cause, at, None, fact)
                batch.entries.append(entry)
                fork.apply(entry)

    async def after(self, consequences: Consequences, timers: Timers, voice: Voice) -> None:
        """After a commit: arm timers, set room topics, drop settled sessions."""
        stirred = {*consequences.sessions, *consequences.streams}
        for session_id in consequences.rows:
            session = self._state.session(session_id)
            if session is not None:  # a session that opens or closes changes the moments of its track
                stirred.add(track_stream(session.track))
        for session in consequences.sessions.values():
            if session.ended is not None:  # and so does what is changed after its end
                stirred.add(track_stream(session.track))
        if GATHERING in stirred:  # links between accounts can change all moments
            stirred |= self._streams()
        for stream in sorted(stirred):
            self.arm(stream, timers)
        for session in consequences.sessions.values():
            await voice.show_topic(session, self._register.room_topic(self._state, session))
        self._note_rows(consequences.rows, timers)
        if self.changed is not None:
            self.changed(consequences)

    def _note_rows(self, rows: Mapping[str, Row], timers: Timers) -> None:
        """Note the written rows of the index, and drop settled sessions."""
        for session_id, row in rows.items():
            self._rows[session_id] = row
            if not row[1]:
                self._forget(session_id, timers)

    def _forget(self, session_id: str, timers: Timers) -> None:
        timers.arm(session_id, ())
        self._rows.pop(session_id, None)
        self._state.forget(session_id)

    def arm(self, stream: str, timers: Timers) -> None:
        """Arm the timers for the present moments of a stream."""
        if stream in self._state.unreadable:
            return
        try:
            moments = self._register.due(self._state, stream)
        except Exception:  # a plugin that fails for one stream must stop neither other timers nor the start
            log.exception("failed to work out the moments of %s", stream)
            return
        timers.arm(stream, moments)

    def arm_all(self, timers: Timers, voice: Voice) -> None:
        """After a start: arm all timers, and remember the topics of rooms."""
        for session in self._state.sessions():
            if session.ended is None:
                voice.remember_topic(session, self._register.room_topic(self._state, session))
        for stream in sorted(self._streams()):
            self.arm(stream, timers)

    def _streams(self) -> set[str]:
        """The streams that may have moments."""
        tracks = {track_stream(track.slug) for track in self._state.setup.tracks}
        return (
            tracks | {GATHERING, *self._register.streams} | {session.id for session in self._state.sessions()}
        )


def _end_watch(batch: Batch, fork: State, sessions: Iterable[Session]) -> None:
    """Let the rights lapse that only nicks prove in sessions that leave memory: nobody follows these nicks anymore.

    Where the network shows no hosts (a log) they stay: nobody could be recognized again.
    """
    for session in sessions:
        seen = session.watched.items()
        for network in sorted({network for (network, _), (host, _) in seen if host}):
            lost = SightLost(network)
            if session.entries[-1].fact != lost:
                cause = f"{session.id}/unwatched{len(session.entries)}"
                entry = Entry(session.id, cause, session.entries[-1].at, None, lost)
                batch.entries.append(entry)
                fork.apply(entry)


def _row(session: Session, *, live: bool) -> SessionRow:
    return SessionRow(
        id=session.id,
        track=session.track,
        rooms=session.rooms,
        date=session.date,
        started=session.started,
        ended=session.ended,
        live=live,
    )


@asynccontextmanager
async def leaving_out(
    state: State, stream: str, track: str, rooms: tuple[str, ...] = ()
) -> AsyncIterator[None]:
    """Leave a stream out of memory if it cannot be read; an outage or a damaged file concerns all streams."""
    try:
        yield
    except (StorageFull, DamagedDatabase):
        raise
    except Exception as error:  # noqa: BLE001 - a damaged fact can break its fold in any way
        why = f"{type(error).__name__}: {error}" if not isinstance(error, StorageError) else str(error)
        log.error("%s cannot be read and is left out: %s", stream, why)  # noqa: TRY400 - the reason says it
        state.unreadable.add(Unreadable(stream, track, rooms, why))
