"""What is to be said stays until it is delivered; what was handled is forgotten in time, and not before."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.core.facts import CORE_FACTS
from bot.storage import sqlite
from bot.storage.contract import Batch
from bot.storage.sqlite import SqliteJournal
from tests.fakes.clock import FakeClock
from tests.storage.samples import SAYINGS, START

DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gatherbot.db"


@pytest.fixture
async def journal(path: Path) -> AsyncIterator[SqliteJournal]:
    async with sqlite.open(path, CORE_FACTS) as opened:
        yield opened


async def test_sayings_stay_in_order_until_they_are_delivered(journal: SqliteJournal) -> None:
    await journal.commit(Batch(undelivered=SAYINGS[:2]))
    await journal.commit(Batch(undelivered=SAYINGS[2:], delivered=["k1", "unknown"]))
    assert await journal.undelivered() == SAYINGS[1:]
    await journal.commit(Batch(delivered=["k3", "k2"]))
    assert await journal.undelivered() == []


async def test_what_waits_already_is_kept_once_and_as_it_was(journal: SqliteJournal) -> None:
    await journal.commit(Batch(undelivered=[SAYINGS[0], replace(SAYINGS[0], text="again"), SAYINGS[1]]))
    await journal.commit(Batch(undelivered=[replace(SAYINGS[0], text="and again")]))
    assert await journal.undelivered() == SAYINGS[:2]


async def test_what_is_delivered_in_the_turn_that_says_it_again_does_not_stay(journal: SqliteJournal) -> None:
    await journal.commit(Batch(undelivered=[SAYINGS[2]]))
    await journal.commit(Batch(undelivered=[SAYINGS[2]], delivered=["k3"]))
    assert await journal.undelivered() == []


async def test_ids_go_a_week_later(path: Path) -> None:
    clock = FakeClock(START)
    async with sqlite.open(path, CORE_FACTS, clock=clock) as journal:
        await journal.commit(Batch(handled=["first"]))
        for day in range(1, 9):
            clock.now = START + day * DAY
            await journal.commit(Batch(handled=[f"day {day}"]))
        known = ["first", *(f"day {day}" for day in range(1, 9))]
        # the ninth look compares with the eighth id: the first one is just a week older
        assert await journal.handled(known) == set(known)
        clock.now += DAY
        await journal.commit(Batch(handled=["last"]))
        assert await journal.handled(known) == set(known[1:])


async def test_a_stand_still_makes_no_id_older(path: Path) -> None:
    clock = FakeClock(START)
    async with sqlite.open(path, CORE_FACTS, clock=clock) as journal:
        await journal.commit(Batch(handled=["$before the crash"]))
    clock.now += 30 * DAY
    async with sqlite.open(path, CORE_FACTS, clock=clock) as journal:
        await journal.commit(Batch(handled=["$after"]))
        assert await journal.handled(["$before the crash", "$after"]) == {"$before the crash", "$after"}
        clock.now += 2 * DAY
        await journal.commit(Batch(handled=["$later"]))
        assert await journal.handled(["$before the crash", "$after"]) == {"$after"}


async def test_a_clock_that_is_put_back_stops_nothing(path: Path) -> None:
    clock = FakeClock(START)
    async with sqlite.open(path, CORE_FACTS, clock=clock) as journal:
        await journal.commit(Batch(handled=["a"]))
        clock.now = START + 30 * DAY
        await journal.commit(Batch(handled=["b"]))
        clock.now = START - 30 * DAY
        await journal.commit(Batch(handled=["c"]))
        assert await journal.handled(["a", "b", "c"]) == {"b", "c"}
