"""Keeping house after a turn: indexes, what stays in memory, timers, room topics; and loading what is needed."""

from collections.abc import Mapping
from datetime import datetime

from bot.core.facts import Recorded
from bot.core.fold import fold
from bot.core.messages import MomentDue
from bot.core.register import Register
from bot.core.session import Session
from bot.core.world import World
from bot.runtime.clocks import Timers
from bot.runtime.voice import Voice
from bot.storage.contract import Batch, Journal, RecordRow, SessionRow

TRACK = "track/"


class Keeping:
    """What follows from the state: which rows the index has, which sessions stay, which moments wait."""

    def __init__(self, world: World, register: Register, journal: Journal) -> None:
        self._world = world
        self._register = register
        self._journal = journal
        self._rows: dict[str, tuple[datetime | None, bool]] = {}

    async def restore(self) -> None:
        """Fold what storage knows is live, at start."""
        world, journal = self._world, self._journal
        streams = {
            f"{TRACK}{t.slug}": tuple(await journal.entries(f"{TRACK}{t.slug}")) for t in world.setup.tracks
        }
        world.restore(
            {name: entries for name, entries in streams.items() if entries}, await journal.last_numbers()
        )
        for row in await journal.live_sessions():
            await self._load(world, row.id)
            self._rows[row.id] = (row.ended, row.live)

    async def _load(self, world: World, session_id: str) -> None:
        entries = await self._journal.entries(session_id)
        if not entries:
            return
        world.put(fold(entries))
        heard = await self._journal.last_heard(session_id)
        if heard is not None:
            world.heard(session_id, heard)

    async def load_record(self, world: World, track: str, n: int) -> None:
        """Bring the session of a record into memory; it stays as long as this fork (or its base) does."""
        session_id = await self._journal.session_of_record(track, n)
        if session_id is not None and world.session(session_id) is None:
            await self._load(world, session_id)

    def still_due(self, world: World, event: MomentDue) -> bool:
        """Whether a moment that rang still waits in the state; if not, it is let go."""
        waiting = self._register.due(world, event.stream)
        return any(moment.name == event.name and moment.at == event.at for moment in waiting)

    def index(
        self, batch: Batch, changed: Mapping[str, Session], streams: set[str], fork: World
    ) -> list[Session]:
        """Add the index rows of a turn to its batch; the sessions that settled."""
        for entry in batch.entries:
            if isinstance(entry.fact, Recorded):
                session = fork.session(entry.stream)
                if session is not None:
                    batch.records.append(RecordRow(session.track, entry.fact.n, session.id))
        touched = dict(changed)
        for stream in streams:
            touched |= {session.id: session for session in fork.of_track(stream.removeprefix(TRACK))}
        settled = []
        for session in touched.values():
            live = not self._register.settled(fork, session)
            if self._rows.get(session.id) != (session.ended, live):
                batch.sessions.append(_row(session, live=live))
            if not live:
                settled.append(session)
        return settled

    async def after(
        self,
        changed: Mapping[str, Session],
        streams: set[str],
        settled: list[Session],
        timers: Timers,
        voice: Voice,
    ) -> None:
        """What follows a commit: timers, room topics, forgetting."""
        stirred = set(streams)
        for session in changed.values():
            timers.arm(session.id, self._register.due(self._world, session.id))
            row = (session.ended, True)
            if self._rows.get(session.id) != row:
                stirred.add(f"{TRACK}{session.track}")
                self._rows[session.id] = row
            await voice.show_topic(session, self._register.room_topic(self._world, session))
        for stream in stirred:
            timers.arm(stream, self._register.due(self._world, stream))
        for session in settled:
            timers.arm(session.id, ())
            self._rows.pop(session.id, None)
            self._world.forget(session.id)

    def arm_all(self, timers: Timers, voice: Voice) -> None:
        """Arm what waits after a start, and remember what the rooms show."""
        for session in self._world.sessions():
            if session.ended is None:
                voice.remember_topic(session, self._register.room_topic(self._world, session))
        streams = {session.id for session in self._world.sessions()}
        streams |= {f"{TRACK}{track.slug}" for track in self._world.setup.tracks}
        for stream in sorted(streams):
            timers.arm(stream, self._register.due(self._world, stream))


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
