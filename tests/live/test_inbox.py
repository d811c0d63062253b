"""A real Postfix hands answers over: to a port and to a socket, with the secret in the address, and again when it could not."""

import asyncio
import shutil
import smtplib
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from bot.api import Effect, Occasion, Plugin, Write
from bot.api.events import LetterReceived
from bot.app.service import running
from bot.config import Config, default_config
from bot.core.state.holders import digest_of_secret
from bot.mail.keys import new_secret
from bot.mail.settings import InboxSettings
from bot.runtime.timers import machine_clock
from bot.storage.contract import KeptKey
from bot.storage.sqlite import SqliteJournal
from tests.live.ports import free_ports
from tests.live.postfix import running_postfix

pytestmark = pytest.mark.live

STREAM = "track/nova"
FROM = "amaru@elsewhere.example"


class AnswerRead(Struct, frozen=True):
    """A fact of the plugin below."""

    text: str
    trouble: str


plugin = Plugin("reader", facts=(AnswerRead,))


@plugin.on(LetterReceived)
def read(occasion: Occasion) -> list[Effect]:
    event = occasion.event
    assert isinstance(event, LetterReceived)
    return [Write(AnswerRead(event.text, event.trouble))]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder where Postfix's users may look."""
    found = Path(tempfile.mkdtemp(prefix="gatherbot-postfix-", dir="/tmp"))
    found.chmod(0o755)
    yield found
    shutil.rmtree(found)


def config_of(folder: Path, **inbox: object) -> Config:
    (folder / "data").mkdir()
    settings = InboxSettings("recaps@example.org", **inbox)  # type: ignore[arg-type]
    return replace(default_config([plugin], ["irc/#nova"], data=folder / "data"), inbox=settings)


async def send(port: int, secret: str, text: bytes) -> None:
    """Give Postfix a mail to the address of this secret."""
    to = f"recaps+{secret}@example.org"
    mail = f"From: {FROM}\r\nTo: {to}\r\nSubject: Re: DRAFT\r\n\r\n".encode() + text

    def whole() -> None:
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.sendmail(FROM, [to], mail)

    await asyncio.to_thread(whole)


async def answers(journal: SqliteJournal, count: int) -> list[object]:
    """The first so many answers, as soon as they are there."""
    async with asyncio.timeout(60):
        while len(found := await journal.entries(STREAM)) < count:  # noqa: ASYNC110 - it is in a database
            await asyncio.sleep(0.1)
    return [entry.fact for entry in found]


async def keep(journal: SqliteJournal, secret: str) -> None:
    now = machine_clock()
    rest = ("amaru@example.org", STREAM, "draft@example.org", now, now + timedelta(days=30))
    await journal.keep_key(KeptKey(digest_of_secret(secret), "reply", "nova day 1", *rest))


@pytest.mark.parametrize("way", ["tcp", "socket"])
async def test_postfix_hands_answers_over(way: str, folder: Path) -> None:
    secret = new_secret()
    if way == "tcp":
        port = free_ports(1)
        config, to = config_of(folder, host="127.0.0.1", port=port), f"inet:127.0.0.1:{port}"
    else:
        (folder / "run").mkdir()
        config, to = config_of(folder, socket=folder / "run" / "lmtp"), f"unix:{folder}/run/lmtp"
    with running_postfix(folder / "postfix", "recaps@example.org", to) as hub:
        if way == "socket":  # what is made in the folder has Postfix's group
            shutil.chown(folder / "run", group="postfix")
            (folder / "run").chmod(0o2750)
        async with running(config, {}) as bot:
            await keep(bot.engine.journal, secret)
            await send(hub, secret, b"one\r\n.dot\r\n")
            await send(hub, secret.upper(), b"two\r\n")
            await send(hub, secret, b"x" * 70 + b"\r\n" + (b"y" * 76 + b"\r\n") * 100_000)
            found = await answers(bot.engine.journal, 3)
            assert {*map(str, found)} == {
                str(AnswerRead("one\n.dot\n", "")),
                str(AnswerRead("two\n", "")),
                str(AnswerRead("", "large")),
            }


async def test_what_comes_while_the_bot_is_off_waits_and_comes_once(folder: Path) -> None:
    secret, port = new_secret(), free_ports(1)
    config = config_of(folder, host="127.0.0.1", port=port)
    with running_postfix(folder / "postfix", "recaps@example.org", f"inet:127.0.0.1:{port}") as hub:
        async with running(config, {}) as bot:
            await keep(bot.engine.journal, secret)
        await send(hub, secret, b"one\r\n")
        await asyncio.sleep(2)
        for _ in range(2):
            async with running(config, {}) as bot:
                assert await answers(bot.engine.journal, 1) == [AnswerRead("one\n", "")]
                await asyncio.sleep(3)
                assert len(await answers(bot.engine.journal, 1)) == 1
