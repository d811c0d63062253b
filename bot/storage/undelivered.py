"""The table of undelivered messages, which stay until a network confirms their delivery."""

import logging
import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from bot.core.people.identity import Identity
from bot.storage.codec import from_milliseconds, to_milliseconds, undecoded
from bot.storage.contract import Undelivered

log = logging.getLogger(__name__)

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
    """Return the undelivered messages, oldest first, without those that are damaged."""
    with undecoded(db):
        rows = db.execute(f"SELECT {COLUMNS} FROM saying ORDER BY number").fetchall()  # noqa: S608 - COLUMNS is ours
    found: list[Undelivered] = []
    for row in rows:
        try:
            found.append(_undelivered([one.decode() if isinstance(one, bytes) else one for one in row]))
        except (msgspec.MsgspecError, UnicodeDecodeError, OverflowError) as error:
            log.error("an undelivered message cannot be read and is not said: %s", type(error).__name__)  # noqa: TRY400
    return found


def _undelivered(row: Sequence[Any]) -> Undelivered:
    key, network, do, text, at, room, to, thread, target, answers = row
    person = None if to is None else WHO.decode(to)
    return Undelivered(key, network, do, text, from_milliseconds(at), room, person, thread, target, answers)
