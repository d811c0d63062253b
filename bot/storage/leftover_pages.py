"""After a redaction: no copy of its text stays in the files, where SQLite left one.

What a row said is overwritten when the row changes (secure_delete); two kinds of copies are not. While a table grows, rows
move from page to page, and the gaps between rows keep what stood there before: so the file is written anew (VACUUM, about
a tenth of a second for a hundred thousand lines). And the write-ahead log holds pages as they were: so it is emptied.

How far that came is in the file itself (`user_version`), so that a crash in between changes nothing.
"""

import sqlite3
from datetime import datetime, timedelta

CLEAN, TO_WRITE_ANEW, TO_EMPTY = range(3)
PATIENCE_MS = 50  # for who reads just now: a reader must not keep the desk waiting, and there is a next time
PAUSE = timedelta(minutes=1)  # between attempts that fail, for lack of room


def needed(db: sqlite3.Connection) -> None:
    """Note, in the transaction of a redaction, that there is something to clean."""
    db.execute(f"PRAGMA user_version = {TO_WRITE_ANEW}")


def clean(db: sqlite3.Connection, patience: int = PATIENCE_MS) -> bool:
    """Do what is to be done; False where somebody reads what is to go. Raises sqlite3.Error where there is no room."""
    (state,) = db.execute("PRAGMA user_version").fetchone()
    if state == CLEAN:
        return True
    if state == TO_WRITE_ANEW:
        db.execute("VACUUM")
        db.execute(f"PRAGMA user_version = {TO_EMPTY}")
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
    """Cleans after the commits of redactions, and tries again if that was not possible.

    waits: whether something may be left to clean, also since before this start
    """

    def __init__(self) -> None:
        self.waits = True
        self._not_before: datetime | None = None

    def after_commit(self, db: sqlite3.Connection, now: datetime, *, redacted: bool) -> None:
        """Clean if there is something to clean. A failure does not undo the commit."""
        if not redacted and self._not_before is not None and now < self._not_before:
            return
        self._not_before = None
        try:
            self.waits = not clean(db, PATIENCE_MS if redacted else 0)
        except sqlite3.Error:
            self.waits, self._not_before = True, now + PAUSE
