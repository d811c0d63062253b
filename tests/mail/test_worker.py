import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from bot.core.effects import Letter
from bot.core.mail_events import MailRefused, MailTaken
from bot.mail.outcome import Later, Never, Outcome, Sent
from bot.mail.worker import LEAST_ATTEMPTS, PATIENCE, MailWorker
from tests.fakes.clock import FakeClock, settled
from tests.fakes.outbox import ListOutbox

MINUTE = timedelta(minutes=1)
LONG = timedelta(days=1)


def letter(name: str, after: str = "", to: str = "list@lists.example.org") -> Letter:
    return Letter(
        f"{name}@example.org", (to,), name, "text\n", "track/x", after=after and f"{after}@example.org"
    )


class Post:
    """Delivers as a test says: `answers` one after the other, the last for ever."""

    def __init__(self, *answers: Outcome | Exception) -> None:
        self.answers = list(answers) or [Sent()]
        self.delivered: list[str] = []
        self.patient: list[bool] = []
        self.dates: list[datetime] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, message: EmailMessage, *, patient: bool) -> Outcome:
        await self.gate.wait()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        self.delivered.append(message["Subject"])
        self.patient.append(patient)
        self.dates.append(message["Date"].datetime)
        return answer


class Office:
    def __init__(self, *answers: Outcome | Exception) -> None:
        self.clock = FakeClock()
        self.outbox = ListOutbox()
        self.post = Post(*answers)
        self.reports: list[MailRefused] = []
        self.taken: list[MailTaken] = []
        self.wake = asyncio.Event()
        self.worker = MailWorker(
            self.outbox,
            self.post,
            "Gatherbot <bot@example.org>",
            self.report,
            self.wake,
            clock=self.clock,
            lists=(),
            sleep=self.clock.sleep,
            chance=lambda: 0.5,
        )

    async def report(self, told: MailRefused | MailTaken) -> None:
        if isinstance(told, MailTaken):
            self.taken.append(told)
        else:
            self.reports.append(told)

    def put(self, *letters: Letter) -> None:
        for each in letters:
            self.outbox.put(each, self.clock.now)
        self.wake.set()

    def states(self) -> list[str]:
        return [row.state for row in self.outbox.rows]

    @asynccontextmanager
    async def working(self) -> AsyncIterator[asyncio.Task[None]]:
        task = asyncio.create_task(self.worker.run())
        await settled()
        yield task
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_what_is_queued_is_sent_at_once_in_order() -> None:
    office = Office()
    office.put(letter("one"), letter("two"))
    async with office.working():
        assert office.post.delivered == ["one", "two"]
        office.put(letter("three"))
        await settled()
    assert office.post.delivered == ["one", "two", "three"]
    assert office.states() == ["sent", "sent", "sent"]
    assert office.reports == []
    assert [(told.letter, told.stream, told.filed) for told in office.taken] == [
        (f"{name}@example.org", "track/x", False) for name in ("one", "two", "three")
    ]


async def test_what_another_process_queued_is_found_within_a_minute() -> None:
    office = Office()
    async with office.working():
        office.outbox.put(letter("one"), office.clock.now)
        await office.clock.advance(MINUTE)
    assert office.post.delivered == ["one"]


async def test_idle_it_looks_once_a_minute() -> None:
    office = Office()
    async with office.working():
        await office.clock.advance(timedelta(hours=1))
    assert office.outbox.asked.count("claim") == 61


async def test_part_2_waits_for_part_1() -> None:
    office = Office(Later("busy"), Later("busy"), Sent())
    office.put(letter("two", after="one"), letter("one"))
    async with office.working():
        await office.clock.advance(5 * MINUTE)
    assert office.post.delivered == ["one", "one", "one", "two"]


async def test_it_tries_more_and_more_rarely_and_keeps_the_date() -> None:
    office = Office(Later("busy"))
    queued = office.clock.now
    office.put(letter("one"))
    waits = []
    async with office.working():
        for _ in range(9):
            due = office.outbox.rows[0].due
            assert due is not None
            waits.append((due - office.clock.now) / MINUTE)
            await office.clock.advance(due - office.clock.now)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert set(office.post.dates) == {queued}
    assert office.outbox.rows[0].reason == "busy"
    assert office.reports == []


async def test_it_is_patient_with_single_recipients_for_some_minutes_only() -> None:
    office = Office(Later("busy"))
    office.put(letter("one"))
    async with office.working():
        await office.clock.advance(20 * MINUTE)
    assert office.post.patient == [True, True, True, True, False]


async def test_it_gives_up_after_five_days_and_says_so_once() -> None:
    office = Office(Later("busy"))
    queued = office.clock.now
    office.put(letter("one"))
    async with office.working():
        await office.clock.advance(PATIENCE - MINUTE)
        assert (office.states(), office.reports) == (["waiting"], [])
        await office.clock.advance(LONG)
    assert office.states() == ["refused"]
    assert [(each.letter, each.stream, each.reason, each.partly) for each in office.reports] == [
        ("one@example.org", "track/x", "busy", False)
    ]
    assert timedelta(0) <= office.reports[0].at - queued - PATIENCE <= timedelta(hours=1)


