"""Sending by a real mail server, over TLS and with a login."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.core.effects import Letter
from bot.core.mail_events import MailRefused, MailTaken
from bot.mail import smtp
from bot.mail.compose import compose
from bot.mail.outcome import Later, Never, Outcome, Sent
from bot.mail.settings import SmtpSettings
from bot.mail.worker import MailWorker
from tests.fakes.clock import FakeClock, settled
from tests.fakes.outbox import ListOutbox
from tests.live.mail_servers import SENDER, MailHub, text_of

pytestmark = pytest.mark.live

LOOK = timedelta(minutes=1)
AT = datetime(2027, 10, 19, 13, 21, tzinfo=UTC)
ALICE = "alice@example.test"
BODY = "Zoë's notes:\n\n  - From the start\nFrom here on\n.\n..two\nhttps://example.org/" + "x" * 90 + "\n"


def letter(number: int = 1, to: str = ALICE) -> Letter:
    references = tuple(f"2027-10.part-{n}@bot.test" for n in range(1, number))
    return Letter(
        f"2027-10.part-{number}@bot.test", (to,), f"[ptg] café, part {number}", BODY, "track/x", references
    )


async def send(settings: SmtpSettings, *letters: Letter) -> list[Outcome]:
    return [await smtp.send(settings, compose(each, SENDER, AT)) for each in letters or (letter(),)]


async def test_over_starttls_with_a_login(mail_hub: MailHub) -> None:
    assert await smtp.try_server(mail_hub.settings()) is None
    assert await send(mail_hub.settings()) == [Sent()]
    (message,) = mail_hub.box(ALICE)
    assert text_of(message) == BODY
    assert message["Subject"] == "[ptg] café, part 1"
    assert message["X-Envelope-From"] == "bot@bot.test"


async def test_a_server_that_knows_only_ascii_gets_the_same(mail_hub: MailHub) -> None:
    mail_hub.stop()
    mail_hub.start(PLAIN="1")
    assert await send(mail_hub.settings()) == [Sent()]
    assert [raw.isascii() for raw in mail_hub.raw(ALICE)] == [True]
    assert text_of(mail_hub.box(ALICE)[0]) == BODY


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (
            lambda hub: hub.settings(trusted=False),
            "the mail server's certificate is not trusted: self-signed certificate",
        ),
        (
            lambda hub: hub.settings(password="wrong"),
            "the mail server refused the login: 535 5.7.8 Authentication credentials invalid",
        ),
        (
            lambda hub: hub.settings(security="tls"),
            'the mail server speaks no TLS on this port: security = "starttls" or another port may help',
        ),
    ],
)
async def test_what_is_not_accepted(
    mail_hub: MailHub, settings: Callable[[MailHub], SmtpSettings], reason: str
) -> None:
    assert await smtp.try_server(settings(mail_hub)) == f"localhost:{mail_hub.port}: {reason}"
    assert await send(settings(mail_hub)) == [Later(reason)]
    assert mail_hub.box(ALICE) == []


async def test_a_server_that_wants_a_login_and_gets_none(mail_hub: MailHub) -> None:
    mail_hub.stop()
    mail_hub.start(REQUIRE_AUTH="1")
    assert await send(mail_hub.settings(security="none")) == [
        Later("the mail server asks to try again later: 530 5.7.0 Authentication required")
    ]


async def test_failures_on_demand(mail_hub: MailHub) -> None:
    mail_hub.answer("451 4.3.0 try later")
    assert await send(mail_hub.settings()) == [
        Later("the mail server asks to try again later: 451 4.3.0 try later")
    ]
    mail_hub.answer("550 5.7.1 no")
    assert await send(mail_hub.settings()) == [Never("the mail server refused it: 550 5.7.1 no")]
    mail_hub.answer(None)
    assert await send(mail_hub.settings()) == [Sent()]
    assert len(mail_hub.box(ALICE)) == 1


@asynccontextmanager
async def working(
    hub: MailHub, outbox: ListOutbox, clock: FakeClock, reports: list[MailRefused]
) -> AsyncIterator[None]:
    async def report(told: MailRefused | MailTaken) -> None:
        if isinstance(told, MailRefused):
            reports.append(told)

    worker = MailWorker(
        outbox,
        partial(smtp.send, hub.settings()),
        SENDER,
        report,
        asyncio.Event(),
        clock=clock,
        lists=(),
        sleep=clock.sleep,
    )
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], bool], step: Callable[[], Awaitable[None]] = settled) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await step()
            await asyncio.sleep(0.05)


async def test_what_was_queued_while_the_server_was_down_for_an_hour_arrives_once_each(
    mail_hub: MailHub,
) -> None:
    mail_hub.stop()
    outbox, clock, reports = ListOutbox(), FakeClock(), list[MailRefused]()
    letters = [letter(number) for number in (1, 2, 3)]
    for each in letters:
        outbox.put(each, clock.now)
    async with working(mail_hub, outbox, clock, reports):
        await until(lambda: all(row.attempts == 1 and row.due for row in outbox.rows))
        an_hour_later = clock.now + timedelta(hours=1)
        await until(lambda: clock.now >= an_hour_later, lambda: clock.advance(LOOK))
        assert {(row.reason, row.state) for row in outbox.rows} == {
            ("can't reach the mail server", "waiting")
        }
        mail_hub.start()
        await until(lambda: all(row.state == "sent" for row in outbox.rows), lambda: clock.advance(LOOK))
    assert sorted(message["Message-ID"] for message in mail_hub.box(ALICE)) == [
        f"<{each.id}>" for each in letters
    ]
    assert reports == []
