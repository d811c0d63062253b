"""The LMTP server, as the standard library's client and raw bytes see it, over TCP and over a unix socket."""

import asyncio
import logging
import smtplib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.mail.inbox.lmtp import MOST_CLIENTS, MOST_RECIPIENTS, LmtpServer
from bot.mail.inbox.reception import LARGEST
from bot.mail.settings import InboxSettings
from tests.mail.inbox import mails
from tests.mail.inbox.desk import ADDRESS, SECRET, Desk

ANSWER = bytes(mails.mail()).replace(b"\n", b"\r\n")
FROM = "mallory@elsewhere.example"
LARGE = f"5.3.4 larger than {LARGEST // 1_000_000} MB".encode()


class Server:
    """A server and its desk; `port` for TCP, or the path of a socket."""

    def __init__(self, desk: Desk, where: int | str) -> None:
        self.desk = desk
        self.where = where

    async def say(self, talk: Callable[[smtplib.LMTP], Any]) -> Any:
        """What a client of the standard library gets."""

        def whole() -> Any:
            host, port = (self.where, 0) if isinstance(self.where, str) else ("127.0.0.1", self.where)
            with smtplib.LMTP(host, port, local_hostname="hub.test") as client:
                return talk(client)

        return await asyncio.to_thread(whole)

    async def raw(self, *pieces: bytes) -> list[str]:
        """The lines that the server answers to bytes, until it hangs up or everything was said."""
        assert isinstance(self.where, int)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.where)
        for piece in pieces:
            writer.write(piece)
        writer.write_eof()
        try:
            return (await reader.read()).decode().splitlines()
        finally:
            writer.close()


@asynccontextmanager
async def listening(
    folder: Path | None = None, patience: tuple[float, float] = (60, 60)
) -> AsyncIterator[Server]:
    desk = Desk()
    lmtp = LmtpServer(desk.reception, patience=patience)
    socket = folder / "lmtp" if folder is not None else None
    port = await lmtp.listen(InboxSettings("recaps@example.org", host="127.0.0.1", socket=socket))
    try:
        yield Server(desk, port or str(socket))
    finally:
        await lmtp.stop()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with listening() as found:
        yield found


@pytest.mark.parametrize("way", ["tcp", "socket"])
async def test_a_client_hands_an_answer_over(way: str, tmp_path: Path) -> None:
    async with listening(tmp_path if way == "socket" else None) as server:
        assert await server.say(lambda client: client.sendmail(FROM, [ADDRESS], ANSWER)) == {}
        assert [event.text for event in server.desk.received] == [mails.TOP_POSTED]


async def test_it_says_what_it_can() -> None:
    async with listening() as server:
        features = await server.say(lambda client: (client.ehlo(), client.esmtp_features)[1])
        assert features == {
            "pipelining": "",
            "enhancedstatuscodes": "",
            "8bitmime": "",
            "smtputf8": "",
            "size": "",
        }


async def test_each_recipient_gets_an_answer_of_its_own(server: Server) -> None:
    server.desk.takes = False
    said = await server.raw(
        b"LHLO hub\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nRCPT TO:<" + ADDRESS.encode() + b">\r\nDATA\r\n",
        b"To: b@x\r\n\r\ntext\r\n.\r\nQUIT\r\n",
    )
    assert said[-4:] == [
        "354 end with a line that is a dot",
        "250 2.0.0 taken",
        "451 4.3.0 not now, try again later",
        "221 2.0.0 bye",
    ]


async def test_what_the_desk_does_not_take_stays_with_the_client_and_is_taken_later(server: Server) -> None:
    server.desk.takes = False

    def send(client: smtplib.LMTP) -> Any:
        try:
            return client.sendmail(FROM, [ADDRESS], ANSWER)
        except smtplib.SMTPDataError as refused:
            return refused.smtp_code
        except smtplib.SMTPRecipientsRefused as refused:
            return refused.recipients[ADDRESS][0]

    assert await server.say(send) == 451
    server.desk.takes = True
    assert await server.say(send) == {}
    assert await server.say(send) == {}  # its answer was lost on the way
    assert len(server.desk.received) == 1


@pytest.mark.parametrize("says_size", [True, False])
async def test_ten_megabytes_are_refused_and_said_to_the_holder(server: Server, *, says_size: bool) -> None:
    content = ANSWER + b"x" * 76 * 10 + b"\r\n" + (b"y" * 76 + b"\r\n") * 130_000

    def send(client: smtplib.LMTP) -> tuple[int, bytes]:
        client.ehlo()
        client.mail(FROM, [f"SIZE={len(content)}"] if says_size else [])
        code, said = client.rcpt(ADDRESS)
        return (code, said) if says_size else (code, client.data(content)[1])

    code, said = await server.say(send)
    assert (code, said) == ((552, LARGE) if says_size else (250, LARGE))
    assert server.desk.troubles == ["large"]
    assert await server.say(lambda client: client.sendmail(FROM, [ADDRESS], ANSWER)) == {}


async def test_dots_and_long_lines_arrive_as_they_were(server: Server) -> None:
    text = b".\r\n..\r\n.x\r\n" + b"0" * 200_000 + b"\r\n"
    content = b"To: x\r\n\r\n" + text
    await server.say(lambda client: client.sendmail(FROM, [ADDRESS], content))
    assert server.desk.received[0].text == text.decode().replace("\r\n", "\n")


