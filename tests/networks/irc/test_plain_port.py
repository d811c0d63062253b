"""TLS is on and the port speaks none: the log names that, also where the server waits in silence."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.networks.irc.adapter import IrcNetwork
from bot.networks.irc.plain_port import speaks_plainly
from bot.networks.irc.settings import IrcSettings, Timing
from tests.networks.contract import Collected
from tests.networks.irc.test_adapter import now


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[int]:
    """A server that answers lines only; gives its port."""
    over = asyncio.Event()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if b"CAP LS" in await reader.read(600):
            writer.write(answer)
        await over.wait()
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        over.set()
        server.close()
        await server.wait_closed()


@pytest.mark.parametrize(
    ("answer", "plain"),
    [
        (b":irc.test CAP * LS :sasl\r\n", True),
        (b"NOTICE * :*** Looking up your hostname...\r\n", True),
        (b"ERROR :Closing Link: [throttled]\r\n", True),
        (b":irc.test 451 * :Register first.\r\n", True),
        (b"\x15\x03\x01\x00\x02\x02\x46", False),  # an alert of TLS
        (b"", False),
    ],
)
async def test_what_an_irc_server_without_tls_says(answer: bytes, *, plain: bool) -> None:
    async with answering(answer) as port:
        assert await speaks_plainly("127.0.0.1", port, patience=0.3) == plain


async def test_nobody_there_speaks_nothing() -> None:
    assert not await speaks_plainly("127.0.0.1", 1, patience=0.3)


async def test_a_silent_port_is_named_as_plain(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    async with answering(b":irc.test CAP * LS :\r\n") as port:
        settings = IrcSettings("irc", "127.0.0.1", port)
        visit = asyncio.create_task(
            IrcNetwork(settings, clock=now, timing=Timing(connect=0.3)).run(Collected())
        )
        async with asyncio.timeout(30):
            while not caplog.messages:  # noqa: ASYNC110 - the log tells nobody
                await asyncio.sleep(0.02)
        visit.cancel()
        await asyncio.wait({visit})
    assert caplog.messages == [
        f"irc: not connected: 127.0.0.1:{port} speaks no TLS: give its TLS port (mostly 6697), or set tls = false"
    ]
