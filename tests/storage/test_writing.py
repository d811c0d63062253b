import resource
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.facts import CORE_FACTS, Recorded, TopicOpened
from bot.core.people.identity import Identity
from bot.core.session.session import Entry
from bot.storage import sqlite
from bot.storage.contract import Batch, LoggedLine, RecordRow, StorageError, StorageFull
from bot.storage.numbers import MOST
from bot.storage.sqlite import SqliteJournal
from tests.storage.samples import AMARU, ENTRIES, LETTER, LIN, LINES, ROOM, SESSION, START, everything


@pytest.fixture
async def journal(tmp_path: Path) -> AsyncIterator[SqliteJournal]:
    async with sqlite.open(tmp_path / "gatherbot.db", CORE_FACTS) as opened:
        yield opened


def contents(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    try:
        return list(db.iterdump())
    finally:
        db.close()


async def ask(journal: SqliteJournal, question: str) -> object:
    assert journal._writing is not None
    return await journal._writing.run(lambda db: db.execute(question).fetchone())


IMPOSSIBLE: dict[str, tuple[Callable[[Batch], object], str]] = {
    "a record number that leads elsewhere": (
        lambda batch: batch.records.append(RecordRow("kata", 7, "another")),
        "NOT NULL constraint failed: record.session",
    ),
    "a fact that nobody declared": (
        lambda batch: batch.entries.append(replace(ENTRIES[0], fact=LETTER)),
        "no plugin declares the fact Letter",
    ),
    "a naive moment": (
        lambda batch: batch.lines.append(replace(LINES[0], at=datetime(2027, 10, 19))),  # noqa: DTZ001 - the point
        "can't store a batch: TypeError",
    ),
    "half a character": (
        lambda batch: batch.lines.append(replace(LINES[0], text="\ud83d")),
        "can't store a batch: UnicodeEncodeError",
    ),
    "half a character in a fact": (
        lambda batch: batch.entries.append(replace(ENTRIES[0], fact=TopicOpened("\ud83d"))),
        "can't store a batch: UnicodeEncodeError",
    ),
    "a number beyond 64 bits": (
        lambda batch: batch.records.append(RecordRow("nova", 2**63, SESSION)),
        "can't store a batch: OverflowError",
    ),
    "an empty cursor": (
        lambda batch: batch.cursors.update(irc=None),  # type: ignore[call-overload]  # the point
        "NOT NULL constraint failed: cursor.position",
    ),
}


@pytest.mark.parametrize("fault", IMPOSSIBLE)
async def test_a_batch_with_one_impossible_row_changes_nothing(
    journal: SqliteJournal, tmp_path: Path, fault: str
) -> None:
    spoil, message = IMPOSSIBLE[fault]
    await journal.commit(Batch(records=[RecordRow("kata", 7, "older")]))
    before = contents(tmp_path / "gatherbot.db")
    spoiled = everything()
    spoil(spoiled)
    with pytest.raises(StorageError) as told:
        await journal.commit(spoiled)
    assert str(told.value).removeprefix(f"{tmp_path}/gatherbot.db: ") == message
    assert type(told.value) is StorageError
    assert contents(tmp_path / "gatherbot.db") == before
    await journal.commit(everything())
    assert await journal.entries(SESSION) == ENTRIES
    assert await journal.lines(SESSION) == list(enumerate(LINES, 1))


async def test_names_first_seen_in_a_batch_that_failed_are_numbered_anew(journal: SqliteJournal) -> None:
    new = Identity("irc", "newcomer", "newcomer")
    lost = Batch(
        lines=[LoggedLine("lost", "irc/#lost", START, new, "hello")],
        records=[RecordRow("nova", 2**63, "lost")],
    )
    with pytest.raises(StorageError):
        await journal.commit(lost)
    other = Identity("irc", "other", "other")
    await journal.commit(Batch(lines=[LoggedLine("kept", "irc/#kept", START, other, "good day")]))
    again = LoggedLine("lost", "irc/#lost", START, new, "hello again")
    await journal.commit(Batch(lines=[again]))
    assert await journal.lines("lost") == [(1, again)]
    assert [one.speaker for one in await journal.attended("kept")] == [other]


def flood(n: int) -> Batch:
    """About a hundred kilobytes, all new: session, room, speaker, facts, a letter."""
    session, room, who = f"s{n}", f"irc/#r{n}", Identity("irc", f"n{n}", f"n{n}")
    return Batch(
        lines=[LoggedLine(session, room, START, who, f"{k} {'x' * 400}") for k in range(100)],
        entries=[Entry(session, f"c{k}", START, who, TopicOpened(f"{k} {'y' * 400}")) for k in range(100)],
        records=[RecordRow("nova", n, session)],
        letters=[replace(LETTER, id=f"letter{n}")],
        cursors={"irc": str(n)},
    )


async def fill(journal: SqliteJournal, first: int) -> int:
    """Commit floods until one does not fit any more; its number."""
    for n in range(first, first + 200):
        try:
            await journal.commit(flood(n))
        except StorageFull:
            return n
    raise AssertionError("the disk was never full")


async def test_a_full_disk_is_told_and_it_goes_on_when_there_is_room_again(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    await ask(journal, "PRAGMA max_page_count = 300")
    lost = await fill(journal, 1)
    for _ in range(3):
        with pytest.raises(StorageFull) as told:
            await journal.commit(flood(lost))
        assert str(told.value) == (
            f"{tmp_path}/gatherbot.db: nothing can be written or read now: database or disk is full"
        )
    assert await journal.cursor("irc") == str(lost - 1)
    assert await journal.entries(f"s{lost}") == []
    assert await journal.last_numbers() == {"nova": lost - 1}
    await ask(journal, "PRAGMA max_page_count = 100000")
    await journal.commit(flood(lost))
    for n in (1, lost - 1, lost):
        assert [line for _, line in await journal.lines(f"s{n}")] == flood(n).lines
        assert await journal.entries(f"s{n}") == flood(n).entries
    assert await ask(journal, "PRAGMA integrity_check") == ("ok",)
    assert await ask(journal, "PRAGMA foreign_key_check") is None


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """The system refuses to let any file grow beyond `size` bytes: to SQLite, an I/O error."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_write_that_the_system_refuses_is_told_and_it_goes_on_afterwards(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    with files_no_longer_than(1_000_000):
        lost = await fill(journal, 1)
        with pytest.raises(StorageFull) as told:
            await journal.commit(flood(lost))
    assert str(told.value) == f"{tmp_path}/gatherbot.db: nothing can be written or read now: disk I/O error"
    await journal.commit(flood(lost))
    for n in range(1, lost + 1):
        assert [line for _, line in await journal.lines(f"s{n}")] == flood(n).lines
        assert await journal.entries(f"s{n}") == flood(n).entries
    assert await ask(journal, "PRAGMA integrity_check") == ("ok",)


async def test_another_program_that_holds_the_database_is_waited_for_and_then_told(
    journal: SqliteJournal, tmp_path: Path
) -> None:
    await ask(journal, "PRAGMA busy_timeout = 50")
    other = sqlite3.connect(tmp_path / "gatherbot.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFull) as told:
            await journal.commit(everything())
    finally:
        other.close()
    assert str(told.value).endswith("database is locked")
    await journal.commit(everything())
    assert await journal.entries(SESSION) == ENTRIES


async def test_two_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS) as one, sqlite.open(path, CORE_FACTS) as other:
        for n in range(4):
            await one.commit(Batch(lines=[LoggedLine("s", ROOM, START, AMARU, f"one {n}")]))
            await other.commit(Batch(lines=[LoggedLine("s", ROOM, START, LIN, f"other {n}")]))
        told = [(n, line.text) for n, line in await one.lines("s")]
    assert told == list(enumerate([f"{who} {n}" for n in range(4) for who in ("one", "other")], 1))


async def test_what_the_writer_remembers_has_an_end(journal: SqliteJournal) -> None:
    step = 4000
    for first in range(0, 3 * MOST, step):
        crowd = [Identity("irc", f"n{n}", f"n{n}") for n in range(first, first + step)]
        await journal.commit(Batch(lines=[LoggedLine("s", ROOM, START, who, "hello") for who in crowd]))
        assert len(journal._writer._numbers._speakers) <= MOST + step
    assert len(await journal.attended("s")) == 32_000
    last = await journal.lines("s", after=31_999)
    assert [(n, line.speaker.name) for n, line in last] == [(32_000, "n31999")]


async def test_facts_of_one_batch_may_say_much(journal: SqliteJournal) -> None:
    content = ENTRIES[13].fact
    assert isinstance(content, Recorded)
    long = replace(content, content=replace(content.content, text="林" * 100_000))
    entry = replace(ENTRIES[13], fact=long, at=START + timedelta(seconds=1))
    await journal.commit(Batch(entries=[entry]))
    assert await journal.entries(SESSION) == [entry]
