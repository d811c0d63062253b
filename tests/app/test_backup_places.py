"""Backups where it is hard: without hard links, on a full disk, two at once, behind links, and after kill -9."""

import errno
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.backups import backup, restore
from bot.app.errors import CannotError
from bot.app.journal_check import check_journal
from bot.config import Config
from bot.storage import backups
from tests.app.test_backups import config_of, recorded, texts_in
from tests.storage.test_releases import TOLD_THEN, stored

FULL = 40_960  # bytes: more than the shared memory of a write-ahead log has, less than a database
SETTINGS = """
[bot]
data = "{data}"
[[network]]
kind = "irc"
name = "irc"
host = "127.0.0.1"
[[track]]
slug = "nova"
rooms = ["irc/#nova"]
"""


@pytest.fixture
async def config(tmp_path: Path) -> Config:
    made = config_of(tmp_path / "data")
    await recorded(made, "#startmeeting Day 1", "#info The tide is high")
    return made


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.is_file())


def killed_with(database: Path, text: str) -> None:
    """Leave `text` only in the write-ahead log, as kill -9 does; the marks do not know of it."""
    beside = database.with_name("beside.sqlite")
    shutil.copyfile(database, beside)
    with closing(sqlite3.connect(beside)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        shutil.copyfile(beside, database)
        db.execute(
            "UPDATE fact SET body = replace(body, 'The tide is high', ?) WHERE kind = 'Recorded'", (text,)
        )
        db.commit()
        shutil.copyfile(f"{beside}-wal", f"{database}-wal")
    beside.unlink()


@contextmanager
def no_hard_links() -> Iterator[None]:
    """The answer of FAT and of many network file systems."""

    def refused(source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(source), None, str(target))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "link", refused)
        yield


