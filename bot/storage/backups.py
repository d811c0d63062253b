"""Copies of a database: made beside its writer, looked through, and put in its place again.

A copy is written under another name, checked, and only then has its own, so a file with the name of a copy is a whole one.
"""

import contextlib
import glob
import os
import shutil
import sqlite3
import tempfile
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
UNFINISHED = ".unfinished"
WRITING = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC}
)
MAY_BE_SENT = "it waited in a restored backup, and may have been sent since the backup was made"


class CopyContents(Struct, frozen=True):
    """What a copy holds; `newest` is the time of its last fact, None if it has none."""

    sessions: int
    facts: int
    newest: datetime | None


class Restored(Struct, frozen=True):
    """What a restore did: what the database holds, where the one before is now (None if there was none), and the letters given up."""

    contents: CopyContents
    aside: Path | None
    given_up: list[str]


def make(database: Path, copy: Path) -> CopyContents:
    """Copy a database as it is at this moment; the bot may write to it meanwhile.

    Raises FileExistsError if there is such a file, and StorageError.
    """
    if os.path.lexists(copy):
        raise FileExistsError(copy)
    with _unfinished(copy) as unfinished, _faults(database):
        address = f"{database.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, timeout=WAIT_SECONDS, isolation_level=None, uri=True)) as db:
            schema.check(db, str(database))
            _copy_to(unfinished, db, copy)
        found = _contents(unfinished, copy)
        _named(unfinished, copy)
    return found


def _copy_to(unfinished: Path, db: sqlite3.Connection, copy: Path) -> None:
    """Copy in one read transaction; unlike a copy page by page, this leaves behind what was deleted."""
    try:
        db.execute("VACUUM INTO ?", (unfinished.absolute().as_uri(),))
    except sqlite3.Error as error:  # the database is only read, so what cannot be written is the copy
        if error.sqlite_errorcode in WRITING:
            raise blame(error, str(copy)) from error
        raise


def _contents(file: Path, copy: Path) -> CopyContents:
    """Look through a file, page by page; raises StorageError, which calls it `copy`, if it is damaged or cannot be read."""
    with _faults(copy):
        address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"  # nothing is created beside it
        with closing(sqlite3.connect(address, isolation_level=None, uri=True)) as db:
            if schema.check(db, str(copy)) == 0:
                raise StorageError(f"{copy} is empty")
            (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise DamagedDatabase(f"{copy} is damaged: {verdict}")
            (sessions,) = db.execute("SELECT count(*) FROM session").fetchone()
            facts, newest = db.execute("SELECT count(*), max(at) FROM fact").fetchone()
    return CopyContents(sessions, facts, None if newest is None else from_milliseconds(newest))


def restore(copy: Path, database: Path, now: datetime) -> Restored:
    """Put a copy in the place of a database that nobody uses; raises StorageError if it is no sound one.

    The letters that wait in the copy are not sent: nobody knows whether they were, after it was made. The mark of the journal
    goes last, so that a restore which was interrupted is noticed at the next start.
    """
    if not copy.is_file():
        raise StorageError(f"there is no file {copy}")
    place = database.resolve()  # a link goes on leading to the disk that somebody chose
    if place.exists() and copy.samefile(place):
        raise StorageError(f"{copy} is the database itself; name a backup")
    for leftover in place.parent.glob(
        f"{glob.escape(place.name)}.*{UNFINISHED}*"
    ):  # of restores that were killed
        leftover.unlink()
    with _unfinished(place) as unfinished, _faults(copy):
        _copy_whole(copy, unfinished)
        found = _contents(unfinished, copy)
        given_up = _give_up(unfinished, now)
        _belongs_as(unfinished, place.parent)
        _sync(unfinished)
        aside = _set_aside(place, now)
        unfinished.replace(place)
        _sync(place.parent)
        with contextlib.suppress(FileNotFoundError):
            mark = journal_mark.mark_of(database)
            shutil.move(mark, journal_mark.mark_of(aside)) if aside is not None else mark.unlink()
        _sync(database.parent)
    return Restored(found, aside, given_up)


def _copy_whole(copy: Path, unfinished: Path) -> None:
    """Copy a file with its write-ahead log, if it was once a database that a killed bot left, and make both one file."""
    shutil.copyfile(copy, unfinished)
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(f"{copy}-wal", f"{unfinished}-wal")
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode = DELETE")


def _belongs_as(file: Path, folder: Path) -> None:
    """Give root's file to the owner of the folder: root stops the bot and restores, and the bot runs as somebody else."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(file, owner.st_uid, owner.st_gid)


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
    """Rename a database and what belongs to it; None if there is none. Whatever fails, it does not lose its write-ahead log."""
    if not database.exists():
        return None
    aside = database.with_name(f"{database.stem}-before-{now:%Y%m%dT%H%M%S.%fZ}{database.suffix}")
    try:
        os.link(database, aside)  # there is always a file with the database's name
    except OSError:  # a file system without hard links
        database.rename(aside)
    for end in BESIDE:
        with contextlib.suppress(FileNotFoundError):
            Path(f"{database}{end}").replace(f"{aside}{end}")
    return aside


@contextmanager
def _unfinished(file: Path) -> Iterator[Path]:
    """A name of its own for a file until it is whole, readable by its owner; nothing is left of it after an error."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.", suffix=UNFINISHED)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for end in ("", "-journal", *BESIDE):
            Path(f"{name}{end}").unlink(missing_ok=True)


def _named(unfinished: Path, copy: Path) -> None:
    """Give a whole file its name; raises FileExistsError if there is such a file by now."""
    _sync(unfinished)
    try:
        os.link(unfinished, copy)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, as of many sticks
        if os.path.lexists(copy):
            raise FileExistsError(copy) from None
        unfinished.rename(copy)
    _sync(copy.parent)


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
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
