"""The worker on the real outbox, and the fake one beside it: they follow the same rules."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.core.effects import Letter
from bot.core.mail_events import MailRefused, MailTaken
from bot.mail import files
from bot.mail.worker import MailWorker
from bot.storage.contract import Batch, MailStore
from tests.fakes.clock import FakeClock
from tests.fakes.journal import memory_journal
from tests.fakes.outbox import ListOutbox

MINUTE = timedelta(minutes=1)
Queue = Callable[[Letter], Awaitable[None]]
Opened = Callable[[FakeClock], AbstractAsyncContextManager[tuple[MailStore, Queue]]]


def letter(name: str, after: str = "", to: str = "list@lists.example.org") -> Letter:
    return Letter(
        f"{name}@example.org", (to,), name, "text\n", "track/x", after=after and f"{after}@example.org"
    )


def slugs(folder: Path) -> list[str]:
    return sorted(path.name.removeprefix("2027-10-19-").partition("-")[0] for path in folder.iterdir())


@asynccontextmanager
async def real(clock: FakeClock) -> AsyncIterator[tuple[MailStore, Queue]]:
    async with memory_journal(clock=clock) as journal:
        yield journal, lambda each: journal.commit(Batch(letters=[each]))


@asynccontextmanager
async def fake(clock: FakeClock) -> AsyncIterator[tuple[MailStore, Queue]]:
    outbox = ListOutbox()

    async def queue(each: Letter) -> None:
        outbox.put(each, clock.now)

    yield outbox, queue


async def happened(outbox: MailStore, queue: Queue, clock: FakeClock) -> list[object]:
    """What an outbox says when it is used in every way."""
    said: list[object] = [await outbox.claim(clock.now), await outbox.next_due()]

    async def claim() -> None:
        posted = await outbox.claim(clock.now)
        said.append(posted and (posted.letter.id, posted.attempts, posted.queued))
        said.append(await outbox.next_due())

    for each in (letter("two", after="one"), letter("one"), letter("lost", after="unknown"), letter("three")):
        await queue(each)
    numbers = [posted.number for posted in [await outbox.claim(clock.now) for _ in range(2)] if posted]
    await claim()  # what is claimed is nobody else's
    clock.now += 5 * MINUTE
    await outbox.retry(numbers[0], clock.now + MINUTE, "busy")
    await claim()
    clock.now += MINUTE
    await claim()
    clock.now += 4 * MINUTE
    await claim()  # ten minutes after the first claim
    await outbox.refused(numbers[0], "no", clock.now)
    await outbox.sent(numbers[1], clock.now)
    await claim()  # what waited for a refused letter
    clock.now += 60 * MINUTE
    await claim()
    await queue(letter("crashed"))
    await claim()
    await outbox.release()  # at the next start
    await claim()
    return said


async def test_the_fake_outbox_follows_the_rules_of_the_real_one() -> None:
    told = []
    for kind in (real, fake):
        clock = FakeClock()
        async with kind(clock) as (outbox, queue):
            told.append(await happened(outbox, queue, clock))
    assert told[0] == told[1]
    assert len(told[0]) == 18


@pytest.mark.parametrize("kind", [real, fake])
async def test_a_recap_leaves_by_way_of_files(kind: Opened, tmp_path: Path) -> None:
    clock, wake, reports = FakeClock(), asyncio.Event(), list[MailRefused | MailTaken]()

    async def report(told: MailRefused | MailTaken) -> None:
        reports.append(told)

    async with kind(clock) as (outbox, queue):
        deliver = partial(files.write, tmp_path)
        worker = MailWorker(
            outbox, deliver, "bot@example.org", report, wake, clock=clock, lists=(), sleep=clock.sleep
        )
        for each in (letter("two", after="one"), letter("one"), letter("bad", to="nobody")):
            await queue(each)
        while await worker.deliver_one():
            pass
    assert reports == [
        MailTaken("one@example.org", "track/x", clock.now, filed=True),
        MailTaken("two@example.org", "track/x", clock.now, filed=True),
        MailRefused("bad@example.org", "track/x", "'nobody' is not a mail address", clock.now),
    ]
    assert slugs(tmp_path) == ["one", "two"]
