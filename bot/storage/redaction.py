"""Removal of redacted text from every table; the rows stay.

Lines become empty, facts are blanked by `bot.core.session.redacted_text`, letters that may quote the text are emptied and
recalled, and undelivered messages about it are deleted. `bot.storage.leftover_pages` removes copies in the files.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bot.core.facts import TextRemoved, TopicOpened
from bot.core.session.redacted_text import Blanks, loses_text
from bot.core.state.streams import track_stream
from bot.storage import leftover_pages, outbox
from bot.storage.codec import Codec
from bot.storage.contract import Blanking, StorageError
from bot.storage.message_versions import with_event

SHORTEST = 4  # characters; shorter texts occur in many sentences by chance
SKEW_MS = 60_000  # between the clocks of a homeserver (messages) and of this machine (letters)
FACTS = "SELECT stream, n, name, cause, at, kind, CAST(body AS BLOB) FROM fact JOIN stream ON stream.id = fact.stream WHERE"


def blank(db: sqlite3.Connection, codec: Codec, blanks: Blanks, blanking: Blanking) -> None:
    """Remove the text of messages, within the transaction of their redaction."""
    gone, since = _lines(db, blanking)
    streams = {blanking.stream} - {""}
    quoted = blanking.letters
    for stream, at, removed in _facts(db, codec, blanks, blanking):
        gone |= removed
        quoted |= bool(removed)
        streams.add(stream)
        since = at if since is None else min(at, since)
    if quoted and since is not None:
        outbox.blank(db, {*streams, *_tracks(db, streams)}, since - SKEW_MS)
    _sayings(db, blanking, gone)
    leftover_pages.needed(db)


def _lines(db: sqlite3.Connection, blanking: Blanking) -> tuple[set[str], int | None]:
    """Empty the lines, and return their texts and the time (ms) since when letters may quote them.

    A sender can forge the time of a message, and a future time would exclude the letters; so the earliest time of the
    message and all later lines counts.
    """
    gone: set[str] = set()
    moments: list[int] = []
    for event in blanking.messages:
        where = with_event(event)
        query = f"SELECT session, n, CAST(text AS BLOB) FROM line WHERE {where}"  # noqa: S608 - where is ours
        found = db.execute(query, (event,)).fetchall()
        gone |= {text.decode(errors="replace") for _, _, text in found}
        for session, n, _ in found:
            earliest = "SELECT min(at) FROM line WHERE session = ? AND n >= ?"
            moments.append(db.execute(earliest, (session, n)).fetchone()[0])
        db.execute(f"UPDATE line SET text = '' WHERE {where}", (event,))  # noqa: S608 - where is ours
    return gone, min(moments, default=None)


def _facts(
    db: sqlite3.Connection, codec: Codec, blanks: Blanks, blanking: Blanking
) -> Iterator[tuple[str, int, set[str]]]:
    """Blank the facts and those with copies of their text; yields stream, time (ms) and lost texts of each."""
    concerned: list[object] = []
    for stream, n, name, cause, at, kind, body in _caused(db, blanking):
        if loses_text(cause, blanking.messages, blanking.causes):
            fact = _decoded(codec, kind, body)
            concerned.append(fact)
            left = TextRemoved(kind) if fact is None else blanks.blanked(fact)
            yield name, at, _put(db, codec, (stream, n), (kind, body), left)
    if not concerned:
        return
    kinds = [copying.__name__ for copying in blanks.copying]
    which = f"kind IN ({', '.join('?' * len(kinds))}) ORDER BY stream, n"
    copying = [(row, _decoded(codec, row[5], row[6])) for row in _stored(db, which, *kinds)]
    openings = [(row[3], fact) for row, fact in copying if isinstance(fact, TopicOpened)]
    gone = blanks.gone(blanking.messages, concerned, openings)
    for (stream, n, name, _, at, kind, body), fact in copying:
        left = blanks.without_copies(fact, gone)
        if left != fact:
            yield name, at, _put(db, codec, (stream, n), (kind, body), left)


def _put(
    db: sqlite3.Connection, codec: Codec, row: tuple[int, int], before: tuple[str, str], left: object
) -> set[str]:
    """Write the blanked fact, and return its lost texts."""
    after = codec.encode(left)
    if after != before:
        db.execute("UPDATE fact SET kind = ?, body = ? WHERE stream = ? AND n = ?", (*after, *row))
    return _words(before[1]) - _words(after[1])


def _caused(db: sqlite3.Connection, blanking: Blanking) -> list[tuple[Any, ...]]:
    """Return the facts of the messages, of their parts ("id/1", "id/apart"), and of the further causes."""
    rows: list[tuple[Any, ...]] = []
    for message in blanking.messages:
        rows += _stored(db, "cause = ?", message)
        rows += _stored(db, "cause >= ? AND cause < ?", f"{message}/", f"{message}0")  # 0 follows /
    for cause in blanking.causes:
        rows += _stored(db, "cause = ?", cause)
    return rows


def _stored(db: sqlite3.Connection, which: str, *parameters: str) -> list[tuple[Any, ...]]:
    """Return the facts that meet a condition; a damaged body has to go too, so it is read as far as it is text."""
    rows = db.execute(f"{FACTS} {which}", parameters)
    return [(*row, body.decode(errors="replace")) for *row, body in rows]


def _decoded(codec: Codec, kind: str, body: str) -> object | None:
    """Return the fact; None if it cannot be decoded."""
    try:
        return codec.decode(kind, body)
    except StorageError:
        return None


def _words(body: str) -> set[str]:
    """Return the texts in a body; none of a damaged one."""
    found: set[str] = set()
    try:
        waiting: list[Any] = [msgspec.json.decode(body)]
    except msgspec.MsgspecError:
        return found
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return found


def _tracks(db: sqlite3.Connection, streams: Iterable[str]) -> Iterator[str]:
    """Yield the streams of the tracks of these sessions."""
    for stream in streams:
        query = "SELECT track FROM session JOIN stream USING (id) WHERE name = ?"
        for (track,) in db.execute(query, (stream,)).fetchall():
            yield track_stream(track)


def _sayings(db: sqlite3.Connection, blanking: Blanking, gone: set[str]) -> None:
    """Delete undelivered messages that answer or quote the messages."""
    people = "SELECT count(*) FROM speaker WHERE ? IN (network, name, key, account)"
    quotes = [
        text_gone
        for text_gone in gone
        if len(text_gone) >= SHORTEST and not db.execute(people, (text_gone,)).fetchone()[0]
    ]
    for number, text, answers in db.execute("SELECT number, text, answers FROM saying").fetchall():
        if answers in blanking.messages or any(quote in text for quote in quotes):
            db.execute("DELETE FROM saying WHERE number = ?", (number,))
