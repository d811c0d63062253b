"""A SQLite connection on a thread of its own, which runs each job in a single call."""

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite

from bot.storage import journal_mark, leftover_pages, schema
from bot.storage.contract import DamagedDatabase, StorageError, StorageFull

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

MEMORY = ":memory:"
WAIT_SECONDS = 5.0  # for the lock of another process, such as a backup
LOG_BYTES = 64 * 1024 * 1024  # the write-ahead log is truncated to this size after a burst

# temporary errors, or those that pass when somebody makes room: https://www.sqlite.org/rescode.html
PASSING = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def blame(error: sqlite3.Error | UnicodeDecodeError, path: str) -> StorageError:
    """Convert SQLite's error to one for the engine; neither contains stored text."""
    if isinstance(error, UnicodeDecodeError):  # its complaint quotes what is damaged, and that is no text
        return DamagedDatabase(f"{path} is damaged: its schema is no text; put back a backup")
    # the low byte is the family; the rest is the failed call of the file system
    family = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if family in PASSING:
        return StorageFull(f"{path}: nothing can be written or read now: {error}")
    if family == sqlite3.SQLITE_NOTADB:
        return DamagedDatabase(f"{path} is not a database")
    if family == sqlite3.SQLITE_CORRUPT:
        return DamagedDatabase(f"{path} is damaged: {error}; put back a backup")
    if "UTF-8" in str(error):  # Python's own error, which quotes the text
        return StorageError(f"{path}: a stored text is not valid UTF-8")
    return StorageError(f"{path}: {error}")


class Connection(aiosqlite.Connection):
    """aiosqlite's connection and thread, which runs jobs instead of single statements."""

    def __init__(self, path: str, opening: Callable[[str], sqlite3.Connection]) -> None:
        super().__init__(self._open, iter_chunk_size=64)
        self._path = path
        self._opening = opening
        self._fault: StorageError | None = None

    @classmethod
    async def opened(cls, path: str, opening: Callable[[str], sqlite3.Connection]) -> "Connection":
        """Open a connection by calling `opening` on its thread; raises StorageError or NewerSchema."""
        connection = cls(path, opening)
        opening_it = asyncio.ensure_future(connection)
        try:
            await asyncio.shield(opening_it)
        except asyncio.CancelledError:  # its thread would report to an event loop that may be closed by then
            await opening_it
            await connection.close()
            raise
        if connection._fault is not None:
            await connection.close()
            raise connection._fault
        return connection

    def _open(self) -> sqlite3.Connection:
        # if opening raises, aiosqlite 0.22 does not wait for its thread, which then reports to an event loop that may
        # be closed; so a connection is always returned, and closed properly
        try:
            return self._opening(self._path)
        except StorageError as fault:
            self._fault = fault
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self._fault = blame(error, self._path)
        return sqlite3.connect(MEMORY)

    async def run(self, job: Job[T]) -> T:
        """Run `job` alone on the connection and return its result; raises StorageError or StorageFull."""

        # a closure, because aiosqlite logs the arguments of functions
        def whole() -> T:
            try:
                return job(self._conn)
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise blame(error, self._path) from error

        return cast(T, await self._execute(whole))  # type: ignore[no-untyped-call]  # untyped in aiosqlite


def open_to_write(path: str) -> sqlite3.Connection:
    """Open the database for its only writer; it is created or upgraded if needed."""
    if path != MEMORY:
        journal_mark.check(path)
        _make_private(path)
    db = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        schema.check(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA secure_delete = ON")
        db.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
        schema.upgrade(db, path)
        with contextlib.suppress(sqlite3.Error):  # if there is no room, it is tried again later
            leftover_pages.clean(db)
    except BaseException:
        db.close()
        raise
    return db


def _make_private(path: str) -> None:
    """Make a new database readable only by its owner; SQLite's other files take over its mode."""
    with contextlib.suppress(OSError):  # SQLite reports the reason
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def open_to_read(path: str) -> sqlite3.Connection:
    """Open an existing database read-only, beside its writer."""
    if not Path(path).is_file():
        raise StorageError(f"{path}: there is no database yet")
    address = f"{Path(path).absolute().as_uri()}?mode=ro"
    db = sqlite3.connect(address, timeout=WAIT_SECONDS, isolation_level=None, uri=True)
    try:
        schema.check(db, path, complete=True)
    except BaseException:
        db.close()
        raise
    return db
