import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from bot.core.facts import CORE_FACTS, SessionClosed, TopicOpened
from bot.core.people.identity import Identity
from bot.core.session.session import Entry
from bot.storage import sqlite
from bot.storage.contract import Attended, Batch, Journal, LoggedLine, Outbox, RecordRow, SessionRow
from bot.storage.sqlite import SqliteJournal
from tests.fakes.journal import memory_journal
from tests.storage.samples import (
    AMARU,
    ENTRIES,
    LETTER,
    LIN,
    LINES,
    OKOYE,
    ROOM,
    SESSION,
    SESSIONS,
    START,
    everything,
)


class HandRaised(Struct, frozen=True):
    by: Identity


@pytest.fixture(params=["memory", "file"])
async def journal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqliteJournal]:
    path = ":memory:" if request.param == "memory" else tmp_path / "a gathering?#1%.db"
    async with sqlite.open(path, CORE_FACTS) as opened:
        yield opened


def said(*texts: str, session: str = SESSION, by: Identity = AMARU) -> list[LoggedLine]:
    return [
        LoggedLine(session, ROOM, START + timedelta(seconds=n), by, text, f"e{n}")
        for n, text in enumerate(texts)
    ]


async def test_it_keeps_what_the_contract_asks(journal: SqliteJournal) -> None:
    kept: Journal = journal
    posts: Outbox = journal
    await kept.commit(everything())
    assert await kept.entries(SESSION) == ENTRIES
    assert await kept.first(SESSION) == ENTRIES[0]
    assert await kept.lines(SESSION) == list(enumerate(LINES, 1))
    assert await kept.sessions() == [SESSIONS[1], SESSIONS[0]]
    assert await kept.sessions("kata") == [SESSIONS[1]]
    assert await kept.live_sessions() == [SESSIONS[0]]
    assert await kept.last_numbers() == {"nova": 2, "kata": 7}
    assert await kept.session_of_record("kata", 7) == "older"
    assert await kept.handled(["$m2", "$m3", "due/nova/1"]) == {"$m2", "due/nova/1"}
    assert await kept.cursor("matrix") == "s72594_4483_1934"
    assert await kept.cursor("irc") == ""
    assert await kept.last_heard(SESSION) == LINES[-1].at
    posted = await posts.claim(START)
    assert posted is not None
    assert posted.letter == LETTER


async def test_an_empty_one_knows_nothing(journal: SqliteJournal) -> None:
    assert await journal.entries(SESSION) == []
    assert await journal.first(SESSION) is None
    assert await journal.lines(SESSION) == []
    assert await journal.sessions() == []
    assert await journal.live_sessions() == []
    assert await journal.last_numbers() == {}
    assert await journal.session_of_record("nova", 1) is None
    assert await journal.handled(["x"]) == set()
    assert await journal.handled([]) == set()
    assert await journal.cursor("irc") is None
    assert await journal.last_heard(SESSION) is None
    assert await journal.attended(SESSION) == []
    assert await journal.next_due() is None


async def test_an_empty_batch_is_no_transaction(journal: SqliteJournal) -> None:
    await journal.commit(Batch())
    assert await journal.sessions() == []


async def test_entries_come_in_the_order_they_were_written_whatever_their_times(
    journal: SqliteJournal,
) -> None:
    late = [
        replace(ENTRIES[3], at=START + timedelta(days=1)),
        replace(ENTRIES[4], at=START - timedelta(days=1)),
    ]
    await journal.commit(Batch(entries=late))
    await journal.commit(Batch(entries=[ENTRIES[5]]))
    assert await journal.entries(SESSION) == [*late, ENTRIES[5]]


async def test_streams_do_not_mix(journal: SqliteJournal) -> None:
    entries = [Entry(f"s{n % 3}", f"c{n}", START, None, TopicOpened(str(n))) for n in range(30)]
    await journal.commit(Batch(entries=entries))
    for stream in ("s0", "s1", "s2"):
        assert await journal.entries(stream) == [entry for entry in entries if entry.stream == stream]


async def test_a_long_journal_is_read_whole_over_several_pages(journal: SqliteJournal) -> None:
    entries = [Entry(SESSION, f"c{n}", START, AMARU, TopicOpened(str(n))) for n in range(2 * sqlite.PAGE)]
    await journal.commit(Batch(entries=entries))
    assert await journal.entries(SESSION) == entries
    await journal.commit(Batch(entries=entries[:1]))
    assert await journal.entries(SESSION) == [*entries, entries[0]]


async def test_moments_are_cut_to_the_millisecond_and_told_in_utc(journal: SqliteJournal) -> None:
    at = datetime(2027, 10, 19, 13, 0, 0, 999_999, tzinfo=UTC)
    await journal.commit(Batch(entries=[Entry("s", "c", at, None, SessionClosed("command"))]))
    (entry,) = await journal.entries("s")
    assert entry.at == at.replace(microsecond=999_000)
    assert entry.at.tzinfo is UTC


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            LoggedLine,
            session=st.sampled_from(["a", "b"]),
            room=st.sampled_from(["irc/#a", "irc/#b"]),
            at=st.datetimes(timezones=st.just(UTC)).map(
                lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
            ),
            speaker=st.builds(Identity, st.text(max_size=2), st.text(max_size=2), st.text(max_size=2)),
        ),
        max_size=12,
    )
)
def test_any_lines_come_back_equal_and_in_order(lines: list[LoggedLine]) -> None:
    async def comes_back() -> None:
        async with memory_journal() as journal:
            await journal.commit(Batch(lines=lines[:5]))
            await journal.commit(Batch(lines=lines[5:]))
            for session in ("a", "b"):
                told = [line for line in lines if line.session == session]
                assert await journal.lines(session) == list(enumerate(told, 1))

    asyncio.run(comes_back())


