"""The ids that counted once, and when they may be forgotten.

An id is asked for when something comes again, and that ends: a network tells again only what came after the position
up to which it was read, and that position is written with every answer of its server; a moment rings again only while
the state still waits for it. Both are over in minutes while the bot runs. What comes again after a long stand-still
was handled just before it; so age is counted from the id that was handled last, and a week in which the bot was off
is no week.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.storage.codec import to_milliseconds

KEPT_MS = timedelta(days=7) // timedelta(milliseconds=1)
EVERY = timedelta(days=1)


class Handled:
    """Writes ids; with the first ones of a start, and then once a day, the old ones go."""

    def __init__(self) -> None:
        self._pruned: datetime | None = None

    def put(self, db: sqlite3.Connection, ids: Iterable[str], now: datetime) -> None:
        """Remember these, and since when."""
        if self._pruned is None or not timedelta() <= now - self._pruned < EVERY:
            # before the new ones: these may come after a stand-still
            db.execute("DELETE FROM handled WHERE at < (SELECT max(at) FROM handled) - ?", (KEPT_MS,))
            self._pruned = now
        at = to_milliseconds(now)
        rows = [(id_, at) for id_ in ids]
        db.executemany("INSERT INTO handled (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
