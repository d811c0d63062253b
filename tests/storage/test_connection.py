import asyncio
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.facts import CORE_FACTS
from bot.storage import sqlite
from bot.storage.connection import Connection
from bot.storage.contract import Batch, LoggedLine, StorageError
from tests.storage.samples import AMARU, ENTRIES, LINES, ROOM, SESSION, SESSIONS, START, everything


def said(*texts: str) -> list[LoggedLine]:
    return [
        LoggedLine(SESSION, ROOM, START + timedelta(seconds=n), AMARU, text, f"e{n}")
        for n, text in enumerate(texts)
    ]


async def test_a_reader_beside_a_writer_sees_what_is_committed_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS) as bot:
        await bot.commit(everything())
        async with sqlite.open(path, CORE_FACTS, readonly=True) as command:
            assert await command.entries(SESSION) == ENTRIES
            assert await command.live_sessions() == [SESSIONS[0]]
            assert await command.last_heard(SESSION) == LINES[-1].at
            await bot.commit(Batch(lines=said("later")))
            assert await command.lines(SESSION, after=3) == [(4, said("later")[0])]
            with pytest.raises(StorageError) as told:
                await command.commit(Batch(lines=said("no")))
            with pytest.raises(StorageError):
                await command.claim(START)
        assert str(told.value) == f"{path} is open for reading only"
        assert len(await bot.lines(SESSION)) == 4


async def test_it_can_be_read_when_no_bot_runs(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS) as bot:
        await bot.commit(everything())
    async with sqlite.open(path, CORE_FACTS, readonly=True) as command:
        assert await command.entries(SESSION) == ENTRIES


async def test_a_backup_taken_while_it_runs_holds_everything_committed(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS) as bot:
        await bot.commit(everything())
        with (
            closing(sqlite3.connect(path)) as running,
            closing(sqlite3.connect(tmp_path / "backup.db")) as copy,
        ):
            running.backup(copy)
    async with sqlite.open(tmp_path / "backup.db", CORE_FACTS) as backup:
        assert await backup.entries(SESSION) == ENTRIES


async def test_a_long_read_does_not_hold_up_a_commit(tmp_path: Path) -> None:
    async with sqlite.open(tmp_path / "gatherbot.db", CORE_FACTS) as journal:
        for _ in range(20):
            await journal.commit(Batch(lines=said(*map(str, range(5000)))))
        reading = asyncio.create_task(journal.lines(SESSION, limit=100_000))
        await asyncio.sleep(0)
        await journal.commit(Batch(entries=[ENTRIES[0]]))
        assert not reading.done()
        assert len(await reading) == 100_000


async def test_commits_asked_for_at_once_keep_their_order_and_the_end_waits_for_them(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS) as journal:
        waiting = [asyncio.create_task(journal.commit(Batch(lines=said(str(n))))) for n in range(50)]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    async with sqlite.open(path, CORE_FACTS) as journal:
        assert [line.text for _, line in await journal.lines(SESSION)] == [str(n) for n in range(50)]


async def test_text_that_was_deleted_is_overwritten_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(Batch(lines=said("a secret that must go")))
        assert journal._writing is not None
        await journal._writing.run(lambda db: db.execute("UPDATE line SET text = ''").fetchall())
    assert path.read_bytes().count(b"a secret that must go") == 0


async def test_it_writes_safely(tmp_path: Path) -> None:
    async with sqlite.open(tmp_path / "gatherbot.db", CORE_FACTS) as journal:
        assert journal._writing is not None
        found = await journal._writing.run(settings_of)
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def settings_of(db: sqlite3.Connection) -> dict[str, object]:
    asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}


def modes(folder: Path) -> dict[str, int]:
    return {one.name: one.stat().st_mode & 0o777 for one in folder.iterdir()}


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that was there before, and that others may look into, as may everything that is made."""
    before = os.umask(0o022)
    tmp_path.chmod(0o755)
    yield tmp_path
    os.umask(before)


async def test_what_was_said_is_nobody_elses_to_read(open_folder: Path) -> None:
    async with sqlite.open(open_folder / "gatherbot.db", CORE_FACTS) as bot:
        await bot.commit(everything())
        names = ["gatherbot.db", "gatherbot.db-wal", "gatherbot.db-shm"]
        assert modes(open_folder) == dict.fromkeys(names, 0o600)


async def test_a_line_that_was_played_back_is_not_the_last(tmp_path: Path) -> None:
    async with sqlite.open(tmp_path / "gatherbot.db", CORE_FACTS) as bot:
        await bot.commit(Batch(lines=said("one", "two")))
        await bot.commit(Batch(lines=said("an old one")))
        assert await bot.last_heard(SESSION) == START + timedelta(seconds=1)


def test_opening_that_is_cancelled_outlives_no_event_loop(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(path: str) -> sqlite3.Connection:
        begun.set()
        go_on.wait()
        return sqlite3.connect(path)

    async def cancel() -> None:
        opening = asyncio.create_task(Connection.opened(str(tmp_path / "gatherbot.db"), slowly))
        await asyncio.to_thread(begun.wait)
        opening.cancel()
        threading.Timer(0.1, go_on.set).start()
        with pytest.raises(asyncio.CancelledError):
            await opening

    asyncio.run(cancel())
    for thread in threading.enumerate():  # pytest reports what a thread could not do
        if "_connection_worker_thread" in thread.name:
            thread.join(10)
