"""The ids of handled events, which are deleted after a week.

Ids are needed only while events can repeat: a network repeats events after the stored read position, and a moment
repeats while the state waits for it. While the bot runs, both take minutes. Events repeated after a long downtime were
handled just before it, so age is counted from the newest id and excludes the downtime.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.storage.codec import to_milliseconds

KEPT_MS = timedelta(days=7) // timedelta(milliseconds=1)
EVERY = timedelta(days=1)


class Handled:
    """Writes ids, and deletes old ones at the first write after a start and then once a day."""

    def __init__(self) -> None:
        self._pruned: datetime | None = None

    def put(self, db: sqlite3.Connection, ids: Iterable[str], now: datetime) -> None:
        """Store ids with the current time."""
        if self._pruned is None or not timedelta() <= now - self._pruned < EVERY:
            # before inserting, because there may have been a downtime
            db.execute("DELETE FROM handled WHERE at < (SELECT max(at) FROM handled) - ?", (KEPT_MS,))
            self._pruned = now
        at = to_milliseconds(now)
        rows = [(id_, at) for id_ in ids]
        db.executemany("INSERT INTO handled (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
