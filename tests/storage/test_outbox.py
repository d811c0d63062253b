from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.effects import Letter
from bot.core.facts import CORE_FACTS
from bot.storage import sqlite
from bot.storage.contract import Batch, Posted
from bot.storage.sqlite import SqliteJournal
from tests.fakes.journal import memory_journal
from tests.storage.samples import LETTER, START

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def outbox() -> AsyncIterator[SqliteJournal]:
    async with memory_journal(clock=lambda: START) as journal:
        yield journal


def letter(id_: str, *, name: str = "", after: str = "", body: str = "Hello\n") -> Letter:
    return replace(LETTER, id=id_, name=name, after=after, body=body)


async def queue(outbox: SqliteJournal, *letters: Letter, recalled: tuple[str, ...] = ()) -> None:
    await outbox.commit(Batch(letters=list(letters), recalled=list(recalled)))


async def claimed(outbox: SqliteJournal, minutes: float = 0) -> tuple[int, str, int] | None:
    posted = await outbox.claim(START + minutes * MINUTE)
    return None if posted is None else (posted.number, posted.letter.id, posted.attempts)


async def state(outbox: SqliteJournal) -> list[tuple[object, ...]]:
    assert outbox._writing is not None
    asked = "SELECT id, state, reason FROM outbox ORDER BY number"
    return await outbox._writing.run(lambda db: db.execute(asked).fetchall())


async def test_a_letter_comes_out_as_it_went_in_and_leaves_once(outbox: SqliteJournal) -> None:
    await queue(outbox, LETTER)
    assert await outbox.next_due() == START
    assert await outbox.claim(START) == Posted(1, LETTER, 0, START)
    assert await claimed(outbox) is None
    await outbox.sent(1, START)
    assert await claimed(outbox, 60 * 24) is None
    assert await outbox.next_due() is None
    assert await state(outbox) == [(LETTER.id, "sent", "")]


async def test_letters_leave_in_the_order_they_came(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("b"), letter("a"))
    await queue(outbox, letter("c"))
    assert [await claimed(outbox) for _ in range(4)] == [(1, "b", 0), (2, "a", 0), (3, "c", 0), None]


async def test_the_same_letter_twice_is_one(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("a"), letter("a", body="again"))
    await queue(outbox, letter("a", body="again"))
    posted = await outbox.claim(START)
    assert posted == Posted(1, letter("a"), 0, START)
    await outbox.sent(1, START)
    await queue(outbox, letter("a", body="again"))
    assert await claimed(outbox, 60) is None


async def test_a_letter_is_tried_again_when_told(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("a"), letter("b"))
    await claimed(outbox)
    await outbox.retry(1, START + 5 * MINUTE, "451 try again later")
    assert await state(outbox) == [("a", "waiting", "451 try again later"), ("b", "waiting", "")]
    assert await claimed(outbox, 1) == (2, "b", 0)
    assert await outbox.next_due() == START + 5 * MINUTE
    assert await claimed(outbox, 4.99) is None
    assert await claimed(outbox, 5) == (1, "a", 1)
    await outbox.retry(1, START + 6 * MINUTE, "451")
    assert await claimed(outbox, 6) == (1, "a", 2)


async def test_a_refused_letter_is_not_tried_again(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("a"))
    await claimed(outbox)
    await outbox.refused(1, "550 no such list", START)
    assert await claimed(outbox, 60) is None
    assert await outbox.next_due() is None
    assert await state(outbox) == [("a", "refused", "550 no such list")]


async def test_a_claim_lapses_after_ten_minutes(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("a"))
    assert await claimed(outbox) == (1, "a", 0)
    assert await outbox.next_due() == START + 10 * MINUTE
    assert await claimed(outbox, 9.99) is None
    assert await claimed(outbox, 10) == (1, "a", 1)
    assert await claimed(outbox, 19.99) is None


async def test_a_letter_whose_sender_crashed_is_claimed_again_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS, clock=lambda: START) as before:
        await queue(before, letter("a"))
        assert await claimed(before) == (1, "a", 0)
    async with sqlite.open(path, CORE_FACTS) as after:
        assert await claimed(after, 1) is None
        assert await after.next_due() == START + 10 * MINUTE
        assert await claimed(after, 10) == (1, "a", 1)


