"""A redaction takes text away wherever it is stored; that something was there stays.

Lines become empty, facts say what `bot.core.session.redacted_text` leaves of them, letters that may quote them are not sent any more
and hold nothing, and what waits to be said about them is not said. `bot.storage.leftover_pages` sees that no copy stays in the files.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from bot.core.facts import TextRemoved
from bot.core.session.redacted_text import Blanks, loses_text
from bot.core.state.streams import track_stream
from bot.storage import leftover_pages, outbox
from bot.storage.codec import Codec
from bot.storage.contract import Blanking, StorageError
from bot.storage.message_versions import with_event

SHORTEST = 4  # letters; what is shorter stands in every other sentence by chance
SKEW_MS = 60_000  # between the clock of a homeserver, which dates messages, and ours, which dates letters
FACTS = "SELECT stream, n, name, cause, at, kind, body FROM fact JOIN stream ON stream.id = fact.stream WHERE"


def blank(db: sqlite3.Connection, codec: Codec, blanks: Blanks, blanking: Blanking) -> None:
    """Take the text of messages away, within the transaction of their redaction."""
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
    """Empty the lines. What they said, and since when letters may quote them.

    The moment of a message is its sender's to tell: one that is in the future would save the letters. So the earliest
    moment of it and all lines after it counts.
    """
    gone: set[str] = set()
    moments: list[int] = []
    for event in blanking.messages:
        where = with_event(event)
        found = db.execute(f"SELECT session, n, text FROM line WHERE {where}", (event,)).fetchall()  # noqa: S608 - ours
        gone |= {text for _, _, text in found}
        for session, n, _ in found:
            earliest = "SELECT min(at) FROM line WHERE session = ? AND n >= ?"
            moments.append(db.execute(earliest, (session, n)).fetchone()[0])
        db.execute(f"UPDATE line SET text = '' WHERE {where}", (event,))  # noqa: S608 - where is ours
    return gone, min(moments, default=None)


def _facts(
    db: sqlite3.Connection, codec: Codec, blanks: Blanks, blanking: Blanking
) -> Iterator[tuple[str, int, set[str]]]:
    """Blank the facts, and those that copied words of theirs. For each its stream, when it was, and what it lost."""
    concerned: list[object] = []
    for stream, n, name, cause, at, kind, body in _caused(db, blanking):
        if loses_text(cause, blanking.messages, blanking.causes):
            fact = _decoded(codec, kind, body)
            concerned.append(fact)
            left = TextRemoved(kind) if fact is None else blanks.blanked(fact)
            yield name, at, _put(db, codec, (stream, n), (kind, body), left)
    if not concerned:
        return
    gone = blanks.gone(blanking.messages, concerned)
    kinds = [copying.__name__ for copying in blanks.copies]
    query = f"{FACTS} kind IN ({', '.join('?' * len(kinds))})"
    for stream, n, name, _, at, kind, body in db.execute(query, kinds).fetchall():
        fact = _decoded(codec, kind, body)
        left = blanks.without_copies(fact, gone)
        if left != fact:
            yield name, at, _put(db, codec, (stream, n), (kind, body), left)


def _put(
    db: sqlite3.Connection, codec: Codec, row: tuple[int, int], before: tuple[str, str], left: object
) -> set[str]:
    """Write what is left of a fact. The words that it lost."""
    after = codec.encode(left)
    if after != before:
        db.execute("UPDATE fact SET kind = ?, body = ? WHERE stream = ? AND n = ?", (*after, *row))
    return _words(before[1]) - _words(after[1])


def _caused(db: sqlite3.Connection, blanking: Blanking) -> list[tuple[Any, ...]]:
    """The facts of the messages and of their parts ("id/1", "id/apart"), and of the further causes."""
    rows: list[tuple[Any, ...]] = []
    for message in blanking.messages:
        rows += db.execute(f"{FACTS} cause = ?", (message,))
        rows += db.execute(f"{FACTS} cause >= ? AND cause < ?", (f"{message}/", f"{message}0"))  # 0 follows /
    for cause in blanking.causes:
        rows += db.execute(f"{FACTS} cause = ?", (cause,))
    return rows


def _decoded(codec: Codec, kind: str, body: str) -> object | None:
    """The fact; None where nobody can read it any more."""
    try:
        return codec.decode(kind, body)
    except StorageError:
        return None


def _words(body: str) -> set[str]:
    """The texts in a body."""
    found: set[str] = set()
    waiting: list[Any] = [msgspec.json.decode(body)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.add(one)
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return found


def _tracks(db: sqlite3.Connection, streams: Iterable[str]) -> Iterator[str]:
    """The streams of the tracks of these sessions."""
    for stream in streams:
        query = "SELECT track FROM session JOIN stream USING (id) WHERE name = ?"
        for (track,) in db.execute(query, (stream,)).fetchall():
            yield track_stream(track)


def _sayings(db: sqlite3.Connection, blanking: Blanking, gone: set[str]) -> None:
    """Take out what waits to be said in answer to the messages, or quotes them."""
    people = "SELECT count(*) FROM speaker WHERE ? IN (network, name, key, account)"
    quotes = [one for one in gone if len(one) >= SHORTEST and not db.execute(people, (one,)).fetchone()[0]]
    for number, text, answers in db.execute("SELECT number, text, answers FROM saying").fetchall():
        if answers in blanking.messages or any(quote in text for quote in quotes):
            db.execute("DELETE FROM saying WHERE number = ?", (number,))
