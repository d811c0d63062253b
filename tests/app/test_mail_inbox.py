"""The inbox of a running bot: a plugin gets the answer once, and who hands it over is told so only after it is on disk."""

import asyncio
import logging
import smtplib
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from bot.api import Effect, Identity, Occasion, Plugin, Write
from bot.api.events import LetterReceived
from bot.app import mail_inbox
from bot.app.service import Running, running
from bot.config import Config, default_config
from bot.core.effects import Key, Letter
from bot.core.facts import CORE_FACTS
from bot.core.state.holders import digest_of_secret, holder_identity
from bot.mail.settings import InboxSettings
from bot.runtime.timers import machine_clock
from bot.storage import sqlite
from bot.storage.contract import Batch, KeptKey, StorageFull
from bot.storage.sqlite import SqliteJournal
from tests.mail.inbox import mails

SECRET = "abcdefghijklmnopqrstuvwxyz"
ADDRESS = f"recaps+{SECRET}@example.org"
STREAM = "track/nova"
WITHOUT = """
import asyncio, sys
from pathlib import Path
from bot.app import mail_inbox, service
from bot.bundled import bundled_plugins
from bot.config import default_config
mail_inbox.AFTER_S = service.WARM_UP_S = 0

async def run(data):
    async with service.running(default_config(bundled_plugins(), ["irc/#nova"], data=data), {}):
        await asyncio.sleep(0.5)
        print([name for name in sys.modules if name.startswith(("bot.mail.inbox", "smtplib"))])

asyncio.run(run(Path(sys.argv[1])))
"""


class AnswerRead(Struct, frozen=True):
    """A fact of the plugin below."""

    text: str
    argument: str
    trouble: str


plugin = Plugin("reader", facts=(AnswerRead,))


@plugin.on(LetterReceived)
def read(occasion: Occasion) -> list[Effect]:
    event = occasion.event
    assert isinstance(event, LetterReceived)
    if event.text == "fault\n":
        raise ZeroDivisionError
    return [Write(AnswerRead(event.text, event.argument, event.trouble))]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_inbox, "AFTER_S", 0)
    monkeypatch.setattr(mail_inbox, "COMMIT_S", 0.5)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def config_of(data: Path, **inbox: object) -> Config:
    data.mkdir()
    settings = InboxSettings("recaps@example.org", **inbox)  # type: ignore[arg-type]
    return replace(default_config([plugin], ["irc/#nova"], data=data), inbox=settings)


@asynccontextmanager
async def bot(config: Config, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Running]:
    """A bot with an inbox that listens, and a key for answers."""
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    async with running(config, {}) as found:
        async with asyncio.timeout(10):
            while not any(line.startswith("inbox: ") for line in caplog.messages):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        journal, now = found.engine.journal, machine_clock()
        if await journal.key(digest_of_secret(SECRET)) is None:
            rest = ("amaru@example.org", STREAM, "draft@example.org", now, now + timedelta(days=30))
            await journal.keep_key(KeptKey(digest_of_secret(SECRET), "reply", "nova day 1", *rest))
        yield found


async def sent(config: Config, content: bytes, to: str = ADDRESS) -> int:
    """The code that the client gets in the end."""
    assert config.inbox is not None
    host, port = (str(config.inbox.socket), 0) if config.inbox.socket else ("127.0.0.1", config.inbox.port)

    def talk() -> int:
        try:
            with smtplib.LMTP(host, port, local_hostname="hub.test") as client:
                client.sendmail("mallory@elsewhere.example", [to], content.replace(b"\n", b"\r\n"))
                return 250
        except smtplib.SMTPDataError as refused:
            return refused.smtp_code
        except smtplib.SMTPRecipientsRefused as refused:
            return refused.recipients[to][0]

    return await asyncio.to_thread(talk)


async def answers(journal: SqliteJournal) -> list[tuple[AnswerRead, Identity | None]]:
    entries = await journal.entries(STREAM)
    return [(entry.fact, entry.by) for entry in entries if isinstance(entry.fact, AnswerRead)]