async def test_a_file_system_without_hard_links(config: Config, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with no_hard_links():
        await backup(config, copy)
        with pytest.raises(CannotError, match="is there already"):
            await backup(config, copy)
        await restore(config, copy)
    assert texts_in(config.database) == texts_in(copy) == ["The tide is high"]
    assert len(list(config.data.glob("gatherbot-before-*.sqlite"))) == 1
    assert names(tmp_path) == ["copy.sqlite"]


async def test_the_database_before_keeps_its_write_ahead_log_where_there_are_no_hard_links(
    config: Config, tmp_path: Path
) -> None:
    await backup(config, tmp_path / "copy.sqlite")
    killed_with(config.database, "The tide is low")
    with no_hard_links():
        await restore(config, tmp_path / "copy.sqlite")
    (before,) = config.data.glob("gatherbot-before-*.sqlite")
    assert texts_in(before) == ["The tide is low"]


async def test_two_backups_into_one_file_make_one_whole_file(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, look_through = tmp_path / "copy.sqlite", backups._contents

    def meanwhile(file: Path, called: Path) -> backups.CopyContents:
        monkeypatch.setattr(backups, "_contents", look_through)
        backups.make(config.database, copy)
        copy.rename(tmp_path / "moved.sqlite")
        return look_through(file, called)

    monkeypatch.setattr(backups, "_contents", meanwhile)
    await backup(config, copy)
    assert texts_in(copy) == texts_in(tmp_path / "moved.sqlite") == ["The tide is high"]
    assert copy.stat().st_ino != (tmp_path / "moved.sqlite").stat().st_ino
    assert names(tmp_path) == ["copy.sqlite", "moved.sqlite"]


def on_a_full_disk(data: Path, *command: str) -> str:
    """Run a command of the shell where no file can become larger than that; what it says."""
    (settings := data / "config.toml").write_text(SETTINGS.format(data=data))
    done = subprocess.run(
        [sys.executable, "-m", "bot.commandline", *command, "--config", str(settings)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL)),
    )
    settings.unlink()
    return done.stderr


async def test_a_full_disk_is_said_of_the_file_that_could_not_be_written(
    config: Config, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    said = on_a_full_disk(config.data, "backup", str(copy))
    assert said.startswith(f"gatherbot: {copy}: nothing can be written or read now: ")
    assert names(tmp_path) == []
    await backup(config, copy)
    before = names(config.data)
    said = on_a_full_disk(config.data, "restore", str(copy))
    assert said.startswith(f"gatherbot: can't write {config.database}.")
    assert said.endswith(".unfinished: file too large\n")
    assert names(config.data) == before


async def test_the_database_itself_is_no_backup(config: Config, tmp_path: Path) -> None:
    killed_with(config.database, "The tide is low")
    (tmp_path / "link").symlink_to(config.database)
    for name in (config.database, tmp_path / "link"):
        with pytest.raises(CannotError, match="is the database itself; name a backup"):
            await restore(config, name)
    assert texts_in(config.database) == ["The tide is low"]


async def test_a_database_that_was_set_aside_after_kill_9_comes_back_whole(
    config: Config, tmp_path: Path
) -> None:
    await backup(config, tmp_path / "copy.sqlite")
    killed_with(config.database, "The tide is low")
    await restore(config, tmp_path / "copy.sqlite")
    (before,) = config.data.glob("gatherbot-before-*.sqlite")
    await restore(config, before)
    assert texts_in(config.database) == ["The tide is low"]
    assert texts_in(before) == ["The tide is low"]


async def test_a_database_behind_a_link_stays_behind_it(config: Config, tmp_path: Path) -> None:
    (elsewhere := tmp_path / "elsewhere").mkdir()
    await backup(config, tmp_path / "copy.sqlite")
    killed_with(config.database, "The tide is low")
    for file in config.data.glob("gatherbot.sqlite*"):
        file.rename(elsewhere / file.name.replace("gatherbot", "big"))
    config.database.symlink_to(elsewhere / "big.sqlite")
    await restore(config, tmp_path / "copy.sqlite")
    assert config.database.is_symlink()
    assert texts_in(elsewhere / "big.sqlite") == ["The tide is high"]
    (before,) = elsewhere.glob("big-before-*.sqlite")
    assert texts_in(before) == ["The tide is low"]
    assert await check_journal(config) == ([], [])


async def test_what_a_killed_restore_left_is_cleared_and_changes_nothing(
    config: Config, tmp_path: Path
) -> None:
    await backup(config, tmp_path / "copy.sqlite")
    for end in ("", "-journal", "-wal"):
        (config.data / f"gatherbot.sqlite.abcd.unfinished{end}").write_bytes(b"half")
    await restore(config, tmp_path / "copy.sqlite")
    assert list(config.data.glob("*unfinished*")) == []
    assert texts_in(config.database) == ["The tide is high"]


async def test_what_is_restored_is_on_the_disk_before_it_has_its_name(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await backup(config, tmp_path / "copy.sqlite")
    synced: set[int] = set()
    monkeypatch.setattr(os, "fsync", lambda handle: synced.add(os.fstat(handle).st_ino))
    backups.restore(tmp_path / "copy.sqlite", config.database, datetime.now(UTC))
    assert config.database.stat().st_ino in synced


async def test_what_root_restores_belongs_to_the_owner_of_the_folder(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await backup(config, tmp_path / "copy.sqlite")
    given: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda path, *owner: given.update({Path(path).stat().st_ino: owner}))
    await restore(config, tmp_path / "copy.sqlite")
    folder = config.data.stat()
    assert given == {config.database.stat().st_ino: (folder.st_uid, folder.st_gid)}


@pytest.mark.parametrize("name", ["file:odd", "100%41 sure?#.sqlite", 'it\'s "quoted".sqlite', "-wal"])
async def test_any_name_will_do(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "there")
    await backup(config, Path(name))
    assert names(tmp_path / "there") == [name]
    await restore(config, Path(name))
    assert texts_in(config.database) == ["The tide is high"]


async def test_a_name_in_no_encoding(config: Config, tmp_path: Path) -> None:
    copy = tmp_path / os.fsdecode(b"caf\xe9.sqlite")
    await backup(config, copy)
    await restore(config, copy)
    assert texts_in(copy) == ["The tide is high"]


@pytest.mark.parametrize("kind", ["folder", "dangling", "pipe"])
async def test_what_is_in_the_way_stays(config: Config, tmp_path: Path, kind: str) -> None:
    copy = tmp_path / "copy"
    if kind == "folder":
        copy.mkdir()
    elif kind == "dangling":
        copy.symlink_to("nowhere")
    else:
        os.mkfifo(copy)
    with pytest.raises(CannotError, match="is there already; name a new file"):
        await backup(config, copy)
    with pytest.raises(CannotError, match="there is no file"):
        await restore(config, copy)
    assert names(tmp_path) == []


@pytest.mark.parametrize("release", TOLD_THEN)
async def test_a_backup_of_an_older_release(config: Config, tmp_path: Path, release: str) -> None:
    await restore(config, stored(release, tmp_path))
    (faults, _) = await check_journal(config)
    assert faults == [] or "older version" in faults[0]
