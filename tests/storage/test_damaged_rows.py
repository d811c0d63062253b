"""A damaged row of mail, of undelivered messages or of an index costs only itself."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.facts import CORE_FACTS
from bot.storage import sqlite as storage
from bot.storage.contract import Batch, Blanking
from bot.storage.sqlite import SqliteJournal
from tests.storage.samples import ENTRIES, LETTER, SAYINGS, SESSION, SESSIONS, START, everything

NO_TEXT = "CAST(X'22FF22' AS TEXT)"  # these bytes are no UTF-8
DAMAGES = ["'{'", "'7'", "''", NO_TEXT]


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[SqliteJournal]:
    async with storage.open(tmp_path / "gatherbot.db", CORE_FACTS, clock=lambda: START) as opened:
        yield opened


async def run(journal: SqliteJournal, query: str) -> list[tuple[object, ...]]:
    def job(db: sqlite3.Connection) -> list[tuple[object, ...]]:
        return db.execute(query).fetchall()

    assert journal._writing is not None
    return await journal._writing.run(job)


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_letter_is_refused_and_the_next_one_leaves(
    journal: SqliteJournal, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    next_one = replace(LETTER, id="next", after=LETTER.id)
    await journal.commit(Batch(letters=[LETTER, next_one]))
    await run(journal, f"UPDATE outbox SET letter = {damage} WHERE number = 1")
    posted = await journal.claim(START)
    assert posted is not None
    assert posted.letter == next_one
    assert await journal.claim(START) is None
    assert await run(journal, "SELECT state, reason FROM outbox WHERE number = 1") == [
        ("refused", "this letter cannot be read")
    ]
    assert caplog.messages == ["mail: letter 1 of the outbox cannot be read and will not be sent"]


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_letter_or_fact_does_not_stop_a_redaction(
    journal: SqliteJournal, damage: str
) -> None:
    await journal.commit(everything())
    await run(journal, f"UPDATE outbox SET letter = {damage}")
    (said,) = await run(journal, "SELECT cause FROM fact WHERE kind = 'Recorded' AND body LIKE '%quoted%'")
    cause = str(said[0])
    broken = damage.replace("22FF22", "7BFF71756F7465647D")  # with the word in it
    await run(journal, f"UPDATE fact SET body = {broken} WHERE cause = '{cause}' AND kind = 'Recorded'")
    await journal.commit(Batch(blankings=[Blanking(SESSION, (cause,))]))
    left = await run(journal, f"SELECT kind, CAST(body AS BLOB) FROM fact WHERE cause = '{cause}'")
    assert left == [("TextRemoved", b'{"kind":"Recorded"}')]


@pytest.mark.parametrize(
    ("column", "damage"), [("recipient", "'{'"), ("recipient", NO_TEXT), ("text", NO_TEXT)]
)
async def test_a_damaged_message_is_not_said_and_the_others_are(
    journal: SqliteJournal, column: str, damage: str
) -> None:
    await journal.commit(Batch(undelivered=SAYINGS))
    await run(journal, f"UPDATE saying SET {column} = {damage} WHERE number = 1")
    assert await journal.undelivered() == SAYINGS[1:]


async def test_a_damaged_position_counts_as_none(journal: SqliteJournal) -> None:
    await journal.commit(Batch(cursors={"irc": "one", "matrix": "two"}))
    await run(journal, f"UPDATE cursor SET position = {NO_TEXT} WHERE network = 'irc'")
    assert [await journal.cursor(name) for name in ("irc", "matrix", "none")] == [None, "two", None]


async def test_a_damaged_number_of_a_track_hides_no_other(journal: SqliteJournal) -> None:
    await journal.commit(everything())
    known = await journal.last_numbers()
    await run(
        journal,
        f"INSERT INTO record (track, n, session) SELECT {NO_TEXT}, 7, session FROM record LIMIT 1",
    )
    assert {track: n for track, n in (await journal.last_numbers()).items() if track in known} == known


@pytest.mark.parametrize("column", ["track", "rooms", "date"])
async def test_a_damaged_row_of_the_index_is_shown_as_far_as_it_can_be_read(
    journal: SqliteJournal, column: str
) -> None:
    await journal.commit(everything())
    await run(journal, f"UPDATE session SET {column} = {NO_TEXT}")
    (row,) = await journal.live_sessions()
    assert row.id == SESSION
    assert replace(row, track="", rooms=(), date=START.date()) == replace(
        SESSIONS[0], track="", rooms=(), date=START.date()
    )
    assert await journal.entries(SESSION) == ENTRIES
