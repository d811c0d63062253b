"""The store of keys, real and fake: the same rules."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.facts import CORE_FACTS
from bot.core.state.holders import digest_of_secret
from bot.storage import sqlite
from bot.storage.contract import KeptKey, Keys, StorageError
from tests.fakes.journal import memory_journal
from tests.fakes.outbox import ListOutbox
from tests.storage.samples import START
from tests.storage.test_releases import stored

DAY = timedelta(days=1)
KEY = KeptKey(
    digest_of_secret("secret"),
    "review",
    "nova day-1 2",
    "Amaru@example.org",
    "track/nova",
    "nova.draft-2-1@example.org",
    START,
    START + 30 * DAY,
)


@pytest.fixture(params=["real", "fake"])
async def keys(request: pytest.FixtureRequest) -> AsyncIterator[Keys]:
    if request.param == "fake":
        yield ListOutbox()
        return
    async with memory_journal() as journal:
        yield journal


async def test_a_key_is_found_by_the_hash_of_its_secret_only(keys: Keys) -> None:
    other = replace(KEY, digest=digest_of_secret("other"), opens="reply")
    await keys.keep_key(KEY)
    await keys.keep_key(other)
    assert await keys.key(digest_of_secret("secret")) == KEY
    assert await keys.key(digest_of_secret("SECRET")) == KEY  # a mail server may have changed the case
    assert await keys.key(digest_of_secret("other")) == other
    assert await keys.key("secret") is None
    assert await keys.key(digest_of_secret("secret ")) is None


async def test_an_expired_key_is_known_for_ninety_days_more(tmp_path: Path) -> None:
    later = KEY.until + 90 * DAY
    async with sqlite.open(tmp_path / "gatherbot.db", CORE_FACTS) as journal:
        await journal.keep_key(KEY)
        await journal.keep_key(replace(KEY, digest="then", made=later, until=later))
        assert await journal.key(KEY.digest) == KEY
        moment = later + timedelta(milliseconds=1)
        await journal.keep_key(replace(KEY, digest="after", made=moment, until=moment))
        assert await journal.key(KEY.digest) is None
        assert await journal.key("then") is not None


async def test_a_key_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.keep_key(KEY)
    async with sqlite.open(path, CORE_FACTS, readonly=True) as journal:
        assert await journal.key(KEY.digest) == KEY


async def test_who_only_reads_keeps_none(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS):
        pass
    async with sqlite.open(path, CORE_FACTS, readonly=True) as journal:
        with pytest.raises(StorageError, match="open for reading only"):
            await journal.keep_key(KEY)


async def test_a_key_twice_is_refused_and_forgets_nothing(tmp_path: Path) -> None:
    async with sqlite.open(tmp_path / "gatherbot.db", CORE_FACTS) as journal:
        await journal.keep_key(KEY)
        late = KEY.until + 100 * DAY
        await journal.keep_key(replace(KEY, digest="new", until=late))
        with pytest.raises(StorageError):
            await journal.keep_key(replace(KEY, digest="new", made=late, until=late))
        assert await journal.key(KEY.digest) == KEY


async def test_a_database_of_an_earlier_release_keeps_keys(tmp_path: Path) -> None:
    path = stored("0.5.0", tmp_path)
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.keep_key(KEY)
        assert await journal.key(KEY.digest) == KEY
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT max(number) FROM schema").fetchone() == (3,)
