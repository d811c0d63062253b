"""The table of sayings, messages that stay until a network confirms their delivery."""

import sqlite3
from collections.abc import Sequence

import msgspec

from bot.core.people.identity import Identity
from bot.storage.codec import from_milliseconds, to_milliseconds
from bot.storage.contract import Saying

WHO = msgspec.json.Decoder(Identity)
COLUMNS = "key, network, do, text, at, room, recipient, thread, target, answers"


def queue(db: sqlite3.Connection, sayings: Sequence[Saying]) -> None:
    """Store sayings until they are delivered; a key that is waiting already is ignored."""
    db.executemany(
        f"INSERT INTO saying ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "  # noqa: S608 - COLUMNS is ours
        "ON CONFLICT (key) DO NOTHING",
        [
            (
                saying.key,
                saying.network,
                saying.do,
                saying.text,
                to_milliseconds(saying.at),
                saying.room,
                None if saying.to is None else msgspec.json.encode(saying.to).decode(),
                saying.thread,
                saying.target,
                saying.answers,
            )
            for saying in sayings
        ],
    )


def delivered(db: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Delete sayings that were delivered or cannot be."""
    db.executemany("DELETE FROM saying WHERE key = ?", [(key,) for key in keys])


def waiting(db: sqlite3.Connection) -> list[Saying]:
    """Return the undelivered sayings, oldest first."""
    rows = db.execute(f"SELECT {COLUMNS} FROM saying ORDER BY number").fetchall()  # noqa: S608 - COLUMNS is ours
    return [
        Saying(
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
