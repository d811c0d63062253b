import asyncio
import logging
from datetime import UTC, datetime

import pytest

from bot.core.effects import Letter
from bot.mail import smtp
from bot.mail.compose import compose
from bot.mail.outcome import Later, Never, Outcome, Sent
from bot.mail.settings import SmtpSettings
from tests.fakes.mail_server import FakeMailServer

SENDER = "Gatherbot <bot@example.org>"
AT = datetime(2027, 10, 19, 13, 21, tzinfo=UTC)
A, B, C = "a@example.org", "b@example.org", "c@example.org"


def to(server: FakeMailServer) -> SmtpSettings:
    return SmtpSettings("127.0.0.1", SENDER, port=server.port, security="none", timeout=0.3)


async def send(
    server: FakeMailServer, *addresses: str, patient: bool = False, body: str = "text\n"
) -> Outcome:
    message = compose(Letter("one@example.org", addresses or (A,), "One", body, "track/x"), SENDER, AT)
    return await smtp.send(to(server), message, patient=patient)


async def left(server: FakeMailServer) -> None:
    async with asyncio.timeout(30):
        while "QUIT" not in server.said:  # noqa: ASYNC110 - a list tells nobody
            await asyncio.sleep(0.01)


async def test_a_message_is_given_to_the_server() -> None:
    async with FakeMailServer().listening() as server:
        assert await send(server, A, B, body="one\n.\n") == Sent()
        assert "QUIT" not in server.said  # what was taken is written down first
        await left(server)
    assert server.said == [
        "EHLO example.org", "MAIL FROM:<bot@example.org>", "RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>", "DATA", "QUIT",
    ]  # fmt: skip
    assert [(everybody, text.split("\r\n\r\n")[1]) for everybody, text in server.taken] == [
        ([A, B], "one\r\n=2E\r\n")
    ]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"MAIL": "550 5.7.1 not you"}, Never("the mail server refused it: 550 5.7.1 not you")),
        ({"RCPT": "550 5.1.1 nobody here"}, Never("the mail server refused it: 550 5.1.1 nobody here")),
        ({"DATA": "554 no"}, Never("the mail server refused it: 554 no")),
        ({".": "552 5.3.4 too big"}, Never("the mail server refused it: 552 5.3.4 too big")),
        ({".": "550-no\r\n550 never"}, Never("the mail server refused it: 550 no never")),
        ({"MAIL": "451 try later"}, Later("the mail server asks to try again later: 451 try later")),
        ({"RCPT": "450 greylisted"}, Later("the mail server asks to try again later: 450 greylisted")),
        ({"DATA": "421 closing"}, Later("the mail server asks to try again later: 421 closing")),
        ({".": "451 4.3.0 full"}, Later("the mail server asks to try again later: 451 4.3.0 full")),
        ({"greeting": "554 go away"}, Later("the mail server asks to try again later: 554 go away")),
        (
            {"EHLO": "550 who?", "HELO": "550 who?"},
            Later("the mail server asks to try again later: 550 who?"),
        ),
        (
            {"MAIL": "530 5.7.0 log in first"},
            Later("the mail server asks to try again later: 530 5.7.0 log in first"),
        ),
        ({"greeting": ""}, Later("can't reach the mail server")),
        ({"MAIL": ""}, Later("can't reach the mail server")),
        ({".": ""}, Later("can't reach the mail server")),
        ({"greeting": None}, Later("the mail server did not answer in time")),
        ({"RCPT": None}, Later("the mail server did not answer in time")),
        (
            {"MAIL": "nonsense"},
            Later("the mail server sent an invalid answer"),
        ),
    ],
)
async def test_what_the_server_does(answers: dict[str, str | None], outcome: Outcome) -> None:
    async with FakeMailServer(answers).listening() as server:
        assert await send(server, patient=True) == outcome
        assert server.taken == []


async def test_a_server_that_is_not_there() -> None:
    async with FakeMailServer().listening() as server:
        pass
    assert await send(server) == Later("can't reach the mail server")


async def test_some_recipients_refused_for_good() -> None:
    answers: dict[str, str | None] = {"RCPT TO:<b@": "550 5.1.1 <b@example.org>: nobody here"}
    async with FakeMailServer(answers).listening() as server:
        outcome = await send(server, A, B, C, patient=True)
    assert outcome == Sent(refused="1 of 3 recipients refused: 550 5.1.1 (address): nobody here")
    assert [everybody for everybody, _ in server.taken] == [[A, C]]


