"""The writer's cache of the integer ids of streams, rooms and speakers, and of the last numbers."""

import sqlite3

from bot.core.people.identity import Identity

MOST = 10_000  # entries of each kind; beyond that the cache is cleared


class Numbers:
    """A cache of ids and last numbers.

    Call `forget` when the tables may differ from it: after a rollback, or when another process has written.
    """

    def __init__(self) -> None:
        self._streams: dict[str, int] = {}
        self._rooms: dict[str, int] = {}
        self._speakers: dict[Identity, int] = {}
        self._last_facts: dict[int, int] = {}
        self._last_lines: dict[int, int] = {}
        self._all = (self._streams, self._rooms, self._speakers, self._last_facts, self._last_lines)

    def forget(self) -> None:
        """Clear the cache."""
        for remembered in self._all:
            remembered.clear()

    def trim(self) -> None:
        """Clear the cache if it is too large."""
        if any(len(remembered) > MOST for remembered in self._all):
            self.forget()

    def stream(self, db: sqlite3.Connection, name: str) -> int:
        """Return the id of a stream, inserted if it is new."""
        found = self._streams.get(name)
        if found is None:
            found = self._streams[name] = _named(db, "stream", name)
        return found

    def room(self, db: sqlite3.Connection, name: str) -> int:
        """Return the id of a room, inserted if it is new."""
        found = self._rooms.get(name)
        if found is None:
            found = self._rooms[name] = _named(db, "room", name)
        return found

    def speaker(self, db: sqlite3.Connection, who: Identity) -> int:
        """Return the id of an identity, inserted if it is new."""
        found = self._speakers.get(who)
        if found is None:
            found = self._speakers[who] = _speaker(db, who)
        return found

    def next_fact(self, db: sqlite3.Connection, stream: int) -> int:
        """Return the number of a stream's next fact, from 1."""
        last = self._last_facts.get(stream)
        if last is None:
            last = _last(db, "SELECT max(n) FROM fact WHERE stream = ?", stream)
        self._last_facts[stream] = last + 1
        return last + 1

    def next_line(self, db: sqlite3.Connection, session: int) -> int:
        """Return the number of a session's next line, from 1."""
        last = self._last_lines.get(session)
        if last is None:
            last = _last(db, "SELECT max(n) FROM line WHERE session = ?", session)
        self._last_lines[session] = last + 1
        return last + 1


def _named(db: sqlite3.Connection, table: str, name: str) -> int:
    db.execute(f"INSERT INTO {table} (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))  # noqa: S608 - table is ours
    (found,) = db.execute(f"SELECT id FROM {table} WHERE name = ?", (name,)).fetchone()  # noqa: S608 - table is ours
    return int(found)


def _speaker(db: sqlite3.Connection, who: Identity) -> int:
    row = (who.network, who.key, who.name, who.account)
    db.execute(
        "INSERT INTO speaker (network, key, name, account) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row
    )
    (found,) = db.execute(
        "SELECT id FROM speaker WHERE network = ? AND key = ? AND name = ? AND account = ?", row
    ).fetchone()
    return int(found)


def _last(db: sqlite3.Connection, query: str, of: int) -> int:
    (last,) = db.execute(query, (of,)).fetchone()
    return last or 0
