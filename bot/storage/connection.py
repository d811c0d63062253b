"""A SQLite connection on a thread of its own: a job handed to it runs there whole, in one hop."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite

from bot.storage import leftover_pages, schema
from bot.storage.contract import StorageError, StorageFull

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

MEMORY = ":memory:"
WAIT_SECONDS = 5.0  # for another process's lock: a backup, a second command
LOG_BYTES = 64 * 1024 * 1024  # the write-ahead log is cut back to this after a burst

# https://www.sqlite.org/rescode.html: what may pass by itself, or once somebody made room
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


def blame(error: sqlite3.Error, path: str) -> StorageError:
    """What the engine is told instead of SQLite's error; neither holds any stored text."""
    # the low byte is the family; the rest tells which call of the file system failed
    family = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if family in PASSING:
        return StorageFull(f"{path}: nothing can be written or read now: {error}")
    if family == sqlite3.SQLITE_NOTADB:
        return StorageError(f"{path} is not a database")
    if family == sqlite3.SQLITE_CORRUPT:
        return StorageError(f"{path} is damaged: {error}; put back a backup")
    return StorageError(f"{path}: {error}")


class Connection(aiosqlite.Connection):
    """aiosqlite's connection and thread, with whole jobs instead of single statements."""

    def __init__(self, path: str, opening: Callable[[str], sqlite3.Connection]) -> None:
        super().__init__(self._open, iter_chunk_size=64)
        self._path = path
        self._opening = opening
        self._fault: StorageError | None = None

    @classmethod
    async def opened(cls, path: str, opening: Callable[[str], sqlite3.Connection]) -> "Connection":
        """A connection made by `opening` on its thread. Raises StorageError, NewerSchema."""
        connection = cls(path, opening)
        await connection
        if connection._fault is not None:
            await connection.close()
            raise connection._fault
        return connection

    def _open(self) -> sqlite3.Connection:
        # aiosqlite 0.22 does not wait for its thread when the opening raises, and the thread then reports to an event
        # loop that may be closed; so there is always a connection, and it is closed properly
        try:
            return self._opening(self._path)
        except StorageError as fault:
            self._fault = fault
        except sqlite3.Error as error:
            self._fault = blame(error, self._path)
        return sqlite3.connect(MEMORY)

    async def run(self, job: Job[T]) -> T:
        """What `job` gives; it has the connection to itself. Raises StorageError, StorageFull."""

        # a closure: aiosqlite would show a function's arguments in its debug log
        def whole() -> T:
            try:
                return job(self._conn)
            except sqlite3.Error as error:
                raise blame(error, self._path) from error

        return cast(T, await self._execute(whole))  # type: ignore[no-untyped-call]  # so in aiosqlite


def open_to_write(path: str) -> sqlite3.Connection:
    """Open the database for its one writer; made or upgraded where it has to be."""
    if path != MEMORY:
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
        with contextlib.suppress(sqlite3.Error):  # for lack of room; it is tried again
            leftover_pages.clean(db)
    except BaseException:
        db.close()
        raise
    return db


def _make_private(path: str) -> None:
    """Private talk lies in it: a new database is its owner's alone; SQLite's files beside it take over its mode."""
    with contextlib.suppress(OSError):  # SQLite will say why
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def open_to_read(path: str) -> sqlite3.Connection:
    """Open an existing database beside its writer; it is never made, upgraded or written."""
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