@pytest.mark.parametrize("way", ["tcp", "socket"])
async def test_an_answer_comes_to_the_plugin_from_who_holds_the_key(
    way: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    where = {"host": "127.0.0.1", "port": free_port()} if way == "tcp" else {"socket": tmp_path / "lmtp"}
    config = config_of(tmp_path / "data", **where)
    async with bot(config, caplog) as found:
        assert await sent(config, bytes(mails.mail("mended\n"))) == 250
        holder = holder_identity("amaru@example.org", config.setup)
        assert await answers(found.engine.journal) == [(AnswerRead("mended\n", "nova day 1", ""), holder)]
        if way == "socket":
            assert (tmp_path / "lmtp").stat().st_mode & 0o777 == 0o660


async def test_an_answer_to_a_letter_as_it_was_written_comes_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The whole way: a letter with a key, its mail with an address for answers, and what a mail program makes of that."""
    config = config_of(tmp_path / "data", host="127.0.0.1", port=free_port())
    key = Key("REPLY-KEY", "reply", "nova day 2", machine_clock() + timedelta(days=30))
    body, reply_to = "To answer: REPLY-KEY\n\n* Cells stay (#1)\n", "recaps+REPLY-KEY@example.org"
    letter = Letter(
        "d@example.org", ("amaru@example.org",), "DRAFT", body, STREAM, keys=(key,), reply_to=reply_to
    )
    async with sqlite.open(config.database, CORE_FACTS) as journal:
        await journal.commit(Batch(letters=[letter]))
    async with bot(config, caplog) as found:
        async with asyncio.timeout(10):
            while not (files := list(config.outbox.glob("*.eml"))):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        draft = message_from_bytes(files[0].read_bytes(), policy=SMTP)
        answer = str(draft["Reply-To"])
        quoted = "".join(f"> {line}".rstrip() + "\n" for line in draft.get_content().splitlines())
        assert await sent(config, bytes(mails.mail(f"{quoted}\nFlavors too\n", to=answer)), answer) == 250
        ((fact, holder),) = await answers(found.engine.journal)
    assert fact == AnswerRead("> To answer: (key)\n>\n> * Cells stay (#1)\n\nFlavors too\n", "nova day 2", "")
    assert holder == holder_identity("amaru@example.org", config.setup)


async def test_the_same_mail_counts_once_also_after_a_restart(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = config_of(tmp_path / "data", host="127.0.0.1", port=free_port())
    for _ in range(2):
        async with bot(config, caplog) as found:
            assert [await sent(config, bytes(mails.mail("mended\n"))) for _ in range(2)] == [250, 250]
            assert len(await answers(found.engine.journal)) == 1


async def test_with_a_full_disk_the_mail_server_keeps_the_mail(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = config_of(tmp_path / "data", host="127.0.0.1", port=free_port())
    async with bot(config, caplog) as found:
        commit = found.engine.journal.commit
        is_full = True

        async def full(batch: Batch) -> None:
            if is_full:
                raise StorageFull("no room")
            await commit(batch)

        monkeypatch.setattr(found.engine.journal, "commit", full)
        assert await sent(config, bytes(mails.mail("mended\n"))) == 451
        is_full = False
        assert await sent(config, bytes(mails.mail("mended\n"))) == 250
        assert len(await answers(found.engine.journal)) == 1


async def test_with_a_desk_that_stands_still_the_mail_server_keeps_the_mail(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = config_of(tmp_path / "data", host="127.0.0.1", port=free_port())
    async with bot(config, caplog) as found:
        async with found.engine.desk._turning:
            assert await sent(config, bytes(mails.mail("mended\n"))) == 451
        assert await sent(config, bytes(mails.mail("mended\n"))) == 250
        assert len(await answers(found.engine.journal)) == 1


async def test_what_a_plugin_fails_at_is_not_taken_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = config_of(tmp_path / "data", host="127.0.0.1", port=free_port())
    async with bot(config, caplog) as found:
        assert await sent(config, bytes(mails.mail("fault\n"))) == 451
        assert await sent(config, bytes(mails.mail("mended\n", n=2))) == 250
        assert [fact.text for fact, _ in await answers(found.engine.journal)] == ["mended\n"]


async def test_what_nobody_may_read_stays_with_the_mail_server(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The track's journal cannot be read, so no plugin would see the answer."""
    config = config_of(tmp_path / "data", host="127.0.0.1", port=free_port())
    async with bot(config, caplog) as found:
        monkeypatch.setattr(found.engine.state, "unreadable", (STREAM,))
        assert await sent(config, bytes(mails.mail("mended\n"))) == 451
        monkeypatch.undo()
        assert await answers(found.engine.journal) == []


async def test_a_maildir_is_emptied(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    config = config_of(tmp_path / "data", maildir=tmp_path / "box")
    async with running(config, {}) as made:  # the key is there before the bot looks
        rest = (
            "amaru@example.org",
            STREAM,
            "draft@example.org",
            machine_clock(),
            machine_clock() + timedelta(days=30),
        )
        await made.engine.journal.keep_key(KeptKey(digest_of_secret(SECRET), "reply", "nova day 1", *rest))
    (tmp_path / "box" / "new" / "1.a.host").write_bytes(bytes(mails.mail("mended\n", Delivered_To=ADDRESS)))
    async with bot(config, caplog) as found:
        async with asyncio.timeout(10):
            while any((tmp_path / "box" / "new").iterdir()):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert [fact.text for fact, _ in await answers(found.engine.journal)] == ["mended\n"]


async def test_a_port_that_is_in_use_is_said_and_the_bot_runs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_inbox, "AGAIN_S", 0.02)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        config = config_of(tmp_path / "data", host="127.0.0.1", port=port)
        async with running(config, {}):
            async with asyncio.timeout(10):
                while "no inbox" not in caplog.text:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
            said = [line for line in caplog.messages if line.startswith("no inbox")]
            assert said == [f"no inbox: 127.0.0.1:{port}: address already in use"]
            taken.close()
            caplog.set_level(logging.INFO)
            async with asyncio.timeout(10):
                while f"inbox: 127.0.0.1:{port}" not in caplog.messages:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)


async def test_no_secret_and_no_word_comes_into_the_database_or_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = config_of(tmp_path / "data", host="127.0.0.1", port=free_port())
    async with bot(config, caplog) as found:
        quoted = f"mended\n> to {ADDRESS}\n"
        assert await sent(config, bytes(mails.mail(quoted, to=ADDRESS))) == 250
        ((fact, _),) = await answers(found.engine.journal)
        assert fact.text == "mended\n> to recaps+(key)@example.org\n"
        stored = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir() if path.is_file())
    assert b"recaps+(key)" in stored
    assert SECRET.encode() not in stored.lower()
    assert SECRET not in caplog.text.lower()
    assert "mended" not in caplog.text


def test_without_an_inbox_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(tmp_path)], capture_output=True, check=True, text=True, timeout=60
    )
    assert done.stdout == "[]\n"
