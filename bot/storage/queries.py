"""Queries that return values from the tables; they run on a connection's thread."""

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from bot.core.people.identity import Identity
from bot.core.session.session import Entry
from bot.storage.codec import EPOCH, Codec, from_milliseconds, undecoded
from bot.storage.contract import Attended, LoggedLine, SessionRow, StorageError

log = logging.getLogger(__name__)

ROOMS = msgspec.json.Decoder(tuple[str, ...])
SESSIONS = "SELECT name, track, rooms, date, started, ended, live FROM session JOIN stream USING (id)"
WHO = "speaker.network, speaker.name, speaker.key, speaker.account"


def entries(
    db: sqlite3.Connection, codec: Codec, stream: str, after: int, limit: int
) -> tuple[list[Entry], int | None]:
    """Return at most `limit` entries of a stream, and the number to continue after, None at the end."""
    rows = db.execute(
        f"SELECT n, kind, body, cause, at, fact.speaker, {WHO} "  # noqa: S608 - WHO is ours
        "FROM fact LEFT JOIN speaker ON speaker.id = fact.speaker "
        "WHERE stream = (SELECT id FROM stream WHERE name = ?) AND n > ? ORDER BY n LIMIT ?",
        (stream, after, limit),
    ).fetchall()
    found: list[Entry] = []
    for expected, (n, kind, body, cause, at, speaker, *who) in enumerate(rows, after + 1):
        if n != expected:  # facts are never deleted, so something else was
            raise StorageError(f"fact {expected} of {stream} is missing")
        if speaker is not None and who[0] is None:
            raise StorageError(f"fact {n} of {stream}: who said it is missing")
        try:
            fact = codec.decode(kind, body)
            moment = from_milliseconds(at)
        except (StorageError, OverflowError) as error:
            raise StorageError(f"fact {n} of {stream}: {error}") from error
        if fact is not None:
            by = None if who[0] is None else Identity(*who)
            found.append(Entry(stream, cause, moment, by, fact))
    return found, rows[-1][0] if len(rows) == limit else None


def lines(db: sqlite3.Connection, session: str, after: int, limit: int) -> list[tuple[int, LoggedLine]]:
    """Return at most `limit` lines of a session with their numbers, starting after a number."""
    rows = db.execute(
        f"SELECT n, room.name, at, text, event, edits, number, {WHO} "  # noqa: S608 - WHO is ours
        "FROM line JOIN room ON room.id = line.room JOIN speaker ON speaker.id = line.speaker "
        "WHERE session = (SELECT id FROM stream WHERE name = ?) AND n > ? ORDER BY n LIMIT ?",
        (session, after, limit),
    )
    return [
        (n, LoggedLine(session, room, from_milliseconds(at), Identity(*who), text, event, edits, number))
        for n, room, at, text, event, edits, number, *who in rows
    ]


def sessions_of(db: sqlite3.Connection, messages: Sequence[str]) -> list[str]:
    """Return the sessions with facts caused by these messages or parts of them ("id/1", "id/apart")."""
    found: set[str] = set()
    for message in messages:
        rows = db.execute(
            "SELECT DISTINCT name FROM fact JOIN session ON session.id = fact.stream "
            "JOIN stream ON stream.id = fact.stream "
            "WHERE cause = ? OR (cause >= ? AND cause < ?)",
            (message, f"{message}/", f"{message}0"),  # 0 follows /
        )
        found |= {name for (name,) in rows}
    return sorted(found)


def attended(db: sqlite3.Connection, session: str) -> list[Attended]:
    """Return the speakers of a session, by first line; edits do not count."""
    rows = db.execute(
        f"SELECT said.lines, said.first, said.last, {WHO} FROM ("  # noqa: S608 - WHO is ours
        "SELECT speaker, count(*) AS lines, min(at) AS first, max(at) AS last, min(n) AS place FROM line "
        "WHERE session = (SELECT id FROM stream WHERE name = ?) AND edits = '' GROUP BY speaker"
        ") AS said JOIN speaker ON speaker.id = said.speaker ORDER BY said.place",
        (session,),
    )
    return [
        Attended(Identity(*who), count, from_milliseconds(first), from_milliseconds(last))
        for count, first, last, *who in rows
    ]


