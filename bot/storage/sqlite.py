"""The journal and the outbox in a SQLite file, with a connection for writing and another for long reads."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.core.earlier_messages import Earlier
from bot.core.session.redacted_text import Blanks
from bot.core.session.session import Entry
from bot.storage import keys, message_versions, outbox, queries, undelivered
from bot.storage.batches import Writer
from bot.storage.codec import UPCASTERS, Codec, Upcaster
from bot.storage.connection import MEMORY, Connection, Job, T, open_to_read, open_to_write
from bot.storage.contract import (
    Attended,
    Batch,
    KeptKey,
    LoggedLine,
    Posted,
    SessionRow,
    Settled,
    StorageError,
    Undelivered,
)
from bot.storage.journal_mark import MarkWriter

PAGE = 500  # entries decoded at a time, so that the event loop can run in between


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open(  # noqa: A001 - read as sqlite.open
    path: str | Path,
    facts: Sequence[type],
    *,
    readonly: bool = False,
    clock: Callable[[], datetime] = _now,
    upcasters: Mapping[str, Upcaster] = UPCASTERS,
    blanks: Blanks | None = None,
) -> AsyncIterator["SqliteJournal"]:
    """Open the journal at `path` (":memory:" for a temporary one), created or upgraded if needed.

    facts:    every class of fact, of the core and of the plugins
    readonly: never create, upgrade or write; for use beside a running bot
    clock:    gives the time at which letters are queued
    blanks:   how to redact the facts of plugins; of other facts, only their kind is kept

    Raises StorageError if it cannot be opened, NewerSchema if a newer program wrote it.
    """
    codec = Codec(facts, upcasters)
    journal = SqliteJournal(str(path), codec, Writer(codec, clock, blanks or Blanks()), readonly=readonly)
    try:
        await journal.start()
        yield journal
    finally:
        await journal.stop()


class SqliteJournal:
    """The Journal, Outbox and Keys of `bot.storage.contract`, created by `open`."""

    def __init__(self, path: str, codec: Codec, writer: Writer, *, readonly: bool) -> None:
        self._path = path
        self._codec = codec
        self._writer = writer
        self._readonly = readonly
        self._writing: Connection | None = None
        self._reading: Connection | None = None
        self._opening = asyncio.Lock()
        self._mark: MarkWriter | None = None

    async def start(self) -> None:
        """Open the connection that is always needed; raises StorageError or NewerSchema."""
        if self._readonly:
            await self._reader()
        else:
            self._writing = await Connection.opened(self._path, open_to_write)
            if self._path != MEMORY:
                self._mark = MarkWriter(self._path)
                self._writer.reached = self._mark.reached

    async def stop(self) -> None:
        """Close the connections after all pending jobs."""
        # the writer last, because the last connection to close writes the write-ahead log into the file
        for connection in (self._reading, self._writing):
            if connection is not None:
                await connection.close()
        self._reading = self._writing = None
        if self._mark is not None:
            await self._mark.finish()

    async def _reader(self) -> Connection:
        if self._path == MEMORY and self._writing is not None:
            return self._writing
        async with self._opening:
            if self._reading is None:
                self._reading = await Connection.opened(self._path, open_to_read)
        return self._reading

    async def _write(self, job: Job[T]) -> T:
        if self._writing is None:
            raise StorageError(f"{self._path} is open for reading only")
        return await self._writing.run(job)

    async def _glance(self, job: Job[T]) -> T:
        """Run a short read on the connection that is open anyway, after all earlier commits."""
        return await (self._writing or await self._reader()).run(job)

    async def _read(self, job: Job[T]) -> T:
        """Run a long read on a connection of its own, so that it does not delay commits."""
        return await (await self._reader()).run(job)

    async def commit(self, batch: Batch) -> None:
        """Write a batch durably, all or nothing; raises StorageFull if nothing can be written now."""
        if batch:
            await self._write(partial(self._writer.write, batch=batch))
            if self._mark is not None:
                self._mark.note(self._writer.reached)

    async def entries(self, stream: str) -> list[Entry]:
        """Return the journal of a stream, oldest first."""
        found: list[Entry] = []
        after: int | None = 0
        while after is not None:
            page = partial(queries.entries, codec=self._codec, stream=stream, after=after, limit=PAGE)
            more, after = await self._read(page)
            found += more
        return found

    async def first(self, stream: str) -> Entry | None:
        """Return the first entry of a stream, or None."""
        page = partial(queries.entries, codec=self._codec, stream=stream, after=0, limit=1)
        found, _ = await self._read(page)
        return found[0] if found else None

    async def live_sessions(self) -> list[SessionRow]:
        """Return the sessions to load at start."""
        return await self._glance(queries.live_sessions)

    async def sessions(self, track: str | None = None) -> list[SessionRow]:
        """Return all sessions (of a track), by start."""
        return await self._read(partial(queries.sessions, track=track))

    async def session_of_record(self, track: str, n: int) -> str | None:
        """Return the id of the session that contains a record, or None."""
        return await self._glance(partial(queries.session_of_record, track=track, n=n))

    async def last_numbers(self) -> dict[str, int]:
        """Return the highest record number of every track."""
        return await self._glance(queries.last_numbers)

    async def handled(self, ids: Sequence[str]) -> set[str]:
        """Return those of these event ids that were handled before."""
        return await self._glance(partial(queries.handled, ids=ids))

    async def last_heard(self, session: str) -> datetime | None:
        """Return the time of the last line of a session, or None."""
        return await self._glance(partial(queries.last_heard, session=session))

    async def attended(self, session: str) -> list[Attended]:
        """Return the speakers of a session, by first line."""
        return await self._read(partial(queries.attended, session=session))

    async def lines(self, session: str, after: int = 0, limit: int = 1000) -> list[tuple[int, LoggedLine]]:
        """Return at most `limit` lines of a session with their numbers (from 1), starting after a number."""
        return await self._read(partial(queries.lines, session=session, after=after, limit=limit))

    async def undeclared(self) -> dict[str, int]:
        """Return the number of facts of each kind that nothing declares; they are left out of `entries`."""
        found = await self._read(queries.kinds)
        return {kind: count for kind, count in found.items() if not self._codec.declares(kind)}

    async def cursor(self, network: str) -> str | None:
        """Return the read position of a network, or None."""
        return await self._glance(partial(queries.cursor, network=network))

    async def message(self, room: str, event: str, unwritten: Sequence[LoggedLine] = ()) -> Earlier | None:
        """Return the versions of a message in the log, by its own id or that of an edit."""
        return await self._glance(
            partial(message_versions.message, room=room, event=event, unwritten=unwritten)
        )

    async def sessions_of(self, messages: Sequence[str]) -> list[str]:
        """Return the ids of sessions with facts caused by these messages or parts of them."""
        return await self._glance(partial(queries.sessions_of, messages=messages))

    async def undelivered(self) -> list[Undelivered]:
        """Return the undelivered messages, oldest first."""
        return await self._glance(undelivered.waiting)

    async def claim(self, now: datetime) -> Posted | None:
        """Claim the oldest letter that is due, for ten minutes."""
        return await self._write(partial(outbox.claim, now=now))

    async def release(self) -> None:
        """Release the claims of a crashed process."""
        await self._write(outbox.release)

    async def settled(self, since: datetime) -> list[Settled]:
        """Return the outcomes of letters since then."""
        return await self._glance(partial(outbox.settled, since=since))

    async def sent(self, number: int, now: datetime, reason: str = "") -> None:
        """Mark a letter as sent."""
        await self._write(partial(outbox.sent, number=number, now=now, reason=reason))

    async def retry(self, number: int, at: datetime, reason: str) -> None:
        """Schedule the next attempt for a letter."""
        await self._write(partial(outbox.retry, number=number, at=at, reason=reason))

    async def refused(self, number: int, reason: str, now: datetime) -> None:
        """Mark a letter as permanently refused."""
        await self._write(partial(outbox.refused, number=number, reason=reason, now=now))

    async def keep_key(self, key: KeptKey) -> None:
        """Store a key durably, before its letter leaves."""
        await self._write(partial(keys.keep, key=key))

    async def key(self, digest: str) -> KeptKey | None:
        """Return the key with this digest, even if it expired; None if there is none."""
        return await self._glance(partial(keys.kept, digest=digest))

    async def next_due(self) -> datetime | None:
        """Return the time of the next attempt; None if no letter is waiting."""
        return await self._glance(outbox.next_due)