async def test_a_letter_that_lay_while_the_bot_was_off_is_tried_for_some_hours() -> None:
    office = Office(Later("busy"))
    office.put(letter("one"))
    office.clock.now += 2 * PATIENCE
    async with office.working():
        await office.clock.advance(LONG)
    assert len(office.post.delivered) == LEAST_ATTEMPTS
    assert office.states() == ["refused"]


async def test_a_refusal_is_final_and_reported_once() -> None:
    office = Office(Never("550 no"), Sent())
    at = office.clock.now
    office.put(letter("one"), letter("two"))
    async with office.working():
        await office.clock.advance(LONG)
    assert office.post.delivered == ["one", "two"]
    assert office.states() == ["refused", "sent"]
    assert office.reports == [MailRefused("one@example.org", "track/x", "550 no", at)]


async def test_refused_recipients_are_reported_and_nobody_gets_it_twice() -> None:
    office = Office(Sent(refused="1 of 2 recipients refused: 550 no"))
    at = office.clock.now
    office.put(letter("one"))
    async with office.working():
        await office.clock.advance(LONG)
    assert office.post.delivered == ["one"]
    assert office.states() == ["sent"]
    refused = MailRefused("one@example.org", "track/x", "1 of 2 recipients refused: 550 no", at, partly=True)
    assert office.reports == [refused]


async def test_a_letter_that_cannot_be_a_message_is_refused() -> None:
    office = Office()
    office.put(letter("one", to="nobody"), letter("two"))
    async with office.working():
        pass
    assert office.states() == ["refused", "sent"]
    assert [each.reason for each in office.reports] == ["'nobody' is not a mail address"]


async def test_a_fault_of_ours_costs_no_other_letter(caplog: pytest.LogCaptureFixture) -> None:
    office = Office(ZeroDivisionError("inner secret"), Sent())
    office.put(letter("one"), letter("two"))
    async with office.working():
        pass
    one, two = office.outbox.rows
    assert (one.state, two.state) == ("waiting", "sent")
    assert one.reason.startswith("an error in the bot, ")
    assert one.reason.removeprefix("an error in the bot, ") in caplog.text


async def test_storage_in_trouble_is_waited_for() -> None:
    office = Office()
    office.outbox.full = 5
    office.put(letter("one"))
    async with office.working():
        await office.clock.advance(timedelta(seconds=1 + 5 + 15 + 60 + 60))
    assert office.states() == ["sent"]


async def test_what_was_sent_is_noted_however_long_it_takes_and_not_sent_again() -> None:
    office = Office()
    office.post.gate.clear()
    office.put(letter("one"))
    async with office.working():
        office.outbox.full = 30
        office.post.gate.set()
        await office.clock.advance(timedelta(hours=1))
    assert office.post.delivered == ["one"]
    assert office.states() == ["sent"]


@pytest.mark.parametrize(
    "answer", [Sent(), Sent(filed=True), Sent(refused="some are unknown"), Never("no such list")]
)
async def test_what_was_stored_before_a_crash_is_reported_at_the_start(answer: Outcome) -> None:
    office = Office(answer)
    office.put(letter("a"))
    async with office.working():
        told = [*office.taken, *office.reports]
    assert len(told) == (2 if isinstance(answer, Sent) and answer.refused else 1)
    async with office.working():  # as if nobody had heard it: the desk passes over what it handled
        assert [*office.taken, *office.reports] == sorted(
            [*told, *told], key=lambda event: type(event).__name__ == "MailRefused"
        )
    office.clock.now += timedelta(days=2)
    async with office.working():
        assert len([*office.taken, *office.reports]) == 2 * len(told)


async def test_stopped_while_idle_it_ends_at_once() -> None:
    office = Office()
    async with office.working() as task:
        task.cancel()
        async with asyncio.timeout(1):
            with pytest.raises(asyncio.CancelledError):
                await task


async def test_stopped_while_storage_is_in_trouble_it_ends_within_a_second() -> None:
    office = Office()
    office.outbox.full = 1000
    async with office.working() as task:
        task.cancel()
        async with asyncio.timeout(1):
            with pytest.raises(asyncio.CancelledError):
                await task


async def test_stopped_while_sending_it_lets_the_message_go() -> None:
    office = Office()
    office.post.gate.clear()
    office.put(letter("one"), letter("two"))
    async with office.working() as task:
        task.cancel()
        asyncio.get_running_loop().call_later(0.1, office.post.gate.set)
        with pytest.raises(asyncio.CancelledError):
            await task
    assert office.post.delivered == ["one"]
    assert office.states() == ["sent", "waiting"]


async def test_stopped_while_sending_it_waits_three_seconds_and_gives_the_letter_back() -> None:
    office = Office()
    office.post.gate.clear()
    office.put(letter("one"))
    loop = asyncio.get_running_loop()
    async with office.working() as task:
        began = loop.time()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert 2.9 <= loop.time() - began <= 3.5
    assert office.states() == ["waiting"]
    assert await office.outbox.next_due() == office.clock.now


async def test_stopped_while_claiming_the_letter_is_given_back() -> None:
    office = Office()
    office.put(letter("one"))
    office.outbox.answers.clear()
    task = asyncio.create_task(office.worker.deliver_one())
    await settled()
    task.cancel()
    asyncio.get_running_loop().call_later(0.1, office.outbox.answers.set)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert office.post.delivered == []
    assert await office.outbox.next_due() == office.clock.now
