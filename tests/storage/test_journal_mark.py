"""A journal that lost its end is not taken for a whole one."""

import asyncio
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.core.facts import CORE_FACTS
from bot.storage import journal_mark, sqlite
from bot.storage.contract import LoggedLine, ShorterJournal, StorageError
from bot.storage.journal_mark import Reached
from tests.storage.burst import numbered
from tests.storage.samples import SESSION, everything
from tests.storage.test_durability import killed_in_a_burst

KILLS = 6
AS_IN_DOCS = (
    "{path} lacks what was already written to it ({lacking}), so nothing was changed; put back a backup, "
    "as docs/operations.md says. To go on with what is there, remove {mark}"
)


class Files(NamedTuple):
    path: Path
    mark: Path


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "gatherbot.sqlite", tmp_path / "gatherbot.mark")


async def write(path: Path, first: int, last: int) -> None:
    async with sqlite.open(path, CORE_FACTS) as journal:
        for n in range(first, last + 1):
            await journal.commit(numbered(n))


async def crashed_after(path: Path, last: int, left: Path) -> None:
    """Leave the files in `left` as a crash after a number leaves them: with a write-ahead log."""
    async with sqlite.open(path, CORE_FACTS) as journal:
        for n in range(1, last + 1):
            await journal.commit(numbered(n))
        for file in path.parent.glob("gatherbot.sqlite*"):
            shutil.copy(file, left / file.name)
    shutil.copy(path.with_suffix(".mark"), left)


async def refusal(path: Path) -> str:
    with pytest.raises(ShorterJournal) as refused:
        async with sqlite.open(path, CORE_FACTS):
            pass
    return str(refused.value)


def told(path: Path, mark: Path, lacking: str) -> str:
    return AS_IN_DOCS.format(path=path, mark=mark, lacking=lacking)


async def test_a_journal_that_is_as_long_as_its_mark_opens(files: Files) -> None:
    path, mark = files
    await write(path, 1, 3)
    assert journal_mark.read(mark) == Reached((SESSION, 3), (SESSION, 3))
    await write(path, 4, 5)
    assert journal_mark.read(mark) == Reached((SESSION, 5), (SESSION, 5))
    assert mark.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("table", "lacking"),
    [
        ("session", f"the row of session {SESSION}"),
        ("record", "all rows of the table record"),
        ("speaker", "all rows of the table speaker"),
    ],
)
async def test_an_emptied_table_is_refused(files: Files, table: str, lacking: str) -> None:
    path, mark = files
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(everything())
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"DELETE FROM {table}")
        db.commit()
    assert await refusal(path) == told(path, mark, lacking)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM fact WHERE n = 2", "fact 2 of {stream} is missing"),
        (
            "DELETE FROM speaker WHERE id = (SELECT speaker FROM fact WHERE n = 1)",
            "fact 1 of {stream}: who said it is missing",
        ),
    ],
)
async def test_a_fact_or_a_speaker_that_is_missing_in_the_middle_is_noticed(
    files: Files, statement: str, why: str
) -> None:
    async with sqlite.open(files.path, CORE_FACTS) as journal:
        await journal.commit(everything())
    with closing(sqlite3.connect(files.path)) as db:
        db.execute(statement)
        db.commit()
    async with sqlite.open(files.path, CORE_FACTS) as journal:
        with pytest.raises(StorageError) as raised:
            await journal.entries(SESSION)
    assert str(raised.value) == why.format(stream=SESSION)


async def test_an_emptied_database_is_refused(files: Files) -> None:
    path, mark = files
    await write(path, 1, 3)
    path.write_bytes(b"")
    assert await refusal(path) == told(path, mark, "it is empty")
    assert path.read_bytes() == b""


async def test_a_database_that_is_gone_is_refused(files: Files) -> None:
    path, mark = files
    await write(path, 1, 3)
    path.unlink()
    assert await refusal(path) == told(path, mark, "it is empty")
    assert not path.exists()


async def test_a_new_database_in_its_place_is_refused(files: Files, tmp_path: Path) -> None:
    path, mark = files
    await write(path, 1, 3)
    other = tmp_path / "other" / "gatherbot.sqlite"
    other.parent.mkdir()
    async with sqlite.open(other, CORE_FACTS):
        pass
    shutil.copy(other, path)
    assert await refusal(path) == told(path, mark, f"fact 3 of {SESSION}")


