"""A message and its edits, by any of their ids, written or not."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.earlier_messages import Earlier
from bot.storage.contract import Attended, Batch, LoggedLine
from bot.storage.sqlite import SqliteJournal
from tests.fakes.journal import memory_journal
from tests.storage.samples import AMARU, EDITS, LIN, LINES, MATRIX_ROOM, SESSION, START

SAID = LINES[1]
WHOLE = Earlier(
    SESSION,
    LIN,
    (("$m2", (SAID.text,)), ("$e1", ("hello all", "and good day")), ("$e2", ("hello everybody",))),
    SAID.at,
)


@pytest.fixture
async def journal() -> AsyncIterator[SqliteJournal]:
    async with memory_journal() as opened:
        yield opened


@pytest.mark.parametrize("event", ["$m2", "$e1", "$e2"])
@pytest.mark.parametrize("written", range(5))
async def test_it_is_found_by_any_id_however_much_of_it_is_written(
    journal: SqliteJournal, event: str, written: int
) -> None:
    lines = [SAID, *EDITS]
    await journal.commit(Batch(lines=[LINES[0], LINES[2], *lines[:written]]))
    assert await journal.message(MATRIX_ROOM, event, lines[written:]) == WHOLE


async def test_what_no_log_holds_is_not_known(journal: SqliteJournal) -> None:
    await journal.commit(Batch(lines=[*LINES, *EDITS]))
    assert await journal.message(MATRIX_ROOM, "$m3") is None
    assert await journal.message("irc/#nova", "$m2") is None
    assert await journal.message(MATRIX_ROOM, "") is None
    assert await journal.message("irc/#nova", "", LINES) is None


async def test_a_line_that_is_in_no_log_leaves_its_place_empty(journal: SqliteJournal) -> None:
    await journal.commit(
        Batch(lines=[replace(SAID, text="one"), replace(SAID, text="four", number=3), EDITS[1]])
    )
    found = await journal.message(MATRIX_ROOM, "$m2")
    versions = (("$m2", ("one", "", "", "four")), ("$e1", ("", "and good day")))
    assert found == Earlier(SESSION, LIN, versions, SAID.at)


async def test_an_edit_of_what_is_in_no_log_is_found_by_the_message(journal: SqliteJournal) -> None:
    await journal.commit(Batch(lines=[EDITS[2]]))
    found = Earlier(SESSION, LIN, (("$m2", ()), ("$e2", ("hello everybody",))))
    assert await journal.message(MATRIX_ROOM, "$m2") == found
    assert await journal.message(MATRIX_ROOM, "$e2") == found


async def test_labels_of_a_replayed_log_are_ids_too(journal: SqliteJournal) -> None:
    await journal.commit(Batch(lines=[replace(SAID, event="e1"), replace(EDITS[2], event="e1~", edits="e1")]))
    found = Earlier(SESSION, LIN, (("e1", (SAID.text,)), ("e1~", ("hello everybody",))), SAID.at)
    assert await journal.message(MATRIX_ROOM, "e1~") == found
    assert await journal.message(MATRIX_ROOM, "e1") == found


async def test_who_edits_says_nothing_more(journal: SqliteJournal) -> None:
    await journal.commit(Batch(lines=[SAID, *EDITS]))
    assert await journal.attended(SESSION) == [Attended(LIN, 1, SAID.at, SAID.at)]


EDITED = st.lists(st.tuples(st.sampled_from("abc"), st.lists(st.text(max_size=3), min_size=1, max_size=3)))


@settings(max_examples=80, deadline=None)
@given(EDITED, st.integers(0, 20))
def test_any_edits_come_oldest_first(edits: list[tuple[str, list[str]]], written: int) -> None:
    told: dict[str, dict[str, tuple[str, ...]]] = {one: {f"${one}": ("said",)} for one in "abc"}
    lines = [LoggedLine(SESSION, MATRIX_ROOM, START, AMARU, "said", f"${target}") for target in told]
    for n, (target, texts) in enumerate(edits):
        told[target][f"$edit{n}"] = tuple(texts)
        at = START - timedelta(seconds=n)  # their senders' clocks say what they like
        lines += [
            LoggedLine(SESSION, MATRIX_ROOM, at, AMARU, text, f"$edit{n}", f"${target}", place)
            for place, text in enumerate(texts)
        ]

    async def found() -> None:
        async with memory_journal() as journal:
            await journal.commit(Batch(lines=lines[:written]))
            for versions in told.values():
                for event in versions:
                    assert await journal.message(MATRIX_ROOM, event, lines[written:]) == Earlier(
                        SESSION, AMARU, tuple(versions.items()), START
                    )

    asyncio.run(found())