async def test_lines_come_in_pages(journal: SqliteJournal) -> None:
    lines = said(*"abcdefg")
    await journal.commit(Batch(lines=lines))
    first = await journal.lines(SESSION, limit=3)
    assert first == list(enumerate(lines, 1))[:3]
    assert await journal.lines(SESSION, after=first[-1][0], limit=3) == list(enumerate(lines, 1))[3:6]
    assert await journal.lines(SESSION, after=7) == []


async def test_attendance_counts_lines_by_identity_in_the_order_of_first_lines(
    journal: SqliteJournal,
) -> None:
    await journal.commit(Batch(lines=said("before", by=OKOYE, session="other")))
    lines = [*said("a", by=LIN), *said("b", "c", by=OKOYE), *said("d", "e", by=LIN)]
    await journal.commit(Batch(lines=[*lines, *said("f", session="other")]))
    assert await journal.attended(SESSION) == [
        Attended(LIN, 3, lines[0].at, lines[4].at),
        Attended(OKOYE, 2, lines[1].at, lines[2].at),
    ]


async def test_a_session_changes_its_row(journal: SqliteJournal) -> None:
    ended = replace(SESSIONS[0], ended=START + timedelta(hours=1), live=False, track="zuul", rooms=())
    await journal.commit(Batch(sessions=[SESSIONS[0]]))
    await journal.commit(Batch(sessions=[ended]))
    assert await journal.sessions() == [ended]
    assert await journal.live_sessions() == []


async def test_sessions_come_by_start(journal: SqliteJournal) -> None:
    rows = [
        SessionRow(
            f"s{n}", "nova", (ROOM,), date(2027, 10, 19), START + timedelta(minutes=n), None, live=True
        )
        for n in (3, 1, 2)
    ]
    await journal.commit(Batch(sessions=rows))
    assert await journal.sessions("nova") == [rows[1], rows[2], rows[0]]
    assert await journal.live_sessions() == [rows[1], rows[2], rows[0]]


async def test_a_record_number_said_twice_leads_where_it_led(journal: SqliteJournal) -> None:
    await journal.commit(Batch(records=[RecordRow("nova", 1, SESSION)]))
    await journal.commit(Batch(records=[RecordRow("nova", 1, SESSION)]))
    assert await journal.session_of_record("nova", 1) == SESSION


async def test_a_cursor_moves_and_handled_ids_count_once(journal: SqliteJournal) -> None:
    await journal.commit(Batch(handled=["a", "a"], cursors={"matrix": "s1"}))
    await journal.commit(Batch(handled=["a", "b"], cursors={"matrix": "s2"}))
    assert await journal.handled(["a", "b", "c"]) == {"a", "b"}
    assert await journal.cursor("matrix") == "s2"


async def test_any_number_of_ids_can_be_asked_for(journal: SqliteJournal) -> None:
    ids = [f"${n}" for n in range(100_000)]
    await journal.commit(Batch(handled=ids[::2]))
    assert await journal.handled(ids) == set(ids[::2])


async def test_facts_of_a_plugin_that_is_gone_are_skipped_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    entries = [
        replace(ENTRIES[0], fact=fact) for fact in (TopicOpened("a"), HandRaised(LIN), TopicOpened("b"))
    ]
    async with sqlite.open(path, (*CORE_FACTS, HandRaised)) as journal:
        await journal.commit(Batch(entries=entries))
    async with sqlite.open(path, CORE_FACTS) as journal:
        assert await journal.entries(SESSION) == [entries[0], entries[2]]
    async with sqlite.open(path, (*CORE_FACTS, HandRaised)) as journal:
        assert await journal.entries(SESSION) == entries


async def test_a_kind_of_old_is_read_as_a_fact_of_today(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, (HandRaised,)) as journal:
        await journal.commit(Batch(entries=[replace(ENTRIES[0], fact=HandRaised(LIN))]))
    upcasters = {"HandRaised": lambda fields: TopicOpened(fields["by"]["name"])}
    async with sqlite.open(path, CORE_FACTS, upcasters=upcasters) as journal:
        assert await journal.entries(SESSION) == [replace(ENTRIES[0], fact=TopicOpened(LIN.name))]


async def test_the_sessions_in_which_a_message_did_something(journal: SqliteJournal) -> None:
    entries = [
        Entry(stream, cause, START, AMARU, SessionClosed("command"))
        for stream, cause in (
            (SESSION, "$1/2"),
            ("older", "$1"),
            ("track/nova", "$1/apart"),
            ("older", "$10"),
        )
    ]
    await journal.commit(Batch(sessions=SESSIONS, entries=entries))
    assert await journal.sessions_of(["$1"]) == [SESSION, "older"]
    assert await journal.sessions_of(["$10", "$2"]) == ["older"]
    assert await journal.sessions_of([]) == []
