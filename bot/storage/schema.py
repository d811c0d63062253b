"""The schema as a list of upgrade steps; a released step is never changed, only new ones are added."""

import re
import sqlite3
import time
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from bot.storage.contract import DamagedDatabase, NewerSchema, OlderSchema, StorageError
from bot.storage.transactions import transaction

LEAST_SQLITE = (3, 37)  # STRICT tables; RETURNING came with 3.35


class Step(Struct, frozen=True):
    """An upgrade, done in a single transaction."""

    number: int
    describes: str
    statements: tuple[str, ...]


FIRST = (
    # names used in many rows
    "CREATE TABLE stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    """CREATE TABLE speaker (
        id INTEGER PRIMARY KEY,
        network TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, account TEXT NOT NULL,
        UNIQUE (network, key, name, account)
    ) STRICT""",
    # facts and lines are stored by stream, so that a session is read sequentially
    """CREATE TABLE fact (
        stream INTEGER NOT NULL REFERENCES stream, n INTEGER NOT NULL,
        cause TEXT NOT NULL, at INTEGER NOT NULL, speaker INTEGER REFERENCES speaker,
        kind TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (stream, n)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX fact_cause ON fact (cause)",
    """CREATE TABLE line (
        session INTEGER NOT NULL REFERENCES stream, n INTEGER NOT NULL,
        room INTEGER NOT NULL REFERENCES room, at INTEGER NOT NULL,
        speaker INTEGER NOT NULL REFERENCES speaker, text TEXT NOT NULL, event TEXT NOT NULL,
        PRIMARY KEY (session, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE session (
        id INTEGER PRIMARY KEY REFERENCES stream,
        track TEXT NOT NULL, rooms TEXT NOT NULL, date TEXT NOT NULL,
        started INTEGER NOT NULL, ended INTEGER, live INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX session_live ON session (started) WHERE live",
    "CREATE INDEX session_track ON session (track, started)",
    """CREATE TABLE record (
        track TEXT NOT NULL, n INTEGER NOT NULL, session INTEGER NOT NULL REFERENCES stream,
        PRIMARY KEY (track, n)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE outbox (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, after TEXT NOT NULL, letter TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'refused', 'recalled')),
        queued INTEGER NOT NULL, due INTEGER, claimed INTEGER, settled INTEGER,
        attempts INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    "CREATE INDEX outbox_waiting ON outbox (number) WHERE state = 'waiting'",
    "CREATE TABLE handled (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    "CREATE TABLE cursor (network TEXT PRIMARY KEY, position TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

SECOND = (
    "ALTER TABLE line ADD COLUMN edits TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE line ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
    # messages are looked up for edits and redactions, which only Matrix has, where ids begin with $
    # (https://spec.matrix.org/latest/appendices/#event-ids); indexing every IRC line would make writing them 20 % slower
    "CREATE INDEX line_event ON line (event) WHERE event >= '$' AND event < '%'",
    "CREATE INDEX line_edits ON line (edits) WHERE edits <> ''",
    "ALTER TABLE handled ADD COLUMN at INTEGER NOT NULL DEFAULT 0",
    "UPDATE handled SET at = CAST(strftime('%s', 'now') AS INTEGER) * 1000",
    """CREATE TABLE saying (
        number INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE, network TEXT NOT NULL,
        do TEXT NOT NULL CHECK (do IN ('say', 'tell', 'react')),
        text TEXT NOT NULL, at INTEGER NOT NULL,
        room TEXT NOT NULL, recipient TEXT, thread TEXT NOT NULL, target TEXT NOT NULL, answers TEXT NOT NULL
    ) STRICT""",
)

THIRD = (
    """CREATE TABLE letter_key (
        digest TEXT PRIMARY KEY,
        opens TEXT NOT NULL, argument TEXT NOT NULL, holder TEXT NOT NULL,
        stream TEXT NOT NULL, letter TEXT NOT NULL, made INTEGER NOT NULL, until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX letter_key_until ON letter_key (until)",
)

TABLE = re.compile(r"CREATE TABLE (\w+)")

STEPS = (
    Step(1, "journal, log, session and record index, outbox, handled ids, cursors", FIRST),
    Step(2, "edits, when an id was handled, what is to be said", SECOND),
    Step(3, "keys that letters give", THIRD),
)


def check(db: sqlite3.Connection, path: str, steps: Sequence[Step] = STEPS, *, complete: bool = False) -> int:
    """Return the number of the last completed step, 0 for an empty database, without changing it.

    Raises NewerSchema if a newer program wrote it, and StorageError if it is another program's or, with `complete`, has
    to be upgraded first.
    """
    found = _last_step(db, path)
    known = steps[-1].number
    if found > known:
        raise NewerSchema(
            f"{path} was written by a newer program: its schema is {found}, this program knows {known}; "
            "nothing was changed"
        )
    if complete and found < known:
        raise OlderSchema(
            f"{path} was written by an older version (schema {found}, now {known}); "
            "start the bot once to upgrade it"
        )
    return found


def upgrade(db: sqlite3.Connection, path: str, steps: Sequence[Step] = STEPS) -> None:
    """Do the missing steps, each in a transaction."""
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        raise StorageError(f"SQLite {sqlite3.sqlite_version} is too old; 3.37 or newer is needed")
    if check(db, path, steps) == steps[-1].number:
        return
    for step in steps:
        with transaction(db):
            # checked again under the lock, because another process may have been faster
            if check(db, path, steps) < step.number:
                _do(db, step)


def _do(db: sqlite3.Connection, step: Step) -> None:
    if step.number == 1:
        db.execute(
            "CREATE TABLE schema (number INTEGER PRIMARY KEY, describes TEXT NOT NULL, at INTEGER NOT NULL) STRICT"
        )
    for statement in step.statements:
        db.execute(statement)
    row = (step.number, step.describes, int(time.time() * 1000))
    db.execute("INSERT INTO schema VALUES (?, ?, ?)", row)


def _last_step(db: sqlite3.Connection, path: str) -> int:
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not tables:
        return 0
    if not {"schema", "stream", "fact"} <= tables:
        raise StorageError(f"{path} is the database of another program")
    (last,) = db.execute("SELECT max(number) FROM schema").fetchone()
    if last is None:
        raise DamagedDatabase(f"{path} is damaged: its table schema is empty; put back a backup")
    missing = sorted(tables_of(int(last)) - tables)
    if missing and last <= STEPS[-1].number:  # a newer program may have other tables
        raise DamagedDatabase(f"{path} is damaged: it has no table {missing[0]}; put back a backup")
    return int(last)


@cache
def tables_of(number: int) -> frozenset[str]:
    """The tables after this step of ours."""
    made = (statement for step in STEPS if step.number <= number for statement in step.statements)
    return frozenset(found[1] for statement in made if (found := TABLE.match(statement)))
