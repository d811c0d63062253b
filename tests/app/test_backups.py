"""Backups: made beside a running bot, restored without one, and what cannot be one."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.app.backups import backup, restore
from bot.app.errors import AlreadyRunningError, CannotError
from bot.app.journal_check import check_journal
from bot.app.service import only_one, running
from bot.app.views import export
from bot.config import Config
from bot.networks.recording_network import RecordingNetwork
from bot.storage import backups, journal_mark
from bot.storage.backups import MAY_BE_SENT
from tests.app.test_web_pages import config_of as with_pages
from tests.app.test_web_pages import say


def config_of(data: Path) -> Config:
    data.mkdir()
    return replace(with_pages(data), web=None)


async def recorded(config: Config, *texts: str, first: int = 1) -> None:
    """Run a bot in which these lines are said."""
    with only_one(config.data):
        async with running(config, {"irc": RecordingNetwork("irc")}) as bot:
            for number, text in enumerate(texts, first):
                await say(bot, text, number)


def texts_in(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as db:
        rows = db.execute("SELECT body FROM fact WHERE kind = 'Recorded' ORDER BY n").fetchall()
    return [body.partition('"text":"')[2].partition('"')[0] for (body,) in rows]


async def test_a_backup_of_a_running_bot_holds_what_was_acknowledged_and_holds_up_nobody(
    tmp_path: Path,
) -> None:
    config = config_of(tmp_path / "data")
    async with running(config, {"irc": RecordingNetwork("irc")}) as bot:
        await say(bot, "#startmeeting Day 1", 1)
        await say(bot, "#info The tide is high", 2)
        copying = asyncio.create_task(backup(config, tmp_path / "copy.sqlite"))
        await say(bot, "#info The tide is low", 3)
        said = await copying
        await say(bot, "#info The tide is gone", 4)
    assert said.startswith(f"{tmp_path}/copy.sqlite holds 1 session and ")
    assert texts_in(tmp_path / "copy.sqlite")[:1] == ["The tide is high"]
    assert texts_in(config.database) == ["The tide is high", "The tide is low", "The tide is gone"]
    assert stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode) == 0o600
    assert digests(tmp_path).keys() == {"copy.sqlite"}


async def test_a_restored_backup_goes_on_where_it_was_made(tmp_path: Path) -> None:
    config = config_of(tmp_path / "data")
    await recorded(config, "#startmeeting Day 1", "#info The tide is high")
    await backup(config, tmp_path / "copy.sqlite")
    await recorded(config, "#info The tide is low", first=3)
    assert texts_in(config.database) == ["The tide is high", "The tide is low"]

    said = (await restore(config, tmp_path / "copy.sqlite")).splitlines()

    (before,) = config.data.glob("gatherbot-before-*.sqlite")
    assert said[1] == f"the database that was there before is kept as {before}"
    assert texts_in(before) == ["The tide is high", "The tide is low"]
    assert await check_journal(config) == ([], [])
    await recorded(config, "#info The tide is back", first=5)
    assert texts_in(config.database) == ["The tide is high", "The tide is back"]
    assert texts_in(tmp_path / "copy.sqlite") == ["The tide is high"]


async def test_it_can_be_restored_where_there_was_no_database(tmp_path: Path) -> None:
    config, other = config_of(tmp_path / "data"), config_of(tmp_path / "other")
    await recorded(config, "#startmeeting Day 1", "#info The tide is high")
    await backup(config, tmp_path / "copy.sqlite")
    await restore(other, tmp_path / "copy.sqlite")
    assert await export(other) == await export(config)


async def test_letters_that_waited_in_a_backup_are_not_sent(tmp_path: Path) -> None:
    config = config_of(tmp_path / "data")
    await recorded(config, "#startmeeting Day 1")
    with closing(sqlite3.connect(config.database)) as db:
        for n, state in ((1, "waiting"), (2, "sent")):
            row = (n, f"{n}@example.org", "", "", "{}", state, 0)
            db.execute(
                "INSERT INTO outbox (number, id, name, after, letter, state, queued) VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        db.commit()
    await backup(config, tmp_path / "copy.sqlite")
    said = await restore(config, tmp_path / "copy.sqlite")
    assert "\n1 letter of the backup will not be sent, because" in said
    with closing(sqlite3.connect(config.database)) as db:
        rows = db.execute("SELECT id, state, reason FROM outbox ORDER BY number").fetchall()
    assert rows == [("1@example.org", "refused", MAY_BE_SENT), ("2@example.org", "sent", "")]


async def test_nothing_is_restored_under_a_running_bot(tmp_path: Path) -> None:
    config = config_of(tmp_path / "data")
    await recorded(config, "#startmeeting Day 1")
    await backup(config, tmp_path / "copy.sqlite")
    with only_one(config.data), pytest.raises(AlreadyRunningError):
        await restore(config, tmp_path / "copy.sqlite")


async def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    config = config_of(tmp_path / "data")
    await recorded(config, "#startmeeting Day 1")
    (tmp_path / "copy.sqlite").write_text("dear")
    with pytest.raises(CannotError, match=r"is there already; name a new file$"):
        await backup(config, tmp_path / "copy.sqlite")
    assert (tmp_path / "copy.sqlite").read_text() == "dear"


async def test_a_bot_that_never_ran_has_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(CannotError, match="the bot has never run with this configuration"):
        await backup(config_of(tmp_path / "data"), tmp_path / "copy.sqlite")


async def test_no_folder_for_the_backup(tmp_path: Path) -> None:
    config = config_of(tmp_path / "data")
    await recorded(config, "#startmeeting Day 1")
    with pytest.raises(CannotError, match="no such file or directory"):
        await backup(config, tmp_path / "nowhere" / "copy.sqlite")


def digests(folder: Path) -> dict[str, str]:
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir() if file.is_file()}


def cut(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-5000])


def overwritten(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    copy.write_bytes(bytes(data))


def of_another_program(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as db:
        db.execute("CREATE TABLE songs (name TEXT)")


def newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db:
        db.execute("INSERT INTO schema VALUES (99, 'from the future', 0)")
        db.commit()


@pytest.mark.parametrize(
    "damage",
    [
        cut,
        overwritten,
        of_another_program,
        newer,
        lambda copy: copy.write_text("no database"),
        lambda copy: copy.write_text(""),
        Path.unlink,
    ],
)
async def test_what_is_no_sound_backup_changes_nothing(tmp_path: Path, damage: object) -> None:
    config = config_of(tmp_path / "data")
    await recorded(config, "#startmeeting Day 1", "#info The tide is high")
    await backup(config, tmp_path / "copy.sqlite")
    assert callable(damage)
    damage(tmp_path / "copy.sqlite")
    before = digests(config.data)
    with pytest.raises(CannotError):
        await restore(config, tmp_path / "copy.sqlite")
    assert digests(config.data) == before


async def test_a_restore_that_was_interrupted_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = config_of(tmp_path / "data")
    await recorded(config, "#startmeeting Day 1", "#info The tide is high")
    await backup(config, tmp_path / "copy.sqlite")
    await recorded(config, "#info The tide is low", first=3)

    def killed(_: str) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(journal_mark, "mark_of", killed)
    with pytest.raises(KeyboardInterrupt):
        backups.restore(tmp_path / "copy.sqlite", config.database, datetime.now(UTC))
    monkeypatch.undo()
    ((fault,), _) = await check_journal(config)
    assert "lacks what was already written to it" in fault
    await restore(config, tmp_path / "copy.sqlite")
    assert await check_journal(config) == ([], [])