@pytest.mark.parametrize("damage", ["cut", "deleted", "flipped"])
async def test_a_damaged_write_ahead_log_is_refused_and_left_as_it_is(tmp_path: Path, damage: str) -> None:
    (running := tmp_path / "running").mkdir()
    (left := tmp_path / "left").mkdir()
    path, mark = left / "gatherbot.sqlite", left / "gatherbot.mark"
    await crashed_after(running / "gatherbot.sqlite", 20, left)
    log = left / "gatherbot.sqlite-wal"
    whole = log.read_bytes()
    if damage == "deleted":
        log.unlink()
        (left / "gatherbot.sqlite-shm").unlink()
    elif damage == "cut":
        log.write_bytes(whole[: len(whole) * 2 // 3])
    else:
        middle = len(whole) * 2 // 3
        log.write_bytes(whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :])
    damaged = {one.name: one.read_bytes() for one in left.iterdir() if one.suffix != ".sqlite-shm"}
    for _ in range(2):
        refused = await refusal(path)
        assert refused.startswith(f"{path} lacks what was already written to it (")
        assert refused.endswith(f"To go on with what is there, remove {mark}")
    for name, content in damaged.items():
        assert (left / name).read_bytes() == content


async def test_an_older_backup_opens_once_its_mark_is_removed(files: Files, tmp_path: Path) -> None:
    path, mark = files
    await write(path, 1, 3)
    backup = tmp_path / "backup.sqlite"
    with closing(sqlite3.connect(path)) as running:
        running.execute("VACUUM INTO ?", (str(backup),))
    await write(path, 4, 6)
    path.unlink()
    shutil.copy(backup, path)
    assert await refusal(path) == told(path, mark, f"fact 6 of {SESSION}")
    mark.unlink()
    await write(path, 4, 4)
    assert journal_mark.read(mark) == Reached((SESSION, 4), (SESSION, 4))


async def test_a_database_of_an_earlier_version_has_no_mark_and_opens(files: Files) -> None:
    path, mark = files
    await write(path, 1, 3)
    mark.unlink()
    await write(path, 4, 4)
    assert mark.exists()


async def test_a_damaged_mark_stops_nothing(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    path, mark = files
    await write(path, 1, 3)
    mark.write_bytes(b"\x00")
    await write(path, 4, 4)
    assert caplog.messages[0].startswith(f"can't read {mark}, so the end of the journal is not checked: ")
    assert journal_mark.read(mark) == Reached((SESSION, 4), (SESSION, 4))


async def test_the_mark_follows_within_seconds_while_the_bot_runs(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, mark = files
    monkeypatch.setattr(journal_mark, "EVERY_S", 0.01)
    async with sqlite.open(path, CORE_FACTS) as journal:
        for n in range(1, 4):
            await journal.commit(numbered(n))
            assert journal._mark is not None
            assert (
                journal._mark._writing is not None
            )  # it was ordered by the commit, which did not wait for it
            await asyncio.wait_for(journal._mark._writing, 5)
            assert journal_mark.read(mark) == Reached((SESSION, n), (SESSION, n))


async def test_a_failed_commit_is_not_claimed(files: Files) -> None:
    path, mark = files
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(numbered(1))
        bad = numbered(2)
        bad.lines[0] = LoggedLine(SESSION, "irc/#nova", bad.lines[0].at, bad.lines[0].speaker, "\udc00")
        with pytest.raises(StorageError):
            await journal.commit(bad)
    assert journal_mark.read(mark) == Reached((SESSION, 1), (SESSION, 1))


async def test_a_mark_that_cannot_be_written_does_not_stop_the_bot(
    files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    path, mark = files
    mark.with_suffix(".mark.tmp").mkdir()
    await write(path, 1, 1)
    await write(path, 2, 2)
    assert [message.partition(": ")[0] for message in caplog.messages] == [f"can't write {mark}"] * 2


async def test_after_kill_9_the_mark_never_claims_more_than_is_on_disk(files: Files) -> None:
    path, mark = files
    chance = random.Random(14)
    kept = claimed = 0
    for _ in range(KILLS):
        await killed_in_a_burst(path, kept + 1, chance.uniform(0.05, 0.2), "0.002")
        claimed = max(claimed, journal_mark.read(mark).fact[1])
        async with sqlite.open(path, CORE_FACTS) as journal:
            kept = len(await journal.entries(SESSION))
        assert claimed <= kept
    assert claimed > 0
