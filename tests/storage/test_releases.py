"""Journals as releases stored them are read for ever; `write_journal` makes one."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.earlier_messages import Earlier
from bot.core.facts import CORE_FACTS
from bot.storage import sqlite
from bot.storage.contract import Attended, Batch, Posted
from tests.storage.samples import (
    AMARU,
    EDITS,
    ENTRIES,
    LETTER,
    LIN,
    LINES,
    MATRIX_ROOM,
    SAYINGS,
    SESSION,
    SESSIONS,
    START,
    more,
)
from tests.storage.write_journal import write

JOURNALS = Path(__file__).parent / "journals"
# how many of the samples' facts there were
TOLD_THEN = {"0.1.0": 27, "0.2.0": 47, "0.3.0": 47, "0.4.0": 53, "0.5.0": 66, "0.6.0": 66}
LINES_THEN = {release: LINES if release == "0.1.0" else [*LINES, *EDITS] for release in TOLD_THEN}
HOUR = timedelta(hours=1)


def stored(release: str, folder: Path) -> Path:
    path = folder / "gatherbot.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript((JOURNALS / f"{release}.sql").read_text(encoding="utf-8"))
    return path


def test_there_is_a_journal_of_every_release() -> None:
    assert sorted(path.stem for path in JOURNALS.iterdir()) == sorted(TOLD_THEN)


@pytest.mark.parametrize("release", TOLD_THEN)
@pytest.mark.parametrize("again", [False, True])
async def test_it_reads_back_equal(release: str, tmp_path: Path, *, again: bool) -> None:
    path = stored(release, tmp_path)
    if again:
        async with sqlite.open(path, CORE_FACTS):
            pass  # upgraded by another start
    async with sqlite.open(path, CORE_FACTS) as journal:
        assert await journal.entries(SESSION) == ENTRIES[: TOLD_THEN[release]]
        assert await journal.lines(SESSION) == list(enumerate(LINES_THEN[release], 1))
        assert await journal.sessions() == [SESSIONS[1], SESSIONS[0]]
        assert await journal.live_sessions() == [SESSIONS[0]]
        assert await journal.last_numbers() == {"nova": 2, "kata": 7}
        assert await journal.session_of_record("nova", 2) == SESSION
        assert await journal.handled(["$m2", "due/nova/1", "$m3"]) == {"$m2", "due/nova/1"}
        assert await journal.cursor("matrix") == "s72594_4483_1934"
        assert await journal.last_heard(SESSION) == max(line.at for line in LINES_THEN[release])
        assert await journal.attended(SESSION) == [
            Attended(AMARU, 2, LINES[0].at, LINES[2].at),
            Attended(LIN, 1, LINES[1].at, LINES[1].at),
        ]


@pytest.mark.parametrize("release", TOLD_THEN)
async def test_what_waited_in_the_outbox_still_leaves(release: str, tmp_path: Path) -> None:
    async with sqlite.open(stored(release, tmp_path), CORE_FACTS) as journal:
        assert await journal.next_due() == START + HOUR
        retried = replace(LETTER, id="retried", name="retried")
        assert await journal.claim(START + HOUR) == Posted(4, retried, 1, START)
        await journal.sent(4, START + HOUR)
        assert await journal.next_due() == START + 2 * HOUR
        assert await journal.claim(START + 2 * HOUR) == Posted(1, LETTER, 1, START)
        await journal.sent(1, START + 2 * HOUR)
        assert await journal.next_due() is None


@pytest.mark.parametrize("release", TOLD_THEN)
async def test_it_goes_on(release: str, tmp_path: Path) -> None:
    async with sqlite.open(stored(release, tmp_path), CORE_FACTS) as journal:
        await journal.commit(Batch(lines=LINES[:1], entries=ENTRIES[:1], letters=[LETTER]))
        before = len(LINES_THEN[release])
        assert await journal.lines(SESSION, after=before) == [(before + 1, LINES[0])]
        assert await journal.entries(SESSION) == [*ENTRIES[: TOLD_THEN[release]], ENTRIES[0]]


async def test_what_came_later_is_kept_in_it_too(tmp_path: Path) -> None:
    async with sqlite.open(stored("0.1.0", tmp_path), CORE_FACTS) as journal:
        original = Earlier(SESSION, LIN, (("$m2", (LINES[1].text,)),), LINES[1].at)
        assert await journal.message(MATRIX_ROOM, "$m2") == original
        assert await journal.undelivered() == []
        await journal.commit(more())
        assert await journal.message(MATRIX_ROOM, "$m2") == replace(
            original,
            versions=(
                *original.versions,
                ("$e1", ("hello all", "and good day")),
                ("$e2", ("hello everybody",)),
            ),
        )
        assert await journal.undelivered() == SAYINGS


async def test_what_the_next_release_stores_reads_back_equal(tmp_path: Path) -> None:
    await write(tmp_path / "gatherbot.db")
    async with sqlite.open(tmp_path / "gatherbot.db", CORE_FACTS) as journal:
        assert await journal.lines(SESSION) == list(enumerate([*LINES, *EDITS], 1))
        assert await journal.undelivered() == SAYINGS
        assert await journal.handled(["$e1", "$e2", "$m2"]) == {"$e1", "$e2", "$m2"}


@pytest.mark.parametrize("release", TOLD_THEN)
async def test_what_was_handled_then_is_as_old_as_the_upgrade(release: str, tmp_path: Path) -> None:
    path = stored(release, tmp_path)
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(Batch(handled=["$new"]))
        assert await journal.handled(["$m2", "due/nova/1", "$new"]) == {"$m2", "due/nova/1", "$new"}