async def test_while_patient_a_recipient_put_off_holds_it_back_for_all() -> None:
    async with FakeMailServer({"RCPT TO:<b@": "450 greylisted"}).listening() as server:
        assert await send(server, A, B, patient=True) == Later(
            "the mail server asks to try again later: 450 greylisted"
        )
        assert server.taken == []
        server.answers.clear()
        assert await send(server, A, B, patient=True) == Sent()
    assert [everybody for everybody, _ in server.taken] == [[A, B]]


async def test_no_longer_patient_the_others_get_it() -> None:
    async with FakeMailServer({"RCPT TO:<b@": "452 mailbox full"}).listening() as server:
        outcome = await send(server, A, B, patient=False)
    assert outcome == Sent(refused="1 of 2 recipients refused: 452 mailbox full")
    assert [everybody for everybody, _ in server.taken] == [[A]]


async def test_all_put_off_is_later_however_impatient() -> None:
    answers: dict[str, str | None] = {"RCPT TO:<a@": "550 no", "RCPT TO:<b@": "450 later"}
    async with FakeMailServer(answers).listening() as server:
        assert await send(server, A, B, patient=False) == Later(
            "the mail server asks to try again later: 450 later"
        )


@pytest.mark.parametrize("parting", ["", None, "500 no", "421 closing"])
async def test_what_was_taken_is_sent_however_the_server_parts(parting: str | None) -> None:
    async with FakeMailServer({"QUIT": parting}).listening() as server, asyncio.timeout(30):
        assert await send(server) == Sent()
        await left(server)
    assert len(server.taken) == 1


async def test_a_slow_server_is_waited_for_once_it_has_the_text() -> None:
    class Slow(FakeMailServer):
        async def _say(self, writer: asyncio.StreamWriter, line: str) -> str:
            if line == ".":
                await asyncio.sleep(0.8)  # longer than the time-out for other answers
            return await super()._say(writer, line)

    async with Slow().listening() as server:
        assert await send(server) == Sent()


async def test_reasons_are_one_short_line_without_addresses_and_passwords() -> None:
    text = "550 \x1b[31m<a@example.org> s3cret, see https://mail.example.org/help " + "x" * 500
    async with FakeMailServer({"MAIL": text}).listening() as server:
        settings = SmtpSettings("127.0.0.1", SENDER, port=server.port, security="none", password="s3cret")
        message = compose(Letter("one@example.org", (A,), "One", "text\n", "track/x"), SENDER, AT)
        outcome = await smtp.send(settings, message)
    start = "the mail server refused it: 550 [31m(address) (password), see https://mail.example.org/help "
    assert isinstance(outcome, Never)
    assert outcome.reason.startswith(start)
    assert len(outcome.reason) < 200
    assert "s3cret" not in repr(settings)


async def test_what_the_configuration_can_mend_is_logged_as_an_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with FakeMailServer(
        {"EHLO": "250-mail.test\r\n250 AUTH PLAIN", "AUTH": "535 5.7.8 bad"}
    ).listening() as server:
        settings = SmtpSettings(
            "127.0.0.1", SENDER, port=server.port, security="none", username="bot", password="pw"
        )
        assert await smtp.try_server(settings) == (
            f"127.0.0.1:{server.port}: the mail server refused the login: 535 5.7.8 bad"
        )
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"security": "starttls"}, "the mail server offers no STARTTLS"),
        (
            {"security": "tls"},
            'the mail server speaks no TLS on this port: security = "starttls" or another port may help',
        ),
        ({"username": "bot"}, "the mail server offers no login method that Gatherbot knows"),
        (
            {"security": "tls", "tls_ca": "/nowhere.pem"},
            "the file in tls_ca does not contain certificates",
        ),
        ({}, None),
    ],
)
async def test_trying_a_server(changes: dict[str, str], fault: str | None) -> None:
    async with FakeMailServer({"EHLO": "250 mail.test"}).listening() as server:
        fields: dict[str, object] = {
            "host": "127.0.0.1",
            "sender": SENDER,
            "port": server.port,
            "security": "none",
        }
        found = await smtp.try_server(SmtpSettings(**{**fields, **changes}))  # type: ignore[arg-type] # by name
        assert found == (fault and f"127.0.0.1:{server.port}: {fault}")
        assert server.taken == []


async def test_a_cancelled_send_ends_at_once() -> None:
    async with FakeMailServer({"MAIL": None}).listening() as server:
        task = asyncio.create_task(send(server))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, 30)
