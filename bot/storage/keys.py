"""The table of the keys that letters gave to their readers, by the hash of their secret."""

import sqlite3
from datetime import timedelta

from bot.storage.codec import from_milliseconds, to_milliseconds
from bot.storage.contract import KeptKey
from bot.storage.transactions import transaction

FORGOTTEN = timedelta(days=90)  # after it expired; until then its holder is told that it did
OTHERS = "opens, argument, holder, stream, letter, made, until"  # columns beside the digest


def keep(db: sqlite3.Connection, key: KeptKey) -> None:
    """Store a key, and forget those that expired long before it was made."""
    times = to_milliseconds(key.made), to_milliseconds(key.until)
    row = (key.digest, key.opens, key.argument, key.holder, key.stream, key.letter, *times)
    with transaction(db):
        db.execute("DELETE FROM letter_key WHERE until < ?", (to_milliseconds(key.made - FORGOTTEN),))
        db.execute(f"INSERT INTO letter_key (digest, {OTHERS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - ours


def kept(db: sqlite3.Connection, digest: str) -> KeptKey | None:
    """Return the key with this digest; None if there is none."""
    row = db.execute(f"SELECT {OTHERS} FROM letter_key WHERE digest = ?", (digest,)).fetchone()  # noqa: S608 - ours
    if row is None:
        return None
    opens, argument, holder, stream, letter, made, until = row
    times = from_milliseconds(made), from_milliseconds(until)
    return KeptKey(digest, opens, argument, holder, stream, letter, *times)
