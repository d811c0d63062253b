"""The table of the outbox, in which a letter waits, is claimed, and is sent, refused or recalled.

A letter recalled while it is being sent stays claimed: it counts as sent if the mail server accepts it, and otherwise is
not tried again.
"""

import logging
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.core.effects import Letter
from bot.storage.codec import from_milliseconds, to_milliseconds, undecoded
from bot.storage.contract import Posted, Settled

log = logging.getLogger(__name__)

HOLD = timedelta(minutes=10)  # a claim older than this was never settled
HOLD_MS = HOLD // timedelta(milliseconds=1)

# the letter in `after` has been settled in some way; if it was never queued, this one waits
FREE = "(after = '' OR EXISTS (SELECT 1 FROM outbox AS first WHERE first.id = outbox.after AND first.state <> 'waiting'))"

UNREADABLE = "this letter cannot be read"
REMOVED = "the text of this letter was removed, because something in it was redacted"

LETTERS = msgspec.json.Decoder(Letter)


def recall(db: sqlite3.Connection, names: Sequence[str]) -> None:
    """Recall the unsent letters with these names."""
    rows = [(name,) for name in names]
    db.executemany("UPDATE outbox SET state = 'recalled' WHERE state = 'waiting' AND name = ?", rows)


def queue(db: sqlite3.Connection, letters: Sequence[Letter], now: datetime) -> None:
    """Queue letters; a known id is ignored unless it was recalled, and is then replaced."""
    queued = to_milliseconds(now)
    db.executemany(
        "INSERT INTO outbox (id, name, after, letter, queued) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, after = excluded.after, letter = excluded.letter, "
        "queued = excluded.queued, state = 'waiting', due = NULL, attempts = 0, reason = '' "
        "WHERE state = 'recalled'",
        [
            (letter.id, letter.name, letter.after, msgspec.json.encode(letter).decode(), queued)
            for letter in letters
        ],
    )


def blank(db: sqlite3.Connection, streams: Collection[str], since: int) -> None:
    """Remove the text of letters of these streams queued since `since` (ms), and recall the unsent ones.

    Names, recipients and times stay.
    """
    wanted = msgspec.json.encode(sorted(streams)).decode()
    with undecoded(db):
        found = db.execute(
            "SELECT number, letter FROM outbox WHERE queued >= ? AND CASE WHEN json_valid(letter) "
            "THEN json_extract(letter, '$.stream') IN (SELECT value FROM json_each(?)) ELSE 1 END",
            (since, wanted),
        ).fetchall()
    for number, text in found:
        known = _letter(text)
        left = None if known is None else replace(known, subject=REMOVED, body=f"{REMOVED}\n", html="")
        db.execute(
            "UPDATE outbox SET letter = ?, reason = '', "
            "state = CASE state WHEN 'waiting' THEN 'recalled' ELSE state END WHERE number = ?",
            (msgspec.json.encode(left).decode(), number),
        )


def claim(db: sqlite3.Connection, now: datetime) -> Posted | None:
    """Claim the oldest letter that can be sent; letters that cannot be read are refused."""
    while (row := _claimed(db, to_milliseconds(now))) is not None:
        number, text, attempts, queued = row
        letter = _letter(text)
        if letter is not None:
            return Posted(number, letter, attempts, from_milliseconds(queued))
        log.error("mail: letter %d of the outbox cannot be read and will not be sent", number)
        refused(db, number, UNREADABLE, now)
    return None


def _claimed(db: sqlite3.Connection, moment: int) -> tuple[int, bytes, int, int] | None:
    """Claim a letter in a single statement, so that it is claimed only once."""
    with undecoded(db):
        rows: list[tuple[int, bytes, int, int]] = db.execute(
            f"UPDATE outbox SET claimed = :now, attempts = attempts + 1 WHERE number = ("  # noqa: S608 - FREE is ours
            f"SELECT number FROM outbox WHERE state = 'waiting' AND (due IS NULL OR due <= :now) "
            f"AND (claimed IS NULL OR claimed <= :now - {HOLD_MS}) AND {FREE} ORDER BY number LIMIT 1) "
            "RETURNING number, letter, attempts - 1, queued",
            {"now": moment},
        ).fetchall()  # SQLite commits only after the last row
    return rows[0] if rows else None


def _letter(text: bytes) -> Letter | None:
    """Decode a stored letter; None if it is damaged."""
    try:
        return LETTERS.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def release(db: sqlite3.Connection) -> None:
    """Release all claims. Only the holder of the data folder calls it, before it claims anything: the claims are of a crash."""
    db.execute("UPDATE outbox SET claimed = NULL WHERE claimed IS NOT NULL")


def settled(db: sqlite3.Connection, since: datetime) -> list[Settled]:
    """Return the outcomes of letters since then; letters that cannot be read are left out."""
    with undecoded(db):
        rows = db.execute(
            "SELECT letter, state, reason FROM outbox WHERE state IN ('sent', 'refused') AND settled >= ? ORDER BY number",
            (to_milliseconds(since),),
        ).fetchall()
    known = ((_letter(text), state, reason) for text, state, reason in rows)
    return [
        Settled(letter.id, letter.stream, state == b"sent", reason.decode(errors="replace"))
        for letter, state, reason in known
        if letter is not None
    ]


def sent(db: sqlite3.Connection, number: int, now: datetime, reason: str) -> None:
    """Mark a letter as sent, even if it was recalled meanwhile."""
    db.execute(
        "UPDATE outbox SET state = 'sent', settled = ?, claimed = NULL, reason = ? WHERE number = ?",
        (to_milliseconds(now), reason, number),
    )


def retry(db: sqlite3.Connection, number: int, at: datetime, reason: str) -> None:
    """Let a letter be claimed again from `at`."""
    db.execute(
        "UPDATE outbox SET due = ?, claimed = NULL, reason = ? WHERE number = ?",
        (to_milliseconds(at), reason, number),
    )


def refused(db: sqlite3.Connection, number: int, reason: str, now: datetime) -> None:
    """Mark a letter as permanently refused."""
    db.execute(
        "UPDATE outbox SET state = 'refused', settled = ?, claimed = NULL, reason = ? WHERE number = ?",
        (to_milliseconds(now), reason, number),
    )


def next_due(db: sqlite3.Connection) -> datetime | None:
    """Return when a letter can next be claimed; letters that wait for another one do not count."""
    (due,) = db.execute(
        f"SELECT min(max(coalesce(due, queued), coalesce(claimed + {HOLD_MS}, 0))) FROM outbox "  # noqa: S608 - ours
        f"WHERE state = 'waiting' AND {FREE}"
    ).fetchone()
    return None if due is None else from_milliseconds(due)
