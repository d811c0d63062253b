"""The table of undelivered messages, which stay until a network confirms their delivery."""

import sqlite3
from collections.abc import Sequence

import msgspec

from bot.core.people.identity import Identity
from bot.storage.codec import from_milliseconds, to_milliseconds
from bot.storage.contract import Undelivered

WHO = msgspec.json.Decoder(Identity)
COLUMNS = "key, network, do, text, at, room, recipient, thread, target, answers"


def queue(db: sqlite3.Connection, undelivered: Sequence[Undelivered]) -> None:
    """Store messages until they are delivered; a key that is waiting already is ignored."""
    db.executemany(
        f"INSERT INTO saying ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608 - COLUMNS is ours
        "ON CONFLICT (key) DO NOTHING",
        [
            (
                row.key,
                row.network,
                row.do,
                row.text,
                to_milliseconds(row.at),
                row.room,
                None if row.to is None else msgspec.json.encode(row.to).decode(),
                row.thread,
                row.target,
                row.answers,
            )
            for row in undelivered
        ],
    )


def delivered(db: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Delete messages that were delivered or cannot be."""
    db.executemany("DELETE FROM saying WHERE key = ?", [(key,) for key in keys])


def waiting(db: sqlite3.Connection) -> list[Undelivered]:
    """Return the undelivered messages, oldest first."""
    rows = db.execute(f"SELECT {COLUMNS} FROM saying ORDER BY number").fetchall()  # noqa: S608 - COLUMNS is ours
    return [
        Undelivered(
            key,
            network,
            do,
            text,
            from_milliseconds(at),
            room,
            to and WHO.decode(to),
            thread,
            target,
            answers,
        )
        for key, network, do, text, at, room, to, thread, target, answers in rows
    ]
