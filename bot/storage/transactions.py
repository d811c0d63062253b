"""Transactions: what is written together, or not at all."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Commit what is written in the context; after any error nothing has changed."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            # a full disk may end the transaction by itself; the first error must reach the caller
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
        raise
