"""How far the journal was written, in a small file beside the database.

SQLite ignores the end of a damaged write-ahead log, and an emptied file is a new database to it: both open without an error,
and without records that were acknowledged. The mark names the newest fact and the newest log line; facts and lines are never
deleted, so a journal without them lacks a part. The mark is written after the commit, in the background: it never claims more
than is on disk, and lags by about a second.
"""

import asyncio
import logging
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from bot.storage.contract import ShorterJournal

log = logging.getLogger(__name__)

EVERY_S = 1.0

Place = tuple[str, int]  # a stream, and the number of its newest fact or line
NOWHERE: Place = ("", 0)


class Reached(Struct, frozen=True):
    """The newest fact and the newest line of the journal."""

    fact: Place = NOWHERE
    line: Place = NOWHERE


def mark_of(database: str | Path) -> Path:
    """The file of the mark."""
    return Path(database).with_suffix(".mark")


def read(path: Path) -> Reached:
    """The mark; an empty one if there is none, or if it is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Reached)
    except FileNotFoundError:
        pass
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("can't read %s, so the end of the journal is not checked: %s", path, error)
    return Reached()


def check(database: str) -> None:
    """Compare the journal with its mark, and change neither; raises ShorterJournal if a part is missing."""
    mark = mark_of(database)
    reached = read(mark)
    if reached == Reached():
        return
    lacking = _lacking(database, reached)
    if lacking:
        raise ShorterJournal(
            f"{database} lacks what was already written to it ({lacking}), so nothing was changed; put back a backup, "
            f"as docs/operations.md says. To go on with what is there, remove {mark}"
        )


def _lacking(database: str, reached: Reached) -> str:
    if not Path(database).is_file() or not Path(database).stat().st_size:
        return "it is empty"
    # read-only, so that closing it does not write a damaged write-ahead log into the database
    address = f"{Path(database).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not {"stream", "fact", "line"} <= tables:
            return "it is empty" if not tables else ""  # another program's; the schema's check says so
        for what, table, column, (stream, n) in (
            ("fact", "fact", "stream", reached.fact),
            ("line", "line", "session", reached.line),
        ):
            query = f"SELECT max(n) FROM {table} WHERE {column} = (SELECT id FROM stream WHERE name = ?)"  # noqa: S608 - ours
            (last,) = db.execute(query, (stream,)).fetchone()
            if n > (last or 0):
                return f"{what} {n} of {stream}"
        return _lost_rows(db, tables)


def _lost_rows(db: sqlite3.Connection, tables: set[str]) -> str:
    """What the tables beside the journal lack that each commit writes with it."""
    if {"session", "record", "speaker"} <= tables:
        opened = "SELECT 1 FROM fact WHERE fact.stream = stream.id AND n = 1 AND kind = 'SessionOpened'"
        query = f"SELECT name FROM stream WHERE id NOT IN (SELECT id FROM session) AND EXISTS ({opened})"  # noqa: S608 - ours
        for (name,) in db.execute(query):
            return f"the row of session {name}"
    for table, written in (("record", "kind = 'Recorded'"), ("speaker", "speaker IS NOT NULL")):
        if table in tables and db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None:  # noqa: S608 - ours
            query = f"SELECT 1 FROM fact WHERE {written} LIMIT 1"  # noqa: S608 - ours
            if db.execute(query).fetchone() is not None:
                return f"all rows of the table {table}"
    return ""


class MarkWriter:
    """Writes the mark of a database, at most once a second and never while a commit waits for it."""

    def __init__(self, database: str) -> None:
        self._path = mark_of(database)
        self._written = self._reached = read(self._path)
        self._writing: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()
        self._failed = False

    @property
    def reached(self) -> Reached:
        """What was last noted."""
        return self._reached

    def note(self, reached: Reached) -> None:
        """Take over what was committed; it is written soon."""
        self._reached = reached
        if self._writing is None and reached != self._written:
            self._writing = asyncio.create_task(self._write_soon())

    async def finish(self) -> None:
        """Write what is not written yet."""
        self._ending.set()
        if self._writing is not None:
            await self._writing

    async def _write_soon(self) -> None:
        while self._reached != self._written and not self._ending.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY_S):
                    await self._ending.wait()
            await self._write()
        self._writing = None

    async def _write(self) -> None:
        reached = self._reached
        try:
            await asyncio.to_thread(_replace, self._path, msgspec.json.encode(reached))
        except OSError as error:  # an older mark claims less, so the bot goes on
            if not self._failed:
                log.warning("can't write %s: %s", self._path, error)
            self._failed = True
        else:
            self._written, self._failed = reached, False


def _replace(path: Path, content: bytes) -> None:
    """Replace a file, so that a crash leaves the old or the new one."""
    temporary = path.with_suffix(".mark.tmp")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
