import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.facts import CORE_FACTS
from bot.storage import schema, sqlite
from bot.storage.contract import DamagedDatabase, NewerSchema, OlderSchema, StorageError
from bot.storage.schema import STEPS, Step
from tests.storage.samples import ENTRIES, SESSION, everything

KNOWN = STEPS[-1].number


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "gatherbot.db")


def steps_of(path: str) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT number, describes FROM schema ORDER BY number").fetchall()


def content(path: str) -> bytes:
    return Path(path).read_bytes()


def damage(path: str, before: bytes, after: bytes) -> None:
    Path(path).write_bytes(content(path).replace(before, after))


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


async def refusal(path: str, *, readonly: bool = False) -> tuple[type, str]:
    with pytest.raises(StorageError) as told:
        async with sqlite.open(path, CORE_FACTS, readonly=readonly):
            pass
    return type(told.value), str(told.value)


def test_steps_are_numbered_from_one() -> None:
    assert [step.number for step in STEPS] == list(range(1, KNOWN + 1))


async def test_a_new_database_gets_all_steps_and_a_second_start_none(path: str) -> None:
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(everything())
    first = steps_of(path)
    async with sqlite.open(path, CORE_FACTS) as journal:
        assert await journal.entries(SESSION) == ENTRIES
    assert steps_of(path) == first == [(step.number, step.describes) for step in STEPS]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM schema", "its table schema is empty"),
        ("DROP TABLE outbox", "it has no table outbox"),
        ("DROP TABLE saying", "it has no table saying"),
    ],
)
@pytest.mark.parametrize("readonly", [False, True])
async def test_a_database_that_lacks_what_a_step_made_is_damaged(
    path: str, statement: str, what: str, *, readonly: bool
) -> None:
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(everything())
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()
    words = f"{path} is damaged: {what}; put back a backup"
    assert await refusal(path, readonly=readonly) == (DamagedDatabase, words)


@pytest.mark.parametrize("readonly", [False, True])
async def test_a_schema_that_is_no_text_is_damaged(path: str, *, readonly: bool) -> None:
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(everything())
    damage(path, b"CREATE INDEX outbox_waiting ON", b"CREATE INDEX outbox_waiting \xd2N")
    words = f"{path} is damaged: its schema is no text; put back a backup"
    assert await refusal(path, readonly=readonly) == (DamagedDatabase, words)


async def test_an_older_database_gets_the_missing_steps_only(path: str) -> None:
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(everything())
    more = (
        *STEPS,
        Step(KNOWN + 1, "a mark", ("ALTER TABLE session ADD COLUMN mark TEXT NOT NULL DEFAULT 'x'",)),
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        schema.upgrade(db, path, more)
        assert db.execute("SELECT mark FROM session").fetchall() == [("x",), ("x",)]
    assert steps_of(path) == [(step.number, step.describes) for step in more]


async def test_a_step_that_fails_leaves_the_database_as_the_step_before_left_it(path: str) -> None:
    more = (
        *STEPS,
        Step(KNOWN + 1, "good", ("CREATE TABLE good (x)",)),
        Step(KNOWN + 2, "bad", ("CREATE TABLE half (x)", "CREATE TABLE good (x)")),
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        with pytest.raises(sqlite3.OperationalError):
            schema.upgrade(db, path, more)
        assert not db.in_transaction
        found = db.execute("SELECT name FROM sqlite_schema WHERE name IN ('good', 'half')").fetchall()
    assert found == [("good",)]
    assert steps_of(path)[-1] == (KNOWN + 1, "good")


@pytest.mark.parametrize("readonly", [False, True])
async def test_a_database_of_a_newer_program_is_not_touched(path: str, *, readonly: bool) -> None:
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(everything())
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT INTO schema VALUES (?, 'from the future', 0)", (KNOWN + 1,))
        db.commit()
        db.execute("PRAGMA journal_mode = DELETE")
    before = content(path)
    told = (
        f"{path} was written by a newer program: its schema is {KNOWN + 1}, this program knows {KNOWN}; "
        "nothing was changed"
    )
    assert await refusal(path, readonly=readonly) == (NewerSchema, told)
    assert content(path) == before


async def test_what_is_no_database_is_told_and_left_alone(path: str, tmp_path: Path) -> None:
    (tmp_path / "gatherbot.db").write_text("dear diary " * 500)
    assert await refusal(path) == (DamagedDatabase, f"{path} is not a database")
    assert (tmp_path / "gatherbot.db").read_text() == "dear diary " * 500


async def test_a_damaged_database_is_told(path: str, tmp_path: Path) -> None:
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(everything())
    whole = (tmp_path / "gatherbot.db").read_bytes()
    (tmp_path / "gatherbot.db").write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert await refusal(path) == (
        DamagedDatabase,
        f"{path} is damaged: database disk image is malformed; put back a backup",
    )


async def test_a_database_of_another_program_is_told_and_left_alone(path: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE recipe (title)")
    before = content(path)
    assert await refusal(path) == (StorageError, f"{path} is the database of another program")
    assert content(path) == before


async def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    kind, told = await refusal(str(tmp_path / "nowhere" / "gatherbot.db"))
    assert issubclass(kind, StorageError)
    assert (
        told
        == f"{tmp_path}/nowhere/gatherbot.db: nothing can be written or read now: unable to open database file"
    )


async def test_reading_never_makes_a_database(path: str, tmp_path: Path) -> None:
    assert await refusal(path, readonly=True) == (StorageError, f"{path}: there is no database yet")
    assert names(tmp_path) == []


async def test_reading_never_upgrades(path: str, tmp_path: Path) -> None:
    (tmp_path / "gatherbot.db").write_bytes(b"")
    assert await refusal(path, readonly=True) == (
        OlderSchema,
        f"{path} was written by an older version (schema 0, now {KNOWN}); start the bot once to upgrade it",
    )
    assert (tmp_path / "gatherbot.db").read_bytes() == b""


async def test_two_that_start_at_once_make_one_database(path: str) -> None:
    async with sqlite.open(path, CORE_FACTS) as one, sqlite.open(path, CORE_FACTS) as other:
        await one.commit(everything())
        assert await other.entries(SESSION) == ENTRIES
    assert steps_of(path) == [(step.number, step.describes) for step in STEPS]