async def test_claims_are_released_at_a_start(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("a"), letter("b"), letter("c"))
    assert [await claimed(outbox) for _ in range(2)] == [(1, "a", 0), (2, "b", 0)]
    await outbox.sent(2, START)
    await outbox.release()
    assert await outbox.next_due() == START
    assert [await claimed(outbox) for _ in range(3)] == [(1, "a", 1), (3, "c", 0), None]


async def test_two_workers_never_claim_the_same(tmp_path: Path) -> None:
    path = tmp_path / "gatherbot.db"
    async with sqlite.open(path, CORE_FACTS) as one, sqlite.open(path, CORE_FACTS) as other:
        await queue(one, *(letter(str(n)) for n in range(10)))
        taken = [await claimed(worker) for _ in range(5) for worker in (one, other)]
    assert taken == [(n + 1, str(n), 0) for n in range(10)]


async def test_a_letter_waits_for_the_one_before(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("part2", after="part1"), letter("part1"), letter("other"))
    assert await claimed(outbox) == (2, "part1", 0)
    assert await claimed(outbox) == (3, "other", 0)
    assert await claimed(outbox) is None
    assert await outbox.next_due() == START + 10 * MINUTE
    await outbox.retry(2, START + 2 * MINUTE, "451")
    assert await claimed(outbox, 1) is None
    assert await claimed(outbox, 2) == (2, "part1", 1)
    await outbox.sent(2, START + 2 * MINUTE)
    assert await outbox.next_due() == START
    assert await claimed(outbox, 2) == (1, "part2", 0)


async def test_a_letter_waits_for_one_that_is_yet_to_be_queued(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("part2", after="part1"))
    assert await claimed(outbox) is None
    assert await outbox.next_due() is None
    await queue(outbox, letter("part1"))
    assert await claimed(outbox) == (2, "part1", 0)


async def test_a_refused_letter_holds_nobody_up(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("part1"), letter("part2", after="part1"))
    await claimed(outbox)
    await outbox.refused(1, "550", START)
    assert await claimed(outbox) == (2, "part2", 0)


async def test_a_recalled_letter_never_leaves_and_holds_nobody_up(outbox: SqliteJournal) -> None:
    await queue(
        outbox, letter("part1", name="recap/1"), letter("part2", name="recap/2", after="part1"), letter("x")
    )
    await queue(outbox, recalled=("recap/1", "no such name"))
    assert [await claimed(outbox) for _ in range(3)] == [(2, "part2", 0), (3, "x", 0), None]
    assert (await state(outbox))[0] == ("part1", "recalled", "")


async def test_a_recall_comes_before_the_letters_of_its_batch(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("old", name="draft"))
    await queue(outbox, letter("new", name="draft"), recalled=("draft",))
    assert [await claimed(outbox) for _ in range(2)] == [(2, "new", 0), None]


async def test_a_recalled_letter_may_be_put_in_again_in_a_new_form(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("part1", name="draft"))
    await claimed(outbox)
    await outbox.retry(1, START + 60 * MINUTE, "451")
    await queue(outbox, letter("part1", name="draft", body="mended"), recalled=("draft",))
    assert await outbox.claim(START) == Posted(1, letter("part1", name="draft", body="mended"), 0, START)


async def test_a_sent_letter_cannot_be_recalled(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("part1", name="draft"))
    await claimed(outbox)
    await outbox.sent(1, START)
    await queue(outbox, letter("part1", name="draft", body="mended"), recalled=("draft",))
    assert await claimed(outbox, 60) is None
    assert await state(outbox) == [("part1", "sent", "")]


async def test_a_letter_recalled_on_its_way_counts_as_sent_when_it_arrived(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("part1", name="draft"))
    await claimed(outbox)
    await queue(outbox, letter("part1", name="draft", body="mended"), recalled=("draft",))
    assert await claimed(outbox, 5) is None
    await outbox.sent(1, START + 5 * MINUTE)
    assert await state(outbox) == [("part1", "sent", "")]
    assert await claimed(outbox, 60) is None


async def test_a_letter_recalled_on_its_way_is_not_tried_again(outbox: SqliteJournal) -> None:
    await queue(outbox, letter("a", name="draft"))
    await claimed(outbox)
    await queue(outbox, recalled=("draft",))
    await outbox.retry(1, START + MINUTE, "451")
    assert await claimed(outbox, 60) is None
    assert await outbox.next_due() is None