def last_heard(db: sqlite3.Connection, session: str) -> datetime | None:
    """Return the time of the last line, or None."""
    (at,) = db.execute(
        "SELECT max(at) FROM line WHERE session = (SELECT id FROM stream WHERE name = ?)", (session,)
    ).fetchone()
    return None if at is None else from_milliseconds(at)


def live_sessions(db: sqlite3.Connection) -> list[SessionRow]:
    """Return the live sessions, by start."""
    # a session that has not ended is live, whatever a damaged row says
    return _sessions(db, f"{SESSIONS} WHERE live OR ended IS NULL ORDER BY started, id", ())


def sessions(db: sqlite3.Connection, track: str | None) -> list[SessionRow]:
    """Return all sessions, or those of a track, by start."""
    if track is None:
        return _sessions(db, f"{SESSIONS} ORDER BY started, id", ())
    return _sessions(db, f"{SESSIONS} WHERE track = ? ORDER BY started, id", (track,))


def _sessions(db: sqlite3.Connection, query: str, parameters: tuple[str, ...]) -> list[SessionRow]:
    with undecoded(db):
        return [_session(*row) for row in db.execute(query, parameters)]


def _session(
    name: bytes, track: bytes, rooms: bytes, day: bytes, started: int, ended: int | None, live: int
) -> SessionRow:
    """Return a row of the index. A damaged value is empty, because the session's facts have it too."""
    row = SessionRow(
        id=name.decode(errors="replace"),
        track=track.decode(errors="replace"),
        rooms=(),
        date=date.min,
        started=EPOCH,
        ended=None if ended is None else EPOCH,
        live=bool(live),
    )
    with suppress(msgspec.MsgspecError, ValueError):
        row = replace(row, rooms=ROOMS.decode(rooms))
    with suppress(ValueError):
        row = replace(row, date=date.fromisoformat(day.decode()))
    with suppress(OverflowError):
        row = replace(row, started=from_milliseconds(started))
        row = replace(row, ended=None if ended is None else from_milliseconds(ended))
    return row


def session_of_record(db: sqlite3.Connection, track: str, n: int) -> str | None:
    """Return the session that contains a record, or None."""
    row = db.execute(
        "SELECT name FROM record JOIN stream ON stream.id = record.session WHERE track = ? AND n = ?",
        (track, n),
    ).fetchone()
    return None if row is None else str(row[0])


def last_numbers(db: sqlite3.Connection) -> dict[str, int]:
    """Return the highest record number of every track."""
    with undecoded(db):
        rows = db.execute("SELECT track, max(n) FROM record GROUP BY track").fetchall()
    return {track.decode(errors="replace"): n for track, n in rows}


def handled(db: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
    """Return those of `ids` that were handled."""
    # a single JSON parameter, because SQLite limits the number of parameters
    wanted = msgspec.json.encode(ids).decode()
    rows = db.execute("SELECT id FROM handled WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
    return {found for (found,) in rows}


def kinds(db: sqlite3.Connection) -> dict[str, int]:
    """Return the number of facts of each kind."""
    return dict(db.execute("SELECT kind, count(*) FROM fact GROUP BY kind ORDER BY kind"))


def cursor(db: sqlite3.Connection, network: str) -> str | None:
    """Return the read position of a network, or None; a damaged one is as good as none."""
    with undecoded(db):
        row = db.execute("SELECT position FROM cursor WHERE network = ?", (network,)).fetchone()
    try:
        return None if row is None else str(row[0], "utf-8")
    except UnicodeDecodeError:
        log.error("%s: the stored position cannot be read; it is read from the present on", network)  # noqa: TRY400
        return None
