"""The writer of batches, each in a single transaction."""

import sqlite3
from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.core.session.redacted_text import Blanks
from bot.storage import outbox, redaction, undelivered
from bot.storage.codec import Codec, to_milliseconds
from bot.storage.contract import Batch, StorageError
from bot.storage.handled_events import Handled
from bot.storage.journal_mark import Reached
from bot.storage.leftover_pages import Cleaning
from bot.storage.numbers import Numbers
from bot.storage.transactions import transaction

Rows = list[tuple[object, ...]]


class Writer:
    """Writes batches over the writing connection; `clock` gives the time at which letters are queued.

    reached: the newest fact and the newest line that are on disk
    """

    def __init__(self, codec: Codec, clock: Callable[[], datetime], blanks: Blanks) -> None:
        self._codec = codec
        self._clock = clock
        self._blanks = blanks
        self._cleaning = Cleaning()
        self._numbers = Numbers()
        self._handled = Handled()
        self._seen_version = -1
        self.reached = self._reaching = Reached()

    def write(self, db: sqlite3.Connection, batch: Batch) -> None:
        """Write a batch durably; if it raises StorageError or sqlite3.Error, nothing has changed."""
        self._reaching = self.reached
        try:
            with transaction(db):
                self._notice_others(db)
                self._put(db, batch)
        except BaseException as error:
            self._numbers.forget()
            if isinstance(error, (TypeError, ValueError, OverflowError)):
                # a naive time, a lone surrogate, a number beyond 64 bits
                raise StorageError(f"can't store a batch: {type(error).__name__}") from error
            raise
        self.reached = self._reaching
        if batch.blankings or self._cleaning.waits:
            self._cleaning.after_commit(db, self._clock(), redacted=bool(batch.blankings))

    def _notice_others(self, db: sqlite3.Connection) -> None:
        # it changes when another connection has written: https://www.sqlite.org/pragma.html#pragma_data_version
        (version,) = db.execute("PRAGMA data_version").fetchone()
        if version != self._seen_version:
            self._numbers.forget()
            self._seen_version = version
        self._numbers.trim()

    def _put(self, db: sqlite3.Connection, batch: Batch) -> None:
        for put in (
            self._put_sessions,
            self._put_entries,
            self._put_lines,
            self._put_records,
            self._put_letters,
        ):
            put(db, batch)
        if batch.handled:
            self._handled.put(db, batch.handled, self._clock())
        if batch.undelivered:
            undelivered.queue(db, batch.undelivered)
        if batch.delivered:
            undelivered.delivered(db, batch.delivered)
        if batch.cursors:
            db.executemany(
                "INSERT INTO cursor (network, position) VALUES (?, ?) "
                "ON CONFLICT (network) DO UPDATE SET position = excluded.position",
                batch.cursors.items(),
            )
        for blanking in batch.blankings:
            redaction.blank(db, self._codec, self._blanks, blanking)

    def _put_sessions(self, db: sqlite3.Connection, batch: Batch) -> None:
        if not batch.sessions:
            return
        rows: Rows = [
            (
                self._numbers.stream(db, row.id),
                row.track,
                msgspec.json.encode(row.rooms).decode(),
                row.date.isoformat(),
                to_milliseconds(row.started),
                None if row.ended is None else to_milliseconds(row.ended),
                row.live,
            )
            for row in batch.sessions
        ]
        db.executemany(
            "INSERT INTO session (id, track, rooms, date, started, ended, live) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET track = excluded.track, rooms = excluded.rooms, date = excluded.date, "
            "started = excluded.started, ended = excluded.ended, live = excluded.live",
            rows,
        )

    def _put_entries(self, db: sqlite3.Connection, batch: Batch) -> None:
        numbers = self._numbers
        rows: Rows = []
        for entry in batch.entries:
            stream = numbers.stream(db, entry.stream)
            speaker = None if entry.by is None else numbers.speaker(db, entry.by)
            n = numbers.next_fact(db, stream)
            rows.append(
                (stream, n, entry.cause, to_milliseconds(entry.at), speaker, *self._codec.encode(entry.fact))
            )
        if rows:
            db.executemany(
                "INSERT INTO fact (stream, n, cause, at, speaker, kind, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            self._reaching = replace(self._reaching, fact=(batch.entries[-1].stream, n))

    def _put_lines(self, db: sqlite3.Connection, batch: Batch) -> None:
        numbers = self._numbers
        rows: Rows = []
        for line in batch.lines:
            session = numbers.stream(db, line.session)
            room = numbers.room(db, line.room)
            speaker = numbers.speaker(db, line.speaker)
            n = numbers.next_line(db, session)
            said = (line.text, line.event, line.edits, line.number)
            rows.append((session, n, room, to_milliseconds(line.at), speaker, *said))
        if rows:
            db.executemany(
                "INSERT INTO line (session, n, room, at, speaker, text, event, edits, number) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            self._reaching = replace(self._reaching, line=(batch.lines[-1].session, n))

    def _put_records(self, db: sqlite3.Connection, batch: Batch) -> None:
        if not batch.records:
            return
        rows: Rows = [(row.track, row.n, self._numbers.stream(db, row.session)) for row in batch.records]
        # repeating a row is harmless; a number of another session becomes NULL, which the table refuses
        db.executemany(
            "INSERT INTO record (track, n, session) VALUES (?, ?, ?) ON CONFLICT (track, n) "
            "DO UPDATE SET session = CASE WHEN session = excluded.session THEN session END",
            rows,
        )

    def _put_letters(self, db: sqlite3.Connection, batch: Batch) -> None:
        if batch.recalled:
            outbox.recall(db, batch.recalled)
        if batch.letters:
            outbox.queue(db, batch.letters, self._clock())