async def test_only_a_dot_between_whole_line_ends_ends_a_mail(server: Server) -> None:
    """A mail server that takes other ends lets one mail smuggle another one in."""
    smuggled = b"one\n.\r\nMAIL FROM:<x@x>\r\ntwo\r\n.\nthree\r\n.\r\n"
    said = await server.raw(
        b"LHLO hub\r\nMAIL FROM:<a@x>\r\nRCPT TO:<" + ADDRESS.encode() + b">\r\nDATA\r\nTo: x\r\n\r\n",
        smuggled,
        b"QUIT\r\n",
    )
    assert said[-2:] == ["250 2.0.0 taken", "221 2.0.0 bye"]
    assert server.desk.received[0].text == "one\n.\nMAIL FROM:<x@x>\ntwo\n\nthree\n"


@pytest.mark.parametrize(
    ("talk", "answers"),
    [
        (b"MAIL FROM:<a@x>\r\n", ["503 5.5.1 not now"]),
        (b"EHLO x\r\n", ["500 5.5.1 unknown command"]),
        (b"LHLO\r\n", ["501 5.5.4 say LHLO and your name"]),
        (b"LHLO x\r\nRCPT TO:<a@x>\r\n", ["503 5.5.1 not now"]),
        (b"LHLO x\r\nDATA\r\n", ["503 5.5.1 not now"]),
        (b"LHLO x\r\nMAIL TO:<a@x>\r\n", ["501 5.5.4 say MAIL FROM:<address>"]),
        (b"LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<>\r\n", ["250 2.1.0 ok", "501 5.5.4 say RCPT TO:<address>"]),
        (b"LHLO x\r\nMAIL FROM:<a@x>\r\nMAIL FROM:<b@x>\r\n", ["250 2.1.0 ok", "503 5.5.1 not now"]),
        (b"LHLO x\r\nMAIL FROM:<a@x> BODY=8BITMIME\r\nRSET\r\nDATA\r\n", ["250 2.1.0 ok", "250 2.0.0 ok", "503 5.5.1 not now"]),
        (b"NOOP\r\nVRFY a\r\nnoop x\r\n", ["250 2.0.0 ok", "252 2.5.2 send it, and see", "250 2.0.0 ok"]),
        (b"\r\n\xff\xfe\r\n", ["500 5.5.1 unknown command"] * 2),
        (b"x" * 3_000 + b"\r\nNOOP\r\n", ["500 5.5.2 the line is too long", "250 2.0.0 ok"]),
        (b"x" * 300_000 + b"\r\nNOOP\r\n", ["500 5.5.2 the line is too long"]),
        (b"x\r\n" * 20, [*["500 5.5.1 unknown command"] * 10, "421 4.7.0 too many errors"]),
    ],
)  # fmt: skip
async def test_what_it_answers_to_odd_clients(server: Server, talk: bytes, answers: list[str]) -> None:
    said = await server.raw(talk)
    assert said[0] == "220 gatherbot LMTP"
    rest = [line for line in said[1:] if not line.startswith("250-") and line != "250 SIZE"]
    assert rest == answers


async def test_recipients_and_clients_are_limited(server: Server) -> None:
    many = b"RCPT TO:<a@x>\r\n" * (MOST_RECIPIENTS + 1)
    said = await server.raw(b"LHLO x\r\nMAIL FROM:<a@x>\r\n" + many)
    assert said[-2:] == ["250 2.1.5 ok", "452 4.5.3 too many recipients"]
    assert isinstance(server.where, int)
    open_ones = [await asyncio.open_connection("127.0.0.1", server.where) for _ in range(MOST_CLIENTS)]
    for reader, _ in open_ones:
        await reader.readline()
    assert await server.raw() == ["421 4.3.2 too many connections"]
    for _, writer in open_ones:
        writer.close()


async def test_a_client_that_hangs_up_or_falls_silent_costs_nothing() -> None:
    async with listening(patience=(0.05, 0.05)) as server:
        begun = (
            b"LHLO hub\r\nMAIL FROM:<a@x>\r\nRCPT TO:<"
            + ADDRESS.encode()
            + b">\r\nDATA\r\nTo: x\r\n\r\nhalf a"
        )
        await server.raw(begun)
        assert isinstance(server.where, int)
        reader, writer = await asyncio.open_connection("127.0.0.1", server.where)
        writer.write(begun)
        assert b"354" in await reader.read()
        writer.close()
        assert server.desk.received == []
        assert await server.say(lambda client: client.sendmail(FROM, [ADDRESS], ANSWER)) == {}


async def test_no_address_comes_into_a_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with listening() as server:
        await server.say(lambda client: client.sendmail(FROM, [ADDRESS], ANSWER))
        await server.raw(
            f"LHLO x\r\nMAIL FROM:<{ADDRESS}>\r\nRCPT TO:<{ADDRESS}> x\r\nVRFY {ADDRESS}\r\n".encode()
        )
    assert "inbox: took an answer to" in caplog.text
    assert SECRET not in caplog.text.lower()
