"""Removal of redacted text from unused parts of SQLite's files.

SQLite overwrites the old content of a changed row (secure_delete), but not copies in gaps left by rows that moved to
other pages, nor old pages in the write-ahead log. So the file is rewritten (VACUUM, about 0.1 s for 100,000 lines), and
the write-ahead log is truncated.

The progress is stored in the file (`user_version`), so that a crash does not lose it.
"""

import sqlite3
from datetime import datetime, timedelta

CLEAN, TO_REWRITE, TO_TRUNCATE = range(3)
PATIENCE_MS = 50  # the wait for readers is short, because the desk waits too and there are further attempts
PAUSE = timedelta(minutes=1)  # after an attempt that failed for lack of room


def needed(db: sqlite3.Connection) -> None:
    """Mark the file for cleaning, in the transaction of a redaction."""
    db.execute(f"PRAGMA user_version = {TO_REWRITE}")


def clean(db: sqlite3.Connection, patience: int = PATIENCE_MS) -> bool:
    """Clean the file if it is marked; False if a reader blocks it; raises sqlite3.Error if there is no room."""
    (state,) = db.execute("PRAGMA user_version").fetchone()
    if state == CLEAN:
        return True
    if state == TO_REWRITE:
        db.execute("VACUUM")
        db.execute(f"PRAGMA user_version = {TO_TRUNCATE}")
    (usual,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {patience}")
    try:
        (busy, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.execute(f"PRAGMA busy_timeout = {int(usual)}")
    if not busy:
        db.execute(f"PRAGMA user_version = {CLEAN}")
    return not busy


class Cleaning:
    """Cleans after commits with redactions, and tries again if that failed.

    waits: whether cleaning may be pending, also from before this start
    """

    def __init__(self) -> None:
        self.waits = True
        self._not_before: datetime | None = None

    def after_commit(self, db: sqlite3.Connection, now: datetime, *, redacted: bool) -> None:
        """Clean if it is pending; a failure does not affect the commit."""
        if not redacted and self._not_before is not None and now < self._not_before:
            return
        self._not_before = None
        try:
            self.waits = not clean(db, PATIENCE_MS if redacted else 0)
        except sqlite3.Error:
            self.waits, self._not_before = True, now + PAUSE
