"""What could not be cleaned is cleaned later, and nobody waits for it."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage import leftover_pages
from bot.storage.connection import open_to_write
from bot.storage.leftover_pages import CLEAN, TO_REWRITE, TO_TRUNCATE, Cleaning
from tests.storage.samples import START


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_to_write(str(tmp_path / "gatherbot.db"))
    yield opened
    opened.close()


def state(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_where_nothing_was_redacted_nothing_is_done(db: sqlite3.Connection, tmp_path: Path) -> None:
    db.execute("INSERT INTO room (name) VALUES ('x')")
    before = (tmp_path / "gatherbot.db").read_bytes()
    assert leftover_pages.clean(db)
    assert (tmp_path / "gatherbot.db").read_bytes() == before


def test_what_fails_is_tried_again_after_a_while(db: sqlite3.Connection) -> None:
    one = Cleaning()
    leftover_pages.needed(db)
    db.execute("BEGIN")  # within a transaction SQLite refuses it, as it does on a full disk
    one.after_commit(db, START, redacted=True)
    db.execute("COMMIT")
    assert state(db) == TO_REWRITE
    one.after_commit(db, START + timedelta(seconds=59), redacted=False)
    assert state(db) == TO_REWRITE
    one.after_commit(db, START + timedelta(seconds=60), redacted=False)
    assert state(db) == CLEAN


def test_a_reader_is_not_waited_for_but_once(db: sqlite3.Connection, tmp_path: Path) -> None:
    one = Cleaning()
    reader = sqlite3.connect(tmp_path / "gatherbot.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM room").fetchone()
    leftover_pages.needed(db)
    for redacted in (True, False, False):
        one.after_commit(db, START, redacted=redacted)
        assert state(db) == TO_TRUNCATE
    reader.close()
    one.after_commit(db, START, redacted=False)
    assert state(db) == CLEAN
    assert db.execute("PRAGMA busy_timeout").fetchone() == (5000,)


def test_a_start_goes_on_with_it(db: sqlite3.Connection, tmp_path: Path) -> None:
    leftover_pages.needed(db)
    db.close()
    again = open_to_write(str(tmp_path / "gatherbot.db"))
    assert state(again) == CLEAN
    again.close()
