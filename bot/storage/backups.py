"""Copies of a database: made beside its writer, looked through, and put in its place again.

A copy is written under another name, checked, and only then has its own, so a file with the name of a copy is a whole one.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from bot.storage import journal_mark, schema
from bot.storage.codec import from_milliseconds, to_milliseconds
from bot.storage.connection import WAIT_SECONDS, blame
from bot.storage.contract import DamagedDatabase, StorageError

BESIDE = ("-wal", "-shm")  # what belongs to a database in WAL mode
MAY_BE_SENT = "it waited in a restored backup, and may have been sent since the backup was made"


class CopyContents(Struct, frozen=True):
    """What a copy holds; `newest` is the time of its last fact, None if it has none."""

    sessions: int
    facts: int
    newest: datetime | None


def make(database: Path, copy: Path) -> CopyContents:
    """Copy a database as it is at this moment; the bot may write to it meanwhile.

    Raises FileExistsError if there is such a file, and StorageError.
    """
    if copy.exists():
        raise FileExistsError(copy)
    with _unfinished(copy) as unfinished, _faults(database):
        address = f"{database.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, timeout=WAIT_SECONDS, isolation_level=None, uri=True)) as db:
            schema.check(db, str(database))
            # one read transaction; unlike a copy page by page, it leaves behind what was deleted
            db.execute("VACUUM INTO ?", (str(unfinished),))
        found = contents(unfinished)
        _named(unfinished, copy)
    return found


def contents(copy: Path) -> CopyContents:
    """Look through a copy, page by page; raises StorageError if it is damaged, or no database that this program reads."""
    if not copy.is_file():
        raise StorageError(f"there is no file {copy}")
    with _faults(copy):
        address = f"{copy.absolute().as_uri()}?mode=ro&immutable=1"  # nothing is created beside it
        with closing(sqlite3.connect(address, isolation_level=None, uri=True)) as db:
            if schema.check(db, str(copy)) == 0:
                raise StorageError(f"{copy} is empty")
            (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise DamagedDatabase(f"{copy} is damaged: {verdict}")
            (sessions,) = db.execute("SELECT count(*) FROM session").fetchone()
            facts, newest = db.execute("SELECT count(*), max(at) FROM fact").fetchone()
    return CopyContents(sessions, facts, None if newest is None else from_milliseconds(newest))


def restore(copy: Path, database: Path, now: datetime) -> tuple[Path | None, list[str]]:
    """Put a copy in the place of a database that nobody uses; returns where that one is now, and the letters given up.

    The letters that wait in the copy are not sent: nobody knows whether they were, after it was made. The mark of the journal
    goes last, so that a restore which was interrupted is noticed at the next start.
    """
    contents(copy)
    with _unfinished(database) as unfinished, _faults(copy):
        shutil.copyfile(copy, unfinished)
        given_up = _give_up(unfinished, now)
        aside = _set_aside(database, now)
        unfinished.replace(database)
        with contextlib.suppress(FileNotFoundError):
            mark = journal_mark.mark_of(database)
            mark.replace(journal_mark.mark_of(aside)) if aside is not None else mark.unlink()
        _sync(database.parent)
    return aside, given_up


def _give_up(database: Path, now: datetime) -> list[str]:
    """Refuse the letters that wait; returns their Message-IDs."""
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        rows = db.execute(
            "UPDATE outbox SET state = 'refused', reason = ?, settled = ?, claimed = NULL WHERE state = 'waiting' "
            "RETURNING id",
            (MAY_BE_SENT, to_milliseconds(now)),
        ).fetchall()
    return [identifier for (identifier,) in rows]


def _set_aside(database: Path, now: datetime) -> Path | None:
    """Rename a database and what belongs to it; None if there is none."""
    if not database.exists():
        return None
    aside = database.with_name(f"{database.stem}-before-{now:%Y%m%dT%H%M%S.%fZ}{database.suffix}")
    for end in BESIDE:
        with contextlib.suppress(FileNotFoundError):
            Path(f"{database}{end}").replace(f"{aside}{end}")
    os.link(database, aside)  # there is always a file with the database's name
    return aside


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """The name that a file has until it is whole; nothing is left of it after an error."""
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)


def _named(unfinished: Path, copy: Path) -> None:
    """Give a whole file its name; raises FileExistsError if there is such a file by now."""
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    os.link(unfinished, copy)
    _sync(copy.parent)


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _faults(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into those of storage."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise blame(error, str(path)) from error
