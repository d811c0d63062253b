"""The versions of a message in the log: the original and its edits."""

import sqlite3
from collections.abc import Sequence

from bot.core.earlier_messages import Earlier
from bot.core.people.identity import Identity
from bot.storage.codec import from_milliseconds
from bot.storage.contract import LoggedLine
from bot.storage.queries import WHO

# SQLite uses the two partial indexes only if a query repeats their conditions. Ids that are not Matrix's (labels in a
# replayed log) are found without an index.
SAID = " AND edits = ''"
OF_EDIT = " AND edits <> ''"
EDIT = "edits = ? AND edits <> ''"
INDEXED = " AND event >= '$' AND event < '%'"


def message(db: sqlite3.Connection, room: str, event: str, unwritten: Sequence[LoggedLine]) -> Earlier | None:
    """Find a message by its own id or that of an edit, including unwritten lines; None if it is unknown."""
    if not event:
        return None
    here = [line for line in unwritten if line.room == room]
    edits = [
        *_lines(db, with_event(event) + OF_EDIT, room, event),
        *(line for line in here if line.event == event and line.edits),
    ]
    target = edits[0].edits if edits else event
    own = with_event(target) + SAID
    said = [
        *_lines(db, own, room, target),
        *(line for line in here if line.event == target and not line.edits),
    ]
    edited = [*_lines(db, EDIT, room, target), *(line for line in here if line.edits == target)]
    known = [*said, *edited]
    if not known:
        return None
    versions: dict[str, list[LoggedLine]] = {target: []}
    for line in known:
        if line.session == known[0].session:
            versions.setdefault(line.event, []).append(line)
    texts = tuple((version, _texts(lines)) for version, lines in versions.items())
    return Earlier(known[0].session, known[0].speaker, texts, said[0].at if said else None)


def with_event(event: str) -> str:
    """Return the condition for lines with an event id, its only parameter."""
    return "event = ?" + (INDEXED if event.startswith("$") else "")


def _lines(db: sqlite3.Connection, which: str, room: str, event: str) -> list[LoggedLine]:
    rows = db.execute(
        f"SELECT stream.name, at, text, event, edits, number, {WHO} "  # noqa: S608 - all of it is ours
        "FROM line JOIN stream ON stream.id = line.session JOIN speaker ON speaker.id = line.speaker "
        f"WHERE {which} AND room = (SELECT id FROM room WHERE name = ?) ORDER BY session, n",
        (event, room),
    ).fetchall()
    return [
        LoggedLine(session, room, from_milliseconds(at), Identity(*who), text, event, edits, number)
        for session, at, text, event, edits, number, *who in rows
    ]


def _texts(lines: Sequence[LoggedLine]) -> tuple[str, ...]:
    """Return the texts at their indexes in the message; missing lines are empty."""
    by_place = {line.number: line.text for line in lines}
    return tuple(by_place.get(place, "") for place in range(max(by_place, default=-1) + 1))
